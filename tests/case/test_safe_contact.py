"""Safe contact: set at any time, shown by every outbound command, its forbidden channels refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ledger.case.calls import LogCall
from ledger.case.contact import ContactLogged
from ledger.case.information import InformationRequested, RequestInformation
from ledger.case.notices import NoticeIssued
from ledger.case.safe_contact import SafeContactSet, SetSafeContact
from ledger.errors import CaseNotFound, InvalidCommand, PartyNotFound, Refusal
from ledger.registers.parties import PARTY, RecordParty
from ledger.registers.safe_contact import PartySafeContactSet, SetPartySafeContact
from tests.case.cases import POTHOLE, contact
from tests.case.writing import issue, writes
from tests.deciding import CASE_ID, MONDAY, given, given_commands, number, office, some

NEVER_BY_PHONE = SetSafeContact(
    case_id=CASE_ID,
    instruction_id=number(1),
    channels=("phone", "letter"),
    times="Not after five.",
    names="Not the name Doucet.",
)
PERSON = given(of=PARTY).asked(RecordParty(party_id=number(7)))
NEVER_CALLED = SetPartySafeContact(
    party_id=number(7), instruction_id=number(1), channels=("phone",), names="Not the name Doucet."
)
MINE = POTHOLE.model_copy(update={"requester": number(7)})


def ask(channel: str | None) -> RequestInformation:
    words = "Which side of the road?"
    return RequestInformation(
        case_id=CASE_ID, request_id=number(2), fields=(), channel=channel, words=words
    )


def test_an_instruction_on_safe_contact_says_channels_times_and_names() -> None:
    given_commands(POTHOLE).when(NEVER_BY_PHONE).then(
        SafeContactSet(
            instruction_id=number(1),
            channels=("letter", "phone"),
            times="Not after five.",
            names="Not the name Doucet.",
        )
    )


def test_an_instruction_on_safe_contact_is_set_once_and_replaced_by_the_next() -> None:
    before = given_commands(POTHOLE, NEVER_BY_PHONE)
    before.when(NEVER_BY_PHONE).nothing()
    only_letters = SetSafeContact(case_id=CASE_ID, instruction_id=number(2), channels=("letter",))
    after = before.when(only_letters).then(some(SafeContactSet, channels=("letter",)))
    after.when(contact()).then(some(ContactLogged))


def test_every_outbound_command_refuses_a_forbidden_channel() -> None:
    before = given_commands(MINE, NEVER_BY_PHONE, policies=office(writes))
    for asked in (contact(), ask("phone")):
        before.when(asked).refused(
            Refusal, saying="use one other than letter, phone", rule="safe-contact"
        )
    before.when(issue(channel="letter")).refused(Refusal, rule="safe-contact")
    before.when(issue(channel="email")).then(some(NoticeIssued))
    before.when(ask("email")).then(some(InformationRequested))


def test_a_forbidden_channel_is_open_for_whoever_calls_us_and_towards_somebody_else() -> None:
    before = given_commands(MINE, NEVER_BY_PHONE)
    calls: list[dict[str, Any]] = [
        {"direction": "inbound"},
        {"direction": "outbound", "party": number(9)},
    ]
    for fields in calls:
        assert before.when(contact(**fields)).happened


def test_an_instruction_says_something_leaves_a_way_and_names_channels_of_the_policy() -> None:
    before = given_commands(POTHOLE)
    empty = SetSafeContact(case_id=CASE_ID, instruction_id=number(1))
    before.when(empty).refused(InvalidCommand, saying="Say what must not be used")
    telex = NEVER_BY_PHONE.model_copy(update={"channels": ("telex",)})
    before.when(telex).refused(InvalidCommand, saying="'telex' is not a channel")
    every = tuple(office().versions[0].policy.channels)
    shut = NEVER_BY_PHONE.model_copy(update={"channels": every})
    before.when(shut).refused(Refusal, saying="leave one that is safe", rule="safe-contact")
    given().when(NEVER_BY_PHONE).refused(CaseNotFound)


# For a person, whatever the case


def test_an_instruction_for_a_person_holds_for_all_their_cases() -> None:
    PERSON.when(NEVER_CALLED).then(
        PartySafeContactSet(
            instruction_id=number(1), channels=("phone",), times=None, names="Not the name Doucet."
        )
    ).when(NEVER_CALLED).nothing()
    kept_safe = {f"party/{number(7)}": PERSON.asked(NEVER_CALLED).state}
    before = replace(given_commands(MINE, policies=office(writes)), others=kept_safe)
    for asked in (contact(), ask("phone"), issue(channel="phone")):
        before.when(asked).refused(
            Refusal, saying="forbids the channel phone for this person", rule="safe-contact"
        )
    before.when(issue(channel="email")).then(some(NoticeIssued))


def test_an_instruction_for_a_witness_is_kept_on_the_case_of_somebody_else() -> None:
    kept_safe = {f"party/{number(7)}": PERSON.asked(NEVER_CALLED).state}
    before = replace(
        given_commands(POTHOLE.model_copy(update={"requester": number(8)})), others=kept_safe
    )
    before.when(contact(party=number(7))).refused(Refusal, rule="safe-contact")
    before.when(contact()).then(some(ContactLogged))


def test_the_instructions_on_the_case_and_for_the_person_both_hold() -> None:
    kept_safe = {f"party/{number(7)}": PERSON.asked(NEVER_CALLED).state}
    letters = SetSafeContact(case_id=CASE_ID, instruction_id=number(2), channels=("letter",))
    before = replace(given_commands(MINE, letters), others=kept_safe)
    for channel in ("phone", "letter"):
        before.when(contact(channel=channel)).refused(
            Refusal, saying="use one other than letter, phone", rule="safe-contact"
        )


def test_nobody_is_asked_how_it_went_for_whom_anything_was_said_of_safe_contact() -> None:
    kept_safe = {f"party/{number(7)}": PERSON.asked(NEVER_CALLED).state}
    for before in (
        replace(given_commands(MINE), others=kept_safe),
        given_commands(MINE, NEVER_BY_PHONE),
    ):
        call = LogCall(
            case_id=CASE_ID,
            call_id=number(3),
            team="RDW",
            drawn_on=MONDAY.date(),
            channel="email",
        )
        before.when(call).refused(Refusal, saying="leave them out", rule="safe-contact")


def test_an_instruction_for_a_person_says_something_and_leaves_a_way() -> None:
    empty = SetPartySafeContact(party_id=number(7), instruction_id=number(1))
    PERSON.when(empty).refused(InvalidCommand, saying="Say what must not be used")
    every = tuple(office().versions[0].policy.channels)
    shut = NEVER_CALLED.model_copy(update={"channels": every})
    PERSON.when(shut).refused(Refusal, saying="leave one that is safe", rule="safe-contact")
    given(of=PARTY).when(NEVER_CALLED).refused(PartyNotFound)
