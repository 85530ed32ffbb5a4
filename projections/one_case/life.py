"""A life: what happened to one case and when, as far as figures ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal, NamedTuple

from projections.rows.spans import SpanRow

Way = Literal[
    "new", "transferred_in", "reopened", "reactivated",
    "resolved", "withdrawn", "lapsed", "referred_out", "made_inactive", "transferred_out",
]  # fmt: skip
"""How a case comes into a team's active work and how it leaves it."""


class Move(NamedTuple):
    """A case came into a team's hands or its active work, or left them; `waiting` if it waited for somebody outside."""

    at: datetime
    way: Way
    team: str | None
    waiting: bool = False


class Closing(NamedTuple):
    """A case was resolved: as what, whether the requester had heard from us, and by whom.

    `settles_at` is when its quiet window ends, where the resolution itself says so.
    """

    at: datetime
    kind: str
    replied: bool
    by_person: bool
    settles_at: datetime | None = None


class Contacted(NamedTuple):
    """A contact with the requester."""

    at: datetime
    inbound: bool
    channel: str
    kinds: tuple[str, ...]


class AskedFor(NamedTuple):
    """A request for information; `again` names fields that an accepted handover held already."""

    at: datetime
    again: tuple[str, ...]


class Entered(NamedTuple):
    """An entry that a person made on a case, with what follows from it; `coordinates` if it moved work instead of
    doing it."""

    at: datetime
    team: str | None
    coordinates: bool


@dataclass(slots=True)
class Life:
    """What happened to one case; lists are in the order in which it was recorded.

    `known_from` is when the ledger first knew of the case: before it nothing could have been seen.
    """

    received_at: datetime
    known_from: datetime
    imported: bool
    channel: str
    request_type: str | None
    programme: str | None = None
    region: str | None = None
    language: str | None = None
    interview_language: str | None = None
    interpreter: str | None = None
    format: str | None = None
    spans: tuple[SpanRow, ...] = ()
    """With whom it was and how it stood; the board counts these too."""
    taken_at: datetime | None = None
    transferred_at: datetime | None = None
    """When it was first handed on."""
    requester: bool = False
    """Whether there is a record of whoever asks."""
    adjusted: bool = False
    """Whether somebody needed the office to do something otherwise, at any time."""
    waits: dict[str, tuple[datetime, datetime | None]] = field(
        default_factory=dict[str, tuple[datetime, datetime | None]]
    )
    answered: set[str] = field(default_factory=set[str])
    offered: set[str] = field(default_factory=set[str])
    """What the handover that is under way holds."""
    handed: set[str] = field(default_factory=set[str])
    """What an accepted handover held."""
    closings: list[Closing] = field(default_factory=list[Closing])
    returns: list[datetime] = field(default_factory=list[datetime])
    contacts: list[Contacted] = field(default_factory=list[Contacted])
    requests: list[AskedFor] = field(default_factory=list[AskedFor])
    entered: list[Entered] = field(default_factory=list[Entered])
    command: str = ""
    """The id of the command by which its latest entry was recorded."""

    def apart(self) -> Life:
        """The same life so far, which goes on by itself."""
        return replace(
            self,
            waits=dict(self.waits),
            answered=set(self.answered),
            offered=set(self.offered),
            handed=set(self.handed),
            closings=list(self.closings),
            returns=list(self.returns),
            contacts=list(self.contacts),
            requests=list(self.requests),
            entered=list(self.entered),
        )

    @property
    def team(self) -> str | None:
        """The team that has it, as far as was told by now; None is the intake desk."""
        return self.spans[-1].team if self.spans else None

    def team_at(self, at: datetime) -> str | None:
        """The team that had it at an instant; of a case received later, the first that had it."""
        had = (span.team for span in reversed(self.spans) if span.from_at <= at)
        return next(had, self.spans[0].team if self.spans else None)

    def moves(self) -> Iterator[Move]:
        """How it came into the hands of a team and into active work, and left them."""
        active = False
        for span in self.spans:
            if span.came_by is not None:
                yield Move(span.from_at, span.came_by, span.team, span.paused)
                active = span.came_by != "transferred_in" or not span.paused
            if not span.resolved and active == span.paused:
                way: Way = "made_inactive" if span.paused else "reactivated"
                yield Move(span.from_at, way, span.team)
            active = not span.paused
            if span.left_by is not None and span.to_at is not None:
                if span.paused and span.left_by != "transferred_out":
                    yield Move(span.to_at, "reactivated", span.team)
                yield Move(span.to_at, span.left_by, span.team, span.paused)

    def returned(self, closing: Closing) -> datetime | None:
        """When the case came back after this closing, if a person decided that it did."""
        later = [at for at in self.returns if at >= closing.at]
        return min(later, default=None)

    def open_at(self, at: datetime) -> bool:
        """Whether it was open at an instant."""
        if self.received_at > at:
            return False
        closed = max((each.at for each in self.closings if each.at <= at), default=None)
        return closed is None or any(closed <= back <= at for back in self.returns)

    def waits_at(self, at: datetime) -> bool:
        """Whether it waited for somebody outside at an instant."""
        return any(
            from_at <= at and (to_at is None or to_at > at)
            for from_at, to_at in self.waits.values()
        )

    def open_spans(self, upto: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The spans of time in which it was open, up to an instant."""
        began: datetime | None = self.received_at
        for closing in sorted(self.closings, key=lambda each: each.at):
            if began is not None and began <= closing.at:
                yield began, min(closing.at, upto)
                began = self.returned(closing)
        if began is not None and began < upto:
            yield began, upto
