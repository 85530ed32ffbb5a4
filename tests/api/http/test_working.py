"""A case is worked over HTTP: opened, pulled, handed over; asked twice it is recorded once."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.api.http.served import Served


def test_a_case_opened_by_phone_is_routed_and_can_be_read_by_the_team_that_has_it(
    office: Served,
) -> None:
    intake, roads = office.as_member("I-02"), office.as_member("R-02")
    opened = intake.post(
        "/v1/cases",
        {"channel": "phone", "request_type": "RDW-POT", "language": "en", "region": "HAL"},
    )
    assert opened.status_code == 201
    assert opened.headers["Location"] == f"/v1/cases/{opened.json()['reference']}"
    found = roads.get(opened.headers["Location"])
    assert found.status_code == 200
    assert (found.json()["status"], found.json()["case"]["team"]) == ("queued", "RDW")
    version = opened.json()["version"]
    assert re.fullmatch(f'"{version}-queued-[a-z]{{8}}-gzip"', found.headers["ETag"])


def test_what_was_written_is_in_every_read_that_waits_for_its_position(office: Served) -> None:
    intake = office.as_member("I-02")
    opened = intake.post(
        "/v1/cases",
        {"channel": "desk", "request_type": "RDW-POT", "language": "fr", "region": "HAL"},
    )
    position = opened.headers["Ledger-Position"]
    listed = intake.get(f"/v1/cases?limit=1000&min_position={position}")
    assert opened.json()["reference"] in [
        each["row"]["reference"] for each in listed.json()["cases"]
    ]


def test_cases_are_found_by_nobody_by_when_they_came_and_by_when_they_are_due(
    office: Served,
) -> None:
    intake, roads = office.as_member("I-02"), office.as_member("R-02")
    said = {"channel": "desk", "request_type": "RDW-POT", "language": "en", "region": "HAL"}
    opened = intake.post("/v1/cases", said)
    position, ref = opened.headers["Ledger-Position"], opened.json()["reference"]

    def found(query: str) -> list[str]:
        answer = roads.get(f"/v1/cases?limit=1000&min_position={position}&{query}")
        assert answer.status_code == 200, answer.text
        return [each["row"]["reference"] for each in answer.json()["cases"]]

    assert ref in found("owner=nobody&received_since=2020-01-01&due_by=2090-01-01")
    assert found("received_since=2090-01-01") == found("due_by=2020-01-01") == []
    assert ref not in found("owner=me")
    assert ref not in found("handed_to=INC")
    assert roads.get("/v1/cases?handed_to=NAVY").status_code == 422
    for wrong in ("received_since=soon", "due_by=2026-03-02T09:30"):
        assert roads.get(f"/v1/cases?{wrong}").status_code == 422


def test_the_same_key_again_is_answered_with_the_first_receipt_and_says_so(office: Served) -> None:
    intake = office.as_member("I-02")
    said = {"channel": "phone", "request_type": "RDW-POT", "language": "en", "region": "HAL"}
    first = intake.post("/v1/cases", said, key="once")
    again = intake.post("/v1/cases", said, key="once")
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    told = ("stream", "version", "position", "digest", "reference")
    assert [again.json()[name] for name in told] == [first.json()[name] for name in told]


def test_the_same_key_with_another_body_is_refused(office: Served) -> None:
    intake = office.as_member("I-02")
    said = {"channel": "phone", "request_type": "RDW-POT", "language": "en", "region": "HAL"}
    intake.post("/v1/cases", said, key="another body")
    refused = intake.post("/v1/cases", {**said, "language": "fr"}, key="another body")
    assert (refused.status_code, refused.json()["rule"]) == (409, "one-command-an-id")


def test_the_same_key_of_somebody_else_is_another_key(office: Served) -> None:
    said = {"channel": "phone", "request_type": "RDW-POT", "language": "en", "region": "HAL"}
    first = office.as_member("I-02").post("/v1/cases", said, key="of each")
    second = office.as_member("I-03").post("/v1/cases", said, key="of each")
    assert (first.status_code, second.status_code) == (201, 201)


def test_a_pull_asked_again_under_its_key_gives_the_same_case_and_takes_no_other(
    office: Served,
) -> None:
    intake, roads = office.as_member("I-02"), office.as_member("R-02")
    intake.opened()
    intake.opened()
    first = roads.post("/v1/queues/RDW/pull", {}, key="one pull")
    again = roads.post("/v1/queues/RDW/pull", {}, key="one pull")
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json()["reference"] == first.json()["reference"]


def test_where_order_matters_a_command_without_the_version_seen_is_asked_for_it(
    office: Served,
) -> None:
    roads, reference = office.as_member("R-02"), office.as_member("I-02").opened()
    refused = roads.post(f"/v1/cases/{reference}/classify", {"request_type": "RDW-WIN"})
    assert (refused.status_code, refused.json()["code"]) == (428, "precondition-required")


def test_of_two_who_write_on_one_case_one_wins_and_the_other_hears_what_changed(
    office: Served,
) -> None:
    reference = office.as_member("I-02").opened()
    tag = office.as_member("R-02").seen(reference)

    def classified(member: str) -> tuple[int, object]:
        said = office.as_member(member).post(
            f"/v1/cases/{reference}/classify", {"request_type": "RDW-WIN"}, If_Match=tag
        )
        return said.status_code, said.json().get("actual")

    with ThreadPoolExecutor(2) as both:
        answers = sorted(both.map(classified, ("R-02", "R-03")))
    assert [status for status, _ in answers] == [201, 412]
    version = int(tag.strip('"').partition("-")[0])
    assert isinstance(answers[1][1], int)
    assert answers[1][1] > version


def test_a_note_goes_in_beside_an_edit_without_a_version(office: Served) -> None:
    reference = office.as_member("I-02").opened()
    noted = office.as_member("R-02").post(f"/v1/cases/{reference}/note", {"text": "Seen on site."})
    assert (noted.status_code, "note_id" in noted.json()) == (201, True)


@pytest.mark.parametrize("member", ["N-02", "A-01", "O-01"])
def test_whoever_does_not_have_the_case_cannot_write_on_it_and_that_is_on_record(
    office: Served, member: str
) -> None:
    reference = office.as_member("I-02").opened()
    refused = office.as_member(member).post(f"/v1/cases/{reference}/note", {"text": "Let me see."})
    assert (refused.status_code, refused.json()["code"]) == (403, "not-authorised")
    (last,) = list(office.service.ledger.entries(after=office.service.ledger.store.tip() - 1))
    assert (last.topic, last.actor.id) == ("ActRefused", member)


def test_many_who_pull_one_queue_at_once_never_get_the_same_case(office: Served) -> None:
    intake = office.as_member("I-02")
    for _ in range(8):
        intake.opened(request_type="INC-APP")
    callers = [office.as_member(member) for member in ("N-02", "N-03", "L-03", "N-04")] * 3

    with ThreadPoolExecutor(len(callers)) as all_at_once:
        answers = list(all_at_once.map(lambda each: each.post("/v1/queues/INC/pull", {}), callers))
    got = [each.json()["reference"] for each in answers if each.status_code == 201]
    assert len(got) == len(set(got)) > 0
    assert {each.status_code for each in answers} <= {201, 409}


def test_a_handing_over_asked_again_is_answered_with_its_receipt_by_whoever_has_the_case_no_more(
    office: Served,
) -> None:
    intake, roads = office.as_member("I-02"), office.as_member("R-02")
    reference = intake.opened()
    said = {"to_team": "INC", "reason": "wrong-team", "handover": "It is about a benefit."}
    income, tag = office.as_member("N-02"), roads.seen(reference)
    first = roads.post(f"/v1/cases/{reference}/transfer", said, key="handed over", If_Match=tag)
    income.post(f"/v1/cases/{reference}/accept", {}, If_Match=income.seen(reference))
    again = roads.post(f"/v1/cases/{reference}/transfer", said, key="handed over", If_Match=tag)
    assert roads.get(f"/v1/cases/{reference}").status_code == 403
    assert again.status_code == 200
    assert {**again.json(), "fresh": True} == first.json()


def test_a_translation_and_how_to_talk_are_told_with_the_case(office: Served) -> None:
    intake = office.as_member("I-02")
    ref = intake.opened()
    kept = {"digest": "ab" * 32, "media_type": "application/pdf", "size_bytes": 9, "custodian": "INT",
            "place_kept": "Archive"}  # fmt: skip
    intake.post(f"/v1/cases/{ref}/item", {**kept, "language": "fr"})
    (letter,) = intake.get(f"/v1/cases/{ref}").json()["written"]
    of_it = {"language": "en", "translation_of": letter["item_id"], "translated_by": "machine"}
    wrong = intake.post(f"/v1/cases/{ref}/item", {**kept, **of_it})
    assert (wrong.status_code, "which one by a code" in wrong.json()["detail"]) == (422, True)
    intake.post(f"/v1/cases/{ref}/item", {**kept, **of_it, "translator": "argos-1.9"})
    english = intake.get(f"/v1/cases/{ref}").json()["written"][1]
    assert english["reviewed_by"] == []
    intake.post(f"/v1/cases/{ref}/reviewed", {"item_id": english["item_id"]})
    intake.post(f"/v1/cases/{ref}/speak", {"interview_language": "ase", "interpreter": "ASL"})
    told = intake.get(f"/v1/cases/{ref}").json()
    assert told["written"][1] == {**english, "reviewed_by": ["I-02"]}
    assert [told["details"][each] for each in ("language", "interview_language", "interpreter")] == [
        "en", "ase", "ASL",
    ]  # fmt: skip
