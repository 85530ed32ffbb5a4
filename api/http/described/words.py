"""What an operation says of itself beyond its summary: what is true of it, how it is recorded, who may ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from api.http.routing.routes import TOLD_NOW

RECORDED = (
    "Recorded once under its `Idempotency-Key`: the same again is answered with the first receipt, anything else under "
    "that key is refused. A read with the `Ledger-Position` of the answer as `min_position` knows of it."
)
IN_ORDER = (
    "What `If-Match` names must be what you have seen last, or `*`: without it 428, and 412 where something happened "
    "meanwhile."
)


def in_words(operation: dict[str, Any]) -> None:
    """Puts together its description: what it says itself, then what holds of all that are like it."""
    operation["description"] = "\n\n".join(_paragraphs(operation))


def _paragraphs(operation: dict[str, Any]) -> Iterator[str]:
    summary: str = operation["summary"]
    for said in operation.get("description", "").split("\n\n"):
        paragraph = " ".join(said.split())
        if paragraph and paragraph.rstrip(".") != summary:
            yield paragraph
    if any(
        each["name"] == "Idempotency-Key" and each["required"] for each in operation["parameters"]
    ):
        yield f"{RECORDED} {IN_ORDER}" if "428" in operation["responses"] else RECORDED
    if (why := operation.pop(TOLD_NOW, None)) is not None:
        yield why
    if (who := operation.get("x-who")) is not None:
        yield _who(who)


def _who(roles: Mapping[str, Sequence[str]]) -> str:
    """Who may ask, in the words of `x-who`: how it must stand to them, where not every way will do."""
    told = list[str]()
    for role, relations in roles.items():
        needed = [each for each in relations if each != "none"]
        told.append(role if "other" in needed or not needed else f"{role} ({', '.join(needed)})")
    return f"Who may: {', '.join(told)}."
