"""Routing weeks: how often the rules had no better answer than the default, and which could not be tried at all.

The default is for what nobody foresaw. Where it is used for more than its share of a week's routings, or a
rule could not be tried because a fact was not known or no team could take the case, somebody is told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from pydantic import Field

from ledger.commands import Circumstances, Command, Kind
from ledger.entry import Entry, Happened
from ledger.errors import Refusal, UnlawfulTransition
from ledger.facts import Fact, Values, fact
from ledger.ids import derived_uuid
from ledger.policy.telling.days import day_said
from ledger.times import EPOCH

RoutingTrouble = Literal["default_overused", "rules_not_tried"]
WEEK = timedelta(days=7)


@fact
class RoutingWeekClosed(Fact):
    """A week ended: how many cases the rules routed, how many of them by the default, which rules were not tried.

    `not_tried` counts by rule. An alert to the dispatcher is owed where there are `troubles`.
    """

    week_on: date
    routed: int
    by_default: int
    above_percent: int | None
    not_tried: Values
    troubles: tuple[RoutingTrouble, ...]


@fact
class RoutingAlertDelivered(Fact):
    """The alert about a week of routings was delivered."""

    week_on: date
    method: str


class RoutingCommand(Command):
    """Something asked about how the rules route; its id derives from the ledger."""

    asked_of = ("routing", "routing_id")

    routing_id: UUID


class CloseRoutingWeek(RoutingCommand):
    """Close a week with what was counted of its routings."""

    week_on: date
    routed: int = Field(ge=0)
    by_default: int = Field(ge=0)
    not_tried: Mapping[str, int] = {}


class RecordRoutingAlertDelivered(RoutingCommand):
    """Record that the alert about a week was delivered."""

    week_on: date
    method: str


@dataclass(frozen=True, slots=True)
class RoutingWeeks:
    """The last week that was closed, and the weeks of which somebody is still to be told."""

    closed_on: date | None = None
    owed: Mapping[date, RoutingWeekClosed] = field(default_factory=dict[date, RoutingWeekClosed])


def close_routing_week(
    state: RoutingWeeks, asked: CloseRoutingWeek, around: Circumstances
) -> Sequence[Happened]:
    """A week begins on a Monday, is closed once and after its end; the share is that of the default rule."""
    if state.closed_on is not None and asked.week_on <= state.closed_on:
        return ()
    version = around.policies.in_force(around.now)
    days = version.compiled.calendars.days_of(version.policy.office.zone)
    if asked.week_on.weekday() != 0 or days.begin(asked.week_on + WEEK) > around.now:
        raise Refusal(
            f"{day_said(asked.week_on)} begins no week that has ended: name a Monday, and close its week after it.",
            rule="week-has-ended",
        )
    above = version.policy.routing[-1].alarm_above_percent
    overused = above is not None and asked.by_default * 100 > above * asked.routed
    troubles: list[RoutingTrouble] = ["default_overused"] if overused else []
    if asked.not_tried:
        troubles.append("rules_not_tried")
    closed = RoutingWeekClosed(
        week_on=asked.week_on,
        routed=asked.routed,
        by_default=asked.by_default,
        above_percent=above,
        not_tried=dict(sorted(asked.not_tried.items())),
        troubles=tuple(troubles),
    )
    return (around.happened(closed),)


def record_routing_alert_delivered(
    state: RoutingWeeks, asked: RecordRoutingAlertDelivered, around: Circumstances
) -> Sequence[Happened]:
    """An alert counts as delivered once, and only of a week of which one is owed."""
    if asked.week_on in state.owed:
        delivered = RoutingAlertDelivered(week_on=asked.week_on, method=asked.method)
        return (around.happened(delivered),)
    if state.closed_on is None or asked.week_on > state.closed_on:
        raise UnlawfulTransition(
            f"The week of {day_said(asked.week_on)} is not closed: close it first.",
            rule="delivers-an-alert",
        )
    return ()


def evolve(state: RoutingWeeks, happened: Happened | Entry) -> RoutingWeeks:
    """The weeks after one more fact."""
    match happened.fact:
        case RoutingWeekClosed() as closed:
            owed = {**state.owed, closed.week_on: closed} if closed.troubles else state.owed
            return RoutingWeeks(closed.week_on, owed)
        case RoutingAlertDelivered() as told:
            left = {on: each for on, each in state.owed.items() if on != told.week_on}
            return replace(state, owed=left)
        case _:
            return state


def routing_id(ledger_id: bytes) -> UUID:
    """The id of the stream in which the weeks of routing are kept."""
    return derived_uuid(EPOCH, "routing", ledger_id.hex())


ROUTING = Kind(
    "routing",
    RoutingWeeks(),
    {
        CloseRoutingWeek: close_routing_week,
        RecordRoutingAlertDelivered: record_routing_alert_delivered,
    },
    evolve,
)
