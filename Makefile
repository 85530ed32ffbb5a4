# Each target builds .venv from the lock file first: Python 3.11 or newer and make are all it takes.

ifndef PYTHON
PYTHON := $(shell for python in python3.11 python3; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; \
	done)
endif
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet
# One more than two cores: many tests wait for a server or a process of their own.
WORKERS ?= 3
# Tests start some hundred processes, each of which would compile all of its modules anew.
unexport PYTHONDONTWRITEBYTECODE
# Exit code 0: nothing known; 1: something; 3: nobody could be asked, which is no ground to refuse a check.
AUDIT = test -x .venv/audit/bin/pip-audit || { $(BIN)/python -m venv .venv/audit && .venv/audit/bin/python -m pip \
	--disable-pip-version-check --no-input --quiet --retries 1 --timeout 10 install pip-audit; }; \
	$(BIN)/python -m tests.audit

.PHONY: help demo test check audit format bench soak lock clean
.DELETE_ON_ERROR:
.NOTPARALLEL:

help:
	@echo "make demo    let a department live for months; its board, rates, SLA, one case, and the story"
	@echo "make test    every check and every test, PostgreSQL included"
	@echo "make check   ruff, pyright, import-linter, deptry, and the audit where it can be asked"
	@echo "make audit   ask PyPI or OSV for known vulnerabilities of what is locked; exit 3: neither answers"
	@echo "make format  let ruff put the code into its form"
	@echo "make bench   measure against the budgets"
	@echo "make soak    the tests that take minutes"
	@echo "make lock    resolve requirements.lock anew from pyproject.toml"
	@echo "make clean   remove .venv and what the tools keep"

demo: .venv/.installed
	$(BIN)/caseledger demo

test: check
	$(BIN)/python -m pytest --numprocesses=$(WORKERS) --dist=worksteal

check: .venv/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	PYRIGHT_PYTHON_IGNORE_WARNINGS=1 $(BIN)/pyright --pythonpath $(BIN)/python
	$(BIN)/lint-imports --no-logo
	$(BIN)/deptry --no-ansi .
	@$(AUDIT) || test $$? -eq 3

audit: .venv/.installed
	@$(AUDIT)

format: .venv/.installed
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

bench: .venv/.installed
	$(BIN)/python -m tests.benchmarks

soak: .venv/.installed
	$(BIN)/python -m pytest --hypothesis-profile=anew -m soak
	$(BIN)/python -m pytest --hypothesis-profile=soak tests/case/test_decision_laws.py

.venv/.locked: requirements.lock
	@test -n "$(PYTHON)" || { echo "Install Python 3.11 or newer, or say where it is: make PYTHON=..."; exit 1; }
	@echo "Building .venv from requirements.lock with $(PYTHON)"
	@rm -rf .venv
	@$(PYTHON) -m venv .venv || { echo "Install what Python needs to make a .venv (on Debian: python3-venv)."; exit 1; }
	@$(PIP) install --require-hashes --requirement requirements.lock
	@touch $@

.venv/.installed: .venv/.locked pyproject.toml
	@$(PIP) install --no-build-isolation --no-deps --editable .
	@touch $@

lock: .venv/.installed
	$(PIP) install uv
	$(BIN)/uv pip compile pyproject.toml --quiet --extra test --universal --python-version 3.11 --upgrade \
		--generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" \
		--output-file requirements.lock

clean:
	rm -rf .venv .hypothesis .pytest_cache .ruff_cache .import_linter_cache
