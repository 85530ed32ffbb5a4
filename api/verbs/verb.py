"""A verb: how a person or a program asks a command, which of its fields they give, and what answers the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from pydantic.fields import FieldInfo

from ledger.case import CASE
from ledger.case.state import Case
from ledger.commands import Command
from ledger.entry import Actor
from ledger.ids import case_stream, derived_uuid
from ledger.policy.document import Policy
from ledger.policy.in_force import Policies
from ledger.service import Ledger
from ledger.times import EPOCH
from projections.views import Views


@dataclass(frozen=True, slots=True)
class Around:
    """What can be asked for a field that was not given.

    `named` says how whoever asks calls a field, and `catch_up` brings the views up to the last entry.
    """

    ledger: Ledger
    views: Views
    policies: Policies
    actor: Actor
    given: Mapping[str, Any]
    named: Callable[[str], str]
    catch_up: Callable[[], object]

    @property
    def policy(self) -> Policy:
        return self.policies.in_force(self.ledger.clock()).policy

    @property
    def stream(self) -> str:
        return case_stream(self.given["case_id"])


def case_of(around: Around) -> Case:
    """The case that is asked of, as it stands."""
    found: Case = CASE.initial
    for read in around.ledger.read(around.stream):
        found = CASE.evolve(found, read.entry)
    return found


Find = Callable[[Around], Any]


@dataclass(frozen=True, slots=True)
class Verb:
    """How a command is asked.

    `first` are the fields that are given by place where that can be, after the case; `own` is the id
    of what the command records, made anew unless a command id is given to make it from; `found`
    answers fields that were left out, `told` those that nobody is asked for.
    """

    command: type[Command]
    first: tuple[str, ...] = ()
    own: str | None = None
    found: Mapping[str, Find] = field(default_factory=dict[str, Find])
    told: Mapping[str, Find] = field(default_factory=dict[str, Find])

    @property
    def of_a_case(self) -> bool:
        return "case_id" in self.command.model_fields and self.own != "case_id"

    @property
    def asked_for(self) -> dict[str, FieldInfo]:
        """The fields that whoever asks gives, those by place first."""
        fields = self.command.model_fields
        hidden = {"case_id", "case_ids", self.own, *self.told}
        names = (*self.first, *(name for name in fields if name not in self.first))
        return {name: fields[name] for name in names if name not in hidden}

    def own_id(self, ledger: Ledger, command_id: UUID | None) -> UUID:
        """The id of what is recorded: the same again for the same command id."""
        if command_id is None:
            return ledger.new_id()
        return derived_uuid(EPOCH, self.command.__name__, str(command_id))


def filled(verb: Verb, around: Around, given: dict[str, Any]) -> None:
    """Answers what was left out and what nobody is asked for; `around.given` is what was given."""
    for name, find in verb.found.items():
        if not given.get(name):
            given[name] = find(around)
    for name, find in verb.told.items():
        given[name] = find(around)
