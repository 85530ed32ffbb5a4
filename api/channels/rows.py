"""What a reader of event logs hands on: rows as they stand there, or set aside with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

MAX_VALUE_CHARACTERS = 16_384
"""A mapped value is a code, a name or a time; a longer one is not what the mapping takes it for."""

MAX_CASE_CHARACTERS = 64 * 1024 * 1024
"""The most that one case may hold in memory while it is read."""

ROW_OVERHEAD_CHARACTERS = 400
"""What an empty row costs against `MAX_CASE_CHARACTERS`."""


@dataclass(frozen=True, slots=True)
class LogRow:
    """One event of the file, the `number`th from 1; only the mapped attributes are kept.

    `digest` is the SHA-256 of all its attributes, mapped or not, in whatever order they stood.
    """

    number: int
    place: str
    event: Mapping[str, str]
    digest: bytes


@dataclass(frozen=True, slots=True)
class CaseRows:
    """The rows of one case in file order, with what the file says of the case as a whole."""

    place: str
    attributes: Mapping[str, str]
    rows: tuple[LogRow, ...]
    digest: bytes
    differing: tuple[tuple[str, int], ...] = ()
    """Attributes of the case on which rows disagree, each with the first row that does."""
    problem: str | None = None
    """Why nothing of this case can be used."""

    @property
    def row_count(self) -> int:
        """How many rows of the file it has."""
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class SetAside:
    """Something of the file that is not recorded, and why; `row` is None for a case with no row."""

    row: int | None
    place: str
    reason: str
    digest: str
    """SHA-256 of the row as it was read, to find it again without repeating it here."""

    @property
    def row_count(self) -> int:
        """How many rows of the file it is: one, or none."""
        return self.row is not None


def digest_pairs(pairs: list[tuple[str, str]]) -> bytes:
    """The SHA-256 of named values, whatever their order."""
    lines = (f"{len(name)}:{name}{value}\0" for name, value in sorted(pairs))
    return sha256("".join(lines).encode("utf-8", "surrogateescape")).digest()


def shown(value: str) -> str:
    """A value as a sentence quotes it: without line breaks, and cut when long."""
    line = " ".join(value.split())
    line = line.encode("utf-8", "replace").decode()
    return f"'{line[:60]}...'" if len(line) > 60 else f"'{line}'"


def listed(names: list[str], *, most: int = 20) -> str:
    """Names in a row for a sentence, the rest of a long list counted."""
    rest = len(names) - most
    return ", ".join(names[:most]) + (f" and {rest} more" if rest > 0 else "")
