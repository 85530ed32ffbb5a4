"""What a case is like as of an instant: those of its type then are compared, however many came to it since."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest

from api.shown.duplicates import likely_duplicates
from ledger.case.intake.opening import ClassifyCase, OpenCase
from ledger.service import Ledger
from ledger.then import NOW, Then
from projections.comparing import likeness
from projections.views import Views
from tests.ledgers import INTAKE, place_in


def opened(ledger: Ledger, request_type: str) -> UUID:
    case_id = ledger.new_id()
    asked = OpenCase(case_id=case_id, channel="phone", request_type=request_type, region="HAL")
    ledger.handle(asked, actor=INTAKE)
    return case_id


def test_what_came_to_the_type_since_takes_no_place_of_what_was_of_it_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(likeness, "AT_MOST", 2)
    place = place_in(tmp_path)
    with place.office() as ledger, Views.open(place.location) as views:
        cases = [opened(ledger, "RDW-POT") for _ in range(2)]
        others = [opened(ledger, "GEN-ENQ") for _ in range(3)]
        then = place.clock.pass_by(days=1)
        place.clock.pass_by(days=1)
        for each in others:
            asked = ClassifyCase(case_id=each, request_type="RDW-POT", region="HAL")
            ledger.handle(asked, actor=INTAKE)
        views.catch_up(ledger.store)

        def compared(then: Then) -> int:
            return likely_duplicates(ledger, views, cases[0], actor=INTAKE, then=then).compared

        assert compared(NOW) == 2
        assert compared(Then(as_of=then)) == compared(Then(known_at=then)) == 1
