"""How inquiries stand, as the command line shows it: what is due, and what happened in one."""

from __future__ import annotations

from uuid import UUID

from api.cli.ledgers import office_days
from api.cli.showing import Column, due, local, number, say, show_json, show_table, words
from ledger.entry import Actor
from ledger.ids import reference_of
from ledger.keeping import inquiry_of
from ledger.opening import Reading
from ledger.registers.inquiries.alarming import called_by
from ledger.service import Ledger
from projections.trail import trail


def show_inquiries(ledger: Ledger, *, as_json: bool) -> None:
    """Each inquiry: its cases, until when it may be read, by when it is to be answered, and what is overdue."""
    days, now = office_days(ledger.policies()), ledger.clock()
    found: list[dict[str, object]] = []
    for stream in ledger.store.streams("inquiry"):
        inquiry_id = UUID(stream.partition("/")[2])
        each = inquiry_of(ledger, inquiry_id)
        found.append(
            {
                "inquiry_id": inquiry_id,
                "cases": [reference_of(case_id) for case_id in sorted(each.cases)],
                "expires_at": each.expires_at,
                "due_at": each.due_at,
                "questions": len(each.questions),
                "answered": sum(each.questions.values()),
                "recommendations": sum(one.open for one in each.recommendations.values()),
                "overdue": [what for what, _, _ in called_by(each, at=now, end_of=days.end)],
                "closed": each.closed,
            }
        )
    if as_json:
        show_json({"inquiries": found})
        return
    rows: list[tuple[object, ...]] = []
    for said in found:
        inquiry = inquiry_of(ledger, UUID(str(said["inquiry_id"])))
        late = called_by(inquiry, at=now, end_of=days.end)
        rows.append(
            (
                said["inquiry_id"], len(inquiry.cases), local(inquiry.expires_at, days.zone),
                due(inquiry.due_at, days.zone),
                f"{said['answered']} of {said['questions']}", said["recommendations"],
                "closed" if inquiry.closed else ", ".join(what for what, _, _ in late),
            )
        )  # fmt: skip
    show_table(
        "Inquiries",
        [
            Column("inquiry"), number("cases"), Column("expires"), Column("reply by"),
            words("answered"), number("open recommendations"), words("overdue"),
        ],
        rows,
        empty="None was opened.",
    )  # fmt: skip


def show_inquiry(ledger: Ledger, inquiry_id: UUID, *, actor: Actor, as_json: bool) -> None:
    """What happened in one inquiry, in sentences with its words opened; that they were read is recorded."""
    inquiry_of(ledger, inquiry_id)
    reading = Reading(
        (f"inquiry/{inquiry_id}",), "To see the inquiry", "inquiry", inquiry=inquiry_id
    )
    (entries,) = ledger.open_values(reading, actor=actor)
    policies = ledger.policies()
    lines = trail(entries, policies=policies)
    if as_json:
        show_json({"inquiry_id": inquiry_id, "trail": lines})
        return
    zone = office_days(policies).zone
    show_table(
        "What happened in the inquiry",
        [number("entry"), Column("when"), words("who"), words("what")],
        [
            (line.position, local(line.effective_at, zone), line.actor, line.sentence)
            for line in lines
        ],
        empty="No such inquiry was opened.",
    )
    say("That its words were opened is recorded.")
