"""Other instants over HTTP: every read answers about the one that it is asked about, or says in a sentence why not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from fastapi.routing import APIRoute

from api.http import flowing, instants
from api.http.app import every_route
from api.http.french import french_of
from api.http.instants import INSTANTS
from api.http.routes import Routes
from api.scim.users import USER
from ledger.entry import Actor
from ledger.registers.disclosures.items import ListDisclosureItem, MarkDuplicate
from ledger.registers.disclosures.opening import OpenDisclosure
from ledger.registers.webhooks import MakeSubscription
from tests.api.http.served import Served, serving
from tests.ledgers import OPENS_AT, WATCH, place_in

NAME = "Adelheid Quillfeather"
BEFORE = "1999-12-31T12:00:00Z"
"""Long before anything was known or had happened, but for the first policy, which holds from the beginning."""
WHO = ("D-01", "L-01", "A-01", "R-02", "watch", "O-01")
"""Between them they may ask everything."""
MAY: dict[str, str] = {}
"""Who was found to, by address."""
SENTENCES = {
    *(said for name, said in vars(instants).items() if name.startswith("OF_")),
    flowing.AS_KNOWN,
}
OFFICER = Actor("person", "L-01", role="foi", team="INT")
ROUTES = [
    route
    for routes in every_route()
    for route in routes.router.routes
    if isinstance(route, APIRoute) and "GET" in (route.methods or ())
]


@dataclass(frozen=True)
class Made:
    """One of everything, by the name that an address has for it, and since when it is there."""

    named: Mapping[str, str]
    at: datetime


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(place_in(tmp_path_factory.mktemp("instants"))) as served:
        yield served


@pytest.fixture(scope="module")
def made(office: Served) -> Made:
    """A case that is escalated, its requester, and an entry in each register."""
    intake, records = office.as_member("I-02"), office.as_member("D-01")
    party = did(intake.post("/v1/parties", {"name": NAME}))["party_id"]
    reference = intake.opened(requester=party, answers={"description": "A hole."})
    roads = office.as_member("R-02")
    did(roads.post(f"/v1/cases/{reference}/escalate", {"party": "L-01", "reason": "act"}))
    erasure = did(records.post("/v1/erasures", {"authority": "order", "party": party}))
    hold = did(records.post("/v1/holds", {"cases": [reference], "ground": "audit"}))
    inquiry = did(office.as_member("L-01").post("/v1/inquiries", inquiry_about(reference)))
    named = {
        "ref": reference,
        "party_id": party,
        "hold_id": hold["hold_id"],
        "inquiry_id": inquiry["inquiry_id"],
        "erasure_id": erasure["erasure_id"],
        "disclosure_id": str(disclosed(office, reference)),
        "webhook_id": str(subscribed(office)),
        "release_id": party,
        "item_id": party,
        "token": party,
        "service_request_id": reference,
        "position": str(office.service.ledger.store.tip()),
        "digest": office.service.in_force().digest,
        "team": "RDW",
        "request_type": "RDW-POT",
        "service_code": "RDW-POT",
        "code": "refused",
        "user_id": "R-02",
        "schema_id": USER,
    }
    return Made(named, office.clock.pass_by(minutes=1))


def did(answer: httpx.Response) -> Any:
    """What a command is answered with, which must be done."""
    assert answer.status_code in (200, 201), answer.text
    return answer.json()


def inquiry_about(reference: str, **said: object) -> dict[str, object]:
    return {
        "cases": [reference],
        "office": "OMB-NS",
        "reference": "2026-88",
        "recipient": "Marie Doucet",
        "purpose": "Why it took so long",
        "expires_at": (OPENS_AT + timedelta(days=900)).isoformat(),
        **said,
    }


def disclosed(office: Served, reference: str) -> UUID:
    """The answer to a request, begun."""
    ledger = office.service.ledger
    disclosure_id = ledger.new_id()
    begun = OpenDisclosure(disclosure_id=disclosure_id, case_id=ledger.find_case(reference))
    ledger.handle(begun, actor=OFFICER)
    return disclosure_id


def subscribed(office: Served) -> UUID:
    """A system that is told of entries."""
    webhook_id = office.service.ledger.new_id()
    url = "https://crm.example/hooks"
    asked = MakeSubscription(webhook_id=webhook_id, member=WATCH.id, url=url, after=0)
    office.service.ledger.handle(asked, actor=WATCH)
    return webhook_id


def address(made: Made, route: APIRoute, **more: str) -> str:
    """Where a read is asked about what was made."""
    named = {f"{{{name}}}": said for name, said in made.named.items()}
    path = route.path
    for hole, said in named.items():
        path = path.replace(hole, said)
    assert "{" not in path, f"say what the holes in {path} are"
    query = {"purpose": "casework"} if path.endswith("/values") else {}
    if "/statistics" in path:
        query = {"from": "1990-01-01", "until": "2090-01-01"}
    return str(httpx.URL(path, params={**query, **more}))


def names(route: APIRoute) -> set[str]:
    """The instants that the description of a read takes."""
    parameters = (route.openapi_extra or {}).get("parameters", ())
    return {*INSTANTS} & {each["name"] for each in parameters if each["in"] == "query"}


def allowed(office: Served, path: str) -> httpx.Response:
    """What a read is answered with to the first who may ask it."""
    where = path.partition("?")[0].removesuffix(".csv")
    for member in (MAY[where],) if where in MAY else WHO:
        answer = office.as_member(member).get(path, Audit_Reason="To see what was.")
        if answer.status_code == 200:
            MAY[where] = member
        if answer.status_code != 403:
            return answer
    raise AssertionError(f"nobody may ask {path}")


def apart_from_when(said: Any) -> Any:
    """An answer without the instants that it is about, and without what is kept of now alone."""
    match said:
        case dict():
            left = said.keys() - {
                "up_to_date",
                "at",
                "to_at",
                "turn",
                "owed",
                "failures",
                "age_seconds",
            }
            return {name: apart_from_when(said[name]) for name in left}
        case list():
            return [apart_from_when(each) for each in said]
        case _:
            return said


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.path)
def test_a_read_of_another_instant_is_told_of_it_or_refused_in_a_sentence_and_never_of_now(
    office: Served, made: Made, route: APIRoute
) -> None:
    taken = names(route)
    for instant in INSTANTS:
        path = address(made, route, **{instant: BEFORE})
        if instant not in taken:
            refused = office.as_member("R-02").get(path)
            assert refused.status_code in (400, 422), refused.text
            assert any(said in refused.text for said in SENTENCES), refused.text
            continue
        answer = allowed(office, path)
        assert answer.status_code in (200, 404, 422), answer.text
        asked = set(str(answer.request.url.path).split("/"))
        there = {said for said in made.named.values() if len(said) > 10 and said not in asked}
        if instant == "as_of":  # the first policy holds from the beginning
            there -= {made.named["digest"]}
        assert not [each for each in there if each in answer.text], answer.text
        assert answer.status_code == 200 or " then" in answer.json()["detail"], answer.text


@pytest.mark.parametrize(
    "route",
    [each for each in ROUTES if names(each) and not each.path.endswith(".csv")],
    ids=lambda route: route.path,
)
def test_as_known_and_as_of_when_all_was_there_a_read_tells_what_it_tells_now(
    office: Served, made: Made, route: APIRoute
) -> None:
    now = allowed(office, address(made, route))
    for instant in names(route):
        then = allowed(office, address(made, route, **{instant: told(made.at)}))
        told_alike(now, then)


def told_alike(now: httpx.Response, then: httpx.Response) -> None:
    assert (now.status_code, then.status_code) == (200, 200), f"{now.text} {then.text}"
    if now.headers["Content-Type"].startswith("application/json"):
        assert apart_from_when(then.json()) == apart_from_when(now.json())
    else:
        assert then.text == now.text


def test_why_an_instant_is_not_asked_is_said_in_french_too(office: Served) -> None:
    assert all(french_of(each) for each in SENTENCES - {instants.OF_A_PROTOCOL})
    said = office.as_member("R-02", Accept_Language="fr").get("/v1/feed?known_at=2026-03-02")
    assert (said.status_code, said.headers["Content-Language"]) == (422, "fr")
    assert said.json()["detail"].startswith("Le flux donne chaque inscription")


def test_a_read_that_neither_takes_an_instant_nor_says_why_cannot_be_added() -> None:
    routes = Routes(tag="Anything")
    with pytest.raises(ValueError, match="no parameter as_of, known_at, and no sentence"):
        routes.add("GET", "/v1/anything", lambda _request: None, act="policy.read", summary="Any")


def told(instant: datetime) -> str:
    return instant.isoformat().replace("+00:00", "Z")


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
    assert both(system, hook, "owed") == [None, 0], "how far deliveries were nobody keeps"
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
        path = page.links["next"]["url"].removeprefix(office.url) if "Link" in page.headers else ""
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
