"""An inquiry over HTTP: opened with its hold, read within, answered with its entries, recommended on, and closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from tests.api.http.identities import last_refusal
from tests.api.http.inquiring import NAME, case_of, link, opened
from tests.api.http.made import did, told
from tests.api.http.served import Served, serving
from tests.ledgers import place_in


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(place_in(tmp_path_factory.mktemp("inquiries"))) as served:
        yield served


def test_an_inquiry_is_worked_from_its_opening_to_its_end(office: Served) -> None:
    reference, liaison, ombudsman = case_of(office), link(office), office.as_member("O-01")
    where = opened(office, reference)
    inquiry_id = where.rpartition("/")[2]
    position = office.service.ledger.store.tip()
    held = office.as_member("D-01").get(f"/v1/holds?min_position={position}").json()["held"]
    assert [each["ground"] for each in held if each["inquiry"] == inquiry_id] == ["inquiry"]

    question = liaison.post(f"{where}/ask", {"words": "Why so late?"}, key="first question")
    assert question.status_code == 201, question.text
    again = liaison.post(f"{where}/ask", {"words": "Why so late?"}, key="first question")
    assert (again.status_code, again.json()["question_id"]) == (200, question.json()["question_id"])
    answer = {
        "question_id": question.json()["question_id"],
        "words": "Nobody was there.",
        "fault": "accepted",
        "cites": [f"{reference}:1"],
    }
    assert liaison.post(f"{where}/answer", answer).status_code == 201
    for cites, status in (([f"{reference}:99"], 422), (["nothing"], 422), (["7ZK:x"], 422)):
        assert liaison.post(f"{where}/answer", {**answer, "cites": cites}).status_code == status
    draft = liaison.post(f"{where}/draft", {"comments_by_at": "2030-05-29T20:00:00Z"})
    assert draft.status_code == 201, draft.text
    comments = {"draft_id": draft.json()["draft_id"], "words": "The dates are wrong."}
    assert liaison.post(f"{where}/comment", comments).status_code == 201
    marked = {"case_id": reference, "version": 1, "reason": "It names a neighbour."}
    assert liaison.post(f"{where}/mark", marked).status_code == 201
    log = {
        "case_id": reference,
        "version": 1,
        "privilege": "solicitor_client",
        "on": "2026-03-01",
        "author": "Counsel",
        "recipients": "Us",
        "nature": "Advice",
        "holder": "The Crown",
    }
    assert liaison.post(f"{where}/privileged", {**log, "waived": True}).status_code == 201
    made = liaison.post(f"{where}/recommend", {"words": "Apologise.", "due_on": "2030-06-30"})
    assert made.status_code == 201, made.text
    recommendation = {"recommendation_id": made.json()["recommendation_id"]}
    without = liaison.post(f"{where}/respond", {**recommendation, "answer": "accepted"})
    assert without.status_code == 422
    accepted = {**recommendation, "answer": "accepted", "due_on": "2030-09-30"}
    assert liaison.post(f"{where}/respond", accepted).status_code == 201

    told = ombudsman.get(where, Accept_Language="fr").json()
    assert [each["answered"] for each in told["questions"]] == [True]
    assert "Nobody was there." in str(told["trail"])
    file = ombudsman.get(f"{where}/file")
    assert file.headers["Cache-Control"] == "no-store"
    assert file.status_code == 200, file.text
    rows = {row["code"]: row["lines"] for row in file.json()["rows"]}
    assert file.json()["recipient"] == "Marie Doucet"
    assert "Nobody was there." in rows["account"][1]["en"]
    assert rows["account"][1]["cites"][1]["stream"].startswith("case/")
    bundle = ombudsman.get(f"{where}/bundle")
    assert (bundle.status_code, bundle.headers["Content-Type"]) == (200, "application/zip")
    with ZipFile(BytesIO(bundle.content)) as released:
        assert any(NAME.encode() in released.read(each) for each in released.namelist())
    read = [each for each in office.service.ledger.entries() if each.topic == "PersonalValuesRead"]
    assert {each.actor.id for each in read} == {"O-01"}

    more = {"until_on": "2030-12-31", "reasons": "They gave more time."}
    assert liaison.post(f"{where}/extend", more).status_code == 428
    seen = liaison.get(where).headers["ETag"]
    assert liaison.post(f"{where}/extend", more, If_Match=seen).status_code == 201
    assert liaison.post(f"{where}/close", {}, If_Match=seen).status_code == 412
    assert liaison.post(f"{where}/close", {"words": "Done."}, If_Match="*").status_code == 201
    assert ombudsman.get(where).status_code == 403
    done = liaison.post(f"{where}/done", {**recommendation, "words": "They were told."})
    assert done.status_code == 201, "what was accepted outlives the inquiry"
    listed = liaison.get("/v1/inquiries").json()["inquiries"]
    (line,) = [each for each in listed if each["inquiry_id"] == inquiry_id]
    assert (line["closed"], line["recommendations"]) == (True, 0)
    position = office.service.ledger.store.tip()
    held = office.as_member("D-01").get(f"/v1/holds?min_position={position}").json()["held"]
    assert [each for each in held if each["inquiry"] == inquiry_id] == []


def test_nobody_but_who_conducts_it_and_the_ombudsman_has_a_way_into_an_inquiry(
    office: Served,
) -> None:
    where = opened(office, case_of(office))
    for member in ("I-02", "R-02", "D-01", "A-01", "L-02"):
        caller = office.as_member(member)
        before = office.service.ledger.store.tip()
        assert caller.get(where).status_code == 403
        assert caller.get(f"{where}/file").status_code == 403
        assert caller.get(f"{where}/bundle").status_code == 403
        assert caller.post(f"{where}/ask", {"words": "Who?"}).status_code == 403
        refused = [*office.service.ledger.entries(after=before)]
        assert [each.topic for each in refused] == ["ActRefused"] * 4
    assert office.as_member("O-01").post(f"{where}/ask", {"words": "Why?"}).status_code == 403


def test_once_it_has_expired_nothing_is_read_within_it(office: Served) -> None:
    soon = office.clock.at.replace(microsecond=0)
    where = opened(office, case_of(office), expires_at=soon.replace(year=soon.year + 1).isoformat())
    assert office.as_member("O-01").get(where).status_code == 200
    office.clock.pass_by(days=370)
    office.tokens.clear()
    assert office.as_member("O-01").get(where).status_code == 403
    assert link(office).get(where).status_code == 200
    assert link(office).get(f"{where}/file").status_code == 403


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"cases": []}, 422),
        ({"cases": ["019de001-4c00-7000-8000-000000000001"]}, 404),
        ({"expires_at": "2020-01-01T00:00:00Z"}, 422),
        ({"expires_at": "2020-01-01"}, 422),
        ({"purpose": ""}, 422),
        ({"hold_id": "019de001-4c00-7000-8000-000000000001"}, 422),
    ],
)
def test_an_inquiry_that_cannot_be_is_not_opened(
    office: Served, said: dict[str, object], status: int
) -> None:
    body: dict[str, object] = {
        "cases": [case_of(office)],
        "office": "OMB-NS",
        "reference": "2026-88",
        "recipient": "Marie Doucet",
        "purpose": "Why",
        "expires_at": "2040-01-01T00:00:00Z",
        **said,
    }
    assert link(office).post("/v1/inquiries", body).status_code == status


def test_of_an_inquiry_that_there_is_not_one_is_told_so(office: Served) -> None:
    where = "/v1/inquiries/019de001-4c00-7000-8000-000000000009"
    assert link(office).get(where).status_code == 404
    assert link(office).post(f"{where}/ask", {"words": "Why?"}).status_code == 409
    assert link(office).get("/v1/inquiries/nonsense").status_code == 422
    assert link(office).post("/v1/inquiries/nonsense/ask", {"words": "Why?"}).status_code == 422
    assert link(office).post(f"{where}/close", {}, If_Match="*").status_code == 409


def test_an_entry_of_an_inquiry_is_no_way_around_whoever_may_read_it(office: Served) -> None:
    where = opened(office, case_of(office))
    position = office.service.ledger.store.tip() - 2
    auditor, liaison = office.as_member("A-01"), link(office)
    shown = liaison.get(f"/v1/entries/{position}").json()["entry"]
    assert (shown["topic"], shown["stream"]) == (
        "InquiryOpened",
        where.removeprefix("/v1/").replace("inquiries", "inquiry"),
    )
    refused = auditor.get(f"/v1/entries/{position}")
    assert (refused.status_code, refused.json()["code"]) == (403, "not-authorised")
    assert "OMB-NS" not in refused.text
    assert last_refusal(office) == ("A-01", "inquiry.read", "no-such-task", shown["stream"])
    assert auditor.get(f"/v1/entries/{position + 1}").json()["entry"]["topic"] == "HoldPlaced"


def test_the_file_is_told_as_known_and_as_of_an_instant_but_shows_what_may_be_shown_now(
    office: Served,
) -> None:
    reference, liaison, desk = case_of(office), link(office), office.as_member("I-02")
    advice, before = "Counsel thinks that we are late.", office.clock.at
    office.clock.pass_by(minutes=1)
    noted = did(desk.post(f"/v1/cases/{reference}/note", {"text": advice}))["version"]
    where = opened(office, reference)
    asked = did(liaison.post(f"{where}/ask", {"words": "Why so late?"}))
    happened = office.clock.pass_by(hours=1)
    then = office.clock.pass_by(hours=1)
    office.clock.pass_by(days=1)
    answer = {
        "question_id": asked["question_id"],
        "words": "Nobody was there.",
        "fault": "accepted",
    }
    did(liaison.post(f"{where}/answer", answer))
    late = {"text": "A neighbour rang.", "happened_at": told(happened)}
    did(desk.post(f"/v1/cases/{reference}/note", late))
    log = {
        "case_id": reference, "version": noted, "privilege": "solicitor_client", "on": "2026-03-01",
        "author": "Counsel", "recipients": "Us", "nature": "Advice", "holder": "The Crown",
    }  # fmt: skip
    did(liaison.post(f"{where}/privileged", log))
    mark = {"case_id": reference, "version": 1, "reason": "It names a neighbour."}
    position = did(liaison.post(f"{where}/mark", mark))["position"]

    def file(**instants: datetime) -> tuple[dict[str, Any], dict[str, list[str]]]:
        query = "&".join(f"{name}={told(at)}" for name, at in instants.items())
        found = liaison.get(f"{where}/file?{query}").json()
        return found, {row["code"]: [each["en"] for each in row["lines"]] for row in found["rows"]}

    known, rows = file(known_at=then)
    assert known["then"] == {"known_at": known["at"], "as_of": None}
    assert datetime.fromisoformat(known["at"]) == then
    assert rows["account"][1:] == ["This question was not answered yet."]
    assert not any("A neighbour rang." in each for each in rows["chronology"])
    assert advice not in str(known), "what is privileged now is in no file of before"
    assert "solicitor and client" in rows["privilege"][0]
    assert [each["cites"][0]["position"] for each in known["rows"][10]["lines"]] == [position]
    hours = [each["values"]["seconds"] for each in known["rows"][6]["lines"]][-1] // 3600
    assert hours == 2, "it tells for how long they had it up to then"

    happened_by, rows = file(as_of=then)
    assert happened_by["then"] == {"known_at": None, "as_of": known["at"]}
    assert any("A neighbour rang." in each for each in rows["chronology"])
    assert rows["account"][1:] == ["This question was not answered yet."]
    _, rows = file(as_of=then, known_at=then)
    assert not any("A neighbour rang." in each for each in rows["chronology"])
    _, rows = file()
    assert "Nobody was there." in rows["account"][1]
    read = [*office.service.ledger.entries(after=position)]
    assert {each.topic for each in read} == {"PersonalValuesRead"}, (
        "each was read, and that is on record"
    )
    assert liaison.get(f"{where}/file?known_at={told(before)}").status_code == 404
