"""Passages: about whom which words of an opened text are, told to whoever may read that text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from ledger.case import CASE
from ledger.ids import subject_id_of
from ledger.sealing.reading import ReadEntry
from projections.sentences.by_topic import PASSAGE, PASSAGE_ERASED
from projections.sentences.wording import Wording

Roles = Mapping[UUID, tuple[str, ...]]
"""In which roles each party is on a case."""


@dataclass(frozen=True, slots=True)
class PassageTold:
    """Words of a text, from the first to before the end, that are about a party besides whom the text is about.

    Where they were erased nobody can tell about whom they were.
    """

    first: int
    end: int
    party: UUID | None
    roles: tuple[str, ...]
    erased: bool


def roles_on(entries: Iterable[ReadEntry]) -> Roles:
    """In which roles whoever is concerned in a case is there; nothing where no text is about several people."""
    case, found = CASE.initial, list(entries)
    if not any(each.shared for each in found):
        return {}
    for each in found:
        case = CASE.evolve(case, each.entry)
    roles = {*case.parties, *({(case.requester, "requester")} if case.requester else ())}
    told = dict[UUID, tuple[str, ...]]()
    for party, role in sorted(roles):
        told[party] = (*told.get(party, ()), role)
    return told


def passages_told(read: ReadEntry, roles: Roles) -> dict[str, tuple[PassageTold, ...]]:
    """The passages of each text of an entry that has some, where it was opened."""
    told = dict[str, tuple[PassageTold, ...]]()
    for slot, stretches in read.shared.items():
        own = (read.entry.subject_of(slot), read.entry.stream)
        told[slot] = tuple(
            _passage_told(each.first, each.end, each.about, roles)
            for each in stretches
            if each.about not in own
        )
    return told


def _passage_told(first: int, end: int, about: str | None, roles: Roles) -> PassageTold:
    party = subject_id_of(about) if about else None
    return PassageTold(first, end, party, roles.get(party, ()) if party else (), party is None)


def passages_said(read: ReadEntry, roles: Roles, wording: Wording) -> tuple[str, ...]:
    """The same in sentences."""
    return tuple(
        wording.filled(
            PASSAGE_ERASED if each.erased else PASSAGE,
            {
                "words": f"{slot}[{each.first}-{each.end}]",
                "party": str(each.party or ""),
                "roles": ", ".join(wording.value("role", role) for role in each.roles),
            },
        )
        for slot, passages in passages_told(read, roles).items()
        for each in passages
    )
