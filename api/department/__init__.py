"""The simulated office, which fills a ledger the way an office would."""

from __future__ import annotations

from api.department.agenda import SimulatedClock
from api.department.office import BEGINS_AT, OfficeRun, run_office

__all__ = ["BEGINS_AT", "OfficeRun", "SimulatedClock", "run_office"]
