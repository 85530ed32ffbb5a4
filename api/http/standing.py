"""How a case, a team or nothing stands to whoever asks, and the one gate that every route goes through."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from api.http.identity.principals import Barred, OutOfScope, Principal
from api.http.service import Service
from api.verbs.disclosures import disclosure_as_it_stands
from ledger.case.state import Case
from ledger.commands import Request
from ledger.entry import Actor
from ledger.errors import CaseNotFound, InvalidCommand, NotAuthorised
from ledger.ids import case_stream
from ledger.keeping import case_of, inquiry_of
from ledger.policy.acting.acts import OUT_OF_SCOPE, REFUSED, Answer, Attempt, Relation, may
from ledger.policy.acting.inquiring import of_their_office
from ledger.registers.disclosures import STREAM as DISCLOSURES
from ledger.registers.inquiries.state import Inquiry
from ledger.registers.keeping.accesses import RecordActRefused

NOTHING: frozenset[Relation] = frozenset({"none"})
"""The relations of what is no case and no team's."""


def case_named(service: Service, reference: str) -> UUID:
    """The case that a reference or an id names; what was sent is not repeated where it names none."""
    try:
        return service.ledger.find_case(reference)
    except CaseNotFound as error:
        raise CaseNotFound("No such case is in this ledger: check the reference.") from error
    except InvalidCommand as error:
        raise InvalidCommand(
            "This is no case reference: it has ten letters or digits and a check symbol, like 7ZK3Q-0M9TB-R; "
            "read it again."
        ) from error


def relations_to_case(service: Service, principal: Principal, case_id: UUID) -> frozenset[Relation]:
    """All the ways in which a case stands to whoever asks, in their own right or in another's place."""
    case, people = case_of(service.ledger, case_id), principal.places
    if not case.opened:  # found a moment ago on a server that is lost, with what it alone had
        raise CaseNotFound("No such case is in this ledger: check the reference.")
    if principal.people & case.moves.recused:
        return frozenset({"recused"})
    coming = case.handover.to_team if case.handover is not None else None
    found: set[Relation] = set()
    if case.owner in people:
        found.add("own")
    if case.team is None or principal.teams & {case.team, coming}:
        found.add("team")
    if _has_a_task(principal, people, case):
        found.add("task")
    if case.programme in principal.areas:
        found.add("programme")
    if service.ledger.begun_by(case_stream(case_id)) in people:
        found.add("theirs")
    if principal.inquiry is not None and _names(service, principal, principal.inquiry, case_id):
        found.add("inquiry")
    return frozenset(found or {"other"})


def relations_to_stream(service: Service, principal: Principal, stream: str) -> frozenset[Relation]:
    """How a stream of entries stands to whoever asks: a case that they stepped back from, or nothing of anybody's.

    A disclosure stands as the case of its request does.
    """
    kind, _, key = stream.partition("/")
    case_id = UUID(key) if kind == "case" else None
    if kind == DISCLOSURES:
        case_id = disclosure_as_it_stands(service.ledger, UUID(key)).case_id
    if case_id is None:
        return NOTHING
    stepped_back = case_of(service.ledger, case_id).moves.recused
    return frozenset({"recused"}) if principal.people & stepped_back else NOTHING


def relations_to_party(
    service: Service, principal: Principal, party_id: UUID
) -> frozenset[Relation]:
    """How a party stands to whoever asks: nobody's in the house, and another system's if it recorded them."""
    if not principal.integrates:
        return NOTHING
    theirs = service.ledger.begun_by(f"party/{party_id}") == principal.actor.id
    return frozenset({"theirs"}) if theirs else frozenset({"other"})


def relations_to_inquiry(
    service: Service, principal: Principal, inquiry_id: UUID
) -> frozenset[Relation]:
    """How an inquiry stands to whoever has a part in inquiries: open, or closed, expired, of another office or none."""
    readable = _readable(service, principal, inquiry_of(service.ledger, inquiry_id))
    return frozenset({"inquiry"}) if readable else frozenset({"other"})


def relations_to_team(principal: Principal, team: str | None) -> frozenset[Relation]:
    """How a team stands to whoever asks; None: what no team has, which is everybody's."""
    theirs = team is None or team in principal.teams
    return frozenset({"team"}) if theirs else frozenset({"other"})


def relations_to_member(service: Service, principal: Principal, member: str) -> frozenset[Relation]:
    """How a member stands to whoever asks: themselves, of a team of theirs, or another.

    To the system that keeps the directory all are its own.
    """
    policy = service.in_force().policy
    if principal.integrates:
        keeps = policy.office.directory_system == principal.actor.id
        return frozenset({"theirs"}) if keeps else frozenset({"other"})
    found: set[Relation] = {"own"} if member in principal.places else set()
    if principal.teams.intersection(policy.members[member].teams):
        found.add("team")
    return frozenset(found or {"other"})


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


def bar_who_stepped_back(service: Service, principal: Principal, named: Iterable[UUID]) -> None:
    """Bars whoever stepped back from a case that they name in what they send, as from one that they ask about."""
    if any(principal.people & case_of(service.ledger, each).moves.recused for each in named):
        raise Barred(
            "You stepped back from a case that is named here: whoever has it can do this.",
            actor=principal.actor,
            ground="recused",
        )


def refused_request(
    service: Service, principal: Principal, act: str, found: Answer, *, about: str | None
) -> Request:
    """What puts on record that an act was refused."""
    return act_refused(service, principal.actor, act, found.reason, about=about)


def act_refused(
    service: Service, actor: Actor, act: str, ground: str, *, about: str | None = None
) -> Request:
    """The same, where the ground is known otherwise than from the table."""
    access_id = service.ledger.new_id()
    command = RecordActRefused(access_id=access_id, act=act, about=about, ground=ground)
    return Request(command, actor)


def refusal(principal: Principal, act: str, found: Answer) -> NotAuthorised:
    """The sentence for whoever was refused."""
    if found.reason == OUT_OF_SCOPE:
        return OutOfScope(
            f"Nothing was done, and that it was asked is recorded: this key was not issued for {act}; ask the "
            "director for one that has this scope.",
            scope=act,
        )
    return NotAuthorised(
        f"Nothing was done, and that it was asked is recorded: it was asked by {principal.actor.id}, "
        f"{REFUSED[found.reason]}; ask somebody whose task it is."
    )


def _has_a_task(principal: Principal, people: frozenset[str], case: Case) -> bool:
    tasks = any(
        task.member in people if task.member else task.team in principal.teams
        for task in case.owed.open_tasks
    )
    return tasks or any(
        each.member in people and not each.done for each in case.owed.follow_ups.values()
    )


def _names(service: Service, principal: Principal, inquiry: UUID, case_id: UUID) -> bool:
    found = inquiry_of(service.ledger, inquiry)
    return found.names(case_stream(case_id)) and _readable(service, principal, found)


def _readable(service: Service, principal: Principal, inquiry: Inquiry) -> bool:
    theirs = of_their_office(service.in_force().policy, principal.actor.id, inquiry.office)
    return theirs and inquiry.readable(at=service.ledger.clock())
