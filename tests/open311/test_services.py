"""Services: what the policy offers to the public, as GeoReport lists and defines it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.api.http.served import Served
from tests.open311.city import V2, Application, in_xml

Fits = Callable[[str, Any], None]


def test_the_discovery_document_says_where_georeport_is_spoken_and_in_which_forms(
    served: Served,
) -> None:
    said = served.client.get("/open311/discovery.json").json()
    (endpoint,) = said["endpoints"]
    assert endpoint["url"] == V2, "from the root of where it was asked, whatever the Host said"
    assert endpoint["formats"] == ["text/xml", "application/json"]
    assert said["changeset"] == "2026-03-02T08:30:00-04:00"
    xml = in_xml(served.client.get("/open311/discovery.xml"))
    assert {name: xml[name] for name in said} == said
    below = served.client.get(f"{V2}/discovery.json")
    assert below.json() == said, "clients that know the endpoint alone look for it there"


def test_the_services_are_the_types_that_the_policy_offers(
    anybody: Application, fits: Fits
) -> None:
    services = anybody.get("services.json").json()
    fits("services.json", services)
    for each in services:
        fits("service.json", each)
    assert [each["service_code"] for each in services] == ["GEN-ENQ", "RDW-POT", "RDW-WIN"]


def test_a_service_says_what_it_asks_besides_the_arguments_of_georeport(
    anybody: Application, fits: Fits
) -> None:
    definition = anybody.get("services/RDW-WIN.json").json()
    fits("service-definition.json", definition)
    language, since_when = definition["attributes"]
    assert [each["code"] for each in definition["attributes"]] == ["language", "since_when"]
    assert (language["datatype"], language["required"]) == ("singlevaluelist", False)
    assert (since_when["datatype"], since_when["required"]) == ("datetime", True)


def test_xml_says_the_same_as_json(anybody: Application) -> None:
    for path in ("services", "services/RDW-POT"):
        json, xml = anybody.get(f"{path}.json").json(), in_xml(anybody.get(f"{path}.xml"))
        assert xml == _as_text(json)


def test_names_are_in_the_language_that_is_asked_for(served: Served) -> None:
    french = served.client.get(f"{V2}/services.json", headers={"Accept-Language": "fr-CA"})
    names = [each["service_name"] for each in french.json()]
    assert "Nid-de-poule ou défaut de la route" in names


@pytest.mark.parametrize(("language", "named"), [("en", ["Yes", "No"]), ("fr", ["Oui", "Non"])])
def test_what_may_be_answered_is_named_in_the_language_that_is_asked_for(
    served: Served, language: str, named: list[str]
) -> None:
    asked = served.client.get(f"{V2}/services/RDW-POT.json", headers={"Accept-Language": language})
    values = {each["code"]: each.get("values") for each in asked.json()["attributes"]}
    assert [each["key"] for each in values["danger_now"]] == ["true", "false"]
    assert [each["name"] for each in values["danger_now"]] == named


def _as_text(value: Any) -> Any:
    """JSON as XML has it: texts alone."""
    match value:
        case bool():
            return "true" if value else "false"
        case dict():
            return {name: _as_text(each) for name, each in value.items()}
        case list():
            return [_as_text(each) for each in value]
        case None:
            return None
        case _:
            return str(value)
