"""Notices owed, from the command line: who is still to be told of an extension, a coming lapse or a decision."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from cyclopts import Parameter

from api.cli.edge import DONE
from api.cli.ledgers import office_days, opened
from api.cli.progress import progress_bar
from api.cli.reading.asked_at import Asked
from api.cli.showing import Column, show_json, show_table, words
from api.cli.wording.coded import coded
from api.cli.wording.in_french import Spoken, told
from api.cli.wording.spoken import speaking
from api.shown.owed import owed_notice
from ledger.ids import reference_of
from projections.one_case.notices_owed import NoticeOwed, notices_owed

_KINDS = {
    "extension": "an extension",
    "lapse": "that it will lapse",
    "decision": "the decision",
}


def owed(
    *,
    team: Annotated[str | None, Parameter(name="--team")] = None,
    overdue: Annotated[bool, Parameter(name="--overdue", negative="")] = False,
    language: Spoken = "en",
    asked: Asked = Asked(),
) -> int:
    """Lists who is still to be told of an extension, a coming lapse or a decision, and by when.

    Parameters
    ----------
    team
        Only the cases of this team.
    overdue
        Only what should have been told already.
    """
    with speaking(language), opened() as ledger:
        days = office_days(ledger.policies())
        when = asked.instants(days, now=ledger.clock())
        with progress_bar("cases") as tell:
            found = notices_owed(ledger, then=when.then, progress=tell)
        today = days.date_of(when.at)
        chosen = [
            each
            for each in found
            if (team is None or each.team == team) and (not overdue or each.overdue(today))
        ]
        if asked.as_json:
            show_json({"on": today, "notices": [owed_notice(each, today) for each in chosen]})
            return DONE
        show_table(
            "Notices owed",
            [
                Column("case"),
                Column("by the end of"),
                words("to be told"),
                words("of what"),
                Column("clock", spare=2),
                Column("team", spare=1),
                Column("overdue"),
            ],
            [_row(each, today) for each in chosen],
            empty="None: everybody who had to be told was told.",
        )
    return DONE


def _row(each: NoticeOwed, today: date) -> list[object]:
    what = told(_KINDS[each.kind])
    if each.lapses_on is not None:
        what = told("that it will lapse after {on}", on=each.lapses_on)
    return [
        reference_of(each.case_id),
        each.by_on or "",
        coded("role", each.party),
        what,
        each.clock or "",
        each.team or "",
        each.overdue(today),
    ]
