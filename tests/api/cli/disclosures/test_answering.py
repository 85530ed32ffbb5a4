"""Answering: the applicant has the decision by the office's letter or, where it has none, by the case that holds it."""

from __future__ import annotations

import re
from pathlib import Path

from tests.api.command_line import CommandLine
from tests.api.disclosing import APPROVER, DEPARTMENT, answered, clock, department, reviewed

__all__ = ["department"]
LETTERS = r"(?ms)^\[templates\.(?:DECISION|REFUSAL)(?:-ACCESS)?\].*?(?=^\[(?!\S+\.texts))"


def decide(office: CommandLine, ref: str) -> None:
    """Decides a request whose records were reviewed: in part."""
    office.done("override", ref, "searched", "--reason", "It was.", *APPROVER)
    office.done("ready", ref, *APPROVER)
    office.done(
        "decide", ref, "part", "--legal-basis", "FOIPOP s.7", "--reasons", "Names.",
        "--delegation", "DEL-IAC-2025", *APPROVER,
    )  # fmt: skip


def test_an_office_that_writes_no_letter_of_a_decision_gives_it_with_the_decision_on_the_case(
    empty: CommandLine, tmp_path: Path
) -> None:
    """Nothing was to follow from the answer, and yet it was said that something could not."""
    without = tmp_path / "without.toml"
    without.write_text(re.sub(LETTERS, "", DEPARTMENT.read_text("utf-8")), "utf-8")
    empty.done("policy", "publish", str(without), "--as", "DIR-01")
    decided, undecided = reviewed(empty), reviewed(empty)
    decide(empty, decided)
    assert answered(empty, decided) == ""
    assert clock(empty, decided) == "met"
    assert "it follows from `caseledger decide`, so ask that" in answered(empty, undecided)
    assert clock(empty, undecided) == "running"


def test_an_answer_without_the_letter_that_gives_it_says_that_the_clock_of_the_request_runs_on(
    department: CommandLine,
) -> None:
    """It was accepted in silence: no letter had gone out, and the time of the law was running."""
    ref = reviewed(department)
    said = answered(department, ref)
    assert "issue the notice (`caseledger notice`) and record that it was given" in said
    assert "a clock that asks for it runs on until then" in said
    assert clock(department, ref) == "running"


def test_an_answer_after_its_letter_was_given_has_nothing_to_add(department: CommandLine) -> None:
    ref = reviewed(department)
    decide(department, ref)
    department.done(
        "notice", ref, "DECISION-ACCESS", "--channel", "email", "--value", "reasons=Names.", "--value",
        "how_given=By mail.", *APPROVER,
    )  # fmt: skip
    assert "record that it was given" in answered(department, ref), "it is on its way"
    department.done("given", ref, *APPROVER)
    assert clock(department, ref) == "met"
    assert answered(department, ref) == ""
