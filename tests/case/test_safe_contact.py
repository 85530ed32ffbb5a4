"""Safe contact: set at any time, shown by every outbound command, its forbidden channels refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from ledger.case.contact.calls import LogCall
from ledger.case.contact.contacts import ContactLogged
from ledger.case.contact.notices import NoticeIssued
from ledger.case.intake.information import InformationRequested, RequestInformation
from ledger.case.people.safe_contact import SafeContactSet, SetSafeContact
from ledger.errors import CaseNotFound, InvalidCommand, PartyNotFound, Refusal
from ledger.registers.people.parties import PARTY, DecidePartyLink, RecordParty
from ledger.registers.people.safe_contact import PartySafeContactSet, SetPartySafeContact
from tests.case.cases import POTHOLE, contact
from tests.case.writing import issue, writes
from tests.deciding import CASE_ID, MONDAY, History, given, given_commands, number, office, some

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


# For every record of the same person


def records(*linked: tuple[int, int], kept_safe: int = 9) -> dict[str, Any]:
    """Parties 7, 8 and 9 as they stand after links between them; nobody may call one of them."""
    parties = {
        each: given(of=PARTY).asked(RecordParty(party_id=number(each))) for each in (7, 8, 9)
    }
    parties[kept_safe] = parties[kept_safe].asked(
        NEVER_CALLED.model_copy(update={"party_id": number(kept_safe)})
    )
    for one, other in linked:
        command = DecidePartyLink(
            party_id=number(one),
            other_party=number(other),
            verdict="same",
            evidence="Same licence.",
        )
        for each, asked in ((one, command), (other, *command.also)):
            parties[each] = parties[each].asked(asked)
    return {f"party/{number(each)}": party.state for each, party in parties.items()}


def linked(*links: tuple[int, int], kept_safe: int = 9) -> History[Any]:
    """A case that party 7 asked for."""
    policies = office(writes)
    return replace(
        given_commands(MINE, policies=policies), others=records(*links, kept_safe=kept_safe)
    )


@pytest.mark.parametrize("links", [((7, 9),), ((9, 7),), ((7, 8), (9, 8)), ((8, 7), (8, 9))])
def test_an_instruction_for_one_record_bars_the_channel_for_every_record_of_that_person(
    links: tuple[tuple[int, int], ...],
) -> None:
    for asked in (contact(), ask("phone"), issue(channel="phone")):
        linked(*links).when(asked).refused(
            Refusal, saying="forbids the channel phone for this person", rule="safe-contact"
        )
    linked(*links).when(issue(channel="email")).then(some(NoticeIssued))
    linked((7, 8)).when(contact()).then(some(ContactLogged))


def test_an_instruction_holds_no_longer_for_a_record_that_was_found_to_be_of_another_person() -> (
    None
):
    before = linked((7, 8), (8, 9))
    apart = replace(before, others=_apart(before.others, 8, 9))
    before.when(contact()).refused(Refusal, rule="safe-contact")
    apart.when(contact()).then(some(ContactLogged))


def _apart(others: Mapping[str, Any], one: int, other: int) -> dict[str, Any]:
    command = DecidePartyLink(
        party_id=number(one), other_party=number(other), verdict="not_same", evidence="Two births."
    )
    known = {**others}
    for each, asked in ((one, command), (other, *command.also)):
        stream = f"party/{number(each)}"
        known[stream] = replace(given(of=PARTY), state=known[stream]).asked(asked).state
    return known


def test_what_was_said_on_the_case_holds_when_the_requester_is_turned_to_under_another_record() -> (
    None
):
    here = replace(given_commands(MINE, NEVER_BY_PHONE), others=records((8, 7), kept_safe=9))
    here.when(contact(party=number(8))).refused(Refusal, rule="safe-contact")
    here.when(contact(party=number(9), channel="letter")).then(some(ContactLogged))


def test_nobody_is_asked_how_it_went_of_whom_another_record_is_kept_safe() -> None:
    call = LogCall(
        case_id=CASE_ID, call_id=number(3), team="RDW", drawn_on=MONDAY.date(), channel="email"
    )
    linked((9, 8), (7, 8)).when(call).refused(Refusal, saying="leave them out", rule="safe-contact")


def test_where_two_records_together_forbid_every_channel_it_is_said_that_none_is_left() -> None:
    every = sorted(office().versions[0].policy.channels)
    one, other = every[:2], every[2:]
    parties = records((7, 9))
    for each, channels in ((7, one), (9, other)):
        never = NEVER_CALLED.model_copy(
            update={"party_id": number(each), "channels": tuple(channels)}
        )
        stream = f"party/{number(each)}"
        history = replace(given(of=PARTY), state=replace(parties[stream], safe_contact=None))
        parties[stream] = history.asked(never).state
    before = replace(given_commands(MINE), others=parties)
    before.when(contact(channel="email")).refused(
        Refusal, saying="no channel is left", rule="safe-contact"
    )


def test_an_instruction_for_a_person_says_something_and_leaves_a_way() -> None:
    empty = SetPartySafeContact(party_id=number(7), instruction_id=number(1))
    PERSON.when(empty).refused(InvalidCommand, saying="Say what must not be used")
    every = tuple(office().versions[0].policy.channels)
    shut = NEVER_CALLED.model_copy(update={"channels": every})
    PERSON.when(shut).refused(Refusal, saying="leave one that is safe", rule="safe-contact")
    given(of=PARTY).when(NEVER_CALLED).refused(PartyNotFound)
