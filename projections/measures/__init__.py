"""Measures: what happened to cases, put to the formulas, for one window and any filters.

A measure of a window is taken at its end: what was open then, and what had stuck by then. All figures
of a report stand on the same cases and carry the same window, filters and position.
"""

from __future__ import annotations

from projections.measures.asking import Asking, Filters
from projections.measures.comparing import LANGUAGES, SMALLEST, Group, Trait, compared
from projections.measures.report import Report, report

__all__ = [
    "LANGUAGES",
    "SMALLEST",
    "Asking",
    "Filters",
    "Group",
    "Report",
    "Trait",
    "compared",
    "report",
]
