"""What a bundle of the ombudsman's file shows: the cases in scope whole, but for what is privileged, line by line."""

from __future__ import annotations

from uuid import UUID

from ledger.case.people.care import AdjustmentNoted
from ledger.entry import Entry
from ledger.personal.opening import sealed_slots
from ledger.registers.inquiries.opening import InquiryOpened
from projections.inquiries.contents import Source, facts_of, privileged
from projections.releases.selection import (
    EntrySelection,
    Ground,
    IndexLine,
    Selection,
    StreamSelection,
)

_PRIVILEGE, _COMPARTMENT = "privilege", "compartment"


def selection_of(
    source: Source, *, adjustments: bool = False
) -> tuple[Selection, tuple[IndexLine, ...]]:
    """What a bundle of the file shows: the cases whole, but for what is privileged and not waived, a line each.

    What was adjusted for somebody lies in a compartment of its own, and is withheld unless it is asked for.
    """
    opened = next(each for each in facts_of(source.inquiry) if isinstance(each, InquiryOpened))
    index: list[IndexLine] = []
    hidden = privileged(source)

    def ground(exemption: str, kind: str, on: str) -> Ground:
        index.append(IndexLine(len(index) + 1, exemption, {"kind": kind, "on": on}))
        return Ground(len(index), exemption)

    def chosen(case_id: UUID, entry: Entry) -> EntrySelection:
        apart = hidden.get((case_id, entry.version))
        if apart is not None:
            line = ground(_PRIVILEGE, apart.kind, apart.on.isoformat())
            return EntrySelection(entry.version, line)
        if isinstance(entry.fact, AdjustmentNoted) and not adjustments:
            on = entry.context.effective_at.date().isoformat()
            slot = ground(_COMPARTMENT, "adjustment", on)
            return EntrySelection(entry.version, slots=dict.fromkeys(sealed_slots(entry), slot))
        return EntrySelection(entry.version)

    streams = tuple(
        StreamSelection(
            entries[0].entry.stream,
            entries[-1].entry.version,
            tuple(chosen(case_id, each.entry) for each in entries),
        )
        for case_id, entries in source.cases.items()
    )
    selection = Selection(
        streams,
        "whole_stream",
        audience="ombudsman",
        purpose=str(opened.purpose),
        recipient=str(opened.recipient),
    )
    return selection, tuple(index)
