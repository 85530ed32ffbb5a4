"""The pure rules: the policy document, calendars, clocks, routing and load.

`read_policy` gives a `Policy`; `compile_policy` makes it ready; then `route`, `armed`, `wanting`
and `reckon` answer from it, with everything else handed in.
"""

from __future__ import annotations

from ledger.policy.calendars.counting import (
    BeyondCalendar,
    Calendars,
    CountingCalendar,
    OfficeHours,
    compile_calendars,
)
from ledger.policy.checking import check
from ledger.policy.clocks.arming import Armed, armed, starts_at, wanting
from ledger.policy.clocks.certificates import recheck
from ledger.policy.clocks.history import (
    ClockHistory,
    Extended,
    Reckoning,
    Reopening,
    RungAt,
    Standing,
    Waiting,
)
from ledger.policy.clocks.reckoning import applies, reckon, standing
from ledger.policy.clocks.requests import DutyDue, extended, may_reset, may_wait
from ledger.policy.compiled.policy import CompiledPolicy, compile_policy
from ledger.policy.document.clocks import ClockDefinition
from ledger.policy.document.conditions import RoutingFacts
from ledger.policy.document.policy import Policy
from ledger.policy.document.problems import PolicyError, Problem
from ledger.policy.document.stored import digest_policy, document_of, join_names, split_names
from ledger.policy.load import Load, capacity, room
from ledger.policy.reading.toml import read_policy
from ledger.policy.routing.explaining import explain
from ledger.policy.routing.rules import Routing, replay, route, routing_from

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
    "Standing",
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
    "standing",
    "starts_at",
    "wanting",
]
