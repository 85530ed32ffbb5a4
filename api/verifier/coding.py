"""Bytes as they are written: digests, base64url in its one form, canonical JSON in its one form."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from api.verifier.failures import NotProven

LARGEST_INTEGER = 2**53 - 1
_DEEPEST = 64
# The bits of the last sign that no byte needs are zero: so each value has one form only.
_DIGEST = re.compile(r"[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]")
_SALT = re.compile(r"[A-Za-z0-9_-]{21}[AQgw]")
_CANONICAL = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
)


def sha256(*parts: bytes) -> bytes:
    """SHA-256 of the parts, one after the other."""
    return hashlib.sha256(b"".join(parts)).digest()


def u64(number: int) -> bytes:
    """Eight bytes, big-endian."""
    return number.to_bytes(8, "big")


def b64u(raw: bytes) -> str:
    """Unpadded base64url."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def digest_of(said: Any, *, step: int, where: str) -> bytes:
    """The 32 bytes that a digest in base64url stands for."""
    return _bytes_of(said, _DIGEST, "a digest", step=step, where=where)


def sixteen_of(said: Any, *, step: int, where: str) -> bytes:
    """The 16 bytes that a salt or a ledger's id in base64url stands for."""
    return _bytes_of(said, _SALT, "a salt or id", step=step, where=where)


def _bytes_of(said: Any, form: re.Pattern[str], what: str, *, step: int, where: str) -> bytes:
    if isinstance(said, str) and form.fullmatch(said):
        return base64.urlsafe_b64decode(said + "=" * (-len(said) % 4))
    raise NotProven(f"What stands for {what} is none in its one form.", step=step, where=where)


def standard_base64(said: str, *, step: int, where: str) -> bytes:
    """The bytes of padded base64, in its one form."""
    try:
        raw = base64.b64decode(said, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NotProven("A part that must be base64 is not.", step=step, where=where) from error
    if base64.b64encode(raw).decode() != said:
        raise NotProven("A part is not base64 in its one form.", step=step, where=where)
    return raw


def canonical(value: Any) -> bytes:
    """JSON with sorted keys and nothing between."""
    return _CANONICAL.encode(value).encode()


def parsed(raw: bytes, *, step: int, where: str) -> Any:
    """What canonical JSON says; NotProven unless writing it again gives the same bytes."""
    try:
        value = json.loads(raw.decode("utf-8"), parse_float=_no_float, parse_constant=_no_float)
        _refuse_unknown_kinds(value, 0)
        again = canonical(value)
    except (ValueError, RecursionError) as error:
        raise NotProven(
            "It is not JSON of whole numbers in UTF-8.", step=step, where=where
        ) from error
    if again != raw:
        raise NotProven("It is not JSON in its one form.", step=step, where=where)
    return value


def _no_float(said: str) -> Any:
    raise ValueError(said)


def _refuse_unknown_kinds(value: Any, depth: int) -> None:
    if depth > _DEEPEST:
        raise ValueError("too deep")
    if type(value) is int and abs(value) > LARGEST_INTEGER:
        raise ValueError("too large")
    if isinstance(value, dict):
        for each in value.values():
            _refuse_unknown_kinds(each, depth + 1)
    elif isinstance(value, list):
        for each in value:
            _refuse_unknown_kinds(each, depth + 1)


def are_numbers(*said: Any) -> bool:
    """Whether these are whole numbers; `true` is none, though it equals 1 here."""
    return all(type(each) is int for each in said)


def shaped(
    value: Any, must: Mapping[str, type], may: Mapping[str, type], *, step: int, where: str
) -> dict[str, Any]:
    """The object itself; NotProven unless it has the keys that it must have, of these kinds, and none beyond.

    What it may have as well is left out where it would be empty: a release has one form alone.
    """
    if not isinstance(value, dict) or not must.keys() <= value.keys() <= must.keys() | may.keys():
        raise NotProven("It has other parts than it must have.", step=step, where=where)
    kinds = {**must, **may}
    for name, each in value.items():
        if type(each) is not kinds[name]:
            raise NotProven(f"Its part '{name}' is of the wrong kind.", step=step, where=where)
        if name in may and not each:
            raise NotProven(
                f"Its part '{name}' is there and empty, and would be left out.",
                step=step,
                where=where,
            )
    return value
