"""A text about several people lies in as many sealed parts: read whole, or what is left of it by an erasure."""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.case.contact.contacts import NoteAdded
from ledger.errors import IntegrityFailure
from ledger.facts import Concealed, PartlyErased, SharedText, dump
from ledger.policy.in_force import Policies
from ledger.sealing.disclosing import disclosed_entry
from ledger.sealing.heads import leaf_digest
from ledger.sealing.master_key import MasterKey
from ledger.sealing.reading import ReadEntry, sealed_names
from ledger.store import StoredRow
from projections.one_case.trail import trail
from tests.evidence import by_the_book as book
from tests.evidence.released import released
from tests.sealing.sealed_entries import CASE, LEDGER, SealingDesk

PERSONS = 3
WORDS = st.lists(
    st.tuples(
        st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=8).filter(
            lambda word: not set(word) & set(" \t\r\n")
        ),
        st.sampled_from([" ", "\n", "\t  "]),
    ).map("".join),
    min_size=2,
    max_size=12,
)


def recorded(desk: SealingDesk, words: Sequence[str], about: Sequence[int]) -> StoredRow:
    """The same note as this ledger seals it."""
    stretches = [
        (UUID(int=person), "".join(words[place] for place in places))
        for person, places in groupby(range(len(words)), about.__getitem__)
    ]
    return desk.seal(NoteAdded(note_id=UUID(int=1), text=SharedText(tuple(stretches))))


def sealed(desk: SealingDesk, words: Sequence[str], about: Sequence[int]) -> StoredRow:
    """A note whose words are sealed piece by piece under the key of the person each is about, by the book."""
    number = desk.note("its place").position
    row = desk.rows[-1]
    line, office = book.split_state(row.state)
    persons = sorted(set(about))
    seeds = {person: os.urandom(16) for person in persons}
    digests = [
        book.piece_digest(book.piece_salt(seeds[person], "text", place), word)
        for place, (word, person) in enumerate(zip(words, about, strict=True))
    ]
    blobs: dict[str, bytes] = {}
    for person in persons:
        runs: list[Any] = []
        whose = [each == person for each in about]
        for own, places in groupby(range(len(words)), whose.__getitem__):
            at = list(places)
            said = [words[place] if own else book.b64u(digests[place]) for place in at]
            runs.append([at[0], "".join(said) if own else said])
        plain = book.canonical(
            {"seed": book.b64u(seeds[person]), "texts": {"text": runs}, "values": {}}
        )
        key = desk.vault.key_for(f"party/{UUID(int=person)}", CASE)
        iv = os.urandom(12)
        bound = b"caseledger/seal/1\x00" + LEDGER + CASE.encode() + b"\x00"
        bound += book.u64(row.version) + key.key_id
        padded = plain + b" " * (-len(plain) % 256)
        blob = b"\x01" + key.key_id + iv + key.cipher.encrypt(iv, padded, bound)
        blobs[book.b64u(key.key_id)] = blob
    office["values"]["sealed"] = {key: book.b64u(book.h(blob)) for key, blob in blobs.items()}
    seed = seeds[persons[0]] if len(persons) == 1 else book.bytes_of(office["seed"])
    slot = book.slot_digest(book.salt(seed, "text"), "text", book.text_slot(digests))
    office["sealed"] = {"text": book.b64u(slot)}
    said = {**book.parse_line(line), "content": book.content(book.office_digests(office))}
    desk.blobs[number] = list(blobs.values())
    return row._replace(state=book.canonical(said) + b"\n" + book.canonical(office))


def text_of(found: ReadEntry) -> object:
    assert isinstance(found.entry.fact, NoteAdded)
    return found.entry.fact.text


def left(words: Sequence[str], about: Sequence[int], gone: set[int]) -> object:
    """What a naive reader would say is left."""
    if not gone & set(about):
        return "".join(words)
    if gone >= set(about):
        return Concealed.ERASED
    parts: list[str | Concealed] = []
    gaps: list[int] = []
    for word, person in zip(words, about, strict=True):
        if person not in gone and parts and isinstance(parts[-1], str):
            parts[-1] += word
        elif person not in gone:
            parts.append(word)
        elif not parts or isinstance(parts[-1], str):
            parts.append(Concealed.ERASED)
            gaps.append(1)
        else:
            gaps[-1] += 1
    return PartlyErased(tuple(parts), tuple(gaps))


