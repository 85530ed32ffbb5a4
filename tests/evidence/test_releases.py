"""What is stored now is enough for releases, the log and the map: nothing of it will have to change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from ledger.case.contact.contacts import AddNote
from ledger.case.intake.opening import OpenCase
from ledger.commands import Request
from ledger.evidence.trees.merkle import Tree
from ledger.evidence.trees.trees import leaves_of as stored_leaves
from ledger.registers.people.parties import RecordParty
from ledger.service import Ledger
from ledger.store import WrappedKey
from tests.evidence import by_the_book as book
from tests.evidence import trees_by_the_book as trees
from tests.evidence.signing_office import leaves_of
from tests.ledgers import INTAKE, Place, place_in

WORDS = "Call Mrs Doe back,  tomorrow at\nhalf past nine.\u00a0– Merci "


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return place_in(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="module")
def ledger(place: Place) -> Iterator[Ledger]:
    """An office with a few cases, a party and notes."""
    with place.office() as office:
        requester = office.new_id()
        office.handle(
            RecordParty(party_id=requester, name="Élise Doe", contact={"phone": "902 555 0100"}),
            actor=INTAKE,
        )
        for number in range(12):
            place.clock.pass_by(minutes=5)
            case_id = office.new_id()
            opened = OpenCase(
                case_id=case_id,
                channel="phone",
                request_type="GEN-ENQ",
                requester=requester if number % 2 else None,
                answers={"name": "Élise Doe", "description": WORDS},
            )
            note = AddNote(case_id=case_id, note_id=office.new_id(), text=WORDS)
            office.handle_all([Request(opened, INTAKE), Request(note, INTAKE)])
        yield office


def note_released(ledger: Ledger, *, withheld: set[str]) -> book.Release:
    """The last note with these words withheld, made from what is stored and its key."""
    row = ledger.store.entries(after=ledger.store.tip() - 1, limit=1)[0]
    assert row.topic == "NoteAdded"
    line, office = book.split_state(row.state)
    (sealed,) = ledger.store.sealed([row.position])
    key = ledger.vault._unwrap(
        WrappedKey(sealed.key_id, *ledger.vault._store.wrapped([sealed.key_id])[sealed.key_id])
    )
    plain = book.unseal(
        sealed.blob,
        key,
        ledger=ledger.store.ledger_id,
        stream=row.stream,
        version=row.version,
    )
    values, words = book.personal_values(plain, office["sealed"])
    seed, clear = book.bytes_of(plain["seed"]), book.bytes_of(office["seed"])
    slots: dict[str, book.Shown | book.Withheld] = {
        name: (book.b64u(book.salt(clear, name)), value)
        for name, value in office["values"].items()
        if name != "actor"
    }
    slots["actor"] = (book.b64u(book.office_digests(office)["actor"]),)
    slots["text"] = (book.b64u(book.salt(seed, "text")), book.text_slot(words["text"]))
    pieces: list[tuple[str, str] | book.Withheld] = [
        (book.b64u(digest),)
        if piece.strip() in withheld
        else (book.b64u(book.piece_salt(seed, "text", number)), piece)
        for number, (piece, digest) in enumerate(
            zip(book.pieces_of(values["text"]), words["text"], strict=True)
        )
    ]
    return book.Release(line, slots, {"text": pieces})


def test_single_words_and_slots_are_withheld_and_a_stranger_proves_the_rest(
    ledger: Ledger,
) -> None:
    shown = book.verify_release(note_released(ledger, withheld={"Mrs", "Doe"}))
    assert "actor" not in shown
    assert shown["text"] == [
        "Call ", None, None, "back,  ", "tomorrow ", "at\n", "half ", "past ", "nine.\u00a0– ", "Merci ",
    ]  # fmt: skip
    assert "".join(book.verify_release(note_released(ledger, withheld=set()))["text"]) == WORDS


def test_a_released_word_that_is_another_one_or_in_another_place_is_refused(
    ledger: Ledger,
) -> None:
    release = note_released(ledger, withheld={"Doe"})
    pieces = list(release.texts["text"])
    salted = release.slots["context"][0]
    altered = [
        {**release.texts, "text": [(pieces[0][0], "Sue "), *pieces[1:]]},
        {**release.texts, "text": [pieces[1], pieces[0], *pieces[2:]]},
        {**release.texts, "text": pieces[:-1]},
        {**release.texts, "words": pieces},
    ]
    for texts in altered:
        with pytest.raises(book.NotProven):
            book.verify_release(book.Release(release.line, release.slots, texts))
    for slots in (
        {**release.slots, "context": (salted, {})},
        {name: slot for name, slot in release.slots.items() if name != "sealed"},
        {**release.slots, "more": (salted, None)},
    ):
        with pytest.raises(book.NotProven):
            book.verify_release(book.Release(release.line, slots, release.texts))


def test_the_log_s_tree_grows_over_what_is_stored_as_rfc_6962_says(ledger: Ledger) -> None:
    leaves = leaves_of(ledger)
    assert list(stored_leaves(ledger.store, ledger.store.tip())) == leaves
    tree = Tree()
    for size, digest in enumerate(leaves):
        assert tree.root() == trees.log_root(leaves[:size])
        tree.extend([digest])
    root = tree.root()
    assert root == trees.log_root(leaves)
    for index, digest in enumerate(leaves):
        path = trees.log_path(index, leaves)
        assert trees.root_by_path(index, len(leaves), digest, path) == root
        assert trees.root_by_path(index, len(leaves), leaves[index - 1], path) != root


def test_an_earlier_log_is_shown_to_have_grown_into_the_later_one(ledger: Ledger) -> None:
    leaves = leaves_of(ledger)
    root = trees.log_root(leaves)
    for first in range(1, len(leaves) + 1):
        proof = trees.consistent(first, leaves)
        assert trees.grew(first, trees.log_root(leaves[:first]), len(leaves), root, proof)
        forged = trees.log_root([bytes(32), *leaves[1:first]])
        assert not trees.grew(first, forged, len(leaves), root, proof)


def heads_of(ledger: Ledger) -> dict[str, tuple[int, bytes]]:
    """The head of every stream, from the stored lines alone, each line citing the one before."""
    heads: dict[str, tuple[int, bytes]] = {}
    for chunk in ledger.store.scan():
        for *_, state in chunk:
            raw = state.partition(b"\n")[0]
            line = book.parse_line(raw)
            stream = line["stream"]
            count, head = heads.get(stream) or (0, book.first_head(ledger.store.ledger_id, stream))
            assert line["version"] == count + 1
            assert line["previous"] == book.b64u(head)
            heads[stream] = (count + 1, book.next_head(head, book.leaf(raw)))
    return heads


def test_the_map_of_heads_proves_which_entry_is_a_stream_s_last(ledger: Ledger) -> None:
    heads = heads_of(ledger)
    ledger_id = ledger.store.ledger_id
    members = [
        (trees.map_key(ledger_id, stream), count, head) for stream, (count, head) in heads.items()
    ]
    root = trees.map_root(members)
    assert Counter(len(ledger.store.stream(stream)) for stream in heads) == Counter(
        count for count, _ in heads.values()
    )
    for member in members:
        siblings, end = trees.map_proof(members, member[0])
        assert end == member
        assert trees.root_by_map_proof(member[0], siblings, end) == root
        shorter = (member[0], member[1] - 1, member[2])
        assert trees.root_by_map_proof(member[0], siblings, shorter) != root


def test_the_map_of_heads_proves_that_a_stream_does_not_exist(ledger: Ledger) -> None:
    ledger_id = ledger.store.ledger_id
    members = [
        (trees.map_key(ledger_id, stream), count, head)
        for stream, (count, head) in heads_of(ledger).items()
    ]
    root = trees.map_root(members)
    for number in range(50):
        absent = trees.map_key(ledger_id, f"case/{number}")
        siblings, end = trees.map_proof(members, absent)
        assert end is None or end[0] != absent
        assert trees.root_by_map_proof(absent, siblings, end) == root
    assert trees.map_root([]) == bytes(32)
    assert trees.map_root(members[:1]) == trees.map_leaf(members[0])
    assert trees.map_root(reversed(members)) == root


def test_every_stored_slot_follows_from_its_line(ledger: Ledger) -> None:
    for chunk in ledger.store.scan():
        for *_, state in chunk:
            raw, office = book.split_state(state)
            assert book.parse_line(raw)["content"] == book.content(book.office_digests(office))


def test_a_topic_s_slots_are_the_same_whether_or_not_they_have_a_value(
    place: Place, tmp_path: Path
) -> None:
    """Presence does not leak: a value that is not there is a slot that holds null."""
    names: dict[str, set[frozenset[str]]] = {}
    with place_in(tmp_path).office() as office:
        office.handle(RecordParty(party_id=office.new_id()), actor=INTAKE)
        office.handle(
            RecordParty(party_id=office.new_id(), language="fr", name="A", contact={"b": "c"}),
            actor=INTAKE,
        )
        for answers in ({}, {"name": "A", "contact": "B", "description": "C", "language": "fr"}):
            asked = OpenCase(
                case_id=office.new_id(), channel="web", request_type="GEN-ENQ", answers=answers
            )
            office.handle(asked, actor=INTAKE)
            place.clock.at += timedelta(minutes=1)
        for chunk in office.store.scan():
            for _, _, _, topic, state in chunk:
                stored = book.split_state(state)[1]
                shown = frozenset(stored["values"]) | frozenset(stored["sealed"])
                names.setdefault(topic, set()).add(shown)
    assert {topic: len(sets) for topic, sets in names.items()} == dict.fromkeys(names, 1)
