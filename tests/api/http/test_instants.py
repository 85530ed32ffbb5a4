"""Other instants over HTTP: every read answers about the one that it is asked about, or says in a sentence why not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx
import pytest
from fastapi.routing import APIRoute

from api.http.app import every_route
from api.http.rooms import teams
from api.http.routing import instants
from api.http.routing.instants import INSTANTS
from api.http.routing.routes import ACT, PUBLIC, Routes
from api.http.scim.users import USER
from api.sentences.french import french_of
from tests.api.http.made import NAME, did, disclosed, inquiry_about, subscribed, told
from tests.api.http.served import Served, serving
from tests.ledgers import place_in

BEFORE = "1999-12-31T12:00:00Z"
"""Long before anything was known or had happened, but for the first policy, which holds from the beginning."""
WHO = ("D-01", "L-01", "A-01", "R-02", "watch", "O-01")
"""Between them they may ask everything."""
MAY: dict[str, str] = {}
"""Who was found to, by address."""
SENTENCES = {
    *(said for name, said in vars(instants).items() if name.startswith("OF_")),
    teams.AS_KNOWN,
}
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
        "member": "R-02",
        "request_type": "RDW-POT",
        "service_code": "RDW-POT",
        "code": "refused",
        "user_id": "R-02",
        "schema_id": USER,
    }
    return Made(named, office.clock.pass_by(minutes=1))


def address(made: Made, route: APIRoute, **more: str) -> str:
    """Where a read is asked about what was made."""
    named = {f"{{{name}}}": said for name, said in made.named.items()}
    path = route.path
    for hole, said in named.items():
        path = path.replace(hole, said)
    assert "{" not in path, f"say what the holes in {path} are"
    query = (
        {"purpose": "casework"}
        if path.startswith("/v1/cases") and path.endswith(("/values", "/people"))
        else {}
    )
    if "/statistics" in path:
        query = {"from": "1990-01-01", "until": "2090-01-01"}
    return str(httpx.URL(path, params={**query, **more}))


def taken_by(route: APIRoute) -> set[str]:
    """The names that a read takes in its query, by its description."""
    parameters = (route.openapi_extra or {}).get("parameters", ())
    return {each["name"] for each in parameters if each["in"] == "query"}


def names(route: APIRoute) -> set[str]:
    """The instants that the description of a read takes."""
    return {*INSTANTS} & taken_by(route)


def known_by_all(office: Served, made: Made, route: APIRoute, **more: str) -> str:
    """The same address, answered once the views have what was recorded until now: refusals on the way are entries."""
    allowed(office, address(made, route))
    if "min_position" not in taken_by(route):
        return address(made, route, **more)
    return address(made, route, **more, min_position=str(office.service.ledger.store.tip()))


def allowed(office: Served, path: str, **headers: str) -> httpx.Response:
    """What a read is answered with to the first who may ask it."""
    where = path.partition("?")[0].removesuffix(".csv")
    for member in (MAY[where],) if where in MAY else WHO:
        answer = office.as_member(member).get(path, Audit_Reason="To see what was.", **headers)
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
                "then",
                "to_at",
                "turn",
                "owed",
                "failures",
                "age_seconds",
                *(
                    ("position", "known_at") if "definition" in said else ()
                ),  # on what a figure stands
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
    now = allowed(office, known_by_all(office, made, route))
    for instant in names(route):
        then = allowed(office, known_by_all(office, made, route, **{instant: told(made.at)}))
        told_alike(now, then)


def test_each_read_says_up_to_which_entry_it_is_told_and_its_language_where_it_is_in_words(
    office: Served, made: Made
) -> None:
    asked, in_words = 0, set[str]()
    for route in ROUTES:
        act = (route.openapi_extra or {})[ACT]
        if act == PUBLIC or not route.path.startswith("/v1/") or route.path == "/v1/feed/events":
            continue
        path = known_by_all(office, made, route)
        english, french = (allowed(office, path, Accept_Language=said) for said in ("en", "fr"))
        if english.status_code != 200:
            continue
        asked += 1
        assert 0 < int(english.headers["Ledger-Position"]) <= int(french.headers["Ledger-Position"])
        named = [each.headers.get("Content-Language") for each in (english, french)]
        assert named in ([None, None], ["en", "fr"]), path
        if named[0]:
            in_words.add(route.path)
        elif english.headers["Content-Type"].startswith("application/json"):
            assert apart_from_when(french.json()) == apart_from_when(english.json()), path
    assert asked > 80
    assert {"/v1/codes.csv", "/v1/forms/{request_type}", "/v1/cases/{ref}/trail"} <= in_words


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
