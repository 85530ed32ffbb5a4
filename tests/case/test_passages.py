"""Passages: words of a note, a contact, a letter or a decision that are about another party of the case."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st
from pydantic import ValidationError

from ledger.case.contact.contacts import AddNote, ContactLogged, LogContact, NoteAdded
from ledger.case.contact.notices import NoticeIssued
from ledger.case.in_words import Passage
from ledger.case.outcome.deciding import DecisionRecorded
from ledger.case.outcome.resolving import CaseResolved
from ledger.case.people.concerned import AddCaseParty
from ledger.errors import InvalidCommand, Refusal
from ledger.facts import SharedText
from ledger.sealing.slots import pieces
from tests.case.cases import APPLICATION, ENQUIRY, decide, resolve
from tests.case.writing import issue, writes
from tests.deciding import CASE_ID, DECIDER, by, given_commands, number, office, some

ADA, BOB, CYD, NOBODY = number(7), number(8), number(9), number(10)
CONCERNED = (
    APPLICATION.model_copy(update={"requester": ADA}),
    AddCaseParty(case_id=CASE_ID, party=BOB, role="witness"),
    AddCaseParty(case_id=CASE_ID, party=CYD, role="third_party"),
)


def concerned(*more: Any) -> Any:
    return given_commands(*CONCERNED, *more, policies=office(writes))


def about(party: Any, first: int, end: int) -> Passage:
    return Passage(party=party, first=first, end=end)


def note(text: str, *passages: Passage) -> AddNote:
    return AddNote(case_id=CASE_ID, note_id=number(1), text=text, passages=passages)


def text(*stretches: tuple[UUID | None, str]) -> SharedText:
    return SharedText(stretches)


def test_words_of_a_note_are_about_whom_they_were_marked_for_and_the_others_about_the_case() -> (
    None
):
    said = note("Bob Stone hit her, says Cyd.", about(BOB, 0, 2), about("third_party", 5, 6))
    concerned().when(said).then(
        NoteAdded(
            note_id=number(1),
            text=text((BOB, "Bob Stone "), (None, "hit her, says "), (CYD, "Cyd.")),
        )
    )
    concerned().when(note("Nobody else.")).then(NoteAdded(note_id=number(1), text="Nobody else."))


def test_a_contact_and_a_decision_can_be_about_several_people_too() -> None:
    call = LogContact(
        case_id=CASE_ID,
        contact_id=number(1),
        direction="inbound",
        channel="phone",
        kinds=("chase",),
        words="Bob is rude",
        passages=(about("witness", 0, 1), about("requester", 1, 2)),
    )
    concerned().when(call).then(
        some(ContactLogged, party=ADA, words=text((BOB, "Bob "), (ADA, "is "), (None, "rude")))
    )
    decided = decide().model_copy(
        update={"reasons": "As Bob said.", "passages": (about(BOB, 1, 2),)}
    )
    concerned().when(decided, actor=DECIDER).then(
        some(DecisionRecorded, reasons=text((None, "As "), (BOB, "Bob "), (None, "said.")))
    )


def test_the_words_of_a_resolution_can_be_about_several_people() -> None:
    added = AddCaseParty(case_id=CASE_ID, party=BOB, role="witness")
    words = {"words": "Bob was told.", "passages": (about(BOB, 0, 1),)}
    resolution = resolve().model_copy(update=words)
    outcome = given_commands(ENQUIRY, added, policies=office(writes)).when(resolution)
    (resolved,) = [each.fact for each in outcome.happened if isinstance(each.fact, CaseResolved)]
    assert resolved.words == text((BOB, "Bob "), (None, "was told."))


def test_a_passage_of_a_letter_is_marked_in_the_value_and_found_where_the_letter_says_it() -> None:
    letter = issue(
        "DECISION",
        values={"amount": "what Bob owes you,"},
        passages=(Passage(of="amount", party=BOB, first=1, end=2),),
    )
    concerned(by(DECIDER, decide())).when(letter).then(
        some(
            NoticeIssued,
            subject="Your request: Granted",
            words=text(
                (None, "Decided under Regulation 4(1). You are paid what "),
                (BOB, "Bob "),
                (
                    None,
                    "owes you, a month.\n\nYou may ask for a review within 30 days.",
                ),
            ),
        )
    )


@pytest.mark.parametrize(
    ("passage", "said"),
    [
        (about(NOBODY, 0, 1), "is not of this case"),
        (about("subject", 0, 1), "nobody in the role subject"),
    ],
)
def test_a_passage_is_about_a_party_of_the_case(passage: Passage, said: str) -> None:
    concerned().when(note("Bob met Cyd", passage)).refused(
        Refusal, saying=said, rule="passage-about-a-party-of-the-case"
    )


def test_a_role_that_two_have_names_nobody() -> None:
    more = AddCaseParty(case_id=CASE_ID, party=NOBODY, role="witness")
    concerned(more).when(note("Bob met Cyd", about("witness", 0, 1))).refused(
        Refusal, saying="2 parties in the role witness"
    )


@pytest.mark.parametrize("place", [(0, 4), (2, 2), (2, 1), (3, 4)])
def test_a_passage_lies_in_the_text(place: tuple[int, int]) -> None:
    concerned().when(note("Bob met Cyd", about(BOB, *place))).refused(
        InvalidCommand, saying="ends after word 3, so"
    )


def test_a_word_is_about_one_party() -> None:
    both = (about(BOB, 0, 2), about(CYD, 1, 3))
    concerned().when(note("Bob met Cyd", *both)).refused(
        InvalidCommand, saying="Two passages have word 1"
    )


def test_a_passage_of_a_letter_lies_in_a_value_that_is_given() -> None:
    for value, end, said in (
        ("reason", 1, "No value 'reason'"),
        ("amount", 2, "ends after word 1"),
    ):
        wrong = Passage(of=value, party=BOB, first=0, end=end)
        letter = issue("DECISION", values={"amount": "$500"}, passages=(wrong,))
        concerned(by(DECIDER, decide())).when(letter).refused(InvalidCommand, saying=said)


@pytest.mark.parametrize("wrong", [{"first": -1}, {"party": "neighbour"}, {"last": 3}])
def test_a_passage_of_another_form_is_no_command(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        AddNote.model_validate(
            {
                **note("Bob").model_dump(),
                "passages": [{"party": BOB, "first": 0, "end": 1, **wrong}],
            }
        )


@for_all(text=st.text(st.sampled_from("ab \t\n.,"), min_size=1, max_size=40), data=st.data())
def test_whatever_is_marked_the_text_stays_whole_and_its_stretches_have_its_words(
    text: str, data: st.DataObject
) -> None:
    words = pieces(text)
    whose = [data.draw(st.sampled_from([None, ADA, BOB, CYD])) for _ in words]
    passages = [
        about(party, place, place + 1) for place, party in enumerate(whose) if party is not None
    ]
    (happened,) = concerned().when(note(text, *passages)).happened
    said = happened.fact.text
    if not passages:
        assert said == text
        return
    assert "".join(stretch for _, stretch in said.stretches) == text
    again = [(party, word) for party, stretch in said.stretches for word in pieces(stretch)]
    assert again == list(zip(whose, words, strict=True))
