"""Refused: that somebody may not do what they asked from the command line goes on record before they hear it."""

from __future__ import annotations

from api.cli.edge import ASKED
from ledger.entry import Actor
from ledger.errors import NotAuthorised
from ledger.registers.keeping.accesses import RecordActRefused
from ledger.service import Ledger


def refused(
    ledger: Ledger, actor: Actor, *, ground: str, sentence: str, about: str | None = None
) -> NotAuthorised:
    """The error that says so, once it is on record; `about` is the stream that it was about."""
    command = RecordActRefused(
        access_id=ledger.new_id(), act=ASKED.get(), about=about, ground=ground
    )
    ledger.handle(command, actor=actor)
    return NotAuthorised(sentence)
