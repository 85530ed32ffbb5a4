"""A verb: how a person or a program asks a command, which of its fields they give, and what answers the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
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

Tell = Callable[[int, int], None]
"""Told how many of how many are done."""


def _in_silence(_what: str) -> AbstractContextManager[Tell]:
    return nullcontext(lambda _done, _of: None)


@dataclass(frozen=True, slots=True)
class Around:
    """What can be asked for a field that was not given.

    `named` says how whoever asks calls a field, and `catch_up` brings the views up to the last entry.
    `progress` opens what is told how far something long has come.
    """

    ledger: Ledger
    views: Views
    policies: Policies
    actor: Actor
    given: Mapping[str, Any]
    named: Callable[[str], str]
    catch_up: Callable[[], object]
    progress: Callable[[str], AbstractContextManager[Tell]] = _in_silence

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


_ASKED_OF = ("case_id", "disclosure_id")
"""Fields that name what a command is asked of; whoever asks names it otherwise than in the command."""
Find = Callable[[Around], Any]
Bring = Callable[[Around, UUID], Command | None]


@dataclass(frozen=True, slots=True)
class Follow:
    """What a command brings with it on another stream, called `what`; None where nothing is to follow.

    The UUID is the id of what is recorded there, if that has one.
    """

    what: str
    bring: Bring


@dataclass(frozen=True, slots=True)
class Verb:
    """How a command is asked.

    `first` are the fields that are given by place where that can be, after the case; `own` is the id
    of what the command records, made anew unless a command id is given to make it from; `found`
    answers fields that were left out, `told` those that nobody is asked for. `words` say what a field
    means here where it means something else elsewhere. `refuses` looks at what was given before it is
    asked, `machine` asks it for whoever calls it, and `follows` comes after it elsewhere.
    """

    command: type[Command]
    first: tuple[str, ...] = ()
    own: str | None = None
    found: Mapping[str, Find] = field(default_factory=dict[str, Find])
    told: Mapping[str, Find] = field(default_factory=dict[str, Find])
    words: Mapping[str, str] = field(default_factory=dict[str, str])
    refuses: Callable[[Around], None] | None = None
    machine: Callable[[], Actor] | None = None
    follows: tuple[Follow, ...] = ()

    @property
    def of(self) -> str | None:
        """The field that names what it is asked of, where that is there already."""
        fields = self.command.model_fields
        return next((each for each in _ASKED_OF if each in fields and each != self.own), None)

    @property
    def of_a_case(self) -> bool:
        return self.of == "case_id"

    @property
    def asked_for(self) -> dict[str, FieldInfo]:
        """The fields that whoever asks gives, those by place first."""
        fields = self.command.model_fields
        hidden = {*_ASKED_OF, "case_ids", self.own, *self.told}
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
    if verb.refuses is not None:
        verb.refuses(around)
