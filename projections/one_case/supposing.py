"""What if: a case after commands that are decided as they would be, and never recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from ledger.case import CASE
from ledger.case.state import Case
from ledger.commands import Circumstances, Request
from ledger.entry import Context, Entry
from ledger.facts import Fact
from ledger.policy.in_force import Policies
from ledger.policy.load import Load
from ledger.service import Ledger
from projections.fold.told import told
from projections.rows.cases import CASES, CaseRow
from projections.rows.clocks import CLOCKS, ClockRow
from projections.rows.spans import SPANS, SpanRow

_NEVER_ASKED = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Supposed:
    """What would have happened, and how the case would then stand; it says nothing about the record."""

    facts: tuple[Fact, ...]
    case: CaseRow | None
    clocks: tuple[ClockRow, ...]
    spans: tuple[SpanRow, ...]


def suppose(
    ledger: Ledger,
    requests: Sequence[Request],
    *,
    policies: Policies | None = None,
    load: Load | None = None,
) -> Supposed:
    """What these requests to one case would bring about now, in order; raises the refusal that one would meet.

    Under `policies` and `load` instead of those recorded, where they are given. Nothing is written.
    """
    stream = requests[0].command.stream
    entries = [each.entry for each in ledger.read(stream)]
    now = max([ledger.clock(), *(entry.context.known_at for entry in entries)])
    state = _after(entries)
    known = len(entries)
    for request in requests:
        context = Context(request.effective_at or now, now, _NEVER_ASKED, basis=request.basis)
        around = Circumstances(
            stream,
            request.actor,
            context,
            policies or ledger.policies(),
            lambda: load or Load(),
            ledger.directory(),
            lambda other: _state_of(ledger, other),
            lambda version: entries[version - 1].topic,
        )
        for happened in CASE.decide(state, request.command, around):
            version = len(entries) + 1
            entry = Entry(0, stream, version, happened.fact, happened.actor, happened.context)
            entries.append(entry)
            state = CASE.evolve(state, entry)
    said = [told(entry) for entry in entries]
    rows = CASES.after(said)
    return Supposed(
        tuple(entry.fact for entry in entries[known:]),
        rows[0] if rows else None,
        CLOCKS.after(said),
        SPANS.after(said),
    )


def _after(entries: Sequence[Entry]) -> Case:
    state: Case = CASE.initial
    for entry in entries:
        state = CASE.evolve(state, entry)
    return state


def _state_of(ledger: Ledger, stream: str) -> Case | None:
    """Another case as it stands; None if it is not there."""
    entries = [each.entry for each in ledger.read(stream)]
    return _after(entries) if entries else None
