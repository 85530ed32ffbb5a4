"""Tokens before they are believed: what a JSON Web Token says of itself, which decides nothing but whom to ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jwt


@dataclass(frozen=True, slots=True)
class Unproved:
    """The header and the issuer of a token, as whoever made it says."""

    header: Mapping[str, Any]
    issuer: object


def unproved(token: str) -> Unproved | None:
    """What a token says of itself; None for what is no token.

    Its JSON may be nested as deep as its length allows, which Python's reader answers with RecursionError.
    """
    try:
        found = jwt.decode_complete(token, options={"verify_signature": False})
    except (jwt.PyJWTError, ValueError, RecursionError):
        return None
    return Unproved(found["header"], found["payload"].get("iss"))
