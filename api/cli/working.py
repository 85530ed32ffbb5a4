"""Working a case from the command line: every command that a person asks of a case or a party, by its verb."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from api.cli.asking import Around, Verb, as_command
from api.cli.correspondence import show_notice, show_safe_contact
from api.cli.ledgers import caught_up
from ledger.case import CASE
from ledger.case.care import ClearFlag, NoteAdjustment
from ledger.case.confirming import ConfirmRouting
from ledger.case.contact import AddNote, AddRecordItem, LogContact
from ledger.case.corrections import CorrectEntry
from ledger.case.custody import AcceptTransfer, DeclineTransfer, PullCase, TransferCase
from ledger.case.escalation import AcknowledgeEscalation, EscalateCase
from ledger.case.extending import ExtendClock, RecordDutyDone
from ledger.case.information import ReceiveInformation, RequestInformation
from ledger.case.intake import ClassifyCase, OpenCase
from ledger.case.lapsing import LapseClock
from ledger.case.links import LinkCase
from ledger.case.needs import ConfirmNeed
from ledger.case.notices import IssueNotice, RecordNoticeFailed, RecordNoticeGiven
from ledger.case.outcome import RecordDecision, ReopenCase, ResolveCase
from ledger.case.people import AddCaseParty, RemoveCaseParty
from ledger.case.promises import PromiseNextContact
from ledger.case.readiness import MarkReady, OverrideReadiness
from ledger.case.restating import CorrectStart
from ledger.case.review import OpenReview, RecordReview
from ledger.case.routing import RouteCase
from ledger.case.safe_contact import SetSafeContact
from ledger.case.settling import DecideReturn, SettleCase
from ledger.case.severity import AssessSeverity
from ledger.case.state import Case
from ledger.case.waiting import BeginWaiting, EndWaiting, ReachMilestone
from ledger.errors import InvalidCommand, UnlawfulTransition
from ledger.registers.parties import (
    AppointRepresentative,
    DecidePartyLink,
    EndRepresentation,
    GiveContact,
    IdentifyParty,
    RecordBirth,
    RecordDeath,
    RecordParty,
)
from projections.queues import waiting_in

_OFFERED = 50
"""How many candidates a pull carries, should others be quicker."""


def _case(around: Around) -> Case:
    """The case as it stands."""
    found: Any = CASE.initial
    for read in around.ledger.read(around.stream):
        found = CASE.evolve(found, read.entry)
    return found


def _only(ids: list[UUID], *, nothing: str, option: str) -> UUID:
    if not ids:
        raise UnlawfulTransition(nothing)
    if len(ids) > 1:
        raise InvalidCommand(f"Say which with {option}: {', '.join(str(each) for each in ids)}.")
    return ids[0]


def _open_wait(around: Around) -> UUID:
    waits = [wait.wait_id for wait in _case(around).waits if wait.to_at is None]
    return _only(
        waits, nothing="The case does not wait: there is nothing to end.", option="--wait-id"
    )


def _open_transfer(around: Around) -> UUID:
    handover = _case(around).handover
    if handover is None:
        raise UnlawfulTransition("The case is not in transit: there is nothing to answer.")
    return handover.transfer_id


def _open_escalation(around: Around) -> UUID:
    case = _case(around)
    waiting = [each for each in case.escalations if each not in case.acknowledged]
    nothing = "No escalation of this case waits for an answer."
    return _only(waiting, nothing=nothing, option="--escalation-id")


def _open_duty(around: Around) -> UUID:
    owed = [key for key, told in _case(around).extensions.items() if not all(told.values())]
    nothing = "No extension of this case leaves anybody to be told."
    return _only(owed, nothing=nothing, option="--extension-id")


def _all_missing(around: Around) -> tuple[str, ...]:
    return () if around.given.get("words") else tuple(sorted(_case(around).missing))


def _next_in_queue(around: Around) -> tuple[UUID, ...]:
    caught_up(around.views, around.ledger)
    team = around.given["team"]
    if team not in around.policy.teams:
        teams = ", ".join(sorted(around.policy.teams))
        raise InvalidCommand(f"'{team}' is not a team of the policy in force; it knows {teams}.")
    found = waiting_in(around.views, team, limit=_OFFERED)
    if not found:
        raise UnlawfulTransition(f"Nothing waits in the queue of {team}: there is nothing to pull.")
    return found


def _whoever_acts(around: Around) -> str:
    return around.actor.id


def _proposed_return(around: Around) -> UUID:
    quiet = _case(around).quiet
    if quiet is None or quiet.returning is None:
        raise UnlawfulTransition("No return of this case is proposed: there is nothing to decide.")
    return quiet.returning


def _open_notice(around: Around) -> UUID:
    sent = _case(around).notices
    waiting = [key for key, each in sent.items() if not each.given_at and not each.failed_at]
    nothing = "No notice of this case waits to be given: issue one first."
    return _only(waiting, nothing=nothing, option="--notice-id")


def _standing_notice(around: Around) -> UUID:
    standing = [key for key, each in _case(around).notices.items() if not each.failed_at]
    nothing = "No notice of this case could have failed: none was issued, or all failed."
    return _only(standing, nothing=nothing, option="--notice-id")


VERBS = {
    "open": Verb(OpenCase, first=("channel",), own="case_id"),
    "party": Verb(RecordParty, own="party_id"),
    "party-contact": Verb(GiveContact, first=("party_id",)),
    "identify": Verb(IdentifyParty, first=("party_id", "assurance")),
    "same-person": Verb(DecidePartyLink, first=("party_id", "other_party", "verdict")),
    "represent": Verb(AppointRepresentative, first=("party_id", "representative")),
    "represent-no-more": Verb(EndRepresentation, first=("party_id", "representative")),
    "born": Verb(RecordBirth, first=("party_id", "born_on")),
    "died": Verb(RecordDeath, first=("party_id",)),
    "concerns": Verb(AddCaseParty, first=("party", "role")),
    "concerns-not": Verb(RemoveCaseParty, first=("party", "role")),
    "classify": Verb(ClassifyCase, first=("request_type",)),
    "ask": Verb(
        RequestInformation,
        own="request_id",
        found={"fields": _all_missing},
        before=show_safe_contact,
    ),
    "receive": Verb(ReceiveInformation),
    "severity": Verb(AssessSeverity, first=("severity", "criterion")),
    "adjust": Verb(NoteAdjustment, first=("adjustment",), own="adjustment_id"),
    "clear-flag": Verb(ClearFlag, first=("flag",)),
    "route": Verb(RouteCase),
    "confirm": Verb(ConfirmRouting),
    "pull": Verb(
        PullCase, first=("team",), found={"case_ids": _next_in_queue, "owner": _whoever_acts}
    ),
    "transfer": Verb(TransferCase, first=("to_team",), own="transfer_id"),
    "accept": Verb(AcceptTransfer, found={"transfer_id": _open_transfer}),
    "decline": Verb(DeclineTransfer, found={"transfer_id": _open_transfer}),
    "wait": Verb(BeginWaiting, first=("reason",), own="wait_id"),
    "resume": Verb(EndWaiting, found={"wait_id": _open_wait}),
    "extend": Verb(ExtendClock, first=("clock", "amount"), own="extension_id"),
    "told": Verb(RecordDutyDone, first=("party",), found={"extension_id": _open_duty}),
    "lapse": Verb(LapseClock, first=("clock",)),
    "correct-start": Verb(CorrectStart, first=("moment", "started_at")),
    "milestone": Verb(ReachMilestone, first=("milestone",)),
    "contact": Verb(LogContact, own="contact_id", before=show_safe_contact),
    "promise": Verb(PromiseNextContact, first=("by_at",), own="promise_id"),
    "safe-contact": Verb(SetSafeContact, own="instruction_id"),
    "notice": Verb(
        IssueNotice,
        first=("template",),
        own="notice_id",
        before=show_safe_contact,
        after=show_notice,
    ),
    "given": Verb(RecordNoticeGiven, found={"notice_id": _open_notice}),
    "failed": Verb(RecordNoticeFailed, first=("reason",), found={"notice_id": _standing_notice}),
    "note": Verb(AddNote, first=("text",), own="note_id"),
    "item": Verb(AddRecordItem, own="item_id"),
    "link": Verb(LinkCase, first=("other_case",)),
    "escalate": Verb(EscalateCase, own="escalation_id"),
    "acknowledge": Verb(
        AcknowledgeEscalation, first=("action",), found={"escalation_id": _open_escalation}
    ),
    "confirm-need": Verb(ConfirmNeed, first=("need",)),
    "ready": Verb(MarkReady),
    "override": Verb(OverrideReadiness, first=("check",)),
    "decide": Verb(RecordDecision, first=("outcome",), own="decision_id"),
    "resolve": Verb(ResolveCase, first=("outcome",)),
    "reopen": Verb(ReopenCase),
    "settle": Verb(SettleCase),
    "return": Verb(DecideReturn, first=("answer",), found={"contact_id": _proposed_return}),
    "review": Verb(OpenReview, first=("other_case",), own="case_id"),
    "finding": Verb(RecordReview, first=("finding",), own="decision_id"),
    "correct": Verb(CorrectEntry, first=("corrects",)),
}
"""Each verb with its command, in the order of a case's life; a test holds it against the ledger's commands."""


def __getattr__(name: str) -> Any:
    """The function of a verb, under which the menu finds it."""
    if name in VERBS:
        return as_command(VERBS[name])
    raise AttributeError(name)
