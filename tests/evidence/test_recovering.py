"""After a restore that is behind what was signed: read-only, until what is lost is recorded, and then whole again."""

from __future__ import annotations

import shutil
from datetime import UTC, timedelta
from pathlib import Path

import pytest

from api.cli.ledgers import warn_of_what_is_to_come
from ledger.errors import IntegrityFailure, LedgerUnavailable, Refusal, StartAgain
from ledger.evidence.proving.cosigning import take_in
from ledger.evidence.signing.checkpoints import make_checkpoint
from ledger.evidence.signing.notes import Checkpoint, Note
from ledger.evidence.signing.signer import Signer
from ledger.evidence.signing.signing_state import signing_of
from ledger.evidence.verifying.recovering import recover
from ledger.policy.calendars.zones import LocalDays
from ledger.registers.signing import EntriesLost
from ledger.sealing.rows import last_before
from tests.evidence import trees_by_the_book as trees_book
from tests.evidence.signing_office import SigningOffice, opened_cases
from tests.ledgers import WATCH, place_in


@pytest.fixture
def office(tmp_path: Path) -> SigningOffice:
    """An office that has signed, been backed up as `home-backup`, and signed again."""
    found = SigningOffice(place_in(tmp_path))
    with found.place.office():
        pass
    found.works(3)
    found.signs()
    shutil.copytree(tmp_path / "home", tmp_path / "home-backup")
    found.works(4)
    found.signs()
    return found


def restored(office: SigningOffice, backup: str = "home-backup") -> None:
    """The home is put back as it was backed up; the signer's folder lies elsewhere and is not."""
    home = office.place.location
    assert isinstance(home, Path)
    shutil.rmtree(home)
    shutil.copytree(home.with_name(backup), home)


def test_behind_what_was_signed_the_ledger_is_read_and_not_written(office: SigningOffice) -> None:
    restored(office)
    with office.opened() as (ledger, _):
        assert list(ledger.entries())
        with pytest.raises(
            LedgerUnavailable, match=r"What was signed reaches to entry .* here to entry .*recover"
        ):
            opened_cases(ledger, 1)
    with pytest.raises(LedgerUnavailable, match="caseledger recover"):
        office.signs()


def test_who_opened_it_behind_starts_again_once_it_was_recovered_elsewhere(
    office: SigningOffice,
) -> None:
    """Before, a service that began behind was read-only for as long as it ran."""
    restored(office)
    with office.opened() as (served, _):
        with pytest.raises(LedgerUnavailable, match="until `caseledger recover`"):
            served.look()
        with office.opened() as (ledger, _):
            recover(ledger, office.signer, actor=WATCH)
            opened_cases(ledger, 1)
        for ask in (served.look, lambda: opened_cases(served, 1)):
            with pytest.raises(StartAgain, match="is over"):
                ask()


def test_who_opened_it_behind_starts_again_once_the_right_copy_is_put_back(
    office: SigningOffice, tmp_path: Path
) -> None:
    shutil.copytree(tmp_path / "home", tmp_path / "home-whole")
    restored(office)
    with office.opened() as (served, _):
        restored(office, "home-whole")
        with pytest.raises(StartAgain, match="was replaced"):
            served.look()


def test_what_is_lost_keeps_its_places_and_all_that_was_signed_stays_true(
    office: SigningOffice,
) -> None:
    signed = office.signer.signed_so_far()
    assert signed is not None
    before = list(office.signer.leaves(0, signed.size))
    restored(office)
    with office.opened() as (ledger, _):
        tip = ledger.store.tip()
        assert recover(ledger, office.signer, actor=WATCH).lost == (tip + 1, signed.size)
        (row,) = ledger.store.entries(after=signed.size, limit=9)
        lost = next(iter(ledger.entries(after=signed.size))).fact
        assert isinstance(lost, EntriesLost)
        assert row.position == signed.size + 1
        opened_cases(ledger, 2)
    verified = office.verified()
    assert (verified.findings, verified.lost) == ([], signed.size - tip)
    head = Checkpoint.read(office.signs().text)
    leaves = list(office.signer.leaves(0, head.size))
    assert leaves[: signed.size] == before
    assert head.root == trees_book.log_root(leaves)
    with office.proofs() as proofs:
        path = proofs.consistency(signed.size)
        assert trees_book.grew(signed.size, signed.root, head.size, head.root, path)
    assert office.found() == []


def test_of_a_copy_that_was_made_between_an_anchor_and_its_signature_the_signer_goes_on(
    office: SigningOffice, tmp_path: Path
) -> None:
    """Before, it was to sign for that anchor first, though it had signed for more: it never signed again."""
    home = tmp_path / "home"
    with office.opened() as (ledger, trees):
        opened_cases(ledger, 1)
        with pytest.raises(LedgerUnavailable, match="signing key"):
            make_checkpoint(ledger, trees, without_keys(office, tmp_path), actor=WATCH)
    shutil.copytree(home, tmp_path / "home-between")
    office.signs()
    office.works(1)
    office.signs()
    restored(office, "home-between")
    with office.opened() as (ledger, _):
        assert recover(ledger, office.signer, actor=WATCH).lost is not None
    office.signs()
    assert office.found() == []


def without_keys(office: SigningOffice, folder: Path) -> Signer:
    """The signer with its memory, whose keys somebody has taken away."""
    shutil.copytree(office.place.master_key.parent / "signer", folder / "signer")
    for key in (folder / "signer").glob("*.key"):
        key.unlink()
    return Signer(folder / "signer")


