"""Running out: calendars and delegations that end soon, told before anything is refused for want of them. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from ledger.policy.acting.authority import delegated_on, holders
from ledger.policy.calendars.counting import BeyondCalendar
from ledger.policy.clocks.history import ClockHistory
from ledger.policy.clocks.reckoning import applies, reckon
from ledger.policy.dates import ONE_DAY
from ledger.policy.document.decisions import Delegation
from ledger.policy.document.policy import Policy
from ledger.policy.in_force import Policies, PolicyVersion

LEAD_DAYS = 60
"""So many days before something is refused for want of it, it is said that it runs out."""


@dataclass(frozen=True, slots=True)
class RunsOut:
    """A calendar past whose end due dates will soon be laid out, or a delegation that ends, and its last day."""

    what: Literal["calendar", "delegation"]
    code: str
    ends_on: date


def running_out(policies: Policies, at: datetime) -> tuple[RunsOut, ...]:
    """What runs out within `LEAD_DAYS` of an instant, what ends first on top.

    Told by the policy that is in force then, as far as it is published by now: what that one prolongs
    does not run out.
    """
    by_then = [
        each for each in policies.versions if each.effective_from <= at + timedelta(days=LEAD_DAYS)
    ]
    if not by_then:
        return ()
    version = by_then[-1]
    on = version.compiled.calendars.days_of(version.policy.office.zone).date_of(at)
    found = (*_calendars(version, at, on), *_delegations(version, on))
    return tuple(sorted(found, key=lambda each: (each.ends_on, each.what, each.code)))


def _calendars(version: PolicyVersion, at: datetime, on: date) -> Iterator[RunsOut]:
    """Each calendar that ends by then, or before the due date of a case that is opened then."""
    ends = {code: terms.ends_on for code, terms in version.policy.calendars.items()}
    last_on = on + timedelta(days=LEAD_DAYS)
    short = {code for code, ends_on in ends.items() if ends_on < last_on}
    for code in {each.clock for kind in version.policy.types.values() for each in kind.clocks}:
        clock = version.compiled.clocks[code]
        if not applies(clock, start_on=last_on, event_on=last_on):
            continue
        try:
            reckon(clock, version.compiled.calendars, ClockHistory(at + timedelta(days=LEAD_DAYS)))
        except BeyondCalendar as beyond:
            short.add(str(beyond.ground["calendar"]))
    for code in short:
        yield RunsOut("calendar", code, ends[code])


def _delegations(version: PolicyVersion, on: date) -> Iterator[RunsOut]:
    """Each delegation that ends by then with nothing in its place, or has ended so that nobody may decide a type."""
    policy = version.policy
    judged = [code for code, kind in policy.types.items() if kind.judgement]
    for code, each in policy.delegations.items():
        if each.ends_on is None or each.ends_on > on + timedelta(days=LEAD_DAYS):
            continue
        left = [kind for kind in judged if each.is_for(kind) and not delegated_on(policy, kind, on)]
        if left if each.ends_on < on else not _succeeded(policy, each, each.ends_on + ONE_DAY):
            yield RunsOut("delegation", code, each.ends_on)


def _succeeded(policy: Policy, ending: Delegation, day: date) -> bool:
    """Whether who holds a delegation may decide as much under another one on a day."""
    return any(
        each.valid_on(day)
        and (not each.types or (ending.types and {*ending.types} <= {*each.types}))
        and (not each.outcomes or (ending.outcomes and {*ending.outcomes} <= {*each.outcomes}))
        and {*holders(policy, ending)} <= {*holders(policy, each)}
        for each in policy.delegations.values()
    )
