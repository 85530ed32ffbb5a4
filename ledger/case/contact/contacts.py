"""Contacts and notes: what was said with the requester, and what somebody wrote on the case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from ledger.case.apart import keep_apart
from ledger.case.clocks.running import arm_clocks
from ledger.case.clocks.stopping import stop_clocks
from ledger.case.in_words import InWords, Words
from ledger.case.intake.information import ReceiveInformation, receive_information
from ledger.case.known.answers import not_one_of
from ledger.case.known.approvals import Ground
from ledger.case.known.chases import heard, told
from ledger.case.known.items import LanguageTag, PrivilegeKind
from ledger.case.outcome.returns import could_return, propose_return
from ledger.case.people.recorded import refuse_stranger
from ledger.case.people.represented import for_requester
from ledger.case.people.safe_contact import forbidden_channels, refuse_forbidden
from ledger.case.state import Case, Decision, changed, decides, evolves, evolves_by_whom, reached
from ledger.commands import Circumstances, since_then
from ledger.entry import Entry, Happened
from ledger.errors import InvalidCommand
from ledger.facts import Fact, Json, Personal, PersonalText, fact, fact_version
from ledger.input.quoting import known_codes, quoted
from ledger.policy.document.policy import Policy
from ledger.policy.telling.templates import gives_notice

Direction = Literal["inbound", "outbound"]
ACKNOWLEDGED = "acknowledged"
_SPEAKING = frozenset({"phone", "walk_in"})
"""Families of channels by which one speaks with somebody; by any other one writes."""


def _acts_of_old(said: dict[str, Json]) -> dict[str, Json]:
    reached = said["reached"] and said["direction"] == "outbound"
    return {**said, "acts": ("contacted", ACKNOWLEDGED) if reached else ()}


@fact_version(2, from_1=_acts_of_old)
class ContactLogged(Fact):
    """Somebody spoke with the requester, or tried to; `minutes` is the time it took staff.

    `acts` are the acts that were done because the requester was reached. `language` is the one that was
    spoken or written, `interpreted` says that somebody interpreted.
    """

    contact_id: UUID
    direction: Direction
    channel: str
    kinds: tuple[str, ...]
    reached: bool
    minutes: int | None
    party: UUID | None
    words: Annotated[PersonalText, Personal("party")]
    acts: tuple[str, ...] = ()
    language: str | None = None
    interpreted: bool = False


@fact
class NoteAdded(Fact):
    """A note was put on the case."""

    note_id: UUID
    text: PersonalText
    language: str | None = None
    privilege: PrivilegeKind | None = None


class LogContact(InWords):
    """Log a contact with the requester: direction, kinds, minutes and, inbound, the requester's own words."""

    contact_id: UUID
    direction: Direction
    channel: str
    kinds: tuple[str, ...]
    reached: bool = True
    minutes: int | None = Field(default=None, ge=0, le=24 * 60)
    party: UUID | None = None
    words: Words | None = None
    language: LanguageTag | None = since_then()
    interpreted: bool = since_then(False)
    evidence: tuple[UUID, ...] = since_then(())
    approved_by: str | None = since_then()


class AddNote(InWords):
    """Put a note on the case."""

    note_id: UUID
    text: Words = Field(min_length=1)
    language: LanguageTag | None = since_then()
    privilege: PrivilegeKind | None = since_then()


@decides(LogContact)
def log_contact(case: Case, asked: LogContact, around: Circumstances) -> Sequence[Happened]:
    """Contacts are logged at any time, also on a resolved case; a reply that reached the requester stops its clocks.

    It acknowledges a request unless the office does that by a notice. One that comes in the quiet
    window after a resolution is proposed as a return.
    """
    if asked.contact_id in case.known().contacts:
        return ()
    policy = around.policies.in_force(around.now).policy
    if asked.channel not in policy.channels:
        raise InvalidCommand(not_one_of("a channel", asked.channel, policy.channels))
    if not asked.kinds:
        raise InvalidCommand("Say what kind of contact it was: give at least one kind.")
    for kind in asked.kinds:
        if kind not in policy.reasons.contact:
            raise InvalidCommand(
                f"{quoted(kind)} is not a kind of contact; "
                f"the policy knows {known_codes(kind, policy.reasons.contact)}."
            )
    refuse_stranger(case, asked.party, around)
    if asked.direction == "outbound":
        refuse_forbidden(case, asked.channel, around, party=asked.party)
    acts = _acts(case, asked, policy, around)
    said: dict[str, Any] = {
        **asked.for_fact(),
        "party": asked.party or case.requester,
        "acts": acts,
    }
    for name in ("evidence", "approved_by"):  # of the clocks that it stops
        del said[name]
    decision = Decision(case, around)
    decision.happens(ContactLogged(**said))
    if acts and case.status == "open":
        stop_clocks(decision, *acts, ground=Ground(asked.evidence, asked.approved_by))
        arm_clocks(decision)
    if asked.direction == "inbound":
        propose_return(decision, asked.contact_id, asked.channel)
    return decision.happened


@decides(ReceiveInformation)
def take_in(case: Case, asked: ReceiveInformation, around: Circumstances) -> Sequence[Happened]:
    """What the requester gives is taken in at any time, also on a resolved case.

    In the quiet window after a resolution it is proposed as a return: who answers a day after their request
    lapsed has come back.
    """
    decision = receive_information(case, asked, around)
    propose_return(decision, around.context.command_id, asked.channel)
    return decision.happened


def _acts(case: Case, asked: LogContact, policy: Policy, around: Circumstances) -> tuple[str, ...]:
    """What is done by a contact: the requester was reached, and by that acknowledged unless a notice does it.

    They were called back if somebody spoke with them, or wrote where safe contact lets nobody speak with them.
    """
    if asked.direction == "inbound" or not asked.reached:
        return ()
    if not for_requester(case, asked.party, around):
        return ()
    speaking = {code for code, each in policy.channels.items() if each.family in _SPEAKING}
    speaks = asked.channel in speaking or speaking <= forbidden_channels(
        case, around, party=asked.party
    )
    reached = "contacted" if speaks else "written_to"
    if gives_notice(policy, case.request_type, ACKNOWLEDGED):
        return (reached,)
    return (reached, ACKNOWLEDGED)


@decides(AddNote)
def add_note(case: Case, asked: AddNote, around: Circumstances) -> Sequence[Happened]:
    """A note goes in at any time."""
    if asked.note_id in case.known().notes:
        return ()
    return (around.happened(NoteAdded(**asked.for_fact())),)


@evolves_by_whom(ContactLogged)
def _logged(case: Case, logged: ContactLogged, happened: Happened | Entry) -> Case:
    at = happened.context.effective_at
    case = changed(case, contacts=case.contacts | {logged.contact_id})
    if logged.direction == "inbound":
        resolution = case.resolution
        if resolution is not None and resolution.returning and could_return(case, at):
            then = (*resolution.then, (logged.contact_id, logged.channel))
            resolution = replace(resolution, then=then)
        return changed(case, chase=heard(case.chase), resolution=resolution)
    if not logged.acts:
        return case
    spoken_at = max(at, case.spoken_at or at)
    chase = told(case.chase, happened)
    case = changed(case, spoken_at=spoken_at, promises=case.promises.kept(), chase=chase)
    return reached(case, *logged.acts, at=at)


@evolves(NoteAdded)
def _noted(case: Case, noted: NoteAdded, at: datetime) -> Case:
    case = changed(case, notes=case.notes | {noted.note_id})
    return keep_apart(case, noted.privilege)
