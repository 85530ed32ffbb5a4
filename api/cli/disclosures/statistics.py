"""The statistics of an access office from the command line: as a table, as CSV, as XML."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from cyclopts import Parameter

from api.channels.annual_report import report_of
from api.cli.edge import DONE
from api.cli.ledgers import caught_up, office_days, opened_with_views
from api.cli.progress import progress_bar
from api.cli.reading.asked_at import Asked
from api.cli.showing import number, say, show_json, show_table, words
from api.cli.wording.in_french import Spoken, told
from api.cli.wording.spoken import speaking
from api.moments import date_of
from api.verbs.disclosures.counting import figures, requests_for_information
from ledger.errors import InvalidCommand
from ledger.policies_then import version_then
from ledger.policy.document.policy import Policy
from ledger.policy.values import Language
from projections.disclosures.statistics import Statistics
from projections.disclosures.statistics import statistics as counted
from projections.sentences.sentence import Sentence
from projections.sentences.wording import Wording


def statistics(
    *,
    from_on: Annotated[str, Parameter(name="--from")],
    until_on: Annotated[str, Parameter(name="--until")],
    format_: Annotated[Literal["table", "csv", "xml"], Parameter(name="--format")] = "table",
    language: Spoken = "en",
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
    with speaking(language), opened_with_views() as (ledger, views):
        days = office_days(ledger.policies())
        when = asked.instants(days, now=ledger.clock())
        caught_up(views, ledger)
        requests = requests_for_information(
            ledger, views, days=days, at=when.at, then=when.then, progress=progress_bar
        )
        found = counted(requests, from_on=first, until_on=last)
        policy = version_then(ledger, when.then, when.at).policy
        if asked.as_json:
            show_json(found)
        elif format_ == "csv":
            sys.stdout.write(_as_csv(found))
        elif format_ == "xml":
            made_on = days.date_of(ledger.clock())
            sys.stdout.write(report_of(found, policy, made_on=made_on).decode())
        else:
            _show_statistics(found, first, last, policy=policy, language=language)
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


_FIGURES: Mapping[str, Sentence] = {
    "pending_at_start": Sentence("pending at start", "en cours au début"),
    "received": Sentence("received", "reçues"),
    "completed": Sentence("completed", "terminées"),
    "pending_at_end": Sentence("pending at end", "en cours à la fin"),
    "on_time": Sentence("on time", "dans le délai"),
    "late": Sentence("late", "hors délai"),
    "overdue_at_end": Sentence("overdue at end", "en retard à la fin"),
    "extended": Sentence("extended", "prolongées"),
    "extensions": Sentence("extensions", "prolongations"),
    "median_days": Sentence("median days", "jours, médiane"),
    "average_days": Sentence("average days", "jours, moyenne"),
    "lowest_days": Sentence("lowest days", "jours, minimum"),
    "highest_days": Sentence("highest days", "jours, maximum"),
    "minutes": Sentence("minutes", "minutes"),
    "cost_cents": Sentence("cost", "coût"),
    "paid_cents": Sentence("paid", "payé"),
    "pages": Sentence("pages", "pages"),
}
_GROUPS: Mapping[str, tuple[str, Sentence]] = {
    "requests": ("", Sentence("requests", "demandes")),
    "results": ("outcome", Sentence("results", "issues")),
    "exemptions": ("exemption", Sentence("exemptions", "exceptions")),
    "applicants": ("applicant_class", Sentence("applicants", "personnes qui demandent")),
}
"""What the figures of each group are of, and which field their names are codes of."""


def _show_statistics(
    found: Statistics, first: date, last: date, *, policy: Policy, language: Language
) -> None:
    wording = Wording(language, policy)
    show_table(
        told("Requests for information, {first} to {last}", first=first, last=last),
        [words("group"), words("figure"), number("value")],
        [
            (
                _GROUPS[group][1].say(language),
                _named(group, name, wording),
                wording.money(value)
                if name.endswith("_cents") and isinstance(value, int)
                else value,
            )
            for group, name, value in figures(found)
        ],
        empty="",
    )
    say(told("Days are calendar days from receipt to the answer."))


def _named(group: str, name: str, wording: Wording) -> str:
    """What a figure is called: an exemption by its code and what it protects."""
    if group == "requests":
        return _FIGURES[name].say(wording.language)
    said = wording.value(_GROUPS[group][0], name)
    return f"{name} {said}" if group == "exemptions" and said != name else said
