"""The ids under which a case of another system is recorded: the same whatever else is said of it.

Several systems can have a number each for one case. Under each it is known again, by a log or an export of whichever.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from api.channels.histories import CalledSo, Finding
from ledger.case.history.imported import CaseImported
from ledger.case.intake.external_ids import ExternalIdGiven, GiveExternalId
from ledger.case.intake.opening import CaseOpened
from ledger.commands import Request
from ledger.entry import Actor
from ledger.ids import case_stream, reference_of, subject_id_of
from ledger.service import Ledger
from ledger.times import EPOCH


def imported_as(ledger: Ledger, source: str, external_id: str) -> UUID:
    """The command id of a case's import, whatever its times, so that a later delivery opens it no second time."""
    return ledger.derived_id(EPOCH, "import-case", source, external_id)


def requested_as(ledger: Ledger, source: str, external_id: str) -> UUID:
    """The command id of the opening of a case by a row of requests, whatever the row says."""
    return ledger.derived_id(EPOCH, "request-opens", source, external_id)


def case_called(ledger: Ledger, called: CalledSo, *, by_logs: bool = False) -> UUID | None:
    """The case that a source calls so; `by_logs` leaves out what only a row of requests opened."""
    ways = (imported_as,) if by_logs else (imported_as, requested_as)
    for way in ways:
        stream = ledger.stream_of_command(way(ledger, called.source, called.external_id))
        if stream is not None:
            return subject_id_of(stream)
    return None


def same_by_another_id(
    ledger: Ledger, source: str, also: Iterable[CalledSo], *, by_logs: bool = False
) -> UUID | None:
    """The case that an id of another system stands for, unless this source calls that case otherwise.

    Two cases of one source are two, also where an older system had one number for both.
    """
    for each in also:
        case_id = case_called(ledger, each, by_logs=by_logs)
        if case_id is not None and source not in _callers(ledger, case_id):
            return case_id
    return None


def _callers(ledger: Ledger, case_id: UUID) -> frozenset[str | None]:
    """The sources that call a case something."""
    return frozenset(_each_caller(ledger, case_id))


def _each_caller(ledger: Ledger, case_id: UUID) -> Iterator[str | None]:
    for read in ledger.read(case_stream(case_id)):
        match read.entry.fact:
            case CaseImported():
                yield read.entry.context.source
            case CaseOpened(source=source) | ExternalIdGiven(source=source):
                yield source
            case _:
                continue


def calling(ledger: Ledger, case_id: UUID, called: CalledSo, actor: Actor) -> Request:
    """What puts on record that a case is called so too; under its command id it is found and known again."""
    named = (called.source, called.external_id)
    command = GiveExternalId(
        case_id=case_id,
        record_id=ledger.derived_id(EPOCH, "import-called", *named),
        external_id=called.external_id,
        source=called.source,
    )
    return Request(command, actor, imported_as(ledger, *named))


def of_another_case(called: CalledSo, case_id: UUID) -> Finding:
    """What a person looks at: an id that is that of another case already."""
    return Finding(
        "id-of-another-case",
        f"What {called.source} calls it is what it calls the case {reference_of(case_id)} too: link the two if both "
        "are of one matter.",
    )
