"""Passages: which words of a note, a contact, a letter or a decision are about which other party of the case.

Words are counted as where some of them are withheld: from 0, the end not included, a word with the white
space after it. What no passage covers is about whom the text is about anyway.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass

from ledger.case.people import CaseRole
from ledger.case.state import Case
from ledger.errors import InvalidCommand, Refusal
from ledger.evidence.slots import pieces, touched
from ledger.facts import SharedText
from ledger.policy.templates import Filling

WordNumber = Annotated[int, Field(ge=0, lt=2**53)]


@dataclass(frozen=True, slots=True, config=ConfigDict(extra="forbid"))
class Passage:
    """Words of a text that are about a party of the case: its id, or its role if only one has it."""

    party: UUID | CaseRole
    first: WordNumber
    end: WordNumber


@dataclass(frozen=True, slots=True, config=ConfigDict(extra="forbid"))
class PassageOfValue(Passage):
    """The same in one of the values that a notice is filled in with."""

    value: str


def shared(case: Case, text: str | None, passages: Sequence[Passage]) -> str | SharedText | None:
    """The text with these words about those parties; refused where one is not of the case, or words are not there."""
    if not passages:
        return text
    words = pieces(text or "")
    whose = list[UUID | None]([None] * len(words))
    for each in passages:
        if not each.first < each.end <= len(words):
            raise InvalidCommand(
                f"The text has {len(words)} words, so {each.first}-{each.end} is no passage of it: count "
                "from 0, the end not included."
            )
        _mark(whose, range(each.first, each.end), _party(case, each.party))
    return _in_stretches(words, whose)


def shared_notice(
    case: Case, filling: Filling, passages: Sequence[PassageOfValue]
) -> str | SharedText:
    """The words of a notice, where passages of its values are about parties wherever the notice says them."""
    text = "".join(said for _, said in filling)
    if not passages:
        return text
    words = pieces(text)
    whose = list[UUID | None]([None] * len(words))
    at = 0
    for name, said in filling:
        for each in passages:
            if each.value == name:
                own = [len(word) for word in pieces(said)]
                begin, end = (at + sum(own[:word]) for word in (each.first, each.end))
                _mark(whose, touched(words, begin, end), _party(case, each.party))
        at += len(said)
    return _in_stretches(words, whose)


def refuse_not_there(values: Mapping[str, str], passages: Sequence[PassageOfValue]) -> None:
    """Refuses a passage of a value that is not given, or that has fewer words."""
    for each in passages:
        if each.value not in values:
            raise InvalidCommand(
                f"No value '{each.value}' is given, so no passage of it is about anybody."
            )
        count = len(pieces(values[each.value]))
        if not each.first < each.end <= count:
            raise InvalidCommand(
                f"The value '{each.value}' has {count} words, so {each.first}-{each.end} is no passage of "
                "it: count from 0, the end not included."
            )


def _mark(whose: list[UUID | None], words: range, party: UUID) -> None:
    for number in words:
        if whose[number] is not None:
            raise InvalidCommand(
                f"Two passages have word {number} of the text in them: let each word be about one party."
            )
        whose[number] = party


def _in_stretches(words: Sequence[str], whose: Sequence[UUID | None]) -> str | SharedText:
    if not any(whose):
        return "".join(words)
    numbered = groupby(range(len(words)), whose.__getitem__)
    return SharedText(
        tuple((party, "".join(words[number] for number in numbers)) for party, numbers in numbered)
    )


def _party(case: Case, said: UUID | CaseRole) -> UUID:
    """The party meant, who is of the case; of a role its only one."""
    if isinstance(said, UUID):
        if said != case.requester and all(said != party for party, _ in case.parties):
            raise Refusal(
                f"The party {said} is not of this case, so no passage is about them: say first that it "
                "concerns them (`concerns`), or name somebody whom it does.",
                rule="passage-about-a-party-of-the-case",
            )
        return said
    found = {party for party, role in case.parties if role == said}
    if said == "requester" and case.requester is not None:
        found.add(case.requester)
    if len(found) != 1:
        there = "nobody" if not found else f"{len(found)} parties"
        raise Refusal(
            f"The case has {there} in the role {said}: name the party by its id.",
            rule="passage-about-a-party-of-the-case",
        )
    return found.pop()
