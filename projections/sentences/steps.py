"""Steps of a clock in words: by what its policy says of when a rung is reached, not by the code that it has there."""

from __future__ import annotations

from ledger.policy.document.clocks import RungTerms, Sense
from ledger.policy.document.policy import Policy
from ledger.policy.values import Language
from projections.sentences.sentence import Sentence

_PERCENT = Sentence("{amount} % of its time", "{amount} % de son délai")
_BEFORE = Sentence("{amount} {unit} before its end", "{amount} {unit} avant son terme")
_AT = Sentence("its time ran out", "son délai est écoulé")
_AT_ITS_END = Sentence("its end", "son terme")
"""Of a clock by whose end nothing was to be done: no time ran out."""
_AFTER = Sentence("{amount} {unit} after its end", "{amount} {unit} après son terme")
_UNITS = {
    "elapsed_hours": Sentence("{amount:hour|hours}", "{amount:heure|heures}"),
    "business_hours": Sentence(
        "business {amount:hour|hours}", "{amount:heure ouvrable|heures ouvrables}"
    ),
    "working_days": Sentence("working {amount:day|days}", "{amount:jour ouvrable|jours ouvrables}"),
    "calendar_days": Sentence("calendar {amount:day|days}", "{amount:jour civil|jours civils}"),
}


def step_said(policy: Policy | None, clock: str, code: str, language: Language) -> str | None:
    """When a step of a clock is reached, in words; None where the policy knows no such step of it."""
    terms = policy.clocks.get(clock) if policy is not None else None
    if policy is None or terms is None:
        return None
    rungs = policy.rungs if terms.rungs is None else terms.rungs
    found = next((each for each in rungs if each.code == code), None)
    return None if found is None else _rung_in_words(found, language, terms.sense)


def _rung_in_words(rung: RungTerms, language: Language, sense: Sense) -> str:
    if rung.percent is not None:
        return _filled(_PERCENT, language, rung.percent)
    offset = rung.offset or 0
    if offset == 0:
        return _filled(_AT if sense == "deadline" else _AT_ITS_END, language, 0)
    return _filled(_BEFORE if offset < 0 else _AFTER, language, abs(offset), unit=rung.unit)


def _filled(sentence: Sentence, language: Language, amount: int, *, unit: str = "") -> str:
    fields = {"amount": amount}
    units = _UNITS[unit].fitting(language, fields) if unit else ""
    return sentence.fitting(language, fields).format(amount=amount, unit=units)
