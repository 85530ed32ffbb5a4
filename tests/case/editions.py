"""Editions of the office's policy that several tests ask for."""

from __future__ import annotations

from typing import Any

from tests.deciding import Change


def new_law(**said: Any) -> Change:
    """An Act in force from that Tuesday, of fifteen days instead of ten."""

    def change(document: dict[str, Any]) -> None:
        document["clocks"]["FIX-10"]["effective_until"] = "2026-03-02"
        document["clocks"]["FIX-15"] = {
            **document["clocks"]["FIX-10"], "amount": 15, "version": "2",
            "effective_from": "2026-03-03", **said,
        }  # fmt: skip
        del document["clocks"]["FIX-15"]["effective_until"]
        document["types"]["RDW-POT"]["clocks"].append("FIX-15")

    return change


def limit(days: int) -> Change:
    """Lets nothing be dated back further than so many days."""

    def change(document: dict[str, Any]) -> None:
        document["office"]["backdating_days"] = days

    return change


def delegated(**fields: Any) -> Change:
    """Changes the delegation of the office's income decisions."""

    def change(document: dict[str, Any]) -> None:
        found: dict[str, Any] = {**document["delegations"]["DEL-INC-2026"], **fields}
        document["delegations"]["DEL-INC-2026"] = {
            key: value for key, value in found.items() if value is not None
        }

    return change
