"""The log where it cannot be written: nothing that is asked depends on it, and no half line spoils the next."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
import structlog

from api.log_lines import Lines, log_as_json
from tests.api.http.served import serving
from tests.ledgers import place_in


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    yield
    structlog.reset_defaults()


def test_a_log_without_room_keeps_nobody_from_recording_and_its_lines_are_counted(
    tmp_path: Path,
) -> None:
    with open("/dev/full", "wb") as full:
        log_as_json(full)
        before = Lines.lost
        with serving(place_in(tmp_path)) as office:
            caller = office.as_member("I-02")
            reference = caller.opened()
            assert caller.get(f"/v1/cases/{reference}").status_code == 200
            assert (lost := Lines.lost) > before
            told = office.client.get("/metrics").text
            (count,) = re.findall(r"^caseledger_log_lines_lost_total (\S+)$", told, re.MULTILINE)
            assert lost <= float(count) <= Lines.lost, "whatever else is said meanwhile"


def test_half_a_line_is_ended_before_the_next() -> None:
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    with open(reading, "rb") as heard, open(writing, "wb") as file:
        log_as_json(file)
        structlog.get_logger().info("long", said="x" * 1_000_000)
        half = os.read(reading, 1_000_000)
        structlog.get_logger().info("next")
        structlog.get_logger().info("last")
        file.close()
        *_, end, following, last = (half + heard.read()).splitlines()
    assert not end.endswith(b"}")
    assert [orjson.loads(each)["event"] for each in (following, last)] == ["next", "last"]


def test_where_nobody_reads_any_more_lines_are_counted() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    before = Lines.lost
    with open(writing, "wb") as file:
        log_as_json(file)
        structlog.get_logger().info("to nobody")
    structlog.get_logger().info("to what is closed")
    assert Lines.lost == before + 2
