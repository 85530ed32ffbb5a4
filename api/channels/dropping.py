"""A drop folder: whole files that another system puts there are imported, and moved away with a report beside each.

What was dropped lies in `done` or, where all or part of it could not be recorded, in `set-aside`. The import
knows rows again, so that a file dropped twice, or taken before and not moved for want of power, adds nothing.
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import Any, Literal

import orjson

from api.channels.bringing_in import AnyMapping, bring_in
from api.channels.import_report import ImportReport
from api.new_files import new_file
from ledger.entry import Actor
from ledger.errors import IntegrityFailure, InvalidCommand, LedgerUnavailable, Refusal
from ledger.input.quoting import counted
from ledger.service import Ledger
from ledger.times import stamp

DONE, SET_ASIDE = "done", "set-aside"
_UNFINISHED = (".part", ".partial", ".tmp", ".temp", ".filepart", ".crdownload", "~")
"""How programs that copy name what they have not finished."""

Became = Literal["imported", "in_part", "refused", "moving"]
Rest = Callable[[float], object]


@dataclass(frozen=True, slots=True)
class Dropped:
    """What became of a file: where it lies now, and what the import says, or why there was none."""

    name: str
    became: Became
    lies_in: str | None = None
    report: ImportReport | None = None
    reason: str | None = None

    @property
    def sound(self) -> bool:
        """Whether nobody needs to look at it."""
        return self.became in ("imported", "moving")

    def as_json(self) -> dict[str, Any]:
        """The same in plain values, the whole report with it."""
        return {
            "file": self.name,
            "became": self.became,
            "lies_in": self.lies_in,
            "reason": self.reason,
            "report": None if self.report is None else self.report.as_json(),
        }


@dataclass(frozen=True, slots=True)
class _Looks:
    """By what a file is known to be the same and to have stood still."""

    size: int
    modified_ns: int
    number: int


class DropFolder:
    """A folder into which another system puts its exports; InvalidCommand if it is none."""

    def __init__(self, folder: Path, mapping: AnyMapping) -> None:
        if not folder.is_dir():
            raise InvalidCommand(f"There is no folder {folder}: make it, or name another.")
        self._folder = folder
        self._mapping = mapping

    def take(
        self, ledger: Ledger, *, actor: Actor, settle_seconds: float, rest: Rest
    ) -> Iterator[Dropped]:
        """Imports every whole file, the oldest first, and moves it; what is still written to stays for the next time.

        A file is whole if it stood still for `settle_seconds`; one that is renamed into the folder is.
        LedgerUnavailable leaves the files where they are.
        """
        before = self._look()
        if before:
            rest(settle_seconds)
        now = self._look()
        for name in sorted(now, key=lambda each: (now[each].modified_ns, each)):
            if now[name] == before.get(name):
                yield self._taken(ledger, name, now[name], actor=actor)
            elif name in before:
                yield Dropped(name, "moving")

    def _look(self) -> dict[str, _Looks]:
        """The files that are there by name; folders, links, hidden files and what is being copied are none."""
        found: dict[str, _Looks] = {}
        for path in self._folder.iterdir():
            if path.name.startswith(".") or path.name.lower().endswith(_UNFINISHED):
                continue
            looks = self._looks(path)
            if looks is not None:
                found[path.name] = looks
        return found

    def _looks(self, path: Path) -> _Looks | None:
        try:
            seen = path.lstat()
        except FileNotFoundError:
            return None
        if not stat.S_ISREG(seen.st_mode):
            return None
        return _Looks(seen.st_size, seen.st_mtime_ns, seen.st_ino)

    def _taken(self, ledger: Ledger, name: str, looks: _Looks, *, actor: Actor) -> Dropped:
        path = self._folder / name
        try:
            report = bring_in(ledger, path, self._mapping, actor=actor)
        except (InvalidCommand, Refusal) as refused:
            return self._moved(ledger, Dropped(name, "refused", reason=str(refused)), SET_ASIDE)
        except IntegrityFailure:
            if self._looks(path) == looks:
                raise
            return Dropped(name, "moving")
        if self._looks(path) != looks:
            return Dropped(name, "moving", report=report)
        if report.sound:
            return self._moved(ledger, Dropped(name, "imported", report=report), DONE)
        rows = counted(report.rows_set_aside, "row", "rows")
        reason = f"{rows} could not be recorded: the report says why."
        return self._moved(
            ledger, Dropped(name, "in_part", report=report, reason=reason), SET_ASIDE
        )

    def _moved(self, ledger: Ledger, dropped: Dropped, into: str) -> Dropped:
        """Writes the report, then moves the file beside it, under a name that nothing there has."""
        folder = self._folder / into
        name = _free_name(folder, dropped.name)
        moved = Dropped(
            dropped.name, dropped.became, f"{into}/{name}", dropped.report, dropped.reason
        )
        said = {"taken_at": stamp(ledger.clock()), **moved.as_json()}
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            with new_file(_report_of(folder / name)) as file:
                file.write(orjson.dumps(said, option=orjson.OPT_INDENT_2))
            (self._folder / dropped.name).rename(folder / name)
        except OSError as error:
            raise LedgerUnavailable(
                f"{dropped.name} was imported and cannot be moved to {folder} "
                f"({error.strerror or error}): let this folder be written to; again adds nothing."
            ) from error
        return moved


def _free_name(folder: Path, name: str) -> str:
    """The name itself, or with the first number that makes it a new one."""
    stem, dot, ending = name.partition(".")
    numbered = (f"{stem}-{number}{dot}{ending}" for number in count(2))
    return next(each for each in chain([name], numbered) if _is_free(folder / each))


def _is_free(path: Path) -> bool:
    return not path.exists() and not _report_of(path).exists()


def _report_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.report.json")
