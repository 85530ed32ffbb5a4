"""Representation on a case: a notice goes to whoever acts for somebody, to them alone once nobody does, to no dead."""

from __future__ import annotations

from uuid import UUID

from ledger.case.people.safe_contact import records_of, with_requester
from ledger.case.state import Case
from ledger.case.whom import local_date
from ledger.commands import Circumstances
from ledger.errors import Refusal


def has_died(party: UUID | None, around: Circumstances) -> bool:
    """Whether a person has died, as any of their records says."""
    known = (around.look(f"party/{each}") for each in records_of(party, around))
    return any(each is not None and each.deceased for each in known)


def refuse_the_dead(case: Case, recipient: UUID | None, around: Circumstances) -> None:
    """Refuses to write to somebody who has died: it would reach the bereaved."""
    if has_died(recipient or case.requester, around):
        raise Refusal(
            "Whoever this would go to has died: record who acts for the estate (`represent`, such as an "
            "executor) and write to them, or close the case.",
            rule="nobody-writes-to-the-dead",
        )


def refuse_former_representative(case: Case, recipient: UUID | None, around: Circumstances) -> None:
    """Refuses to write to somebody who is on the case only for another, and acts for them no more.

    Whoever has a part of their own, or never stood as a representative on record, is written to.
    """
    roles = {role for party, role in case.parties if party == recipient}
    if recipient is None or recipient == case.requester or roles - {"representative"}:
        return
    subjects = {party for party, role in case.parties if role == "subject"}
    concerned = subjects if case.requester is None else subjects | {case.requester}
    acts = {each for one in concerned for each in _acting(recipient, one, around)}
    if False in acts and True not in acts:
        raise Refusal(
            "Whoever this would go to acts for nobody on this case any more: write to the person "
            "themselves, or record what else their part in the case is.",
            rule="acts-no-more",
        )


def for_requester(case: Case, party: UUID | None, around: Circumstances) -> bool:
    """Whether what reaches this party has reached the requester: it is they, or on record who acts for them today."""
    if with_requester(case, party):
        return True
    on_the_case = (party, "representative") in case.parties
    return party is not None and on_the_case and True in _acting(party, case.requester, around)


def acted_for(case: Case, around: Circumstances) -> bool:
    """Whether somebody on the case acts for the requester today."""
    with_it = {party for party, role in case.parties if role == "representative"}
    return any(True in _acting(each, case.requester, around) for each in with_it)


def _acting(who: UUID, party: UUID | None, around: Circumstances) -> set[bool | None]:
    """Whether somebody acts for a person today, as each record of that person says."""
    on = local_date(around.policies.in_force(around.now), around.now)
    known = (around.look(f"party/{each}") for each in records_of(party, around))
    return {each.is_represented_by(who, on=on) for each in known if each is not None}
