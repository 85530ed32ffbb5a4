"""How a case, a team or nothing stands to whoever asks, and the one gate that every route goes through."""

from __future__ import annotations

from uuid import UUID

from api.http.principals import Principal
from api.http.service import Service
from ledger.case import CASE
from ledger.case.state import Case
from ledger.commands import Request
from ledger.errors import NotAuthorised
from ledger.ids import case_stream
from ledger.policy.acts import REFUSED, Answer, Attempt, Relation, may
from ledger.registers.accesses import RecordActRefused
from ledger.registers.inquiries import INQUIRY

NOTHING: frozenset[Relation] = frozenset({"none"})
"""The relations of what is no case and no team's."""


def case_as_it_stands(service: Service, case_id: UUID) -> Case:
    """A case over all its entries."""
    found: Case = CASE.initial
    for read in service.ledger.read(case_stream(case_id)):
        found = CASE.evolve(found, read.entry)
    return found


def relations_to_case(
    service: Service, principal: Principal, case_id: UUID, case: Case
) -> frozenset[Relation]:
    """All the ways in which a case stands to whoever asks."""
    actor = principal.actor
    if actor.id in case.moves.recused:
        return frozenset({"recused"})
    coming = case.handover.to_team if case.handover is not None else None
    found: set[Relation] = set()
    if case.owner == actor.id:
        found.add("own")
    if case.team is None or principal.teams & {case.team, coming}:
        found.add("team")
    if principal.integrates and _opened_by(service, case_id) == actor.id:
        found.add("theirs")
    if principal.inquiry is not None and _names(service, principal.inquiry, case_id):
        found.add("inquiry")
    return frozenset(found or {"other"})


def relations_to_team(principal: Principal, team: str | None) -> frozenset[Relation]:
    """How a team stands to whoever asks; None: what no team has, which is everybody's."""
    theirs = team is None or team in principal.teams
    return frozenset({"team"}) if theirs else frozenset({"other"})


def answer(principal: Principal, act: str, relations: frozenset[Relation]) -> Answer:
    """Whether whoever asks may do this."""
    return may(Attempt(act, principal.roles, relations, principal.scopes))


def allow(
    service: Service,
    principal: Principal,
    act: str,
    relations: frozenset[Relation] = NOTHING,
    *,
    about: str | None = None,
) -> None:
    """Lets an act pass, or records that it was refused and raises NotAuthorised."""
    found = answer(principal, act, relations)
    if not found.allowed:
        asked = refused_request(service, principal, act, found, about=about)
        service.ledger.handle(asked.command, actor=asked.actor)
        raise refusal(principal, act, found)


async def allow_awaited(
    service: Service,
    principal: Principal,
    act: str,
    relations: frozenset[Relation] = NOTHING,
    *,
    about: str | None = None,
) -> None:
    """The same for a coroutine."""
    found = answer(principal, act, relations)
    if not found.allowed:
        await service.awaited.ask(refused_request(service, principal, act, found, about=about))
        raise refusal(principal, act, found)


def refused_request(
    service: Service, principal: Principal, act: str, found: Answer, *, about: str | None
) -> Request:
    """What puts on record that an act was refused."""
    access_id = service.ledger.new_id()
    command = RecordActRefused(access_id=access_id, act=act, about=about, ground=found.reason)
    return Request(command, principal.actor)


def refusal(principal: Principal, act: str, found: Answer) -> NotAuthorised:
    """The sentence for whoever was refused."""
    return NotAuthorised(
        f"Nothing was done, and that it was asked is recorded: {act} was asked by {principal.actor.id}, "
        f"{REFUSED[found.reason]}; ask somebody whose task it is."
    )


def _opened_by(service: Service, case_id: UUID) -> str | None:
    entries = service.ledger.read(case_stream(case_id), upto_version=1)
    return entries[0].entry.actor.id if entries else None


def _names(service: Service, inquiry: UUID, case_id: UUID) -> bool:
    found = INQUIRY.initial
    for read in service.ledger.read(f"inquiry/{inquiry}"):
        found = INQUIRY.evolve(found, read.entry)
    return found.names(case_stream(case_id)) and found.readable(at=service.ledger.clock())
