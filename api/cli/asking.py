"""A command of the ledger as a command of the command line: its fields become arguments and options."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin
from uuid import UUID

from cyclopts import Parameter
from pydantic import AwareDatetime, ValidationError
from pydantic.fields import FieldInfo

from api.cli.acting import Acting
from api.cli.field_words import HELP, OPTIONS
from api.cli.given_words import ANOTHER_WAY, ANOTHER_WAY_FOR_PAIRS, PERSONAL, GivenWords
from api.cli.ledgers import office_days, opened_with_views
from api.cli.moments import moment_of
from api.cli.recording import recorded, show_receipt
from ledger.case import CASE
from ledger.case.state import Case
from ledger.commands import Command
from ledger.entry import Actor
from ledger.errors import InvalidCommand
from ledger.ids import case_stream, derived_uuid
from ledger.policy.document import Policy
from ledger.policy.in_force import Policies
from ledger.service import Ledger
from ledger.times import EPOCH
from projections.views import Views


@dataclass(frozen=True, slots=True)
class Around:
    """What can be asked for a field that was not given."""

    ledger: Ledger
    views: Views
    policies: Policies
    actor: Actor
    given: Mapping[str, Any]

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
_NAMED_BY_REFERENCE = frozenset({"other_case", "about_case"})
"""Fields that say which case is meant."""
Shown = Callable[[Around, Command], None]


@dataclass(frozen=True, slots=True)
class Verb:
    """How a command is asked from the command line.

    `first` are the fields given by place, after the case; `own` is the id of what the command
    records, made anew unless a command id is given to make it from; `found` answers fields that
    were left out, `told` those that nobody is asked for; `before` and `after` show people what they are
    to see then.
    """

    command: type[Command]
    first: tuple[str, ...] = ()
    own: str | None = None
    found: Mapping[str, Find] = field(default_factory=dict[str, Find])
    told: Mapping[str, Find] = field(default_factory=dict[str, Find])
    before: Shown | None = None
    after: Shown | None = None

    @property
    def of_a_case(self) -> bool:
        return "case_id" in self.command.model_fields and self.own != "case_id"

    @property
    def asked_for(self) -> dict[str, FieldInfo]:
        """The fields that a person gives, those by place first."""
        fields = self.command.model_fields
        hidden = {"case_id", "case_ids", self.own, *self.told}
        names = (*self.first, *(name for name in fields if name not in self.first))
        return {name: fields[name] for name in names if name not in hidden}


def as_command(verb: Verb) -> Callable[..., int]:
    """The function that the command line calls for a verb."""
    signature = inspect.Signature([*_parameters(verb)])

    def ask(*given_by_place: Any, **given_by_name: Any) -> int:
        bound = signature.bind(*given_by_place, **given_by_name)
        bound.apply_defaults()
        given = dict(bound.arguments)
        _ask(verb, given.pop("acting"), given)
        return 0

    ask.__dict__["__signature__"] = signature
    ask.__doc__ = verb.command.__doc__
    return ask


def _ask(verb: Verb, acting: Acting, given: dict[str, Any]) -> None:
    acting.named()
    with opened_with_views() as (ledger, views):
        policies = ledger.policies()
        actor = acting.actor(policies, at=ledger.clock())
        if verb.of_a_case:
            given["case_id"] = ledger.find_case(given.pop("ref"))
        if verb.own is not None:
            given[verb.own] = _own_id(ledger, verb, acting)
        around = Around(ledger, views, policies, actor, given)
        for name, find in verb.found.items():
            if not given.get(name):
                given[name] = find(around)
        for name, find in verb.told.items():
            given[name] = find(around)
        command = _built(verb.command, _values(verb, given, around))
        if verb.before is not None:
            verb.before(around, command)
        receipt = recorded(ledger, acting.request(command, actor), verbose=acting.verbose)
        made = {verb.own: given[verb.own]} if verb.own not in (None, "case_id", "party_id") else {}
        show_receipt(receipt, as_json=acting.as_json, **{str(key): made[key] for key in made})
        if verb.after is not None:
            verb.after(around, command)


def _own_id(ledger: Ledger, verb: Verb, acting: Acting) -> UUID:
    """The id of what is recorded: the same again for the same command id."""
    command_id = acting.own_command_id()
    if command_id is None:
        return ledger.new_id()
    return derived_uuid(EPOCH, verb.command.__name__, str(command_id))


def _parameters(verb: Verb) -> list[inspect.Parameter]:
    by_place: list[inspect.Parameter] = []
    by_name: list[inspect.Parameter] = []
    if verb.of_a_case:
        ref = Annotated[str, Parameter(name="REF", help="The reference of the case.")]
        by_place.append(inspect.Parameter("ref", inspect.Parameter.POSITIONAL_ONLY, annotation=ref))
    for name, asked in verb.asked_for.items():
        (by_place if name in verb.first else by_name).append(_parameter(verb, name, asked))
    by_name.append(
        inspect.Parameter(
            "acting", inspect.Parameter.KEYWORD_ONLY, default=Acting(), annotation=Acting
        )
    )
    return [*by_place, *by_name]


def _parameter(verb: Verb, name: str, asked: FieldInfo) -> inspect.Parameter:
    placed = name in verb.first
    shown = Parameter(
        name=name.upper() if placed else option_of(name),
        help=_help_of(name, asked),
        negative="" if asked.default is False or not _is(asked.annotation, bool) else None,
        show_default=False,
    )
    optional = not asked.is_required() or name in verb.found
    default = inspect.Parameter.empty
    if optional:
        several = _is(asked.annotation, tuple) or _is(asked.annotation, Mapping)
        default = () if several else asked.get_default() if not asked.is_required() else None
    kind = inspect.Parameter.POSITIONAL_ONLY if placed else inspect.Parameter.KEYWORD_ONLY
    annotation = Annotated[_given_as(name, asked.annotation, optional=optional), shown]
    return inspect.Parameter(name, kind, default=default, annotation=annotation)


def _help_of(name: str, asked: FieldInfo) -> str:
    if name not in PERSONAL:
        return HELP[name]
    way = ANOTHER_WAY_FOR_PAIRS if _is(asked.annotation, Mapping) else ANOTHER_WAY
    return f"{HELP[name]} {way}"


def option_of(name: str) -> str:
    """What a field is called on the command line."""
    return OPTIONS.get(name, f"--{name.replace('_', '-')}")


def _given_as(name: str, annotation: Any, *, optional: bool) -> Any:
    """The type in which the command line takes a field; as text what may stand elsewhere or it cannot tell."""
    if _is(annotation, tuple) or _is(annotation, Mapping):
        return tuple[str, ...]
    for plain in (bool, int):
        if _is(annotation, plain) and name not in PERSONAL:
            return plain | None if optional and plain is not bool else plain
    for part in _parts(annotation):
        if get_origin(part) is Literal:
            return part | None if optional else part
    return str | None if optional else str


def _parts(annotation: Any) -> list[Any]:
    """The alternatives of a type, annotations and None apart."""
    if get_origin(annotation) is Annotated:
        return _parts(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return [part for each in get_args(annotation) for part in _parts(each)]
    return [] if annotation is NoneType else [annotation]


def _is(annotation: Any, kind: Any) -> bool:
    """Whether a field takes values of this kind."""
    found = [get_origin(part) or part for part in _parts(annotation)]
    return any(isinstance(each, type) and issubclass(each, kind) for each in found)


def _values(verb: Verb, given: Mapping[str, Any], around: Around) -> dict[str, Any]:
    """The fields of the command, from what was given; what was left out keeps its default."""
    values: dict[str, Any] = {}
    words = GivenWords()
    for name, value in given.items():
        asked = verb.command.model_fields[name]
        if value is None or (value == () and not asked.is_required()):
            continue
        if name in verb.told:
            values[name] = value
            continue
        if name in _NAMED_BY_REFERENCE:
            value = around.ledger.find_case(value)
        elif name == "answers":
            value = _answers(words.pairs(value, option=option_of(name)), around.policy)
        elif _is(asked.annotation, Mapping):
            pairs = words.pairs(value, option=option_of(name))
            texts = get_args(asked.annotation)[1:] == (str,)
            value = {key: said if texts else _plain(said) for key, said in pairs}
        elif name in PERSONAL and isinstance(value, str):
            value = words.text(value, option=option_of(name))
        elif _is(asked.annotation, AwareDatetime):
            days = office_days(around.policies)
            value = moment_of(value, option=option_of(name), days=days)
        values[name] = value
    return values


def _answers(
    given: Sequence[tuple[str, str]], policy: Policy
) -> dict[str, str | int | bool | None]:
    """Answers in the kind that their field has; what the policy does not know the ledger refuses."""
    answers: dict[str, str | int | bool | None] = {}
    for name, said in given:
        kind = policy.fields[name].kind if name in policy.fields else "text"
        value = _plain(said) if kind in ("number", "yes_no") else said
        wanted = {"number": int, "yes_no": bool}.get(kind, str)
        if type(value) is not wanted:
            ask = "a whole number" if kind == "number" else "yes or no"
            raise InvalidCommand(f"--answer {name}={said}: this field takes {ask}.")
        answers[name] = value
    return answers


def _plain(said: str) -> str | int | bool | None:
    """A value as it was meant: yes and no, a whole number, nothing, else text."""
    known: dict[str, bool | None] = {
        "yes": True, "true": True, "no": False, "false": False, "null": None
    }  # fmt: skip
    if said.lower() in known:
        return known[said.lower()]
    return int(said) if said.removeprefix("-").isdecimal() and len(said) <= 15 else said


def _built(command: type[Command], values: dict[str, Any]) -> Command:
    try:
        return command(**values)
    except ValidationError as error:
        wrong = error.errors(include_url=False)[0]
        name = str(wrong["loc"][0]) if wrong["loc"] else ""
        said = wrong["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
        meant = HELP.get(name, "").partition(". ")[0].rstrip(".")
        raise InvalidCommand(
            f"{option_of(name)}: {said[:1].lower()}{said[1:]} ({meant})."
        ) from error
