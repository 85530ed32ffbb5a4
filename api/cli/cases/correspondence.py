"""What people see around an outbound act: how to talk and how not to contact before it, the notice itself after it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any, TypeVar
from uuid import UUID

from api.cli.ledgers import office_days
from api.cli.showing import warn
from api.cli.wording.in_french import told
from api.cli.wording.spoken import spoken
from api.verbs import Around, case_of
from ledger.case.contact.contacts import LogContact
from ledger.case.contact.notices import IssueNotice, NoticeIssued
from ledger.case.people.safe_contact import SAFE_CONTACT, SafeContactSet, with_requester
from ledger.case.state import Case
from ledger.commands import Command
from ledger.facts import Fact
from ledger.registers.people.parties import PartyContactGiven, PartyRecorded
from ledger.registers.people.safe_contact import PartySafeContactSet
from projections.comparing.persons import records_of
from projections.sentences.wording import Wording

F = TypeVar("F", bound=Fact)


def show_how(around: Around, command: Command) -> None:
    """Tells on stderr how to talk with whoever is turned to, and how not to contact them; the latter is a reading.

    What was said of safe contact for any record of the same person is told.
    """
    asked: Any = command
    if getattr(asked, "direction", "outbound") != "outbound":
        return
    case: Case = case_of(around)
    party: UUID | None = getattr(asked, "party", None) or getattr(asked, "recipient", None)
    of = party or case.requester
    person = records_of(around.ledger.store, of) if of is not None else ()
    if with_requester(case, party) or case.requester in person:
        _show_death(around, person)
        if isinstance(command, IssueNotice):
            _show_language(around, case, person)
        _show_spoken(case)
        _show_unsettled(around, case, person)
        _show(around, around.stream, SafeContactSet, "Safe contact: {words}")
    elif isinstance(command, LogContact) and party is not None:
        _show_acts_no_more(around, case, party)
    for each in person:
        text = (
            "Safe contact, on any case of theirs: {words}"
            if each == of
            else "Safe contact, as the same person's record {record} says: {words}"
        )
        _show(around, f"party/{each}", PartySafeContactSet, text, record=each)


def _show_death(around: Around, records: Sequence[UUID]) -> None:
    """That whoever asked has died, as any of their records says: who calls would reach the bereaved."""
    if any(around.ledger.state_of(f"party/{each}").deceased for each in records):
        warn("The requester has died: turn to whoever acts for the estate.")


def _show_acts_no_more(around: Around, case: Case, party: UUID) -> None:
    """That somebody acted for whoever asked and does so no more: a letter to them is refused, a call is on record."""
    roles = {role for each, role in case.parties if each == party}
    if case.requester is None or roles - {"representative"}:
        return
    on = office_days(around.policies).date_of(around.ledger.clock())
    records = records_of(around.ledger.store, case.requester)
    states = [around.ledger.state_of(f"party/{each}") for each in records]
    acts = {each.is_represented_by(party, on=on) for each in states}
    if False in acts and True not in acts:
        warn(
            "They act for the requester no more: turn to the requester, or to whoever acts for them now."
        )


def _show_language(around: Around, case: Case, records: Sequence[UUID]) -> None:
    """That letters of this case go in another language than the one that the requester named since."""
    said = [
        each.entry.fact.language
        for record in records
        for each in around.ledger.read(f"party/{record}")
        if isinstance(each.entry.fact, PartyRecorded | PartyContactGiven)
        and each.entry.fact.language
    ]
    if said and case.language and said[-1] != case.language:
        wording = Wording(spoken())
        theirs, ours = (wording.value("language", each) for each in (said[-1], case.language))
        warn(
            "Their record says {theirs}, and letters of this case go in {ours}: `classify` with --language changes "
            "that.",
            theirs=theirs,
            ours=ours,
        )


def _show_spoken(case: Case) -> None:
    """What the requester asked for besides the language of letters, if anything."""
    asked, wording = case.spoken, Wording(spoken())
    said = [
        told("talk in: {language}", language=wording.value("language", asked.interview_language))
        if asked.interview_language
        else "",
        told("interpreter: {language}", language=asked.interpreter) if asked.interpreter else "",
        told("write in the format: {format}", format=asked.format) if asked.format else "",
    ]
    if words := "; ".join(each for each in said if each):
        warn("Asked for: {words}", words=words)


def _show_unsettled(around: Around, case: Case, records: Sequence[UUID]) -> None:
    """That somebody told on this case how not to contact them, where only what was said for all their cases stands.

    Where nothing stands, whoever turns to them is refused.
    """
    elsewhere = any(around.ledger.state_of(f"party/{each}").safe_contact for each in records)
    if elsewhere and SAFE_CONTACT in case.flags and case.safe_contact is None:
        warn(
            "Safe contact: the requester told how not to contact them, and it is not settled yet; read it first (`case "
            "--open`), then say it with `safe-contact`."
        )


def _show(
    around: Around,
    stream: str,
    kind: type[SafeContactSet | PartySafeContactSet],
    text: str,
    **fields: object,
) -> None:
    if not any(isinstance(each.entry.fact, kind) for each in around.ledger.read(stream)):
        return
    set_as = _opened(around, stream, kind, "Safe contact, before contacting somebody")
    said = [
        told("never by: {channels}", channels=", ".join(set_as.channels))
        if set_as.channels
        else "",
        told("times: {times}", times=set_as.times) if set_as.times else "",
        told("names not to use: {names}", names=set_as.names) if set_as.names else "",
    ]
    words = "; ".join(each for each in said if each) or told("withdrawn, any way will do")
    warn(text, words=words, **fields)


def show_notice(around: Around, command: Command) -> None:
    """Tells on stderr what the notice says, as it is to be sent; that it was read is recorded."""
    if isinstance(command, IssueNotice):
        issued = _opened(around, around.stream, NoticeIssued, "The notice, to be sent")
        sys.stderr.write(f"\n{issued.subject}\n\n{issued.words}\n")


def _opened(around: Around, stream: str, kind: type[F], purpose: str) -> F:
    """The latest fact of a kind in a stream, its personal values opened and no others."""
    entries = around.ledger.read_opened(
        stream,
        actor=around.actor,
        purpose=purpose,
        purpose_code="contact",
        topics={kind.topic},
    )
    facts = [each.entry.fact for each in entries]
    return next(fact for fact in reversed(facts) if isinstance(fact, kind))
