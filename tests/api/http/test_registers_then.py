"""Registers over HTTP as they were known and as they were: holds, inquiries, erasures, disclosures, readings."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from api.http.routing.instants import INSTANTS
from ledger.registers.disclosures.items import ListDisclosureItem, MarkDuplicate
from tests.api.http.made import NAME, OFFICER, did, disclosed, inquiry_about, subscribed, told
from tests.api.http.served import Served, serving
from tests.ledgers import place_in


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(place_in(tmp_path_factory.mktemp("registers"))) as served:
        yield served


def test_a_hold_is_told_as_it_was_known_and_as_it_was(office: Served) -> None:
    intake, records, clock = office.as_member("I-02"), office.as_member("D-01"), office.clock
    reference = intake.opened()
    began = clock.pass_by(hours=1)
    learnt = clock.pass_by(days=1)
    asked = {"cases": [reference], "ground": "litigation", "happened_at": told(began)}
    hold = did(records.post("/v1/holds", asked))["hold_id"]
    ended = clock.pass_by(days=1)
    did(records.post(f"/v1/holds/{hold}/release", {}))
    clock.pass_by(minutes=1)

    def held(**asked: datetime) -> bool:
        position = office.service.ledger.store.tip()
        query = "".join(f"&{name}={told(at)}" for name, at in asked.items())
        said = records.get(f"/v1/holds?min_position={position}{query}").json()["held"]
        return hold in {each["hold_id"] for each in said}

    second, minute = timedelta(seconds=1), timedelta(minutes=1)
    assert not held()
    assert [held(known_at=learnt - second), held(known_at=learnt)] == [False, True]
    assert [held(known_at=ended - second), held(known_at=ended)] == [True, False]
    assert [held(as_of=began - second), held(as_of=began), held(as_of=ended)] == [
        False,
        True,
        False,
    ]
    assert not held(as_of=began, known_at=learnt - second), "it had begun, and nobody here knew"
    assert held(as_of=ended + minute, known_at=ended - second), (
        "it was to go on, as far as was known"
    )


def test_an_inquiry_an_erasure_and_a_subscription_are_told_as_they_stood(office: Served) -> None:
    liaison, records, system = (office.as_member(each) for each in ("L-01", "D-01", "watch"))
    intake = office.as_member("I-02")
    party = did(intake.post("/v1/parties", {"name": NAME}))["party_id"]
    where = liaison.post("/v1/inquiries", inquiry_about(intake.opened())).headers["Location"]
    erasure = records.post("/v1/erasures", {"authority": "order", "party": party})
    hook = f"/v1/webhooks/{subscribed(office)}"
    before = told(office.clock.pass_by(minutes=1))
    office.clock.pass_by(minutes=1)
    did(liaison.post(f"{where}/ask", {"words": "Why so late?"}))
    did(office.as_member("L-01").post(f"{erasure.headers['Location']}/approve", {}))
    did(system.post(f"{hook}/pause", {}))

    def both(caller: Any, path: str, name: str) -> list[Any]:
        return [caller.get(path + query).json()[name] for query in (f"?known_at={before}", "")]

    assert [len(each) for each in both(liaison, where, "questions")] == [0, 1]
    assert both(records, erasure.headers["Location"], "approved_by") == [None, "L-01"]
    assert both(system, hook, "stands") == ["delivers", "paused"]
    assert both(system, hook, "failures") == [None, 0], "how far deliveries were nobody keeps"
    listed = records.get(f"/v1/erasures?known_at={before}").json()["erasures"]
    assert {each["row"]["approved_by"] for each in listed} == {None}


def test_what_happened_before_that_which_it_is_about_can_be_asked_of_as_of_between(
    office: Served,
) -> None:
    ledger, clock = office.service.ledger, office.clock
    disclosure = disclosed(office, office.as_member("I-02").opened())
    first, second = ledger.new_id(), ledger.new_id()
    between = clock.pass_by(days=1)
    clock.pass_by(days=1)
    for item_id in (first, second):
        item = ListDisclosureItem(
            disclosure_id=disclosure, item_id=item_id, digest="0a" * 32, mark=str(item_id), pages=3,
            media_type="application/pdf", custodian="Roads", description="A letter",
        )  # fmt: skip
        ledger.handle(item, actor=OFFICER)
    marked = MarkDuplicate(disclosure_id=disclosure, item_id=second, lead=first, reason="The same")
    ledger.handle(marked, actor=OFFICER, effective_at=between)
    officer, path = office.as_member("L-01"), f"/v1/disclosures/{disclosure}"
    assert officer.get(f"{path}?as_of={told(between)}").json()["documents"] == []
    assert officer.get(f"{path}/index?as_of={told(between)}").json()["sums"]["duplicates"] == 0
    assert officer.get(f"{path}/index").json()["sums"]["duplicates"] == 1


def test_values_that_were_not_there_yet_are_neither_opened_nor_recorded_as_read(
    office: Served,
) -> None:
    roads, clock = office.as_member("R-02"), office.clock
    reference = office.as_member("I-02").opened()
    did(roads.post(f"/v1/cases/{reference}/note", {"text": "The first."}))
    before = told(clock.pass_by(minutes=1))
    clock.pass_by(minutes=1)
    did(roads.post(f"/v1/cases/{reference}/note", {"text": "The second."}))
    path = f"/v1/cases/{reference}/values?purpose=casework&known_at={before}"
    said = roads.get(path, Audit_Reason="To see what was said then")
    assert "The first." in said.text
    assert "The second." not in said.text
    after, position = clock.pass_by(seconds=1), office.service.ledger.store.tip()
    query = f"?case={reference}&min_position={position}"
    auditor = office.as_member("A-01")
    read = auditor.get(f"/v1/accesses{query}").json()
    (row,) = [each["row"] for each in read["listed"]]
    assert "NoteAdded.text" in row["slots"]
    assert row["shown"] == len(row["slots"]), "one note, and not both"
    for instant in INSTANTS:
        then = auditor.get(f"/v1/accesses{query}&{instant}={before}").json()
        assert (then["openings"], then["listed"]) == (0, [])
        again = auditor.get(f"/v1/accesses{query}&{instant}={told(after)}").json()
        assert again["listed"] == read["listed"]


def test_whoever_stepped_back_sees_a_case_in_no_list_of_any_instant(office: Served) -> None:
    intake, roads, clock = office.as_member("I-02"), office.as_member("R-02"), office.clock
    reference = intake.opened()
    before = told(clock.pass_by(minutes=1))

    def found(query: str) -> bool:
        position = office.service.ledger.store.tip()
        said = roads.get(f"/v1/cases?limit=1000&min_position={position}{query}").json()["cases"]
        return reference in {each["row"]["reference"] for each in said}

    queries = ("", f"&known_at={before}", f"&as_of={before}")
    assert [found(each) for each in queries] == [True, True, True]
    clock.pass_by(minutes=1)
    did(roads.post(f"/v1/cases/{reference}/recuse", {"member": "R-02"}, If_Match="*"))
    assert [found(each) for each in queries] == [False, False, False]


def test_the_pages_of_a_list_as_of_an_instant_hold_each_once_by_all_that_is_known(
    office: Served,
) -> None:
    intake, clock = office.as_member("I-02"), office.clock
    opened = {intake.opened(request_type="INC-CHG") for _ in range(3)}
    as_of = clock.at
    clock.pass_by(days=1)
    late = intake.opened(request_type="INC-CHG", happened_at=told(as_of))
    income, seen = office.as_member("N-02"), list[str]()
    path = f"/v1/queues/INC?limit=1&as_of={told(as_of)}&min_position={office.service.ledger.store.tip()}"
    while path:
        page = income.get(path)
        seen += [each["row"]["reference"] for each in page.json()["cases"]]
        path = page.links["next"]["url"] if "Link" in page.headers else ""
    assert len(seen) == len(set(seen))
    assert {*opened, late} <= {*seen}, "what was learnt since counts on every page"


def test_what_is_due_for_disposal_is_told_as_it_was_known_and_as_it_was(office: Served) -> None:
    intake, clock = office.as_member("I-02"), office.clock
    reference = intake.opened(request_type="GEN-ENQ")
    did(intake.post(f"/v1/cases/{reference}/resolve", {"outcome": "no-action"}, If_Match="*"))
    resolved = clock.pass_by(minutes=1)
    clock.pass_by(days=40)
    office.tokens.clear()
    intake = office.as_member("I-02")
    did(intake.post(f"/v1/cases/{reference}/settle", {}, If_Match="*"))
    settled = clock.at
    clock.pass_by(minutes=1)
    hold = {"cases": [reference], "ground": "audit"}
    did(office.as_member("D-01").post("/v1/holds", hold))
    clock.pass_by(minutes=1)

    def listed(**asked: datetime) -> tuple[bool, bool]:
        position = office.service.ledger.store.tip()
        query = "".join(f"&{name}={told(at)}" for name, at in asked.items())
        path = f"/v1/retention?until=2060-01-01&min_position={position}{query}"
        said = office.as_member("D-01").get(path).json()
        due, held = ({each["reference"] for each in said[name]} for name in ("due", "held"))
        return reference in due, reference in held

    assert listed() == (False, True)
    for name in INSTANTS:
        assert listed(**{name: settled}) == (True, False), "before it was held"
        assert listed(**{name: resolved}) == (False, False), "before it stood"


def test_what_was_erased_is_erased_at_every_instant(office: Served) -> None:
    intake, records, second = (office.as_member(each) for each in ("I-02", "D-01", "L-01"))
    party = did(intake.post("/v1/parties", {"name": NAME}))["party_id"]
    reference = intake.opened(requester=party, answers={"description": f"{NAME} lives here."})
    before = office.clock.pass_by(minutes=1)
    path = f"/v1/cases/{reference}/values?purpose=intake&known_at={told(before)}"
    why = "To see what is left"
    assert NAME in intake.get(path, Audit_Reason=why).text
    office.clock.pass_by(minutes=1)
    asked = {"authority": "order", "cases": [reference], "party": party}
    where = records.post("/v1/erasures", asked).headers["Location"]
    did(second.post(f"{where}/approve", {}))
    did(records.post(f"{where}/carry-out", {}))
    there = intake.get(path, Audit_Reason=why)
    assert (there.status_code, NAME in there.text) == (200, False)
    assert records.get(f"{where}?known_at={told(before)}").status_code == 404


@pytest.mark.parametrize("at", ["yesterday", "2026-03-02T10:00:00", "0001-01-01T00:00:00+14:00"])
def test_a_page_that_ended_at_no_instant_is_refused_or_told_and_no_defect(
    office: Served, at: str
) -> None:
    mark = urlsafe_b64encode(json.dumps({"at": at, "key": "a"}).encode()).decode()
    for then in ("", "&as_of=2026-03-02", "&known_at=2026-03-02"):
        answer = office.as_member("R-02").get(f"/v1/cases?cursor={mark}{then}")
        assert answer.status_code in (200, 422), answer.text
