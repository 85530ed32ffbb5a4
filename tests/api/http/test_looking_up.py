"""Looking people up over HTTP: names never stand in an address, and why somebody is sought is said."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from api.http.rooms import looking_up
from api.http.service import SEARCHES_AT_ONCE
from ledger.sealing.slots import b64u, from_b64u
from tests.api.http.made import did
from tests.api.http.served import Served, serving
from tests.ledgers import place_in

WHY = {"Audit_Reason": "A caller without a number"}


def test_a_caller_is_found_by_name_and_number_and_that_they_were_sought_is_recorded(
    office: Served,
) -> None:
    answers = {"name": "Zoë Amirault", "contact": "902-555-0123", "danger_now": False}
    desk = office.as_member("I-02")
    reference, upto = desk.opened(answers=answers), office.service.ledger.store.tip()
    asked = {"said": ["amirault zoe", "9025550123"]}
    answer = desk.post(f"/v1/people/search?min_position={upto}", asked, **WHY)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.status_code == 200, answer.text
    (case,) = answer.json()["cases"]
    assert (case["reference"], case["alike"]) == (reference, 1000)
    assert case["said"] == {"answers.name": "Zoë Amirault", "answers.contact": "902-555-0123"}
    topics = [each.topic for each in office.service.ledger.entries()][-2:]
    assert topics == ["PeopleSought", "PersonalValuesRead"]


def test_without_a_reason_or_by_too_little_nobody_is_sought(office: Served) -> None:
    desk, tip = office.as_member("I-02"), office.service.ledger.store.tip()
    silent = desk.post("/v1/people/search", {"said": ["Ada"]})
    assert (silent.status_code, silent.json()["code"]) == (400, "malformed-request")
    little = desk.post("/v1/people/search", {"said": ["?"]}, **WHY)
    assert (little.status_code, little.json()["code"]) == (422, "invalid-command")
    vague = desk.post("/v1/people/search", {"said": ["Ada"]}, Audit_Reason="x")
    assert (vague.status_code, vague.json()["code"]) == (422, "invalid-command")
    assert "3 characters or more" in vague.json()["detail"]
    french = desk.post("/v1/people/search", {"said": ["?"]}, Accept_Language="fr", **WHY)
    assert "trop peu" in french.json()["detail"]
    assert office.service.ledger.store.tip() == tip


def test_the_latest_are_compared_first_and_older_ones_by_the_cursor_of_the_answer(
    office: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = office.as_member("I-02")

    def recorded(name: str) -> str:
        office.clock.pass_by(minutes=1)
        return str(did(desk.post("/v1/parties", {"name": name}))["party_id"])

    def opened(**said: object) -> str:
        office.clock.pass_by(minutes=1)
        return desk.opened(**said)

    record, first = recorded("Ynez Qzabala"), opened(answers={"name": "Ynez Qzabala"})
    for _ in range(3):
        recorded("Bo Chan")
        opened(answers={"name": "Bo Chan"})
    of_record = opened(requester=record)
    upto = office.service.ledger.store.tip()
    path, asked = f"/v1/people/search?min_position={upto}", {"said": ["qzabala ynez"]}
    whole = desk.post(path, asked, **WHY).json()
    assert whole["cursor"] is None
    assert {each["reference"] for each in whole["cases"]} == {first, of_record}

    monkeypatch.setattr(looking_up, "COMPARED_AT_MOST", 2)
    newest = desk.post(path, asked, **WHY).json()
    assert [each["reference"] for each in newest["cases"]] == [of_record], "by a record of long ago"
    assert [each["party"] for each in newest["records"]] == [record]
    assert (newest["cases_compared"], newest["records_compared"]) == (2, 3)
    cases, records, cursor, compared = {of_record}, {record}, newest["cursor"], 2
    while cursor is not None:
        said = desk.post(path, {**asked, "cursor": cursor}, **WHY).json()
        cases |= {each["reference"] for each in said["cases"]}
        records |= {each["party"] for each in said["records"]}
        compared, cursor = compared + said["cases_compared"], said["cursor"]
        assert said["cases_compared"] <= 2
    assert (cases, records, compared) == ({first, of_record}, {record}, whole["cases_compared"])
    given, store = newest["cursor"], office.service.ledger.store
    told = from_b64u(given)
    assert not [
        each for each in store.streams("case") + store.streams("party") if _id(each) in told
    ]
    assert desk.post(path, asked, **WHY).json()["cursor"] != given, (
        "the same mark is told otherwise"
    )
    altered = [b64u(bytes([told[0] ^ 1]) + told[1:]), b64u(told[:-1] + bytes([told[-1] ^ 1]))]
    for broken in ("", "qz", "é", b64u(b"1 zz party/"), given[:-4], *altered):
        refused = desk.post(path, {**asked, "cursor": broken}, **WHY)
        assert (refused.status_code, refused.json()["detail"][:7]) == (422, "cursor:"), broken
    for another in ({"said": ["bo chan"]}, {**asked, "days": 9}):
        refused = desk.post(path, {**another, "cursor": given}, **WHY)
        assert refused.json()["detail"].endswith("whole, and ask the same."), another
    other = office.as_member("I-03").post(path, {**asked, "cursor": given}, **WHY)
    assert other.status_code == 422, "who was not given it learns nothing by it"


def _id(stream: str) -> bytes:
    return stream.partition("/")[2].encode()


def test_a_process_seeks_for_few_at_once_and_tells_the_others_to_ask_again(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with serving(place_in(tmp_path_factory.mktemp("few")), wait_seconds=0.2) as office:
        ledger, desk, asked = office.service.ledger, office.as_member("I-02"), {"said": ["Ada"]}
        with ThreadPoolExecutor(SEARCHES_AT_ONCE) as pool:
            with ledger.store.exclusive():  # none of them is recorded until the block ends
                begun = [
                    pool.submit(desk.post, "/v1/people/search", asked, **WHY)
                    for _ in range(SEARCHES_AT_ONCE)
                ]
                while office.service.searches.borrowed_tokens < SEARCHES_AT_ONCE:
                    Event().wait(0.005)
                refused = desk.post("/v1/people/search", asked, **WHY)
            assert (refused.status_code, refused.json()["code"]) == (503, "timed-out")
            assert int(refused.headers["Retry-After"]) > 0
            assert "ask again in a few seconds" in refused.json()["detail"]
            assert [each.result().status_code for each in begun] == [200] * SEARCHES_AT_ONCE
        assert desk.post("/v1/people/search", asked, **WHY).status_code == 200
