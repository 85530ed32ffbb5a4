"""Record items as a case knows them: in which language each is, and of what it is the translation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal
from uuid import UUID

from pydantic import StringConstraints

LanguageTag = Annotated[
    str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=35)
]
"""A language as BCP 47 tags it, such as fr, mic or fr-CA; a sign language has one too, such as ase."""
MadeBy = Literal["person", "machine"]
PrivilegeKind = Literal["solicitor_client", "litigation", "settlement", "cabinet"]
"""Why something is apart from the casework from when it is made: given out to nobody unless its holder waives that."""


@dataclass(frozen=True, slots=True)
class RecordItem:
    """One document or recording on the case's list; `of` is the item or the entry whose translation it is."""

    language: str | None = None
    of: UUID | int | None = None
    translator: str | None = None
    reviewers: frozenset[str] = frozenset()
