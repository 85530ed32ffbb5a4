"""Records of other systems: one of them opens one case, under whatever command ids its system sends it.

The case's id derives from what the record is called, keyed, as that of an imported case does: nobody can tell the one
from the other, and nothing else has to be kept of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from ledger.case.intake.opening import OpenCase
from ledger.commands import ONE_REFERENCE_A_CASE, Request
from ledger.entry import Actor, Receipt
from ledger.errors import Refusal
from ledger.ids import reference_of
from ledger.service import Ledger
from ledger.times import EPOCH


def case_of_record(ledger: Ledger, actor: Actor, given: Mapping[str, Any]) -> UUID | None:
    """The id of the case that a record of whoever asks opens; None where they name none of their own.

    People have none: what they write down is what others call something, and a second one is told by `duplicates`.
    """
    if actor.kind != "machine" or not given.get("external_id"):
        return None
    named = (actor.id, given.get("source") or "", given["external_id"])
    return ledger.derived_id(EPOCH, "open", *named)


def opened_before(ledger: Ledger, request: Request, refused: Refusal) -> Receipt | None:
    """The receipt that this record had when it opened its case; None where it is refused for something else.

    A Refusal that names the case where something else was said then, so that no news is taken for told.
    """
    command = request.command
    if refused.rule != ONE_REFERENCE_A_CASE or not isinstance(command, OpenCase):
        return None
    if command.case_id != case_of_record(ledger, request.actor, command.model_dump()):
        return None
    if not (opening := ledger.read(command.stream, upto_version=1)):
        return None  # another case has the same reference, by chance
    first = opening[0].entry.context.command_id
    try:
        return ledger.first_receipt(replace(request, command_id=first))
    except Refusal as otherwise:
        reference = reference_of(command.case_id)
        raise Refusal(
            f"This record opened the case {reference} before, and what was said then was something else: send what is "
            "new on that case, or give a record of another matter another id (`external_id`).",
            rule="one-case-a-record",
            reference=reference,
        ) from otherwise