def destroy(desk: SealingDesk, persons: set[int]) -> None:
    keys = {desk.vault.key_for(f"party/{UUID(int=each)}", CASE).key_id for each in persons}
    desk.vault.keep_assignments(tip=len(desk.rows))
    desk.vault.destroy(frozenset(keys), successor=MasterKey.new(desk.master.epoch + 1))


@given(data=st.data())
@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
def test_a_shared_text_is_whole_while_all_keys_are_there_and_keeps_what_no_erasure_is_about(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    words = data.draw(WORDS)
    made = data.draw(st.sampled_from([sealed, recorded]))
    persons = st.integers(1, PERSONS)
    about = data.draw(st.lists(persons, min_size=len(words), max_size=len(words)))
    gone = data.draw(st.sets(persons))
    desk = SealingDesk(tmp_path_factory.mktemp("vault"))
    try:
        row = made(desk, words, about)
        assert len(desk.blobs[row.position]) == len(set(about))
        data.draw(st.randoms(use_true_random=False)).shuffle(desk.blobs[row.position])
        before = desk.read(row)
        assert text_of(before) == "".join(words)
        assert before.erased == frozenset()
        if not gone:
            return
        destroy(desk, gone)
        after = desk.read(row)
        assert text_of(after) == left(words, about, gone)
        assert after.erased == ({"text"} if gone & set(about) else set())
        assert after.digest == before.digest == leaf_digest(row.state.partition(b"\n")[0])
        disclosed = disclosed_entry(row, LEDGER, blobs=desk.blobs[row.position], vault=desk.vault)
        shown = book.verify_release(released(disclosed)).get("text")
        kept = [None if who in gone else word for word, who in zip(words, about, strict=True)]
        assert shown == (kept if set(about) - gone else None)
    finally:
        desk.vault.close()


def test_a_part_that_was_deleted_with_its_key_leaves_the_same_marker(desk: SealingDesk) -> None:
    row = sealed(desk, ["Ada ", "met ", "Bob"], [1, 2, 2])
    destroy(desk, {1})
    whole = desk.read(row)
    (kept,) = [blob for blob in desk.blobs[row.position] if desk.vault.cipher(blob[1:17])]
    assert text_of(whole) == PartlyErased((Concealed.ERASED, "met Bob"), (1,))
    assert desk.read(row, [kept]) == whole


def test_a_word_of_a_shared_text_that_is_not_the_recorded_one_is_found(desk: SealingDesk) -> None:
    row = sealed(desk, ["Ada ", "met ", "Bob"], [1, 2, 1])
    line, office = book.split_state(row.state)
    office["sealed"]["text"] = book.b64u(bytes(32))
    said = {**book.parse_line(line), "content": book.content(book.office_digests(office))}
    with pytest.raises(IntegrityFailure, match="sealed value of 'text'"):
        desk.read(row._replace(state=book.canonical(said) + b"\n" + book.canonical(office)))


def test_each_sealed_part_says_about_whom_it_is_where_the_fact_cannot(desk: SealingDesk) -> None:
    row = recorded(desk, ["Ada ", "met ", "Bob"], [1, 2, 1])
    parts = {
        sealed_names(blob, row, LEDGER, desk.vault).about: desk.key_of(blob)
        for blob in desk.blobs[row.position]
    }
    assert parts == {
        f"party/{UUID(int=each)}": desk.vault.key_for(f"party/{UUID(int=each)}", CASE).key_id
        for each in (1, 2)
    }
    alone = desk.note("about the case alone")
    (blob,) = desk.blobs[alone.position]
    assert sealed_names(blob, alone, LEDGER, desk.vault).about is None


def test_a_trail_says_what_is_left_of_a_shared_text_and_that_the_rest_is_erased(
    desk: SealingDesk,
) -> None:
    row = sealed(desk, ["Ada ", "met ", "Bob."], [1, 2, 1])
    destroy(desk, {1})
    found = desk.read(row)
    (said,) = trail([found], policies=Policies())
    assert said.concealed == {"text": "partly_erased"}
    assert "[erased] met [erased]" in said.sentence
    assert dump(found.entry.fact)["text"] == {
        "parts": ["erased", "met ", "erased"],
        "gaps": [1, 1],
    }
