"""The pure rules: the policy document, calendars, clocks, routing and load.

`read_policy` gives a `Policy`; `compile_policy` makes it ready; then `route`, `armed`, `wanting`
and `reckon` answer from it, with everything else handed in.
"""

from __future__ import annotations

from ledger.policy.arming import Armed, armed, starts_at, wanting
from ledger.policy.calendars import (
    BeyondCalendar,
    Calendars,
    CountingCalendar,
    OfficeHours,
    compile_calendars,
)
from ledger.policy.checking import check
from ledger.policy.clock_requests import DutyDue, extended, may_reset, may_wait
from ledger.policy.clocks import (
    ClockDefinition,
    ClockHistory,
    Extended,
    Reckoning,
    Reopening,
    RungAt,
    Waiting,
    applies,
    recheck,
    reckon,
)
from ledger.policy.compiled import CompiledPolicy, compile_policy
from ledger.policy.document import Policy
from ledger.policy.explaining import explain
from ledger.policy.load import Load, capacity, room
from ledger.policy.problems import PolicyError, Problem
from ledger.policy.reading import (
    digest_policy,
    document_of,
    join_names,
    read_policy,
    split_names,
)
from ledger.policy.routing import Routing, RoutingFacts, replay, route, routing_from

__all__ = [
    "Armed",
    "BeyondCalendar",
    "Calendars",
    "ClockDefinition",
    "ClockHistory",
    "CompiledPolicy",
    "CountingCalendar",
    "DutyDue",
    "Extended",
    "Load",
    "OfficeHours",
    "Policy",
    "PolicyError",
    "Problem",
    "Reckoning",
    "Reopening",
    "Routing",
    "RoutingFacts",
    "RungAt",
    "Waiting",
    "applies",
    "armed",
    "capacity",
    "check",
    "compile_calendars",
    "compile_policy",
    "digest_policy",
    "document_of",
    "explain",
    "extended",
    "join_names",
    "may_reset",
    "may_wait",
    "read_policy",
    "recheck",
    "reckon",
    "replay",
    "room",
    "route",
    "routing_from",
    "split_names",
    "starts_at",
    "wanting",
]
