"""GeoReport over each kind of store: the same questions find the same requests and updates."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.api.http.served import serving
from tests.ledgers import place_in
from tests.open311.city import Application, application


@pytest.mark.parametrize("store", ["sqlite", "postgresql"])
def test_requests_and_updates_are_found_on_each_store(
    store: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    database = None if store == "sqlite" else request.getfixturevalue("postgresql_url")
    with serving(place_in(tmp_path, database=database)) as served:
        city, anybody = application(served), Application(served, None)
        first = city.sent()
        served.clock.pass_by(hours=1)
        since = served.clock().isoformat()
        second = city.sent()

        def found(**query: str) -> list[str]:
            answer = anybody.get("requests.json", **query)
            return [each["service_request_id"] for each in answer.json()]

        assert found() == [second, first]
        assert found(status="open", page_size="1", page="2") == [first]
        assert found(status="closed") == []
        assert found(start_date=since) == found(updated_after=since) == [second]
        assert found(service_code="RDW-WIN") == []
        updates = anybody.get("servicerequestupdates.json", start_date=since).json()
        assert [each["service_request_id"] for each in updates] == [second]
