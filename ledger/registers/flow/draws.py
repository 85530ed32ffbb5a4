"""Draws of requesters to be called: each team's day once, with the seed and the frame by which it can be checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from ledger.case.whom import known_team
from ledger.commands import Circumstances, Command, Kind
from ledger.entry import Entry, Happened
from ledger.errors import Refusal
from ledger.facts import Fact, Values, fact
from ledger.ids import derived_uuid
from ledger.policy.flow.draws import FrameRule, Stratum, draw, frame_digest, seed_of
from ledger.policy.telling.days import day_said
from ledger.times import EPOCH, Instant


class DrawnCase(BaseModel):
    """A case that was drawn, and from which stratum."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    case_id: UUID
    stratum: Stratum


@fact
class CallsDrawn(Fact):
    """Requesters of a team were drawn to be called on a day; whoever draws again finds the same ones.

    `head` is the digest of the entry at `head_position`, the last before the day opened at `opened_at`;
    `frame` counts the cases of each stratum as known then, `excluded` those left out, by reason;
    `frame_rule` is the rule by which they were.
    """

    team: str
    on: date
    opened_at: Instant
    head_position: int
    head: str
    seed: str
    frame: Values
    frame_digest: str
    excluded: Values
    drawn: tuple[DrawnCase, ...]
    frame_rule: FrameRule = 1


class DrawCalls(Command):
    """Draw the requesters of a team who are called on a day, from those as known when the day opened."""

    asked_of = ("calls", "draws_id")

    draws_id: UUID
    ledger_id: str
    team: str
    on: date
    opened_at: Instant
    head_position: int = Field(ge=0)
    head: str
    frame: Mapping[Stratum, tuple[UUID, ...]]
    excluded: Mapping[str, int]
    frame_rule: FrameRule


@dataclass(frozen=True, slots=True)
class Draws:
    """The days of a team that were drawn."""

    days: tuple[CallsDrawn, ...] = ()

    @property
    def team(self) -> str | None:
        """Whose they are; None before the first."""
        return self.days[0].team if self.days else None

    def on(self, day: date) -> CallsDrawn | None:
        """The draw of a day, if there was one."""
        return next((each for each in self.days if each.on == day), None)


def draw_calls(state: Draws, asked: DrawCalls, around: Circumstances) -> Sequence[Happened]:
    """A day is drawn once, after it opened; the seed follows from the log and nobody gives it."""
    policy = around.policies.in_force(around.now).policy
    known_team(policy, asked.team)
    if state.on(asked.on) is not None:
        return ()
    if asked.opened_at > around.now:
        raise Refusal(
            f"{day_said(asked.on)} has not opened yet: draw once it has, so that nobody can know the draw before.",
            rule="drawn-after-opening",
        )
    if not any(asked.frame.values()):
        raise Refusal(
            f"Nobody of {asked.team} can be called on {day_said(asked.on)}: there is nobody to draw from.",
            rule="frame-is-not-empty",
            left_out=dict(asked.excluded),
        )
    seed = seed_of(bytes.fromhex(asked.ledger_id), asked.team, asked.on.isoformat(), asked.head)
    return (
        around.happened(
            CallsDrawn(
                team=asked.team,
                on=asked.on,
                opened_at=asked.opened_at,
                head_position=asked.head_position,
                head=asked.head,
                seed=seed,
                frame={stratum: len(cases) for stratum, cases in asked.frame.items()},
                frame_digest=frame_digest(asked.frame),
                excluded=dict(asked.excluded),
                frame_rule=asked.frame_rule,
                drawn=tuple(
                    DrawnCase(case_id=case_id, stratum=stratum)
                    for stratum, case_id in draw(seed, asked.frame)
                ),
            )
        ),
    )


def evolve(state: Draws, happened: Happened | Entry) -> Draws:
    """The draws after one more fact."""
    match happened.fact:
        case CallsDrawn() as drawn:
            return Draws((*state.days, drawn))
        case _:
            return state


def draws_id(ledger_id: bytes, team: str) -> UUID:
    """The id of the stream in which a team's draws are kept."""
    return derived_uuid(EPOCH, "calls", ledger_id.hex(), team)


CALLS = Kind("calls", Draws(), {DrawCalls: draw_calls}, evolve)
