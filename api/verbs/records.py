"""Records of other systems: one of them opens one case, under whatever command ids and by whichever of its ids.

The case's id derives from what the record is called, keyed, as that of an imported case does: nobody can tell the one
from the other, and nothing else has to be kept of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from ledger.case.intake.external_ids import ExternalIdGiven, GiveExternalId
from ledger.case.intake.opening import OpenCase
from ledger.commands import ONE_REFERENCE_A_CASE, Request
from ledger.entry import Actor, Entry, Receipt
from ledger.errors import CaseNotFound, Refusal
from ledger.ids import case_stream, reference_of
from ledger.service import Ledger
from ledger.times import EPOCH

_ONE_CASE_A_RECORD = "one-case-a-record"


def case_of_record(ledger: Ledger, actor: Actor, given: Mapping[str, Any]) -> UUID | None:
    """The id of the case that a record of whoever asks opens; None where they name none of their own.

    People have none: what they write down is what others call something, and a second one is told by `duplicates`.
    """
    if actor.kind != "machine" or not given.get("external_id"):
        return None
    named = (actor.id, given.get("source") or "", given["external_id"])
    return ledger.derived_id(EPOCH, "open", *named)


def called_by(ledger: Ledger, system: str, external_id: str, source: str | None) -> UUID | None:
    """The case that a system calls so, by the id that it opened it with or gave it later; None where it calls none."""
    record = ledger.derived_id(EPOCH, "open", system, source or "", external_id)
    try:
        known = _known_by(ledger, record)
    except CaseNotFound:
        return None
    return None if known is None else known[0]


def record_called(ledger: Ledger, actor: Actor, given: Mapping[str, Any]) -> UUID | None:
    """The id of the case that a further id of it would open; of what people write down, one that opens none.

    Said again of the same case it is the same, so that it is on record once.
    """
    if (record := case_of_record(ledger, actor, given)) is not None:
        return record
    named = (str(given["case_id"]), given.get("source") or "", given["external_id"])
    return ledger.derived_id(EPOCH, "external-id", *named)


def opened_before(ledger: Ledger, request: Request, refused: Refusal) -> Receipt | None:
    """The receipt of what is on record under what a record is called; None where it is refused for something else.

    A Refusal that names the case where something else was said then, so that no news is taken for told.
    """
    command = request.command
    if refused.rule != ONE_REFERENCE_A_CASE or not isinstance(command, OpenCase | GiveExternalId):
        return None
    if isinstance(command, GiveExternalId):
        return _called_before(ledger, request, command)
    if command.case_id != case_of_record(ledger, request.actor, command.model_dump()):
        return None
    known = _known_by(ledger, command.case_id)
    if known is None:
        return None
    case_id, entry = known
    if case_id == command.case_id:
        try:
            return ledger.first_receipt(replace(request, command_id=entry.context.command_id))
        except Refusal as otherwise:
            raise Refusal(
                f"This record opened the case {reference_of(case_id)} before, and what was said then was something "
                "else: send what is new on that case, or give a record of another matter another id (`external_id`).",
                rule=_ONE_CASE_A_RECORD,
                reference=reference_of(case_id),
            ) from otherwise
    raise Refusal(
        f"This id (`external_id`) is one of the case {reference_of(case_id)}: send what is new on that case, or give a "
        "record of another matter another id.",
        rule=_ONE_CASE_A_RECORD,
        reference=reference_of(case_id),
    )


def _called_before(ledger: Ledger, request: Request, command: GiveExternalId) -> Receipt | None:
    """The receipt that this id of the case had; a Refusal where it is that of another case."""
    known = _known_by(ledger, command.record_id)
    if known is None:
        return None
    case_id, entry = known
    if case_id == command.case_id:
        first = ledger.receipt_of_command(entry.context.command_id)
        return None if first is None else replace(first, fresh=False)
    raise Refusal(
        f"This id (`external_id`) is one of the case {reference_of(case_id)}: if both are of one matter, link the two.",
        rule=_ONE_CASE_A_RECORD,
        reference=reference_of(case_id),
    )


def _known_by(ledger: Ledger, record_id: UUID) -> tuple[UUID, Entry] | None:
    """The case that is called so, and the entry that says it; None where another has the same reference, by chance."""
    case_id = ledger.find_case(reference_of(record_id))
    for read in ledger.read(case_stream(case_id)):
        said = read.entry.fact
        called = said.record_id if isinstance(said, ExternalIdGiven) else None
        if record_id in {called, case_id}:
            return case_id, read.entry
    return None
