"""What the file of an inquiry is made of: gathered, opened, and recorded as read within it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from ledger.case.custody.routing import CaseRouted
from ledger.case.intake.opening import CaseOpened
from ledger.case.outcome.resolving import CaseResolved
from ledger.case.people.care import AdjustmentNoted
from ledger.entry import Actor
from ledger.errors import InvalidCommand
from ledger.facts import topics
from ledger.ids import case_stream
from ledger.keeping import case_of, inquiry_of
from ledger.personal.opening import Reading
from ledger.policies_then import policies_then, version_then
from ledger.policy.calendars.zones import LocalDays
from ledger.registers.inquiries.marking import PrivilegeLogged, SharingMarked
from ledger.sealing.reading import ReadEntry
from ledger.service import Ledger
from ledger.then import NOW, Then
from projections.inquiries.contents import SUPPRESSED_BELOW, Checkpoint, Counted, Source

_PURPOSE = "The file of the inquiry"
_MARKS = frozenset({SharingMarked.topic, PrivilegeLogged.topic})


def source_of(
    ledger: Ledger, inquiry_id: UUID, *, actor: Actor, adjustments: bool, then: Then = NOW
) -> Source:
    """All that the file of an inquiry is made of, as it stands or stood then.

    What is opened is recorded as one reading within the inquiry, and of another instant as a second one what is
    marked since: whether an entry may be shown is judged by the marks of now. InvalidCommand if the inquiry was not
    opened by then.
    """
    inquiry_of(ledger, inquiry_id).known()
    inquiry = inquiry_of(ledger, inquiry_id, then)
    if not inquiry.opened:
        raise InvalidCommand(f"Nothing was known of {inquiry_id} then: ask about a later instant.")
    at = then.as_of or then.known_at or ledger.clock()
    version = version_then(ledger, then, at)
    cases = sorted(inquiry.cases)
    hidden = set[str]() if adjustments else {AdjustmentNoted.topic}
    stream = f"inquiry/{inquiry_id}"
    reading = Reading(
        (stream, *map(case_stream, cases)),
        _PURPOSE,
        "inquiry",
        frozenset(topics().keys() - hidden),
        inquiry_id,
        then=then,
    )
    asked, *found = ledger.open_values(reading, actor=actor)
    marks = asked
    if not then.is_now:
        (marks,) = ledger.open_values(
            Reading((stream,), _PURPOSE, "inquiry", _MARKS, inquiry_id), actor=actor
        )
    entries = [then.of_case(each) for each in found]
    days = version.compiled.calendars.days_of(version.policy.office.zone)
    opened = asked[0].entry
    return Source(
        inquiry_id,
        asked,
        dict(zip(cases, entries, strict=True)),
        policies_then(ledger, Then(then.known_at)),
        ledger.directory(then),
        [
            _counted(ledger, each, lines, days, at, then)
            for each, lines in zip(cases, entries, strict=True)
        ],
        _checkpoint_before(ledger, opened.position),
        marks,
        max(at, opened.context.known_at) if then.is_now else at,
        then,
    )


def _checkpoint_before(ledger: Ledger, position: int) -> Checkpoint | None:
    """The newest checkpoint over no entry of the inquiry."""
    found = None
    for each in ledger.store.checkpoints():
        if each.size < position:
            found = Checkpoint(each.size, each.note)
    return found


def _counted(
    ledger: Ledger,
    case_id: UUID,
    entries: Sequence[ReadEntry],
    days: LocalDays,
    now: datetime,
    then: Then,
) -> Counted:
    """How many other cases of the type, routed by the same rule, reached us between its receipt and its resolution."""
    case = case_of(ledger, case_id, then)
    received_at = case.received_at or now
    ended = [each.entry for each in entries if isinstance(each.entry.fact, CaseResolved)]
    until = ended[-1].context.effective_at if ended else now
    rule = _rule(entries)
    others = set[str]()
    rules: dict[str, str] = {}
    for entry in filter(then.counts, ledger.entries()):
        match entry.fact:
            case CaseOpened() as fact if (
                fact.request_type == case.request_type
                and received_at <= fact.reached_body_at <= until
                and entry.stream != case_stream(case_id)
            ):
                others.add(entry.stream)
            case CaseRouted() as routed:
                rules[entry.stream] = routed.rule
            case _:
                continue
    count = sum(rule is None or rules.get(each) == rule for each in others)
    return Counted(
        case.request_type,
        rule,
        days.date_of(received_at),
        days.date_of(until),
        count if count >= SUPPRESSED_BELOW else None,
    )


def _rule(entries: Sequence[ReadEntry]) -> str | None:
    routed: list[Any] = [
        each.entry.fact for each in entries if isinstance(each.entry.fact, CaseRouted)
    ]
    return routed[-1].rule if routed else None
