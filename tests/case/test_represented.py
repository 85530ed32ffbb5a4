"""Representation on a case: notices go to who acts for somebody, and after that to the person themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from ledger.case.contact.notices import NoticeIssued
from ledger.case.in_words import CaseRole
from ledger.case.intake.information import InformationRequested, RequestInformation
from ledger.case.people.concerned import AddCaseParty
from ledger.facts import dump
from ledger.registers.people.dying import RecordDeath
from ledger.registers.people.parties import PARTY, RecordParty
from ledger.registers.people.representing import (
    AppointRepresentative,
    EndRepresentation,
)
from tests.case.cases import CALL, POTHOLE
from tests.case.writing import issue, writes
from tests.deciding import (
    CASE_ID,
    INTAKE,
    History,
    by,
    given,
    given_commands,
    number,
    office,
    some,
)

CHILD, GUARDIAN = number(7), number(8)
RECORDED = given(of=PARTY).asked(RecordParty(party_id=CHILD))
APPOINTED = RECORDED.asked(
    AppointRepresentative(
        party_id=CHILD,
        representative=GUARDIAN,
        authority="guardian",
        scope="Everything.",
        until_on=date(2026, 3, 2),
    )
)
ENDED = APPOINTED.asked(EndRepresentation(party_id=CHILD, representative=GUARDIAN))
TO_GUARDIAN = issue(recipient=GUARDIAN)


def of_child(
    child: History[Any], *, guardian: tuple[CaseRole, ...] = ("representative",)
) -> History[Any]:
    mine = POTHOLE.model_copy(update={"requester": CHILD})
    roles = [AddCaseParty(case_id=CASE_ID, party=GUARDIAN, role=each) for each in guardian]
    case = given_commands(mine, *roles, policies=office(writes))
    return replace(case, others={f"party/{CHILD}": child.state})


def test_a_notice_goes_to_whoever_acts_for_the_requester() -> None:
    of_child(APPOINTED).when(TO_GUARDIAN).then(some(NoticeIssued, recipient=GUARDIAN))


def test_once_nobody_acts_for_them_a_notice_goes_to_the_person_themselves() -> None:
    before = of_child(ENDED)
    before.when(TO_GUARDIAN).refused(saying="write to the person", rule="acts-no-more")
    before.when(issue()).then(some(NoticeIssued, recipient=CHILD))
    subject = given_commands(
        POTHOLE,
        AddCaseParty(case_id=CASE_ID, party=CHILD, role="subject"),
        AddCaseParty(case_id=CASE_ID, party=GUARDIAN, role="representative"),
        policies=office(writes),
    )
    known = replace(subject, others={f"party/{CHILD}": ENDED.state})
    known.when(TO_GUARDIAN).refused(rule="acts-no-more")


def test_whoever_has_a_part_of_their_own_or_was_never_appointed_on_record_is_written_to() -> None:
    witness = of_child(ENDED, guardian=("representative", "witness"))
    witness.when(TO_GUARDIAN).then(some(NoticeIssued, recipient=GUARDIAN))
    of_child(RECORDED).when(TO_GUARDIAN).then(some(NoticeIssued, recipient=GUARDIAN))


def test_what_reaches_whoever_acts_for_the_requester_has_reached_the_requester() -> None:
    """A lawyer was given the decision, and its clock ran on as if nobody had been."""
    told = of_child(APPOINTED).when(TO_GUARDIAN).then(some(NoticeIssued, to_requester=True))
    assert told.state.replied
    called = CALL.model_copy(update={"party": GUARDIAN})
    acts = [of_child(each).decide(by(INTAKE, called))[0].fact for each in (APPOINTED, ENDED)]
    assert [bool(dump(each)["acts"]) for each in acts] == [True, False]


def test_nobody_writes_to_the_dead() -> None:
    """Reminders went to the address of somebody whose death was on record."""
    died = RECORDED.asked(RecordDeath(party_id=CHILD, evidence="Certificate seen."))
    executor = died.asked(
        AppointRepresentative(
            party_id=CHILD, representative=GUARDIAN, authority="executor", scope="The estate."
        )
    )
    of_child(died).when(issue()).refused(saying="an executor", rule="nobody-writes-to-the-dead")
    of_child(executor).when(TO_GUARDIAN).then(some(NoticeIssued, recipient=GUARDIAN))


def test_whoever_acts_for_the_estate_is_asked_for_what_is_missing() -> None:
    """It is asked for on a case and names nobody: with an executor on it, it was refused until one was appointed."""
    died = RECORDED.asked(RecordDeath(party_id=CHILD, evidence="Certificate seen."))
    asked = RequestInformation(
        case_id=CASE_ID, request_id=number(3), fields=("contact",), channel="letter"
    )
    of_child(died).when(asked).refused(rule="nobody-writes-to-the-dead")
    executor = AppointRepresentative(
        party_id=CHILD, representative=GUARDIAN, authority="executor", scope="The estate."
    )
    of_child(died.asked(executor)).when(asked).then(some(InformationRequested, channel="letter"))
