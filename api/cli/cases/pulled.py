"""What somebody has pulled: of what type the case is, when it is due, and what still waits for them."""

from __future__ import annotations

from api.cli.ledgers import first_due, office_days
from api.cli.showing import local, say
from api.cli.wording.coded import labelled, with_name
from api.cli.wording.in_french import told
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
    kind = row.request_type
    said = [with_name(kind, around.policy, "types") if kind else told("of no type yet")]
    said.append(told("received {at}", at=local(row.received_at, days.zone)))
    if row.due_at is not None:
        late = "overdue since {at}" if row.due_at <= now else "due {at}"
        said.append(told(late, at=first_due(around.policies, row, days.zone)))
    if row.language is not None:
        said.append(
            told("language {language}", language=labelled("language", row.language, around.policy))
        )
    if row.waiting is not None:
        waiting = labelled("reason", row.waiting, around.policy, among="wait")
        said.append(told("waits for {reason}", reason=waiting))
    mine = listed(around.views, Chosen(owner=row.owner, standing="open"), at=now, limit=1_000)
    say(
        ", ".join(said) + ".",
        told("{owner} has {count} open.", owner=row.owner, count=len(mine.cases)),
    )
