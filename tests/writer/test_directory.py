"""The directory under the writer's lock: a decision sees who is absent up to the entry before it."""

from __future__ import annotations

from datetime import date

from ledger.case.custody.pulling import PullCase
from ledger.commands import Request
from ledger.entry import Receipt
from ledger.errors import Refusal
from ledger.registers.directory import EndAbsence, RecordAbsence
from ledger.service import Ledger
from tests.ledgers import ROADS, Place
from tests.writer.office_work import open_case


def absence(ledger: Ledger) -> RecordAbsence:
    return RecordAbsence(
        directory_id=ledger.directory_id,
        absence_id=ledger.new_id(),
        member="R-02",
        from_on=date(2026, 3, 2),
    )


def test_an_absence_holds_for_the_next_command_of_the_same_write(place: Place) -> None:
    with place.office() as ledger:
        case_id = open_case(ledger, request_type="RDW-WIN")
        away = absence(ledger)
        back = EndAbsence(
            directory_id=ledger.directory_id,
            absence_id=away.absence_id,
            member="R-02",
            back_on=date(2026, 3, 2),
        )
        pull = PullCase(case_ids=(case_id,), team="RDW", owner="R-02")
        first, refused, ended, pulled = ledger.handle_all(
            [Request(each, ROADS) for each in (away, pull, back, pull)]
        )
        assert isinstance(refused, Refusal)
        assert refused.rule == "receiver-is-there"
        assert all(isinstance(each, Receipt) for each in (first, ended, pulled))


def test_an_absence_that_another_process_recorded_holds(place: Place) -> None:
    with place.office() as ledger, place.open() as other:
        case_id = open_case(ledger, request_type="RDW-WIN")
        other.handle(absence(other), actor=ROADS)
        pull = PullCase(case_ids=(case_id,), team="RDW", owner="R-02")
        (refused,) = ledger.handle_all([Request(pull, ROADS)])
        assert isinstance(refused, Refusal)
        assert not ledger.directory().present("R-02", date(2026, 3, 2))
