"""Watch: what time has brought is recorded, once: rungs, breaches, pauses used up, cases nobody opened or routed.

The views propose, the ledger decides: each command's id derives from its cause, so that a second pass
finds it done and two at once do nothing twice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from api.watch.away import moved_for_absence, rehomed
from api.watch.chasing import chase_steps, chases_begun
from api.watch.climbing import unanswered_escalations
from api.watch.clocks import clocks_called
from api.watch.eligibility import no_present_skill
from api.watch.ended import alarms_ended
from api.watch.inquiries import inquiries_overdue
from api.watch.majority import children_of_age
from api.watch.obligations import obligations_overdue
from api.watch.overlooked import (
    closed_without_reply,
    never_confirmed,
    never_opened,
    never_routed,
    no_contact,
    promise_missed,
    return_undecided,
    waiting_too_long,
)
from api.watch.proposing import Part, Seen
from api.watch.rates import rate_days_ended, rates_not_worked
from api.watch.revised import clocks_revised
from api.watch.routings import routing_weeks_ended
from api.watch.settling import quiet_windows_over
from api.watch.silence import owners_absent, owners_silent
from api.watch.unanswered import transfers_unanswered
from ledger.commands import Request
from ledger.entry import Receipt
from ledger.errors import InvalidCommand, LedgerError, NotAuthorised, Refusal
from ledger.service import Ledger
from projections.views import Views

PARTS = (
    Part("revised", "revised due date", "revised due dates", clocks_revised),
    Part("clocks", "clock", "clocks", clocks_called),
    Part("never_opened", "case nobody took", "cases nobody took", never_opened),
    Part("never_routed", "case without a team", "cases without a team", never_routed),
    Part(
        "unanswered",
        "escalation nobody answered",
        "escalations nobody answered",
        unanswered_escalations,
    ),
    Part("waiting_too_long", "case waiting too long", "cases waiting too long", waiting_too_long),
    Part("chases_begun", "chase begun by a new plan", "chases begun by a new plan", chases_begun),
    Part("chase", "step of a chase", "steps of chases", chase_steps),
    Part(
        "never_confirmed", "routing nobody confirmed", "routings nobody confirmed", never_confirmed
    ),
    Part("ended", "alarm that is over", "alarms that are over", alarms_ended),
    Part(
        "no_present_skill",
        "case nobody present may take",
        "cases nobody present may take",
        no_present_skill,
    ),
    Part("rate_days", "day of a rate", "days of a rate", rate_days_ended),
    Part("routing_weeks", "week of routing", "weeks of routing", routing_weeks_ended),
    Part(
        "rates_not_worked",
        "missed day without an answer",
        "missed days without an answer",
        rates_not_worked,
    ),
    Part(
        "never_accepted",
        "transfer nobody answered",
        "transfers nobody answered",
        transfers_unanswered,
    ),
    Part(
        "absent",
        "case moved from who is absent",
        "cases moved from who is absent",
        moved_for_absence,
    ),
    Part("left", "case moved from who has left", "cases moved from who has left", rehomed),
    Part(
        "owner_absent",
        "case that cannot wait for an absent owner",
        "cases that cannot wait for an absent owner",
        owners_absent,
    ),
    Part("owner_silent", "owner not heard of", "owners not heard of", owners_silent),
    Part("overdue", "obligation overdue", "obligations overdue", obligations_overdue),
    Part(
        "promise_missed", "promised contact not made", "promised contacts not made", promise_missed
    ),
    Part("no_contact", "requester without word", "requesters without word", no_contact),
    Part(
        "closed_without_reply",
        "case closed without a reply",
        "cases closed without a reply",
        closed_without_reply,
    ),
    Part("return_undecided", "return not decided", "returns not decided", return_undecided),
    Part(
        "inquiries", "inquiry overdue or expired", "inquiries overdue or expired", inquiries_overdue
    ),
    Part(
        "of_age",
        "representation ended by majority",
        "representations ended by majority",
        children_of_age,
    ),
    Part("settled", "quiet window over", "quiet windows over", quiet_windows_over),
)
"""What a pass looks for, in this order."""


@dataclass(slots=True)
class WatchReport:
    """What a pass recorded, by part; `already` was done before, also by another pass just now, or came to nothing.

    `refused` says what a rule forbids of what time calls for, each as "stream: sentence".
    """

    counts: dict[str, int] = field(default_factory=lambda: {part.name: 0 for part in PARTS})
    already: int = 0
    refused: list[str] = field(default_factory=list[str])
    position: int = 0

    @property
    def recorded(self) -> int:
        return sum(self.counts.values())

    def as_json(self) -> dict[str, Any]:
        """The counts, and what was refused."""
        return {
            **self.counts,
            "already": self.already,
            "refused": self.refused,
            "position": self.position,
        }


def goes_on() -> None:
    """For a pass that nothing stops."""


def watch_once(ledger: Ledger, views: Views, *, go_on: Callable[[], None] = goes_on) -> WatchReport:
    """One pass over all that time calls for by now; imported history is never alarmed.

    `go_on` is called before each part, and raises to end the pass there.
    """
    report = WatchReport(position=views.catch_up(ledger.store))
    policies, now = ledger.policies(), ledger.clock()
    if not policies.versions:
        return report
    seen = Seen(views, now, policies.in_force(now), ledger.directory(), ledger)
    for part in PARTS:
        go_on()
        for requests in part.proposals(seen):
            report.counts[part.name] += _ask(ledger, requests, report)
    report.position = views.catch_up(ledger.store)
    return report


def _ask(ledger: Ledger, requests: Sequence[Request], report: WatchReport) -> int:
    """How many of these were recorded now. What a rule forbids on one stream holds up no other."""
    fresh = 0
    for request, outcome in zip(requests, ledger.handle_all(requests), strict=True):
        match outcome:
            case Receipt(fresh=True):
                fresh += 1
            case Receipt() | Refusal(rule="one-command-an-id"):
                report.already += 1
            case Refusal() | NotAuthorised() | InvalidCommand():
                report.refused.append(f"{request.command.stream}: {outcome}")
            case LedgerError():
                raise outcome
    return fresh
