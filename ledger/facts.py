"""Facts: what happened, as frozen models whose fields say their tier.

A field is office (stored in clear beside the line, so that projections decrypt nothing) unless it is
declared with `Personal`, which says about whom it is: then it is sealed under that person's key.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any, ClassVar, TypeAlias, TypeVar, cast
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, InstanceOf

from ledger.errors import UnreadableEntry

Json: TypeAlias = Any
"""What canonical JSON can hold: null, booleans, integers within 2^53, strings, arrays, objects."""


def without_floats(value: Json) -> Json:
    """The value itself; ValueError if a number in it is not whole (the stored form knows no floats)."""
    _refuse_floats(value)
    return value


def _refuse_floats(value: object) -> None:
    if isinstance(value, float):
        raise ValueError(f"{value} is not a whole number")
    if isinstance(value, Mapping):
        for each in cast("Mapping[str, object]", value).values():
            _refuse_floats(each)
    elif isinstance(value, list | tuple):
        for each in cast("Sequence[object]", value):
            _refuse_floats(each)


Values = Annotated[Mapping[str, Json], AfterValidator(without_floats)]
"""An object of JSON values, its numbers whole."""

ENVELOPE_SLOTS = frozenset({"actor", "context", "sealed"})
ANSWERS = "answers"


class Concealed(Enum):
    """Stands where a personal value is not shown."""

    SEALED = "sealed"
    """Intact, and not opened by this reader."""
    ERASED = "erased"
    """Its key was destroyed: the value is gone, its digest remains."""
    LOST = "lost"
    """Its key is not there and no erasure destroyed it: what it sealed is here, and opens if the key comes back."""

    @property
    def gone(self) -> bool:
        """Whether nobody can open it any more."""
        return self is not Concealed.SEALED


@dataclass(frozen=True, slots=True)
class PartlyErased:
    """A personal text about several people of which the key of some was destroyed.

    `parts` are in order: what is left of it as text, and ERASED or LOST for each stretch that is gone, of which `gaps`
    says how many words each had.
    """

    parts: tuple[str | Concealed, ...]
    gaps: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of an opened text about several people, from the first to before the end, and about whom they are.

    `about` is the stream of a party, or the entry's own; None where they are erased, and with them whose they were.
    """

    first: int
    end: int
    about: str | None


@dataclass(frozen=True, slots=True)
class SharedText:
    """A personal text about several people, as it is to be recorded: its stretches in order, each about a party.

    None stands for whom the field is about anyway. Read again it is a text like any other.
    """

    stretches: tuple[tuple[UUID | None, str], ...]


@dataclass(frozen=True, slots=True)
class Personal:
    """Marks a field as personal: about the party named in the office field `about`, else the stream's subject."""

    about: str | None = None


PersonalText = Annotated[
    str | InstanceOf[Concealed] | InstanceOf[PartlyErased] | InstanceOf[SharedText] | None,
    Personal(),
]
"""A personal string about the subject of the stream, but for what is about others: sealed in pieces, a word each."""

PersonalValues = Annotated[Values | InstanceOf[Concealed] | None, Personal()]
"""A personal object about the subject of the stream, sealed as one value."""


class Fact(BaseModel):
    """Something that happened, recorded once and never edited."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        allow_inf_nan=False,
        defer_build=True,  # most processes meet few of them, and building all takes half a second
    )

    topic: ClassVar[str]
    schema_version: ClassVar[int]
    plan: ClassVar[Plan]


F = TypeVar("F", bound=Fact)
Upcast: TypeAlias = Callable[[dict[str, Json]], dict[str, Json]]


@dataclass(frozen=True, slots=True)
class Plan:
    """How a fact's fields become slots."""

    office: tuple[str, ...]
    personal: tuple[tuple[str, str | None], ...]
    answers: bool
    answers_about: str | None


_FACTS: dict[str, type[Fact]] = {}
_UPCASTS: dict[tuple[str, int], Upcast] = {}


def fact(kind: type[F]) -> type[F]:
    """Registers a fact under its class's name, as schema version 1."""
    return _register(kind, version=1)


def fact_version(version: int, **upcasts: Upcast) -> Callable[[type[F]], type[F]]:
    """Registers a fact at a later schema version; `from_1=...` and so on turn older values into the next version's."""

    def register(kind: type[F]) -> type[F]:
        for name, upcast in upcasts.items():
            _UPCASTS[kind.__name__, int(name.removeprefix("from_"))] = upcast
        return _register(kind, version=version)

    return register


def _register(kind: type[F], *, version: int) -> type[F]:
    topic = kind.__name__
    if topic in _FACTS:
        raise TypeError(f"two facts are named {topic}")
    if clash := ENVELOPE_SLOTS & kind.model_fields.keys():
        raise TypeError(f"{topic} names fields that belong to the envelope: {sorted(clash)}")
    kind.topic, kind.schema_version = topic, version
    kind.plan = _plan_of(kind)
    _FACTS[topic] = kind
    return kind


def _plan_of(kind: type[Fact]) -> Plan:
    office: list[str] = []
    personal: list[tuple[str, str | None]] = []
    answers, about = False, None
    for name, field in kind.model_fields.items():
        # The outermost mark wins: Annotated[PersonalText, Personal("party")] is about the party.
        mark = next((each for each in field.metadata[::-1] if isinstance(each, Personal)), None)
        if name == ANSWERS:
            answers, about = True, mark.about if mark else None
        elif mark:
            personal.append((name, mark.about))
        else:
            office.append(name)
    return Plan(tuple(office), tuple(personal), answers, about)


class Answers(BaseModel):
    """The answers of a form, each a slot of its own named `answers.NAME`, in the tier that the policy gives its field.

    A field of the request type that was not answered is there with None, so that its absence does not show.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    office: Mapping[str, str | int | bool | None] = {}
    personal: Mapping[
        str,
        str
        | int
        | bool
        | InstanceOf[Concealed]
        | InstanceOf[PartlyErased]
        | InstanceOf[SharedText]
        | None,
    ] = {}


def topics() -> Mapping[str, type[Fact]]:
    """Every registered fact by its topic."""
    return _FACTS


def fact_from(topic: str, schema: int, values: dict[str, Json]) -> Fact:
    """The fact that these values say, in today's schema; UnreadableEntry if this version cannot know it."""
    kind = _FACTS.get(topic)
    if kind is None or schema > kind.schema_version:
        raise UnreadableEntry(
            f"Entries '{topic}' of schema {schema} are not known to this version: "
            "upgrade caseledger to read them."
        )
    while schema < kind.schema_version:
        values = _UPCASTS[topic, schema](values)
        schema += 1
    return kind.model_validate(values)


def dump(value: Fact) -> dict[str, Json]:
    """A fact's fields as JSON values; concealed ones as they are."""
    return value.model_dump(mode="json")
