"""Verbs: every command that is asked from outside, once for the command line and for HTTP."""

from __future__ import annotations

from api.verbs.case_verbs import VERBS
from api.verbs.following import Followed, followed
from api.verbs.verb import Around, Find, Follow, Verb, case_of, filled

__all__ = [
    "VERBS",
    "Around",
    "Find",
    "Follow",
    "Followed",
    "Verb",
    "case_of",
    "filled",
    "followed",
]
