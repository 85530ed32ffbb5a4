"""Forms: what an intake asks for a request type, in order and with conditions, and how the answers so far stand.

It is what opening a case decides by: a form that is complete here opens a case that misses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from ledger.case.known.answers import (
    Answer,
    answered_fields,
    flags_raised,
    given_answers,
    language_answered,
    not_one_of,
    office_answers,
    unfit,
)
from ledger.case.known.spoken import Spoken
from ledger.case.whom import local_date
from ledger.errors import InvalidCommand
from ledger.policy.checking import asked_by
from ledger.policy.clocks.arming import is_asked, wanting
from ledger.policy.document.conditions import FieldKind, RoutingFacts, Severity
from ledger.policy.document.policy import AskedField, Policy, RequestType
from ledger.policy.in_force import PolicyVersion
from ledger.policy.values import Language
from projections.sentences.form import HAS_BEEN, NOT_ASKED, WANTED

Need = Literal["required", "one_of", "optional"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers that a prompt offers."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question: how it is put, why, and when; `one_of` are the fields of which one answer is enough.

    Of money an answer is whole cents of `currency`, by its ISO 4217 code; it is null where the office says none.
    `when` is the condition as the policy says it, and `depends_on` what it looks at; a question
    without one is always asked.
    """

    field: str
    prompt: str
    help: str | None
    why: str | None
    kind: FieldKind
    currency: str | None
    personal: bool
    choices: tuple[Choice, ...]
    need: Need
    one_of: tuple[str, ...]
    when: Mapping[str, Any] | None
    depends_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """The questions of a request type, in the order in which they are asked, by the policy of this digest."""

    request_type: str
    name: str
    programme: str
    language: Language
    policy: str
    prompts: tuple[Prompt, ...]


@dataclass(frozen=True, slots=True)
class FormListed:
    """A form as it is listed, with the number of its questions."""

    request_type: str
    name: str
    programme: str
    prompts: int


@dataclass(frozen=True, slots=True)
class Forms:
    """Every form there is, by request type."""

    language: Language
    policy: str
    forms: tuple[FormListed, ...]


@dataclass(frozen=True, slots=True)
class AnswersSoFar:
    """What is known of an intake so far: the answers, and what else a condition may look at."""

    answers: Mapping[str, Answer] = field(default_factory=dict[str, Answer])
    channel: str | None = None
    region: str | None = None
    language: Language | None = None
    severity: Severity = "other"
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PromptStanding:
    """Whether a question is asked (null: it cannot be told yet), was answered, and is still missing."""

    field: str
    asked: bool | None
    answered: bool
    missing: bool


@dataclass(frozen=True, slots=True)
class WrongAnswer:
    """An answer that cannot be taken, and what it must be."""

    field: str
    detail: str


@dataclass(frozen=True, slots=True)
class FormChecked:
    """How the answers so far stand; `next` is the first question that must still be answered."""

    request_type: str
    language: Language
    policy: str
    complete: bool
    next: str | None
    missing: tuple[str, ...]
    wrong: tuple[WrongAnswer, ...]
    prompts: tuple[PromptStanding, ...]


def forms(version: PolicyVersion, language: Language) -> Forms:
    """Every request type with its form."""
    policy = version.policy
    listed = tuple(
        FormListed(
            code,
            kind.say(language),
            _programme(policy, kind, language),
            len(asked_by(policy, kind)),
        )
        for code, kind in sorted(policy.types.items())
    )
    return Forms(language, version.digest, listed)


def form(version: PolicyVersion, request_type: str, language: Language) -> Form | None:
    """The form of a request type; None if the policy has no such type."""
    policy = version.policy
    kind = policy.types.get(request_type)
    if kind is None:
        return None
    prompts = tuple(_prompt(version, kind, code, language) for code in asked_by(policy, kind))
    programme = _programme(policy, kind, language)
    return Form(request_type, kind.say(language), programme, language, version.digest, prompts)


