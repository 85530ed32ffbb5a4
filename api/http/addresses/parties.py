"""The addresses of the people in cases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.http.addresses.address import Address

_ID = "019de001-4c00-7000-8000-000000000002"
_OF_A_PARTY: Mapping[str, Mapping[str, Any]] = {
    "party-contact": {"contact": {"phone": "902-555-0188"}},
    "identify": {"assurance": "verified", "evidence": "Her passport was seen."},
    "same-person": {"other_party": _ID, "verdict": "same", "evidence": "The same file number."},
    "represent": {"representative": _ID, "authority": "guardian", "scope": "All of it"},
    "represent-no-more": {"representative": _ID, "reason": "It was withdrawn."},
    "born": {"born_on": "1990-07-01"},
    "died": {"died_on": "2026-02-14", "evidence": "The certificate was seen."},
    "died-not": {"reason": "It was somebody else of that name."},
    "party-safe-contact": {"channels": ["phone"], "times": "Not after six."},
}

PARTIES = {
    "party": Address(
        "/parties",
        "party.party",
        example={"name": "Ada Example", "contact": {"email": "ada@example.org"}},
    ),
    **{
        name: Address(
            f"/parties/{{party_id}}/{name.removeprefix('party-')}", f"party.{name}", example=example
        )
        for name, example in _OF_A_PARTY.items()
    },
}
