"""An imported case that is open goes on here: whatever can be asked of a case can be asked of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from api.channels.import_report import ImportReport
from api.channels.importing import import_log
from api.channels.mapping_files import read_mapping
from api.verbs.called import cases_called
from ledger.case.clocks.waiting import BeginWaiting, EndWaiting
from ledger.case.contact.contacts import AddNote, LogContact
from ledger.case.custody.pulling import PullCase
from ledger.case.custody.routing import RouteCase
from ledger.case.custody.transfers import AcceptTransfer, TransferCase
from ledger.case.history.imported import ActivityRecorded
from ledger.case.intake.information import ReceiveInformation, RequestInformation
from ledger.case.intake.opening import ClassifyCase
from ledger.case.outcome.reopening import ReopenCase
from ledger.case.outcome.resolving import ResolveCase
from ledger.commands import Command
from ledger.entry import Actor
from ledger.evidence.verifying.verify import verify
from ledger.service import Ledger
from projections.lists.load import standing
from projections.rows.case_rows import CaseRow
from projections.rows.spans import SpanRow
from projections.views import Views
from tests.channels.logs import event, log_of, trace, xes
from tests.ledgers import INTAKE, ROADS, Place
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


GROWN = OPEN_CASES.replace(
    '<event><string key="time:timestamp" value="2026-02-05T12:00:00Z"/>'
    '<string key="concept:name" value="look"/><string key="org:resource"',
    event("2026-02-04T15:00:00Z", "late to be told", actor="annika", team="desk")
    + '<event><string key="time:timestamp" value="2026-02-05T12:00:00Z"/>'
    '<string key="concept:name" value="look"/><string key="org:resource"',
).replace(
    "</trace>",
    event("2026-02-10T09:00:00Z", "visit", actor="karin", team="permits")
    + event("2026-02-10T09:00:00Z", "visit", actor="karin", team="permits")
    + "</trace>",
)


def put(ledger: Ledger, folder: Path, content: str) -> ImportReport:
    log = log_of(folder, content)
    report = import_log(ledger, log.path, log.mapping, actor=CLERK)
    assert report.adds_up
    return report


def activities(ledger: Ledger, case_id: UUID) -> list[str]:
    facts = [read.entry.fact for read in ledger.read(f"case/{case_id}")]
    return [fact.activity for fact in facts if isinstance(fact, ActivityRecorded)]


def test_a_longer_log_of_a_known_case_adds_the_rows_that_are_new(
    place: Place, ledger: Ledger, tmp_path: Path
) -> None:
    report = put(ledger, tmp_path, GROWN)
    assert report.as_json()["rows"] == {
        "read": 8,
        "recorded": 3,
        "repeated": 2,
        "set_aside": 0,
        "imported_before": 3,
    }
    assert (report.cases_recorded, report.cases_continued, report.cases_imported_before) == (
        0,
        2,
        0,
    )
    (one, other) = imported(ledger)
    assert activities(ledger, one) == ["receive", "look", "late to be told", "visit"]
    assert activities(ledger, other) == ["look", "visit"]
    tip = ledger.store.tip()
    again = put(ledger, tmp_path, GROWN)
    assert (ledger.store.tip(), again.figures()) == (tip, report.figures())
    shorter = put(ledger, tmp_path, OPEN_CASES)
    assert (ledger.store.tip(), shorter.cases_recorded) == (tip, 2)
    assert verify(ledger.store, ledger.vault).findings == []


def test_a_log_of_the_new_rows_alone_is_enough_though_it_begins_later(
    ledger: Ledger, tmp_path: Path
) -> None:
    news = event("2026-02-10T09:00:00Z", "visit", actor="karin", team="permits")
    report = put(ledger, tmp_path, xes(trace("with nobody", news)))
    assert (report.rows_recorded, report.cases_continued) == (1, 1)
    assert len(imported(ledger)) == 2
    assert activities(ledger, imported(ledger)[1]) == ["look", "visit"]


def test_what_the_source_says_later_of_a_case_worked_on_here_is_added_and_said_in_the_report(
    place: Place, ledger: Ledger, tmp_path: Path
) -> None:
    (one, other) = imported(ledger)
    ledger.handle(ClassifyCase(case_id=other, request_type="RDW-POT"), actor=INTAKE)
    pull = PullCase(case_ids=(other,), team="RDW", owner="R-02")
    ledger.handle(pull, actor=ROADS)
    ended = GROWN.replace(
        '<string key="start"', '<string key="end" value="2026-02-11T00:00:00Z"/><string key="start"'
    )
    report = put(ledger, tmp_path, ended)
    found = {(each.external_id, each.finding.code) for each in report.findings}
    assert {code for external_id, code in found if external_id == "with nobody"} == {
        "continued", "worked-on-here", "ended-at-source",
    }  # fmt: skip
    with Views.open(place.location) as views:
        views.catch_up(ledger.store)
        with views.reading("cases") as reading:
            rows = reading.rows_of(CaseRow, [str(one), str(other)])
    ((there,), (here,)) = rows[str(one)], rows[str(other)]
    assert (there.standing, there.resolved_at) == ("resolved", datetime(2026, 2, 11, tzinfo=UTC))
    assert (here.standing, here.owner) == ("in_hand", "R-02")
    assert verify(ledger.store, ledger.vault).findings == []


def test_views_that_followed_two_deliveries_are_those_that_a_rebuild_makes(
    place: Place, ledger: Ledger, tmp_path: Path
) -> None:
    with Views.open(place.location) as views:
        views.catch_up(ledger.store)
        put(ledger, tmp_path, GROWN)
        views.catch_up(ledger.store)
        keys = [str(each) for each in imported(ledger)]
        with views.reading("cases", "spans") as reading:
            followed = (
                reading.versions_of(CaseRow, keys), reading.versions_of(SpanRow, keys)
            )  # fmt: skip
        views.rebuild(ledger.store)
        with views.reading("cases", "spans") as reading:
            rebuilt = (reading.versions_of(CaseRow, keys), reading.versions_of(SpanRow, keys))
    assert followed == rebuilt


def test_a_delivery_from_the_future_is_set_aside_and_the_numbers_add_up(
    ledger: Ledger, tmp_path: Path
) -> None:
    ahead = event("2036-02-10T09:00:00Z", "visit", actor="karin", team="permits")
    report = put(ledger, tmp_path, OPEN_CASES.replace("</trace>", ahead + "</trace>"))
    assert (report.rows_set_aside, report.rows_told) == (5, 5)
    assert "still to come" in report.set_aside[0].reason


def test_a_case_with_several_numbers_is_found_by_each_and_known_again_by_the_log_of_each_system(
    place: Place, tmp_path: Path
) -> None:
    """A legacy system has its own number and that of the register before it; a mapping took one."""
    text = (
        '[log]\nname = "{0}"\n[case]\nid = "{1}"\nids = {{ {2} = "{3}" }}\n'
        '[event]\ntime = "at"\nactivity = "what"\n'
    )
    legacy = read_mapping(text.format("legacy", "Number", "register", "Old"), file="legacy.toml")
    register = read_mapping(text.format("register", "Old", "legacy", "Number"), file="old.toml")
    path, codes = tmp_path / "log.csv", list[str]()
    came = (
        (legacy, "L-1,R-1,2026-02-04T09:00:00Z,Received\nL-2,,2026-02-04T09:00:00Z,Received\n"),
        (register, ",R-1,2026-02-05T09:00:00Z,Looked\nL-2,R-2,2026-02-06T09:00:00Z,Looked\n"),
        (legacy, "L-1,R-1,2026-02-04T09:00:00Z,Received\nL-3,R-1,2026-02-07T09:00:00Z,Split\n"),
    )
    with place.office() as ledger:
        for _ in range(2):
            for mapping, rows in came:
                path.write_text("Number,Old,at,what\n" + rows, "utf-8")
                report = import_log(ledger, path, mapping, actor=CLERK)
                assert not report.set_aside
                codes = [each.finding.code for each in report.findings]
        first, second, _split = imported(ledger)
        for source, external_id, case_id in (
            ("legacy", "L-1", first), ("register", "R-1", first),
            ("legacy", "L-2", second), ("register", "R-2", second),
        ):  # fmt: skip
            assert cases_called(ledger, (), external_id, source) == (case_id,)
        done = [
            (each.subject_id, each.fact.activity)
            for each in ledger.entries()
            if isinstance(each.fact, ActivityRecorded)
        ]
        assert done.count((first, "Looked")) == done.count((second, "Looked")) == 1
        assert len(done) == 5
        assert codes.count("id-of-another-case") == 1, "two cases of one system are two"
