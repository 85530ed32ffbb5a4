"""Keeping: what takes several streams at once and is one durable write: a hold and the cases that it keeps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from ledger.case.holding import EndCaseHold, HoldCase
from ledger.case.known.approvals import acting
from ledger.case.outcome.appealed import EndAppeal, TakeAppeal
from ledger.case.state import Case
from ledger.commands import Command, Request
from ledger.entry import Actor, Receipt
from ledger.errors import LedgerError
from ledger.ids import case_stream, derived_uuid
from ledger.interface import AnyLedger
from ledger.registers.inquiries import Inquiry
from ledger.registers.inquiries.opening import CloseInquiry, OpenInquiry
from ledger.registers.keeping.holds import Hold, PlaceHold, ReleaseHold
from ledger.then import NOW, Then
from ledger.times import EPOCH


def place_hold(ledger: AnyLedger, request: Request) -> Receipt:
    """Places a hold, and says so on each case it keeps; all of it is recorded or nothing."""
    return in_one_write(ledger, _hold_requests(request))


def _hold_requests(request: Request) -> list[Request]:
    """The hold, and that each case is kept by it."""
    asked = request.command
    assert isinstance(asked, PlaceHold)
    held = (HoldCase(case_id=each, hold_id=asked.hold_id) for each in asked.cases)
    return [request, *(_along(request, each, "held", each.hold_id, each.case_id) for each in held)]


def release_hold(ledger: AnyLedger, request: Request) -> Receipt:
    """Releases a hold, and says so on each case it kept."""
    return in_one_write(ledger, _release_requests(ledger, request))


def _release_requests(ledger: AnyLedger, request: Request) -> list[Request]:
    """The release, and that each case is kept by this hold no more."""
    asked = request.command
    assert isinstance(asked, ReleaseHold)
    kept = sorted(hold_of(ledger, asked.hold_id).cases)
    ended = (EndCaseHold(case_id=each, hold_id=asked.hold_id) for each in kept)
    return [
        request,
        *(_along(request, each, "let go", each.hold_id, each.case_id) for each in ended),
    ]


def hold_of(ledger: AnyLedger, hold_id: UUID) -> Hold:
    """A hold as it stands."""
    return ledger.state_of(f"hold/{hold_id}")


def open_inquiry(ledger: AnyLedger, request: Request) -> Receipt:
    """Opens an inquiry with the hold that it places, and says on each case that it is held."""
    asked = request.command
    assert isinstance(asked, OpenInquiry)
    if not asked.cases:  # which its own rule refuses, before there is a hold of nothing
        return in_one_write(ledger, [request])
    hold = PlaceHold(
        hold_id=asked.hold_id, cases=asked.cases, ground="inquiry", inquiry=asked.inquiry_id
    )
    return in_one_write(
        ledger, [request, *_hold_requests(_along(request, hold, "hold", asked.hold_id))]
    )


def close_inquiry(ledger: AnyLedger, request: Request) -> Receipt:
    """Closes an inquiry, and releases its hold."""
    asked = request.command
    assert isinstance(asked, CloseInquiry)
    hold_id = inquiry_of(ledger, asked.inquiry_id).hold_id
    if hold_id is None:
        return in_one_write(ledger, [request])
    release = _along(request, ReleaseHold(hold_id=hold_id), "release", hold_id)
    return in_one_write(ledger, [request, *_release_requests(ledger, release)])


def take_appeal(ledger: AnyLedger, request: Request) -> Receipt:
    """Records that a decision was taken to a regulator or a court, with the hold that keeps the case for it."""
    asked = request.command
    assert isinstance(asked, TakeAppeal)
    hold = PlaceHold(
        hold_id=asked.appeal_id,
        cases=(asked.case_id,),
        ground="litigation" if asked.taken_to == "court" else "investigation",
    )
    return in_one_write(
        ledger, [request, *_hold_requests(_along(request, hold, "appeal", asked.appeal_id))]
    )


def end_appeal(ledger: AnyLedger, request: Request) -> Receipt:
    """Records how that ended, and releases the hold."""
    asked = request.command
    assert isinstance(asked, EndAppeal)
    release = _along(request, ReleaseHold(hold_id=asked.appeal_id), "appeal ended", asked.appeal_id)
    return in_one_write(ledger, [request, *_release_requests(ledger, release)])


def inquiry_of(ledger: AnyLedger, inquiry_id: UUID, then: Then = NOW) -> Inquiry:
    """An inquiry as it stands, or stood then."""
    return ledger.state_of(f"inquiry/{inquiry_id}", then)


def case_of(ledger: AnyLedger, case_id: UUID, then: Then = NOW) -> Case:
    """A case as it stands, or stood then."""
    return ledger.state_of(case_stream(case_id), then)


def stepped_back(ledger: AnyLedger, actor: Actor, case_id: UUID) -> bool:
    """Whether whoever acts stepped back from a case, or acts for somebody who did."""
    return not acting(actor).isdisjoint(case_of(ledger, case_id).moves.recused)


def in_one_write(ledger: AnyLedger, requests: Sequence[Request]) -> Receipt:
    """The receipt of the first of several commands that belong together; raises what refused the first that was.

    The later ones look at what the first has recorded, so that none of them stands without it.
    """
    outcomes = ledger.handle_all(requests)
    for each in outcomes:
        if isinstance(each, LedgerError):
            raise each
    first = outcomes[0]
    assert isinstance(first, Receipt)
    return first


def _along(request: Request, command: Command, *causes: object) -> Request:
    """What follows from a request, by the same actor and under the one id that its causes give it."""
    return replace(
        request,
        command=command,
        command_id=command_id(*causes, type(command).__name__),
        expected_version=None,
        asked=None,
    )


def command_id(*causes: object) -> UUID:
    """The one command id of what these causes call for."""
    return derived_uuid(EPOCH, *(str(each) for each in causes))


def cases_named(ledger: AnyLedger, references: Iterable[str]) -> tuple[UUID, ...]:
    """The cases that these references name, each once, in order."""
    return tuple(dict.fromkeys(ledger.find_case(each) for each in references))
