"""Representation on a case: a notice goes to whoever acts for somebody, and to them alone once nobody does."""

from __future__ import annotations

from uuid import UUID

from ledger.case.safe_contact import records_of
from ledger.case.state import Case
from ledger.case.whom import local_date
from ledger.commands import Circumstances
from ledger.errors import Refusal


def refuse_former_representative(case: Case, recipient: UUID | None, around: Circumstances) -> None:
    """Refuses to write to somebody who is on the case only for another, and acts for them no more.

    Whoever has a part of their own, or never stood as a representative on record, is written to.
    """
    roles = {role for party, role in case.parties if party == recipient}
    if recipient is None or recipient == case.requester or roles - {"representative"}:
        return
    on = local_date(around.policies.in_force(around.now), around.now)
    subjects = {party for party, role in case.parties if role == "subject"}
    concerned = subjects if case.requester is None else subjects | {case.requester}
    known = [around.look(f"party/{each}") for one in concerned for each in records_of(one, around)]
    acts = {each.is_represented_by(recipient, on=on) for each in known if each is not None}
    if False in acts and True not in acts:
        raise Refusal(
            "Whoever this would go to acts for nobody on this case any more: write to the person "
            "themselves, or record what else their part in the case is.",
            rule="acts-no-more",
        )
