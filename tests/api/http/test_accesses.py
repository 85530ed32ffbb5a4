"""Who opened what, over HTTP: that nothing is recorded between two instants is said of those with something between."""

from __future__ import annotations

import pytest

from tests.api.http.served import Served

WHY = {"Audit_Reason": "To call her back."}


def test_the_days_that_are_asked_about_are_whole_ones(office: Served) -> None:
    intake, auditor = office.as_member("I-02"), office.as_member("A-01")
    ref, today = intake.opened(), office.clock().date().isoformat()
    assert intake.get(f"/v1/cases/{ref}/values?purpose=intake", **WHY).status_code == 200
    upto = office.service.ledger.store.tip()
    for between in (f"from={today}", f"until={today}", f"from={today}&until={today}"):
        path = f"/v1/accesses?case={ref}&min_position={upto}&{between}"
        assert len(auditor.get(path).json()["listed"]) == 1, between


@pytest.mark.parametrize(
    "between",
    ["from=2026-03-02&until=2026-03-01", "from=2999-01-01", "from=2998-01-01&until=2999-01-01"],
)
def test_of_a_time_that_ends_before_it_begins_or_is_to_come_it_is_not_said_that_nothing_was_read(
    office: Served, between: str
) -> None:
    auditor = office.as_member("A-01")
    refused = auditor.get(f"/v1/accesses?{between}")
    assert (refused.status_code, refused.json()["detail"]) == (
        422,
        "from must lie before until, and before the instant that is asked about: give them in order.",
    )
    french = auditor.get(f"/v1/accesses.csv?{between}", Accept_Language="fr").json()["detail"]
    assert french.startswith("from doit précéder until")


def test_what_is_asked_up_to_a_time_to_come_is_told_up_to_now(office: Served) -> None:
    told = office.as_member("A-01").get("/v1/accesses?until=2999-01-01").json()
    assert told["to_at"].startswith(office.clock().date().isoformat())
