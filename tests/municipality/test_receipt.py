"""The receipt log of a real municipality: imported whole; its queues, SLA and trails as known at any instant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from api.channels.event_log import EventLog
from api.channels.import_report import ImportReport
from api.channels.importing import import_log
from api.channels.mapping_files import find_mapping
from ledger.case.history.imported import ActivityRecorded, CaseImported, OwnershipTransferred
from ledger.case.outcome.resolving import CaseResolved
from ledger.entry import Actor
from ledger.evidence.verifying.verify import verify
from ledger.policy.calendars.zones import LocalDays
from ledger.policy.in_force import Policies
from ledger.service import Ledger
from projections.figures.figure import Window
from projections.flow.lives import lives
from projections.flow.measured import timed
from projections.flow.office_days import OfficeDays
from projections.fold.told import told
from projections.lists.queues import counts, queue
from projections.lists.sla import sla
from projections.measures import Asking, Filters, report
from projections.one_case.trail import trail
from projections.rows.spans import SPANS
from projections.views import Views
from tests.channels.logs import read, real
from tests.ledgers import place_in

THEN = datetime(2011, 6, 30, 22, 0, tzinfo=UTC)
NOW = datetime(2026, 3, 2, 12, 30, tzinfo=UTC)
IMPORTER = Actor("machine", "import", version="1")


@dataclass(frozen=True)
class Municipality:
    """The ledger into which the log was imported, its views, and what came of the rows."""

    ledger: Ledger
    views: Views
    log: Path
    report: ImportReport


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def municipality(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Municipality]:
    """Each form of the log on one store: a release is made of the other form on an embedded one."""
    log = real("receipt", "receipt.csv.gz" if request.param == "sqlite" else "receipt.xes.gz")
    folder = tmp_path_factory.mktemp("municipality")
    if request.param == "sqlite":
        yield from _imported(folder, None, log)
    else:
        with request.getfixturevalue("server").database() as database:
            yield from _imported(folder, database, log)


def _imported(folder: Path, database: str | None, log: Path) -> Iterator[Municipality]:
    place = place_in(folder, database=database)
    with place.create() as ledger:
        report = import_log(ledger, log, find_mapping("receipt"), actor=IMPORTER)
        with Views.open(place.location) as views:
            views.catch_up(ledger.store)
            yield Municipality(ledger, views, log, report)


def _waiting_by_hand(ledger: Ledger, known_at: datetime) -> Counter[str | None]:
    """Open cases by team from the entries known by then alone, folded with a few lines of its own."""
    teams: dict[str, str | None] = {}
    for entry in ledger.entries():
        if entry.context.known_at > known_at:
            continue
        match entry.fact:
            case CaseImported(team=team):
                teams[entry.stream] = team
            case OwnershipTransferred(to_team=team) if entry.stream in teams:
                teams[entry.stream] = team
            case CaseResolved():
                del teams[entry.stream]
            case _:
                pass
    return Counter(teams.values())


def test_the_permit_applications_go_through_the_ledger_without_losing_a_row(
    municipality: Municipality,
) -> None:
    ledger, report = municipality.ledger, municipality.report
    assert report.as_json()["cases"]["added_now"] == 1_434
    assert report.as_json()["rows"] == {
        "read": 8_577,
        "recorded": 8_577,
        "repeated": 0,
        "set_aside": 0,
        "imported_before": 0,
    }
    assert (report.handoffs, report.ended_late) == (1_208, 377)
    counts = report.as_json()["findings"]["counts"]
    assert (counts["events-after-end"], counts["never-ended"]) == (145, 105)
    moves = [entry.fact for entry in ledger.entries()]
    handoffs = [m for m in moves if isinstance(m, OwnershipTransferred) and m.from_owner]
    assert len(handoffs) == 1_208
    tip = ledger.store.tip()
    again = import_log(ledger, municipality.log, find_mapping("receipt"), actor=IMPORTER)
    assert (again.cases_added_now, ledger.store.tip()) == (0, tip)


def test_what_the_ledger_says_is_what_the_log_said(municipality: Municipality) -> None:
    histories, _ = read(EventLog(municipality.log, find_mapping("receipt")))
    expected = Counter(
        (step.at, step.activity, step.team) for case in histories for step in case.recorded
    )
    recorded: Counter[object] = Counter()
    for entry in municipality.ledger.entries():
        if isinstance(entry.fact, ActivityRecorded):
            recorded[entry.context.effective_at, entry.fact.activity, entry.fact.team] += 1
    assert recorded == expected


def test_377_applications_ended_after_their_deadline_and_105_never_ended(
    municipality: Municipality,
) -> None:
    total = sla(municipality.views, at=NOW).total
    assert (total.ended_late, total.met, total.overdue) == (377, 952, 105)
    assert total.ended_late + total.met + total.overdue == 1_434


@pytest.mark.parametrize("known_at", [THEN, datetime(2010, 12, 1, tzinfo=UTC), NOW])
def test_the_board_as_known_then_is_what_the_entries_known_by_then_say(
    municipality: Municipality, known_at: datetime
) -> None:
    """The file is in the order of cases, not of time: nothing may take the log for a calendar."""
    told = counts(municipality.views, at=known_at, known_at=known_at)
    found = {each.team: each.open for each in told.teams if each.open}
    assert found == _waiting_by_hand(municipality.ledger, known_at)
    assert known_at == NOW or sum(found.values()) > 50


def test_a_queue_as_known_then_holds_no_case_received_later(municipality: Municipality) -> None:
    found = queue(municipality.views, "Group 5", at=THEN, known_at=THEN, limit=500)
    assert len(found.cases) > 40
    assert all(case.row.received_at <= THEN for case in found.cases)
    assert [case.row.turn_at for case in found.cases] == sorted(
        case.row.turn_at for case in found.cases
    )


def test_every_application_s_spans_are_a_partition_of_its_life(municipality: Municipality) -> None:
    for case in queue(municipality.views, "Group 5", at=NOW, limit=500).cases:
        entries = municipality.ledger.read(f"case/{case.case_id}")
        found = timed(SPANS.after([told(each.entry) for each in entries]), NOW)
        spans = [each.span for each in found]
        assert spans[0].from_at == case.row.received_at
        assert [span.from_at for span in spans[1:]] == [span.to_at for span in spans[:-1]]
        seconds = sum(each.seconds for each in found)
        assert seconds == (NOW - case.row.received_at) // timedelta(seconds=1)


def test_a_trail_cites_each_entry_in_both_languages(municipality: Municipality) -> None:
    found = queue(municipality.views, "Group 5", at=NOW, limit=1).cases[0]
    entries = municipality.ledger.read(f"case/{found.case_id}")
    english = trail(entries, policies=municipality.ledger.policies())
    french = trail(entries, policies=municipality.ledger.policies(), language="fr")
    assert [line.position for line in english] == [each.entry.position for each in entries]
    assert [line.digest for line in english] == [line.digest for line in french]
    assert english[0].sentence.startswith("The case was taken over from another system")
    assert french[0].sentence.startswith("Le dossier a été repris d'un autre système")


def test_the_whole_import_verifies(municipality: Municipality) -> None:
    found = verify(municipality.ledger.store, municipality.ledger.vault)
    assert found.findings == []
    assert found.streams == 1_435


def test_the_baseline_counts_every_application_and_what_is_open_as_open(
    municipality: Municipality,
) -> None:
    """105 never ended: leaving them out would make the office look quicker than it was."""
    days = LocalDays("UTC", UTC)
    window = Window(date(2010, 9, 1), date(2012, 2, 1))
    asking = Asking(window, Filters(), days, OfficeDays(None), Policies())
    found = report(lives(municipality.ledger.store), asking)
    assert found.moves.counts["new"] == 1_434
    assert found.pending.active.n == 105
    assert found.clearance.exact == Fraction(1_434 - 105, 1_434)
    spread = found.first_time.calendar
    assert spread is not None
    assert (found.first_time.basis.n, sum(point.ended for point in spread.curve)) == (1_434, 1_329)
    assert spread.median is not None
    assert spread.closed_only_median is not None
    assert spread.median > spread.closed_only_median
    assert found.without_reply.basis.excluded == {"history of another system": 1_434}
