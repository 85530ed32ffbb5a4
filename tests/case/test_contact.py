"""Contacts, notes and record items: logged at any time, each once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from ledger.case.clocks.facts import ClockStopped
from ledger.case.contact.contacts import AddNote, ContactLogged, LogContact, NoteAdded
from ledger.case.contact.filing import AddRecordItem, RecordItemAdded
from ledger.case.corrections import CorrectEntry, EntryCorrected
from ledger.case.history.imported import ImportCase
from ledger.case.people.safe_contact import SetSafeContact
from ledger.errors import CaseNotFound, InvalidCommand
from tests.case.cases import CALL, ENQUIRY, ITEM, resolve
from tests.deciding import CASE_ID, MONDAY, given, given_commands, number, some

LATER = MONDAY + timedelta(hours=3)
CHASE = CALL.model_copy(update={"direction": "inbound", "kinds": ("chase", "complaint")})
NOTE = AddNote(case_id=CASE_ID, note_id=number(1), text="Seen by the depot.")


def test_a_letter_answers_no_clock_that_asks_for_a_call_back() -> None:
    """An e-mail that nobody had read stood for the call that was promised within four hours."""
    letter = CALL.model_copy(update={"channel": "email"})
    written = (
        given_commands(ENQUIRY)
        .when(letter)
        .then(some(ContactLogged, acts=("written_to", "acknowledged")))
    )
    assert written.state.clocks["CALL-8"].open
    assert (written.state.replied, written.state.spoken_at) == (True, MONDAY)
    written.when(CALL.model_copy(update={"contact_id": number(2)})).then(
        some(ContactLogged), some(ClockStopped, clock="CALL-8", outcome="met", cause="contacted")
    )
    never = SetSafeContact(case_id=CASE_ID, instruction_id=number(5), channels=("phone", "desk"))
    given_commands(ENQUIRY, never).when(letter).then(
        some(ContactLogged), some(ClockStopped, clock="CALL-8", outcome="met")
    )


def test_an_answer_that_reached_the_requester_stops_the_clock_of_the_call() -> None:
    after = (
        given_commands(ENQUIRY)
        .when(CALL, at=LATER)
        .then(
            ContactLogged(
                contact_id=number(1),
                direction="outbound",
                channel="phone",
                kinds=("new-information",),
                reached=True,
                minutes=7,
                party=None,
                words="We told her the opening hours.",
                acts=("contacted", "acknowledged"),
            ),
            some(ClockStopped, clock="CALL-8", outcome="met"),
        )
    )
    assert after.state.replied


@pytest.mark.parametrize(
    "asked", [CHASE, CALL.model_copy(update={"reached": False})], ids=["they called", "no answer"]
)
def test_a_call_that_answered_nothing_stops_nothing(asked: LogContact) -> None:
    after = given_commands(ENQUIRY).when(asked, at=LATER).then(some(ContactLogged))
    assert not after.state.replied


def test_a_contact_is_with_the_requester_unless_another_party_is_named() -> None:
    by_somebody = ENQUIRY.model_copy(update={"requester": number(70)})
    given_commands(by_somebody).when(CHASE).then(some(ContactLogged, party=number(70)))
    other = CHASE.model_copy(update={"party": number(71)})
    given_commands(by_somebody).when(other).then(some(ContactLogged, party=number(71)))


def test_a_contact_on_a_resolved_case_is_logged_and_stops_nothing() -> None:
    given_commands(ENQUIRY, resolve()).when(CALL, at=LATER).then(some(ContactLogged))


def test_a_contact_on_a_case_of_another_system_leaves_its_stated_deadline_alone() -> None:
    imported = ImportCase(
        case_id=CASE_ID, batch=number(5), source="old", external_id="1", channel="web",
        channel_family="web", received_at=MONDAY, deadline_at=MONDAY + timedelta(days=30),
    )  # fmt: skip
    given_commands(imported).when(CALL, at=LATER).then(some(ContactLogged))


def test_a_contact_is_logged_once() -> None:
    given_commands(ENQUIRY, CALL).when(CALL, at=LATER).nothing()


@pytest.mark.parametrize(
    ("wrong", "saying"),
    [
        ({"channel": "telex"}, "'telex' is not a channel"),
        ({"kinds": ()}, "give at least one kind"),
        ({"kinds": ("chase", "gossip")}, "'gossip' is not a kind of contact"),
    ],
)
def test_a_contact_that_cannot_be_is_refused(wrong: dict[str, Any], saying: str) -> None:
    given_commands(ENQUIRY).when(CALL.model_copy(update=wrong)).refused(
        InvalidCommand, saying=saying
    )


@pytest.mark.parametrize("minutes", [-1, 24 * 60 + 1])
def test_a_contact_takes_some_minutes_of_a_day(minutes: int) -> None:
    with pytest.raises(ValidationError):
        LogContact(**{**CALL.model_dump(), "minutes": minutes})


def test_a_note_goes_in_at_any_time_and_once() -> None:
    given_commands(ENQUIRY).when(NOTE).then(NoteAdded(note_id=number(1), text="Seen by the depot."))
    given_commands(ENQUIRY, resolve()).when(NOTE).then(some(NoteAdded))
    given_commands(ENQUIRY, NOTE).when(NOTE, at=LATER).nothing()


def test_what_is_privileged_is_marked_so_when_it_is_made() -> None:
    note = NOTE.model_copy(update={"privilege": "solicitor_client"})
    item = ITEM.model_copy(update={"privilege": "litigation"})
    marked = given_commands(ENQUIRY).when(note).then(some(NoteAdded, privilege="solicitor_client"))
    both = marked.when(item).then(some(RecordItemAdded, privilege="litigation"))
    noted = both.state.version - 1
    assert both.state.privileged == {noted: "solicitor_client", noted + 1: "litigation"}
    assert not given_commands(ENQUIRY, NOTE, ITEM).state.privileged
    correct = CorrectEntry(
        case_id=CASE_ID, corrects=noted, values={"text": "Not liable."}, reason="Misheard."
    )
    corrected = both.when(correct).then(some(EntryCorrected))
    assert corrected.state.version in corrected.state.privileged, "it says the same in other words"


def test_a_record_item_is_listed_by_digest_at_any_time_and_once() -> None:
    given_commands(ENQUIRY).when(ITEM).then(
        RecordItemAdded(
            item_id=number(1),
            media_type="message/rfc822",
            size_bytes=4096,
            pages=2,
            custodian="Intake",
            place_kept="Mail archive",
            digest="ab" * 32,
            title="Her first message",
            source="mail",
        )
    )
    given_commands(ENQUIRY, resolve()).when(ITEM).then(some(RecordItemAdded))
    given_commands(ENQUIRY, ITEM).when(ITEM, at=LATER).nothing()


def test_a_contact_a_note_and_an_item_of_the_same_id_are_three_things() -> None:
    """A caller that gives one id to a call and to the note about it loses neither."""
    after = given_commands(ENQUIRY, CHASE).when(NOTE).then(some(NoteAdded))
    after.when(ITEM).then(some(RecordItemAdded))


@pytest.mark.parametrize("digest", ["ab", "AB" * 32, "zz" * 32])
def test_a_record_item_is_named_by_a_whole_digest(digest: str) -> None:
    with pytest.raises(ValidationError):
        AddRecordItem(**{**ITEM.model_dump(), "digest": digest})


@pytest.mark.parametrize("asked", [CALL, NOTE, ITEM], ids=["contact", "note", "item"])
def test_nothing_is_filed_on_a_case_that_is_not_there(asked: Any) -> None:
    given().when(asked).refused(CaseNotFound)
