"""Intake by GeoReport: a request becomes a case, nothing that came with it is lost, and sent again it adds nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from ledger.case.contact.contacts import ContactLogged
from tests.api.http.served import Served
from tests.open311.city import (
    EXAMPLE,
    Application,
    application,
    entries,
    in_xml,
    notes,
    offers,
    opening,
    with_open311,
)


def test_a_request_becomes_a_case_of_the_web_family_that_its_team_has_at_once(
    served: Served, city: Application
) -> None:
    answer = city.post("requests.json", EXAMPLE)
    assert answer.status_code == 201
    (said,) = answer.json()
    assert (said["account_id"], "token" in said) == ("123456", False)
    opened = opening(served, said["service_request_id"])
    assert (opened.channel_family, opened.request_type, opened.source) == (
        "web",
        "RDW-POT",
        "open311",
    )
    assert opened.answers.office == {"danger_now": False, "language": None}
    assert opened.answers.personal == {
        "civic_location": "1234 5th street; 37.76524078, -122.4212043",
        "contact": "smit333@sfgov.edu; 111111111",
        "description": "A large sinkhole is destroying the street",
        "name": "john smith",
    }
    assert city.one(said["service_request_id"])["agency_responsible"] == "Roads depot"


def test_who_sent_it_is_a_party_and_what_no_field_takes_is_a_note(
    served: Served, city: Application
) -> None:
    request_id = city.sent(**{"attribute[WHISPAWN]": "123456", "easting": "4711"})
    requester = opening(served, request_id).requester
    assert requester is not None
    (party,) = served.service.ledger.read(f"party/{requester}")
    assert party.entry.topic == "PartyRecorded"
    (note,) = notes(served, request_id)
    assert note.splitlines() == [
        "device_id: tt222111",
        "account_id: 123456",
        f"media_url: {EXAMPLE['media_url']}",
        "easting: 4711",
        "attribute[WHISPAWN]: 123456",
    ]


def test_a_request_that_says_no_more_than_it_must_is_a_case_without_a_party_or_a_note(
    served: Served, city: Application
) -> None:
    least = {
        "service_code": "RDW-POT",
        "lat": "44.6488",
        "long": "-63.5752",
        "attribute[danger_now]": "true",
    }
    answer = city.post("requests.json", least)
    assert answer.status_code == 201
    request_id = answer.json()[0]["service_request_id"]
    assert (opening(served, request_id).requester, notes(served, request_id)) == (None, [])


def test_an_id_of_the_sender_is_kept_with_the_case(served: Served, city: Application) -> None:
    assert opening(served, city.sent(external_id="FMS-17")).external_id == "FMS-17"


def test_an_incomplete_request_is_taken_in_and_says_what_it_lacks(
    served: Served, city: Application
) -> None:
    opened = opening(served, city.sent(description="", email="", phone=""))
    assert {"description", "contact"} <= set(opened.missing)


def test_the_language_that_a_client_asks_for_is_that_of_the_case(
    served: Served, city: Application
) -> None:
    said = {**EXAMPLE, "address_string": "1 rue du Moulin"}
    answer = city.post("requests.json", said, Accept_Language="fr")
    opened = opening(served, answer.json()[0]["service_request_id"])
    assert (opened.language, opened.answers.office["language"]) == ("fr", "fr")
    said = {**EXAMPLE, "address_string": "2 rue du Moulin"}
    answer = city.post("requests.json", said, Accept_Language="de, *;q=0.1")
    assert opening(served, answer.json()[0]["service_request_id"]).language is None


def test_a_date_is_taken_as_the_offices_date_of_the_instant_that_was_sent(
    served: Served, city: Application
) -> None:
    said = {
        "service_code": "RDW-WIN",
        "attribute[since_when]": "2026-03-01T02:00:00Z",
        "attribute[danger_now]": "",
    }
    assert opening(served, city.sent(**said)).answers.office["since_when"] == "2026-02-28"


def test_sent_again_within_minutes_a_request_adds_nothing(
    served: Served, city: Application
) -> None:
    said = {**EXAMPLE, "address_string": "7 Retry Road"}
    first = city.post("requests.xml", said)
    served.clock.pass_by(minutes=9)
    tip = served.service.ledger.store.tip()
    again = city.post("requests.json", said)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.json()[0]["service_request_id"] == in_xml(first)[0]["service_request_id"]
    assert served.service.ledger.store.tip() == tip


def test_sent_again_after_these_minutes_it_is_another_request(
    served: Served, city: Application
) -> None:
    said = {**EXAMPLE, "address_string": "8 Retry Road"}
    first = city.post("requests.json", said)
    served.clock.pass_by(minutes=10)
    again = city.post("requests.json", said)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() != again.json()


def test_sent_many_times_at_once_it_is_one_case_with_one_party_and_one_note(
    served: Served, city: Application
) -> None:
    said = {**EXAMPLE, "address_string": "6 Retry Road"}
    before = served.service.ledger.store.tip()
    with ThreadPoolExecutor(8) as at_once:
        answers = list(at_once.map(lambda _: city.post("requests.json", said), range(16)))
    assert len({answer.json()[0]["service_request_id"] for answer in answers}) == 1
    assert [answer.status_code for answer in answers].count(201) == 1
    topics = [entry.topic for entry in served.service.ledger.entries(after=before)]
    assert [topics.count(each) for each in ("CaseOpened", "PartyRecorded", "NoteAdded")] == [
        1,
        1,
        1,
    ]


def test_the_policy_says_which_field_takes_what_is_given(served: Served, city: Application) -> None:
    offers(
        served,
        with_open311(fields={"account_id": "account_no", "address_string": "civic_location"}),
    )
    request_id = city.sent(address_string="11 Mill Lane")
    answers = opening(served, request_id).answers.personal
    assert (answers["account_no"], answers["civic_location"]) == ("123456", "11 Mill Lane")
    (note,) = notes(served, request_id)
    assert "account_id" not in note
    assert {"lat: 37.76524078", "long: -122.4212043"} <= set(note.splitlines())
    offers(served, with_open311())


def test_under_a_key_of_its_own_a_request_is_the_same_for_ever(
    served: Served, city: Application
) -> None:
    said = {**EXAMPLE, "address_string": "9 Retry Road"}
    first = city.post("requests.json", said, Idempotency_Key="app-1")
    served.clock.pass_by(days=20)
    again = city.post("requests.json", said, Idempotency_Key="app-1")
    other = city.post("requests.json", {**said, "phone": "2"}, Idempotency_Key="app-1")
    assert (first.status_code, again.status_code, other.status_code) == (201, 200, 400)
    assert first.json() == again.json()


def test_the_same_request_by_another_application_is_another_one(
    served: Served, city: Application
) -> None:
    said = {**EXAMPLE, "address_string": "10 Retry Road"}
    other = application(served, member="watch")
    assert [each.post("requests.json", said).status_code for each in (city, other)] == [201, 201]


def test_an_update_is_a_contact_in_the_senders_words_and_once_for_each_of_its_ids(
    served: Served, city: Application
) -> None:
    request_id = city.sent()
    said = {
        "service_request_id": request_id,
        "update_id": "17",
        "description": "It has become larger.",
        "updated_datetime": "2026-03-02T09:00:00Z",
    }
    first = city.post("servicerequestupdates.xml", said)
    again = city.post("servicerequestupdates.xml", said)
    assert (first.status_code, again.status_code) == (201, 200)
    assert in_xml(first) == in_xml(again)
    facts = [each.entry.fact for each in entries(served, request_id)]
    (contact,) = [fact for fact in facts if isinstance(fact, ContactLogged)]
    assert (contact.direction, contact.kinds) == ("inbound", ("new-information",))
    assert contact.words == (
        "It has become larger.\nupdate_id: 17\nupdated_datetime: 2026-03-02T09:00:00Z"
    )


@pytest.mark.parametrize(
    ("request_id", "status", "said"),
    [("", 400, "service_request_id was not provided"), ("7ZK3Q-0M9TB-4", 404, "check it")],
)
def test_an_update_names_a_request_that_is_there(
    city: Application, request_id: str, status: int, said: str
) -> None:
    update = {"service_request_id": request_id, "description": "It has become larger."}
    answer = city.post("servicerequestupdates.json", update)
    (error,) = answer.json()
    assert (answer.status_code, error["code"]) == (status, status)
    assert said in error["description"]


def test_an_application_adds_only_to_requests_of_its_own(served: Served, city: Application) -> None:
    reference = served.as_member("I-02").opened()
    refused = city.post(
        "servicerequestupdates.json", {"service_request_id": reference, "description": "Mine too."}
    )
    assert refused.status_code == 403
    (last,) = served.service.ledger.entries(after=served.service.ledger.store.tip() - 1)
    assert (last.topic, last.actor.id) == ("ActRefused", "city")


@pytest.mark.parametrize(
    ("wrong", "status", "said"),
    [
        ({"service_code": ""}, 400, "service_code was not provided"),
        ({"service_code": "NOPE"}, 404, "No service has this"),
        ({"service_code": "INC-APP"}, 404, "No service has this"),
        ({"jurisdiction_id": "elsewhere.example"}, 404, "jurisdiction_id"),
        ({"attribute[danger_now]": ""}, 400, "attribute[danger_now] was not provided"),
        ({"attribute[danger_now]": "perhaps"}, 400, "yes or no"),
        ({"attribute[danger_now]": ["true", "false"]}, 400, "takes one value"),
        ({"attribute[language]": "de"}, 400, "one of en, fr"),
        ({"lat": "", "long": "", "address_string": ""}, 400, "No place was provided"),
        ({"long": ""}, 400, "lat and long go together"),
        ({"lat": "91"}, 400, "lat: send degrees"),
        ({"long": "west"}, 400, "long: send degrees"),
        ({"lat": "nan"}, 400, "lat: send degrees"),
        ({"media_url": "javascript:alert(1)"}, 400, "media_url"),
        ({"description": "x" * 4_001}, 400, "longer than 4000"),
        ({"description": "a\x00b"}, 400, "control character"),
        ({"description": "a\u202eb"}, 400, "control character"),
        ({"email": ["a@example.org", "b@example.org"]}, 400, "email is given 2 times"),
        ({f"x{number}": "1" for number in range(400)}, 400, "more than 300 arguments"),
        ({"api_key": ""}, 403, "api_key"),
        ({"api_key": "secret"}, 403, "token"),
        ({"api_key": "clk_00000000000000000000000000000000_x"}, 403, "not a key"),
    ],
)
def test_bad_input_is_answered_with_one_sentence_and_records_nothing(
    served: Served, city: Application, wrong: dict[str, str], status: int, said: str
) -> None:
    tip = served.service.ledger.store.tip()
    for form in ("json", "xml"):
        answer = city.post(f"requests.{form}", {**EXAMPLE, **wrong})
        (error,) = answer.json() if form == "json" else in_xml(answer)
        assert (answer.status_code, int(error["code"])) == (status, status)
        assert said in error["description"]
    assert served.service.ledger.store.tip() == tip


def test_a_key_for_other_acts_sends_in_nothing_and_that_is_on_record(served: Served) -> None:
    refused = application(served, "case.note").post("requests.json", EXAMPLE)
    assert refused.status_code == 403
    (last,) = served.service.ledger.entries(after=served.service.ledger.store.tip() - 1)
    assert last.topic == "ActRefused"


@pytest.mark.parametrize(
    ("content", "kind", "said"),
    [
        (b'{"service_code": "RDW-POT"}', "application/json", "x-www-form-urlencoded"),
        (b"description=%ff", "application/x-www-form-urlencoded", "not UTF-8"),
        (b"description=%ED%A0%80", "application/x-www-form-urlencoded", "not UTF-8"),
        (b"x" * 2_000_000, "application/x-www-form-urlencoded", "larger"),
        (b"x" * 17_000_000, "multipart/form-data; boundary=b", "larger"),
        (b"--b\r\n", "multipart/form-data", "no boundary"),
        (b'--b\r\nContent-Disposition: form-data; name="lat"\r\n\r\n1', "multipart/form-data; boundary=b", "whole"),
        (b"--b\r\n\r\n1\r\n--b--", "multipart/form-data; boundary=b", "no name"),
        (b'--b\r\nContent-Disposition: form-data; name="lat"\r\n\r\n\xff\r\n--b--', "multipart/form-data; boundary=b",
         "not UTF-8"),
    ],
)  # fmt: skip
def test_a_body_that_is_no_form_is_refused_in_the_format_of_georeport(
    served: Served, content: bytes, kind: str, said: str
) -> None:
    answer = served.client.post(
        "/open311/v2/requests.json", content=content, headers={"Content-Type": kind}
    )
    (error,) = answer.json()
    assert (answer.status_code, said in error["description"]) == (400, True)
