"""The rehearsal of a change of law on open cases, from the command line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from api.cli.edge import DONE
from api.cli.ledgers import caught_up, opened_with_views
from api.cli.progress import progress_bar
from api.cli.showing import Column, due, number, say, show_json, show_table, words
from api.cli.wording.as_refused import as_spoken
from api.cli.wording.in_french import numbered, told
from api.moments import date_of
from api.policy_files import read_policy_file
from api.shown.policies import totals
from ledger.ids import reference_of
from ledger.policy.calendars.zones import zone_of
from ledger.policy.compiled.policy import compile_policy
from projections.policies.rehearsal import RehearsedClock, rehearsed

_LISTED = 200
_EFFECTS = {
    "keeps": "keeps its law",
    "calendar": "restated: calendar",
    "law": "taken over",
    "gone": "no such clock there",
}


def rehearse(
    file: Annotated[Path, Parameter(name="FILE", help="A policy in TOML.")],
    /,
    *,
    on: Annotated[str | None, Parameter(name="--on")] = None,
    moved: Annotated[bool, Parameter(name="--moved", negative="")] = False,
    as_json: Annotated[bool, Parameter(name="--json", negative="")] = False,
) -> int:
    """Lists each open clock with its date today and by the law of another policy; nothing is recorded.

    Parameters
    ----------
    on
        The day whose law is tried, such as 2027-04-01; today if left out.
    moved
        List only the clocks whose date would be another.
    as_json
        Answer as JSON.
    """
    policy, _ = read_policy_file(file)
    with opened_with_views() as (ledger, views):
        position = caught_up(views, ledger)
        other = compile_policy(policy, version=len(ledger.policies().versions) + 1)
        days = other.calendars.days_of(policy.office.zone)
        day = date_of(on, option="--on") if on else days.date_of(ledger.clock())
        zones = {code: zone_of(each.zone) for code, each in other.clocks.items()}
        with progress_bar("cases") as tell:
            found = list(rehearsed(ledger, views, other, on=day, progress=tell))
    listed = [each for each in found if each.moves] if moved else found
    if as_json:
        show_json({"on": day, "position": position, "totals": totals(found), "clocks": listed})
        return DONE
    zones |= {each.clock: zones.get(each.other or each.clock, days.zone) for each in found}
    show_rehearsal(listed, found, day, days.zone, zones)
    return DONE


def show_rehearsal(
    listed: list[RehearsedClock],
    found: list[RehearsedClock],
    day: date,
    zone: tzinfo,
    zones: Mapping[str, tzinfo],
) -> None:
    """Prints how many clocks the other law would move, and those that are listed with both dates.

    `zones` says of each clock where its days end, which need not be at the office.
    """
    sums = totals(found)
    say(
        numbered(
            sums.clocks,
            "{count} open clock by the law of {day}: {earlier} would be earlier, {later} later, {same} the same.",
            "{count} open clocks by the law of {day}: {earlier} would be earlier, {later} later, {same} the same.",
            day=day,
            earlier=sums.earlier,
            later=sums.later,
            same=sums.same,
        ),
        told(
            "By its own transition rule, kept under the law they started under: {kept}; taken over: {taken}; restated "
            "by a revised calendar: {restated}; with no such clock there: {gone}.",
            kept=sums.keep_their_law,
            taken=sums.taken_over,
            restated=sums.restated_by_calendar,
            gone=sums.without_counterpart,
        ),
        told("Nothing was recorded."),
    )
    columns = [
        Column("case"),
        Column("clock"),
        Column("started"),
        Column("due today"),
        Column("other law"),
        Column("due by it"),
        number("days"),
        words("becomes"),
    ]
    rows = [_row(each, zone, zones[each.clock]) for each in listed[:_LISTED]]
    show_table("Open clocks, both dates", columns, rows, empty="No clock is open.")
    if len(listed) > _LISTED:
        say(told("And {count} more: all with --json.", count=len(listed) - _LISTED))


def _row(each: RehearsedClock, zone: tzinfo, of: tzinfo) -> list[object]:
    here, there = each.due_at or each.resumed_at, each.other_due_at or each.other_resumed_at
    days = ""
    if here is not None and there is not None:  # a day that ends in summer time is no hour shorter
        days = f"{(there.astimezone(of).date() - here.astimezone(of).date()).days:+d}"
    said = as_spoken(each.beyond) if each.beyond else told(_EFFECTS[each.effect])
    return [
        reference_of(each.case_id),
        each.clock,
        each.started_on,
        _due_shown(each.due_at, each.resumed_at, zone, of),
        each.other or "",
        _due_shown(each.other_due_at, each.other_resumed_at, zone, of),
        days,
        said,
    ]


def _due_shown(
    due_at: datetime | None, resumed_at: datetime | None, zone: tzinfo, of: tzinfo
) -> str:
    """A date; in brackets where the clock stands still and would be due then if it ran on now."""
    if due_at is not None:
        return due(due_at, zone, of=of)
    return f"({due(resumed_at, zone, of=of)})" if resumed_at is not None else ""
