"""Checkpoints: what is signed is the log as the format defines it, kept behind the writes, and proved to a stranger."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest

from ledger.case.contact.contacts import AddNote
from ledger.case.intake.opening import OpenCase
from ledger.errors import IntegrityFailure, InvalidCommand, LedgerError, LedgerUnavailable, Refusal
from ledger.evidence.proving.checking import Trusted, check_proof, read_keys
from ledger.evidence.proving.proof_files import ProofFile, proof_file, read_proof_file
from ledger.evidence.proving.proofs import proving
from ledger.evidence.signing.checkpoints import Signed, make_checkpoint
from ledger.evidence.signing.notes import Checkpoint
from ledger.evidence.signing.signer import Signer
from ledger.evidence.signing.signing_state import signing_of
from ledger.evidence.trees.stream_map import MapProof
from ledger.evidence.trees.trees import Trees
from ledger.ids import case_stream
from ledger.sealing.slots import b64u
from ledger.service import Ledger
from ledger.store import open_trees_store
from tests.evidence import by_the_book as book
from tests.evidence import trees_by_the_book as trees_book
from tests.evidence.signing_office import leaves_of
from tests.ledgers import INTAKE, WATCH, Place, place_in


@pytest.fixture
def trees(ledger: Ledger, place: Place) -> Iterator[Trees]:
    with Trees.open(place.location, ledger.store) as found:
        yield found


@pytest.fixture
def signer(place: Place) -> Signer:
    return Signer.beside(place.master_key)


def opened(ledger: Ledger, count: int = 1) -> list[str]:
    """New cases, a note on each; their streams."""
    streams: list[str] = []
    for _ in range(count):
        case_id = ledger.new_id()
        ledger.handle(
            OpenCase(case_id=case_id, channel="phone", request_type="GEN-ENQ"), actor=INTAKE
        )
        streams.append(case_stream(case_id))
        noted(ledger, streams[-1])
    return streams


def noted(ledger: Ledger, stream: str) -> int:
    """A note on a case; its position."""
    case_id = ledger.find_case(stream.partition("/")[2])
    note = AddNote(case_id=case_id, note_id=ledger.new_id(), text="seen")
    return ledger.handle(note, actor=INTAKE).position


def head_of(signed: Signed) -> Checkpoint:
    return Checkpoint.read(signed.note.text)


def members_of(ledger: Ledger, upto: int) -> list[trees_book.Member]:
    """The members of the map, by the book: every stream but anchors, as of the first entries."""
    heads: dict[str, tuple[int, bytes]] = {}
    for chunk in ledger.store.scan(upto=upto):
        for _, stream, version, _, state in chunk:
            if not stream.startswith("anchor/"):
                before = heads.get(stream, (0, book.first_head(ledger.store.ledger_id, stream)))[1]
                digest = book.leaf(state.partition(b"\n")[0])
                heads[stream] = (version, book.h(b"\x02", before, digest))
    return [
        (trees_book.map_key(ledger.store.ledger_id, stream), count, head)
        for stream, (count, head) in heads.items()
    ]


@pytest.mark.parametrize("at_once", [(5_000, 50_000), (3, 2), (1, 1)])
def test_a_checkpoint_is_over_the_log_and_its_anchor_over_the_streams_by_the_book(
    ledger: Ledger,
    trees: Trees,
    signer: Signer,
    at_once: tuple[int, int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, many in zip(("_CHUNK", "_STREAMS_HELD"), at_once, strict=True):
        monkeypatch.setattr(f"ledger.evidence.trees.trees.{name}", many)
    checkpoint = partial(make_checkpoint, ledger, trees, signer, actor=WATCH)
    streams = opened(ledger, 3)
    for _ in range(3):
        head = head_of(checkpoint())
        assert head.size == ledger.store.tip()
        assert head.root == trees_book.log_root(leaves_of(ledger))
        with proving(ledger.store, trees) as proofs:
            members = members_of(ledger, proofs.leaves)
            assert proofs.anchor.heads == b64u(trees_book.map_root(members))
            assert proofs.anchor.streams == len(members)
            assert proofs.leaves == head.size - 1
        noted(ledger, streams[0])
        opened(ledger, 2)


def test_where_nothing_is_new_nothing_is_signed(
    ledger: Ledger, trees: Trees, signer: Signer
) -> None:
    first = make_checkpoint(ledger, trees, signer, actor=WATCH)
    tip = ledger.store.tip()
    again = make_checkpoint(ledger, trees, signer, actor=WATCH)
    assert (first.fresh, again.fresh, again.note) == (True, False, first.note)
    assert ledger.store.tip() == tip


def proved(ledger: Ledger, trees: Trees, stream: str, *, size: int | None = None) -> ProofFile:
    """A proof of a stream, as a stranger reads it."""
    with proving(ledger.store, trees, size=size) as proofs:
        rows = ledger.store.stream(stream, upto_version=proofs.count(stream))
        return read_proof_file(proof_file(proofs, stream, rows).model_dump_json().encode())


def test_a_proof_that_gives_a_part_twice_is_none(
    ledger: Ledger, trees: Trees, signer: Signer
) -> None:
    (stream,) = opened(ledger, 1)
    make_checkpoint(ledger, trees, signer, actor=WATCH)
    said = proved(ledger, trees, stream).model_dump_json()
    with pytest.raises(InvalidCommand, match="it gives 'note' more than once"):
        read_proof_file(b'{"note": "another",' + said[1:].encode())


def trusted(ledger: Ledger) -> Trusted:
    return Trusted(read_keys(signing_of(ledger.store).in_force("checkpoint")))


def test_a_stranger_checks_every_stream_and_one_that_is_not_there(
    ledger: Ledger, trees: Trees, signer: Signer
) -> None:
    streams = opened(ledger, 20)
    make_checkpoint(ledger, trees, signer, actor=WATCH)
    for stream in streams:
        found = check_proof(proved(ledger, trees, stream), trusted(ledger))
        (shown,) = found.streams
        assert (shown.stream, shown.count) == (stream, len(ledger.store.stream(stream)))
        assert found.confirmed
    nobody = case_stream(ledger.new_id())
    (shown,) = check_proof(proved(ledger, trees, nobody), trusted(ledger)).streams
    assert (shown.stream, shown.count) == (nobody, 0)


def test_what_was_recorded_after_the_checkpoint_is_proved_by_the_next(
    ledger: Ledger, trees: Trees, signer: Signer
) -> None:
    (stream,) = opened(ledger)
    before = len(ledger.store.stream(stream))
    make_checkpoint(ledger, trees, signer, actor=WATCH)
    position = noted(ledger, stream)
    with proving(ledger.store, trees) as proofs:
        assert proofs.count(stream) == before
        with pytest.raises(Refusal, match="make a new one"):
            proofs.inclusion(position)
    make_checkpoint(ledger, trees, signer, actor=WATCH)
    with proving(ledger.store, trees) as proofs:
        assert proofs.count(stream) == before + 1
        assert proofs.inclusion(position).leaf == position - 1


def test_an_earlier_checkpoint_is_proved_as_it_was(
    ledger: Ledger, trees: Trees, signer: Signer
) -> None:
    streams = opened(ledger, 8)
    first = head_of(make_checkpoint(ledger, trees, signer, actor=WATCH))
    before = proved(ledger, trees, streams[0])
    noted(ledger, streams[0])
    later = opened(ledger, 9)
    make_checkpoint(ledger, trees, signer, actor=WATCH)
    assert proved(ledger, trees, streams[0], size=first.size) == before
    (shown,) = check_proof(
        proved(ledger, trees, later[0], size=first.size), trusted(ledger)
    ).streams
    assert shown.count == 0
    with proving(ledger.store, trees) as proofs:
        assert trees_book.grew(
            first.size,
            first.root,
            proofs.size,
            proofs.checkpoint.root,
            proofs.consistency(first.size),
        )


def test_proofs_need_a_checkpoint(ledger: Ledger, trees: Trees) -> None:
    with (
        pytest.raises(LedgerUnavailable, match="caseledger checkpoint"),
        proving(ledger.store, trees),
    ):
        raise AssertionError("there is nothing to prove by")


def test_trees_that_were_thrown_away_are_made_again_to_the_same_proofs(
    ledger: Ledger, place: Place, trees: Trees, signer: Signer
) -> None:
    streams = opened(ledger, 4)
    make_checkpoint(ledger, trees, signer, actor=WATCH)
    before = proved(ledger, trees, streams[2])
    kept = open_trees_store(place.location)
    kept.start_anew()
    kept.close()
    with Trees.open(place.location, ledger.store) as anew:
        assert proved(ledger, anew, streams[2]) == before
        noted(ledger, streams[0])
        assert make_checkpoint(ledger, anew, signer, actor=WATCH).fresh


LIES = {
    "an entry is left out": lambda proof: {"entries": proof.entries[:-1]},
    "the first entry is left out": lambda proof: {"entries": proof.entries[1:]},
    "entries change places": lambda proof: {"entries": proof.entries[::-1]},
    "nothing is shown": lambda proof: {"entries": []},
    "an entry is shown twice": lambda proof: {"entries": [*proof.entries, proof.entries[-1]]},
    "no stream is claimed": lambda proof: {"streams": []},
    "another stream is claimed": lambda proof: {
        "streams": [proof.streams[0].model_copy(update={"stream": "case/x"})]
    },
    "the stream is said not to be there": lambda proof: {
        "entries": [],
        "streams": [proof.streams[0].model_copy(update={"end": None})],
    },
    "the anchor is another entry": lambda proof: {
        "anchor": proof.anchor.model_copy(update=proof.entries[0].model_dump())
    },
    "the root is another one": lambda proof: {"note": proof.note.replace("=\n\n", "A\n\n", 1)},
    "the size is another one": lambda proof: {"note": proof.note.replace("\n", "\n1", 1)},
}


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> tuple[ProofFile, Trusted]:
    """A true proof of a case, and the office's key."""
    place = place_in(tmp_path_factory.mktemp("office"))
    with place.office() as ledger, Trees.open(place.location, ledger.store) as trees:
        (stream, _) = opened(ledger, 2)
        make_checkpoint(ledger, trees, Signer.beside(place.master_key), actor=WATCH)
        proof = proved(ledger, trees, stream)
        assert check_proof(proof, trusted(ledger)).confirmed
        return proof, trusted(ledger)


