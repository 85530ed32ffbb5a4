"""The README: its tour does what it says, and its words are those that the code uses."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from api.cli.menu import POLICY, menu

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
WORDS = """
case request type channel requester owner team queue clock due pause rung escalation inquiry hold
disclosure exemption release command fact entry stream log version position projection row
checkpoint receipt refusal
"""


def test_the_tour_can_be_followed_to_the_letter(tmp_path: Path) -> None:
    (block,) = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    lines = [line.removeprefix("$ ") for line in block.splitlines()]
    assert len(lines) > 8
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "CASELEDGER_HOME": str(tmp_path / "home"),
    }
    (tmp_path / "api").symlink_to(ROOT / "api")
    for line in lines:
        name, *arguments = shlex.split(line)
        assert name == "caseledger"
        done = subprocess.run(
            [sys.executable, "-c", "from api.cli import main; main()", *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
        assert done.stdout.strip(), line
    assert (tmp_path / "cases.csv").stat().st_size > 0


@pytest.mark.parametrize("word", re.sub(r"request\s+type", "request_type", WORDS).split())
def test_the_glossary_has_every_word_of_the_field_that_we_use(word: str) -> None:
    assert re.search(rf"^\| {word.replace('_', ' ')} \|", README, re.MULTILINE)


def test_every_command_that_the_readme_names_is_there() -> None:
    known = set(menu())
    named = set(re.findall(r"caseledger ([a-z]+(?:-[a-z]+)*)", README))
    assert named <= known
    assert set(re.findall(r"caseledger policy ([a-z]+)", README)) <= POLICY.keys()
