"""Times as other systems write them, read into instants in UTC or refused with the reason.

A time without an offset from UTC says nothing until somebody states the zone it was written in: the
mapping does, or the time is refused. An offset written with the time always wins over the zone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from api.channels.rows import shown


class UnreadableTime(ValueError):
    """A time that names no instant; its text is the reason, to follow the name of the attribute."""


@dataclass(frozen=True, slots=True)
class SourceTime:
    """An instant in UTC; `ambiguous` if the clocks showed it twice and the earlier is taken."""

    at: datetime
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class TimeRules:
    """How a file writes its times: ISO 8601 unless `formats` (as of strptime) say otherwise."""

    zone: ZoneInfo | None = None
    formats: tuple[str, ...] = ()

    def read(self, text: str) -> SourceTime:
        """The instant a text names; UnreadableTime when it names none."""
        written = self._parsed(text.strip())
        try:
            if written.utcoffset() is not None:
                return SourceTime(written.astimezone(UTC))
            return self._in_zone(written, text)
        except OverflowError:
            raise UnreadableTime(f"{shown(text)} lies outside the calendar") from None

    def _parsed(self, text: str) -> datetime:
        for form in self.formats:
            try:
                return datetime.strptime(text, form)  # noqa: DTZ007 (its zone is settled by `read`)
            except ValueError:
                continue
        if self.formats:
            forms = " or ".join(f"'{form}'" for form in self.formats)
            raise UnreadableTime(f"{shown(text)} is no existing time written as {forms}")
        try:
            written = datetime.fromisoformat(text)
        except ValueError:
            raise UnreadableTime(
                f"{shown(text)} is no existing time in ISO 8601; if the file writes its times "
                "in another way, state it in the mapping under [times] formats"
            ) from None
        if ":" not in text and "T" not in text:
            raise UnreadableTime(
                f"{shown(text)} has no time of day; if midnight is meant, state the form "
                "'%Y-%m-%d' in the mapping under [times] formats"
            )
        return written

    def _in_zone(self, written: datetime, text: str) -> SourceTime:
        if self.zone is None:
            raise UnreadableTime(
                f"{shown(text)} has no offset from UTC; state the zone it was written in "
                "in the mapping under [times] zone"
            )
        first = written.replace(tzinfo=self.zone, fold=0)
        second = written.replace(tzinfo=self.zone, fold=1)
        at = first.astimezone(UTC)
        if at.astimezone(self.zone).replace(tzinfo=None) != written:
            raise UnreadableTime(
                f"{shown(text)} does not exist in {self.zone.key}: "
                "the clocks were put forward over it"
            )
        return SourceTime(at, ambiguous=first.utcoffset() != second.utcoffset())
