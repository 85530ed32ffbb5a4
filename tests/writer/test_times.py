"""Three times: when it happened, when it was known, when it was written; the last two never go back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from ledger.case.history.imported import ImportCase, ImportedStep
from ledger.errors import InvalidCommand
from ledger.ids import derived_uuid
from ledger.sealing.heads import decode_line
from ledger.service import Ledger
from ledger.times import instant
from tests.ledgers import FORM, INTAKE, OPENS_AT, Place
from tests.writer.office_work import add_note, assert_clean, note, open_case


def recorded(ledger: Ledger) -> list[datetime]:
    """When each entry says it was recorded, in the order of the log."""
    return [
        instant(decode_line(state.partition(b"\n")[0]).recorded_at)
        for chunk in ledger.store.scan()
        for *_, state in chunk
    ]


def known(ledger: Ledger, stream: str) -> list[datetime]:
    """When each entry of a stream was known."""
    return [read.entry.context.known_at for read in ledger.read(stream)]


def test_the_present_is_when_the_ledger_s_clock_says(place: Place, ledger: Ledger) -> None:
    at = place.clock.pass_by(hours=3)
    case_id = open_case(ledger)
    assert recorded(ledger)[-1] == at
    context = ledger.read(f"case/{case_id}")[0].entry.context
    assert (context.effective_at, context.known_at) == (at, at)


def test_what_has_not_happened_yet_cannot_be_recorded(place: Place, ledger: Ledger) -> None:
    case_id = open_case(ledger)
    tip = ledger.store.tip()
    for later in (timedelta(microseconds=1), timedelta(days=400)):
        with pytest.raises(InvalidCommand, match="before it happens"):
            ledger.handle(note(ledger, case_id), actor=INTAKE, effective_at=place.clock.at + later)
    assert ledger.store.tip() == tip
    ledger.handle(note(ledger, case_id), actor=INTAKE, effective_at=place.clock.at)


def test_what_happened_earlier_keeps_its_own_time(place: Place, ledger: Ledger) -> None:
    case_id = open_case(ledger)
    halifax = timezone(timedelta(hours=-4))
    happened_at = (OPENS_AT - timedelta(days=2)).astimezone(halifax)
    ledger.handle(note(ledger, case_id), actor=INTAKE, effective_at=happened_at)
    context = ledger.read(f"case/{case_id}")[-1].entry.context
    assert context.effective_at == happened_at
    assert context.effective_at.tzinfo is UTC
    assert context.known_at == place.clock.at


def test_if_the_clock_goes_back_the_log_does_not(place: Place, ledger: Ledger) -> None:
    case_id = open_case(ledger)
    at = place.clock.pass_by(hours=1)
    add_note(ledger, case_id)
    place.clock.pass_by(days=-30)
    add_note(ledger, case_id)
    other = open_case(ledger)
    assert recorded(ledger) == sorted(recorded(ledger))
    assert recorded(ledger)[-1] == at
    assert known(ledger, f"case/{case_id}")[-2:] == [at, at]
    assert known(ledger, f"case/{other}")[0] == at
    place.clock.pass_by(days=31)
    add_note(ledger, case_id)
    assert recorded(ledger)[-1] == place.clock.at
    assert_clean(ledger)


def test_another_process_s_clock_that_lags_does_not_take_the_log_back(place: Place) -> None:
    with place.office() as ledger:
        at = place.clock.pass_by(hours=5)
        case_id = open_case(ledger)
    lagging = Place(place.location, place.master_key)
    lagging.clock.at = at - timedelta(hours=4)
    with lagging.open() as other:
        add_note(other, case_id)
        assert recorded(other)[-1] == at
        assert known(other, f"case/{case_id}")[-1] == at
        assert_clean(other)


def test_imported_history_is_known_when_its_source_knew_it_and_recorded_now(
    place: Place, ledger: Ledger
) -> None:
    began = OPENS_AT - timedelta(days=4000)
    case_id = derived_uuid(began, "import", "old", "17")
    steps = [
        ImportedStep(at=began + timedelta(days=day), activity="stap", rows=(row,))
        for row, day in enumerate((3, 1, 2))
    ]
    asked = ImportCase(
        case_id=case_id,
        batch=ledger.new_id(),
        source="old",
        external_id="17",
        channel="Balie",
        channel_family="walk_in",
        received_at=began,
        ended_at=began + timedelta(days=2, hours=1),
        steps=tuple(steps),
    )
    ledger.handle(asked, actor=FORM)
    at_source = known(ledger, f"case/{case_id}")
    assert at_source == sorted(at_source)
    assert at_source[-1] == began + timedelta(days=3)
    assert set(recorded(ledger)[-len(at_source) :]) == {place.clock.at}
    add_note(ledger, case_id)
    assert known(ledger, f"case/{case_id}")[-1] == place.clock.at
    assert_clean(ledger)
