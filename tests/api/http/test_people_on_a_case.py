"""Whoever reads a case over HTTP learns who is concerned in it, and, on record, how to reach them and how not."""

from __future__ import annotations

from typing import Any

from tests.api.http.served import Served

WHY = {"Audit_Reason": "To call them back."}


def test_a_case_says_who_is_concerned_and_their_names_are_opened_by_all_records_of_theirs_on_record(
    office: Served,
) -> None:
    intake, roads, ledger = (
        office.as_member("I-02"),
        office.as_member("R-02"),
        office.service.ledger,
    )
    given = {"name": "Ynez Qzabala", "contact": {"phone": "+1 555 0100"}}
    first, later = (intake.post("/v1/parties", each).json()["party_id"] for each in (given, {}))
    case = f"/v1/cases/{intake.opened(requester=later)}"
    tag = roads.get(case).headers["ETag"]
    same = {"other_party": first, "verdict": "same", "evidence": "One voice."}
    intake.post(f"/v1/parties/{later}/same-person", same)
    intake.post(f"/v1/parties/{first}/safe-contact", {"channels": ["email"], "times": "mornings"})
    intake.post(f"/v1/parties/{later}/died", {"evidence": "A certificate."})

    (sealed,) = roads.get(case, If_None_Match=tag).json()["people"]
    assert (sealed["party"], sealed["roles"], sealed["deceased"]) == (later, ["requester"], True)
    assert {sealed[each] for each in ("name", "contact", "times", "not_as")} == {None}
    tip = ledger.store.tip()
    answer = roads.get(f"{case}/people?purpose=casework", **WHY)
    (opened,) = answer.json()["people"]
    assert (opened["name"], opened["contact"]) == (given["name"], given["contact"])
    assert answer.headers["Cache-Control"] == "no-store"
    read: list[Any] = [each.fact for each in ledger.entries(after=tip)]
    assert {each.reader for each in read} == {"R-02"}
    assert {one.stream for each in read for one in each.opened} >= {f"party/{first}"}
    refused = roads.get(f"{case}/people?purpose=retention", **WHY)
    assert (refused.status_code, "Qzabala" in refused.text) == (403, False)
    assert roads.get(f"{case}/people?purpose=casework").status_code == 400


def test_a_case_tells_how_it_stands_to_others_and_what_of_it_was_corrected(office: Served) -> None:
    """The command line told it alone: a screen had to read every entry to find it."""
    intake, roads = office.as_member("I-02"), office.as_member("R-02")
    other, reference = intake.opened(), intake.opened()
    case = f"/v1/cases/{reference}"
    linked = {"other_case": other, "relation": "same_matter", "reason": "One hole."}
    assert roads.post(f"{case}/link", linked).status_code == 201
    corrected = {"corrects": 1, "values": {"region": "WES"}, "reason": "Misheard."}
    seen = roads.seen(reference)
    assert roads.post(f"{case}/correct", corrected, If_Match=seen).status_code == 201
    found = roads.get(case).json()
    assert found["links"] == [{"relation": "same_matter", "reference": other}]
    assert (found["corrected"], found["letters_out"], found["decided"]) == ([1], {}, None)
