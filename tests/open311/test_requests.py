"""Requests as anybody sees them: chosen by the filters of the specification, and never with anything personal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from ledger.times import EPOCH
from tests.api.http.served import Served
from tests.open311.city import EXAMPLE, V2, Application, application, in_xml, offers, with_open311

Fits = Callable[[str, Any], None]


def _resolved(served: Served, reference: str) -> None:
    roads = served.as_member("R-02")
    said = {"outcome": "done"}
    answer = roads.post(f"/v1/cases/{reference}/resolve", said, If_Match="*")
    assert answer.status_code == 201, answer.text


def _ids(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [each["service_request_id"] for each in answer.json()]


def test_a_request_just_sent_is_there_for_anybody_and_fits_the_schema(
    city: Application, anybody: Application, fits: Fits
) -> None:
    request_id = city.sent()
    one = anybody.one(request_id)
    fits("request.json", one)
    fits("requests.json", anybody.get("requests.json").json())
    assert (one["status"], one["service_code"]) == ("open", "RDW-POT")
    assert one["status_notes"].startswith("Your request is with Roads depot")
    assert one["expected_datetime"] is not None
    xml = in_xml(anybody.get(f"requests/{request_id}.xml"))
    assert xml == [{name: None if said is None else str(said) for name, said in one.items()}]


def test_nothing_personal_is_shown(city: Application, anybody: Application) -> None:
    shown = anybody.get(f"requests/{city.sent()}.json").text + anybody.get("requests.xml").text
    assert not [said for said in ("smith", "sinkhole", "Mill Lane", "37.76") if said in shown]


def test_a_resolved_request_is_closed_and_says_how(
    served: Served, city: Application, anybody: Application
) -> None:
    request_id = city.sent()
    served.clock.pass_by(hours=1)
    _resolved(served, request_id)
    one = anybody.one(request_id)
    assert (one["status"], one["expected_datetime"]) == ("closed", None)
    assert "was closed on" in one["status_notes"]
    assert "Done" in one["status_notes"]
    assert one["updated_datetime"] > one["requested_datetime"]
    assert request_id in _ids(anybody.get("requests.json", status="closed"))
    assert request_id not in _ids(anybody.get("requests.json", status="open"))
    assert request_id in _ids(anybody.get("requests.json", status="open,closed"))


def test_requests_are_found_by_service_by_id_and_by_when_they_were_made(
    served: Served, city: Application, anybody: Application
) -> None:
    served.clock.pass_by(days=1)
    before = served.clock()
    first = city.sent()
    served.clock.pass_by(days=1)
    second = city.sent(**{"service_code": "RDW-WIN", "attribute[since_when]": "2026-03-01"})
    assert _ids(anybody.get("requests.json", start_date=before.isoformat())) == [second, first]
    later = (before + timedelta(hours=1)).isoformat().replace("+00:00", "Z")
    assert _ids(anybody.get("requests.json", start_date=later)) == [second]
    named = anybody.get("requests.json", service_code="RDW-WIN", start_date=before.isoformat())
    assert _ids(named) == [second]
    both = f"{first},{second}"
    assert _ids(anybody.get("requests.json", service_request_id=both, status="closed")) == [
        first,
        second,
    ]


def test_without_dates_the_last_90_days_are_meant(
    served: Served, city: Application, anybody: Application
) -> None:
    old = city.sent()
    served.clock.pass_by(days=91)
    new = city.sent()
    found = _ids(anybody.get("requests.json"))
    assert (new in found, old in found) == (True, False)


def test_what_was_updated_since_is_found_however_old_it_is(
    served: Served, city: Application, anybody: Application
) -> None:
    old = city.sent()
    served.clock.pass_by(days=100)
    since = served.clock().isoformat()
    city.sent()
    assert old not in _ids(anybody.get("requests.json", updated_after=since))
    _resolved(served, old)
    assert old in _ids(anybody.get("requests.json", updated_after=since))
    assert _ids(anybody.get("requests.json", updated_before=since, updated_after=since)) != []


def test_pages_are_as_long_as_is_asked_and_tell_each_request_once(
    served: Served, city: Application, anybody: Application
) -> None:
    served.clock.pass_by(days=1)
    start = served.clock().isoformat()
    sent = [city.sent() for _ in range(5)]
    pages = [
        _ids(anybody.get("requests.json", start_date=start, page_size="2", page=str(page)))
        for page in (1, 2, 3, 4)
    ]
    assert [len(page) for page in pages] == [2, 2, 1, 0]
    assert {each for page in pages for each in page} == set(sent)


def test_a_request_of_a_service_that_is_not_listed_is_shown_with_a_key_alone(
    served: Served, city: Application, anybody: Application
) -> None:
    request_id = city.sent(service_code="GEN-ENQ")
    assert anybody.get(f"requests/{request_id}.json").status_code == 404
    assert request_id not in _ids(anybody.get("requests.json"))
    assert _ids(anybody.get("requests.json", service_request_id=request_id)) == []
    assert city.one(request_id)["service_code"] == "GEN-ENQ"
    limited = application(served, "feed.read")
    assert limited.get(f"requests/{request_id}.json").status_code == 403


def test_a_case_that_came_another_way_is_a_request_like_any_other(
    served: Served, anybody: Application
) -> None:
    reference = served.as_member("I-02").opened()
    assert anybody.one(reference)["status"] == "open"


def test_what_the_policy_lets_anybody_see_is_shown_of_the_office_tier_alone(
    served: Served, city: Application, anybody: Application, fits: Fits
) -> None:
    point = {
        name: {"tier": "office", "kind": "text", "en": name, "fr": name} for name in ("lat", "long")
    }
    fields = {"lat": "lat", "long": "long", "place": "civic_location"}
    offers(served, with_open311(point, fields=fields, shows=["lat", "long"]))
    one = anybody.one(city.sent())
    fits("request.json", one)
    assert (one["lat"], one["long"]) == (37.76524078, -122.4212043)
    assert (one["address"], one["description"]) == (None, None)
    offers(served, with_open311())


def test_a_policy_that_offers_nothing_lists_nothing(served: Served, anybody: Application) -> None:
    offers(served, with_open311(services={}))
    assert anybody.get("services.json").json() == []
    assert anybody.get("requests.json").json() == []
    assert anybody.get("services/RDW-POT.json").status_code == 404
    offers(served, with_open311())


def test_a_service_may_answer_with_a_token_by_which_the_id_is_asked_for(
    served: Served, city: Application, anybody: Application
) -> None:
    offers(served, with_open311(services={"RDW-POT": {"listed": True, "by_token": True}}))
    assert anybody.get("services.json").json()[0]["type"] == "batch"
    said = {**EXAMPLE, "address_string": "1 Token Road"}
    (sent,) = city.post("requests.json", said).json()
    assert "service_request_id" not in sent
    (found,) = anybody.get(f"tokens/{sent['token']}.json").json()
    assert found["token"] == sent["token"]
    assert anybody.one(found["service_request_id"])["status"] == "open"
    (again,) = city.post("requests.json", said).json()
    assert again["token"] == sent["token"]
    offers(served, with_open311())


@pytest.mark.parametrize("token", ["1", "019de001-4c00-7000-8000-000000000001", "é"])
def test_a_token_that_was_never_issued_is_not_there(anybody: Application, token: str) -> None:
    answer = anybody.get(f"tokens/{token}.xml")
    assert (answer.status_code, in_xml(answer)[0]["code"]) == (404, "404")


def test_a_page_of_any_site_may_speak_it_and_read_nothing_else(
    served: Served, anybody: Application
) -> None:
    for path, status in (("services.json", 200), ("requests/nothing.json", 404)):
        answer = anybody.get(path)
        assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (status, "*")
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    asked = served.client.options(f"{V2}/requests.json")
    assert asked.status_code == 204
    assert "Idempotency-Key" in asked.headers["Access-Control-Allow-Headers"]
    other = served.client.get("/v1/board", headers={"Origin": "https://map.example"})
    assert "Access-Control-Allow-Origin" not in other.headers
    assert other.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_command_that_came_another_way_is_no_token_however_well_its_key_is_guessed(
    served: Served, anybody: Application
) -> None:
    said = {"channel": "phone", "request_type": "INC-APP", "region": "HAL"}
    assert served.as_member("I-02").post("/v1/cases", said, key="call-1").status_code == 201
    guessed = served.service.ledger.derived_id(EPOCH, "http", "I-02", "call-1")
    assert served.service.ledger.stream_of_command(guessed) is not None
    answer = anybody.get(f"tokens/{guessed}.json")
    assert answer.status_code == 404
    assert "service_request_id" not in answer.text


def test_updates_tell_what_changed_for_requesters_in_the_order_in_which_it_was_recorded(
    served: Served, city: Application, anybody: Application
) -> None:
    served.clock.pass_by(days=1)
    start = served.clock().isoformat()
    first, second, hidden = city.sent(), city.sent(), city.sent(service_code="GEN-ENQ")
    served.clock.pass_by(hours=1)
    _resolved(served, first)
    updates = anybody.get("servicerequestupdates.json", start_date=start).json()
    told = [(each["service_request_id"], each["status"]) for each in updates]
    assert told == [(first, "open"), (second, "open"), (first, "closed")]
    assert hidden not in {each["service_request_id"] for each in updates}
    assert len({each["update_id"] for each in updates}) == len(updates)
    xml = in_xml(
        anybody.get("servicerequestupdates.xml", start_date=start, page_size="1", page="3")
    )
    assert [each["status"] for each in xml] == ["closed"]


def test_what_tells_a_requester_nothing_else_than_before_is_no_update(
    served: Served, city: Application, anybody: Application
) -> None:
    served.clock.pass_by(days=1)
    start = served.clock().isoformat()
    request_id = city.sent()
    for hours in (48, 49):
        by_at = (served.clock() + timedelta(hours=hours)).isoformat()
        promised = {"by_at": by_at, "words": "Somebody calls back."}
        answer = served.as_member("R-02").post(f"/v1/cases/{request_id}/promise", promised)
        assert answer.status_code == 201, answer.text
    updates = anybody.get("servicerequestupdates.json", start_date=start).json()
    assert len(updates) == 2, "it came, and a day was promised: the hour is not told"
    assert updates[0]["description"] != updates[1]["description"]


def test_a_request_is_expected_by_the_clock_that_runs_while_another_is_stopped(
    served: Served, city: Application, anybody: Application
) -> None:
    request_id = city.sent(**{"attribute[danger_now]": "true"})
    expected = anybody.one(request_id)["expected_datetime"]
    path, said = f"/v1/cases/{request_id}/wait", {"reason": "weather"}
    assert served.as_member("R-02").post(path, said, If_Match="*").status_code == 201
    assert anybody.one(request_id)["expected_datetime"] == expected is not None


def test_updates_can_be_followed_from_where_one_stopped(
    served: Served, city: Application, anybody: Application
) -> None:
    request_id = city.sent()
    served.clock.pass_by(hours=1)
    seen_at = served.clock().isoformat()
    assert anybody.get("servicerequestupdates.json", start_date=seen_at).json() == []
    _resolved(served, request_id)
    (update,) = anybody.get("servicerequestupdates.json", start_date=seen_at).json()
    assert update["service_request_id"] == request_id


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ({"start_date": "2026-03-02"}, 400, "no offset"),
        ({"start_date": "yesterday"}, 400, "no time that exists"),
        ({"start_date": "0001-01-01T00:00:00+14:00"}, 400, "too long ago"),
        ({"start_date": "9999-12-31T00:00:00Z"}, 400, "too far ahead"),
        (
            {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-06-01T00:00:00Z"},
            400,
            "90 days",
        ),
        ({"start_date": "2026-03-02T00:00:00Z", "end_date": "2026-03-01T00:00:00Z"}, 400, "after"),
        ({"status": "pending"}, 400, "status: send open"),
        ({"service_code": "NOPE"}, 404, "No service has this"),
        ({"page_size": "1001"}, 400, "from 1 to 1000"),
        ({"page_size": "0000000000019999999"}, 400, "from 1 to 1000"),
        ({"page_size": "9" * 5_000}, 400, "longer than"),
        ({"page": "0"}, 400, "page"),
        ({"page": "٣"}, 400, "page"),
        (
            {"service_request_id": ",".join(["7ZK3Q-0M9TB-4"] + [str(n) for n in range(100)])},
            400,
            "too many",
        ),
        ({"service_request_id": "12345"}, 400, "no case reference"),
        ({"jurisdiction_id": "elsewhere.example"}, 404, "jurisdiction_id"),
        ({"api_key": "clk_no", "service_request_id": "7ZK3Q"}, 400, "no case reference"),
    ],
)
def test_a_wrong_query_is_answered_with_one_sentence(
    anybody: Application, query: dict[str, str], status: int, said: str
) -> None:
    answer = anybody.get("requests.json", **query)
    (error,) = answer.json()
    assert (answer.status_code, error["code"]) == (status, status)
    assert said in error["description"]


def test_what_is_given_and_empty_is_as_if_it_was_not_given(anybody: Application) -> None:
    blank = dict.fromkeys(
        ("jurisdiction_id", "status", "start_date", "service_code", "page", "service_request_id"),
        "",
    )
    assert anybody.get("requests.json", **blank).json() == anybody.get("requests.json").json()


def test_what_clients_add_of_their_own_is_passed_over(anybody: Application) -> None:
    assert anybody.get("requests.json", extensions="true", callback="f").status_code == 200


@pytest.mark.parametrize("reference", ["12345", "7ZK3Q-0M9TB-4", "x" * 300])
def test_a_request_that_is_not_there_is_not_found(anybody: Application, reference: str) -> None:
    answer = anybody.get(f"requests/{reference}.json")
    assert (answer.status_code, answer.json()[0]["code"]) == (404, 404)


def test_an_address_that_is_none_is_told_in_the_format_of_georeport(served: Served) -> None:
    answer = served.client.get("/open311/v2/nothing.json")
    assert (answer.status_code, answer.json()[0]["code"]) == (404, 404)
    assert served.client.put("/open311/v2/requests.json").status_code == 405
