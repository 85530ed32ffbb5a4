"""Statistics of an access office: received, completed, on time, extended, exemptions used, days, over a time. Pure.

A request is a case of a type that arms a clock which stops when access is given, or one that a disclosure
answers that was not ended as begun by mistake. Days are calendar days from receipt to the answer, by the office's zone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Literal, TypeAlias, get_args
from uuid import UUID

from ledger.case.known.timed import Clock
from ledger.case.state import Case
from ledger.ids import reference_of
from ledger.policy.calendars.zones import LocalDays
from ledger.policy.document.policy import Policy
from ledger.policy.in_force import Policies
from projections.disclosures.dossier import Dossier

Result: TypeAlias = Literal[
    "granted", "part", "refused", "no_record", "neither_confirm_nor_deny", "withdrawn", "other"
]
RESULTS: tuple[Result, ...] = get_args(Result)
_ANSWERS = ("access_given", "decision_given")
_OF_CASE: Mapping[str, Result] = {
    "granted": "granted",
    "part": "part",
    "refused": "refused",
    "no-record": "no_record",
    "withdrawn": "withdrawn",
}


_BEFORE = timedelta.resolution
"""A date ends as the next begins: what was due at that instant was due on the date that ended."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request: when it came and was answered, whether in time, how, and what it took."""

    case_id: UUID
    reference: str
    request_type: str | None
    received_on: date
    answered_on: date | None
    result: Result | None
    on_time: bool | None
    """None while nothing can be said: it runs, or has no clock."""
    overdue_on: date | None
    """The date by whose end it was to be answered, where it was not."""
    extensions: int
    exemptions: tuple[str, ...]
    applicant_class: str | None
    minutes: int
    cost_cents: int
    paid_cents: int
    pages: int

    @property
    def days(self) -> int | None:
        """Calendar days from receipt to the answer."""
        return None if self.answered_on is None else (self.answered_on - self.received_on).days


@dataclass(frozen=True, slots=True)
class Statistics:
    """What an access office did from one date to another, both included."""

    from_on: date
    until_on: date
    pending_at_start: int
    received: int
    completed: int
    pending_at_end: int
    on_time: int
    late: int
    overdue_at_end: int
    extended: int
    extensions: int
    results: Mapping[str, int]
    exemptions: Mapping[str, int]
    """In how many requests each was cited."""
    applicants: Mapping[str, int]
    median_days: str | None
    average_days: str | None
    lowest_days: int | None
    highest_days: int | None
    minutes: int
    cost_cents: int
    paid_cents: int
    pages: int


def is_request(policy: Policy, request_type: str | None) -> bool:
    """Whether cases of a type ask for records: a clock of theirs stops when access is given."""
    kind = policy.types.get(request_type or "")
    return kind is not None and any(
        "access_given" in policy.clocks[each.clock].stops_on for each in kind.clocks
    )


def request_of(
    case_id: UUID, case: Case, answers: Sequence[Dossier], policies: Policies, days: LocalDays
) -> Request:
    """What the statistics need of one request: its case, and the disclosures that answer it."""
    own = [each for each in answers if each.state.publishes is None]
    answered_at = _answered_at(case, policies)
    said = next((each.answer for each in reversed(own) if each.answer is not None), None)
    result: Result | None = None
    if answered_at is not None:
        result = said.outcome if said else _OF_CASE.get(case.outcome or "", "other")
    opened = next((each.opened for each in own if each.opened is not None), None)
    received_at = case.received_at or datetime.min.replace(tzinfo=days.zone)
    return Request(
        case_id=case_id,
        reference=reference_of(case_id),
        request_type=case.request_type,
        received_on=days.date_of(received_at),
        answered_on=days.date_of(answered_at) if answered_at else None,
        result=result,
        on_time=_on_time(case, policies),
        overdue_on=_overdue_on(case, policies, days),
        extensions=sum(len(each.history.extensions) for each in _clocks(case, policies)),
        exemptions=said.exemptions if said else (),
        applicant_class=opened.applicant_class if opened else None,
        minutes=sum(
            sum(each.minutes for each in (*known.times, *known.searches)) for known in answers
        ),
        cost_cents=sum(each.cost_cents or 0 for known in answers for each in known.times),
        paid_cents=sum(fees.paid - fees.refunded for fees in (each.state.fees for each in own)),
        pages=sum(each.listed.pages for known in own for each in known.items.values()),
    )


