"""Erasures and disposals: what may be proposed, and that a case that came back meanwhile is not disposed of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from ledger.case.holding import CaseHeld
from ledger.case.outcome.reopening import ReopenCase
from ledger.errors import (
    CaseNotFound,
    InvalidCommand,
    NotAuthorised,
    PartyNotFound,
    Refusal,
    UnlawfulTransition,
)
from ledger.registers.keeping.disposals import DisposalItem
from ledger.registers.keeping.erasures import (
    ERASURE,
    ApproveErasure,
    ArchivesReceived,
    BeginErasure,
    Erasure,
    ErasureApproved,
    ErasureBegun,
    ErasureCarriedOut,
    ErasureProposed,
    ErasureRefused,
    ProposeErasure,
    RecordArchivesReceived,
    RecordErasureCarriedOut,
)
from tests.case.cases import ENQUIRY, resolve
from tests.deciding import (
    CASE_ID,
    DIRECTOR,
    INTAKE,
    MONDAY,
    Asked,
    History,
    by,
    given,
    given_commands,
    number,
    some,
)

FIRST = replace(DIRECTOR, role="records")
SECOND = replace(FIRST, id="L-01")
ERASURE_ID, CASE = number(40), f"case/{CASE_ID}"
TODAY = date(2026, 3, 2)
DUE = DisposalItem(case_id=CASE_ID, retention="R2", start_on=TODAY, due_on=TODAY)
SCHEDULED = ProposeErasure(erasure_id=ERASURE_ID, authority="schedule", disposal=(DUE,))
APPROVE = ApproveErasure(erasure_id=ERASURE_ID)
BEGIN = BeginErasure(erasure_id=ERASURE_ID, keys=("a",), streams=(CASE,))
CLOSED = given_commands(ENQUIRY, resolve("no-action"))
LATER = MONDAY + timedelta(hours=1)
REOPENED = CLOSED.asked(
    Asked(ReopenCase(case_id=CASE_ID, reason="new-facts", clock_policy="resume"), at=LATER)
)


def where(case: History[Any]) -> dict[str, Any]:
    return {CASE: case.state}


def an_erasure(*asked: Any, of: History[Any] = CLOSED) -> History[Erasure]:
    history = given(of=ERASURE, stream=SCHEDULED.stream)
    history = replace(history, others=where(of))
    for each in asked:
        history = history.asked(each)
    return history


PROPOSED, APPROVED = by(FIRST, SCHEDULED), by(SECOND, APPROVE)


def test_a_case_is_disposed_of_once_it_is_closed_and_due_under_a_class_of_the_policy() -> None:
    an_erasure(of=REOPENED).when(SCHEDULED, actor=FIRST).refused(InvalidCommand, saying="resolved")
    for change, error in (
        ({"due_on": TODAY + timedelta(days=1)}, Refusal),
        ({"retention": "R99"}, InvalidCommand),
        ({"case_id": number(99)}, CaseNotFound),
    ):
        other = SCHEDULED.model_copy(update={"disposal": (DUE.model_copy(update=change),)})
        an_erasure().when(other, actor=FIRST).refused(error)
    an_erasure(PROPOSED, APPROVED).when(BEGIN, actor=FIRST).then(
        ErasureBegun(keys=("a",), streams=(CASE,), begun_by="D-01")
    )


def test_a_case_that_came_back_since_it_was_found_to_be_due_is_not_disposed_of() -> None:
    """Nor once it is closed anew, also as of a time before: it was not known to be so when somebody found it due."""
    closed_again = REOPENED.asked(Asked(resolve("no-action"), at=LATER))
    again = ReopenCase(case_id=CASE_ID, reason="new-facts", clock_policy="resume")
    opened = CLOSED.asked(Asked(again, at=LATER, happened_at=MONDAY))
    closed_as_of_before = opened.asked(Asked(resolve("no-action"), at=LATER, happened_at=MONDAY))
    for case in (REOPENED, closed_again, closed_as_of_before):
        for history, asked in (
            (an_erasure(PROPOSED), by(SECOND, APPROVE)),
            (an_erasure(PROPOSED, APPROVED), by(FIRST, BEGIN)),
        ):
            now = replace(history, others=where(case))
            now.when(asked.command, actor=asked.actor).refused(rule="disposed-when-due")


def test_a_case_that_was_put_on_hold_meanwhile_is_not_disposed_of_and_that_it_was_asked_is_recorded() -> (
    None
):
    held = CLOSED.following([CaseHeld(hold_id=number(30), ground="audit")])
    for history, asked, act in (
        (an_erasure(PROPOSED), by(SECOND, APPROVE), "approve"),
        (an_erasure(PROPOSED, APPROVED), by(FIRST, BEGIN), "carry_out"),
    ):
        now = replace(history, others=where(held))
        refused = some(ErasureRefused, act=act, held=(CASE_ID,))
        now.when(asked.command, actor=asked.actor).then(refused)


def test_only_a_records_officer_carries_out_and_what_was_approved_is_approved_once() -> None:
    approved = an_erasure(PROPOSED, APPROVED)
    approved.when(BEGIN, actor=INTAKE).refused(NotAuthorised, saying="'records'")
    approved.when(APPROVE, actor=SECOND).nothing()


def test_on_an_order_a_case_is_erased_though_it_came_back() -> None:
    asked = ProposeErasure(erasure_id=ERASURE_ID, authority="order", cases=(CASE_ID,))
    proposed = an_erasure(by(FIRST, asked), of=REOPENED)
    proposed.when(APPROVE, actor=SECOND).then(ErasureApproved(approved_by="L-01"))


def test_nobody_and_nothing_that_the_ledger_does_not_know_is_erased() -> None:
    for selected, error in (
        ({"party": number(98)}, PartyNotFound),
        ({"cases": (number(99),)}, CaseNotFound),
    ):
        asked = ProposeErasure.model_validate(
            {"erasure_id": ERASURE_ID, "authority": "order", **selected}
        )
        nobody_else = {f"party/{number(98)}": None, **where(CLOSED)}
        replace(an_erasure(), others=nobody_else).when(asked, actor=FIRST).refused(error)


def test_what_the_archives_get_they_get_once_and_before_it_is_erased() -> None:
    theirs = SCHEDULED.model_copy(
        update={"disposal": (DUE.model_copy(update={"to_archives": "whole"}),)}
    )
    approved = an_erasure(by(FIRST, theirs), APPROVED)
    approved.when(BEGIN, actor=FIRST).refused(UnlawfulTransition, rule="archived-before-erased")
    sent = RecordArchivesReceived(erasure_id=ERASURE_ID, cases=(CASE_ID,), size_bytes=9, digest="d")
    received = approved.when(sent, actor=SECOND).then(
        ArchivesReceived(cases=(CASE_ID,), size_bytes=9, digest="d", receipt=None)
    )
    received.when(sent, actor=SECOND).nothing()
    assert received.asked(by(FIRST, BEGIN)).state.begun


def test_what_was_refused_because_of_a_hold_is_proposed_again_once_it_is_released() -> None:
    held = CLOSED.following([CaseHeld(hold_id=number(30), ground="audit")])
    refused = an_erasure(PROPOSED, of=held)
    refused.when(APPROVE, actor=SECOND).refused(
        UnlawfulTransition, saying="refused because of holds: propose it again"
    )
    released = replace(refused, others=where(CLOSED))
    released.when(SCHEDULED, actor=FIRST).then(some(ErasureProposed, disposal=(DUE,)))
    released.asked(PROPOSED).when(APPROVE, actor=SECOND).then(ErasureApproved(approved_by="L-01"))


def test_what_was_begun_is_certified_once_and_nothing_else_is() -> None:
    done = RecordErasureCarriedOut(
        erasure_id=ERASURE_ID, keys_destroyed=1, parts_deleted=2, epoch=3
    )
    approved = an_erasure(PROPOSED, APPROVED)
    approved.when(done, actor=FIRST).refused(UnlawfulTransition, saying="was not begun")
    begun = approved.asked(by(FIRST, BEGIN))
    begun.when(done, actor=FIRST).then(
        some(ErasureCarriedOut, keys_destroyed=1, parts_deleted=2, epoch=3)
    )
    begun.asked(by(FIRST, done)).when(done, actor=FIRST).nothing()
