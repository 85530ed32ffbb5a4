"""The addresses of the directory: who is absent, back, or leaves, below whom it is said of."""

from __future__ import annotations

from api.http.addresses.address import Address

_MEMBER = "/members/{member}"

DIRECTORY = {
    "absent": Address(
        f"{_MEMBER}/absent",
        "directory.absent",
        example={"until_on": "2026-12-31", "substitute": "R-03"},
    ),
    "back": Address(f"{_MEMBER}/back", "directory.back"),
    "leaver": Address(
        f"{_MEMBER}/leaver",
        "directory.leaver",
        example={"left_on": "2026-12-31", "successor": "R-03"},
    ),
}
