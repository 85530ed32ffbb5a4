"""Clocks whose calendar, time zone or law was revised since their due date was reckoned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from api.machines import machine
from api.watch.proposing import Seen
from ledger.case.clocks.restating import RestateClocks
from ledger.commands import Request
from ledger.ids import case_stream, derived_uuid
from ledger.policy.document.clocks import ClockDefinition
from ledger.policy.in_force import PolicyVersion
from ledger.times import EPOCH
from projections.lists.revisions import Reckoned, open_reckonings, reckoned_so


def clocks_revised(seen: Seen) -> Iterator[Sequence[Request]]:
    """`RestateClocks` for each case with a clock that stands by an edition which is no longer the one in force."""
    for reckoned in open_reckonings(seen.views):
        edition = outdated(reckoned, seen)
        if edition is None:
            continue
        for page in reckoned_so(seen.views, reckoned):
            yield [_restating(each, reckoned, edition) for each in page]


def outdated(reckoned: Reckoned, seen: Seen) -> str | None:
    """The edition that replaces the one of this reckoning, as a text; None while it stands."""
    law, tz_version, *cited = reckoned.by.split("|")
    calendars = seen.version.compiled.calendars
    if tz_version != calendars.tz_version:
        return f"zones {calendars.tz_version}"
    for each in cited:
        code, _, digest = each.partition("=")
        counting, hours = calendars.counting.get(code), calendars.hours.get(code)
        now = counting.digest if counting else f"{hours.digest}{hours.observed}" if hours else None
        if now not in (None, digest):
            return f"calendar {code} {now}"
    return _law(law, seen.version, seen)


def _law(law: str, version: PolicyVersion, seen: Seen) -> str | None:
    pack, _, edition = law.partition("/")
    for each in version.compiled.clocks.values():
        if each.pack == pack and each.version != edition and _took_over(each, version, seen):
            return f"law {each.pack} {each.version}"
    return None


def _took_over(clock: ClockDefinition, version: PolicyVersion, seen: Seen) -> bool:
    if clock.transition != "open_clocks" or clock.effective_from is None:
        return False
    today = version.compiled.calendars.days_of(clock.zone).date_of(seen.now)
    return clock.effective_from <= today


def _restating(found: Reckoned, reckoned: Reckoned, edition: str) -> Request:
    cause = (case_stream(found.case_id), found.clock, reckoned.by, edition)
    return Request(
        RestateClocks(case_id=found.case_id),
        machine("watch"),
        derived_uuid(EPOCH, "watch-restate", *cause),
    )
