"""What if: what a command on a case would record, and how the case and its clocks would then stand, in words."""

from __future__ import annotations

from dataclasses import dataclass

from api.verbs import Around, Verb
from ledger.commands import CaseCommand, Request
from ledger.entry import Entry
from ledger.policy.load import Load
from ledger.policy.values import Language
from ledger.supposing import suppose
from projections.fold.told import told
from projections.lists.load import standing
from projections.one_case.trail import fact_said, wording_at
from projections.rows.case_rows import CaseRow, CaseStatus, status
from projections.rows.cases import CASES
from projections.rows.clocks import CLOCKS, ClockRow


@dataclass(frozen=True, slots=True)
class WouldRecord:
    """An entry that would be recorded, in a sentence."""

    topic: str
    sentence: str


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What would come of a command: the entries of its case, and how that and its clocks would then stand.

    `recorded` is empty, since nothing is. What would follow elsewhere is not told.
    """

    recorded: tuple[str, ...]
    would_record: tuple[WouldRecord, ...]
    status: CaseStatus
    case: CaseRow
    clocks: tuple[ClockRow, ...]


def can_be_supposed(verb: Verb) -> bool:
    """Whether a verb asks one command of one case, and all that comes of it is what that records."""
    return issubclass(verb.command, CaseCommand) and verb.by is None and verb.refused is None


def what_if(around: Around, request: Request, *, language: Language) -> WhatIf:
    """What would come of a request; raises the refusal that it would meet."""
    policies, stream, at = around.policies, request.command.stream, around.ledger.clock()
    recorded, happened = suppose(around.ledger, request, load=lambda: _load(around))
    after = enumerate(happened, start=len(recorded) + 1)
    supposed = [
        Entry(0, stream, place, each.fact, each.actor, each.context) for place, each in after
    ]
    then = [told(entry) for entry in (*recorded, *supposed)]
    (row,), clocks = CASES.after(then), CLOCKS.after(then)
    wording = wording_at(policies, at, language)
    would = tuple(
        WouldRecord(
            each.fact.topic,
            fact_said(each.fact, policies, wording, at=each.context.effective_at),
        )
        for each in happened
    )
    return WhatIf((), would, status(row, at), row, tuple(clocks))


def _load(around: Around) -> Load:
    around.catch_up()
    return standing(around.views)[1]
