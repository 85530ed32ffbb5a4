"""The statistics of an access office from the command line: as a table, as CSV, as XML."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from cyclopts import Parameter

from api.channels.annual_report import annual_report
from api.cli.edge import DONE
from api.cli.ledgers import caught_up, office_days, opened_with_views
from api.cli.progress import progress_bar
from api.cli.showing import number, say, show_json, show_table, words
from api.moments import date_of
from api.verbs.disclosures.asked_of import case_over
from ledger.errors import InvalidCommand
from ledger.policy.zones import LocalDays
from ledger.registers.disclosures import STREAM
from ledger.service import Ledger
from projections.disclosures.dossier import Dossier, dossier
from projections.disclosures.statistics import Request, Statistics, is_request, request_of
from projections.disclosures.statistics import statistics as counted
from projections.listing import cases_of_types
from projections.views import Views


def statistics(
    *,
    from_on: Annotated[str, Parameter(name="--from")],
    until_on: Annotated[str, Parameter(name="--until")],
    format_: Annotated[Literal["table", "csv", "xml"], Parameter(name="--format")] = "table",
    as_json_: Annotated[bool, Parameter(name="--json", negative="")] = False,
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
    as_json_
        Answer as JSON.
    """
    first, last = date_of(from_on, option="--from"), date_of(until_on, option="--until")
    if last < first:
        raise InvalidCommand("--until is before --from: give the dates in order.")
    with opened_with_views() as (ledger, views):
        policies = ledger.policies()
        days = office_days(policies)
        caught_up(views, ledger)
        found = counted(_requests(ledger, views, days), from_on=first, until_on=last)
        if as_json_:
            show_json(found)
        elif format_ == "csv":
            sys.stdout.write(_as_csv(found))
        elif format_ == "xml":
            policy = policies.in_force(ledger.clock()).policy
            report = annual_report(
                found,
                policy.exemptions,
                organisation=policy.office.en,
                abbreviation="".join(
                    word[0] for word in policy.office.en.split() if word[0].isupper()
                ),
                made_on=days.date_of(ledger.clock()),
            )
            sys.stdout.write(report.decode())
        else:
            _show_statistics(found, first, last)
    return DONE


def _requests(ledger: Ledger, views: Views, days: LocalDays) -> Iterator[Request]:
    """Every request of this ledger: the cases of its types, and those that a disclosure answers.

    Which cases are of these types the views tell, so that no other case is read.
    """
    policies = ledger.policies()
    answers: dict[UUID, list[Dossier]] = {}
    for stream in ledger.store.streams(STREAM):
        known = dossier(each.entry for each in ledger.read(stream))
        if known.state.case_id is not None:
            answers.setdefault(known.state.case_id, []).append(known)
    policy = policies.in_force(ledger.clock()).policy
    types = [code for code in policy.types if is_request(policy, code)]
    requests = sorted({*answers, *cases_of_types(views, types)})
    with progress_bar("requests") as tell:
        for place, case_id in enumerate(requests, 1):
            case = case_over(ledger, case_id)
            yield request_of(case_id, case, answers.get(case_id, []), policies, days)
            tell(place, len(requests))


def _figures(found: Statistics) -> Iterator[tuple[str, str, object]]:
    """Each figure: what it is of, its name, its value."""
    for name in (
        "pending_at_start", "received", "completed", "pending_at_end", "on_time", "late",
        "overdue_at_end", "extended", "extensions", "median_days", "average_days", "lowest_days",
        "highest_days", "minutes", "cost_cents", "paid_cents", "pages",
    ):  # fmt: skip
        yield "requests", name, getattr(found, name)
    for group in ("results", "exemptions", "applicants"):
        for name, value in getattr(found, group).items():
            yield group, name, value


def _as_csv(found: Statistics) -> str:
    said = io.StringIO()
    writer = csv.writer(said, lineterminator="\n")
    writer.writerow(("from", "until", "of", "figure", "value"))
    for group, name, value in _figures(found):
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
            for group, name, value in _figures(found)
        ],
        empty="",
    )
    say("Days are calendar days from receipt to the answer.")
