"""Given out: each bundle of a case that left the house besides disclosures, in a stream of its own that stays sealed.

So an erasure finds what was given out before, and whoever holds a file can hold its digest against the record.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from pydantic import Field

from ledger.case.contact.filing import Sha256Hex
from ledger.commands import Circumstances, Command, Kind
from ledger.entry import Entry, Happened
from ledger.errors import CaseNotFound
from ledger.facts import Fact, PersonalText, fact
from ledger.ids import case_stream

STREAM = "release"


@fact
class CaseGivenOut(Fact):
    """A case was written out whole as a bundle: its digest, and the size and root of the checkpoint that it cites.

    `shows_values` says whether personal values are shown in it.
    """

    case_id: UUID
    shows_values: bool
    bundle: str
    checkpoint_size: int
    checkpoint_root: str
    audience: PersonalText
    given_to: PersonalText
    purpose: PersonalText


class RecordCaseGivenOut(Command):
    """Record that the bundle of a case was made."""

    asked_of = (STREAM, "release_id")

    release_id: UUID
    case_id: UUID
    shows_values: bool
    bundle: Sha256Hex
    checkpoint_size: int = Field(ge=1)
    checkpoint_root: str = Field(min_length=1)
    audience: str = Field(min_length=1)
    purpose: str = Field(min_length=1)
    given_to: str | None = None


def record_case_given_out(
    recorded: bool,  # noqa: FBT001 - the whole state of such a stream
    asked: RecordCaseGivenOut,
    around: Circumstances,
) -> Sequence[Happened]:
    """A bundle is recorded once, and of a case that is there."""
    if recorded:
        return ()
    if around.look(case_stream(asked.case_id)) is None:
        raise CaseNotFound("No such case is in this ledger: check the reference.")
    return (around.happened(CaseGivenOut(**asked.for_fact())),)


def evolve(_recorded: bool, _happened: Happened | Entry) -> bool:  # noqa: FBT001
    """A stream of this kind has one entry."""
    return True


RELEASE = Kind(STREAM, False, {RecordCaseGivenOut: record_case_given_out}, evolve)
