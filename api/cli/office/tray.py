"""The tray from the command line: what machines wrote that waits for a person."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from api.cli.edge import DONE
from api.cli.ledgers import caught_up, office_days, opened_with_views
from api.cli.reading.asked_at import Asked
from api.cli.showing import (
    Column,
    local,
    number,
    say,
    say_if_cut_short,
    show_json,
    show_table,
    words,
)
from ledger.errors import InvalidCommand
from ledger.ids import reference_of
from ledger.policy.calendars.zones import LocalDays
from projections.lists.tray import Tray
from projections.lists.tray import tray as tray_of

_AT_MOST = 100_000


def tray(
    *,
    limit: Annotated[int, Parameter(name="--limit", help="At most so many.")] = 50,
    asked: Asked = Asked(),
) -> int:
    """Shows which mail from machines waits for a person: counted by kind and age, then mail by mail."""
    if not 1 <= limit <= _AT_MOST:
        raise InvalidCommand(f"--limit must be from 1 to {_AT_MOST}.")
    with opened_with_views() as (ledger, views):
        days = office_days(ledger.policies())
        when = asked.instants(days, now=ledger.clock())
        caught_up(views, ledger)
        found = tray_of(
            views, at=when.at, days=days, known_at=when.known_at, as_of=when.as_of, limit=limit
        )
        if asked.as_json:
            show_json(found)
        else:
            _show(found, days, limit)
    return DONE


def _show(found: Tray, days: LocalDays, limit: int) -> None:
    show_table(
        "Mail from machines",
        [
            words("kind"), number("waiting"), number("today"), number("yesterday"),
            number("older"), Column("oldest"),
        ],
        [
            (
                each.kind.replace("_", " "), each.waiting, each.today, each.yesterday, each.older,
                local(each.oldest_at, days.zone),
            )
            for each in found.kinds
        ],
        empty="The tray is empty. What a machine writes lands here with `caseledger mail` or `tray-put`.",
    )  # fmt: skip
    if found.items:
        show_table(
            "What waits",
            [Column("item"), words("kind"), Column("came"), Column("case")],
            [
                (
                    each.item_id, each.kind.replace("_", " "), local(each.received_at, days.zone),
                    each.about_case and reference_of(each.about_case),
                )
                for each in found.items
            ],
            empty="",
        )  # fmt: skip
    say_if_cut_short(len(found.items), limit)
    said = f"Up to date as of entry {found.up_to_date.position}"
    if found.up_to_date.known_at is not None:
        said += f", as known at {local(found.up_to_date.known_at, days.zone)}"
    say(f"{said}, at {local(found.at, days.zone)} ({days.name}).")
