"""On behalf: who may act at all today, and in whose stead, by the directory of the day and published delegations.

Whoever lets somebody ask asks here, whatever they ask by: HTTP and the command line alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ledger.entry import Actor
from ledger.policy.acting.authority import holders
from ledger.policy.document.policy import Policy
from ledger.policy.routing.presence import Directory


@dataclass(frozen=True, slots=True)
class Bar:
    """Why somebody may not act today as they say: the code that goes on record, and the sentence for them."""

    ground: str
    sentence: str


def bar(policy: Policy, directory: Directory, actor: Actor, *, on: date) -> Bar | None:
    """What bars an actor on a local date: they have left, or stand in for somebody for whom they do not."""
    if directory.gone(actor.id, on):
        return Bar(
            "left",
            f"{actor.id} has left, so nothing opens to them here any more; whoever has their work now "
            "can be asked.",
        )
    whom = actor.on_behalf_of
    if whom is None or _may_act_for(policy, directory, actor, whom, on):
        return None
    return Bar(
        "not-in-their-stead",
        f"{actor.id} does not stand in for {whom} today: whoever leads them records the absence with its "
        "substitute; for the director act under a delegation that you hold.",
    )


def _may_act_for(policy: Policy, directory: Directory, actor: Actor, whom: str, on: date) -> bool:
    """Whether a person may act in the stead of another on a local date.

    They may for whoever is not there and for whom they stand in. They may for the office's director, who
    delegates, under a delegation that is valid and that they hold themselves.
    """
    member = actor.id
    if member == whom:
        return False
    known = policy.members.get(member)
    if known is None or known.kind != "person" or not directory.present(member, on):
        return False
    if directory.stand_in(whom, on) == member:
        return True
    cited = policy.delegations.get(actor.delegation or "")
    return (
        cited is not None
        and whom == policy.office.director
        and cited.valid_on(on)
        and member in holders(policy, cited)
    )
