"""A heads-up from the command line: the Minister's office is told ahead, never who asked, and no clock moves."""

from __future__ import annotations

from pathlib import Path

from tests.api.command_line import CommandLine
from tests.api.disclosing import APPROVER, OFFICER, approved, department, letter

__all__ = ["department"]

MINISTER = "The Minister's office"
TOLD = ("--told", "chief-of-staff")
RELEASE = ("--recipient", "Rita Press", "--purpose", "Her request of January")


def clocks(department: CommandLine, ref: str) -> list[tuple[str, str, str]]:
    found = department.asked("case", ref)["clocks"]
    return [(each["clock"], each["state"], each["due_at"]) for each in found]


def trail(department: CommandLine, ref: str, language: str) -> str:
    asked = ("disclosure", "trail", ref, "--language", language)
    return department.asked(*asked, *OFFICER)["trail"][-1]["sentence"]


def test_a_heads_up_is_on_record_and_every_due_date_is_what_it_was(department: CommandLine) -> None:
    ref = approved(department)
    before = clocks(department, ref)
    department.done(
        "disclosure", "heads-up", ref, MINISTER, *TOLD, "--words", "It is due on Friday.", *OFFICER
    )
    assert clocks(department, ref) == before
    assert department.asked("disclosure", "show", ref, *OFFICER)["standing"] == "approved"
    said = trail(department, ref, "en")
    assert said.startswith("The Minister's office was told ahead of the release, without who asked")
    assert "told: chief-of-staff" in said
    assert "a été prévenu" in trail(department, ref, "fr")
    assert "Minister" not in department.done("trail", ref, *OFFICER).out, (
        "the case shows none of it"
    )


def test_the_office_is_shown_a_release_and_documents_by_their_numbers(
    department: CommandLine, tmp_path: Path
) -> None:
    ref = letter(department)
    department.done("disclosure", "begin", ref, *OFFICER)
    department.done(
        "disclosure", "item", ref, "A memorandum", "--digest", "0a" * 32, "--pages", "12",
        "--media-type", "application/pdf", "--custodian", "Roads", *OFFICER,
    )  # fmt: skip
    heads_up = ("disclosure", "heads-up", ref, MINISTER, *TOLD)
    department.done(*heads_up, "--item", "1", *OFFICER)
    assert "shown: the documents " in trail(department, ref, "en")
    for wrong in (("--item", "2"), ("--release", "1"), ()):
        refused = department(*heads_up, *wrong, *OFFICER)
        assert (refused.code, len(refused.sentences)) == (2, 1), wrong
    answered = approved(department)
    department.done(
        "disclosure",
        "release",
        answered,
        "--out",
        str(tmp_path / "release.zip"),
        *RELEASE,
        *OFFICER,
    )
    department.done("disclosure", "heads-up", answered, MINISTER, *TOLD, "--release", "1", *OFFICER)
    assert "shown: the release " in trail(department, answered, "en")


def test_a_heads_up_that_names_the_applicant_is_refused_and_whoever_is_of_no_access_office(
    department: CommandLine,
) -> None:
    ref = letter(department)
    department.done("disclosure", "begin", ref, *OFFICER)
    heads_up = ("disclosure", "heads-up", ref, MINISTER, *TOLD, "--words")
    named = department(*heads_up, "Rita Press of the paper asks.", *OFFICER)
    assert (named.code, len(named.sentences)) == (2, 1)
    assert "names the applicant" in named.err
    outside = department(*heads_up, "It is due.", "--as", "RDW-HAL-02")
    assert (outside.code, len(outside.sentences)) == (2, 1)
    department.done(*heads_up, "It is due.", *APPROVER)
