"""The logs of a real municipality and a real help desk are read without losing a row."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from api.channels.event_log import EventLog
from api.channels.histories import CaseHistory
from api.channels.mapping_files import find_mapping, read_mapping
from ledger.errors import InvalidCommand
from tests.channels.logs import read, real


def found(cases: list[CaseHistory]) -> Counter[str]:
    return Counter(finding.code for case in cases for finding in case.findings)


def handoffs(cases: list[CaseHistory]) -> int:
    return sum(step.transferred_from is not None for case in cases for step in case.steps)


@pytest.mark.parametrize("file", ["receipt.xes.gz", "receipt.csv.gz"])
def test_the_permit_applications_are_read_whole(file: str) -> None:
    cases, aside = read(EventLog(real("receipt", file), find_mapping("receipt")))
    assert not aside
    assert len(cases) == 1_434
    assert sum(len(case.recorded) for case in cases) == 8_577
    assert Counter(case.channel.code for case in cases) == {
        "web": 1_250,
        "walk_in": 109,
        "mail": 53,
        "email": 21,
        "intern": 1,
    }
    assert sum(case.ended_late for case in cases) == 377
    assert handoffs(cases) == 1_208
    numbers = found(cases)
    assert numbers["events-after-end"] == 145
    assert numbers["events-before-start"] == 2
    assert numbers["ended-before-start"] == 2
    assert numbers["never-ended"] == 105


def test_the_permit_applications_say_the_same_as_xes_and_as_csv() -> None:
    mapping = find_mapping("receipt")
    one, _ = read(EventLog(real("receipt", "receipt.xes.gz"), mapping))
    other, _ = read(EventLog(real("receipt", "receipt.csv.gz"), mapping))

    def told(case: CaseHistory) -> tuple[object, ...]:
        steps = [(s.at, s.activity, s.actor, s.team, s.transferred_from) for s in case.steps]
        times = case.received_at, case.deadline_at, case.ended_at
        return case.external_id, case.channel, case.responsible, case.team, *times, *steps

    assert sorted(map(told, one), key=str) == sorted(map(told, other), key=str)


def test_the_help_desk_tickets_are_read_whole_and_their_repeats_recognised() -> None:
    cases, aside = read(EventLog(real("helpdesk", "helpdesk.xes.gz"), find_mapping("helpdesk")))
    assert not aside
    assert len(cases) == 4_580
    assert sum(len(case.steps) for case in cases) == 21_348
    assert sum(len(case.recorded) for case in cases) == 21_348 - 127


PLAIN = """
[log]
name = "sample"
[case]
id = "{case}"
[event]
time = "{time}"
activity = "{activity}"
{zone}
"""


def plain(case: str, time: str, activity: str, *, zone: str = "") -> str:
    return PLAIN.format(case=case, time=time, activity=activity, zone=zone)


XES = plain("concept:name", "time:timestamp", "concept:name")
ZONED = '[times]\nzone = "UTC"\n'


@pytest.mark.parametrize(
    ("file", "text", "cases", "rows", "aside"),
    [
        ("running-example.xes", XES, 6, 42, 0),
        ("running-example.csv", XES, 6, 42, 0),
        ("running_example.csv", plain("case_id", "timestamp", "activity"), 6, 42, 0),
        ("running_example_broken.csv", XES, 6, None, 0),
        ("11_tickets.xes.gz", XES, 0, None, None),
        ("11_tickets.xes.gz", XES + ZONED, 9, None, 0),
        ("10_orders.xes.gz", XES + ZONED, 0, None, None),
        ("10_orders.xes.gz", XES + ZONED + 'formats = ["%Y/%m/%d %H:%M:%S.%f"]', None, None, 0),
    ],
)
def test_a_sample_of_the_field_is_read_with_a_mapping_of_nine_lines(
    file: str, text: str, cases: int | None, rows: int | None, aside: int | None
) -> None:
    log = EventLog(real("conformance", "xes-ocel", file), read_mapping(text, file="sample.toml"))
    histories, left = read(log)
    assert cases is None or len(histories) == cases
    assert rows is None or sum(len(case.steps) for case in histories) == rows
    assert len(left) == (log.survey().rows if aside is None else aside)


def test_whatever_else_lies_there_is_refused_in_one_sentence() -> None:
    readable = {"running-example.xes", "running-example.csv", "10_orders.xes.gz"}
    readable |= {"11_tickets.xes.gz", "running_example_broken.csv"}
    mapping = read_mapping(XES, file="sample.toml")
    refused: dict[Path, str] = {}
    for path in sorted(real("conformance", "xes-ocel").iterdir()):
        if path.name not in readable:
            with pytest.raises(InvalidCommand) as caught:
                EventLog(path, mapping).survey()
            refused[path] = str(caught.value)
    assert len(refused) == 17
    for path, sentence in refused.items():
        assert sentence.startswith(path.name)
        assert sentence.endswith(".")
        assert "\n" not in sentence
