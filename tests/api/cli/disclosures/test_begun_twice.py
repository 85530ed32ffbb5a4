"""A request has one answer at a time: a second is refused, and what was begun by mistake is ended."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import pytest

from ledger.entry import Actor
from ledger.errors import Refusal
from ledger.policy.document.disclosing import Audience
from ledger.registers.disclosures.opening import OpenDisclosure
from tests.api.command_line import CommandLine
from tests.api.disclosing import OFFICER, approved, clock, department, letter, pothole
from tests.api.http.access_office import access_office
from tests.ledgers import place_in

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


def test_of_two_that_are_begun_before_either_could_see_the_other_the_second_is_refused(
    department: CommandLine,
) -> None:
    """Whether one is open was looked at before the writer's turn: two officers at one instant both began."""
    ref = letter(department)
    with department.ledger() as ledger:
        officer = Actor("person", "IAP-02", team="IAP")

        def answer(audience: Audience = "applicant") -> OpenDisclosure:
            return OpenDisclosure(
                disclosure_id=ledger.new_id(),
                case_id=ledger.find_case(ref),
                audience=audience,
                seen_position=seen,
            )

        seen = ledger.store.tip()
        first, second = answer(), answer()
        ledger.handle(first, actor=officer)
        with pytest.raises(Refusal, match=f"{first.disclosure_id} is open for the same request"):
            ledger.handle(second, actor=officer)
        ledger.handle(answer("regulator"), actor=officer)
        seen = ledger.store.tip()
        assert ledger.handle(answer(), actor=officer).fresh, "what was seen was looked at before"


def test_of_many_who_begin_an_answer_at_once_one_does(tmp_path: Path) -> None:
    with access_office(place_in(tmp_path)) as office:
        path = f"/v1/cases/{office.letter()}/disclosures"
        officers = [office.served.as_member(each) for each in ("IAP-01", "IAP-02") * 4]
        with ThreadPoolExecutor(len(officers)) as at_once:
            answers = list(at_once.map(lambda each: each.post(path, {}), officers))
        (begun,) = [each.json()["disclosure_id"] for each in answers if each.status_code == 201]
        refused = [each.json() for each in answers if each.status_code == 409]
        assert len(refused) == len(officers) - 1
        assert all(begun in each["detail"] for each in refused)


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
