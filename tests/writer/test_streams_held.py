"""Of streams that were written to so many are held: what was let go of is read again, and is what it was."""

from __future__ import annotations

import pytest

from ledger.ids import case_stream
from ledger.writer import streams
from tests.ledgers import INTAKE, Place
from tests.writer.office_work import assert_clean, note, open_case


def test_more_cases_are_written_to_than_are_held_and_each_goes_on_where_it_was(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "_STREAMS_HELD", 4)
    with place.office() as ledger:
        cases = [open_case(ledger) for _ in range(6)]
        for _ in range(2):
            for case_id in cases:
                ledger.handle(note(ledger, case_id), actor=INTAKE)
        versions = {len(ledger.read(case_stream(each))) for each in cases}
        assert len(ledger._writer._streams._tips) <= 4
        assert versions == {len(ledger.read(case_stream(cases[0])))}
        assert_clean(ledger)
