"""Likely duplicates over HTTP: what people write down twice is proposed, read on record, and decided by a person."""

from __future__ import annotations

from tests.api.http.served import Served

TWICE = {"channel": "web", "source": "crm", "external_id": "L-7", "answers": {}}
WHY = {"Audit_Reason": "To see whether it came before."}


def test_a_record_that_people_write_down_twice_is_proposed_by_its_id_until_somebody_decides(
    office: Served,
) -> None:
    intake, ledger = office.as_member("I-02"), office.service.ledger
    first, second = (intake.opened(**TWICE) for _ in range(2))
    intake.opened(**{**TWICE, "external_id": "L-8"})
    path = f"/v1/cases/{second}/duplicates?min_position={ledger.store.tip()}"
    before = ledger.store.tip()
    answer = intake.get(path, **WHY)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store"), answer.text
    (found,) = answer.json()["cases"]
    assert (found["reference"], found["by"]) == (first, {"external_id": 1000})
    assert [each.topic for each in ledger.entries(after=before)] == ["PersonalValuesRead"]
    same = {"other_case": first, "relation": "same_matter", "similarity": found["similarity"]}
    linked = intake.post(f"/v1/cases/{second}/link", same, If_Match=intake.seen(second))
    assert linked.status_code == 201, linked.text
    assert intake.get(path, **WHY).json()["cases"] == []


def test_of_those_that_are_not_theirs_to_open_whoever_asks_is_told_how_many_there_are(
    office: Served,
) -> None:
    intake, roads, others = (office.as_member(each) for each in ("I-02", "R-02", "N-02"))
    mine, gone = intake.opened(), intake.opened()
    to_others = {"to_team": "INC", "reason": "wrong-team", "handover": "It is theirs."}
    sent = roads.post(f"/v1/cases/{gone}/transfer", to_others, If_Match=roads.seen(gone))
    assert sent.status_code == 201, sent.text
    taken = others.post(f"/v1/cases/{gone}/accept", {}, If_Match=others.seen(gone))
    assert taken.status_code == 201, taken.text
    path = f"/v1/cases/{mine}/duplicates?min_position={office.service.ledger.store.tip()}"
    told, whole = roads.get(path, **WHY).json(), intake.get(path, **WHY).json()
    assert (told["others"], whole["others"]) == (1, 0)
    assert told["compared"] == whole["compared"] - 1


def test_nothing_is_compared_without_a_reason_nor_for_a_head_alone(office: Served) -> None:
    intake, ledger = office.as_member("I-02"), office.service.ledger
    path, tip = f"/v1/cases/{intake.opened()}/duplicates", ledger.store.tip()
    assert intake.get(path).status_code == 400
    assert intake.get(f"{path}?days=0", **WHY).json()["detail"] == (
        "days: a whole number from 1 to 36525."
    )
    french = intake.get(f"{path}?at_least=1001", Accept_Language="fr", **WHY).json()["detail"]
    assert french == "at_least : un nombre entier de 1 à 1000."
    assert intake.ask("HEAD", path, headers=WHY).status_code == 200
    assert ledger.store.tip() == tip


def test_of_what_nobody_has_said_what_it_is_nothing_is_proposed(office: Served) -> None:
    intake = office.as_member("I-02")
    ref = intake.post("/v1/cases", {"channel": "phone"}).json()["reference"]
    answer = intake.get(f"/v1/cases/{ref}/duplicates", Accept_Language="fr", **WHY)
    assert (answer.status_code, answer.json()["rule"]) == (409, "compared-within-a-type")
    assert answer.headers["Content-Language"] == "fr"
