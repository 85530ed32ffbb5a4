"""A request for information over HTTP alone: from the letter to a bundle that verifies, and to its publication."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from api.verifier import Trusted, trusted_keys, verify_bundle
from ledger.store import SignedHead
from tests.api.command_line import CommandLine
from tests.api.disclosing import everything_in
from tests.api.http.access_office import (
    ANSWER,
    APPLICANT,
    APPROVER,
    CONSULT,
    DIRECTOR,
    DOCUMENT,
    OFFICER,
    RELEASE,
    WHY,
    WITHHELD,
    AccessOffice,
    Process,
    access_office,
    done,
    kept,
)
from tests.ledgers import Place, place_in


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return place_in(tmp_path_factory.mktemp("access"))


@pytest.fixture(scope="module")
def office(place: Place) -> Iterator[AccessOffice]:
    with access_office(place) as served:
        yield served


@pytest.fixture
def command_line(
    place: Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> CommandLine:
    """The command line on the ledger that is served."""
    assert isinstance(place.location, Path)
    for name in ("DATABASE_URL", "ACTOR", "LOG"):
        monkeypatch.delenv(f"CASELEDGER_{name}", raising=False)
    monkeypatch.setenv("CASELEDGER_HOME", str(place.location))
    monkeypatch.setenv("CASELEDGER_MASTER_KEY", str(place.master_key))
    return CommandLine(place.location, capsys)


def test_a_request_from_the_letter_to_a_bundle_that_verifies_and_to_its_publication(
    office: AccessOffice, tmp_path: Path
) -> None:
    case, ref = office.pothole(), office.letter()
    assert office.clock(ref) == "running"
    begun = office.begun(ref, applicant_class="media")
    begun.did(
        "search",
        {
            "custodian": "RDW",
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
    assert seen["waits_for"].endswith(
        "decide each with `POST /v1/disclosures/{disclosure_id}/decide`."
    )
    french = office.officer.get(begun.path, Accept_Language="fr").json()["waits_for"]
    assert french.startswith("Champs personnels de la portée qui ne sont pas tranchés : ")
    assert "tranchez chacun par `POST" in french
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
    position = office.served.service.ledger.store.tip()
    within = f"?from=2026-01-01&until=2026-12-31&min_position={position}"
    counted = office.officer.get(f"/v1/disclosures/statistics{within}")
    assert (counted.json()["completed"], counted.json()["on_time"]) == (1, 1)
    rows = office.officer.get(f"/v1/disclosures/statistics.csv{within}")
    assert "requests,completed,1" in rows.text
    report = office.officer.get(f"/v1/disclosures/statistics.xml{within}")
    assert report.headers["Content-Type"] == "application/xml"
    assert b"<foia:ProcessingStatisticsProcessedQuantity>1<" in report.content
    begun.did("publish", {"publish": True, "reason": "Others ask for the same."})
    waits = office.officer.get(begun.path).json()["waits_for"]
    assert waits.startswith("That it is published, from ")
    assert waits.endswith("to everybody: `POST /v1/cases/{ref}/disclosures`.")
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
    assert office.officer.get(begun.path).json()["waits_for"] is None, "everybody was given it"


def test_nobody_approves_their_own_work_and_whoever_is_named_says_yes_or_no(
    office: AccessOffice,
) -> None:
    case, ref = office.pothole(), office.letter()
    begun = office.begun(ref)
    begun.did("scope", {"cases": [case]}, by=APPROVER)
    begun.did("draw", by=APPROVER)
    begun.did("decide", {"targets": begun.undecided(), "outcome": "release"}, by=APPROVER)
    begun.did("claim", {"claim": "whole_stream"})
    own = begun.asked("approve", by=APPROVER)
    assert (own.status_code, own.json()["rule"]) == (409, "second-approval")
    sole = begun.asked("approve", {"sole_officer": True, "words": "Nobody is there."}, by=APPROVER)
    assert sole.json()["rule"] == "second-approval", "the policy knows of more than one officer"
    begun.did("refuse", {"reason": "The name is to be withheld."}, by=DIRECTOR)
    begun.did("approve", by=DIRECTOR)
    assert begun.seen()["disclosure"]["approved"] is True
    begun.did("claim", {"claim": "stated_scope"})
    assert begun.seen()["disclosure"]["approved"] is False, "whatever is decided since voids it"


def test_a_verb_asked_again_under_its_key_is_quiet_and_another_body_is_refused(
    office: AccessOffice,
) -> None:
    case, ref = office.pothole(), office.letter()
    first = office.officer.post(f"/v1/cases/{ref}/disclosures", {}, key=f"begin-{ref}")
    again = office.officer.post(f"/v1/cases/{ref}/disclosures", {}, key=f"begin-{ref}")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["disclosure_id"] == again.json()["disclosure_id"]
    assert again.headers["Idempotency-Replayed"] == "true"
    begun = Process(office, first.json()["disclosure_id"])
    assert first.headers["Location"] == begun.path
    said = {
        "scope": {"cases": [case]},
        "draw": {},
        "propose": {},
        "estimate": {"lines": [{"basis": "copying", "quantity": 3, "unit": "page", "rate_cents": 20}]},
        "consult": CONSULT,
        "item": DOCUMENT,
    }  # fmt: skip
    for verb, body in said.items():
        key = f"{verb}-{ref}"
        done_once = begun.did(verb, body, key=key)
        before = office.served.service.ledger.store.tip()
        repeated = begun.asked(verb, body, key=key)
        assert (repeated.status_code, repeated.json()["fresh"]) == (200, False), verb
        own = {name for name in done_once if name.endswith("_id")}
        assert {name: repeated.json()[name] for name in own} == {
            name: done_once[name] for name in own
        }
        assert office.served.service.ledger.store.tip() == before, verb
    other = begun.asked("item", {**DOCUMENT, "pages": 13}, key=f"item-{ref}")
    assert (other.status_code, other.json()["code"]) == (409, "refused")


def test_a_release_is_the_same_bytes_as_the_command_line_made_and_is_not_sent_twice(
    office: AccessOffice, command_line: CommandLine, tmp_path: Path
) -> None:
    case, ref = office.pothole(), office.letter()
    begun = office.begun(ref)
    begun.approved(case)
    out = tmp_path / "release.zip"
    said = command_line.asked(
        "disclosure", "release", begun.disclosure_id, "--out", str(out), "--recipient", APPLICANT,
        "--purpose", "Her request", "--as", OFFICER,
    )  # fmt: skip
    path = f"{begun.path}/releases/{said['release_id']}/bundle"
    office.pothole()  # the log goes on
    answer = office.officer.get(path, Accept_Encoding="gzip")
    assert answer.content == out.read_bytes()
    assert answer.headers["Content-Type"] == "application/zip"
    assert "Content-Encoding" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Length"] == str(out.stat().st_size)
    assert answer.headers["ETag"] == f'"{said["sha256"]}"'
    name = f"release-1-{said['release_id']}.zip"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    before = office.served.service.ledger.store.tip()
    known = office.officer.get(path, If_None_Match=answer.headers["ETag"])
    assert (known.status_code, known.content) == (304, b"")
    assert office.served.service.ledger.store.tip() == before, "nobody read anything for that"


def test_a_release_whose_checkpoint_was_cosigned_since_is_the_same_bytes_still(
    office: AccessOffice,
) -> None:
    begun = office.begun(office.letter())
    begun.approved(office.pothole())
    release_id = begun.did("release", RELEASE)["release_id"]
    begun.did("make")
    path = f"{begun.path}/releases/{release_id}/bundle"
    first = done(office.officer.get(path))
    store = office.served.service.ledger.store
    head = store.newest_checkpoint()
    assert head is not None
    store.keep_checkpoint(
        SignedHead(
            head.size, 1, f"{head.note}— witness.example/w {b64encode(bytes(76)).decode()}\n"
        )
    )
    assert done(office.officer.get(path)).content == first.content


def test_a_release_of_what_was_erased_since_is_not_sent_as_something_else(
    office: AccessOffice,
) -> None:
    case = office.pothole()
    begun = office.begun(office.letter())
    begun.approved(case)
    release_id = begun.did("release", RELEASE)["release_id"]
    begun.did("make")
    path = f"{begun.path}/releases/{release_id}/bundle"
    done(office.officer.get(path))
    asked = {"authority": "order", "cases": [case], "instrument": "Order 2026-7"}
    erasure = done(office.officer.post("/v1/erasures", asked)).headers["Location"]
    done(office.approver.post(f"{erasure}/approve", {}))
    done(office.officer.post(f"{erasure}/carry-out", {}))
    answer = office.officer.get(path)
    assert (answer.status_code, answer.json()["rule"]) == (409, "same-bytes-again")
    known = {"If_None_Match": f'"{begun.seen()["disclosure"]["releases"][0]["bundle"]}"'}
    assert office.officer.get(path, **known).status_code == 304, "what was kept is that still"
