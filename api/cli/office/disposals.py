"""What whoever keeps the records has to do, as the morning of their team tells it: disposals due, to approve, to do."""

from __future__ import annotations

from dataclasses import dataclass

from api.cli.reading.question import Question, in_force
from api.cli.showing import say
from api.cli.wording.in_french import told
from api.verbs.disposing import due_for_disposal, proposed_already
from ledger.personal.erasing import erasure_of
from projections.lists.erasures import erasures_then
from projections.lists.holds import holds_then

_LOOKED_AT = 500
"""Of so many closed cases, those that were closed first: no page of a morning looks through an archive."""
_DUE = "Closed cases that are due for disposal and not proposed yet: {count}; `caseledger retention` lists them."


@dataclass(frozen=True, slots=True)
class RecordsWork:
    """What waits for a records officer; `more` where only the first closed cases were looked at."""

    due: int
    more: bool
    to_approve: int
    to_carry_out: int


def records_work(asking: Question, team: str) -> RecordsWork | None:
    """What waits for whoever of a team keeps the records; None where nobody of it does."""
    version, when = in_force(asking), asking.when
    if version is None or not any(
        team in each.teams and "records" in each.roles for each in version.policy.members.values()
    ):
        return None
    found = due_for_disposal(
        asking.ledger, asking.views, at=when.at, then=when.then, at_most=_LOOKED_AT
    )
    proposed = {each.case_id for each in proposed_already(asking.ledger, but=None)}
    on_hold = holds_then(asking.views, asking.ledger.store, when.then).cases
    rows = [
        each.row
        for each in erasures_then(asking.views, asking.ledger.store, when.then).erasures
        if each.row.authority is not None and each.row.begun_at is None
        if on_hold.isdisjoint(erasure_of(asking.ledger, each.erasure_id).whole_cases)
    ]
    approved = [each for each in rows if each.approved_by is not None]
    return RecordsWork(
        due=sum(each.case_id not in proposed for each in found.due),
        more=found.looked_at == _LOOKED_AT,
        to_approve=len(rows) - len(approved),
        to_carry_out=len(approved),
    )


def say_records_work(work: RecordsWork | None) -> None:
    """Says it, a sentence each; nothing where nothing waits."""
    if work is None:
        return
    if work.due:
        due = told("{count} or more", count=work.due) if work.more else work.due
        say(told(_DUE, count=due))
    if work.to_approve:
        said = "Erasures and disposals that wait for a second records officer: {count}; see `caseledger erasure`."
        say(told(said, count=work.to_approve))
    if work.to_carry_out:
        said = "Erasures and disposals that are approved and to be carried out: {count}; see `caseledger erasure`."
        say(told(said, count=work.to_carry_out))
