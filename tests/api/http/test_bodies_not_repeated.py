"""No refusal of a command repeats words that were sent: each text of each body is tried, since any may be personal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import httpx
import pytest

from api.http import create_app
from ledger.entry import Actor
from ledger.input.quoting import quoted
from ledger.policy.acting.acts import Attempt, Relation, may
from ledger.policy.acting.roles import roles_of
from tests.api.http.samples import smallest_body
from tests.api.http.served import Caller, Served

MARK = "Qzx Quillfeather, 902-555-0199"
ASKERS = ("R-02", "I-02", "D-01", "L-01", "N-02", "A-01")
"""Between them they may ask nearly everything."""
NOWHERE = "019de001-4c00-7000-8000-000000000001"


def test_no_command_repeats_words_that_it_refuses(office: Served) -> None:
    refused = [each for each in tried(office) if each[2].status_code >= 400]
    assert [each for each in refused if "Qzx" in each[2].text] == []
    assert len({each[0] for each in refused}) > 90, "so many addresses refuse a field"
    assert len([each for each in refused if each[2].status_code == 403]) < len(refused) / 2


@pytest.mark.parametrize("said", ["no-record", "RDW-POT", "fix_10", "N-04", "7ZK3Q-0M9TB-4", "x"])
def test_codes_and_references_are_repeated_so_that_a_slip_is_seen(said: str) -> None:
    assert quoted(said) == f"'{said}'"


@pytest.mark.parametrize(
    "said", ["Quillfeather", "902-555-0199", "ada@example.org", "two words", "-x", "a" * 65, "x\n"]
)
def test_names_numbers_addresses_and_words_are_not(said: str) -> None:
    assert quoted(said) == "This"


def tried(office: Served) -> Iterator[tuple[str, str, httpx.Response]]:
    """Each address and field, with what is answered where the mark stands in it."""
    document = create_app(office.service).openapi()
    intake = office.as_member("I-02")
    party = intake.post("/v1/parties", {"name": "A"}).json()["party_id"]
    named = {"{ref}": intake.opened(), "{team}": "RDW", "{party_id}": party}
    for path, methods in document["paths"].items():
        operation = methods.get("post", {})
        content = operation.get("requestBody", {}).get("content", {}).get("application/json")
        if content is None:
            continue
        steps = (named.get(s, NOWHERE if s[:1] == "{" else s) for s in path.split("/"))
        whole = "/".join(steps)
        sound = {**content.get("example", {}), **smallest_body(operation, document)}
        asker = asks(office, operation["x-act"])
        for name in (*fields_of(content["schema"], document), MARK):
            said = {**sound, name: marked(sound.get(name))}
            yield path, name, asker.post(whole, said, If_Match="*")


def fields_of(schema: Mapping[str, Any], document: Mapping[str, Any]) -> list[str]:
    """The fields of a body."""
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return list(schema.get("properties", {}))


def marked(value: Any) -> Any:
    """A value with the mark in the place of each of its texts, and beside its names."""
    match value:
        case dict():
            return {name: marked(each) for name, each in value.items()} | {MARK: MARK}
        case list():
            return [marked(each) for each in value]
        case _:
            return MARK


def asks(office: Served, act: str) -> Caller:
    """Somebody who may, of those to whom the case or the team stands so."""
    policy = office.service.in_force().policy
    roles = {each: roles_of(policy, Actor("person", each)) for each in ASKERS}
    stands: frozenset[Relation] = frozenset({"team", "none"})
    may_ask = (each for each in ASKERS if may(Attempt(act, roles[each], stands)).allowed)
    return office.as_member(next(may_ask, ASKERS[0]))
