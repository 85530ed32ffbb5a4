"""An import records every row once, again adds nothing, and goes on where it was stopped."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import orjson
import pytest

from api.channels.import_report import ImportReport
from api.channels.importing import import_log
from api.channels.mapping import Mapping
from ledger.case.history.imported import ActivityRecorded, CaseImported, OwnershipTransferred
from ledger.entry import Entry
from ledger.errors import InvalidCommand
from ledger.registers.integrations.imports import ImportBegun, ImportFinished
from ledger.service import Ledger
from tests.channels.logs import CLERK, event, log_of, mapping, trace, xes


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    """A new ledger on each kind of store."""
    home = tmp_path / "home"
    location = home if request.param == "sqlite" else request.getfixturevalue("postgresql_url")
    with Ledger.create(location, master_key=tmp_path / "key" / "master.key") as made:
        yield made


def put(ledger: Ledger, folder: Path, content: str, by: Mapping | None = None) -> ImportReport:
    log = log_of(folder, content, read_by=by)
    return import_log(ledger, log.path, log.mapping, actor=CLERK)


def told(ledger: Ledger, kind: type) -> list[Entry]:
    return [entry for entry in ledger.entries() if isinstance(entry.fact, kind)]


TWO_CASES = xes(
    trace(
        "matter 4711",
        event("2024-03-04T09:00:00Z", "receive", actor="annika", team="desk"),
        event("2024-03-04T09:00:00Z", "receive", actor="annika", team="desk"),
        event("2024-03-04T12:00:00Z", "decide", actor="robert", team="permits"),
        channel="Counter",
        start="2024-03-04T08:00:00Z",
        due="2024-03-05T00:00:00Z",
        end="2024-03-06T00:00:00Z",
    ),
    trace("A-2", event("2024-03-04T10:00:00", "late"), event(activity="look"), channel="Pigeon"),
)


def test_every_row_is_recorded_or_accounted_for(ledger: Ledger, tmp_path: Path) -> None:
    report = put(ledger, tmp_path, TWO_CASES)
    assert report.as_json()["rows"] == {
        "read": 5,
        "recorded": 3,
        "repeated": 1,
        "set_aside": 1,
        "imported_before": 0,
    }
    assert (report.cases_added_now, report.handoffs, report.ended_late) == (2, 1, 1)
    assert report.channels == {"walk_in": 1, "other": 1}
    assert [each.row for each in report.set_aside] == [4]
    assert not report.sound
    steps = [entry.fact for entry in told(ledger, ActivityRecorded)]
    assert [(each.activity, each.rows) for each in steps if isinstance(each, ActivityRecorded)] == [
        ("receive", (1, 2)),
        ("decide", (3,)),
        ("look", (5,)),
    ]


def test_facts_keep_the_times_of_their_source_and_say_batch_and_source(
    ledger: Ledger, tmp_path: Path
) -> None:
    report = put(ledger, tmp_path, TWO_CASES)
    (first, _) = told(ledger, CaseImported)
    assert str(first.context.known_at) == "2024-03-04 08:00:00+00:00"
    assert (first.context.source, first.context.batch) == ("permits", str(report.batch))


def test_people_stand_under_pseudonyms_and_their_names_are_sealed(
    ledger: Ledger, tmp_path: Path
) -> None:
    put(ledger, tmp_path, TWO_CASES)
    office = b"".join(row.state for row in ledger.store.entries(after=0, limit=100))
    assert b"annika" not in office
    assert b"matter 4711" not in office
    ann, bob = ledger.pseudonym("permits", "annika"), ledger.pseudonym("permits", "robert")
    moves = [entry.fact for entry in told(ledger, OwnershipTransferred)]
    assert [(m.from_owner, m.to_owner) for m in moves if isinstance(m, OwnershipTransferred)] == [
        (None, ann),
        (ann, bob),
    ]
    (begun,) = told(ledger, ImportBegun)
    opened = ledger.read_opened(begun.stream, actor=CLERK, purpose="test")[0].entry.fact
    assert isinstance(opened, ImportBegun)
    assert opened.names == {ann: "annika", bob: "robert"}


def test_importing_again_adds_nothing(ledger: Ledger, tmp_path: Path) -> None:
    first = put(ledger, tmp_path, TWO_CASES)
    tip = ledger.store.tip()
    again = put(ledger, tmp_path, TWO_CASES)
    assert ledger.store.tip() == tip
    assert (again.cases_recorded, again.cases_added_now) == (2, 0)
    assert again.figures() == first.figures()


def test_a_case_that_another_file_brings_again_is_left_as_it_is(
    ledger: Ledger, tmp_path: Path
) -> None:
    put(ledger, tmp_path, TWO_CASES)
    grown = TWO_CASES.replace("2024-03-04T08:00:00Z", "2024-03-04T07:00:00Z").replace(
        "</log>", trace("A-3", event()) + "</log>"
    )
    report = put(ledger, tmp_path, grown)
    assert len(told(ledger, CaseImported)) == 3
    assert (report.cases_added_now, report.cases_imported_before) == (1, 2)
    assert report.adds_up
    assert Counter(each.finding.code for each in report.findings)["already-imported"] == 2


def test_a_file_that_cannot_be_used_leaves_nothing_in_the_ledger(
    ledger: Ledger, tmp_path: Path
) -> None:
    with pytest.raises(InvalidCommand):
        put(ledger, tmp_path, TWO_CASES[:-10])
    with pytest.raises(InvalidCommand):
        put(ledger, tmp_path, TWO_CASES, mapping(deadline='deadline = "nowhere"'))
    assert ledger.store.tip() == 0


def test_a_case_that_ended_before_it_began_is_recorded_as_it_was(
    ledger: Ledger, tmp_path: Path
) -> None:
    odd = trace(
        "matter 4711",
        event(),
        start="2024-03-04T08:00:00Z",
        due="2024-03-05T00:00:00Z",
        end="2024-03-03T00:00:00Z",
    )
    report = put(ledger, tmp_path, xes(odd))
    assert report.cases_added_now == 1
    assert "ended-before-start" in {each.finding.code for each in report.findings}


def test_the_batch_says_in_the_ledger_what_came_of_it(ledger: Ledger, tmp_path: Path) -> None:
    report = put(ledger, tmp_path, TWO_CASES)
    (finished,) = told(ledger, ImportFinished)
    opened = ledger.read_opened(finished.stream, actor=CLERK, purpose="test")[-1].entry.fact
    assert isinstance(opened, ImportFinished)
    assert opened.report == report.figures()
    assert isinstance(opened.set_aside, dict)
    assert opened.set_aside.keys() == {"4"}


MANY = xes(*(trace(f"A-{n}", event(), event(activity="write")) for n in range(1_200)))


class Stopped(Exception):
    """The import is stopped here."""


def test_an_import_that_was_stopped_goes_on_where_it_was(ledger: Ledger, tmp_path: Path) -> None:
    log = log_of(tmp_path, MANY)

    def stop(done: int, rows: int) -> None:
        raise Stopped(f"{done} of {rows}")

    with pytest.raises(Stopped, match="1000 of 2400"):
        import_log(ledger, log.path, log.mapping, actor=CLERK, progress=stop)
    assert len(told(ledger, CaseImported)) == 500
    seen: list[tuple[int, int]] = []
    report = import_log(
        ledger, log.path, log.mapping, actor=CLERK, progress=lambda *at: seen.append(at)
    )
    assert (report.cases_recorded, report.cases_added_now) == (1_200, 700)
    assert seen == [(1_000, 2_400), (2_000, 2_400), (2_400, 2_400)]
    assert len(told(ledger, ActivityRecorded)) == 2_400
    assert len(told(ledger, ImportBegun)) == len(told(ledger, ImportFinished)) == 1


def test_an_import_that_was_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    log, home, key = log_of(tmp_path, MANY), tmp_path / "home", tmp_path / "master.key"
    Ledger.create(home, master_key=key).close()
    program = """
