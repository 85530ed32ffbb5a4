"""The addresses of keeping: holds, what is due for disposal, and erasures."""

from __future__ import annotations

from api.http.addresses.address import Address

_HOLD, _ERASURE = "/holds/{hold_id}", "/erasures/{erasure_id}"

KEEPING = {
    "hold-place": Address(
        "/holds",
        "hold.place",
        example={"cases": ["7ZK3Q-0M9TB-R"], "ground": "litigation", "reason": "A claim came."},
    ),
    "hold-release": Address(
        f"{_HOLD}/release", "hold.release", example={"reason": "The claim was withdrawn."}
    ),
    "erasure-dispose": Address(
        "/retention/propose", "erasure.dispose", example={"reason": "The list of this quarter."}
    ),
    "erasure-propose": Address(
        "/erasures",
        "erasure.propose",
        example={
            "authority": "order",
            "party": "019de001-4c00-7000-8000-000000000001",
            "instrument": "Order 2026-7",
        },
    ),
    "erasure-approve": Address(f"{_ERASURE}/approve", "erasure.approve"),
    "erasure-transfer": Address(
        f"{_ERASURE}/transfer",
        "erasure.transfer",
        example={"digest": "0a" * 32, "receipt": "Accession 2026-114"},
    ),
    "erasure-carry-out": Address(f"{_ERASURE}/carry-out", "erasure.carry-out"),
}
