"""An entry is disclosed with its salts: whatever is shown of it follows from its line, by the book."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.case.contact.contacts import AddNote
from ledger.case.intake.opening import OpenCase
from ledger.commands import Request
from ledger.ids import case_stream
from ledger.registers.keeping.accesses import PersonalValuesRead
from ledger.sealing.disclosing import Disclosed, Salted
from ledger.service import Ledger
from tests.evidence import by_the_book as book
from tests.evidence.released import released
from tests.ledgers import INTAKE, Place, place_in

WORDS = "Call Mrs Doe back,  tomorrow at\nhalf past nine.\u00a0– Merci "


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return place_in(tmp_path_factory.mktemp("disclosing"))


@pytest.fixture(scope="module")
def ledger(place: Place) -> Iterator[Ledger]:
    with place.office() as office:
        yield office


@pytest.fixture(scope="module")
def stream(ledger: Ledger) -> str:
    """A case with a form and a note."""
    case_id = ledger.new_id()
    opened = OpenCase(
        case_id=case_id,
        channel="phone",
        request_type="GEN-ENQ",
        answers={"name": "Élise Doe", "description": WORDS},
    )
    note = AddNote(case_id=case_id, note_id=ledger.new_id(), text=WORDS)
    ledger.handle_all([Request(opened, INTAKE), Request(note, INTAKE)])
    return case_stream(case_id)


@pytest.fixture(scope="module")
def opened(ledger: Ledger, stream: str) -> list[Disclosed]:
    versions = [row.version for row in ledger.store.stream(stream)]
    return ledger.disclosed_opened(stream, versions=versions, actor=INTAKE, purpose="Request 12")


@given(chosen=st.data())
def test_any_slots_and_words_can_be_withheld_and_the_rest_follows_from_the_line(
    opened: list[Disclosed], chosen: st.DataObject
) -> None:
    for entry in opened:
        parts = [(name, None) for name in entry.slots]
        parts += [(name, n) for name, words in entry.texts.items() for n in range(len(words))]
        withheld = chosen.draw(st.sets(st.sampled_from(parts)))
        shown = book.verify_release(released(entry, withheld))
        for name in entry.slots:
            assert (name in shown) == ((name, None) not in withheld)
        for name, words in entry.texts.items():
            if name in shown:
                said = [each.value for each in words if isinstance(each, Salted)]
                assert len(said) == len(words)
                for number, word in enumerate(said):
                    kept = None if (name, number) in withheld else word
                    assert shown[name][number] == kept


def test_what_is_opened_is_what_was_said_and_its_reading_is_recorded_first(
    ledger: Ledger, stream: str, opened: list[Disclosed]
) -> None:
    shown = book.verify_release(released(opened[-1]))
    assert "".join(shown["text"]) == WORDS
    access = [each.fact for each in ledger.entries() if isinstance(each.fact, PersonalValuesRead)]
    (said,) = [each for read in access for each in read.opened]
    assert (said.stream, said.upto_version) == (stream, len(opened))


def test_unopened_an_entry_shows_no_personal_value(ledger: Ledger, stream: str) -> None:
    for entry in ledger.disclosed(stream, versions=(1, 2)):
        shown = book.verify_release(released(entry))
        assert entry.texts == {}
        assert "text" not in shown
        assert not any(name.startswith("answers.name") for name in shown)
