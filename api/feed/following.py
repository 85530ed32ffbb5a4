"""Following: the log from a position on, a page at a time, without what whoever follows may not see.

What is left out is looked at all the same, and a page says up to where: nobody waits on a hole.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from api.feed.events import cloud_event
from ledger.ids import case_stream
from ledger.policy.acting.acts import Relation
from ledger.policy.acting.feeding import Follower
from ledger.sealing.reading import ReadEntry, office_entry, verified_entry
from ledger.service import Ledger
from ledger.store import StoredRow

LOOKED_AT_MOST = 10_000
"""How many entries are looked at for a page: so long somebody waits who is shown hardly any."""
_CHUNK = 500
_OPENERS_KNOWN = 100_000
_RECUSED = "MemberRecused"


@dataclass(frozen=True, slots=True)
class Page:
    """Entries that are shown, in order; up to where the log was looked at, and whether more is there already."""

    entries: tuple[ReadEntry, ...]
    looked_upto: int
    more: bool


class Feed:
    """The log of one ledger, for everybody who follows it. Any thread may ask."""

    def __init__(self, ledger: Ledger, *, public_url: str | None = None) -> None:
        """`public_url` is where its service is reached from outside, for the addresses in events."""
        self._ledger = ledger
        self._public_url = public_url or ""
        self._opener = lru_cache(maxsize=_OPENERS_KNOWN)(self._opened_by)

    @property
    def ledger_id(self) -> bytes:
        """The ledger that it is of."""
        return self._ledger.store.ledger_id

    def event(self, read: ReadEntry) -> dict[str, Any]:
        """An entry as everybody who follows is told of it."""
        return cloud_event(read, ledger_id=self.ledger_id, below=self._public_url)

    def tip(self) -> int:
        """The last position of the log."""
        return self._ledger.store.tip()

    def is_at(self, position: int, digest: str) -> bool:
        """Whether the entry at a position has a digest that begins so, in hexadecimal."""
        rows = self._ledger.store.entries(after=position - 1, limit=1)
        found = [verified_entry(row, self.ledger_id) for row in rows if row.position == position]
        return bool(found) and found[0].digest.hex().startswith(digest)

    def page(
        self, follower: Follower, *, after: int, limit: int, topics: Collection[str] = ()
    ) -> Page:
        """At most `limit` entries after a position, of these topics or of all; each is verified as it is read."""
        found: list[ReadEntry] = []
        looked, most, tip = after, after + LOOKED_AT_MOST, self.tip()
        recused = dict[str, bool]()
        while len(found) < limit and looked < most:
            rows = self._ledger.store.entries(after=looked, limit=min(_CHUNK, most - looked))
            for row in rows:
                looked = row.position
                if (not topics or row.topic in topics) and self._shows(follower, row, recused):
                    found.append(verified_entry(row, self.ledger_id))
                    if len(found) == limit:
                        break
            if not rows:  # lost positions hold nobody up either
                return Page(tuple(found), max(looked, tip), more=False)
        return Page(tuple(found), looked, more=True)

    def entry(self, follower: Follower, position: int) -> ReadEntry | None:
        """The entry at a position; None if it is not shown, or lost."""
        rows = self._ledger.store.entries(after=position - 1, limit=1)
        if not rows or rows[0].position != position or not self._shows(follower, rows[0], {}):
            return None
        return verified_entry(rows[0], self.ledger_id)

    def _shows(self, follower: Follower, row: StoredRow, recused: dict[str, bool]) -> bool:
        kind, _, key = row.stream.partition("/")
        about = row.stream if kind == "case" else case_of_mail(row)
        if about is not None and follower.kind == "person":
            if about not in recused:
                recused[about] = self._stepped_back(follower, about)
            if recused[about]:
                return follower.is_shown(kind, "recused")
        if kind != "case":
            return follower.is_shown(kind, "none")
        return follower.is_shown(kind, self._relation(follower, UUID(key)))

    def _relation(self, follower: Follower, case_id: UUID) -> Relation:
        theirs = follower.integrates and self._opener(case_id) == follower.member
        return "theirs" if theirs else "other"

    def _opened_by(self, case_id: UUID) -> str | None:
        first = self._ledger.store.stream(case_stream(case_id), upto_version=1)
        return office_entry(*first[0]).actor.id if first else None

    def _stepped_back(self, follower: Follower, stream: str) -> bool:
        return any(
            office_entry(*row).actor.id == follower.member
            for row in self._ledger.store.stream(stream)
            if row.topic == _RECUSED
        )


def case_of_mail(row: StoredRow) -> str | None:
    """The stream of the case that mail in the tray is about; None where it names none, and of any other entry."""
    if not row.stream.startswith("tray/"):
        return None
    case_id: UUID | None = getattr(office_entry(*row).fact, "about_case", None)
    return None if case_id is None else case_stream(case_id)
