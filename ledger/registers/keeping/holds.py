"""Holds: what keeps cases from being erased or disposed of, each in a stream of its own, so that they stack.

Why there is one is a compartment: the case itself says of an inquiry's hold only that there is one.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from ledger.commands import Circumstances, Command, Kind
from ledger.entry import Entry, Happened
from ledger.errors import CaseNotFound, InvalidCommand, Refusal, UnlawfulTransition
from ledger.facts import Fact, PersonalText, fact
from ledger.ids import case_stream
from ledger.policy.acting.roles import refuse_without

Ground = Literal["litigation", "access_request", "audit", "investigation", "inquiry", "other"]


@fact
class HoldPlaced(Fact):
    """These cases must be kept, for the time being; `inquiry` is the one that asked for it, if one did."""

    cases: tuple[UUID, ...]
    ground: Ground
    inquiry: UUID | None
    reason: PersonalText


@fact
class HoldReleased(Fact):
    """This hold keeps nothing any more; others on the same cases stay."""

    reason: PersonalText


class HoldCommand(Command):
    """Something asked of a hold."""

    asked_of = ("hold", "hold_id")

    hold_id: UUID


class PlaceHold(HoldCommand):
    """Keep cases from being erased or disposed of."""

    cases: tuple[UUID, ...] = Field(min_length=1)
    ground: Ground
    inquiry: UUID | None = None
    reason: str | None = None


class ReleaseHold(HoldCommand):
    """Let cases go that a hold has kept."""

    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Hold:
    """What decisions need to know of a hold."""

    cases: frozenset[UUID] = frozenset()
    ground: str | None = None
    inquiry: UUID | None = None
    released: bool = False

    def keeps(self, case_id: UUID) -> bool:
        """Whether it keeps a case now."""
        return case_id in self.cases and not self.released


def place_hold(hold: Hold, asked: PlaceHold, around: Circumstances) -> Sequence[Happened]:
    """A records officer places a hold; that of an inquiry or an appeal is placed by whoever records it."""
    if hold.ground is not None:
        return ()
    policy = around.policies.in_force(around.now).policy
    if (asked.ground == "inquiry") != (asked.inquiry is not None):
        raise InvalidCommand(
            "A hold of an inquiry names it, and no other does: place one by opening the inquiry."
        )
    if asked.inquiry is None:
        if _appealed(asked.hold_id, asked.cases, around) is None:
            refuse_without("records", policy, around.actor, to="place a hold")
    else:
        refuse_without("liaison", policy, around.actor, to="place the hold of an inquiry")
        inquiry: Any = around.look(f"inquiry/{asked.inquiry}")
        if inquiry is None or inquiry.hold_id != asked.hold_id:
            raise Refusal(
                "This inquiry asked for no such hold: it places its own when it is opened.",
                rule="hold-of-its-inquiry",
            )
    for case_id in asked.cases:
        if around.look(case_stream(case_id)) is None:
            raise CaseNotFound(
                "A case that is to be held is not in this ledger: check each reference."
            )
    return (around.happened(HoldPlaced(**asked.for_fact())),)


def release_hold(hold: Hold, asked: ReleaseHold, around: Circumstances) -> Sequence[Happened]:
    """A records officer releases a hold; that of an inquiry or an appeal not before it is over."""
    if hold.ground is None:
        raise UnlawfulTransition(
            "No such hold was placed: check its id with `caseledger hold`.",
            rule="placed-before-released",
        )
    if hold.released:
        return ()
    policy = around.policies.in_force(around.now).policy
    appealed = _appealed(asked.hold_id, hold.cases, around)
    if appealed:
        raise Refusal(
            "The decision was taken to a regulator or a court, which placed this hold: record how that ended, and "
            "with it the hold is released.",
            rule="held-while-appealed",
        )
    if hold.inquiry is None:
        if appealed is None:
            refuse_without("records", policy, around.actor, to="release a hold")
    else:
        inquiry: Any = around.look(f"inquiry/{hold.inquiry}")
        if inquiry is not None and not inquiry.closed:
            raise Refusal(
                "The inquiry that placed this hold is open: close it, and with it its hold is released.",
                rule="held-while-inquired",
            )
    return (around.happened(HoldReleased(reason=asked.reason)),)


def _appealed(hold_id: UUID, cases: Collection[UUID], around: Circumstances) -> bool | None:
    """Whether the appeal that places this hold on its one case is open; None where none does."""
    if len(cases) != 1:
        return None
    (case_id,) = cases
    case: Any = around.look(case_stream(case_id))
    appeal = None if case is None else case.appeals.get(hold_id)
    return None if appeal is None else appeal.is_open


def evolve(hold: Hold, happened: Happened | Entry) -> Hold:
    """A hold after one more fact."""
    match happened.fact:
        case HoldPlaced() as fact:
            return Hold(frozenset(fact.cases), fact.ground, fact.inquiry)
        case HoldReleased():
            return replace(hold, released=True)
        case _:
            return hold


HOLD = Kind("hold", Hold(), {PlaceHold: place_hold, ReleaseHold: release_hold}, evolve)
