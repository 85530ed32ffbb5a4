"""Anchors: entries by which the office stands by the log and by the last entry of every stream in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from pydantic import Field

from ledger.commands import Circumstances, Command, Kind
from ledger.entry import Entry, Happened
from ledger.facts import Fact, fact
from ledger.times import Instant


@fact
class LogAnchored(Fact):
    """The heads of all streams but anchors as of the first `leaves` entries; this entry is the last of its checkpoint.

    `heads` is the root of their map (base64url), `witnessed` the digest of the newest checkpoint that
    witnesses had cosigned by then: the entries in between were recorded between the two.
    """

    heads: str
    leaves: int
    streams: int
    signed_at: Instant
    witnessed: str | None


class AnchorLog(Command):
    """Anchor the log as of its first entries."""

    asked_of = ("anchor", "anchor_id")

    anchor_id: UUID
    heads: str
    leaves: int = Field(ge=0)
    streams: int = Field(ge=0)
    witnessed: str | None = None


@dataclass(frozen=True, slots=True)
class Anchor:
    """An anchor that was recorded, or not yet."""

    recorded: bool = False


def anchor_log(anchor: Anchor, asked: AnchorLog, around: Circumstances) -> Sequence[Happened]:
    """An anchor is recorded once, and is of the instant at which it is."""
    if anchor.recorded:
        return ()
    said = asked.for_fact()
    return (around.happened(LogAnchored(**said, signed_at=around.now)),)


def evolve(anchor: Anchor, happened: Happened | Entry) -> Anchor:
    """An anchor after one more fact."""
    return Anchor(recorded=True) if isinstance(happened.fact, LogAnchored) else anchor


ANCHOR = Kind("anchor", Anchor(), {AnchorLog: anchor_log}, evolve)
