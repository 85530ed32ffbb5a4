"""Money in a request of an application: a text in which an amount is written, never a number of cents."""

from __future__ import annotations

from tests.api.http.served import Served
from tests.open311.city import V2, Application, offers, opening, with_open311

SERVICE = {
    "service_code": "INC-APP",
    "attribute[income]": "1,250.00",
    "attribute[household_size]": "3",
    "attribute[language]": "en",
}


def test_a_service_asks_for_an_amount_and_takes_one(
    served: Served, city: Application, anybody: Application
) -> None:
    offers(served, with_open311(services={"INC-APP": {}}))
    attributes = anybody.get("services/INC-APP.json").json()["attributes"]
    (money,) = [each for each in attributes if each["code"] == "income"]
    assert money["datatype"] == "number"
    assert money["datatype_description"] == "An amount, such as 1250 or 1250.00"
    french = served.client.get(f"{V2}/services/INC-APP.json", headers={"Accept-Language": "fr"})
    assert "Un montant, comme 1250 ou 1250,00" in french.text
    assert opening(served, city.sent(**SERVICE)).answers.personal["income"] == 125_000
    unclear = {**SERVICE, "address_string": "1 Mill Lane", "attribute[income]": "1,250"}
    refused = city.post("requests.json", unclear)
    assert refused.status_code == 400
    assert "attribute[income] must be an amount such as 1250 or 1250.00." in refused.text
