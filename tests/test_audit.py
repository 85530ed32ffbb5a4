"""The audit of what is locked: what a service answers is told line by line; that none does is not taken for safe."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests import audit

SAFE = {"name": "orjson", "version": "3.11.4", "vulns": []}
UNSAFE = {
    "name": "jinja2",
    "version": "2.4.1",
    "vulns": [
        {"id": "PYSEC-2014-8", "fix_versions": ["2.7.2"], "aliases": [], "description": "-"},
        {"id": "PYSEC-2014-82", "fix_versions": [], "aliases": [], "description": "-"},
    ],
}


def program(folder: Path, *answers: object) -> Path:
    """A program that answers the first service with the first of these, and so on; None is no answer."""
    found = folder / "pip-audit"
    cases = "".join(
        f"  *{service}*) cat <<'END'\n{json.dumps({'dependencies': answer})}\nEND\n;;\n"
        for service, answer in zip(audit.SERVICES, answers, strict=True)
        if answer is not None
    )
    found.write_text(
        f'#!/bin/sh\ncase "$*" in\n{cases}  *) echo "Not reached." >&2; exit 1;;\nesac\n'
    )
    found.chmod(0o755)
    return found


@pytest.mark.parametrize(
    ("answers", "code", "lines"),
    [
        (([SAFE], None), audit.NONE, 0),
        ((None, [SAFE]), audit.NONE, 0),
        ((None, [SAFE, UNSAFE]), audit.SOME, 2),
        ((None, None), audit.NOT_ASKED, 1),
    ],
)
def test_what_a_service_answers_decides_and_that_none_does_is_said(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    answers: tuple[object, object],
    code: int,
    lines: int,
) -> None:
    assert audit.main(program(tmp_path, *answers)) == code
    assert len(capsys.readouterr().out.splitlines()) == lines


def test_each_vulnerability_is_told_with_the_version_that_is_without_it() -> None:
    assert list(audit.told([SAFE, UNSAFE])) == [
        "jinja2 2.4.1: PYSEC-2014-8, mended in 2.7.2",
        "jinja2 2.4.1: PYSEC-2014-82, mended in none yet",
    ]


def test_where_the_program_is_not_nothing_was_asked(tmp_path: Path) -> None:
    assert audit.main(tmp_path / "nowhere") == audit.NOT_ASKED