@pytest.mark.parametrize("lie", LIES, ids=list(LIES))
def test_a_proof_that_lies_is_refused(honest: tuple[ProofFile, Trusted], lie: str) -> None:
    proof, keys = honest
    with pytest.raises(LedgerError, match=r"do not rely on it|Do not rely on it|no checkpoint"):
        check_proof(proof.model_copy(update=LIES[lie](proof)), keys)


def test_the_signer_signs_nothing_that_its_last_head_did_not_grow_into(
    ledger: Ledger, trees: Trees, signer: Signer
) -> None:
    opened(ledger)
    make_checkpoint(ledger, trees, signer, actor=WATCH)
    so_far = signer.signed_so_far()
    assert so_far is not None
    key = signer.key(signing_of(ledger.store).in_force("checkpoint")[0])
    longer = Checkpoint(so_far.origin, so_far.size + 1, trees_book.h(b"another history"))
    shorter = Checkpoint(so_far.origin, so_far.size - 1, so_far.root)
    other = Checkpoint(so_far.origin, so_far.size, trees_book.h(b"another history"))
    elsewhere = so_far.origin + "/2"
    for lie, more in (
        (longer, [bytes(32)]),
        (shorter, []),
        (other, []),
        (Checkpoint(elsewhere, so_far.size, so_far.root), []),
    ):
        with pytest.raises(IntegrityFailure, match="nothing was signed"):
            signer.sign(lie, [key], more=more)
    assert signer.signed_so_far() == so_far
    opened(ledger)
    assert make_checkpoint(ledger, trees, signer, actor=WATCH).fresh


def test_a_map_proof_of_nothing_is_of_the_empty_map(ledger: Ledger, trees: Trees) -> None:
    with trees.alone():
        trees.grow(heads=0)
    with trees.reading() as found:
        assert found.heads().root() == trees_book.EMPTY
        assert found.heads().prove(bytes(32)) == MapProof((), None)
