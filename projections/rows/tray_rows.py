"""The mail from machines, a row each: of which kind, when it came, and what a person said of it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from ledger.registers.tray import ITEM, MachineMailReceived, TrayItemHandled
from projections.fold.projection import Projection, Rows, changed
from projections.fold.told import Told


class TrayRow(NamedTuple):
    """One mail; `about_case` is the case that it named, later the one that it was handled for."""

    kind: str
    received_at: datetime
    about_case: str | None = None
    handled_at: datetime | None = None
    handling: str | None = None


def evolve(rows: Rows[TrayRow], entry: Told) -> Rows[TrayRow]:
    """The row of a mail after one more entry."""
    match entry.fact:
        case MachineMailReceived() as fact:
            about = None if fact.about_case is None else str(fact.about_case)
            return (TrayRow(fact.mail_kind, entry.effective_at, about),)
        case TrayItemHandled() as fact if rows:
            about = rows[0].about_case if fact.about_case is None else str(fact.about_case)
            said = {"handled_at": entry.effective_at, "handling": fact.handling}
            return (changed(rows[0], {**said, "about_case": about}),)
        case _:
            return rows


TRAY = Projection(
    name="tray",
    version=1,
    kind=ITEM,
    topics=frozenset({MachineMailReceived.topic, TrayItemHandled.topic}),
    row=TrayRow,
    evolve=evolve,
)
