"""Whoever a command names has a record of their own, which is made before they are named and says who they are."""

from __future__ import annotations

from uuid import UUID

from ledger.case.people.safe_contact import records_of
from ledger.case.state import Case
from ledger.commands import Circumstances
from ledger.errors import PartyNotFound


def refuse_unrecorded(party: UUID, around: Circumstances) -> None:
    """Refuses an id that no record has: whoever is meant would never be found nor told by it."""
    if around.look(f"party/{party}") is None:
        raise PartyNotFound(
            f"The party {party} is not in this ledger: check the id, or record them first (`caseledger party`)."
        )


def refuse_stranger(case: Case, party: UUID | None, around: Circumstances) -> None:
    """Refuses whoever has no record, unless they stand on the case: before this was asked they could without one."""
    if party in {None, case.requester, *(each for each, _ in case.parties)}:
        return
    assert party is not None
    refuse_unrecorded(party, around)


def on_record(party: UUID | None, around: Circumstances) -> frozenset[str]:
    """The fields of a form that the record of whoever asks answers: their name, and how to reach them."""
    policy = around.policies.in_force(around.now).policy
    fields = {"name": policy.mail.name, "contact": policy.mail.contact}
    known = (around.look(f"party/{each}") for each in records_of(party, around))
    given = {each for one in known if one is not None for each in one.given}
    return frozenset(code for what, code in fields.items() if what in given)