def test_recovering_where_nothing_is_lost_records_nothing(office: SigningOffice) -> None:
    with office.opened() as (ledger, _):
        tip = ledger.store.tip()
        assert recover(ledger, office.signer, actor=WATCH).lost is None
        assert ledger.store.tip() == tip


def test_a_recovery_that_was_cut_off_is_finished_by_asking_again(office: SigningOffice) -> None:
    """And by a clock that was put back meanwhile: the log ends with what has no time, and its times do not go back."""
    signed = office.signer.signed_so_far()
    assert signed is not None
    restored(office)
    with office.opened() as (ledger, _):
        tip = ledger.store.tip()
        ledger.store.lose(list(office.signer.leaves(tip, signed.size)))
        warn_of_what_is_to_come(ledger, LocalDays("UTC", UTC))
        last = last_before(ledger.store, office.clock.at + timedelta(days=1))
        assert last is not None
        assert last.position == tip
    assert ("loss-unrecorded", tip + 1) in office.found()
    office.clock.pass_by(days=-1)
    with office.opened() as (ledger, _):
        with pytest.raises(LedgerUnavailable, match="not recorded to the end"):
            opened_cases(ledger, 1)
        assert recover(ledger, office.signer, actor=WATCH).lost == (tip + 1, signed.size)
    assert office.found() == []


def test_a_copy_that_went_its_own_way_is_not_written_and_not_recovered(
    office: SigningOffice, tmp_path: Path
) -> None:
    elsewhere = office.copied_to(tmp_path / "elsewhere")
    home = tmp_path / "elsewhere" / "home"
    shutil.rmtree(home)
    shutil.copytree(tmp_path / "home-backup", home)
    shutil.rmtree(tmp_path / "elsewhere" / "keys" / "signer")
    elsewhere.works(6)
    shutil.copytree(home, tmp_path / "home-elsewhere")
    restored(office, "home-elsewhere")
    with office.opened() as (ledger, _):
        with pytest.raises(LedgerUnavailable, match="went its own way"):
            opened_cases(ledger, 1)
        with pytest.raises(Refusal, match=r"From position .* other entries"):
            recover(ledger, office.signer, actor=WATCH)
    assert "entry-not-signed" in {code for code, _ in office.found()}


def test_a_witness_s_note_tells_a_ledger_restored_with_its_signer_that_it_is_behind(
    office: SigningOffice, tmp_path: Path
) -> None:
    behind = office.copied_to(tmp_path / "all-of-it")
    note = office.signs() if office.works(1) else None
    assert note is not None
    with (
        behind.opened() as (ledger, _),
        pytest.raises(IntegrityFailure, match="caseledger recover"),
    ):
        take_in(ledger.store, behind.signer, note)
    with behind.opened() as (ledger, _):
        with pytest.raises(LedgerUnavailable, match="does not have"):
            opened_cases(ledger, 1)
        with pytest.raises(Refusal, match="restore its folder"):
            recover(ledger, behind.signer, actor=WATCH)
    shutil.rmtree(tmp_path / "all-of-it" / "keys" / "signer")
    shutil.copytree(tmp_path / "keys" / "signer", tmp_path / "all-of-it" / "keys" / "signer")
    with behind.opened() as (ledger, _):
        assert recover(ledger, behind.signer, actor=WATCH).lost is not None
        assert signing_of(ledger.store).lost
    assert behind.found() == []


def test_where_nothing_was_signed_there_is_nothing_to_recover(tmp_path: Path) -> None:
    place = place_in(tmp_path)
    with place.office() as ledger, pytest.raises(Refusal, match="Nothing was signed here"):
        recover(ledger, SigningOffice(place).signer, actor=WATCH)


def test_once_the_signer_remembers_what_a_witness_saw_the_loss_is_recorded_and_work_goes_on(
    office: SigningOffice, tmp_path: Path
) -> None:
    """What the witness said lies beside the memory that was put back, and is answered by the recovery."""
    behind = office.copied_to(tmp_path / "all-of-it")
    office.works(1)
    told(behind, office.signs())
    for name in ("head.json", "leaves"):
        shutil.copy(tmp_path / "keys" / "signer" / name, tmp_path / "all-of-it" / "keys" / "signer")
    with behind.opened() as (ledger, _):
        assert recover(ledger, behind.signer, actor=WATCH).lost is not None
    assert behind.works(1)
    assert behind.found() == []


def test_two_histories_that_were_both_signed_are_no_loss_to_record(
    office: SigningOffice, tmp_path: Path
) -> None:
    other = office.copied_to(tmp_path / "all-of-it")
    for each in (office, other):
        each.works(1)
    note = office.signs()
    assert Checkpoint.read(note.text).size == Checkpoint.read(other.signs().text).size
    told(other, note)
    with (
        other.opened() as (ledger, _),
        pytest.raises(Refusal, match=r"Two histories of .* were signed with this office's keys"),
    ):
        recover(ledger, other.signer, actor=WATCH)


def told(office: SigningOffice, note: Note) -> None:
    """A witness answers with a checkpoint that the ledger does not have."""
    with office.opened() as (ledger, _), pytest.raises(IntegrityFailure):
        take_in(ledger.store, office.signer, note)
