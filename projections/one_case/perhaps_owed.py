"""Perhaps owed: the cases on which a notice may be owed, by one pass over the log that looks at few of its entries.

Whoever was told of their latest decision is owed none, and that is so of nearly all that an office ever decided: to
fold each of their cases for every answer is what took so long.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from ledger.case.clocks.extending import ClockExtended
from ledger.case.clocks.waiting import MilestoneReached, WaitingBegan, WaitingEnded
from ledger.case.contact.contacts import ContactLogged
from ledger.case.contact.notices import NoticeFailed, NoticeGiven, NoticeIssued
from ledger.case.outcome.deciding import GIVEN, DecisionRecorded
from ledger.case.outcome.review import ReviewRecorded
from ledger.facts import Fact
from ledger.store import LedgerStore
from ledger.then import Then
from projections.fold.told import Told, told_by

TOLD = frozenset({"notice_given", "access_given", "sent_to_applicant"})
"""Acts by which the requester has learnt of a decision or of a coming lapse."""


def tells(fact: Fact) -> bool:
    """Whether by this the requester has learnt of a decision that is given with it."""
    match fact:
        case ContactLogged(direction="outbound", reached=True):
            return True
        case MilestoneReached(milestone=act):
            return act in TOLD
        case _:
            return False


def perhaps_owed(store: LedgerStore, then: Then) -> list[str]:
    """The streams of all cases on which anything can be owed by then, and of few on which nothing is.

    Trusts the store: whoever says what is owed reads these again.
    """
    rows = (row for chunk in store.scan(upto=store.tip()) for row in chunk if row[3] in _TOPICS)
    return perhaps_owed_by((told_by(*row) for row in rows), then)


def perhaps_owed_by(entries: Iterable[Told], then: Then) -> list[str]:
    """The same by these entries, which come in the order of the log."""
    found: dict[str, _Said] = {}
    for told in entries:
        if then.includes(known_at=told.known_at, effective_at=told.effective_at):
            found.setdefault(told.stream, _Said()).take(told)
    in_order = then.as_of is None
    return [stream for stream, said in found.items() if said.perhaps_owed(in_order=in_order)]


@dataclass(slots=True)
class _Said:
    """What the entries of one case said so far, in the order of the log."""

    extended: bool = False
    waits: set[UUID] = field(default_factory=set[UUID])
    decisions: set[UUID] = field(default_factory=set[UUID])
    latest: Told | None = None
    told_at: list[tuple[datetime, int]] = field(default_factory=list[tuple[datetime, int]])
    tells_of: dict[UUID, UUID | None] = field(default_factory=dict[UUID, "UUID | None"])
    """Of which decision a notice tells."""
    given: dict[UUID, bool] = field(default_factory=dict[UUID, bool])
    """Whether a notice that was given gave the decision."""

    def take(self, told: Told) -> None:
        """Takes in one more entry."""
        fact: Any = told.fact
        match fact:
            case DecisionRecorded() | ReviewRecorded():
                self.latest = told
                self.decisions.add(fact.decision_id)
            case NoticeIssued():
                latest: Any = self.latest and self.latest.fact
                decision_id = latest.decision_id if latest else None
                about = fact.about if fact.about in self.decisions else decision_id
                self.tells_of[fact.notice_id] = about
            case NoticeGiven():
                self.given[fact.notice_id] = GIVEN in fact.acts
            case NoticeFailed():
                self.tells_of.pop(fact.notice_id, None)
            case ClockExtended():
                self.extended = self.extended or bool(fact.duties)
            case WaitingBegan():
                self.waits.add(fact.wait_id)
            case WaitingEnded():
                self.waits.discard(fact.wait_id)
            case _ if tells(fact):
                self.told_at.append((told.effective_at, told.version))
            case _:
                pass

    def perhaps_owed(self, *, in_order: bool) -> bool:
        """Whether anything can be owed; out of the order of the log nothing is said of who was told of a decision."""
        if self.extended or self.waits:
            return True
        if self.latest is None:
            return False
        return not (in_order and self._told_of(self.latest))

    def _told_of(self, decided: Told) -> bool:
        decision: Any = decided.fact
        if GIVEN in decision.acts:
            since = decided.effective_at, decided.version
            return any(each > since for each in self.told_at)
        return any(
            about == decision.decision_id and self.given.get(notice_id, False)
            for notice_id, about in self.tells_of.items()
        )


_TOPICS = frozenset(
    kind.topic
    for kind in (
        ClockExtended, ContactLogged, DecisionRecorded, MilestoneReached, NoticeFailed, NoticeGiven, NoticeIssued,
        ReviewRecorded, WaitingBegan, WaitingEnded,
    )
)  # fmt: skip
