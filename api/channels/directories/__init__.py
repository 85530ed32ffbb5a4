"""Directories of staff: who joined, changed and left, as an identity system exports it, held against the policy."""

from __future__ import annotations

from api.channels.directories.comparing import Change, Compared, Leaving, Unsettled, compared
from api.channels.directories.files import Listed, Person, read_directory
from api.channels.directories.proposing import proposed

__all__ = [
    "Change",
    "Compared",
    "Leaving",
    "Listed",
    "Person",
    "Unsettled",
    "compared",
    "proposed",
    "read_directory",
]
