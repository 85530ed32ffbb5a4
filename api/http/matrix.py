"""The matrix of access: for each route and role, how what is asked about may stand to whoever asks.

It is made of the routes that there are and of the table of acts, so that nothing can be reached that it does
not name; tests ask every cell of it over HTTP.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from fastapi.routing import APIRoute

from api.http.app import every_route
from api.http.routing.routes import ACT, PUBLIC
from ledger.policy.access import Role
from ledger.policy.acting.acts import Answer, Attempt, Relation, may

About = Literal[
    "case",
    "team",
    "member",
    "party",
    "inquiries",
    "inquiry",
    "subscription",
    "disclosure",
    "nothing",
]
"""What a route is about."""

ROLES: tuple[Role, ...] = get_args(Role)
STANDS: dict[About, tuple[Relation, ...]] = {
    "case": (
        "own",
        "team",
        "task",
        "theirs",
        "inquiry",
        "programme",
        "other",
        "recused",
    ),
    "team": ("team", "other"),
    "member": ("own", "team", "theirs", "other"),
    "party": ("none", "theirs", "other"),
    "inquiries": ("inquiry", "none"),
    "inquiry": ("inquiry", "other"),
    "subscription": ("theirs", "other"),
    "disclosure": ("none", "recused"),
    "nothing": ("none",),
}
"""How each may stand to whoever asks; a party is nobody's in the house, and another system's or not.

To the system that keeps the directory members are its own; another system has the relation `other`.

A disclosure is closed to whoever stepped back from the case of its request.
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A route, the act that it is, and what it is about."""

    method: str
    path: str
    act: str
    about: About

    @property
    def is_public(self) -> bool:
        return self.act == PUBLIC


@dataclass(frozen=True, slots=True)
class Cell:
    """What the table answers on a route to a role to which what is asked about stands so."""

    asked: Asked
    role: Role
    relation: Relation
    answer: Answer


def asked_by_route() -> Iterator[Asked]:
    """Every route in the order in which they are added."""
    for routes in every_route():
        for route in routes.router.routes:
            assert isinstance(route, APIRoute)
            act = str((route.openapi_extra or {})[ACT])
            for method in sorted(route.methods or ()):
                yield Asked(method, route.path, act, _about(method, route.path, act))


def cells() -> Iterator[Cell]:
    """The whole matrix, without what anybody may ask."""
    for asked in asked_by_route():
        if asked.is_public:
            continue
        for role in ROLES:
            for relation in STANDS[asked.about]:
                if _occurs(asked, role, relation):
                    attempt = Attempt(asked.act, (role,), frozenset({relation}))
                    yield Cell(asked, role, relation, may(attempt))


def _about(method: str, path: str, act: str) -> About:
    if "{ref}" in path or (act.startswith("case.") and act != "case.open"):
        return "case"
    if "{team}" in path or act.startswith("figures."):
        return "team"
    if "{member}" in path:
        return "member"
    if "{party_id}" in path and method != "GET":
        return "party"
    if "{webhook_id}" in path:
        return "subscription"
    if "{disclosure_id}" in path:
        return "disclosure"
    if "{inquiry_id}" in path:
        return "inquiry"
    return "inquiries" if act == "registers.inquiries" else "nothing"


def _occurs(asked: Asked, role: Role, relation: Relation) -> bool:
    """Whether it can stand so at all: a system owns no case and steps back from none.

    It alone has parties and subscriptions of its own.
    """
    match asked.about:
        case "case" if role == "integrator":
            return relation not in ("own", "recused")
        case "member":
            return (relation == "theirs") if role == "integrator" else relation != "theirs"
        case "party":
            return (relation == "none") != (role == "integrator")
        case "disclosure":
            return relation == "none" or role != "integrator"
        case "subscription":
            return relation == "other" or role == "integrator"
        case _:
            return True
