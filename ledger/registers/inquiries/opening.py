"""Opening an inquiry: who asks, about which cases, until when it may be read and by when it is to be answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from pydantic import Field

from ledger.commands import Circumstances
from ledger.entry import Happened
from ledger.errors import CaseNotFound, InvalidCommand
from ledger.facts import Fact, PersonalText, Values, fact
from ledger.ids import case_stream
from ledger.input.in_clear import WhoByCode
from ledger.policy.clocks.history import ClockHistory
from ledger.policy.clocks.reckoning import reckon
from ledger.policy.telling.days import day_said
from ledger.registers.inquiries.state import (
    Inquiry,
    InquiryCommand,
    decides,
    evolves,
    refuse_others,
)
from ledger.registers.keeping.accesses import refuse_unsaid
from ledger.times import Instant


@fact
class InquiryOpened(Fact):
    """An office with the power to ask does so about these cases, which its hold keeps from now on.

    What it names may be read within it until `expires_at`. `due_at` is the end of the policy's clock for
    a reply, with its certificate; None where the policy has no such clock.
    """

    office: str
    cases: tuple[UUID, ...]
    hold_id: UUID
    expires_at: Instant
    clock: str | None
    due_at: Instant | None
    certificate: Values
    reference: PersonalText
    recipient: PersonalText
    purpose: PersonalText


@fact
class InquiryReplyExtended(Fact):
    """The office that asks gave more time for the reply, for these reasons."""

    was_due_at: Instant | None
    due_at: Instant
    reasons: PersonalText


@fact
class InquiryClosed(Fact):
    """The inquiry is over: nothing is read within it any more, and its hold can go."""

    words: PersonalText


class OpenInquiry(InquiryCommand):
    """Open an inquiry about named cases, with the hold that keeps them."""

    office: WhoByCode
    cases: tuple[UUID, ...]
    hold_id: UUID
    expires_at: Instant
    reference: str = Field(min_length=1)
    recipient: str = Field(min_length=1)
    purpose: str = Field(min_length=1)


class ExtendInquiryReply(InquiryCommand):
    """Record that more time was given for the reply, until the end of a day, and why."""

    until_on: date
    reasons: str = Field(min_length=1)


class CloseInquiry(InquiryCommand):
    """Record that an inquiry is over."""

    words: str | None = None


@decides(OpenInquiry)
def open_inquiry(inquiry: Inquiry, asked: OpenInquiry, around: Circumstances) -> Sequence[Happened]:
    """A link officer opens an inquiry; it names cases that are there, and an end that is to come."""
    if inquiry.opened:
        return ()
    refuse_others(around, to="open an inquiry")
    refuse_unsaid(asked.purpose)
    if not asked.cases:
        raise InvalidCommand("The scope selects nothing: name the cases that the inquiry is about.")
    for each in asked.cases:
        if around.look(case_stream(each)) is None:
            raise CaseNotFound("A case of the inquiry is not in this ledger: check each reference.")
    if asked.expires_at <= around.now:
        raise InvalidCommand(
            f"The inquiry would have expired at {around.in_office(asked.expires_at)}: give a time to come."
        )
    version = around.policies.in_force(around.now)
    clock = version.policy.keeping.inquiry_clock
    due_at, certificate = None, {}
    if clock is not None:
        compiled = version.compiled
        reckoned = reckon(
            compiled.clocks[clock], compiled.calendars, ClockHistory(around.effective_at)
        )
        due_at, certificate = reckoned.due_at, dict(reckoned.certificate)
    opened = InquiryOpened(
        **asked.for_fact(),
        clock=clock,
        due_at=due_at,
        certificate=certificate,
    )
    return (around.happened(opened),)


@decides(ExtendInquiryReply)
def extend_reply(
    inquiry: Inquiry, asked: ExtendInquiryReply, around: Circumstances
) -> Sequence[Happened]:
    """More time ends later than before, at the end of a day at the office."""
    inquiry.known()
    refuse_others(around, to="record that more time was given")
    version = around.policies.in_force(around.now)
    days = version.compiled.calendars.days_of(version.policy.office.zone)
    due_at = days.end(asked.until_on)
    if due_at == inquiry.due_at:
        return ()
    if due_at <= (inquiry.due_at or around.now):
        raise InvalidCommand(
            f"{day_said(asked.until_on)} is no later than before: give the day until which there is more time."
        )
    extended = InquiryReplyExtended(was_due_at=inquiry.due_at, due_at=due_at, reasons=asked.reasons)
    return (around.happened(extended),)


@decides(CloseInquiry)
def close_inquiry(
    inquiry: Inquiry, asked: CloseInquiry, around: Circumstances
) -> Sequence[Happened]:
    """An inquiry is closed once; what was accepted in it stays owed."""
    if inquiry.opened and inquiry.closed:
        return ()
    inquiry.known()
    refuse_others(around, to="close an inquiry")
    return (around.happened(InquiryClosed(words=asked.words)),)


@evolves(InquiryOpened)
def _opened(inquiry: Inquiry, opened: InquiryOpened) -> Inquiry:
    return replace(
        inquiry,
        opened=True,
        office=opened.office,
        cases=frozenset(opened.cases),
        hold_id=opened.hold_id,
        expires_at=opened.expires_at,
        due_at=opened.due_at,
    )


@evolves(InquiryReplyExtended)
def _extended(inquiry: Inquiry, extended: InquiryReplyExtended) -> Inquiry:
    return replace(inquiry, due_at=extended.due_at)


@evolves(InquiryClosed)
def _closed(inquiry: Inquiry, closed: InquiryClosed) -> Inquiry:
    return replace(inquiry, closed=True)
