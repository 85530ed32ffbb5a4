"""Asking something of an inquiry: one command, its receipt shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated
from uuid import UUID

from cyclopts import Parameter

from api.cli.acting import Acting
from api.cli.edge import DONE
from api.cli.ledgers import opened
from api.cli.recording import recorded, show_receipt
from ledger.commands import Command
from ledger.service import Ledger

Inquiry = Annotated[str, Parameter(name="INQUIRY", help="The id of the inquiry.")]
Ref = Annotated[str, Parameter(name="REF", help="The reference of a case in its scope.")]
Words = Annotated[
    str | None,
    Parameter(name="--words", help="In words; '-' reads standard input, '@FILE' a file."),
]


def ask_inquiry(
    acting: Acting, build: Callable[[Ledger], Command], *, made: str | None = None
) -> int:
    """Asks a command of an inquiry and shows its receipt, with the id that it made."""
    with opened() as ledger:
        actor = acting.actor(ledger.policies(), at=ledger.clock())
        command = build(ledger)
        receipt = recorded(ledger, acting.request(command, actor), verbose=acting.verbose)
        ids: dict[str, UUID] = {made: getattr(command, made)} if made else {}
        show_receipt(receipt, as_json=acting.as_json, **ids)
    return DONE
