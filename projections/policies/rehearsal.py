"""Rehearsal: what another law would make of the clocks that are open, both dates side by side; nothing is recorded.

Decision table, row 33: `applies_by` decides which edition is the law of a case, and open clocks keep theirs
unless the transition says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal
from uuid import UUID

from ledger.case import CASE
from ledger.case.clocks.standing import waits_of
from ledger.case.known.timed import Clock
from ledger.case.state import Case
from ledger.errors import Refusal
from ledger.ids import case_stream
from ledger.policy.calendars.counting import Calendars
from ledger.policy.clocks.history import ClockHistory
from ledger.policy.clocks.reckoning import applies, reckon
from ledger.policy.compiled.policy import CompiledPolicy
from ledger.policy.document.clocks import ClockDefinition
from ledger.policy.in_force import Policies
from ledger.service import Ledger

if TYPE_CHECKING:
    from projections.views import Views

Effect = Literal["keeps", "calendar", "law", "gone"]

_OPEN = """
    SELECT DISTINCT key
    FROM {clocks}
    WHERE magnitude = 63
    AND state IN ('running', 'paused')
    AND NOT stated
    ORDER BY key
"""


@dataclass(frozen=True, slots=True)
class RehearsedClock:
    """An open clock under the law it runs by and under another.

    `due_at` is today's; `other_due_at` what the edition in force on the day asked about would make of
    the same history; `effect` and `then_due_at` what would become of it by that edition's own transition
    rule. A date is None while the clock stands still; `resumed_at` and `other_resumed_at` then say what
    it would be if it ran on now. `beyond` says why a date could not be reckoned.
    """

    case_id: UUID
    request_type: str | None
    team: str | None
    clock: str
    started_on: date
    state: str
    due_at: datetime | None
    resumed_at: datetime | None
    other: str | None
    other_due_at: datetime | None
    other_resumed_at: datetime | None
    effect: Effect
    then_due_at: datetime | None
    beyond: str | None = None

    @property
    def moves(self) -> int:
        """-1 if the other law is earlier, 1 if it is later, 0 if it is the same or cannot be told."""
        here, there = self.due_at or self.resumed_at, self.other_due_at or self.other_resumed_at
        return 0 if here is None or there is None else (there > here) - (there < here)


def rehearsed(
    ledger: Ledger,
    views: Views,
    other: CompiledPolicy,
    *,
    on: date,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Iterator[RehearsedClock]:
    """Every open clock of every case, in the order of cases; deadlines that other systems stated apart."""
    policies, now = ledger.policies(), ledger.clock()
    with views.reading("clocks") as reading:
        keys = [UUID(key) for (key,) in reading.rows(_OPEN)]
    for place, case_id in enumerate(keys, start=1):
        case: Case = CASE.initial
        for read in ledger.read(case_stream(case_id)):
            case = CASE.evolve(case, read.entry)
        for clock in case.own_clocks:
            yield rehearse(case_id, case, clock, policies, other, on=on, now=now)
        progress(place, len(keys))


def rehearse(
    case_id: UUID,
    case: Case,
    clock: Clock,
    policies: Policies,
    other: CompiledPolicy,
    *,
    on: date,
    now: datetime,
) -> RehearsedClock:
    """One clock under the law it runs by and under the edition that is in force there on a day."""
    compiled = policies.cited(clock.law).compiled
    definition = compiled.clocks[clock.code]
    calendars = policies.cited(clock.calendars or clock.law).compiled.calendars
    history = replace(clock.history, waits=waits_of(case, since=clock.history.start_at))
    started_on = calendars.days_of(definition.zone).date_of(history.start_at)
    there = edition_there(definition, other, on=on)
    today = _reckoned(definition, calendars, history, now)
    changed = _reckoned(there, other.calendars, history, now) if there else _NOTHING
    effect = effect_of(definition, there, calendars, other, started_on=started_on, on=on)
    then = {
        "keeps": today,
        "gone": today,
        "law": changed,
        "calendar": _reckoned(definition, other.calendars, history, now)
        if effect == "calendar"
        else today,
    }[effect]
    return RehearsedClock(
        case_id=case_id,
        request_type=case.request_type,
        team=case.team,
        clock=clock.code,
        started_on=started_on,
        state=clock.state,
        due_at=today.due_at,
        resumed_at=today.resumed_at,
        other=there.code if there else None,
        other_due_at=changed.due_at,
        other_resumed_at=changed.resumed_at,
        effect=effect,
        then_due_at=then.due_at,
        beyond=today.beyond or changed.beyond,
    )


def edition_there(
    clock: ClockDefinition, other: CompiledPolicy, *, on: date
) -> ClockDefinition | None:
    """The edition of this clock that is the law on a day: by its code, or one of its pack that asks for the same."""
    alike = [
        each
        for each in other.clocks.values()
        if each.code == clock.code
        or (
            each.pack == clock.pack
            and each.stops_on == clock.stops_on
            and (each.effective_from or each.effective_until)
        )
    ]
    in_force = [each for each in alike if applies(each, start_on=on, event_on=on)]
    return min(in_force, key=lambda each: each.code != clock.code, default=None)


def effect_of(
    clock: ClockDefinition,
    there: ClockDefinition | None,
    calendars: Calendars,
    other: CompiledPolicy,
    *,
    started_on: date,
    on: date,
) -> Effect:
    """What would become of an open clock if the other policy were in force on that day."""
    if there is None:
        return "gone"
    takes_over = (
        there.transition == "open_clocks"
        and there.effective_from is not None
        and started_on < there.effective_from <= on
        and (there.code, there.version) != (clock.code, clock.version)
    )
    if takes_over:
        return "law"
    for code in (clock.counting_calendar, clock.roll_over):
        was = calendars.counting.get(code or "")
        now = other.calendars.counting.get(code or "")
        if was is not None and now is not None and was.digest != now.digest:
            return "calendar"
    return "keeps"


@dataclass(frozen=True, slots=True)
class _Dates:
    due_at: datetime | None = None
    resumed_at: datetime | None = None
    beyond: str | None = None


_NOTHING = _Dates()


def _reckoned(
    clock: ClockDefinition, calendars: Calendars, history: ClockHistory, now: datetime
) -> _Dates:
    try:
        found = reckon(clock, calendars, history, at=max(now, history.start_at))
    except Refusal as beyond:
        return _Dates(beyond=str(beyond))
    return _Dates(found.due_at, found.due_if_resumed_at)
