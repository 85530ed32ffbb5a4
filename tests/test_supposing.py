"""Supposing beside others: what a request would bring about is decided by the entries that it is told after."""

from __future__ import annotations

from uuid import UUID

import pytest

from ledger.case.contact.contacts import AddNote
from ledger.case.corrections import CorrectEntry
from ledger.case.intake.opening import OpenCase
from ledger.commands import Request
from ledger.errors import Refusal
from ledger.ids import case_stream
from ledger.policy.load import Load
from ledger.sealing.reading import ReadEntry
from ledger.service import Ledger
from ledger.supposing import suppose
from tests.ledgers import INTAKE, Place


class Busy(Ledger):
    """A ledger in which somebody puts a note on a case just after anybody has read it."""

    def read(self, stream: str, *, upto_version: int | None = None) -> list[ReadEntry]:
        found = super().read(stream, upto_version=upto_version)
        if stream.startswith("case/"):
            case_id = UUID(stream.partition("/")[2])
            note = AddNote(case_id=case_id, note_id=self.new_id(), text="Meanwhile.")
            self.handle(note, actor=INTAKE)
        return found


def test_what_is_recorded_meanwhile_is_no_part_of_what_is_supposed(place: Place) -> None:
    """A correction of it was tried out on a case whose entries did not hold it, and ended the question."""
    with place.office() as ledger:
        case_id = ledger.new_id()
        ledger.handle(OpenCase(case_id=case_id, channel="phone"), actor=INTAKE)
        opened = len(ledger.read(case_stream(case_id)))
    with Busy.open(place.location, master_key=place.master_key, clock=place.clock) as busy:
        of_the_note = CorrectEntry(
            case_id=case_id, corrects=opened + 1, values={"text": "A hole."}, reason="Misheard."
        )
        with pytest.raises(Refusal, match=f"entries 1 to {opened}, "):
            suppose(busy, Request(of_the_note, INTAKE), load=Load)
