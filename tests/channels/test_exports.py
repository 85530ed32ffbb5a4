"""What is exported is what is recorded, as far as asked, and shows nothing personal."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] (lxml ships no types)

from api.channels.event_log import EventLog
from api.channels.exports import FORMS, ExportForm, Seen, export_file, write_export
from api.channels.importing import import_log
from api.channels.mapping_files import read_mapping
from ledger.entry import Actor
from ledger.errors import InvalidCommand, LedgerUnavailable
from ledger.service import Ledger
from tests.channels.logs import event, log_of, read, trace, xes

OURS = read_mapping(
    """
[log]
name = "exported"
[case]
id = "concept:name"
channel = "channel"
received = "received"
deadline = "deadline"
ended = "ended"
[event]
time = "time:timestamp"
activity = "concept:name"
actor = "org:resource"
team = "org:group"
[channels]
walk_in = "walk_in"
""",
    file="exported.toml",
)


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    """A ledger on each kind of store with one imported case, that ended late."""
    home = tmp_path / "home"
    location = home if request.param == "sqlite" else request.getfixturevalue("postgresql_url")
    log = log_of(
        tmp_path,
        xes(
            trace(
                "matter 4711",
                event("2024-03-04T09:00:00Z", "receive", actor="annika", team="desk"),
                event(
                    "2024-03-04T12:00:00Z",
                    "say =1+1, &lt;twice&gt;",
                    actor="robert",
                    team="permits",
                ),
                channel="Counter",
                start="2024-03-04T08:00:00Z",
                due="2024-03-05T00:00:00Z",
                end="2024-03-06T00:00:00Z",
            )
        ),
    )
    with Ledger.create(location, master_key=tmp_path / "key" / "master.key") as made:
        import_log(made, log.path, log.mapping, actor=Actor("machine", "import", version="test"))
        yield made


def exported(ledger: Ledger, form: ExportForm, **seen: Any) -> bytes:
    out = io.BytesIO()
    write_export(ledger, out, form, seen=Seen(**seen))
    return out.getvalue()


def test_json_lines_hold_every_entry_in_the_order_of_the_log(ledger: Ledger) -> None:
    lines = [orjson.loads(line) for line in exported(ledger, "jsonl").splitlines()]
    assert [line["position"] for line in lines] == list(range(1, ledger.store.tip() + 1))
    imported = next(line for line in lines if line["topic"] == "CaseImported")
    assert imported["fact"]["channel"] == "walk_in"
    assert imported["sealed"] == ["external_id"]
    assert imported["context"]["known_at"] == "2024-03-04T08:00:00.000000Z"


@pytest.mark.parametrize("form", FORMS)
def test_no_export_shows_what_is_sealed(ledger: Ledger, form: ExportForm) -> None:
    content = exported(ledger, form)
    assert content.count(b"ActivityRecorded") or content.count(b"receive")
    for personal in (b"annika", b"robert", b"matter 4711"):
        assert personal not in content


@pytest.mark.parametrize("form", ["csv", "xes"])
def test_an_exported_event_log_can_be_read_again(
    ledger: Ledger, tmp_path: Path, form: ExportForm
) -> None:
    path = tmp_path / f"cases.{form}.gz"
    count = export_file(ledger, path)
    (case,), aside = read(EventLog(path, OURS))
    assert not aside
    assert len(case.steps) == count
    assert case.channel.code == "walk_in"
    assert case.ended_late
    assert case.received_at == datetime(2024, 3, 4, 8, tzinfo=UTC)
    done = [step for step in case.steps if " " in step.activity or step.activity == "receive"]
    assert [(s.activity, s.actor, s.team) for s in done] == [
        ("receive", ledger.pseudonym("permits", "annika"), "desk"),
        ("say =1+1, <twice>", ledger.pseudonym("permits", "robert"), "permits"),
    ]


def test_what_xes_declares_of_all_traces_and_events_each_of_them_says(ledger: Ledger) -> None:
    """Deadline, end and team stood among it, which many lack; whose names `concept:` and others are stood nowhere."""
    log = etree.fromstring(exported(ledger, "xes"))
    for scope, elements in (("trace", log.iter("trace")), ("event", log.iter("event"))):
        declared = set(log.xpath(f"global[@scope='{scope}']/*/@key"))
        assert declared
        for each in elements:
            assert declared <= {said.get("key") for said in each}
    prefixes = {key.partition(":")[0] for key in log.xpath("//@key") if ":" in key}
    assert prefixes == set(log.xpath("extension/@prefix"))


@pytest.mark.parametrize("asked", ["known_at", "as_of"])
def test_an_export_of_an_earlier_instant_holds_what_was_there_by_then(
    ledger: Ledger, asked: str
) -> None:
    noon = datetime(2024, 3, 4, 12, tzinfo=UTC)
    rows = list(csv.DictReader(io.StringIO(exported(ledger, "csv", **{asked: noon}).decode())))
    assert [row["topic"] for row in rows] == [
        "CaseImported",
        "ClockArmed",
        "OwnershipTransferred",
        "ActivityRecorded",
        "OwnershipTransferred",
        "ActivityRecorded",
    ]
    assert {row["case:ended"] for row in rows} == {""}


def test_an_instant_before_the_first_case_gives_a_log_without_cases(ledger: Ledger) -> None:
    before = datetime(2020, 1, 1, tzinfo=UTC)
    assert exported(ledger, "jsonl", known_at=before) == b""
    assert exported(ledger, "csv", known_at=before).count(b"\n") == 1
    assert b"<trace>" not in exported(ledger, "xes", known_at=before)


def test_a_letter_that_xml_cannot_hold_does_not_break_the_export(
    ledger: Ledger, tmp_path: Path
) -> None:
    rows = (
        "case:concept:name,channel,start,due,end,time:timestamp,concept:name,org:resource,org:group"
    )
    log = log_of(tmp_path, rows + "\nB-1,,,,,2024-03-04T09:00:00Z,form\x0cfeed,annika,desk\n")
    import_log(ledger, log.path, log.mapping, actor=Actor("machine", "import", version="test"))
    assert "form\ufffdfeed" in exported(ledger, "xes").decode()


def test_a_file_that_is_there_is_never_overwritten_and_its_name_says_the_form(
    ledger: Ledger, tmp_path: Path
) -> None:
    with pytest.raises(InvalidCommand, match=r"\.jsonl, \.csv, .* or \.provjson"):
        export_file(ledger, tmp_path / "cases.pdf")
    (tmp_path / "cases.csv").write_text("mine")
    with pytest.raises(InvalidCommand, match="already"):
        export_file(ledger, tmp_path / "cases.csv")
    with pytest.raises(LedgerUnavailable, match="nothing was left"):
        export_file(ledger, tmp_path / "nowhere" / "cases.csv")
    assert (tmp_path / "cases.csv").read_text() == "mine"
    assert not list(tmp_path.glob("*.part"))


def test_the_same_ledger_gives_the_same_packed_bytes(ledger: Ledger, tmp_path: Path) -> None:
    export_file(ledger, tmp_path / "one.xes.gz")
    export_file(ledger, tmp_path / "two.xes.gz")
    one, two = (tmp_path / "one.xes.gz").read_bytes(), (tmp_path / "two.xes.gz").read_bytes()
    assert one == two
    assert gzip.decompress(one).endswith(b"</log>")
