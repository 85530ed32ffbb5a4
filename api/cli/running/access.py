"""Access as a table: who may ask what over HTTP, and how it must stand to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated

from cyclopts import Parameter

from api.cli.edge import DONE
from api.cli.showing import Column, say, show_json, show_table
from api.cli.wording.in_french import told
from api.http.matrix import ROLES, STANDS, Asked, Cell, asked_by_route, cells
from ledger.errors import InvalidCommand
from ledger.policy.acting.acts import Relation

_LETTERS: Mapping[Relation, str] = {
    "own": "o",
    "team": "t",
    "task": "k",
    "theirs": "f",
    "inquiry": "i",
    "programme": "p",
    "other": "x",
    "none": "+",
}
_KEY = (
    "o they own it   t it is with their team or nobody   k a task of it is theirs   f it came from them\n"
    "i an inquiry of theirs names it   p it is of a programme area they serve   x none of these\n"
    "all however it stands   + it is about no case   - never.   Whoever stepped back from a case has no way in."
)


def access_matrix(
    *,
    markdown: Annotated[bool, Parameter(name="--markdown", negative="")] = False,
    as_json: Annotated[bool, Parameter(name="--json", negative="")] = False,
) -> int:
    """Shows for every route and role whether it may be asked, by how what it is about stands to them.

    Parameters
    ----------
    markdown
        As a table for a document.
    as_json
        Every cell, with the ground that goes on record where it is refused.
    """
    if markdown and as_json:
        raise InvalidCommand("--markdown and --json are two forms of the same: give one.")
    found = list(cells())
    if as_json:
        show_json({"public": _public(), "cells": [_cell_json(each) for each in found]})
        return DONE
    rows = [(f"{asked.method} {asked.path}", *ways) for asked, ways in _by_route(found)]
    if markdown:
        _show_markdown(rows)
        return DONE
    show_table(
        "Who may ask what",
        [Column("route"), *(Column(role[:5]) for role in ROLES)],
        rows,
        empty="There is no route.",
    )
    say(told(_KEY))
    public = ", ".join(f"{each['method']} {each['path']}" for each in _public())
    say(told("Anybody: {routes}", routes=public))
    return DONE


def _show_markdown(rows: Iterable[tuple[str, ...]]) -> None:
    header = (told("route"), *ROLES)
    for row in (header, ("---",) * len(header), *rows):
        say("| " + " | ".join(row) + " |")
    say("", told(_KEY))


def _by_route(found: Iterable[Cell]) -> list[tuple[Asked, tuple[str, ...]]]:
    by_route: dict[Asked, dict[str, list[Cell]]] = {}
    for cell in found:
        by_route.setdefault(cell.asked, {}).setdefault(cell.role, []).append(cell)
    return [
        (asked, tuple(_ways(asked, by_role.get(role, [])) for role in ROLES))
        for asked, by_role in by_route.items()
    ]


def _ways(asked: Asked, found: Iterable[Cell]) -> str:
    ways: list[Relation] = [cell.relation for cell in found if cell.answer.allowed]
    everything = {each for each in STANDS[asked.about] if each != "recused"}
    if len(everything) > 1 and everything == {*ways}:
        return told("all")
    return "".join(_LETTERS[each] for each in ways) or "-"


def _public() -> list[dict[str, str]]:
    return [
        {"method": each.method, "path": each.path} for each in asked_by_route() if each.is_public
    ]


def _cell_json(cell: Cell) -> dict[str, object]:
    return {
        "method": cell.asked.method,
        "path": cell.asked.path,
        "act": cell.asked.act,
        "role": cell.role,
        "relation": cell.relation,
        "allowed": cell.answer.allowed,
        "ground": cell.answer.reason,
    }