def form_checked(
    version: PolicyVersion,
    request_type: str,
    so_far: AnswersSoFar,
    *,
    at: datetime,
    language: Language,
) -> FormChecked | None:
    """How the answers so far stand, as they would be taken at an instant; None if the policy has no such type."""
    policy = version.policy
    kind = policy.types.get(request_type)
    if kind is None:
        return None
    _refuse_unknown(policy, so_far)
    asked = asked_by(policy, kind)
    wrong = tuple(
        WrongAnswer(code, detail)
        for code, answer in given_answers(so_far.answers).items()
        if (detail := _wrong(version, asked, code, answer, at, language)) is not None
    )
    refused = {each.field for each in wrong}
    given = {
        code: answer
        for code, answer in given_answers(so_far.answers).items()
        if code not in refused and answer is not None
    }
    answered = frozenset(answered_fields(given))
    facts = _facts(policy, request_type, so_far, given)
    missing = wanting(version.compiled, facts, answered)
    standing = tuple(
        PromptStanding(
            code, is_asked(version.compiled, code, facts), code in answered, code in missing
        )
        for code in asked
    )
    return FormChecked(
        request_type,
        language,
        version.digest,
        complete=not missing and not wrong,
        next=next((code for code in asked if code in missing), None),
        missing=missing,
        wrong=wrong,
        prompts=standing,
    )


def _prompt(version: PolicyVersion, kind: RequestType, code: str, language: Language) -> Prompt:
    policy = version.policy
    asked = policy.fields[code]
    group = next((each for each in kind.one_of if code in each), ())
    condition = version.compiled.field_conditions.get(code)
    return Prompt(
        field=code,
        prompt=asked.say(language),
        help=asked.help.say(language) if asked.help else None,
        why=asked.why.say(language) if asked.why else None,
        kind=asked.kind,
        currency=policy.office.currency if asked.kind == "money" else None,
        personal=asked.tier == "personal",
        choices=tuple(Choice(each, words.say(language)) for each, words in asked.choices.items()),
        need=_need(policy, kind, code),
        one_of=group,
        when=asked.when.model_dump(mode="json", exclude_defaults=True) if asked.when else None,
        depends_on=condition.facts() if condition is not None else (),
    )


def _need(policy: Policy, kind: RequestType, code: str) -> Need:
    if code in kind.required or code in policy.office.asks:
        return "required"
    return "one_of" if any(code in group for group in kind.one_of) else "optional"


def _programme(policy: Policy, kind: RequestType, language: Language) -> str:
    return policy.programmes[kind.programme].say(language)


def _refuse_unknown(policy: Policy, so_far: AnswersSoFar) -> None:
    for what, code, known in (
        ("a channel", so_far.channel, policy.channels),
        ("a region", so_far.region, policy.regions),
        *(("a flag", flag, policy.flags) for flag in so_far.flags),
    ):
        if code is not None and code not in known:
            raise InvalidCommand(not_one_of(what, code, known))


def _facts(
    policy: Policy, request_type: str, so_far: AnswersSoFar, given: Mapping[str, Answer]
) -> RoutingFacts:
    """What conditions may look at of an intake that is not a case yet, as opening the case will have it."""
    return RoutingFacts(
        type=request_type,
        region=so_far.region,
        channel=so_far.channel,
        language=so_far.language or language_answered(policy, given),
        interview_language=Spoken().told_by(policy, given).interview_language,
        severity=so_far.severity,
        flags=frozenset({*so_far.flags, *flags_raised(policy, given)}),
        answers=office_answers(policy, given),
    )


def _wrong(
    version: PolicyVersion,
    asked: tuple[str, ...],
    code: str,
    answer: Answer,
    at: datetime,
    language: Language,
) -> str | None:
    if code not in asked:
        return NOT_ASKED.say(language)
    question = version.policy.fields[code]
    if answer is None or unfit(question, answer, day_here=lambda: local_date(version, at)) is None:
        return None
    return _wanted(question, language) if unfit(question, answer) else HAS_BEEN.say(language)


def _wanted(asked: AskedField, language: Language) -> str:
    choices = ", ".join(f"{code} ({words.say(language)})" for code, words in asked.choices.items())
    return WANTED[asked.kind].say(language).replace("{choices}", choices)
