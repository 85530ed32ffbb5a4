"""Accesses: every reading of personal data is itself recorded, before anything is decrypted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from pydantic import Field

from ledger.commands import Circumstances, Command, Kind
from ledger.entry import Entry, Happened
from ledger.facts import Fact, PersonalText, fact


@fact
class PersonalValuesRead(Fact):
    """Somebody was shown personal values of a stream up to a version, on a stated purpose."""

    read_stream: str
    upto_version: int
    purpose: PersonalText


class ReadPersonalValues(Command):
    """Ask to see the personal values of a stream."""

    access_id: UUID
    read_stream: str
    upto_version: int
    purpose: str = Field(min_length=3)

    @property
    def stream(self) -> str:
        return f"access/{self.access_id}"


@dataclass(frozen=True, slots=True)
class Access:
    """A reading that was recorded, or not yet."""

    recorded: bool = False


def read_personal_values(
    access: Access, asked: ReadPersonalValues, around: Circumstances
) -> Sequence[Happened]:
    """A reading is recorded once."""
    if access.recorded:
        return ()
    return (around.happened(PersonalValuesRead(**asked.model_dump(exclude={"access_id"}))),)


def evolve(access: Access, happened: Happened | Entry) -> Access:
    """An access after one more fact."""
    return Access(recorded=True) if isinstance(happened.fact, PersonalValuesRead) else access


ACCESS = Kind("access", Access(), {ReadPersonalValues: read_personal_values}, evolve)
