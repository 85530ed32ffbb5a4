"""Cases to fold, and a projection that fails at one of their entries."""

from __future__ import annotations

from dataclasses import replace

from ledger.case.intake.opening import OpenCase
from ledger.service import Ledger
from projections.fold.projection import Projection, Rows
from projections.fold.told import Told
from projections.rows.cases import CASES, evolve
from projections.views import PROJECTIONS
from tests.ledgers import INTAKE, Place


def open_next(ledger: Ledger, place: Place, number: int) -> None:
    """Opens a case half an hour later, now of this type and now of that."""
    place.clock.pass_by(minutes=30)
    request_type = ("RDW-POT", "GEN-ENQ")[number % 2]
    case_id = ledger.new_id()
    ledger.handle(OpenCase(case_id=case_id, channel="web", request_type=request_type), actor=INTAKE)


def stops_at(position: int) -> tuple[Projection, ...]:
    """Every projection, the one of cases failing at an entry."""

    def fails(rows: Rows, entry: Told) -> Rows:
        if entry.position == position:
            raise ValueError("no such meaning")
        return evolve(rows, entry)

    failing = replace(CASES, evolve=fails)
    return tuple(failing if each is CASES else each for each in PROJECTIONS)
