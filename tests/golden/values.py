"""Values that are easily got wrong: the largest, the first, the last, accents, quotes, and a certificate."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from ledger.policy.clocks.history import RungAt

LARGEST = 2**53 - 1
POLICY = "5c0f" * 16
REQUESTER = UUID("0197a000-0000-7000-8000-0000000000aa")
NOON = datetime(2026, 3, 8, 16, 0, tzinfo=UTC)
LEAP_DAY = datetime(2028, 2, 29, 23, 59, 59, 999999, tzinfo=UTC)
FIRST = datetime(1970, 1, 1, tzinfo=UTC)
LONG = " ".join(
    ["Neige mouillée,", "verglas…", "\u00a0dit-elle\t–", "ŝŭ 雪 ❄️ \U0001f9ca\r\n"] * 120
)
ACCENTS = "Élise «\u00a0Zoë\u00a0» d’Entremont-Ó Súilleabháin"
COMBINING = "e\u0301 is not \u00e9,\u2028 nor is \u1e9b\u0323 \u017f\u0323\u0307"
QUOTED = 'She said: "back\\slash" / \b\f\n\r\t\x7f\u0000\u001f.'
CERTIFICATE = {
    "unit": "working_days",
    "amount": 10,
    "counted": 0,
    "largest": LARGEST,
    "smallest": -LARGEST,
    "none": None,
    "yes": True,
    "no": False,
    "zone": "America/Halifax",
    "disregarded": [["2026-03-08", "2026-03-09"], []],
    "empty": {},
    "neuf": {"é": "ç", "z": 1, "A": 2, "a": 3, "": "no name"},
}


def some_id(number: int) -> UUID:
    return UUID(int=0x0197A000_0000_7000_8000_000000000000 + number)


def rungs() -> tuple[RungAt, ...]:
    return (
        RungAt(code="three-quarters", at=NOON, parties=("owner",)),
        RungAt(code="breach", at=LEAP_DAY, parties=("owner", "leader")),
        RungAt(code="nobody-told", at=FIRST, parties=()),
    )
