"""Answering all at once: every open escalation of a team or of a reason, each by an entry that says how many were."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from ledger.case.escalation.reaching import (
    AcknowledgeEscalation,
    AcknowledgementAction,
    EscalationAcknowledged,
)
from ledger.commands import Request
from ledger.entry import Receipt
from ledger.errors import LedgerError, UnlawfulTransition
from ledger.ids import derived_uuid
from ledger.keeping import stepped_back
from ledger.sealing.slots import canonical
from ledger.service import Ledger
from ledger.times import EPOCH
from projections.lists.open_escalations import OpenEscalation, open_escalations
from projections.views import Views

AT_ONCE = 200
_READ_ON = 10 * AT_ONCE
"""So many entries follow the first at most, among which the others are: they were recorded in one write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerToAll:
    """Which open escalations are answered, and how."""

    action: AcknowledgementAction
    team: str | None = None
    reason: str | None = None
    act_by: datetime | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class AnsweredAtOnce:
    """Which escalations were answered, by entries up to which position, and whether more may wait.

    `replayed` says that it was an earlier call that did it.
    """

    escalations: tuple[UUID, ...]
    position: int
    more: bool
    replayed: bool


def answer_all(
    ledger: Ledger, views: Views, given: AnswerToAll, request: Request
) -> AnsweredAtOnce:
    """Answers each of these alike, in one write; asked again under its command id it tells what was done then.

    `request` says who asks and what was asked; what its command is makes no difference. Those of cases that whoever
    asks stepped back from are left to somebody else. The views know all that is recorded.
    """
    request = replace(request, asked=request.asked or _as_said(given))
    if request.command_id is not None and (before := ledger.first_receipt(request)) is not None:
        return _done_before(ledger, request.command_id, before)
    now = ledger.clock()
    waiting = open_escalations(
        views, at=now, since=now, team=given.team, reason=given.reason, limit=AT_ONCE
    ).escalations
    theirs = [each for each in waiting if not stepped_back(ledger, request.actor, each.case_id)]
    if not theirs:
        raise UnlawfulTransition(
            "No such escalation waits for an answer: `caseledger escalations` lists those that do.",
            rule="acknowledges-an-escalation",
        )
    requests = _requests(
        given, replace(request, command_id=request.command_id or ledger.new_id()), theirs
    )
    done = list(_recorded(ledger.handle_all(requests), theirs))
    position = max(receipt.position for _, receipt in done)
    fresh = tuple(each for each, receipt in done if receipt.fresh)
    return AnsweredAtOnce(fresh, position, len(waiting) == AT_ONCE, replayed=False)


def _as_said(given: AnswerToAll) -> bytes:
    by = None if given.act_by is None else given.act_by.isoformat()
    return canonical([given.action, given.team, given.reason, by, given.words])


def _requests(
    given: AnswerToAll, request: Request, theirs: Sequence[OpenEscalation]
) -> list[Request]:
    """A command for each: the first has the id that all of it is known by, the others ids made of that."""
    bulk = request.command_id
    assert bulk is not None
    together = len(theirs) if len(theirs) > 1 else None
    found: list[Request] = []
    for each in theirs:
        escalation_id = UUID(each.escalation.escalation_id)
        command = AcknowledgeEscalation(
            case_id=each.case_id,
            escalation_id=escalation_id,
            action=given.action,
            act_by=given.act_by,
            words=given.words,
            together=together,
        )
        its_own = _of_one(bulk, escalation_id) if found else bulk
        asked = None if found else request.asked
        correlation = request.correlation or str(bulk)
        found.append(
            replace(
                request, command=command, command_id=its_own, asked=asked, correlation=correlation
            )
        )
    return found


def _of_one(bulk: UUID, escalation_id: UUID) -> UUID:
    return derived_uuid(EPOCH, "acknowledge-all", str(bulk), str(escalation_id))


def _recorded(
    outcomes: Sequence[Receipt | LedgerError], theirs: Sequence[OpenEscalation]
) -> Iterator[tuple[UUID, Receipt]]:
    """What became of each; one that somebody else answered meanwhile is theirs, where all are refused it is told."""
    refused = [each for each in outcomes if isinstance(each, LedgerError)]
    if len(refused) == len(outcomes):
        raise refused[0]
    for each, outcome in zip(theirs, outcomes, strict=True):
        if isinstance(outcome, Receipt):
            yield UUID(each.escalation.escalation_id), outcome


def _done_before(ledger: Ledger, bulk: UUID, first: Receipt) -> AnsweredAtOnce:
    """What was answered under a command id, from the entries that followed the first of them."""
    found: list[UUID] = []
    position, together = first.position, 1
    upto = first.position + _READ_ON
    for entry in ledger.entries(after=first.position - 1, upto=upto):
        fact = entry.fact
        if not isinstance(fact, EscalationAcknowledged):
            continue
        if entry.context.command_id not in (bulk, _of_one(bulk, fact.escalation_id)):
            continue
        found.append(fact.escalation_id)
        position, together = entry.position, fact.together or 1
        if len(found) == together:
            break
    return AnsweredAtOnce(tuple(found), position, together == AT_ONCE, replayed=True)
