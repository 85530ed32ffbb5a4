"""A dry run over HTTP: what a command would record is told as it would be recorded, and nothing is."""

from __future__ import annotations

import pytest

from tests.api.http.identities import last_refusal
from tests.api.http.served import Caller, Served

TRIED = "?dry_run=true"
ASKED = {
    "classify": {"request_type": "INC-APP"},
    "note": {"text": "A deep hole."},
    "wait": {"reason": "weather"},
    "transfer": {"to_team": "INT", "reason": "wrong-team"},
    "resolve": {"outcome": "done"},
}


@pytest.fixture
def in_hand(office: Served) -> tuple[Caller, str]:
    """A case that R-02 has pulled."""
    office.as_member("I-02").opened()
    roads = office.as_member("R-02")
    return roads, roads.post("/v1/queues/RDW/pull", {}).json()["reference"]


@pytest.mark.parametrize("command", ASKED)
def test_what_would_be_recorded_is_what_is_recorded_once_it_is_asked(
    office: Served, in_hand: tuple[Caller, str], command: str
) -> None:
    roads, reference = in_hand
    path, tip = f"/v1/cases/{reference}/{command}", office.service.ledger.store.tip()
    supposed = roads.post(path + TRIED, ASKED[command], key=command, If_Match="*")
    assert (supposed.status_code, supposed.json()["recorded"]) == (200, [])
    assert supposed.headers["Cache-Control"] == "no-store"
    assert office.service.ledger.store.tip() == tip
    assert roads.post(path, ASKED[command], key=command, If_Match="*").status_code == 201
    would = [each["topic"] for each in supposed.json()["would_record"]]
    known = office.as_member("A-01").get(f"/v1/cases/{reference}")
    trail = office.as_member("A-01").get(f"/v1/cases/{reference}/trail").json()["trail"]
    assert [each["topic"] for each in trail][-len(would) :] == would
    assert known.json()["status"] == supposed.json()["status"]
    assert known.json()["clocks"] == supposed.json()["clocks"]


def test_it_is_told_in_the_language_of_whoever_asks(in_hand: tuple[Caller, str]) -> None:
    roads, reference = in_hand
    path = f"/v1/cases/{reference}/wait{TRIED}"
    told = roads.post(path, ASKED["wait"], If_Match="*", Accept_Language="fr").json()
    assert told["would_record"][0]["sentence"].startswith("Le dossier")


def test_what_would_be_refused_is_refused_in_the_same_words_and_that_is_on_record(
    office: Served, in_hand: tuple[Caller, str]
) -> None:
    roads, reference = in_hand
    path = f"/v1/cases/{reference}"
    for command, body, match in (
        ("note", {}, "*"),
        ("resolve", {"outcome": "vanished"}, "*"),
        ("resolve", ASKED["resolve"], '"1"'),
        ("resolve", ASKED["resolve"], ""),
    ):
        tried, asked = (
            roads.post(f"{path}/{command}{each}", body, If_Match=match).json() | {"instance": ""}
            for each in (TRIED, "")
        )
        assert tried == asked
        assert tried["status"] >= 400
    foreign = office.as_member("N-02").post(f"{path}/resolve{TRIED}", ASKED["resolve"])
    assert foreign.status_code == 403
    assert last_refusal(office)[:2] == ("N-02", "case.resolve")


def test_whoever_misspells_it_or_tries_what_cannot_be_tried_records_nothing(
    office: Served, in_hand: tuple[Caller, str]
) -> None:
    roads, reference = in_hand
    tip = office.service.ledger.store.tip()
    for path, body, said in (
        (f"/v1/cases/{reference}/note?dryRun=true", ASKED["note"], "it takes dry_run."),
        (f"/v1/cases/{reference}/note?dry_run=1", ASKED["note"], "dry_run: one of true, false."),
        (f"/v1/cases/{reference}/note?dry_run=", ASKED["note"], "give it a value"),
        (f"/v1/queues/RDW/pull{TRIED}", {}, "it takes nothing."),
    ):
        refused = roads.post(path, body)
        assert (refused.status_code, said in refused.json()["detail"]) == (422, True), refused.text
    assert office.service.ledger.store.tip() == tip
