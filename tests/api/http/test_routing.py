"""Routing: looked up by its end, an address leads where it would if all routes were tried one after another."""

from __future__ import annotations

import re
from itertools import chain, product

from starlette.routing import BaseRoute, Match
from starlette.types import Scope

from api.http.app import every_route
from api.http.routing.lookup import Routing

ALL = [route for routes in every_route() for route in routes.router.routes]
NAME = re.compile(r"\{[^}]+\}")


def asked(method: str, path: str) -> Scope:
    """A request as a server passes it on."""
    return {"type": "http", "method": method, "path": path, "root_path": ""}


def led_to(scope: Scope, *among: BaseRoute) -> tuple[Match, object]:
    """How the first of these that takes a request takes it, and which it is; without one the first of its address."""
    found: tuple[Match, object] = Match.NONE, None
    for match, chosen in (route.matches(scope) for route in among):
        if match is Match.FULL:
            return match, chosen["route"]
        if found[0] is Match.NONE and match is Match.PARTIAL:
            found = match, chosen["route"]
    return found


def test_every_address_leads_where_it_would_if_all_were_tried_in_their_order() -> None:
    routing = Routing(ALL)
    paths = {str(getattr(route, "path", None)) for route in ALL}
    named = {NAME.sub(name, path) for path in paths for name in ("a", "statistics", "trail.csv")}
    strange = {f"{path}{more}" for path in named for more in ("/", "/a", ".csv", "//")}
    told = chain(product(("GET", "POST", "DELETE"), named), product(("GET",), strange))
    for method, path in told:
        scope = asked(method, path)
        assert led_to(scope, routing) == led_to(scope, *ALL), (method, path)


def test_every_route_is_reached() -> None:
    routing = Routing(ALL)
    assert routing.routes == ALL
    for route in routing.routes:
        for method in route.methods or ():
            match, chosen = led_to(asked(method, NAME.sub("x", route.path)), routing)
            assert (match, getattr(chosen, "path", None)) == (Match.FULL, route.path)


def test_of_all_routes_few_are_tried() -> None:
    routing = Routing(ALL)
    tried = {route.path: len([*routing.at(NAME.sub("x", route.path))]) for route in routing.routes}
    assert max(tried.values()) < len(ALL) / 10, max(tried.items(), key=lambda each: each[1])
