"""A person is erased while somebody else has the ledger open: they let go of every key and go on under the next one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ledger.case.contact.contacts import AddNote
from ledger.errors import StartAgain
from ledger.evidence.verifying.verify import verify
from ledger.facts import Concealed
from ledger.service import Ledger
from tests.erasing.house import ADA, BOB, People, erased, gone, opened, two_people
from tests.ledgers import INTAKE, Place


@pytest.fixture
def people(ledger: Ledger) -> People:
    return two_people(ledger)


def test_whoever_has_the_ledger_open_elsewhere_seals_nothing_under_a_key_that_was_destroyed(
    ledger: Ledger, place: Place, people: People
) -> None:
    def noted(by: Ledger, text: str) -> None:
        note = AddNote(case_id=people.her_case, note_id=by.new_id(), text=text)
        by.handle(note, actor=INTAKE)

    stream = f"case/{people.her_case}"
    with place.open() as elsewhere:
        noted(elsewhere, "Before.")
        assert ADA in opened(elsewhere, stream)
        destroyed = list(elsewhere.vault.keys_of(f"party/{people.ada}"))
        erased(ledger, people, cases=(people.her_case,))
        assert gone(opened(ledger, stream))
        noted(elsewhere, "After.")
        assert [elsewhere.vault.cipher(each) for each in destroyed] == [None] * len(destroyed)
        for each in (elsewhere, ledger):
            assert {*opened(each, stream)} == {Concealed.ERASED, "After."}
    assert verify(ledger.store, ledger.vault).findings == []


def test_whoever_only_reads_elsewhere_goes_on_under_the_key_that_an_erasure_left(
    ledger: Ledger, place: Place, people: People
) -> None:
    with place.open() as elsewhere:
        erased(ledger, people)
        assert BOB in opened(elsewhere, f"party/{people.bob}")
        assert gone(opened(elsewhere, f"party/{people.ada}"))


def test_whoever_has_a_copy_of_the_master_key_that_nobody_changed_must_start_again(
    ledger: Ledger, place: Place, people: People, tmp_path: Path
) -> None:
    copied = tmp_path / "of-another-machine.key"
    shutil.copy(place.master_key, copied)
    with Ledger.open(place.location, master_key=copied) as elsewhere:
        erased(ledger, people)
        note = AddNote(case_id=people.her_case, note_id=ledger.new_id(), text="After.")
        with pytest.raises(StartAgain, match="start again with the master key that belongs"):
            elsewhere.handle(note, actor=INTAKE)
