"""A verb: how a person or a program asks a command, which of its fields they give, and what answers the others."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from pydantic.fields import FieldInfo

from ledger.case.in_words import texts_of
from ledger.case.state import Case
from ledger.commands import Command, Request
from ledger.entry import Actor, Receipt
from ledger.evidence.proving.proofs import Proofs
from ledger.ids import case_stream, derived_uuid
from ledger.keeping import cases_named
from ledger.policy.document.policy import Policy
from ledger.policy.in_force import Policies
from ledger.service import Ledger
from ledger.times import EPOCH

if TYPE_CHECKING:
    from projections.views import Views

Tell = Callable[[int, int], None]
"""Told how many of how many are done."""
Progress = Callable[[str], AbstractContextManager[Tell]]


def in_silence(_what: str) -> AbstractContextManager[Tell]:
    """The progress of what nobody watches."""
    return nullcontext(lambda _done, _of: None)


@dataclass(frozen=True, slots=True)
class Around:
    """What can be asked for a field that was not given.

    `open_views` gives the views, which are opened only where something asks for them. `named` says how
    whoever asks calls a field, and `catch_up` brings the views up to the last entry.
    `proofs` opens what something that is given out cites, `progress` what is told how far something long
    has come.
    """

    ledger: Ledger
    open_views: Callable[[], Views]
    policies: Policies
    actor: Actor
    given: Mapping[str, Any]
    named: Callable[[str], str]
    catch_up: Callable[[], object]
    proofs: Callable[[], AbstractContextManager[Proofs]]
    progress: Progress = in_silence

    @property
    def views(self) -> Views:
        return self.open_views()

    @property
    def policy(self) -> Policy:
        return self.policies.in_force(self.ledger.clock()).policy

    @property
    def stream(self) -> str:
        return case_stream(self.given["case_id"])


def case_of(around: Around) -> Case:
    """The case that is asked of, as it stands."""
    return around.ledger.state_of(around.stream)


_ASKED_OF = frozenset({"case_id", "disclosure_id"})
"""Fields that name what a command is asked of; whoever asks names it otherwise than in the command."""
Find = Callable[[Around], Any]
FindSeveral = Callable[[Around], Mapping[str, Any]]
Ask = Callable[[Ledger, Request], Receipt]
Bring = Callable[[Around, UUID], Command | None]

CASE_NAMED = frozenset({"case_id", "other_case", "about_case"})
"""Fields that name a case, by its reference or its id."""
CASES_NAMED = frozenset({"cases", "only", "to_archives"})
"""Fields that name several."""
_LOOKED_UP = CASE_NAMED | CASES_NAMED | {"disclosure_id"}


@dataclass(frozen=True, slots=True)
class Follow:
    """What a command brings with it on another stream, called `what`; None where nothing is to follow.

    The UUID is the id of what is recorded there, if that has one. What `lasts` follows also once others
    have gone on, as an act that clocks stop on does; a wait that they have ended since does not.
    """

    what: str
    bring: Bring
    lasts: bool = False


@dataclass(frozen=True, slots=True)
class Beside:
    """What is told beside a receipt, under which name and of which type."""

    name: str
    shape: type
    tell: Callable[[Around, Receipt], object]


@dataclass(frozen=True, slots=True)
class Verb:
    """How a command is asked.

    `first` are the fields that are given by place where that can be, after the case; `own` is the id
    of what the command records, made anew unless a command id is given to make it from; `found`
    answers fields that were left out, `told` those that nobody is asked for, and `together` several of
    them at once. `more` are fields that are asked for only to find others by. `words` say what a field
    means here where it means something else elsewhere.

    `record` gives the id of what it records where what was given names that, whatever the command id is.
    `refuses` looks at what was given before it is asked, `machine` asks it for whoever calls it, `by`
    asks what takes more than one command, and `follows` comes after it elsewhere. `refused` raises where
    what was recorded is only that it was asked in vain. `beside` is told with its receipt.
    """

    command: type[Command]
    first: tuple[str, ...] = ()
    own: str | None = None
    found: Mapping[str, Find] = field(default_factory=dict[str, Find])
    told: Mapping[str, Find] = field(default_factory=dict[str, Find])
    together: tuple[frozenset[str], FindSeveral] | None = None
    more: Mapping[str, FieldInfo] = field(default_factory=dict[str, FieldInfo])
    words: Mapping[str, str] = field(default_factory=dict[str, str])
    record: Callable[[Ledger, Actor, Mapping[str, Any]], UUID | None] | None = None
    refuses: Callable[[Around], None] | None = None
    machine: Callable[[], Actor] | None = None
    by: Ask | None = None
    follows: tuple[Follow, ...] = ()
    refused: Callable[[Ledger, Receipt], None] | None = None
    beside: Beside | None = None

    @property
    def of(self) -> str | None:
        """The field that names what it is asked of, where that is there already: a command has it before its own."""
        fields = self.command.model_fields
        subject = next(iter(fields))
        if subject != self.own:
            return subject
        return "case_id" if "case_id" in fields and self.own != "case_id" else None

    @property
    def marked(self) -> tuple[str, ...]:
        """The fields in whose texts passages can be about other parties of the case."""
        named = getattr(self.command, "named", None)
        return (*texts_of(self.command), *((named,) if named else ()))

    @property
    def begins(self) -> bool:
        """Whether what it records is the first of a stream of its own."""
        return self.own == next(iter(self.command.model_fields))

    @property
    def of_a_case(self) -> bool:
        return self.of == "case_id"

    @property
    def is_plain(self) -> bool:
        """Whether nothing has to be looked up before it is asked but what it is asked of, and it is one command."""
        known = {self.own} | ({self.of} & _ASKED_OF)
        names = any(each in _LOOKED_UP - known for each in self.command.model_fields)
        looks = names or self.found or self.told or self.together or self.refuses
        return not (looks or self.by)

    @property
    def fields(self) -> dict[str, FieldInfo]:
        """Those of its command, and those by which others are found."""
        return {**self.command.model_fields, **self.more}

    @property
    def asked_for(self) -> dict[str, FieldInfo]:
        """The fields that whoever asks gives, those by place first."""
        fields = self.fields
        hidden = {"case_ids", self.own, *self.told, *(self.together or ((),))[0]}
        hidden |= {self.of} & _ASKED_OF
        names = (*self.first, *(name for name in fields if name not in self.first))
        return {name: fields[name] for name in names if name not in hidden}

    def record_id(self, ledger: Ledger, actor: Actor, given: Mapping[str, Any]) -> UUID | None:
        """The id of what is recorded, the same under any command id; None where what was given does not name it."""
        return None if self.record is None else self.record(ledger, actor, given)

    def own_id(self, ledger: Ledger, command_id: UUID | None) -> UUID:
        """The id of what is recorded: the same again for the same command id."""
        if command_id is None:
            return ledger.new_id()
        return derived_uuid(EPOCH, self.command.__name__, str(command_id))

    def built(self, values: Mapping[str, Any]) -> Command:
        """The command; ValidationError where a value is not of its field."""
        return self.command(
            **{name: value for name, value in values.items() if name not in self.more}
        )


def filled(verb: Verb, around: Around, given: dict[str, Any]) -> None:
    """Answers what was left out and what nobody is asked for; `around.given` is what was given."""
    for name, find in verb.found.items():
        if not given.get(name):
            given[name] = find(around)
    for name, find in verb.told.items():
        given[name] = find(around)
    if verb.together is not None:
        given.update(verb.together[1](around))
    if verb.refuses is not None:
        verb.refuses(around)


def with_cases_found(ledger: Ledger, given: dict[str, Any]) -> None:
    """Puts the ids of cases in the place of the references by which they are named."""
    for name in CASE_NAMED & given.keys():
        if isinstance(given[name], str):
            given[name] = ledger.find_case(given[name])
    for name in CASES_NAMED & given.keys():
        given[name] = cases_named(ledger, given[name])


def cases_in(given: Mapping[str, Any], names: Collection[str]) -> list[UUID]:
    """The cases that are named in what was given under these names, once they are found."""
    found = [given[name] for name in CASE_NAMED.intersection(names)]
    return found + [each for name in CASES_NAMED.intersection(names) for each in given[name]]
