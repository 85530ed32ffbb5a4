"""Templates of notices: what the office writes to people, in each of its languages, and what it states of their rights.

A placeholder is a name in braces. Some the case fills in itself (`FILLED_BY_CASE`); the others are
listed under `asks` and filled in by whoever issues the notice. Dates of the case are written in words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TypeAlias

from ledger.policy.document.locating import KeyPath
from ledger.policy.document.notices import PLACEHOLDER, NoticeKind, NoticeText, Template
from ledger.policy.document.policy import Policy
from ledger.policy.values import Language

_ACKNOWLEDGED = "acknowledged"
ACTS: Mapping[str, tuple[str, ...]] = {
    "acknowledgement": (_ACKNOWLEDGED,),
    "decision": ("decision_given",),
    "refusal": ("decision_given",),
}
"""The acts that are done once a notice of a kind is given."""

STATES_RIGHTS = frozenset({"extension", "decision", "refusal", "lapse"})
"""Kinds of notice that are to say what the recipient can do against them."""

FILLED_BY_CASE = frozenset(
    {
        "reference", "office", "request_type", "team", "received_on", "issued_on", "due_on",
        "missing", "outcome", "legal_basis", "lapses_on", "new_date",
    }
)  # fmt: skip
"""Placeholders that the case itself fills in.

`due_on` is the earliest date ahead that is promised besides what the notice itself does, `lapses_on` the date
on which the request lapses, by the law of the clock that the notice names or by the chase, `new_date` that on which
the clock is due that the notice extends.
"""


_FILLED = {True: FILLED_BY_CASE, False: FILLED_BY_CASE - {"new_date"}}
"""What is filled in of an extension, and of any other notice."""


def lacking(template: Template, languages: Collection[Language]) -> tuple[Language, ...]:
    """The languages of the office in which a template does not exist."""
    return tuple(each for each in languages if each not in template.texts)


def of_its_own(policy: Policy, request_type: str | None, kind: NoticeKind) -> tuple[str, ...]:
    """The templates of a kind that name a request type among theirs."""
    return tuple(
        code
        for code, each in policy.templates.items()
        if each.kind == kind and request_type in each.types
    )


def gives_notice(policy: Policy, request_type: str | None, act: str) -> bool:
    """Whether this office does an act, for cases of this type, by giving a notice of it."""
    return any(
        act in ACTS.get(each.kind, ()) and each.is_for(request_type)
        for each in policy.templates.values()
    )


_ENDS = (".", "?", "!", "…")
Filling: TypeAlias = tuple[tuple[str | None, str], ...]
"""A text from a template in order: what stands for each placeholder, with its name, and what stands in between."""


def filling(text: NoticeText, values: Mapping[str, str]) -> tuple[Filling, Filling]:
    """Subject and words of a notice, rights below; every placeholder of it is in `values`."""
    words = text.body if text.rights is None else f"{text.body}\n\n{text.rights}"
    return _filling(text.subject, values), _filling(words, values)


def _filling(said: str, values: Mapping[str, str]) -> Filling:
    """In the place of each placeholder its value; a full stop goes where a value ends its sentence itself."""
    found: list[tuple[str | None, str]] = []
    for number, part in enumerate(PLACEHOLDER.split(said)):
        if number % 2:
            found.append((part, values[part]))
        elif found and found[-1][1].endswith(_ENDS):
            found.append((None, part.removeprefix(".")))
        else:
            found.append((None, part))
    return tuple(found)


def wrong_templates(policy: Policy) -> Iterator[tuple[KeyPath, str]]:
    """What a template lacks or names that is not there, each to be read after its key."""
    for code, template in policy.templates.items():
        path: KeyPath = ("templates", code)
        if lacks := lacking(template, policy.office.languages):
            yield (
                (*path, "texts"),
                f"has no {', '.join(lacks)}: a notice exists in every language of the office",
            )
        for language, text in template.texts.items():
            known = _FILLED[template.kind == "extension"].union(template.asks)
            for name in sorted(text.placeholders - known):
                listed = ", ".join(sorted(known))
                yield (
                    (*path, "texts", language),
                    f"has the placeholder '{name}', which nobody fills in: ask for it, or use {listed}",
                )


def doubtful_templates(policy: Policy) -> Iterator[tuple[KeyPath, str]]:
    """What could be better in a template, each to be read after its key."""
    for code, template in policy.templates.items():
        path: KeyPath = ("templates", code)
        texts = template.texts.values()
        if template.kind in STATES_RIGHTS and any(text.rights is None for text in texts):
            yield path, f"is of the kind {template.kind} and does not state the recipient's rights"
        if len({text.placeholders for text in texts}) > 1:
            yield (
                path,
                "says other things in one language than in another: their placeholders differ",
            )
    if policy.templates:
        yield from _types_without_a_notice(policy)


def _types_without_a_notice(policy: Policy) -> Iterator[tuple[KeyPath, str]]:
    """Types of which the office cannot give a notice that their clocks or their decisions ask for."""
    for code, kind in policy.types.items():
        clocks = [policy.clocks[each.clock] for each in kind.clocks]
        needed: dict[NoticeKind, bool] = {
            "acknowledgement": any(_ACKNOWLEDGED in clock.stops_on for clock in clocks),
            "decision": kind.judgement,
            "refusal": kind.judgement and not kind.reviews,
            "extension": any(
                each.notice != "none" for clock in clocks for each in clock.extensions
            ),
        }
        for notice, asked in needed.items():
            if asked and not any(
                each.kind == notice and each.is_for(code) for each in policy.templates.values()
            ):
                yield (
                    ("types", code),
                    f"needs a notice of the kind {notice}, and no template gives it",
                )
