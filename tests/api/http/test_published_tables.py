"""The tables of a month over HTTP: for every member, a minister's office too, the same ever after."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import timedelta

import pytest

from ledger.case.intake.opening import OpenCase
from tests.api.http.served import Served, serving
from tests.ledgers import INTAKE, place_in


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(place_in(tmp_path_factory.mktemp("published"))) as served:
        ledger = served.service.ledger
        for _ in range(6):
            opening = OpenCase(case_id=ledger.new_id(), channel="phone", request_type="RDW-POT")
            ledger.handle(opening, actor=INTAKE)
        served.clock.at += timedelta(days=70)
        yield served


def test_the_last_month_is_told_with_its_totals_and_is_not_told_again(office: Served) -> None:
    told = office.as_member("R-02").get("/v1/published")
    assert told.status_code == 200
    month = told.json()
    assert (month["month"], month["smallest"]) == ("2026-03", 5)
    received, _ = month["tables"]
    assert received["counts"][received["rows"].index("RDW")][-1] == 6
    again = office.as_member("R-02").get("/v1/published", If_None_Match=told.headers["ETag"])
    assert again.status_code == 304
    lines = csv.DictReader(
        io.StringIO(office.as_member("R-02").get("/v1/published.csv?month=2026-03").text)
    )
    assert {"table": "received", "programme": "RDW", "column": "all", "count": "6"} in list(lines)


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("month=2026-04", "the last that is there is 2026-03"),
        ("month=april", "is no month: give one as 2026-03"),
        ("month=2026-03&as_of=2026-04-01", "leave known_at and as_of out"),
        ("month=2026-03&team=RDW", "it takes min_position, month"),
    ],
)
def test_what_is_no_published_month_is_answered_with_what_to_do(
    office: Served, query: str, why: str
) -> None:
    answer = office.as_member("R-02").get(f"/v1/published?{query}")
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-command")
    assert why in answer.json()["detail"]
