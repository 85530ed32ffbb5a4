"""A request has one answer at a time: a second is refused, and what was begun by mistake is ended."""

from __future__ import annotations

from uuid import uuid4

from tests.api.command_line import CommandLine
from tests.api.disclosing import OFFICER, approved, clock, department, letter, pothole

__all__ = ["department"]


def begun(department: CommandLine, ref: str, *words: str) -> str:
    return department.asked("disclosure", "begin", ref, *words, *OFFICER)["disclosure_id"]


def standings(department: CommandLine) -> dict[str, str]:
    found = department.asked("disclosure", "show", *OFFICER)
    return {each["disclosure_id"]: each["standing"] for each in found}


def test_a_second_answer_to_an_open_request_is_refused_and_the_first_is_named(
    department: CommandLine,
) -> None:
    ref = letter(department)
    again = ("--command-id", str(uuid4()))
    first = begun(department, ref, *again)
    second = department("disclosure", "begin", ref, *OFFICER)
    assert (second.code, len(second.sentences)) == (2, 1)
    assert f"{first} is open for the same request" in second.err
    assert begun(department, ref, *again) == first, "the same command is quiet"
    begun(department, ref, "--audience", "regulator")
    begun(department, letter(department))
    answered = approved(department)
    assert begun(department, answered), "what was answered may be answered anew"


def test_what_was_begun_by_mistake_is_ended_and_the_request_waits_for_it_no_more(
    department: CommandLine,
) -> None:
    ref = letter(department)
    mistaken = begun(department, ref)
    department.done("disclosure", "estimate", ref, "--line", "search:9:half_hour:1500", *OFFICER)
    assert clock(department, ref) == "paused"
    department.done("disclosure", "end", ref, "The wrong request.", *OFFICER)
    assert clock(department, ref) == "running"
    department.done("disclosure", "end", mistaken, "The wrong request.", *OFFICER)
    refused = department("disclosure", "scope", mistaken, "--case", ref, *OFFICER)
    assert (refused.code, len(refused.sentences)) == (2, 1)
    assert "was ended as begun by mistake" in refused.err
    right = begun(department, ref)
    assert standings(department) == {mistaken: "ended as begun by mistake", right: "begun"}
    department.done("disclosure", "scope", ref, "--case", pothole(department), *OFFICER)
    assert standings(department)[right] == "in review", "the reference names the one that goes on"


def test_what_was_ended_counts_as_no_request_in_the_statistics(department: CommandLine) -> None:
    wrong = pothole(department)
    within = ("--from", "2000-01-01", "--until", "2099-12-31")
    begun(department, wrong)
    assert department.asked("disclosure", "statistics", *within)["received"] == 1
    department.done("disclosure", "end", wrong, "This is no request for records.", *OFFICER)
    assert department.asked("disclosure", "statistics", *within)["received"] == 0
