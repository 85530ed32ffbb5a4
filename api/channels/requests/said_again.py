"""Said again: a row whose request is here already and that says something else, noted on its case for whoever has it.

It opens nothing and changes no answer: what holds is decided by a person, who finds both there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, TypeAlias
from uuid import UUID

from api.channels.request_mapping import RequestMapping
from api.channels.requests.asked import RequestIds
from api.channels.rows import LogRow
from api.unwelcome import UNWELCOME
from ledger.case.contact.contacts import AddNote
from ledger.commands import Request
from ledger.entry import Actor, Receipt
from ledger.errors import InvalidCommand, LedgerError, Refusal
from ledger.sealing.slots import canonical
from ledger.service import Ledger

_AGAIN = (
    "Sent again, and says something else now. / Envoyé de nouveau, et dit maintenant autre chose."
)


HowAgain: TypeAlias = Literal["otherwise", "by_another_id", "twice"]
"""It opened the case before; or another of its ids is one of the case; or it stands in the file twice."""


@dataclass(frozen=True, slots=True, eq=False)
class SaidAgain:
    """A row that says something else of a request than what opened its case."""

    row: LogRow
    external_id: str
    case_id: UUID
    how: HowAgain


def noted(
    ledger: Ledger, mapping: RequestMapping, again: Sequence[SaidAgain], *, actor: Actor
) -> list[bool]:
    """Of each whether it stands on its case by now, as a note of all that the row says: once, however often it came."""
    asked = [_note(ledger, mapping, each, actor) for each in again]
    requests = [each for each in asked if each is not None]
    outcomes = iter(ledger.handle_all(requests) if requests else ())
    return [each is not None and _is_noted(next(outcomes)) for each in asked]


def _note(
    ledger: Ledger, mapping: RequestMapping, again: SaidAgain, actor: Actor
) -> Request | None:
    said = again.row.event
    if any(UNWELCOME.search(value) for value in said.values()):
        return None
    words = sha256(canonical(dict(said))).hexdigest()
    ids = RequestIds(ledger, mapping.log.name, again.external_id, words)
    lines = [f"{name}: {value.strip()}" for name, value in said.items() if value.strip()]
    head = f"{_AGAIN}\n{mapping.log.title or mapping.log.name}: {again.external_id}"
    note = AddNote(case_id=again.case_id, note_id=ids("again"), text="\n".join([head, *lines]))
    return Request(note, actor, ids("asks-again"))


def _is_noted(outcome: Receipt | LedgerError) -> bool:
    if isinstance(outcome, Refusal | InvalidCommand):
        return False
    if isinstance(outcome, LedgerError):
        raise outcome
    return True
