"""The statistics of an access office from the command line: as a table, as CSV, as XML."""

from __future__ import annotations

import csv
import io
import sys
from datetime import date
from typing import Annotated, Literal

from cyclopts import Parameter

from api.channels.annual_report import report_of
from api.cli.edge import DONE
from api.cli.ledgers import caught_up, office_days, opened_with_views
from api.cli.progress import progress_bar
from api.cli.reading.asked_at import Asked
from api.cli.showing import number, say, show_json, show_table, words
from api.moments import date_of
from api.verbs.disclosures.counting import figures, requests_for_information
from ledger.errors import InvalidCommand
from ledger.policies_then import version_then
from projections.disclosures.statistics import Statistics
from projections.disclosures.statistics import statistics as counted


def statistics(
    *,
    from_on: Annotated[str, Parameter(name="--from")],
    until_on: Annotated[str, Parameter(name="--until")],
    format_: Annotated[Literal["table", "csv", "xml"], Parameter(name="--format")] = "table",
    asked: Asked = Asked(),
) -> int:
    """Shows what the access office did: received, completed, on time, extended, exemptions used, days.

    Parameters
    ----------
    from_on
        The first date.
    until_on
        The last date.
    format_
        As a table, as CSV, or as XML in the shape of the annual report of United States agencies.
    """
    first, last = date_of(from_on, option="--from"), date_of(until_on, option="--until")
    if last < first:
        raise InvalidCommand("--until is before --from: give the dates in order.")
    with opened_with_views() as (ledger, views):
        days = office_days(ledger.policies())
        when = asked.instants(days, now=ledger.clock())
        caught_up(views, ledger)
        requests = requests_for_information(
            ledger, views, days=days, at=when.at, then=when.then, progress=progress_bar
        )
        found = counted(requests, from_on=first, until_on=last)
        if asked.as_json:
            show_json(found)
        elif format_ == "csv":
            sys.stdout.write(_as_csv(found))
        elif format_ == "xml":
            policy = version_then(ledger, when.then, when.at).policy
            made_on = days.date_of(ledger.clock())
            sys.stdout.write(report_of(found, policy, made_on=made_on).decode())
        else:
            _show_statistics(found, first, last)
    return DONE


def _as_csv(found: Statistics) -> str:
    said = io.StringIO()
    writer = csv.writer(said, lineterminator="\n")
    writer.writerow(("from", "until", "of", "figure", "value"))
    for group, name, value in figures(found):
        writer.writerow(
            (found.from_on, found.until_on, group, name, "" if value is None else value)
        )
    return said.getvalue()


def _show_statistics(found: Statistics, first: date, last: date) -> None:
    show_table(
        f"Requests for information, {first} to {last}",
        [words("of"), words("figure"), number("value")],
        [
            (group, name.replace("_", " ") if group != "exemptions" else name, value)
            for group, name, value in figures(found)
        ],
        empty="",
    )
    say("Days are calendar days from receipt to the answer.")
