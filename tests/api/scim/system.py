"""A system that keeps the directory, and what it asks."""

from __future__ import annotations

from typing import Any

import httpx

from ledger.policy.document.policy import Policy
from ledger.policy.reading.toml import read_policy
from tests.api.http.identities import key_of
from tests.api.http.served import Caller, Served
from tests.ledgers import OFFICE

USERS = "/scim/v2/Users"
_WATCH = 'watch = { kind = "machine", version = "1", teams = ["INT"] }\n'
_HR = 'hr = { kind = "machine", version = "7", teams = ["INT"] }\n'
_OTHER = 'crm = { kind = "machine", version = "2", teams = ["INT"] }\n'
_DIRECTOR = 'director = "D-01"\n'


def policy_with(*, system: str | None) -> Policy:
    """The office's policy with two systems, one of which may keep the directory."""
    text = OFFICE.read_text(encoding="utf-8").replace(_WATCH, _WATCH + _HR + _OTHER)
    if system is not None:
        text = text.replace(_DIRECTOR, f'{_DIRECTOR}directory_system = "{system}"\n')
    return read_policy(text, file=OFFICE.name)


def system_of(office: Served, member: str, *scopes: str) -> Caller:
    """A system with a key of its own."""
    return office.with_token(key_of(office, member, *scopes))


def ask(caller: Caller, method: str, path: str, said: Any = None) -> httpx.Response:
    """What a client of SCIM sends, under its own media type."""
    headers = {} if said is None else {"Content-Type": "application/scim+json"}
    return caller.ask(method, path, headers=headers, **({} if said is None else {"json": said}))


def operations(*each: dict[str, Any]) -> dict[str, Any]:
    """The body of a PATCH."""
    return {
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
        "Operations": list(each),
    }
