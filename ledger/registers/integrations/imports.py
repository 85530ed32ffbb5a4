"""Imports: each batch is a stream that says which file was read by which mapping, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from ledger.commands import Circumstances, Command, Kind
from ledger.entry import Entry, Happened
from ledger.errors import UnlawfulTransition
from ledger.facts import Fact, PersonalText, PersonalValues, Values, fact


@fact
class ImportBegun(Fact):
    """A log began to be imported; `names` are the actors' names by their pseudonyms."""

    source: str
    mapping: str
    mapping_digest: str
    format: str
    file_digest: PersonalText
    names: PersonalValues


@fact
class ImportFinished(Fact):
    """An import came to its end: counts of rows, cases, set aside and findings, which add up to the file's."""

    report: Values
    set_aside: PersonalValues


class ImportCommand(Command):
    """Something asked of an import."""

    asked_of = ("import", "batch")

    batch: UUID


class BeginImport(ImportCommand):
    """Begin to import a log."""

    source: str
    mapping: str
    mapping_digest: str
    format: str
    file_digest: str
    names: Mapping[str, str]


class FinishImport(ImportCommand):
    """Say what came of an import; `set_aside` gives each row that could not be recorded, with its reason."""

    report: Values
    set_aside: Values


@dataclass(frozen=True, slots=True)
class Import:
    """How far an import came."""

    begun: bool = False
    finished: bool = False


def begin_import(state: Import, asked: BeginImport, around: Circumstances) -> Sequence[Happened]:
    """An import is begun once; begun again it goes on where it stopped."""
    if state.begun:
        return ()
    return (around.happened(ImportBegun(**asked.for_fact())),)


def finish_import(state: Import, asked: FinishImport, around: Circumstances) -> Sequence[Happened]:
    """An import is finished once."""
    if not state.begun:
        raise UnlawfulTransition(
            "This import was never begun: begin it first.", rule="begun-before-finished"
        )
    if state.finished:
        return ()
    return (around.happened(ImportFinished(**asked.for_fact())),)


def evolve(state: Import, happened: Happened | Entry) -> Import:
    """An import after one more fact."""
    match happened.fact:
        case ImportBegun():
            return Import(begun=True, finished=state.finished)
        case ImportFinished():
            return Import(begun=state.begun, finished=True)
        case _:
            return state


IMPORT = Kind("import", Import(), {BeginImport: begin_import, FinishImport: finish_import}, evolve)
