"""What if: what a command would record and how its case would then stand, shown in the place of a receipt."""

from __future__ import annotations

from api.cli.ledgers import clock_zone, office_days
from api.cli.showing import Column, due, show_json, show_table, words
from api.cli.wording.in_french import told
from api.cli.wording.spoken import speaking
from api.shown.supposed import WhatIf, what_if
from api.verbs import Around
from ledger.commands import Request
from ledger.policy.values import Language
from projections.answers import as_json as plain


def show_supposed(around: Around, request: Request, *, language: Language, as_json: bool) -> None:
    """Shows what would come of a request; raises the refusal that it would meet."""
    found = what_if(around, request, language=language)
    if as_json:
        show_json(plain(found))
        return
    with speaking(language):
        _show(around, found)


def _show(around: Around, found: WhatIf) -> None:
    zone, reference = office_days(around.policies).zone, found.case.reference
    show_table(
        told("What would be recorded on {reference}; nothing is", reference=reference),
        [words("what")],
        [[each.sentence] for each in found.would_record],
        empty="Nothing would be: there is nothing to add.",
    )
    stands = told(found.status.replace("_", " "))
    show_table(
        told("Its clocks then; the case would be {status}", status=stands),
        [Column("clock"), Column("state"), Column("due")],
        [
            [
                each.clock,
                told(each.state.replace("_", " ")),
                due(each.due_at, zone, of=clock_zone(around.policies, each.clock)),
            ]
            for each in found.clocks
        ],
        empty="None would have started.",
    )
