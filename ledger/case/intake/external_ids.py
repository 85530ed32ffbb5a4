"""External ids: other systems and offices call a case by ids of their own, and of those it can have several."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from ledger.case.intake.opening import reference_key
from ledger.case.state import Case, changed, decides, evolves
from ledger.commands import CaseCommand, Circumstances
from ledger.entry import Happened
from ledger.facts import Fact, Personal, PersonalText, fact
from ledger.input.in_clear import FewWords


@fact
class ExternalIdGiven(Fact):
    """Another system or office calls the case so, beside whatever it was called by when it was opened.

    `record_id` is the id that a case would have which this opened: the system that says so opens no other by it.
    """

    record_id: UUID
    source: str | None
    requester: UUID | None
    external_id: Annotated[PersonalText, Personal("requester")]


class GiveExternalId(CaseCommand):
    """Say what another system or office calls a case, beside what it is called already."""

    record_id: UUID
    external_id: str = Field(min_length=1)
    source: FewWords | None = None

    @property
    def reserves(self) -> tuple[bytes, ...]:
        """What a case that it opened would reserve."""
        return (reference_key(self.record_id),)


@decides(GiveExternalId)
def give_external_id(
    case: Case, asked: GiveExternalId, around: Circumstances
) -> Sequence[Happened]:
    """It is said at any time: a number of elsewhere is often known only once others work on it too."""
    requester = case.known().requester
    if asked.record_id in case.external_ids:
        return ()
    return (around.happened(ExternalIdGiven(requester=requester, **asked.for_fact())),)


@evolves(ExternalIdGiven)
def _called(case: Case, called: ExternalIdGiven, _at: datetime) -> Case:
    return changed(case, external_ids=case.external_ids | {called.record_id})
