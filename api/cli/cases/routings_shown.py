"""Why the rules sent a case where it went, as it is shown on the command line."""

from __future__ import annotations

from collections.abc import Sequence

from api.cli.reading.about_case import AboutCase
from api.cli.showing import local, say, show_json
from api.cli.wording.in_french import told
from api.cli.wording.spoken import spoken
from ledger.entry import Entry
from projections.one_case.routings import routings_told


def show_routings(about: AboutCase, entries: Sequence[Entry], *, as_json: bool) -> None:
    """Prints each decision of the rules about a case, or gives them all in plain values."""
    found = tuple(routings_told(entries, about.policies, spoken()))
    if as_json:
        show_json(about.answer(routings=found))
        return
    say(told("Where the rules sent {reference}", reference=about.reference))
    for each in found:
        looked_at = "; ".join(fact.said for fact in each.facts)
        say(
            f"{told('no.')} {each.version}, {local(each.at, about.zone)}",
            f"  {each.said}",
            f"  {told('Looked at: {facts}.', facts=looked_at)}",
            *(f"  {lost.said}" for lost in each.not_taken),
        )
    if not found:
        say(told("The rules have sent it nowhere."))
    say(about.foot)
