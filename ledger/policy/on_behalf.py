"""On behalf: in whose stead somebody may act, by the directory of the day and by delegations that are published."""

from __future__ import annotations

from datetime import date

from ledger.policy.authority import holders
from ledger.policy.document import Policy
from ledger.policy.presence import Directory


def may_act_for(
    policy: Policy,
    directory: Directory,
    *,
    member: str,
    whom: str,
    delegation: str | None = None,
    on: date,
) -> bool:
    """Whether a person may act in the stead of another on a local date.

    They may for whoever is not there and for whom they stand in. They may for the office's director, who
    delegates, under a delegation that is valid and that they hold themselves.
    """
    if member == whom:
        return False
    known = policy.members.get(member)
    if known is None or known.kind != "person" or not directory.present(member, on):
        return False
    if directory.stand_in(whom, on) == member:
        return True
    cited = policy.delegations.get(delegation or "")
    return (
        cited is not None
        and whom == policy.office.director
        and cited.valid_on(on)
        and member in holders(policy, cited)
    )
