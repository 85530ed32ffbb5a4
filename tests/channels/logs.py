"""Small event logs made for a test, and where the real ones lie."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from api.channels.event_log import EventLog
from api.channels.histories import CaseHistory
from api.channels.mapping import Mapping
from api.channels.mapping_files import read_mapping
from api.channels.rows import SetAside
from ledger.entry import Actor

CLERK = Actor("machine", "import", version="test")
HEADER = (
    "case:concept:name,channel,start,due,end,time:timestamp,concept:name,org:resource,org:group"
)
ROW = "A-1,Counter,2024-03-04T08:00:00Z,,,2024-03-04T09:00:00Z,look,ann,desk"
MAPPING = """
[log]
name = "permits"

[case]
id = "concept:name"
channel = "channel"
received = "start"
deadline = "due"
ended = "end"

[event]
time = "time:timestamp"
activity = "concept:name"
actor = "org:resource"
team = "org:group"

[channels]
Counter = "walk_in"
Letters = { code = "letter", family = "mail" }

[reading]
empty = ["EMPTY"]
test_accounts = ["test*"]
"""

DECLARED = (
    '<global scope="trace">'
    + "".join(
        f'<string key="{key}" value="EMPTY"/>'
        for key in ("concept:name", "channel", "start", "due", "end")
    )
    + '</global><global scope="event">'
    + "".join(
        f'<string key="{key}" value="EMPTY"/>'
        for key in ("time:timestamp", "concept:name", "org:resource", "org:group")
    )
    + "</global>"
)


def mapping(text: str = MAPPING, **replaced: str) -> Mapping:
    """The test's mapping with whole lines `key = ...` replaced."""
    lines = [replaced.pop(line.partition(" = ")[0], line) for line in text.splitlines()]
    return read_mapping("\n".join(lines), file="permits.toml")


def event(at: str = "2024-03-04T09:00:00Z", activity: str = "look", **others: str) -> str:
    """An event as XES writes it; `actor` and `team` have their usual keys."""
    keys = {"actor": "org:resource", "team": "org:group"}
    said = {"time:timestamp": at, "concept:name": activity}
    said |= {keys.get(name, name): value for name, value in others.items()}
    inner = "".join(f'<string key="{key}" value="{value}"/>' for key, value in said.items())
    return f"<event>{inner}</event>"


def trace(name: str, *events: str, **others: str) -> str:
    """A trace as XES writes it."""
    said = ({"concept:name": name} if name else {}) | others
    inner = "".join(f'<string key="{key}" value="{value}"/>' for key, value in said.items())
    return f"<trace>{inner}{''.join(events)}</trace>"


def xes(*traces: str) -> str:
    """A log that declares every attribute of the test's mapping."""
    return f'<?xml version="1.0" encoding="UTF-8"?><log>{DECLARED}{"".join(traces)}</log>'


def log_of(folder: Path, content: str | bytes, *, read_by: Mapping | None = None) -> EventLog:
    """A log of this content in a file."""
    path = folder / "permits.log"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return EventLog(path, read_by or mapping())


def read(log: EventLog) -> tuple[list[CaseHistory], list[SetAside]]:
    """A log's cases and what is set aside: together every row that the survey counted, once."""
    survey = log.survey()
    cases: list[CaseHistory] = []
    aside: list[SetAside] = []
    for found in log.histories():
        match found:
            case CaseHistory():
                cases.append(found)
            case SetAside():
                aside.append(found)
    rows = [step.row for case in cases for step in case.steps]
    rows += [each.row for each in aside if each.row is not None]
    assert sorted(rows) == list(range(1, survey.rows + 1))
    return cases, aside


def real(*parts: str) -> Path:
    """A file of the real data; the test is skipped where it is absent."""
    folder = Path(os.environ.get("CASELEDGER_DATA", Path(__file__).parents[3] / "shared" / "data"))
    path = folder.joinpath(*parts)
    if not path.exists():
        pytest.skip(
            "the real data is absent: put it at ../shared/data or name it in CASELEDGER_DATA"
        )
    return path


def csv(*rows: str) -> str:
    """A log of these rows."""
    return "\n".join((HEADER, *rows)) + "\n"
