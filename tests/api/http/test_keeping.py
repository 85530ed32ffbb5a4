"""What is kept and what is erased, over HTTP: holds that stack, a list that a second person approves, an erasure."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from ledger.policy.reading.toml import read_policy
from tests.api.http.served import Caller, Served, serving
from tests.ledgers import OFFICE, place_in

NAME = "Adelheid Quillfeather"
SAID = "The judge so ordered."
NOWHERE = "019de001-4c00-7000-8000-000000000001"
"""The id of a case that is in no ledger."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(place_in(tmp_path_factory.mktemp("keeping"))) as served:
        yield served


def first(office: Served) -> Caller:
    """A records officer."""
    return office.as_member("D-01")


def second(office: Served) -> Caller:
    """Another."""
    return office.as_member("L-01")


def on_list(office: Served, hold_id: str) -> bool:
    """Whether a hold keeps anything, as known once it was placed."""
    position = office.service.ledger.store.tip()
    listed = first(office).get(f"/v1/holds?min_position={position}").json()["held"]
    return hold_id in {each["hold_id"] for each in listed}


def test_holds_are_placed_stack_and_are_released_one_by_one(office: Served) -> None:
    reference = office.as_member("I-02").opened()
    records = first(office)
    said = {"cases": [reference], "ground": "litigation", "reason": "Quillfeather v. us"}
    one, other = (records.post("/v1/holds", said) for _ in range(2))
    assert (one.status_code, other.status_code) == (201, 201)
    holds = [each.json()["hold_id"] for each in (one, other)]
    assert all(on_list(office, each) for each in holds)
    lines = records.get("/v1/holds.csv").text.splitlines()
    assert lines[0] == "reference,case_id,ground,placed_at,hold_id"
    assert any(line.startswith(f"{reference},") for line in lines)
    gone = records.post(f"/v1/holds/{holds[0]}/release", {"reason": "They settled."})
    assert gone.status_code == 201
    assert [on_list(office, each) for each in holds] == [False, True]
    assert records.post(f"/v1/holds/{holds[0]}/release", {}).status_code == 200
    assert records.post(f"/v1/holds/{holds[1]}/release", {}).status_code == 201
    assert not on_list(office, holds[1])


def test_a_hold_asked_for_again_under_its_key_is_the_same_hold_on_the_same_cases(
    office: Served,
) -> None:
    reference = office.as_member("I-02").opened()
    said = {"cases": [reference], "ground": "audit"}
    one = first(office).post("/v1/holds", said, key="one hold")
    again = first(office).post("/v1/holds", said, key="one hold")
    assert (one.status_code, again.status_code) == (201, 200)
    assert again.json()["hold_id"] == one.json()["hold_id"]
    assert again.headers["Idempotency-Replayed"] == "true"
    other = first(office).post("/v1/holds", {**said, "ground": "other"}, key="one hold")
    assert (other.status_code, other.json()["rule"]) == (409, "one-command-an-id")


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"cases": [], "ground": "audit"}, 422),
        ({"cases": [NOWHERE], "ground": "audit"}, 404),
        ({"cases": ["nonsense"], "ground": "audit"}, 422),
        ({"cases": NOWHERE, "ground": "audit"}, 422),
        ({"ground": "audit"}, 422),
        ({"cases": [NOWHERE], "ground": "audit", "inquiry": None}, 422),
    ],
)
def test_a_hold_of_nothing_or_of_what_is_not_there_is_not_placed(
    office: Served, said: dict[str, object], status: int
) -> None:
    assert first(office).post("/v1/holds", said).status_code == status


