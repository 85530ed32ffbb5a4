"""The addresses of all commands: cases, the people in them, queues and the tray."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.http.asking import Written
from api.http.routes import Routes
from api.http.writing import add_write
from api.verbs import VERBS

IN_ORDER = frozenset(
    {
        "classify",
        "route",
        "confirm",
        "assign",
        "transfer",
        "accept",
        "decline",
        "return",
        "adjudicate",
        "recuse",
        "extend",
        "lapse",
        "correct-start",
        "decide",
        "resolve",
        "reopen",
        "settle",
        "decide-return",
        "finding",
        "correct",
        "override",
    }
)
"""Verbs that ask for the version that was seen; contacts, notes and records go in beside an edit."""
_PARTY = frozenset(
    {
        "party-contact",
        "identify",
        "same-person",
        "represent",
        "represent-no-more",
        "born",
        "died",
        "party-safe-contact",
    }
)
_ELSEWHERE = frozenset({"open", "party", "pull", "tray-put", "tray-handle"})

EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    "open": {
        "channel": "phone",
        "request_type": "pothole",
        "language": "en",
        "answers": {"place": "Mill Lane"},
    },
    "transfer": {"to_team": "INC", "reason": "wrong_queue", "note": "It is about a benefit."},
    "note": {"text": "The plan of the site was looked at."},
    "resolve": {"outcome": "done"},
}


def command_routes() -> Routes:
    """Every verb at its address."""
    routes = Routes(prefix="/v1", tag="Commands")
    _add(routes, "open", "/cases", act="case.open")
    _add(routes, "pull", "/queues/{team}/pull", act="team.pull", in_path=frozenset({"team"}))
    _add(routes, "party", "/parties", act="party.party")
    _add(routes, "tray-put", "/tray", act="tray.tray-put")
    _add(
        routes,
        "tray-handle",
        "/tray/{item_id}/handle",
        act="tray.tray-handle",
        in_path=frozenset({"item_id"}),
    )
    for name in VERBS:
        if name in _ELSEWHERE:
            continue
        if name in _PARTY:
            path, in_path, kind = (
                f"/parties/{{party_id}}/{name.removeprefix('party-')}",
                {"party_id"},
                "party",
            )
        else:
            path, kind = f"/cases/{{ref}}/{name}", "case"
            in_path = set[str]() if VERBS[name].of_a_case else {"other_case"}
        _add(routes, name, path, act=f"{kind}.{name}", in_path=frozenset(in_path))
    return routes


def case_acts() -> tuple[str, ...]:
    """The acts of all verbs that are asked of a case."""
    return tuple(f"case.{name}" for name, verb in VERBS.items() if verb.of_a_case)


def _add(
    routes: Routes, name: str, path: str, *, act: str, in_path: frozenset[str] = frozenset()
) -> None:
    verb = VERBS[name]
    summary = (verb.command.__doc__ or "").partition("\n")[0].rstrip(".")
    add_write(
        routes,
        path,
        Written(verb, act, in_path, name in IN_ORDER),
        summary=summary,
        example=EXAMPLES.get(name, {}),
    )
