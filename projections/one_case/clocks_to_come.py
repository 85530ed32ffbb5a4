"""Clocks to come: those of an open case's type that have not started, and what each waits for."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from ledger.case.clocks.standing import moments_of
from ledger.case.for_rules import routing_facts
from ledger.case.state import Case
from ledger.policy.clocks.arming import to_come
from ledger.policy.in_force import Policies


class ClockToCome(NamedTuple):
    """A clock that has not started, and the moment or act that starts it; `of_an_act` says which of the two it is.

    Where it waits for a complete request, `unmet` says what that needs yet besides the fields that are missing.
    """

    clock: str
    starts_on: str
    of_an_act: bool
    unmet: tuple[str, ...] = ()


def clocks_to_come(case: Case, policies: Policies, *, at: datetime) -> tuple[ClockToCome, ...]:
    """The clocks that this case waits for, by the policy in force at an instant; none once it is resolved.

    None either where no policy is in force yet.
    """
    if case.status == "resolved" or not any(
        each.effective_from <= at for each in policies.versions
    ):
        return ()
    version = policies.in_force(at)
    kind = version.policy.types.get(case.request_type or "")
    if kind is None:
        return ()
    on = version.compiled.calendars.days_of(version.policy.office.zone).date_of(at)
    clocks = to_come(version.compiled, routing_facts(case), moments_of(case), on=on)
    return tuple(
        ClockToCome(
            each.code,
            each.start_event or each.starts_on,
            of_an_act=each.start_event is not None,
            unmet=kind.unmet(case.needs) if each.starts_on == "complete" else (),
        )
        for each in clocks
        if each.code not in case.clocks
    )