def test_an_erasure_is_refused_while_held_on_record_and_done_once_a_second_person_approved(
    office: Served,
) -> None:
    intake, records = office.as_member("I-02"), first(office)
    person = intake.post("/v1/parties", {"name": NAME}).json()["party_id"]
    reference = intake.opened(requester=person, answers={"description": f"{NAME} lives here."})
    hold = records.post("/v1/holds", {"cases": [reference], "ground": "litigation"})
    asked = {"authority": "order", "party": person, "instrument": "Order 2026-7", "reason": SAID}
    while_held = records.post("/v1/erasures", asked, key="erase her")
    assert (while_held.status_code, while_held.json()["rule"]) == (409, "held")
    again = records.post("/v1/erasures", asked, key="erase her")
    assert (again.status_code, again.json()["rule"]) == (409, "held"), "and no less so asked again"
    recorded = [
        each.actor.id for each in office.service.ledger.entries() if each.topic == "ErasureRefused"
    ]
    assert recorded == ["D-01"]
    assert [*stand(office).values()] == ["refused: 1 case on hold"]
    records.post(f"/v1/holds/{hold.json()['hold_id']}/release", {})
    assert [*stand(office).values()] == ["not proposed"], (
        "it was told to be on hold once nothing held it"
    )

    proposed = records.post("/v1/erasures", asked)
    assert proposed.status_code == 201
    where = proposed.headers["Location"]
    again = records.post("/v1/holds", {"cases": [reference], "ground": "audit"}).json()["hold_id"]
    assert second(office).post(f"{where}/approve", {}).json()["rule"] == "held"
    assert stand(office)[where] == "refused: 1 case on hold"
    records.post(f"/v1/holds/{again}/release", {})
    assert stand(office)[where] == "proposed"
    early = records.post(f"{where}/carry-out", {})
    assert (early.status_code, early.json()["rule"]) == (409, "approved-before-erased")
    own = records.post(f"{where}/approve", {})
    assert own.status_code == 403
    assert second(office).post(f"{where}/approve", {}).status_code == 201
    assert intake.post(f"{where}/carry-out", {}).status_code == 403
    done = records.post(f"{where}/carry-out", {}, key="carry it out")
    assert done.status_code == 201
    shown = records.get(where).json()
    assert (shown["proposed_by"], shown["approved_by"], shown["begun"]) == ("D-01", "L-01", True)
    assert shown["certificate"]["keys_destroyed"] > 0
    assert records.post(f"{where}/carry-out", {}, key="carry it out").json() == {
        **done.json(),
        "fresh": False,
    }
    assert records.post(f"{where}/carry-out", {}).status_code == 200
    read_with_its_words(office, where)

    values = intake.get(
        f"/v1/cases/{reference}/values?purpose=intake", Audit_Reason="To see what is left."
    )
    assert values.status_code == 200
    assert NAME not in values.text
    assert intake.post(f"/v1/cases/{reference}/note", {"text": "Still open."}).status_code == 201


def stand(office: Served) -> dict[str, str]:
    """How each erasure stands, by the address under which it is read."""
    position = office.service.ledger.store.tip()
    lines = first(office).get(f"/v1/erasures.csv?min_position={position}").text.splitlines()
    return {f"/v1/erasures/{each['erasure_id']}": each["stands"] for each in csv.DictReader(lines)}


def read_with_its_words(office: Served, where: str) -> None:
    """On what an erasure rests, and why, lay sealed under its own key, and nothing opened it."""
    auditor = office.as_member("A-01")
    assert SAID not in auditor.get(where).text
    unsaid = auditor.get(f"{where}/values")
    assert (unsaid.status_code, unsaid.json()["code"]) == (400, "malformed-request")
    ledger = office.service.ledger
    before = ledger.store.tip()
    (entry,) = auditor.get(f"{where}/values", Audit_Reason="Audit of erasures").json()["entries"]
    assert (entry["fields"]["instrument"], entry["fields"]["reason"]) == ("Order 2026-7", SAID)
    (recorded,) = ledger.entries(after=before)
    assert (recorded.topic, recorded.actor.id) == ("PersonalValuesRead", "A-01")
    refused = office.as_member("R-02").get(f"{where}/values", Audit_Reason="To see it")
    assert refused.status_code == 403


def settled(office: Served, **said: object) -> str:
    """A case of general enquiry that was resolved and stood."""
    intake = office.as_member("I-02")
    reference = intake.opened(request_type="GEN-ENQ", **said)
    ended = intake.post(f"/v1/cases/{reference}/resolve", {"outcome": "no-action"}, If_Match="*")
    assert ended.status_code == 201, ended.text
    office.clock.pass_by(days=40)
    office.tokens.clear()
    stood = office.as_member("I-02").post(f"/v1/cases/{reference}/settle", {}, If_Match="*")
    assert stood.status_code == 201, stood.text
    return reference