import sys
from pathlib import Path
from api.channels.importing import import_log
from ledger.service import Ledger
from tests.channels.logs import CLERK, mapping

def wait(done, rows):
    print(done, flush=True)
    sys.stdin.read()

with Ledger.open(Path(sys.argv[1]), master_key=Path(sys.argv[2])) as ledger:
    import_log(ledger, Path(sys.argv[3]), mapping(), actor=CLERK, progress=wait)
"""
    with subprocess.Popen(
        [sys.executable, "-c", program, str(home), str(key), str(log.path)],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as importing:
        assert importing.stdout is not None
        assert importing.stdout.readline() == b"1000\n"
        importing.send_signal(signal.SIGKILL)
        importing.communicate()
    with closing(Ledger.open(home, master_key=key)) as ledger:
        report = import_log(ledger, log.path, log.mapping, actor=CLERK)
        assert (report.cases_recorded, report.cases_added_now) == (1_200, 700)
        assert len(told(ledger, CaseImported)) == 1_200


def test_the_report_is_json_with_every_finding_and_every_row_set_aside(
    ledger: Ledger, tmp_path: Path
) -> None:
    said = orjson.loads(orjson.dumps(put(ledger, tmp_path, TWO_CASES).as_json()))
    assert said["cases"] == {
        "read": 2,
        "recorded": 2,
        "added_now": 2,
        "already_there": 0,
        "continued": 0,
        "imported_before": 0,
    }
    assert said["findings"]["counts"] == Counter(
        each["code"] for each in said["findings"]["listed"]
    )
    assert said["set_aside"][0]["row"] == 4
    assert len(said["set_aside"][0]["digest"]) == 64
