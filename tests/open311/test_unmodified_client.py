"""An unmodified client: software that others wrote for GeoReport reads our endpoint as it reads any city's."""

from __future__ import annotations

import pytest
from georeport import GeoReport

from tests.api.http.served import Served
from tests.open311.city import V2, Application


@pytest.fixture(params=["json", "xml"])
def client(request: pytest.FixtureRequest, served: Served) -> GeoReport:
    """The client library of PyPI, for one of the two forms."""
    return GeoReport(
        f"{served.url}{V2}", jurisdiction="halifax.example", output_format=request.param
    )


def test_it_lists_the_services_and_what_each_asks(client: GeoReport) -> None:
    codes = [each["service_code"] for each in client.get_service_list()]
    assert codes == ["GEN-ENQ", "RDW-POT", "RDW-WIN"]
    assert client.get_service_definition("RDW-POT")["service_code"] == "RDW-POT"


def test_it_follows_requests(client: GeoReport, city: Application) -> None:
    first, second = city.sent(), city.sent()
    assert client.get_service_request(first)["service_request_id"] == first
    listed = client.get_service_requests(service_code="RDW-POT", status="open")
    assert {first, second} <= {each["service_request_id"] for each in listed}
    assert client.get_service_requests(service_request_id=f"{first},{second}") != []
