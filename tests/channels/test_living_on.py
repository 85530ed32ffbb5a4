"""An imported case that is open goes on here: whatever can be asked of a case can be asked of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from api.channels.importing import import_log
from ledger.case.contact import AddNote, LogContact
from ledger.case.custody import AcceptTransfer, PullCase, TransferCase
from ledger.case.information import ReceiveInformation, RequestInformation
from ledger.case.intake import ClassifyCase
from ledger.case.outcome import ReopenCase, ResolveCase
from ledger.case.routing import RouteCase
from ledger.case.waiting import BeginWaiting, EndWaiting
from ledger.commands import Command
from ledger.entry import Actor
from ledger.evidence.verify import verify
from ledger.service import Ledger
from projections.load import standing
from projections.views import Views
from tests.channels.logs import event, log_of, trace, xes
from tests.ledgers import INTAKE, ROADS, Place, place_in
from tests.writer.office_work import load_folded

CLERK = Actor("machine", "import", version="test")
OPEN_CASES = xes(
    trace(
        "in somebody's hands",
        event("2026-02-04T09:00:00Z", "receive", actor="annika", team="desk"),
        event("2026-02-05T12:00:00Z", "look", actor="robert", team="permits"),
        start="2026-02-04T08:00:00Z",
        due="2026-03-20T00:00:00Z",
    ),
    trace("with nobody", event("2026-02-05T12:00:00Z"), start="2026-02-04T08:00:00Z"),
)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    if request.param == "sqlite":
        return place_in(tmp_path)
    return place_in(tmp_path, database=request.getfixturevalue("postgresql_url"))


@pytest.fixture
def ledger(place: Place, tmp_path: Path) -> Iterator[Ledger]:
    with place.office() as made:
        log = log_of(tmp_path, OPEN_CASES)
        import_log(made, log.path, log.mapping, actor=CLERK)
        yield made


def imported(ledger: Ledger) -> list[UUID]:
    return [entry.subject_id for entry in ledger.entries() if entry.topic == "CaseImported"]


def test_an_imported_case_is_worked_from_here_on_like_any_other(
    place: Place, ledger: Ledger
) -> None:
    def done(command: Command, actor: Actor = INTAKE) -> None:
        place.clock.pass_by(minutes=10)
        assert ledger.handle(command, actor=actor).fresh, command

    for case_id, owned in zip(imported(ledger), (True, False), strict=True):
        done(AddNote(case_id=case_id, note_id=ledger.new_id(), text="Taken up here."))
        done(
            LogContact(
                case_id=case_id,
                contact_id=ledger.new_id(),
                direction="outbound",
                channel="phone",
                kinds=("reassurance",),
            )
        )
        if not owned:
            done(RouteCase(case_id=case_id))
        done(RequestInformation(case_id=case_id, request_id=case_id, fields=("name",)))
        done(BeginWaiting(case_id=case_id, wait_id=case_id, reason="particulars"))
        given = {"name": "Ada"}
        done(ReceiveInformation(case_id=case_id, channel="phone", answers=given))
        done(EndWaiting(case_id=case_id, wait_id=case_id))
        done(ClassifyCase(case_id=case_id, request_type="RDW-POT", region="HAL"))
        if owned:
            move = TransferCase(
                case_id=case_id, transfer_id=case_id, to_team="RDW", reason="wrong-team"
            )
            done(move)
            done(AcceptTransfer(case_id=case_id, transfer_id=case_id), ROADS)
        done(PullCase(case_ids=(case_id,), team="RDW", owner="R-02"), ROADS)
        done(ResolveCase(case_id=case_id, outcome="done"), ROADS)
        done(ReopenCase(case_id=case_id, reason="returned", clock_policy="restart"), ROADS)
    assert verify(ledger.store, ledger.vault).findings == []


def test_an_imported_case_that_is_taken_up_weighs_in_the_load_like_any_other(
    place: Place, ledger: Ledger
) -> None:
    (_, with_nobody) = imported(ledger)
    for command, actor in (
        (ClassifyCase(case_id=with_nobody, request_type="RDW-POT"), INTAKE),
        (PullCase(case_ids=(with_nobody,), team="RDW", owner="R-02"), ROADS),
    ):
        ledger.handle(command, actor=actor)
    load = load_folded(ledger)
    assert load.active["R-02"] == 1
    assert load.of("RDW") == 2
    with Views.open(place.location) as views:
        views.catch_up(ledger.store)
        assert standing(views) == (ledger.store.tip(), load)
