"""People on a case: who is concerned besides the requester, each in a role and a record of their own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from ledger.case.in_words import CaseRole, InWords, Words
from ledger.case.state import Case, changed, decides, evolves
from ledger.commands import Circumstances
from ledger.entry import Happened
from ledger.errors import UnlawfulTransition
from ledger.facts import Fact, PersonalText, fact


@fact
class CasePartyAdded(Fact):
    """Somebody is concerned in the case, in this role."""

    party: UUID
    role: CaseRole
    reason: PersonalText


@fact
class CasePartyRemoved(Fact):
    """Somebody is not concerned in the case after all, or no more, in this role."""

    party: UUID
    role: CaseRole
    reason: PersonalText


class AddCaseParty(InWords):
    """Say who is concerned in the case, and in which role."""

    party: UUID
    role: CaseRole
    reason: Words | None = None

    @property
    def concerned(self) -> tuple[UUID, ...]:
        return (self.party,)


class RemoveCaseParty(InWords):
    """Say that somebody is not concerned in the case in this role."""

    party: UUID
    role: CaseRole
    reason: Words


@decides(RemoveCaseParty)
def remove_case_party(
    case: Case, asked: RemoveCaseParty, around: Circumstances
) -> Sequence[Happened]:
    """Only somebody who is there can be removed; what was recorded about them stays."""
    requester = asked.role == "requester" and case.known().requester == asked.party
    if not requester and (asked.party, asked.role) not in case.parties:
        raise UnlawfulTransition(
            "Nobody of this id has that role on the case: name one who has.",
            rule="removes-a-party",
        )
    return (around.happened(CasePartyRemoved(**asked.for_fact())),)


@evolves(CasePartyAdded)
def _added(case: Case, added: CasePartyAdded, at: datetime) -> Case:
    parties = case.parties | {(added.party, added.role)}
    if added.role != "requester":
        return changed(case, parties=parties)
    return changed(case, parties=parties, requester=added.party)


@evolves(CasePartyRemoved)
def _removed(case: Case, removed: CasePartyRemoved, at: datetime) -> Case:
    parties = case.parties - {(removed.party, removed.role)}
    if removed.role != "requester":
        return changed(case, parties=parties)
    return changed(case, parties=parties, requester=None)
