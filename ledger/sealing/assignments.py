"""To whom the keys of a vault are given: as it says so, and as the entries tell it again where it does not."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from ledger.store import LedgerStore, VaultStore

Given = tuple[bytes, str | None, str]
"""The id of a key, the subject and the stream it was given to; None where it is lacking here, and nobody can tell."""
Owner = tuple[bytes | None, str | None]
"""The id of a person and a stream, as the vault names whoever has a key; None where it names nobody."""


class Assignments:
    """Who has which key of a vault, by the ids that the vault alone knows people by."""

    def __init__(self, store: VaultStore, person: Callable[[str], bytes]) -> None:
        self._store = store
        self._person = person

    def upto(self) -> int:
        """The position up to which every key that sealed something is given to whom it is about."""
        return self._store.assigned_upto()

    def owners(self, key_ids: Collection[bytes]) -> Mapping[bytes, Owner]:
        """Who has each of these keys, all in one read; those that are not here are left out."""
        return self._store.owners(list(key_ids))

    def not_found(self, owners: Mapping[bytes, Owner]) -> frozenset[bytes]:
        """Those of these keys that are not found when they are sought by whom they are of: an index is damaged."""
        sought = [(person, stream) for person, stream in owners.values() if person and stream]
        found = {key.key_id for key in self._store.keys_for(sought).values()}
        return frozenset(key_id for key_id, owner in owners.items() if None not in owner) - found

    def owner(self, subject: str, stream: str) -> Owner:
        """Whoever has the keys of a subject in a stream, as `owners` names them."""
        return self._person(subject), stream

    def not_beyond(self, store: LedgerStore) -> None:
        """A vault that is newer than its log, as after a restore, says nothing of entries that are still to come.

        What a loss of power takes of them would not be looked for, and their keys would be given to others.
        """
        if store.unwritable is None and self.upto() > store.tip():
            with store.exclusive():
                self._store.assigned_no_further(store.tip())

    def recover(
        self, tip: int, subjects_after: Callable[[int], Collection[Given]], *, keep: bool = True
    ) -> int:
        """After a loss of power, assigns again from the entries themselves; how many of their keys are lacking here.

        Any are only in a vault from before those entries: a key is durable before what it seals is recorded.
        Where nothing can be written they are not kept: they are needed to seal and to erase alone.
        """
        known = self.upto()
        if known >= tip or not (found := subjects_after(known)):
            return 0
        given = dict.fromkeys(found)  # a key seals many entries, and is assigned once
        rows = [
            (key_id, self._person(subject), stream)
            for key_id, subject, stream in given
            if subject is not None
        ]
        lacking = len(given) - len(rows)
        if not keep:
            return lacking
        # The mark stays where keys are lacking, so that whoever opens the ledger next sees it too.
        self._store.assign(rows, upto_position=known if lacking else tip)
        return lacking