def test_a_list_of_what_is_due_is_proposed_and_a_second_person_approves_it(
    office: Served,
) -> None:
    reference, kept = settled(office), settled(office)
    nothing = first(office).post("/v1/retention/propose", {})
    assert (nothing.status_code, nothing.json()["rule"]) == (409, "disposed-when-due")
    office.clock.pass_by(days=366 * 4)
    office.tokens.clear()
    records = first(office)
    hold = records.post("/v1/holds", {"cases": [kept], "ground": "investigation"})
    due = records.get(f"/v1/retention?min_position={hold.headers['Ledger-Position']}").json()
    assert [each["reference"] for each in due["due"]] == [reference]
    assert [each["reference"] for each in due["held"]] == [kept]
    assert f"{reference}," in records.get("/v1/retention.csv").text
    assert office.as_member("I-02").get("/v1/retention").status_code == 403
    held_one = records.post("/v1/retention/propose", {"only": [kept]})
    assert held_one.json()["rule"] == "held", "and that it was asked is recorded"
    proposed = records.post("/v1/retention/propose", {"only": [reference], "reason": "The list."})
    assert proposed.status_code == 201, proposed.text
    where = proposed.headers["Location"]
    assert records.get(where).json()["cases"] == [reference]
    assert records.post(f"{where}/approve", {}).status_code == 403
    assert second(office).post(f"{where}/approve", {}).status_code == 201
    position = office.service.ledger.store.tip()
    listed = records.get(f"/v1/erasures?min_position={position}").json()["erasures"]
    (row,) = [each["row"] for each in listed if each["erasure_id"] == proposed.json()["erasure_id"]]
    assert (row["authority"], row["approved_by"]) == ("schedule", "L-01")
    assert f"{proposed.json()['erasure_id']},approved," in records.get("/v1/erasures.csv").text
    assert records.post(f"{where}/carry-out", {}).status_code == 201
    assert records.get(where).json()["certificate"]["keys_destroyed"] >= 0


def test_the_archives_are_given_what_is_theirs_and_only_what_they_were_given_is_recorded(
    tmp_path: Path,
) -> None:
    text = OFFICE.read_text("utf-8").replace(
        'years = 2, fiscal = true, ends = "destroy"',
        'years = 2, fiscal = true, ends = "transfer_to_archives"',
    )
    policy = read_policy(text, file=OFFICE.name)
    with serving(place_in(tmp_path), policy=policy) as office:
        reference = settled(office, answers={"name": NAME})
        office.clock.pass_by(days=366 * 4)
        office.tokens.clear()
        records, position = first(office), office.service.ledger.store.tip()
        records.get(f"/v1/retention?min_position={position}")
        where = records.post("/v1/retention/propose", {}).headers["Location"]
        assert second(office).post(f"{where}/approve", {}).status_code == 201
        early = records.post(f"{where}/carry-out", {})
        assert early.json()["rule"] == "archived-before-erased"
        assert office.as_member("I-02").get(f"{where}/archives").status_code == 403
        stepped_back = second(office).post(f"/v1/cases/{reference}/recuse", {}, If_Match="*")
        assert stepped_back.status_code == 201, stepped_back.text
        assert second(office).get(f"{where}/archives").status_code == 403
        given = records.get(f"{where}/archives")
        assert given.headers["Cache-Control"] == "no-store"
        assert given.headers["Content-Type"] == "application/x-ndjson"
        digest = sha256(given.content).hexdigest()
        assert given.headers["ETag"] == f'"{digest}"'
        lines = [json.loads(line) for line in given.text.splitlines()]
        assert {each["topic"] for each in lines} >= {"CaseOpened", "CaseResolved"}
        assert NAME in given.text
        (opening,) = office.service.ledger.entries(after=office.service.ledger.store.tip() - 1)
        assert (opening.topic, opening.actor.id) == ("PersonalValuesRead", "D-01")
        note = {"text": "The archives rang."}
        assert office.as_member("I-02").post(f"/v1/cases/{reference}/note", note).status_code == 201
        receipt = {"digest": digest, "receipt": "Accession 2030-7"}
        stale = records.post(f"{where}/transfer", receipt)
        assert (stale.status_code, stale.json()["rule"]) == (409, "archived-as-it-stands")
        again = records.get(f"{where}/archives").headers["ETag"].strip('"')
        told = records.post(f"{where}/transfer", {**receipt, "digest": again}, key="they have it")
        assert told.status_code == 201, told.text
        repeated = records.post(
            f"{where}/transfer", {**receipt, "digest": again}, key="they have it"
        )
        assert repeated.headers["Idempotency-Replayed"] == "true"
        assert records.get(f"{where}/archives").status_code == 422, "they have it already"
        assert records.post(f"{where}/carry-out", {}).status_code == 201
