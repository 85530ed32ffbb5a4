"""Answering: the applicant has the decision by the office's letter or, where it has none, by the case that holds it."""

from __future__ import annotations

import re
from pathlib import Path

from tests.api.command_line import CommandLine
from tests.api.disclosing import APPROVER, DEPARTMENT, answered, clock, reviewed

LETTERS = r"(?ms)^\[templates\.(?:DECISION|REFUSAL)(?:-ACCESS)?\].*?(?=^\[(?!\S+\.texts))"


def test_an_office_that_writes_no_letter_of_a_decision_gives_it_with_the_decision_on_the_case(
    empty: CommandLine, tmp_path: Path
) -> None:
    """Nothing was to follow from the answer, and yet it was said that something could not."""
    without = tmp_path / "without.toml"
    without.write_text(re.sub(LETTERS, "", DEPARTMENT.read_text("utf-8")), "utf-8")
    empty.done("policy", "publish", str(without), "--as", "DIR-01")
    decided, undecided = reviewed(empty), reviewed(empty)
    empty.done("override", decided, "searched", "--reason", "It was.", *APPROVER)
    empty.done("ready", decided, *APPROVER)
    empty.done(
        "decide", decided, "part", "--legal-basis", "FOIPOP s.7", "--reasons", "Names.",
        "--delegation", "DEL-IAC-2025", *APPROVER,
    )  # fmt: skip
    assert answered(empty, decided) == ""
    assert clock(empty, decided) == "met"
    assert "it follows from `caseledger decide`, so ask that" in answered(empty, undecided)
    assert clock(empty, undecided) == "running"
