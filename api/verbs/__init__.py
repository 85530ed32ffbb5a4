"""Verbs: every command that is asked from outside, once for the command line and for HTTP."""

from __future__ import annotations

from api.verbs.case_verbs import CASE_VERBS
from api.verbs.directory_verbs import DIRECTORY_VERBS
from api.verbs.flow_verbs import FLOW_VERBS
from api.verbs.following import Followed, followed
from api.verbs.inquiry_verbs import INQUIRY_VERBS
from api.verbs.keeping_verbs import KEEPING_VERBS
from api.verbs.policy_verbs import POLICY_VERBS
from api.verbs.verb import (
    CASE_NAMED,
    CASES_NAMED,
    Around,
    Ask,
    Verb,
    case_of,
    cases_in,
    filled,
    with_cases_found,
)

__all__ = [
    "CASES_NAMED",
    "CASE_NAMED",
    "CASE_VERBS",
    "DIRECTORY_VERBS",
    "FLOW_VERBS",
    "INQUIRY_VERBS",
    "KEEPING_VERBS",
    "POLICY_VERBS",
    "VERBS",
    "Around",
    "Ask",
    "Followed",
    "Verb",
    "case_of",
    "cases_in",
    "filled",
    "followed",
    "with_cases_found",
]

VERBS = {
    **CASE_VERBS,
    **DIRECTORY_VERBS,
    **FLOW_VERBS,
    **KEEPING_VERBS,
    **INQUIRY_VERBS,
    **POLICY_VERBS,
}
"""Each verb with its command, by chapter."""
