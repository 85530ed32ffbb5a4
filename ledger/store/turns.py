"""Turns: what one process at a time does for all, such as watching; others stand by and take over when it dies."""

from __future__ import annotations

import fcntl
import os
import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Self

from ledger.errors import InvalidCommand, LedgerUnavailable
from ledger.store.translation import Translated

ASKED_EVERY_SECONDS = 1.0
"""How often who stands by asks for the turn: about so long nobody has it after its holder died."""

_NAME = re.compile(r"[a-z][a-z-]{0,30}")


class Turn(ABC):
    """The turn to do one thing at one place, ours from `take` until it is let go, or lost with the connection.

    Whoever has it asks `held`, or calls `refuse_lost`, before each step of the work, and stops when it is
    lost: by then another may be at it. What is done in turn must therefore bear being done twice.
    Any thread may ask; use it as a context manager, or let it go.
    """

    def __init__(self, name: str) -> None:
        if not _NAME.fullmatch(name):
            raise InvalidCommand(f"{name!r} is no name of a turn: give small letters and hyphens.")
        self.name = name

    @abstractmethod
    def take(self) -> bool:
        """Takes the turn if nobody has it, and says whether it is ours now; LedgerUnavailable if nobody can say."""

    @property
    @abstractmethod
    def held(self) -> bool:
        """Whether it is ours still; asked of the server, where there is one."""

    @abstractmethod
    def let_go(self) -> None:
        """Lets another have it; nothing if it is not ours."""

    def wait(self, rest: Callable[[float], object], *, standing_by: Callable[[], None]) -> None:
        """Returns once the turn is ours; `standing_by` is called once if another has it, `rest` between two looks.

        `rest` is given how many seconds to let pass, and may raise to end the waiting.
        """
        if self.take():
            return
        standing_by()
        while not self.take():
            rest(ASKED_EVERY_SECONDS)

    def refuse_lost(self) -> None:
        """LedgerUnavailable if it is ours no longer."""
        if not self.held:
            raise LedgerUnavailable(
                f"The turn of the {self.name} was lost, as when the connection breaks, so the work stops here: "
                "it goes on with whoever has the turn next."
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.let_go()


class HomeTurn(Turn):
    """A turn at a home folder: a lock on a file in it, which the kernel frees when its holder dies."""

    def __init__(self, home: Path, name: str) -> None:
        super().__init__(name)
        self._path = home / f"turn.{name}"
        self._file: BinaryIO | None = None
        self._translated = Translated(f"The home {home.name}", OSError)

    def take(self) -> bool:
        if self.held:
            return True
        self.let_go()
        if not self._path.parent.is_dir():
            raise LedgerUnavailable(
                f"There is no folder {self._path.parent}: run `caseledger init`, or name the folder of the "
                "ledger in CASELEDGER_HOME."
            )
        with self._translated:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            file = os.fdopen(descriptor, "rb+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        except BaseException:
            file.close()
            raise
        self._file = file
        return True

    @property
    def held(self) -> bool:
        file = self._file
        if file is None:
            return False
        try:
            ours, there = os.fstat(file.fileno()), self._path.stat()
        except (OSError, ValueError):  # let go meanwhile, or the home was moved away
            return False
        return (ours.st_dev, ours.st_ino) == (there.st_dev, there.st_ino)

    def let_go(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            file.close()
