"""Pull order: who may take a case, and whose turn it is (practice, row 'Pull, WIP, expertise').

Immediate danger has a lane of its own. A case past a multiple of its type's median goes to the head, so
that nothing starves; then what is dated, by its latest safe start, then what is undated, the oldest first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, get_args

from ledger.errors import Refusal
from ledger.policy.calendars.counting import OfficeHours
from ledger.policy.calendars.zones import LocalDays
from ledger.policy.compiled.taking import has_skill
from ledger.policy.document.policy import Policy
from ledger.policy.document.pulling import PullTerms, TypePull
from ledger.policy.routing.cover import eligible_present
from ledger.policy.routing.presence import Directory

PullLane = Literal["immediate", "aged", "dated", "undated"]
LANES: tuple[PullLane, ...] = get_args(PullLane)
UNDATED_DAYS = 28
"""An undated case of a type without a median goes to the head after so many calendar days."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What of a case its turn and who may take it depend on."""

    request_type: str | None
    region: str | None
    language: str | None
    immediate: bool
    due_at: datetime | None
    received_at: datetime
    skills: tuple[str, ...] = ()
    """What it takes in the team in whose queue it waits (`CompiledPolicy.skills`)."""
    interview_language: str | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """Where a case stands in the order: its lane, and in it by `at`, the earliest first.

    `at` is the latest safe start of a dated case, the receipt of any other; `working_minutes` is the
    80th percentile of working time that the policy gives the type, by which it was reckoned.
    """

    lane: PullLane
    at: datetime
    working_minutes: int | None

    @property
    def key(self) -> tuple[int, datetime]:
        return LANES.index(self.lane), self.at


def turn(
    waiting: Waiting, policy: Policy, *, hours: OfficeHours, days: LocalDays, now: datetime
) -> Turn:
    """The turn of a case at an instant."""
    kind = _of_type(policy, waiting.request_type)
    minutes = kind.working_minutes
    if waiting.immediate:
        return Turn("immediate", waiting.received_at, minutes)
    if _aged(waiting, kind, policy.pull, days, now):
        return Turn("aged", waiting.received_at, minutes)
    if waiting.due_at is None:
        return Turn("undated", waiting.received_at, minutes)
    return Turn("dated", latest_start(waiting.due_at, minutes or 0, hours), minutes)


def latest_start(due_at: datetime, minutes: int, hours: OfficeHours) -> datetime:
    """The latest instant from which so many open minutes are left; the due instant itself beyond the calendar."""
    if minutes == 0:
        return due_at
    try:
        left = hours.open_until(due_at) - timedelta(minutes=minutes)
        if left <= timedelta(0):
            return due_at
        at = hours.reached(left)
        return at if hours.is_open(at) else hours.opening_from(at)
    except Refusal:
        return due_at


def wanting(waiting: Waiting, policy: Policy, member: str) -> tuple[str, ...]:
    """What somebody lacks to take a case, as `skill:road`, `region:WES`, `language:fr`; nothing if they may."""
    return tuple(name for name, met in _criteria(waiting, policy, member) if not met)


def fitting(waiting: Waiting, policy: Policy, member: str) -> tuple[str, ...]:
    """By what somebody may take a case, in the same words."""
    return tuple(name for name, met in _criteria(waiting, policy, member) if met)


def who_may(
    waiting: Waiting, policy: Policy, team: str, *, directory: Directory, on: date
) -> tuple[str, ...]:
    """The people of a team who may take a case and are there on a date."""
    return tuple(
        code
        for code in eligible_present(policy, directory, team, on=on)
        if not wanting(waiting, policy, code)
    )


def _criteria(waiting: Waiting, policy: Policy, code: str) -> Iterator[tuple[str, bool]]:
    terms, member = policy.pull, policy.members[code]
    if terms is None:
        return
    if "skill" in terms.eligible_by:
        for skill in waiting.skills:
            yield f"skill:{skill}", has_skill(member, skill)
    if "region" in terms.eligible_by and waiting.region is not None and code in terms.regions:
        around = _around(policy, waiting.region)
        yield f"region:{waiting.region}", bool(around & {*terms.regions[code]})
    if "language" in terms.eligible_by:
        needed = {waiting.language, waiting.interview_language}
        for each in policy.office.languages:
            if each in needed:
                yield f"language:{each}", each in member.languages


def _around(policy: Policy, region: str) -> set[str]:
    """The region and every one that it lies within."""
    found = set[str]()
    at: str | None = region
    while at is not None and at not in found:
        found.add(at)
        known = policy.regions.get(at)
        at = known.within if known else None
    return found


def _of_type(policy: Policy, request_type: str | None) -> TypePull:
    terms = policy.pull
    if terms is None or request_type is None:
        return TypePull()
    return terms.types.get(request_type, TypePull())


def _aged(
    waiting: Waiting, kind: TypePull, terms: PullTerms | None, days: LocalDays, now: datetime
) -> bool:
    """Whether a case waits longer than the multiple of its type's median; undated ones without one, than four weeks."""
    received: date = days.date_of(waiting.received_at)
    age = (days.date_of(now) - received).days
    if terms is not None and kind.median_days is not None:
        return age * 100 > terms.ageing_percent * kind.median_days
    return waiting.due_at is None and age > UNDATED_DAYS
