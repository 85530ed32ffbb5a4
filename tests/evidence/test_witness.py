"""The witness: it cosigns what goes on from what it saw, and no log gets two histories cosigned."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from ledger.errors import IntegrityFailure, InvalidCommand, LedgerUnavailable, Refusal
from ledger.evidence.proving.cosigning import cosigners, last_cosigned
from ledger.evidence.signing.asked import Asked
from ledger.evidence.signing.notes import Checkpoint, Note
from ledger.evidence.signing.signing_state import signing_of
from ledger.evidence.signing.witness import Witness
from ledger.registers.signing import IntroduceKey, SetWitnessQuorum, signing_id
from ledger.sealing.slots import b64u
from tests.evidence.cosigned import asked, taken_in, watching
from tests.evidence.signing_office import SigningOffice, signed_once
from tests.ledgers import DIRECTOR, OPENS_AT

AT = OPENS_AT + timedelta(hours=2)


@pytest.fixture
def office(tmp_path: Path) -> SigningOffice:
    return signed_once(tmp_path / "office")


@pytest.fixture
def witness(office: SigningOffice, tmp_path: Path) -> Witness:
    """A witness that the office has named, and must cosign."""
    found = watching(office, tmp_path / "witness")
    with office.opened() as (ledger, _):
        signing = signing_id(ledger.store.ledger_id)
        ledger.handle(SetWitnessQuorum(signing_id=signing, quorum=1), actor=DIRECTOR)
    return found


def test_a_witness_cosigns_one_checkpoint_after_another(
    office: SigningOffice, witness: Witness
) -> None:
    seen = 0
    for number in range(3):
        office.works(number)
        office.signs()
        office.clock.at = AT
        note = witness.cosign(asked(office, seen), at=AT)
        assert taken_in(office, note) == 1
        seen = Checkpoint.read(note.text).size
        (log,) = witness.logs()
        assert (log.size, log.cosigned_at) == (seen, int(AT.timestamp()))
        with office.opened() as (ledger, _):
            assert last_cosigned(ledger.store) == seen
            (found,) = cosigners(note, signing_of(ledger.store))
            assert found == (witness.key, int(AT.timestamp()))
    assert office.found() == []


def test_each_anchor_cites_the_last_checkpoint_that_was_witnessed(
    office: SigningOffice, witness: Witness
) -> None:
    office.signs()
    note = witness.cosign(asked(office, 0), at=AT)
    taken_in(office, note)
    office.clock.at = AT
    office.works(1)
    office.signs()
    with office.proofs() as proofs:
        assert proofs.anchor.witnessed == b64u(note.digest())
    assert office.found() == []


def test_a_forked_ledger_cannot_get_both_histories_cosigned(
    office: SigningOffice, witness: Witness, tmp_path: Path
) -> None:
    seen = Checkpoint.read(witness.cosign(asked(office, 0), at=AT).text).size
    other = office.copied_to(tmp_path / "other")
    shutil.rmtree(tmp_path / "other" / "home")
    shutil.copytree(tmp_path / "office" / "home", tmp_path / "other" / "home")
    office.works(3)
    other.works(2)
    for each in (office, other):
        each.signs()
    first, second = asked(office, seen), asked(other, seen)
    after = Checkpoint.read(witness.cosign(first, at=AT).text)
    with pytest.raises(Refusal, match=f"last saw {after.size} entries"):
        witness.cosign(second, at=AT)
    other.works(9)
    other.signs()
    forged = asked(other, seen)._replace(old=after.size)
    with pytest.raises(IntegrityFailure, match="nothing was cosigned, and the note is kept"):
        witness.cosign(forged, at=AT)
    (kept,) = (tmp_path / "witness" / "forks").iterdir()
    assert Asked.read(kept.read_text()) == forged
    (log,) = witness.logs()
    assert (log.size, log.root) == (after.size, b64u(after.root))


def test_the_same_checkpoint_is_cosigned_again_and_another_of_its_size_is_not(
    office: SigningOffice, witness: Witness
) -> None:
    note = witness.cosign(asked(office, 0), at=AT)
    size = Checkpoint.read(note.text).size
    again = witness.cosign(asked(office, size), at=AT + timedelta(minutes=1))
    assert witness.key.cosigned_at(again) == int(AT.timestamp()) + 60
    with office.opened() as (ledger, _):
        key = office.signer.key(signing_of(ledger.store).in_force("checkpoint")[0])
    text = Checkpoint(key.verifier.name, size, bytes(32)).text()
    with pytest.raises(IntegrityFailure, match="two histories of"):
        witness.cosign(Asked(size, (), Note(text, (key.sign(text),))), at=AT)


def test_a_witness_whose_clock_went_back_says_no_earlier_time(
    office: SigningOffice, witness: Witness
) -> None:
    note = witness.cosign(asked(office, 0), at=AT)
    size = Checkpoint.read(note.text).size
    again = witness.cosign(asked(office, size), at=AT - timedelta(days=1))
    assert witness.key.cosigned_at(again) == int(AT.timestamp())


def test_after_a_rotation_the_new_key_is_watched_beside_the_old(
    office: SigningOffice, witness: Witness
) -> None:
    with office.opened() as (ledger, _):
        key = office.signer.new_key(str(signing_of(ledger.store).origin)).verifier
        signing = signing_id(ledger.store.ledger_id)
        ledger.handle(
            IntroduceKey(signing_id=signing, purpose="checkpoint", key=str(key)), actor=DIRECTOR
        )
    office.signs()
    request = asked(office, 0)
    assert len(request.note.signatures) == 2
    alone = request._replace(note=Note(request.note.text, request.note.signatures[1:]))
    with pytest.raises(Refusal, match="None of the keys"):
        witness.cosign(alone, at=AT)
    assert len(witness.trust(str(key)).keys) == 2
    assert witness.cosign(alone, at=AT).signatures


def test_what_a_witness_does_not_know_it_does_not_cosign(
    office: SigningOffice, witness: Witness, tmp_path: Path
) -> None:
    request = asked(office, 0)
    stranger = Witness(tmp_path / "stranger")
    with pytest.raises(LedgerUnavailable, match="caseledger witness new"):
        stranger.cosign(request, at=AT)
    stranger.make("stranger.example.org")
    with pytest.raises(Refusal, match="does not watch"):
        stranger.cosign(request, at=AT)
    with pytest.raises(Refusal, match=r"lies in .* already"):
        stranger.make("another.example.org")
    with pytest.raises(InvalidCommand, match="the key of a witness"):
        stranger.trust(str(witness.key))
    with pytest.raises(Refusal, match="without a proof"):
        witness.cosign(request._replace(proof=(bytes(32),)), at=AT)


def test_of_several_who_make_a_witness_in_one_folder_one_does_and_the_others_hear_of_it(
    tmp_path: Path,
) -> None:
    def makes(number: int) -> str | None:
        try:
            return str(Witness(tmp_path / "witness").make(f"w{number}.example.org"))
        except Refusal:
            return None

    with ThreadPoolExecutor(8) as threads:
        made = [key for key in threads.map(makes, range(8)) if key is not None]
    assert made == [str(Witness(tmp_path / "witness").key)]


def test_a_cosignature_of_somebody_unknown_counts_for_nothing(
    office: SigningOffice, witness: Witness, tmp_path: Path
) -> None:
    stranger = Witness(tmp_path / "stranger")
    stranger.make("stranger.example.org")
    with office.opened() as (ledger, _):
        stranger.trust(signing_of(ledger.store).in_force("checkpoint")[0])
    with pytest.raises(Refusal, match="None of the witnesses"):
        taken_in(office, stranger.cosign(asked(office, 0), at=AT))


@pytest.mark.parametrize(
    "given",
    ["", "old 1", "old 01\n\nx\n", "old 1\n!\n\no\n1\n=\n\n", "old -1\n\n", "new 1\n\nx\n1\n"],
)
def test_what_is_no_request_is_said_to_be_none(given: str) -> None:
    with pytest.raises(InvalidCommand):
        Asked.read(given)
