"""Entries as they are shown outside: in plain values, with personal ones named and left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ledger.sealing.reading import ReadEntry
from ledger.sealing.slots import b64u
from projections.answers import as_json
from projections.one_case.passages import PassageTold, Roles, passages_told


@dataclass(frozen=True, slots=True)
class EntryShown:
    """An entry in plain values; `personal` names its personal fields, which `fields` has only if they were opened.

    `passages` tells of opened texts about several people which words are about whom.
    """

    position: int
    stream: str
    version: int
    topic: str
    digest: str
    actor: Mapping[str, Any]
    context: Mapping[str, Any]
    fields: Mapping[str, Any]
    personal: tuple[str, ...]
    passages: Mapping[str, tuple[PassageTold, ...]]


def entry_shown(read: ReadEntry, *, opened: bool = False, roles: Roles | None = None) -> EntryShown:
    """An entry as it is answered; personal values only where they were opened."""
    entry = read.entry
    said: dict[str, Any] = as_json(entry.fact)
    plan = type(entry.fact).plan
    personal = [name for name, _ in plan.personal]
    if not opened:
        for name in personal:
            said.pop(name, None)
    if plan.answers:
        personal += [f"answers.{name}" for name in said["answers"].get("personal", {})]
        if not opened:
            said["answers"] = said["answers"].get("office", {})
    return EntryShown(
        entry.position,
        entry.stream,
        entry.version,
        entry.topic,
        b64u(read.digest),
        entry.actor.slot(),
        entry.context.slot(),
        said,
        tuple(sorted(personal)),
        passages_told(read, roles or {}),
    )
