"""The addresses of the people in cases."""

from __future__ import annotations

from api.http.addresses.address import Address

_OF_A_PARTY = (
    "party-contact",
    "identify",
    "same-person",
    "represent",
    "represent-no-more",
    "born",
    "died",
    "party-safe-contact",
)

PARTIES = {
    "party": Address("/parties", "party.party"),
    **{
        name: Address(f"/parties/{{party_id}}/{name.removeprefix('party-')}", f"party.{name}")
        for name in _OF_A_PARTY
    },
}