def _clocks(case: Case, policies: Policies) -> list[Clock]:
    """The clocks of a case that an answer stops, those that ran for another edition of the law apart."""
    found: list[Clock] = []
    for clock in case.clocks.values():
        if clock.policy is None or clock.state == "superseded":
            continue
        terms = policies.cited(clock.policy).policy.clocks.get(clock.code)
        if terms is not None and "access_given" in terms.stops_on:
            found.append(clock)
    return found


def _answered_at(case: Case, policies: Policies) -> datetime | None:
    done = [case.milestones[act] for act in _ANSWERS if act in case.milestones]
    stopped = [each.history.stopped_at for each in _clocks(case, policies)]
    known = [each for each in (*done, *stopped) if each is not None]
    return min(known) if known else case.resolved_at


def _on_time(case: Case, policies: Policies) -> bool | None:
    clocks = _clocks(case, policies)
    if any(_is_late(each) for each in clocks):
        return False
    return True if any(each.state == "met" for each in clocks) else None


def _overdue_on(case: Case, policies: Policies, days: LocalDays) -> date | None:
    late = [each.due_at for each in _clocks(case, policies) if _is_late(each)]
    return min((days.date_of(each - _BEFORE) for each in late if each is not None), default=None)


def _is_late(clock: Clock) -> bool:
    return clock.breached or clock.state == "breached"


def statistics(requests: Iterable[Request], *, from_on: date, until_on: date) -> Statistics:
    """The statistics of these requests from one date to another, both included."""
    known = [each for each in requests if each.received_on <= until_on]
    before = [each for each in known if each.received_on < from_on]
    completed = [
        each
        for each in known
        if each.answered_on is not None and from_on <= each.answered_on <= until_on
    ]
    pending = [each for each in known if each.answered_on is None or each.answered_on > until_on]
    took = sorted(days for each in completed if (days := each.days) is not None)
    results = Counter(each.result or "other" for each in completed)
    cited = Counter(code for each in completed for code in each.exemptions)
    received = [each for each in known if each.received_on >= from_on]
    return Statistics(
        from_on=from_on,
        until_on=until_on,
        pending_at_start=sum(
            each.answered_on is None or each.answered_on >= from_on for each in before
        ),
        received=len(received),
        completed=len(completed),
        pending_at_end=len(pending),
        on_time=sum(each.on_time is True for each in completed),
        late=sum(each.on_time is False for each in completed),
        overdue_at_end=sum(
            each.overdue_on is not None and each.overdue_on <= until_on for each in pending
        ),
        extended=sum(each.extensions > 0 for each in completed),
        extensions=sum(each.extensions for each in completed),
        results={code: results[code] for code in RESULTS},
        exemptions=dict(sorted(cited.items())),
        applicants=dict(
            sorted(Counter(each.applicant_class or "unknown" for each in received).items())
        ),
        median_days=_exactly(median(took)) if took else None,
        average_days=f"{sum(took) / len(took):.2f}" if took else None,
        lowest_days=took[0] if took else None,
        highest_days=took[-1] if took else None,
        minutes=sum(each.minutes for each in completed),
        cost_cents=sum(each.cost_cents for each in completed),
        paid_cents=sum(each.paid_cents for each in completed),
        pages=sum(each.pages for each in completed),
    )


def _exactly(value: float) -> str:
    """A median of whole numbers: whole, or with a half."""
    return str(int(value)) if value == int(value) else f"{value:.1f}"
