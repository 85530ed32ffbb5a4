"""How inquiries stand, as the command line shows it: what is due, and what happened in one."""

from __future__ import annotations

from uuid import UUID

from api.cli.ledgers import office_days
from api.cli.reading.asked_at import Instants
from api.cli.showing import Column, due, local, number, say, show_json, show_table, words
from api.cli.wording.in_french import told
from api.cli.wording.spoken import spoken
from api.shown.inquiries import inquiries_standing
from ledger.entry import Actor
from ledger.personal.opening import Reading
from ledger.service import Ledger
from projections.one_case.trail import trail


def show_inquiries(ledger: Ledger, when: Instants, *, actor: Actor, as_json: bool) -> None:
    """Each inquiry: its cases, until when it may be read, by when it is to be answered, and what is overdue."""
    policies = ledger.policies()
    days, policy = office_days(policies), policies.in_force(ledger.clock()).policy
    found = tuple(inquiries_standing(ledger, days, policy, actor.id, at=when.at, then=when.then))
    if as_json:
        show_json({"inquiries": found})
        return
    rows = [
        (
            each.inquiry_id, len(each.cases), local(each.expires_at, days.zone),
            due(each.due_at, days.zone), told("{count} of {all}", count=each.answered, all=each.questions),
            each.recommendations, told("closed") if each.closed else ", ".join(map(told, each.overdue)),
        )
        for each in found
    ]  # fmt: skip
    show_table(
        "Inquiries",
        [
            Column("inquiry"), number("cases"), Column("expires"), Column("reply by"),
            words("answered"), number("open recommendations"), words("overdue"),
        ],
        rows,
        empty="None was opened.",
    )  # fmt: skip


def show_inquiry(
    ledger: Ledger, inquiry_id: UUID, when: Instants, *, actor: Actor, as_json: bool
) -> None:
    """What happened in one inquiry, in sentences with its words opened; that they were read is recorded."""
    reading = Reading(
        (f"inquiry/{inquiry_id}",),
        "To see the inquiry",
        "inquiry",
        inquiry=inquiry_id,
        then=when.then,
    )
    (entries,) = ledger.open_values(reading, actor=actor)
    policies = ledger.policies()
    lines = trail(entries, policies=policies, language=spoken(), as_of=when.as_of)
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
        empty="No such inquiry was opened, or not by then.",
    )
    if lines:
        say(told("That its words were opened is recorded."))
