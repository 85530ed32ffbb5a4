"""A request for information over HTTP alone: from the letter to a bundle that verifies, and all that is refused."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest

from api.verifier import Trusted, trusted_keys, verify_bundle
from tests.api.http.access_office import (
    ANSWER,
    APPLICANT,
    APPROVER,
    RELEASE,
    WHY,
    WITHHELD,
    AccessOffice,
    access_office,
    kept,
)
from tests.ledgers import place_in


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AccessOffice]:
    with access_office(place_in(tmp_path_factory.mktemp("access"))) as served:
        yield served


def everything_in(path: Path) -> str:
    with ZipFile(path) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def test_a_request_from_the_letter_to_a_bundle_that_verifies_and_to_its_publication(
    office: AccessOffice, tmp_path: Path
) -> None:
    case, ref = office.pothole(), office.letter()
    assert office.clock(ref) == "running"
    begun = office.begun(ref, applicant_class="media")
    begun.did(
        "search",
        {
            "custodian": "Roads depot",
            "tasked_on": "2026-02-20",
            "systems": ["mail"],
            "found": 2,
            "minutes": 40,
            "terms": "pothole",
        },
    )
    waits = begun.did("clarify", {"words": "Which hole?"})
    assert [each["what"] for each in waits["followed"]] == ["waits"]
    assert begun.seen()["disclosure"]["standing"] == "waits for the applicant"
    begun.did("scope", {"cases": [case], "words": "The hole in Mill Lane."})
    begun.did("draw")
    begun.did("propose")
    seen = begun.seen()
    assert seen["disclosure"]["undecided"] > 2
    found = {(each["slot"], tuple(each["words"] or ())) for each in seen["proposals"]}
    assert {("answers.name", ()), ("answers.description", (9, 11)), ("text", (6, 8))} <= found
    fee = {"basis": "search", "quantity": 3, "unit": "half_hour", "rate_cents": 1500}
    begun.did("estimate", {"lines": [fee]})
    assert office.clock(ref) == "paused"
    begun.did("pay", {"paid_cents": 4500})
    assert office.clock(ref) == "running"
    listed = begun.did("item", DOCUMENT)
    begun.did(
        "dispose",
        {
            "item_id": listed["item_id"],
            "disposition": "release_in_part",
            "redactions": [{"first_page": 3, "last_page": 4, "exemptions": ["NS-20"]}],
            "reasons": WHY,
            "title_shown": "generalised",
        },
    )
    begun.did("consult", CONSULT)
    begun.did("heard", {"position": "consents"})
    begun.did("conclude", {"decision": "release", "words": "It is released."})
    begun.did("accept", {"proposals": begun.proposed(), "reasons": WHY})
    begun.did("decide", {"targets": begun.undecided(), "outcome": "release"})
    (noted,) = [each for each in begun.seen()["slots"] if each["slot"] == "text"]
    depot = {
        "in_stream": noted["stream"],
        "in_version": noted["entry"],
        "slot": "text",
        "first": 2,
        "end": 4,
    }
    begun.did("decide", {"targets": [depot], "outcome": "withhold", "reasons": WHY})
    begun.did("claim", {"claim": "whole_stream"})
    begun.did("compare")
    assert begun.asked("approve").status_code == 403
    begun.did("approve", {"words": "Each page was looked at."}, by=APPROVER)
    begun.did("answer", ANSWER)
    early = begun.asked("release", RELEASE)
    assert (early.status_code, early.json()["rule"]) == (409, "not-before-the-review")
    office.served.clock.pass_by(days=22)
    release_id = begun.did("release", RELEASE)["release_id"]
    assert begun.seen()["disclosure"]["standing"] == "a release is being made"
    begun.did("make")
    (made,) = begun.seen()["disclosure"]["releases"]
    assert made["release_id"] == release_id
    answer = office.officer.get(f"{begun.path}/releases/{release_id}/bundle")
    assert answer.status_code == 200, answer.text
    assert answer.headers["ETag"] == f'"{made["bundle"]}"'
    assert made["bundle"] == sha256(answer.content).hexdigest()
    whole = everything_in(kept(answer, tmp_path))
    assert "agrees with " in whole, "what is released is there"
    for withheld in (*WITHHELD, "the depot", APPLICANT, "privacy is invaded"):
        assert withheld not in whole
    key = office.served.nobody().get("/v1/keys").json()["checkpoint"][0]
    verdict = verify_bundle(tmp_path / "release.zip", Trusted(trusted_keys(key)))
    assert verdict.word == "confirmed"
    delivered = begun.did("deliver", {"method": "download"})
    assert {each["what"] for each in delivered["followed"]} == {"access_given", "sent_to_applicant"}
    assert office.clock(ref) == "met"
    begun.did("publish", {"publish": True, "reason": "Others ask for the same."})
    published = office.begun(ref, audience="publication", publishes=begun.disclosure_id)
    published.did("scope", {"cases": [case]})
    published.did("draw")
    published.did(
        "decide", {"targets": published.undecided(), "outcome": "withhold", "reasons": WHY}
    )
    published.did("claim", {"claim": "whole_stream"})
    published.did("compare")
    published.did("approve", by=APPROVER)
    too_soon = published.asked("release", RELEASE)
    assert too_soon.json()["rule"] == "not-before-publication"
    office.served.clock.pass_by(days=30)
    published.did("release", {"given_to": "Everybody", "purpose": "Publication"})
    said = published.did("make")
    assert [each["what"] for each in said["followed"]] == ["published"]


DOCUMENT = {
    "digest": "0a" * 32,
    "pages": 12,
    "media_type": "application/pdf",
    "custodian": "Roads",
    "description": "A memorandum",
    "title": "About Ada Lind",
}
CONSULT = {
    "consultation": "third_party",
    "body": "Acme Ltd.",
    "slots": 1,
    "provision": "s. 22",
    "words": "We intend to release a letter of yours.",
}
