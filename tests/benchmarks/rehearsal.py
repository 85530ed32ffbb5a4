"""A rehearsal: what commands come to, found out once, so that the others can be given the same to store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

from ledger.commands import Request
from ledger.entry import Receipt
from ledger.facts import dump
from ledger.sealing.reading import verified_entry
from ledger.service import Ledger
from ledger.store import SealedRow, StoredRow
from tests.benchmarks.office import publication
from tests.benchmarks.rivals import Said

_AT_ONCE = 200


class Rehearsal:
    """A ledger on the side, on which every request is tried once."""

    def __init__(self, folder: Path) -> None:
        home = folder / f"rehearsal-{uuid4()}"
        self._ledger = Ledger.create(home, master_key=home / "master.key")
        self._ledger.handle_all([publication(self._ledger.policy_id)])

    def close(self) -> None:
        self._ledger.close()

    def said_by(self, requests: Sequence[Request]) -> list[Said]:
        """What each of these requests comes to; requests before them on the same cases come first."""
        found: list[Said] = []
        for start in range(0, len(requests), _AT_ONCE):
            before = self._ledger.store.tip()
            for receipt in self._recorded(requests[start : start + _AT_ONCE]):
                found.append(self._said(before, receipt))
                before = receipt.position
        return found

    def _recorded(self, requests: Sequence[Request]) -> Iterable[Receipt]:
        for answer in self._ledger.handle_all(requests):
            if not isinstance(answer, Receipt):
                raise answer
            yield answer

    def _said(self, before: int, receipt: Receipt) -> Said:
        store = self._ledger.store
        rows = store.entries(after=before, limit=100, upto=receipt.position)
        sealed = store.sealed([row.position for row in rows])
        facts = tuple((row.topic, self._fields(row, sealed)) for row in rows)
        stored = sum(len(row.state) for row in rows) + sum(len(each.blob) for each in sealed)
        return Said(receipt.subject_id, facts, stored)

    def _fields(self, row: StoredRow, sealed: Sequence[SealedRow]) -> dict[str, Any]:
        blobs = [each.blob for each in sealed if each.position == row.position]
        read = verified_entry(
            row, self._ledger.store.ledger_id, blobs=blobs, vault=self._ledger.vault
        )
        return dump(read.entry.fact)


def entries_a_command(those: Sequence[Said]) -> float:
    """How many entries a command makes, on average."""
    return sum(len(said.facts) for said in those) / len(those)
