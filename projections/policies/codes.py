"""Codes: what commands name by a code of the policy, list by list, each with its words in a language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ledger.policy.document.policy import KNOWN_MILESTONES, TRIAGE, Policy, Reasons
from ledger.policy.in_force import PolicyVersion
from ledger.policy.values import Labelled, Language

_FOUND_OUT: Mapping[Language, str] = {
    "en": "a person finds out what it is",
    "fr": "une personne établit de quoi il s'agit",
}


@dataclass(frozen=True, slots=True)
class CodeListed:
    """A code, the list that it is of, such as `channels` or `reasons.transfer`, and what it means."""

    list: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Codes:
    """Every code that a command may name, by the policy that says so; its members are not among them."""

    language: Language
    policy: str
    codes: tuple[CodeListed, ...]


def codes(version: PolicyVersion, language: Language) -> Codes:
    """The codes of a policy, in the order of the lists and of the document."""
    policy = version.policy
    found = [
        CodeListed(name, code, said.say(language))
        for name, listed in _lists(policy)
        for code, said in listed.items()
    ]
    found += _categories(policy, language)
    known = sorted(KNOWN_MILESTONES - policy.milestones.keys())
    found += [CodeListed("milestones", code, code.replace("_", " ")) for code in known]
    return Codes(language, version.digest, tuple(found))


def _categories(policy: Policy, language: Language) -> Iterator[CodeListed]:
    """What each form offers, word for word, with the request type that it stands for."""
    for code, channel in policy.channels.items():
        for category, kind in channel.categories.items():
            meant = policy.types[kind].say(language) if kind != TRIAGE else _FOUND_OUT[language]
            yield CodeListed(f"categories.{code}", category, meant)


def _lists(policy: Policy) -> Iterator[tuple[str, Mapping[str, Labelled]]]:
    yield "programmes", policy.programmes
    yield "request_types", policy.types
    yield "channels", policy.channels
    yield "regions", policy.regions
    yield "teams", policy.teams
    yield "skills", policy.skills
    yield "flags", policy.flags
    yield "clocks", policy.clocks
    yield "templates", policy.templates
    for name in Reasons.model_fields:
        yield f"reasons.{name}", getattr(policy.reasons, name)
    yield "milestones", policy.milestones
