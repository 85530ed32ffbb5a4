"""What if: what a command would record and how its case would then stand, shown in the place of a receipt."""

from __future__ import annotations

from api.cli.ledgers import office_days
from api.cli.showing import Column, due, show_json, show_table, words
from api.verbs import Around, Verb
from ledger.commands import CaseCommand, Request
from ledger.entry import Entry
from ledger.policy.load import Load
from ledger.supposing import suppose
from projections.answers import as_json as plain
from projections.fold.told import told
from projections.lists.load import standing
from projections.one_case.trail import fact_said, wording_at
from projections.rows.cases import CASES, status
from projections.rows.clocks import CLOCKS


def can_be_supposed(verb: Verb) -> bool:
    """Whether a verb asks one command of one case, and all that comes of it is what that records."""
    return issubclass(verb.command, CaseCommand) and verb.by is None and verb.refused is None


def show_supposed(around: Around, request: Request, *, as_json: bool) -> None:
    """Shows what would come of a request; raises the refusal that it would meet."""
    ledger, policies, stream = around.ledger, around.policies, request.command.stream
    recorded, happened = suppose(ledger, request, load=lambda: _load(around))
    after = enumerate(happened, start=len(recorded) + 1)
    supposed = [Entry(0, stream, at, each.fact, each.actor, each.context) for at, each in after]
    then = [told(entry) for entry in (*recorded, *supposed)]
    (row,), clocks = CASES.after(then), CLOCKS.after(then)
    wording = wording_at(policies, ledger.clock(), "en")
    sentences = [fact_said(each.fact, policies, wording) for each in happened]
    stands = status(row, ledger.clock())
    if as_json:
        entries = [
            {"topic": each.fact.topic, "sentence": sentence}
            for each, sentence in zip(happened, sentences, strict=True)
        ]
        answer = {"recorded": [], "would_record": entries, "status": stands}
        show_json(answer | {"case": plain(row), "clocks": plain(clocks)})
        return
    zone, reference = office_days(policies).zone, row.reference
    show_table(
        f"What would be recorded on {reference}; nothing is",
        [words("what")],
        [[sentence] for sentence in sentences],
        empty="Nothing would be: there is nothing to add.",
    )
    show_table(
        f"Its clocks then; the case would be {stands.replace('_', ' ')}",
        [Column("clock"), Column("state"), Column("due")],
        [[each.clock, each.state.replace("_", " "), due(each.due_at, zone)] for each in clocks],
        empty="None would have started.",
    )


def _load(around: Around) -> Load:
    around.catch_up()
    return standing(around.views)[1]
