"""A verb at its address: what it is asked of there, and how that stands to whoever asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from api.http.exchanges import Exchange, uuid_of
from api.http.service import Service
from api.http.standing import (
    NOTHING,
    case_named,
    relations_to_case,
    relations_to_inquiry,
    relations_to_member,
    relations_to_party,
    relations_to_stream,
    relations_to_team,
)
from api.shown.supposed import can_be_supposed
from api.verbs import Verb
from ledger.errors import InvalidCommand
from ledger.ids import case_stream
from ledger.policy.acting.acts import Relation
from ledger.registers.disclosures import STREAM as DISCLOSURES


@dataclass(frozen=True, slots=True)
class Written:
    """A verb at its address: the act that it is, which fields the address gives, and whether order matters."""

    verb: Verb
    act: str
    in_path: frozenset[str] = frozenset()
    in_order: bool = False
    is_plain: bool = field(init=False)
    """Whether the writer may be asked at once: it tells too whether it was asked the same before."""
    can_be_tried: bool = field(init=False)
    """Whether it can be asked what would come of it, with nothing recorded."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "is_plain", self.verb.is_plain and not self.in_order)
        can_be_tried = self.verb.of_a_case and can_be_supposed(self.verb)
        object.__setattr__(self, "can_be_tried", can_be_tried)


@dataclass(frozen=True, slots=True)
class AskedOf:
    """A verb that is asked of something, called `about`, and how that stands to whoever asks.

    `given` are the fields of the verb that its address gives.
    """

    exchange: Exchange
    written: Written
    relations: frozenset[Relation] = NOTHING
    about: str | None = None
    given: Mapping[str, Any] = field(default_factory=dict[str, Any])

    @property
    def service(self) -> Service:
        return self.exchange.service

    @property
    def verb(self) -> Verb:
        return self.written.verb


async def asked_of(exchange: Exchange, written: Written) -> AskedOf:
    """The verb with what its address names; refused where there is no such thing."""
    if exchange.request.path_params:
        return await exchange.service.looking.up(partial(_named_at, exchange, written))
    return AskedOf(exchange, written)


def _named_at(exchange: Exchange, written: Written) -> AskedOf:
    service, principal, path = exchange.service, exchange.principal, exchange.request.path_params
    given = {name: path[name] for name in written.in_path if name in path}
    found = partial(AskedOf, exchange, written)
    if "ref" in path:
        case_id = case_named(service, path["ref"])
        given["case_id" if written.verb.of_a_case else "other_case"] = case_id
        return found(relations_to_case(service, principal, case_id), case_stream(case_id), given)
    if "disclosure_id" in path:
        given["disclosure_id"] = uuid_of(path["disclosure_id"])
        stream = f"{DISCLOSURES}/{given['disclosure_id']}"
        return found(relations_to_stream(service, principal, stream), stream, given)
    if "team" in path:
        team = path["team"]
        if team not in service.in_force().policy.teams:
            raise InvalidCommand("This is not a team of the policy in force.")
        return found(relations_to_team(principal, team), f"team {team}", given)
    if "member" in path:
        member = path["member"]
        if member not in service.in_force().policy.members:
            raise InvalidCommand("This is not a member of the policy in force.")
        relations = relations_to_member(service, principal, member)
        return found(relations, f"member {member}", given)
    if "party_id" in path:
        party_id = uuid_of(path["party_id"])
        return found(relations_to_party(service, principal, party_id), f"party/{party_id}", given)
    if "inquiry_id" in path:
        inquiry_id = uuid_of(path["inquiry_id"])
        relations = relations_to_inquiry(service, principal, inquiry_id)
        return found(relations, f"inquiry/{inquiry_id}", given)
    for kind in ("hold", "erasure"):
        if said := path.get(f"{kind}_id"):
            return found(NOTHING, f"{kind}/{uuid_of(said)}", given)
    return found(given=given)
