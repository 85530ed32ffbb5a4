"""In words: what a command asked of a case says in texts of which passages can be about other parties of the case.

Words are counted as where some of them are withheld: from 0, the end not included, a word with the white
space after it. What no passage covers is about whom the text is about anyway.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, TypeAlias, get_args
from uuid import UUID

from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass

from ledger.commands import CaseCommand, Command
from ledger.facts import SharedText
from ledger.input.fitting import TOO_BIG

CaseRole = Literal[
    "requester", "subject", "representative", "third_party", "witness", "staff_complained_about"
]
WordNumber = Annotated[int, Field(ge=0, lt=TOO_BIG)]


class _Marked:
    """Marks the fields of commands that are free texts."""


if TYPE_CHECKING:
    Words: TypeAlias = str | SharedText
else:
    Words = Annotated[str, _Marked()]
"""A free text of a command: a string as it is asked, and for its decision a `SharedText` where passages are marked."""


@dataclass(frozen=True, slots=True, config=ConfigDict(extra="forbid"))
class Passage:
    """Words of a text that are about a party of the case: its id, or its role if only one has it.

    `of` says of which text where a command has several: the name of the field, of the value or of the answer.
    """

    party: UUID | CaseRole
    first: WordNumber
    end: WordNumber
    of: str | None = None


class InWords(CaseCommand):
    """Something asked of a case in words, of which passages can be about other parties of the case."""

    named: ClassVar[str | None] = None
    """The field that holds texts by name, which its decision itself puts together with their passages."""

    passages: tuple[Passage, ...] = Field(default=(), exclude_if=lambda given: not given)

    def for_fact(self, *besides: str) -> dict[str, Any]:
        """The same, each text as it is about whom."""
        left_out = {self.asked_of[1], "passages", *besides}
        return {
            name: getattr(self, name) for name in type(self).model_fields if name not in left_out
        }

    @property
    def concerned(self) -> tuple[UUID, ...]:
        """Who is concerned in the case once this is recorded."""
        return ()


@cache
def texts_of(command: type[Command]) -> tuple[str, ...]:
    """The fields of a command that are texts of which passages can be about other parties."""
    if not issubclass(command, InWords):
        return ()
    return tuple(
        name
        for name, field in command.model_fields.items()
        if any(isinstance(each, _Marked) for each in (*field.metadata, *_marks(field.annotation)))
    )


def _marks(annotation: Any) -> Iterator[Any]:
    """What an annotation is marked with, its alternatives included."""
    yield from getattr(annotation, "__metadata__", ())
    for part in get_args(annotation):
        yield from _marks(part)
