"""Published tables from the command line: what is told of a month to whoever is told no more."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from api.cli.edge import DONE
from api.cli.ledgers import office_days, opened
from api.cli.progress import progress_bar
from api.cli.showing import number, say, show_json, show_table, words
from api.cli.wording.coded import with_name
from api.cli.wording.in_french import Spoken, told
from api.cli.wording.spoken import speaking
from ledger.policy.document.policy import Policy
from projections.public.published import NO_PROGRAMME, PublishedTable, month_of
from projections.public.published import published as published_of

_HIDDEN = "x"
_SAID = {"mail": "letter mail"}
_TITLES = {
    "received": "Received in {month}, by programme and way in",
    "ended": "Ended in {month}, by programme and how",
}


def published(
    month: Annotated[
        str | None,
        Parameter(name="MONTH", help="A month such as 2026-03; the last that is published."),
    ] = None,
    /,
    *,
    language: Spoken = "en",
    as_json: Annotated[bool, Parameter(name="--json", negative="", help="Answer as JSON.")] = False,
) -> int:
    """Shows the tables of a month that are told outside the office, small counts hidden, the same ever after."""
    with speaking(language), opened() as ledger:
        policies, now = ledger.policies(), ledger.clock()
        days = office_days(policies)
        window = month_of(month, days, now=now)
        with progress_bar("entries") as tell:
            found = published_of(
                ledger.store, policies, days, window, progress=lambda at: tell(*at)
            )
        if as_json:
            show_json(found)
            return DONE
        policy = policies.latest.policy if policies.latest else None
        for each in found.tables:
            _show(each, found.month, policy)
        on = days.date_of(found.known_at)
        say(
            told(
                "{x}: fewer than {smallest}, or what would tell such a count.",
                x=_HIDDEN,
                smallest=found.smallest,
            ),
            told("As known at the end of {on}, for good ({zone}).", on=on, zone=found.zone),
        )
    return DONE


def _show(table: PublishedTable, month: str, policy: Policy | None) -> None:
    columns = [_SAID.get(each, each.replace("_", " ")) for each in (*table.columns, "all")]
    rows = [_programme(each, policy) for each in table.rows]
    show_table(
        told(_TITLES[table.table], month=month),
        [words("programme", least=16), *map(number, columns)],
        [
            (named, *(_HIDDEN if count is None else count for count in counts))
            for named, counts in zip((*rows, told("all")), table.counts, strict=True)
        ],
        empty="",
    )


def _programme(code: str, policy: Policy | None) -> str:
    return told("none yet") if code == NO_PROGRAMME else with_name(code, policy, "programmes")
