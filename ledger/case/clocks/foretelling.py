"""Foretelling: on which day a clock is due once it is extended, as the notice of that tells before it is extended."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from ledger.case.clocks.standing import calendars_of, definition_of, waits_of
from ledger.case.known.timed import Clock
from ledger.case.state import Case
from ledger.commands import Circumstances
from ledger.errors import InvalidCommand, Refusal
from ledger.policy.clocks.reckoning import reckon
from ledger.policy.clocks.requests import extended
from ledger.policy.document.notices import NoticeKind

_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class ToldClock:
    """The clock that a notice is about, and where it tells that this is extended the last day on which it is in time.

    No day is told of a clock that stands still.
    """

    clock: str | None
    new_date: date | None = None


def told_clock(
    case: Case, kind: NoticeKind, around: Circumstances, *, named: str | None, by: int | None
) -> ToldClock:
    """What a notice given now tells of a clock, extended by so much; refused where its law allows none such."""
    if by is None:
        return ToldClock(named)
    if kind != "extension":
        raise InvalidCommand(
            "The notice is not of an extension: leave out by how much (`extends_by`), or use a template that is."
        )
    extends = _extends(case, around, named)
    definition = definition_of(around, extends)
    days = calendars_of(around.policies, extends.policy, extends.calendars)
    history = replace(extends.history, waits=waits_of(case, since=extends.history.start_at))
    refused: Refusal | None = None
    for terms in definition.extensions:
        try:
            extension, _ = extended(
                definition,
                days,
                history,
                amount=by,
                authority=terms.authority,
                given_at=around.effective_at,
            )
        except Refusal as refusal:
            refused = refused or refusal
            continue
        longer = replace(history, extensions=(*history.extensions, extension))
        due_at = reckon(definition, days, longer, at=around.effective_at).due_at
        due_on = days.days_of(definition.zone).date_of(due_at - _MOMENT) if due_at else None
        return ToldClock(extends.code, due_on)
    raise refused or InvalidCommand(
        "The clock is extended by nobody: answer in its time, or name another clock."
    )


def _extends(case: Case, around: Circumstances, named: str | None) -> Clock:
    """The clock that is named, or the one of the case that can be extended."""
    can = [each for each in case.own_clocks if definition_of(around, each).extensions]
    found = [each for each in can if named in (None, each.code)]
    if len(found) == 1:
        return found[0]
    listed = ", ".join(sorted(each.code for each in can)) or "none"
    raise InvalidCommand(
        f"Name the clock that the notice extends (`clock`): of this case that can be {listed}."
    )
