"""Seeking: who somebody is by what they say; that they are sought is durable before anything is decrypted.

What is decrypted to be compared is shown to nobody: whatever is found is opened afterwards as any other values are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, cast
from uuid import UUID

from ledger.entry import Actor
from ledger.errors import InvalidCommand, NotAuthorised
from ledger.policy.access import REFUSED, Purpose
from ledger.registers.keeping.accesses import PURPOSE_AT_LEAST, ActRefused, PeopleSought, SeekPeople
from ledger.sealing.reading import values_sealed

if TYPE_CHECKING:
    from ledger.service import Ledger

_AT_ONCE = 200
_ID = re.compile(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NAMED = re.compile(rb'"(?:party|requester)":"(' + _ID.pattern + rb')"')


@dataclass(frozen=True, slots=True)
class Seeking:
    """Names, numbers and addresses that somebody says are theirs, and what they are sought for."""

    said: tuple[str, ...]
    purpose: str
    purpose_code: Purpose | None = None


class Said(NamedTuple):
    """What a stream says by slot, and which of the parties that are asked about it names."""

    stream: str
    words: Mapping[str, str]
    names: frozenset[UUID]


def texts_in(values: Mapping[str, Any]) -> dict[str, str]:
    """The texts among values by slot, those inside a value by `slot.name`."""
    found: dict[str, str] = {}
    for name, value in values.items():
        if isinstance(value, str):
            found[name] = value
        elif isinstance(value, Mapping):
            inside = cast("Mapping[str, Any]", value).items()
            found |= {f"{name}.{key}": each for key, each in inside if isinstance(each, str)}
    return found


@dataclass(frozen=True, slots=True)
class Search:
    """A search that is on record, and so may compare; `sought` says what."""

    ledger: Ledger
    sought: PeopleSought

    def named_on(self, streams: Sequence[str], topics: Collection[str]) -> set[str]:
        """The streams of the parties whom these streams name in entries of these topics."""
        rows = self.ledger.store.entries_of(streams)
        return {
            f"party/{each.decode()}"
            for row in rows
            if row.topic in topics
            for each in _NAMED.findall(row.state)
        }

    def said_in(
        self, streams: Sequence[str], topics: Collection[str], *, about: Collection[UUID] = ()
    ) -> Iterator[Said]:
        """What each stream says last in entries of these topics; one that says nothing is left out."""
        store, vault = self.ledger.store, self.ledger.vault
        marks = {str(party).encode(): party for party in about}
        for at in range(0, len(streams), _AT_ONCE):
            of_topics = store.entries_of(streams[at : at + _AT_ONCE])
            rows = {row.position: row for row in of_topics if row.topic in topics}
            sealed = sorted(store.sealed(list(rows)), key=lambda each: each.position)
            vault.ciphers({each.key_id for each in sealed})
            words: dict[str, dict[str, str]] = {}
            for each in sealed:
                row = rows[each.position]
                found = values_sealed(each.blob, row, store.ledger_id, vault)
                words.setdefault(row.stream, {}).update(texts_in(found))
            names: dict[str, set[UUID]] = {}
            for row in rows.values():
                ids = marks.keys() & _ID.findall(row.state)
                names.setdefault(row.stream, set()).update(marks[each] for each in ids)
            for stream, named in names.items():
                if named or stream in words:
                    yield Said(stream, words.get(stream, {}), frozenset(named))


def begun_search(ledger: Ledger, seeking: Seeking, *, actor: Actor) -> Search:
    """The search, once it is on record; NotAuthorised, on record too, where the access table does not allow it.

    InvalidCommand where its purpose says nothing.
    """
    if len(seeking.purpose.strip()) < PURPOSE_AT_LEAST:
        raise InvalidCommand(
            f"Say in {PURPOSE_AT_LEAST} characters or more what somebody is sought for."
        )
    asked = SeekPeople(
        access_id=ledger.new_id(),
        said=seeking.said,
        purpose=seeking.purpose,
        purpose_code=seeking.purpose_code,
    )
    receipt = ledger.handle(asked, actor=actor)
    (last,) = ledger.read(receipt.stream)
    fact = last.entry.fact
    if isinstance(fact, ActRefused):
        raise NotAuthorised(
            f"Nobody was sought, and that it was asked is recorded: {actor.id} {REFUSED[fact.ground]}; "
            "ask somebody whose task it is, or name another purpose."
        )
    assert isinstance(fact, PeopleSought)
    return Search(ledger, fact)
