"""Likeness: which cases may be of the same matter and which records of the same person, for a person to decide.

What two cases or two records both say in a field is compared word by word, whatever their order; longer words
weigh more. Two cases that another system calls the same, by any id of theirs, are wholly alike, whatever they say.
Whatever somebody decided about before, whichever way, is not proposed again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from rapidfuzz.fuzz import token_sort_ratio
from rapidfuzz.utils import default_process

from ledger.case import CASE
from ledger.case.intake.external_ids import ExternalIdGiven
from ledger.case.intake.information import InformationReceived
from ledger.case.intake.opening import CaseOpened
from ledger.facts import Answers
from ledger.policy.document.policy import Policy
from ledger.registers.people.parties import PARTY, PartyContactGiven, PartyRecorded
from ledger.sealing.reading import ReadEntry
from ledger.then import Then
from projections.fold.temporal import microseconds

if TYPE_CHECKING:
    from projections.views import Views

AT_MOST = 200
"""Cases that one is compared with, those that came last first."""
TOLD_IN = frozenset({CaseOpened.topic, InformationReceived.topic, ExternalIdGiven.topic})
"""Entries in which a requester says what a case is about, or others what they call it."""
NAMED_IN = frozenset({PartyRecorded.topic, PartyContactGiven.topic})
"""Entries in which somebody says who they are."""
_ALL = 2**62
_CAME_NEAR = """
    SELECT c.key
    FROM {{cases}} AS c
    WHERE {known}
    AND c.key <> :key
    AND c.received_at BETWEEN :since AND :until
    AND c.request_type = :request_type
    GROUP BY c.key
    ORDER BY max(c.received_at) DESC, c.key
    LIMIT :at_most
"""
_NOW = "c.magnitude = 63"
_THEN = "c.known_from <= :known_at AND c.known_to > :known_at"
_EVER = "c.received_at <= :as_of"
"""As of an instant whatever was ever of the type is looked at, and folded to see whether it was then."""

Words = Mapping[str, str]


class Comparable(NamedTuple):
    """What is said of one thing, by field, and with which others somebody has decided how it stands."""

    id: UUID
    words: Words
    decided: frozenset[UUID]
    elsewhere: frozenset[tuple[str | None, str]] = frozenset()
    """What other systems call it, each after its system."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Another that may be the same, how alike they are in thousandths, and by field."""

    other: UUID
    similarity: int
    by: Mapping[str, int]


def cases_near(
    views: Views,
    case_id: UUID,
    *,
    request_type: str,
    at: datetime,
    within: timedelta,
    then: Then,
) -> tuple[UUID, ...]:
    """The cases of a request type that came within so long of an instant, the latest first.

    As of an instant all of them, and those too that were of the type at another time: whoever asks leaves these out,
    and takes `AT_MOST` of the others.
    """
    known, given = _NOW, dict[str, int]()
    if then.as_of is not None:
        known, given = _EVER, {"as_of": microseconds(then.as_of)}
    elif then.known_at is not None:
        known, given = _THEN, {"known_at": microseconds(then.known_at)}
    with views.reading("cases") as reading:
        rows = reading.rows(
            _CAME_NEAR.format(known=known),
            **given,
            key=str(case_id),
            since=microseconds(at - within),
            until=microseconds(at + within),
            request_type=request_type,
            at_most=AT_MOST if then.as_of is None else _ALL,
        )
    return tuple(UUID(key) for (key,) in rows)


def telling_fields(policy: Policy) -> frozenset[str]:
    """The fields in which people say in their own words what it is about; what only a compartment may know is none."""
    return frozenset(
        code
        for code, field in policy.fields.items()
        if field.kind == "text" and field.compartment is None and field.raises_flag is None
    )


def matter_of(case_id: UUID, entries: Iterable[ReadEntry], fields: Collection[str]) -> Comparable:
    """What was said of a case in these fields, its entries opened."""
    words, case = dict[str, str](), CASE.initial
    elsewhere = set[tuple[str | None, str]]()
    for read in entries:
        case = CASE.evolve(case, read.entry)
        called = read.entry.fact
        if isinstance(called, CaseOpened | ExternalIdGiven) and isinstance(called.external_id, str):
            elsewhere.add((called.source, called.external_id))
        match read.entry.fact:
            case CaseOpened(answers=answers) | InformationReceived(answers=answers):
                words |= _answered_words(answers, fields)
            case _:
                pass
    return Comparable(
        case_id, words, frozenset(other for other, _ in case.links), frozenset(elsewhere)
    )


def record_of(party_id: UUID, entries: Iterable[ReadEntry]) -> Comparable:
    """What somebody said of themselves, the entries of their record opened."""
    words, party = dict[str, str](), PARTY.initial
    for read in entries:
        party = PARTY.evolve(party, read.entry)
        match read.entry.fact:
            case (
                PartyRecorded(name=name, contact=contact)
                | PartyContactGiven(name=name, contact=contact)
            ):
                told: Mapping[str, object] = contact if isinstance(contact, Mapping) else {}
                words |= _texts({"name": name, **told})
            case _:
                pass
    return Comparable(party_id, words, frozenset(party.verdicts))


def proposed(
    one: Comparable, others: Sequence[Comparable], *, at_least: int
) -> tuple[Likeness, ...]:
    """Those of the others that are at least so much alike and undecided, the likest first."""
    found = [
        likeness
        for other in others
        if other.id != one.id and other.id not in one.decided and one.id not in other.decided
        if (likeness := _likeness(one, other)) is not None and likeness.similarity >= at_least
    ]
    return tuple(sorted(found, key=lambda each: (-each.similarity, each.other)))


def _likeness(this: Comparable, other: Comparable) -> Likeness | None:
    """How alike two are where both say something; None where they say nothing about the same."""
    one, two = this.words, other.words
    shared = sorted(one.keys() & two.keys())
    by = {
        name: round(token_sort_ratio(one[name], two[name], processor=default_process) * 10)
        for name in shared
    }
    weights = {name: max(len(one[name]), len(two[name])) for name in shared}
    if this.elsewhere & other.elsewhere:
        return Likeness(other.id, 1000, {"external_id": 1000, **by})
    total = sum(weights.values())
    if not total:
        return None
    return Likeness(other.id, sum(by[name] * weights[name] for name in shared) // total, by)


def _answered_words(answers: Answers, fields: Collection[str]) -> Words:
    given = {**answers.office, **answers.personal}
    return _texts({name: value for name, value in given.items() if name in fields})


def _texts(values: Mapping[str, object]) -> Words:
    """Those of the values that are words or numbers; what is erased, sealed or was never said is neither."""
    return {
        name: str(value)
        for name, value in values.items()
        if isinstance(value, (str, int)) and not isinstance(value, bool) and value
    }
