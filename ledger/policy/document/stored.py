"""A policy as it is stored: plain values, their digest, and the names of people apart from them."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import orjson

from ledger.policy.document.policy import Policy


def document_of(policy: Policy) -> dict[str, Any]:
    """The policy as plain values, as it is stored; a key left at its default is left out."""
    return policy.model_dump(mode="json", exclude_defaults=True)


def digest_policy(policy: Policy) -> str:
    """The SHA-256 of what the policy says, members' names apart, as canonical JSON in hex.

    Names are apart so that the digest can be checked when they are withheld or erased; defaults are
    left out so that a key added to the schema later changes no digest.
    """
    said = document_of(split_names(policy)[0])
    return sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()


def split_names(policy: Policy) -> tuple[Policy, dict[str, str]]:
    """The policy without its members' names, and the names by member."""
    names = {code: each.name for code, each in policy.members.items() if each.name is not None}
    nameless = {
        code: each if each.name is None else each.model_copy(update={"name": None})
        for code, each in policy.members.items()
    }
    return policy.model_copy(update={"members": nameless}), names
