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
from api.cli.wording.coded import coded
from api.cli.wording.in_french import Spoken
from api.cli.wording.spoken import speaking
from ledger.errors import InvalidCommand
from ledger.ids import reference_of
from ledger.policy.calendars.zones import LocalDays
from projections.lists.tray import Tray
from projections.lists.tray import tray as tray_of

_AT_MOST = 100_000


def tray(
    *,
    limit: Annotated[int, Parameter(name="--limit", help="At most so many.")] = 50,
    language: Spoken = "en",
    asked: Asked = Asked(),
) -> int:
    """Shows which mail from machines waits for a person: counted by kind and age, then mail by mail."""
    with speaking(language), opened_with_views() as (ledger, views):
        if not 1 <= limit <= _AT_MOST:
            raise InvalidCommand(f"--limit must be from 1 to {_AT_MOST}.")
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
            say(when.foot(found.up_to_date.position, days))
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
                coded("mail_kind", each.kind), each.waiting, each.today, each.yesterday, each.older,
                local(each.oldest_at, days.zone),
            )
            for each in found.kinds
        ],
        empty="The tray is empty. What a machine writes lands here with `caseledger mail` or `tray-put`.",
    )  # fmt: skip
    if found.items:
        show_table(
            "What waits",
            [Column("mail"), words("kind"), Column("came"), Column("case")],
            [
                (
                    each.item_id, coded("mail_kind", each.kind), local(each.received_at, days.zone),
                    each.about_case and reference_of(each.about_case),
                )
                for each in found.items
            ],
            empty="",
        )  # fmt: skip
    say_if_cut_short(len(found.items), limit)
