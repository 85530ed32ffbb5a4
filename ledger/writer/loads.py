"""The load that is decided by: as the views tell it or, where they do not, the log, brought up to the log's end.

What takes longer than a moment is folded while others write; only what came since is folded under the lock.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock
from time import monotonic
from typing import Any

from ledger.commands import Kind
from ledger.errors import LedgerUnavailable, UnreadableEntry
from ledger.policy.load import Carried, Load
from ledger.store.interface import LedgerStore
from ledger.store.vaults import chunks
from ledger.writer.streams import entry_of, rows_between

FOLDED_IN_TURN = 2_000
"""How many entries are folded while others wait to write: some tens of milliseconds."""
_FOLDED_AT_ONCE = 200
_VIEWS_ASKED_EVERY_SECONDS = 1.0
"""How often the views are asked meanwhile whether they, made anew on all cores, know more than is folded."""


Wanted = Callable[[], bool]
"""Whether somebody waits for it still."""


def always() -> bool:
    """Somebody does, however long it takes."""
    return True


class LoadFarBehind(Exception):
    """The load is not known up to anywhere near the end of the log: it is folded first, while others write."""


class _ToldMeanwhile(Exception):
    """The views tell the load up to near the end of the log, so that nothing has to be folded any more."""


class Loads:
    """Seeds the load of all cases for one writer, whose one thread asks it; any thread may fold it."""

    def __init__(
        self,
        store: LedgerStore,
        case: Kind[Any],
        *,
        standing: Callable[[], tuple[int, Load]],
        carried: Callable[[Any], Carried | None],
    ) -> None:
        """`standing` gives the load as of a position; `carried` what a case's state adds to it."""
        self._store = store
        self._case = case
        self._standing = standing
        self._carried = carried
        self._folded: tuple[str, int, Load] = ("", 0, Load())
        """What was folded last: of the entries of which server, up to which position."""
        self._unreadable: UnreadableEntry | None = None
        self._folding = Lock()

    def at(self, tip: int) -> Load:
        """The load over all entries; LoadFarBehind where too many of them are not folded yet."""
        position, load = self._known()
        if self.is_far(position, tip):
            raise self._unreadable or LoadFarBehind
        return self.between(position, tip, load)

    def fold(self, *, wanted: Wanted = always) -> None:
        """Folds what there is while others write, so that little is left to be folded under the lock; one at a time.

        LedgerUnavailable once it is `wanted` no more, as by a service that ends.
        """
        with self._folding:
            server, (position, load) = self._store.server, self._known()
            self._unreadable = None
            try:
                while self.is_far(position, tip := self._store.tip()):
                    untold = self._untold(wanted)
                    try:
                        load, position = self.between(position, tip, load, wanted=untold), tip
                    except _ToldMeanwhile:
                        position, load = self._standing()
            except UnreadableEntry as error:
                self._unreadable = error  # told to whoever asks for the load alone
            self._folded = server, position, load

    def _untold(self, wanted: Wanted) -> Wanted:
        """What asks whether it is wanted still; _ToldMeanwhile once the views are near the end, and not before.

        Views that come on entry by entry, far behind it, would have it begun anew each time.
        """
        asked_at = monotonic()

        def untold() -> bool:
            nonlocal asked_at
            if monotonic() - asked_at >= _VIEWS_ASKED_EVERY_SECONDS:
                if not self.is_far(self._standing()[0], self._store.tip()):
                    raise _ToldMeanwhile
                asked_at = monotonic()
            return wanted()

        return untold

    def is_far(self, position: int, tip: int) -> bool:
        """Whether it takes more than a moment to fold what lies between."""
        return tip - position > FOLDED_IN_TURN

    def between(self, position: int, tip: int, load: Load, *, wanted: Wanted = always) -> Load:
        """A load as of a position, with what each case that moved since, up to another, has added or taken."""
        rows = rows_between(self._store, position, tip)
        moved = dict.fromkeys(row.stream for row in rows if row.stream.startswith("case/"))
        for streams in chunks(moved, _FOLDED_AT_ONCE):
            if not wanted():
                raise LedgerUnavailable("The ledger is closed: open it again.")
            load = self._of_these(streams, position, tip, load)
        return load

    def moved(self, load: Load, before: Any, after: Any) -> Load:
        """The load once the state of a case is another."""
        laid, taken = self._carried(before), self._carried(after)
        return load if laid == taken else load.laying_down(laid).taking_on(taken)

    def _known(self) -> tuple[int, Load]:
        """The load as of the latest position of which it is known."""
        server, position, load = self._folded
        standing = self._standing()
        if server != self._store.server or position <= standing[0]:
            return standing
        return position, load

    def _of_these(self, streams: Sequence[str], position: int, tip: int, load: Load) -> Load:
        before = dict.fromkeys(streams, self._case.initial)
        after = dict(before)
        for row in self._store.entries_of(streams):
            if row.position <= tip:
                after[row.stream] = self._case.evolve(after[row.stream], entry_of(row))
                if row.position <= position:
                    before[row.stream] = after[row.stream]
        for stream, state in after.items():
            load = self.moved(load, before[stream], state)
        return load
