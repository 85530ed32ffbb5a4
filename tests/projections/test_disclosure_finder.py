"""The finder proposes what is personal and of somebody else, word by word, and nothing of what is one's own."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from ledger.case.contact.contacts import ContactLogged, NoteAdded
from ledger.entry import Actor, Context, Entry
from ledger.facts import Concealed, Fact, PartlyErased, Stretch
from ledger.registers.people.parties import PartyRecorded
from ledger.sealing.reading import ReadEntry
from ledger.sealing.slots import pieces
from projections.disclosures.finder import Known, find, names_in
from projections.disclosures.scope import Scope, drawn, streams_about

AT = datetime(2026, 3, 2, 14, tzinfo=UTC)
CASE = "case/0197a000-0000-7000-8000-000000000001"
ADA = UUID("0197a000-0000-7000-8000-0000000000aa")
BOB = UUID("0197a000-0000-7000-8000-0000000000bb")


def entry(fact: Fact, version: int = 1, *, at: datetime = AT) -> Entry:
    return Entry(version, CASE, version, fact, Actor("person", "R-02"), Context(at, at, ADA))


def note(text: Any) -> Entry:
    return entry(NoteAdded(note_id=ADA, text=text))


def contact(words: str, party: UUID | None) -> Entry:
    return entry(
        ContactLogged(
            contact_id=ADA, direction="inbound", channel="desk", kinds=("chase",), reached=True,
            minutes=None, party=party, words=words, acts=(),
        )
    )  # fmt: skip


def read(each: Entry, **shared: tuple[Stretch, ...]) -> ReadEntry:
    """An entry as it is read, with what it tells of texts about several people."""
    line: Any = None
    return ReadEntry(each, line, b"", frozenset(), shared)


def found(
    each: Entry, *, shared: tuple[Stretch, ...] | None = None, **known: Any
) -> list[tuple[str, str]]:
    """How each was found, and the words meant."""
    said: list[tuple[str, str]] = []
    told = read(each) if shared is None else read(each, text=shared, words=shared)
    for candidate in find([told], Known(**known)):
        words = candidate.target.words
        value: Any = getattr(each.fact, candidate.target.slot, None)
        text = "".join(pieces(value)[slice(*words)]).strip() if words else candidate.target.slot
        said.append((candidate.found_by, text))
    return said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nothing to see in this note at all", []),
        ("Call 902-555-0188 today", [("phone", "902-555-0188")]),
        ("Call (902) 555-0188, or +1 902 555 0199.", [
            ("phone", "(902) 555-0188,"), ("phone", "+1 902 555 0199."),
        ]),
        ("Write to ada.lind@example.org please", [("pattern", "ada.lind@example.org")]),
        ("She lives at B3H 4R2, Halifax", [("pattern", "B3H 4R2,")]),
        ("Her file is 123 456 789 there", [("pattern", "123 456 789")]),
        ("Born 1990-07-01 in Truro", [("pattern", "1990-07-01")]),
    ],
)  # fmt: skip
def test_numbers_and_addresses_are_found_in_free_words(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert found(note(text)) == expected


def test_a_known_party_is_found_whole_in_part_and_whatever_the_accents() -> None:
    said = "Élise d’Entremont called; ELISE was upset, said D'Entremont's neighbour"
    assert found(note(said), names=("Elise d'Entremont",)) == [
        ("known_party", "Élise d’Entremont"),
        ("known_party", "D'Entremont's"),
        ("known_party", "ELISE"),
    ]


def test_a_word_too_short_to_tell_a_name_is_no_name() -> None:
    assert found(note("Do so, Jo Do said"), names=("Jo Do",)) == [("known_party", "Jo Do")]


def test_a_name_without_a_letter_is_found_nowhere() -> None:
    assert found(note("Nothing to see"), names=("-", "")) == []
    assert not names_in("Nothing to see", ("-", ""))


def test_a_short_personal_value_is_proposed_whole_and_one_s_own_or_an_empty_one_is_not() -> None:
    def party(name: str) -> Entry:
        return entry(
            PartyRecorded(
                kind="person", assurance="claimed", name=name, contact={"email": "a@example.org"}
            )
        )

    assert found(party("Ada Lind")) == [("schema", "contact"), ("schema", "name")]
    assert found(party("")) == [("schema", "contact")]
    assert found(party("Ada Lind"), own=CASE) == []
    assert found(party("Ada Lind of " + 10 * "many words ")) == [("schema", "contact")]


def test_what_a_requester_says_of_themselves_is_theirs_but_not_what_they_say_of_others() -> None:
    mine = contact("I am at 902-555-0188, Bob Stone knows", ADA)
    assert found(mine, names=("Bob Stone",), own=f"party/{ADA}") == [("known_party", "Bob Stone")]
    assert found(mine, names=("Bob Stone",)) == [
        ("known_party", "Bob Stone"),
        ("phone", "902-555-0188,"),
    ]


def test_staff_are_proposed_where_the_policy_asks_for_it() -> None:
    assert found(note("Nothing"), staff=True) == [("staff", "actor")]


def test_what_is_absent_or_erased_is_not_proposed() -> None:
    assert found(note(None)) == []
    assert found(note(Concealed.ERASED)) == []


def test_what_is_left_of_a_text_is_searched_word_by_word_and_nothing_is_found_across_a_gap() -> (
    None
):
    parts = ("Ada ", Concealed.ERASED, "Lind is at ", Concealed.ERASED, "902-555-0188 now")
    partly = note(PartlyErased(parts, (2, 1)))
    candidates = find([read(partly)], Known(names=("Ada Lind",)))
    assert [(each.target.words, each.found_by) for each in candidates] == [
        ((0, 1), "known_party"),
        ((3, 4), "known_party"),
        ((7, 8), "phone"),
    ]
    assert [*find([read(note("12 34-56"))], Known())] != []
    gone = note(PartlyErased(("12 ", Concealed.ERASED, "34-56"), (1,)))
    assert [*find([read(gone)], Known())] == []


def test_a_scope_counts_the_words_of_a_partly_erased_text_as_they_were() -> None:
    partly = PartlyErased((Concealed.ERASED, "met her at ", Concealed.ERASED), (2, 3))
    whole = drawn(CASE, [note(partly)], Scope())
    assert whole is not None
    assert [(each.slot, each.pieces) for each in whole.entries[0].personal] == [("text", 8)]


def test_a_notice_is_searched_for_the_applicant_s_name() -> None:
    assert names_in("We tell you that Rita asked.", ["Rita Press"])
    assert not names_in("We intend to release a letter.", ["Rita Press"])


def test_a_scope_draws_what_was_known_in_its_time_and_only_slots_that_hold_something() -> None:
    later = AT.replace(month=4)
    entries = [note("One two three"), entry(NoteAdded(note_id=ADA, text=None), 2, at=later)]
    whole = drawn(CASE, entries, Scope())
    assert whole is not None
    assert whole.whole
    assert [[(each.slot, each.pieces) for each in one.personal] for one in whole.entries] == [
        [("text", 3)],
        [],
    ]
    early = drawn(CASE, entries, Scope(until_at=later))
    assert early is not None
    assert (early.whole, early.upto_version, len(early.entries)) == (False, 2, 1)
    assert drawn(CASE, entries, Scope(topics=frozenset({"CaseOpened"}))) is None


def test_the_streams_about_a_person_are_those_that_name_them_and_their_own() -> None:
    own = Entry(3, f"party/{ADA}", 1, note("x").fact, Actor("person", "R-02"), Context(AT, AT, ADA))
    named = contact("Hello", ADA)
    other = entry(NoteAdded(note_id=UUID(int=5), text="x"))
    assert streams_about([other, named, own], ADA) == (CASE, f"party/{ADA}")


def test_words_about_another_party_are_proposed_and_those_about_whoever_asks_are_theirs() -> None:
    said = note("Bob hit Ada, who is at 902-555-0188 now")
    told = (Stretch(0, 2, f"party/{BOB}"), Stretch(2, 8, f"party/{ADA}"))
    theirs = ("known_party", "Ada, who is at 902-555-0188 now")
    assert found(said, shared=told) == [("known_party", "Bob hit"), theirs]
    assert found(said, shared=told, own=f"party/{ADA}") == [("known_party", "Bob hit")]


def test_words_about_whom_a_text_is_about_or_about_nobody_any_more_are_no_passage() -> None:
    mine = contact("I met him and he met me here on that day at noon", ADA)
    told = (Stretch(0, 3, f"party/{ADA}"), Stretch(3, 6, None), Stretch(6, 12, CASE))
    assert found(mine, shared=told) == []


@pytest.mark.parametrize("word", ["a", "a.", "1-"])
def test_a_word_without_end_is_read_once(word: str) -> None:
    """Looked at anew from each of its letters it took hours, and whoever wrote it was no officer."""
    text = word * 200_000 + " ends"
    assert "ends" not in {said for _, said in found(note(text))}


def test_what_is_found_often_in_one_text_is_found_at_each_place() -> None:
    text = " ".join(f"p{number}@example.org" for number in range(2_000))
    assert len([*find([read(note(text))], Known())]) == 2_000
