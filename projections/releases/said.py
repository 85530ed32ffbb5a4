"""What a shown entry says in words, made from nothing but what is shown of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ledger.facts import ANSWERS, Answers, Concealed
from ledger.policy.in_force import Policies
from ledger.policy.values import Language
from ledger.sealing.disclosing import Committed, Disclosed, Salted
from ledger.sealing.heads import decode_line
from ledger.times import instant
from projections.one_case.trail import fact_said, wording_at
from projections.releases.selection import EntrySelection, Ground, PieceRange
from projections.releases.sentences import WITHHELD
from projections.sentences.wording import Wording


@dataclass(frozen=True, slots=True)
class Told:
    """A shown entry in one language: what it says, who acted, and its times as far as they are shown."""

    version: int
    topic: str
    sentence: str
    actor: str
    effective_at: str
    known_at: str
    recorded_at: str


def told(entry: Disclosed, chosen: EntrySelection, policies: Policies, language: Language) -> Told:
    """The entry in words; what is withheld stands as its exemption, wherever the sentence would say it."""
    line = decode_line(entry.line)
    context = chosen.slots.get("context")
    at = instant(line.recorded_at) if context else entry.entry.context.known_at
    wording = wording_at(policies, at, language)
    recorded_at = wording.instant(instant(line.recorded_at))
    if context is None:
        effective_at = wording.instant(entry.entry.context.effective_at)
        known_at = wording.instant(entry.entry.context.known_at)
    else:
        effective_at = known_at = _mark(context, language)
    actor = chosen.slots.get("actor")
    return Told(
        version=line.version,
        topic=line.topic,
        sentence=_sentence(entry, chosen, policies, wording),
        actor=_mark(actor, language) if actor else wording.actor(entry.entry.actor),
        effective_at=effective_at,
        known_at=known_at,
        recorded_at=recorded_at,
    )


def _mark(ground: Ground, language: Language) -> str:
    return WITHHELD.say(language).format(exemption=ground.exemption)


def _sentence(
    entry: Disclosed, chosen: EntrySelection, policies: Policies, wording: Wording
) -> str:
    fact, happened_at = entry.entry.fact, entry.entry.context.effective_at
    if not chosen.slots and not chosen.pieces:
        return fact_said(fact, policies, wording, at=happened_at)
    fields = {name: _field(entry, chosen, wording, name) for name in type(fact).model_fields}
    return wording.filled(wording.template(fact, happened_at), fields)


def _field(entry: Disclosed, chosen: EntrySelection, wording: Wording, name: str) -> str:
    """A field as words, or the mark of what is withheld of it."""
    if name == ANSWERS:
        return wording.value(ANSWERS, _answers(entry, chosen, wording))
    if name in chosen.slots:
        return wording.unless_hidden(name, _mark(chosen.slots[name], wording.language))
    if name in chosen.pieces and name in entry.texts:
        return _words(entry.texts[name], chosen.pieces[name], wording)
    return wording.field(entry.entry.fact, name)


def _answers(entry: Disclosed, chosen: EntrySelection, wording: Wording) -> Mapping[str, Any]:
    fact = entry.entry.fact
    answers: Answers = fact.__dict__[ANSWERS]
    answered: tuple[str, ...] = getattr(fact, "answered", ())
    shown: dict[str, Any] = {}
    for name, value in (*answers.office.items(), *answers.personal.items()):
        slot = f"{ANSWERS}.{name}"
        if slot in chosen.slots:
            shown[name] = _mark(chosen.slots[slot], wording.language)
        elif slot in chosen.pieces and slot in entry.texts:
            shown[name] = _words(entry.texts[slot], chosen.pieces[slot], wording)
        elif value is not None and (name in answered or not isinstance(value, Concealed)):
            shown[name] = value
    return shown


def _words(
    pieces: tuple[Committed, ...], withheld: tuple[PieceRange, ...], wording: Wording
) -> str:
    """A text with a mark in the place of each stretch that is withheld or erased."""
    marks = {each.first: each for each in withheld}
    parts: list[str] = []
    number = 0
    while number < len(pieces):
        piece = pieces[number]
        if number in marks:
            parts.append(f"{_mark(marks[number].ground, wording.language)} ")
            number = marks[number].end
        else:
            parts.append(
                piece.value
                if isinstance(piece, Salted)
                else f"{wording.value('', Concealed.ERASED)} "
            )
            number += 1
    return "".join(parts)
