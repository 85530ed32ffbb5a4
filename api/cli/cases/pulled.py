"""What somebody has pulled: of what type the case is, when it is due, and what still waits for them."""

from __future__ import annotations

from api.cli.ledgers import first_due, office_days
from api.cli.showing import local, say
from api.verbs import Around
from ledger.commands import Command
from ledger.entry import Receipt
from projections.lists.listing import Chosen, listed
from projections.rows.case_rows import CaseRow


def show_pulled(around: Around, command: Command, receipt: Receipt) -> None:
    """Says what was pulled, as it stands now."""
    around.catch_up()
    days, now = office_days(around.policies), around.ledger.clock()
    with around.views.reading("cases") as reading:
        (row,) = reading.rows_of(CaseRow, [str(receipt.subject_id)])[str(receipt.subject_id)]
    kind = around.policy.types.get(row.request_type or "")
    said = [
        f"{row.request_type} {kind.en}"
        if kind is not None
        else row.request_type or "of no type yet"
    ]
    said.append(f"received {local(row.received_at, days.zone)}")
    if row.due_at is not None:
        late = "overdue since" if row.due_at <= now else "due"
        said.append(f"{late} {first_due(around.policies, row, days.zone)}")
    if row.language is not None:
        said.append(f"language {row.language}")
    if row.waiting is not None:
        said.append(f"waits for {row.waiting}")
    mine = listed(around.views, Chosen(owner=row.owner, standing="open"), at=now, limit=1_000)
    say(f"{', '.join(said)}.", f"{row.owner} has {len(mine.cases)} open.")
