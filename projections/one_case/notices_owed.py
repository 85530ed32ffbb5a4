"""Notices owed: whom an extension, a coming lapse or a decision still has to be told to, and by when, from facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ledger.case import CASE
from ledger.case.clocks.extending import ClockExtended, DutyDone
from ledger.case.clocks.facts import ClockStopped
from ledger.case.clocks.lapsing import lapse_on, notice_by
from ledger.case.clocks.standing import calendars_of
from ledger.case.known.timed import Clock
from ledger.case.outcome.deciding import GIVEN, DecisionRecorded
from ledger.case.outcome.review import ReviewRecorded
from ledger.case.state import Case
from ledger.entry import Entry
from ledger.policy.in_force import Policies
from ledger.service import Ledger
from ledger.then import Then
from projections.one_case.perhaps_owed import TOLD, perhaps_owed, tells

NoticeKind = Literal["extension", "lapse", "decision"]
REQUESTER = "requester"


@dataclass(frozen=True, slots=True)
class NoticeOwed:
    """Somebody still to be told: of what, on which case and clock, and by the end of which local date.

    `by_on` is None where no clock says by when. `since` is when it began to be owed. A lapse names the
    last date of its period in `lapses_on`; a notice given after `by_on` only makes it lapse later.
    """

    case_id: UUID
    team: str | None
    kind: NoticeKind
    clock: str | None
    party: str
    since: datetime
    by_on: date | None
    lapses_on: date | None = None

    def overdue(self, today: date) -> bool:
        """Whether the last date for it has passed."""
        return self.by_on is not None and self.by_on < today


def notices_owed(
    ledger: Ledger,
    *,
    then: Then,
    progress: Callable[[int, int], None],
) -> list[NoticeOwed]:
    """Every notice owed on any case, those first that are due first; by what was known, or had happened, by then."""
    policies, found = ledger.policies(), list[NoticeOwed]()
    streams = perhaps_owed(ledger.store, then)
    for place, stream in enumerate(streams, start=1):
        entries = [read.entry for read in then.of_case(ledger.read(stream))]
        found.extend(owed_on(entries, policies))
        progress(place, len(streams))
    return sorted(found, key=lambda each: (each.by_on or date.max, each.since, str(each.case_id)))


def owed_on(entries: Iterable[Entry], policies: Policies) -> Iterator[NoticeOwed]:
    """What is owed after these entries of one case."""
    said = list(entries)
    if not said:
        return
    case: Case = CASE.initial
    for entry in said:
        case = CASE.evolve(case, entry)
    case_id = said[0].subject_id
    yield from _of_extensions(said, case_id, case)
    yield from _of_decision(said, case_id, case, policies)
    if case.status == "open":
        yield from _of_lapses(case_id, case, policies)


def _of_extensions(said: list[Entry], case_id: UUID, case: Case) -> Iterator[NoticeOwed]:
    """Whoever the law wants told of an extension besides the requester, until they were."""
    done = {
        (each.fact.extension_id, each.fact.party)
        for each in said
        if isinstance(each.fact, DutyDone)
    }
    for entry in said:
        fact = entry.fact
        if not isinstance(fact, ClockExtended):
            continue
        for duty in fact.duties:
            if (fact.extension_id, duty.party) not in done:
                since = fact.notice_given_at or entry.context.effective_at
                yield NoticeOwed(
                    case_id, case.team, "extension", fact.clock, duty.party, since, duty.by_on
                )


def _of_decision(
    said: list[Entry], case_id: UUID, case: Case, policies: Policies
) -> Iterator[NoticeOwed]:
    """The requester, of a decision that nobody has told them, or where it is given by notice not in that way."""
    decided = [
        (each, each.fact)
        for each in said
        if isinstance(each.fact, DecisionRecorded | ReviewRecorded)
    ]
    if not decided:
        return
    last, decision = decided[-1]
    since = last.context.effective_at
    if GIVEN in decision.acts:
        told = any(tells(each.fact) for each in said if _comes_after(each, last))
    else:
        told = any(
            each.stands and GIVEN in each.acts and each.decision_id == decision.decision_id
            for each in case.notices.values()
        )
    if told:
        return
    dues = [*_answered(said, last, case), *_to_be_answered(case, policies)]
    clock, due_at = min(dues, key=lambda each: each[1], default=(None, None))
    yield NoticeOwed(
        case_id,
        case.team,
        "decision",
        clock.code if clock else None,
        REQUESTER,
        since,
        _due_on(clock, due_at, policies) if clock and due_at else None,
    )


def _comes_after(entry: Entry, decided: Entry) -> bool:
    """Whether something happened after a decision, or at once with it and was entered later."""
    at, since = entry.context.effective_at, decided.context.effective_at
    return (at, entry.version) > (since, decided.version)


def _answered(said: list[Entry], last: Entry, case: Case) -> Iterator[tuple[Clock, datetime]]:
    """The clocks that were counted as answered with the decision, and when they were due."""
    for entry in said:
        fact = entry.fact
        if entry.version <= last.version or not isinstance(fact, ClockStopped):
            continue
        if fact.cause == GIVEN and fact.due_at is not None and fact.clock in case.clocks:
            yield case.clocks[fact.clock], fact.due_at


def _to_be_answered(case: Case, policies: Policies) -> Iterator[tuple[Clock, datetime]]:
    """The clocks that run until the decision is given, and when they are due."""
    for clock in case.own_clocks:
        definition = policies.cited(clock.law).compiled.clocks[clock.code]
        if clock.due_at is not None and GIVEN in definition.stops_on:
            yield clock, clock.due_at


def _due_on(clock: Clock, due_at: datetime, policies: Policies) -> date | None:
    if clock.policy is None:
        return None
    compiled = policies.cited(clock.policy).compiled
    days = compiled.calendars.days_of(compiled.clocks[clock.code].zone)
    on = days.date_of(due_at)
    return date.fromordinal(on.toordinal() - 1) if days.begin(on) == due_at else on


def _told_of_lapse(case: Case) -> Iterator[datetime]:
    """When the requester was told that their request may lapse."""
    yield from (case.milestones[act] for act in TOLD & case.milestones.keys())
    for notice in case.notices.values():
        if notice.kind == "lapse" and notice.stands and notice.given_at is not None:
            yield notice.given_at


def _of_lapses(case_id: UUID, case: Case, policies: Policies) -> Iterator[NoticeOwed]:
    """The requester, that a clock will lapse if they do not answer: in time for it to lapse as soon as it may."""
    told_at = max(_told_of_lapse(case), default=None)
    for clock in case.own_clocks:
        version = policies.cited(clock.law)
        definition = version.compiled.clocks[clock.code]
        days = calendars_of(policies, clock.policy, clock.calendars)
        for wait in case.waits:
            reason = version.policy.reasons.wait.get(wait.reason)
            waited = reason is not None and reason.on == REQUESTER and wait.to_at is None
            if not waited or definition.effect_of(wait.reason).effect == "none":
                continue
            by_on = notice_by(definition, days, wait)
            if by_on is not None and (told_at is None or told_at < wait.from_at):
                lapses_on = lapse_on(definition, days, wait)
                yield NoticeOwed(
                    case_id,
                    case.team,
                    "lapse",
                    clock.code,
                    REQUESTER,
                    wait.from_at,
                    by_on,
                    lapses_on,
                )
