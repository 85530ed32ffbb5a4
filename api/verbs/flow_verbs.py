"""The verbs of the flow of work: the rate of a team, the calls of its day, and the sequence of backlogs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from api.verbs.verb import Around, Verb
from ledger.case.contact.calls import LogCall
from ledger.entry import Actor
from ledger.errors import InvalidCommand, UnlawfulTransition
from ledger.input.quoting import quoted
from ledger.registers.flow.countermeasures import CloseCountermeasure, RecordCountermeasure
from ledger.registers.flow.draws import DrawCalls
from ledger.registers.flow.rates import Counted, DropRate, RecordEffort, SetRate, TeamRate, rate_id
from ledger.registers.flow.sequences import AdvanceSequence, SetSequence, sequence_id
from ledger.service import Ledger
from projections.flow.call_bars import draws_of
from projections.flow.calls import day_frame, drawing_from
from projections.flow.rates import counted, rate_of
from projections.lists.queues import counts


def _rate_id(around: Around) -> UUID:
    return rate_id(around.ledger.store.ledger_id, around.given["team"])


def _counted(around: Around) -> Counted:
    around.catch_up()
    now = around.ledger.clock()
    version, team = around.policies.in_force(now), around.given["team"]
    return counted(around.views, around.ledger.store, team, version, now)


def _rate(around: Around) -> TeamRate:
    return rate_of(around.ledger.store, around.given["team"])


def _missed_day(around: Around) -> date:
    days = _rate(around).unanswered
    if not days:
        raise UnlawfulTransition(
            f"No missed day of {around.given['team']} waits for an answer: there is nothing to do.",
            rule="answers-a-miss",
        )
    return days[0]


def _joined(ledger: Ledger, _actor: Actor, given: Mapping[str, Any]) -> UUID | None:
    """The open countermeasure that a missed day joins by its cause, where no new action is named."""
    if given.get("action") is not None:
        return None
    known = rate_of(ledger.store, str(given["team"])).countermeasures.items()
    return next(
        (key for key, each in known if each.cause == given["cause"] and not each.closed), None
    )


def _countermeasure(around: Around) -> UUID:
    known = [key for key, each in _rate(around).countermeasures.items() if not each.closed]
    if len(known) != 1:
        listed = ", ".join(str(each) for each in known) or "none is open"
        raise InvalidCommand(f"Say which with {around.named('countermeasure_id')}: {listed}.")
    return known[0]


def _drawing(around: Around) -> Mapping[str, Any]:
    """The day's frame of a team, from which is drawn."""
    team, now = around.given["team"], around.ledger.clock()
    version = around.policies.in_force(now)
    if team not in version.policy.teams:
        teams = ", ".join(sorted(version.policy.teams))
        raise InvalidCommand(
            f"{quoted(team)} is not a team of the policy in force; it knows {teams}."
        )
    around.catch_up()
    days = version.compiled.calendars.days_of(version.policy.office.zone)
    store = around.ledger.store
    found = day_frame(around.views, store, around.policies, team, days.date_of(now))
    return dict(drawing_from(found, store.ledger_id))


def _drawn_for(around: Around) -> Mapping[str, Any]:
    """The team and day of the latest draw in which the case is."""
    case_id, store = around.given["case_id"], around.ledger.store
    found = [
        (each.on, team)
        for team in around.policy.teams
        for each in draws_of(store, team).days
        if case_id in {drawn.case_id for drawn in each.drawn}
    ]
    if not found:
        raise UnlawfulTransition(
            "This case was not drawn: call those who were, see `caseledger calls TEAM`.",
            rule="called-as-drawn",
        )
    on, team = max(found)
    return {"team": team, "drawn_on": on}


def _sequence_id(around: Around) -> UUID:
    return sequence_id(around.ledger.store.ledger_id)


def _waiting(around: Around) -> int:
    around.catch_up()
    found = counts(around.views, at=around.ledger.clock()).teams
    return next((each.open for each in found if each.team == around.given["team"]), 0)


def _target(around: Around) -> int | None:
    rate = _rate(around).rate
    return None if rate is None else rate.target


_OF_A_TEAM: Mapping[str, Any] = {"rate_id": _rate_id}
_DRAWN = frozenset(DrawCalls.model_fields) - {"team"}
FLOW_VERBS = {
    "rate-set": Verb(
        SetRate, first=("team", "target", "target_on"), told={**_OF_A_TEAM, "counted": _counted}
    ),
    "rate-drop": Verb(DropRate, first=("team",), told=_OF_A_TEAM),
    "rate-effort": Verb(RecordEffort, first=("team",), told=_OF_A_TEAM),
    "rate-answer": Verb(
        RecordCountermeasure,
        first=("team", "cause"),
        own="countermeasure_id",
        record=_joined,
        found={"missed_on": _missed_day},
        told=_OF_A_TEAM,
        words={"action": "What is done so that it is not missed again."},
    ),
    "rate-close": Verb(
        CloseCountermeasure,
        first=("team",),
        found={"countermeasure_id": _countermeasure},
        told=_OF_A_TEAM,
    ),
    "calls-draw": Verb(DrawCalls, first=("team",), together=(_DRAWN, _drawing)),
    "call": Verb(
        LogCall,
        first=("channel",),
        own="call_id",
        together=(frozenset({"team", "drawn_on"}), _drawn_for),
    ),
    "sequence-set": Verb(SetSequence, told={"sequence_id": _sequence_id}),
    "sequence-advance": Verb(
        AdvanceSequence,
        first=("team", "to_state", "words"),
        told={"sequence_id": _sequence_id, "waiting": _waiting, "target": _target},
    ),
}
"""Each verb of the flow of work with its command."""
