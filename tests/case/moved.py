"""A case that moves: pulled, handed over and not answered, returned twice."""

from __future__ import annotations

from datetime import UTC, datetime

from ledger.case.custody.adjudication import AdjudicateCase
from ledger.case.custody.returning import ReturnCase
from ledger.case.custody.transfers import AcceptTransfer, DeclineTransfer
from ledger.case.custody.unanswered import EscalateTransfer
from ledger.case.intake.opening import ClassifyCase
from tests.case.cases import POTHOLE, pull, transfer
from tests.deciding import CASE_ID, INCOME, ROADS, WATCH, by, number

OWNED = (POTHOLE, by(ROADS, pull("RDW", "R-02")))

BY = datetime(2026, 3, 4, 4, 0, tzinfo=UTC)
"""The end of the next working day."""
HANDED = (*OWNED, by(ROADS, transfer("INC")))
SILENCE = EscalateTransfer(case_id=CASE_ID, accept_by=BY)
PASSED = (*HANDED, by(WATCH, SILENCE, at=BY))
ACCEPT = AcceptTransfer(case_id=CASE_ID, transfer_id=number(1))
DECLINE = DeclineTransfer(case_id=CASE_ID, transfer_id=number(1), reason="not-ours")

RETURN = ReturnCase(case_id=CASE_ID, team="RDW", reason="misrouted")
RECLASSIFIED = ClassifyCase(case_id=CASE_ID, request_type="INC-CHG")
BACK_FROM_INCOME = ReturnCase(case_id=CASE_ID, team="INC", reason="misrouted")
TWICE_RETURNED = (POTHOLE, by(ROADS, RETURN), RECLASSIFIED, by(INCOME, BACK_FROM_INCOME))
BELONGS = AdjudicateCase(case_id=CASE_ID, to_team="INC", reason="wrong-team")
