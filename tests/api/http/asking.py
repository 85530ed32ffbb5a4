"""Cells of the matrix as they are asked over HTTP, by the member of each role."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

import httpx

from api.http.matrix import Asked, Cell
from api.http.scim.users import USER
from ledger.ids import case_stream
from ledger.policy.access import Role
from ledger.policy.acting.acts import Attempt, Relation, may
from tests.api.http.in_process import answered
from tests.api.http.roles import OTHER, TEAM, OfficeOfRoles, code_of
from tests.api.http.samples import smallest_body

_STALE = '"999999"'
"""A version that nothing has: whatever is allowed is then refused for that, and changes nothing."""
_AT_ONCE = 8
_KEYS = count(1)


@dataclass(frozen=True)
class Question:
    """A cell as it is asked: where, what goes on record if it is refused, and whether it is to be refused."""

    cell: Cell
    path: str
    headers: Mapping[str, str]
    body: Mapping[str, Any]
    about: str | None
    ground: str
    allowed: bool


class Asking:
    """Makes questions of cells."""

    def __init__(self, office: OfficeOfRoles) -> None:
        self._office = office
        self._document = office.app.openapi()
        self._fixed = {
            "position": "1",  # the policy, which lies in no compartment
            "digest": office.served.service.in_force().digest,
            "item_id": str(next(iter(office.parties.values()))),
            "request_type": "RDW-POT",
            "hold_id": str(next(iter(office.parties.values()))),
            "erasure_id": str(next(iter(office.parties.values()))),
            "user_id": "N-04",
            "schema_id": USER,
            "release_id": str(next(iter(office.parties.values()))),
        }

    def question(self, cell: Cell) -> Question:
        """A cell as the member of its role asks it."""
        asked, role, relation = cell.asked, cell.role, cell.relation
        headers = {"Audit-Reason": "To see who may.", "Last-Event-ID": "no position"}
        if asked.method != "GET":
            headers |= {"Idempotency-Key": f"cell-{next(_KEYS)}", "If-Match": _STALE}
        holds: frozenset[Relation] = frozenset({relation})
        about, named, query = None, dict(self._fixed), ""
        match asked.about:
            case "case":
                case = self._office.case(role, relation)
                holds, about, named["ref"] = case.holds, case_stream(case.case_id), case.reference
                if case.inquiry is not None:
                    headers["Inquiry"] = str(case.inquiry)
            case "team":
                team = TEAM if relation == "team" else OTHER
                about, named["team"] = f"team {team}", team
                query = "" if "{team}" in asked.path or relation == "team" else f"?team={team}"
            case "member":
                member = {"own": code_of(role), "team": "N-04"}.get(relation, "R-02")
                about, named["member"] = f"member {member}", member
            case "party":
                party_id = self._office.parties[relation]
                about, named["party_id"] = f"party/{party_id}", str(party_id)
            case "subscription":
                webhook_id = self._office.subscriptions[relation]
                about, named["webhook_id"] = f"webhook/{webhook_id}", str(webhook_id)
            case "disclosure":
                disclosure_id = self._office.disclosures[role, relation]
                about, named["disclosure_id"] = f"disclosure/{disclosure_id}", str(disclosure_id)
            case "inquiries" if relation == "inquiry":
                headers["Inquiry"] = str(self._office.shared["inquiry"].inquiry)
            case "inquiry":
                inquiry_id = self._office.inquiries[relation]
                about, named["inquiry_id"] = f"inquiry/{inquiry_id}", str(inquiry_id)
            case _:
                named["party_id"] = str(self._office.parties["other"])
                for kind in ("hold", "erasure"):
                    if f"{{{kind}_id}}" in asked.path:
                        about = f"{kind}/{named[f'{kind}_id']}"
        answer = may(Attempt(asked.act, (role,), holds))
        if asked.act in ("case.values", "case.people"):
            query = "?purpose=task"
        try:
            path = asked.path.format(**named) + query
        except KeyError as unknown:
            raise AssertionError(f"{asked.path}: say in `_fixed` what {unknown} is") from unknown
        body = self._body(asked, named)
        return Question(cell, path, headers, body, about, answer.reason, answer.allowed)

    def _body(self, asked: Asked, named: Mapping[str, str]) -> dict[str, Any]:
        """What is sent, as httpx is told it: a form to Open311, which names the case in it, else JSON."""
        if asked.path.startswith("/open311/") and asked.method == "POST":
            update = {"service_request_id": named.get("ref", ""), "update_id": f"u{next(_KEYS)}"}
            said = update if asked.about == "case" else {"service_code": "RDW-POT"}
            return {"data": {**said, "description": "It is there still.", "address_id": "7"}}
        operation = self._document["paths"][asked.path][asked.method.lower()]
        return {"json": smallest_body(operation, self._document)}

    def can_be_asked(self, cell: Cell) -> bool:
        """Whether the address lets another team's figures be asked for."""
        if cell.asked.about != "team" or "{team}" in cell.asked.path or cell.relation == "team":
            return True
        operation = self._document["paths"][cell.asked.path][cell.asked.method.lower()]
        return any(each["name"] == "team" for each in operation["parameters"])


async def _asked_by(
    office: OfficeOfRoles, role: Role, questions: Sequence[Question]
) -> list[httpx.Response]:
    """What these are answered with, some at once."""
    demo = office.served.service.demo
    assert demo is not None
    token = demo.token(code_of(role))
    gate = asyncio.Semaphore(_AT_ONCE)

    async def asked(question: Question) -> httpx.Response:
        async with gate:
            return await answered(
                office.app,
                question.cell.asked.method,
                question.path,
                headers={**question.headers, "Authorization": f"Bearer {token}"},
                **question.body,
            )

    return await asyncio.gather(*(asked(each) for each in questions))


def answers_to(
    office: OfficeOfRoles, role: Role, questions: Sequence[Question]
) -> list[httpx.Response]:
    """What the member of a role is answered, in the order of the questions."""
    return asyncio.run(_asked_by(office, role, questions))
