"""What is typed, in the kind that its field has: digits are a number or a text, and yes is a yes or a word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from pydantic import ValidationError

from api.verbs import Around
from ledger.case.corrections import fields_of
from ledger.case.known.answers import Answer, unfit
from ledger.errors import InvalidCommand
from ledger.facts import ANSWERS, Fact, topics
from ledger.ids import case_stream
from ledger.policy.document.conditions import FieldKind
from ledger.policy.document.policy import Policy
from ledger.policy.telling.money import AN_AMOUNT, cents_in, plainly

_DIGITS = 4_000
"""Of a number that is longer than this Python makes none, nor would an entry hold it."""


def answers_in_kind(given: Sequence[tuple[str, str]], policy: Policy) -> dict[str, Answer]:
    """Answers in the kind that their field has; what the policy does not know the ledger refuses."""
    answers: dict[str, Answer] = {}
    for name, said in given:
        kind = policy.fields[name].kind if name in policy.fields else "text"
        if kind == "money":
            answers[name] = _cents(name, said, policy, option="--answer")
            continue
        value = _plain(said) if kind in ("number", "yes_no") else said
        wanted = {"number": int, "yes_no": bool}.get(kind, str)
        if type(value) is not wanted:
            ask = "a whole number" if kind == "number" else "yes or no"
            raise InvalidCommand(f"--answer {name}={said}: this field takes {ask}.")
        answers[name] = value
    return answers


def _cents(name: str, said: str, policy: Policy, *, option: str) -> int:
    """The cents in an amount that was typed."""
    cents = cents_in(said, policy.office.currency)
    if cents is None:
        raise InvalidCommand(f"{option} {name}={said}: this field takes {AN_AMOUNT}.")
    return cents


def typed(answer: Answer, *, of: FieldKind) -> str:
    """An answer as it is typed: what `answers_in_kind` reads again."""
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return plainly(answer) if of == "money" and isinstance(answer, int) else str(answer)


def corrected_in_kind(
    given: Sequence[tuple[str, str]], around: Around, *, of: Mapping[str, Any]
) -> dict[str, Answer]:
    """What a correction says of each field of its entry; the words themselves where no number or yes fits."""
    stream = case_stream(around.ledger.find_case(of["case_id"]))
    kind = _corrected(around, stream, of["corrects"])
    return {name: _of_field(name, said, kind, around.policy) for name, said in given}


def _corrected(around: Around, stream: str, entry: int) -> type[Fact] | None:
    """The kind of the entry of this number; None where there is none."""
    read = around.ledger.read(stream, upto_version=entry) if entry > 0 else []
    return topics()[read[-1].entry.topic] if read and len(read) == entry else None


def _of_field(name: str, said: str, kind: type[Fact] | None, policy: Policy) -> Answer:
    plain, answer = _plain(said), name.removeprefix(f"{ANSWERS}.")
    asked = policy.fields.get(answer) if kind and kind.plan.answers and answer != name else None
    if asked is not None and asked.kind == "money" and plain is not None:
        return _cents(name, said, policy, option="--value")
    if plain is None or isinstance(plain, str) or kind is None:
        return plain
    return (
        plain if _fits(name, plain, kind, policy) or not _fits(name, said, kind, policy) else said
    )


def _fits(name: str, value: Answer, kind: type[Fact], policy: Policy) -> bool:
    answer = name.removeprefix(f"{ANSWERS}.")
    if kind.plan.answers and answer != name:
        return answer in policy.fields and unfit(policy.fields[answer], value) is None
    if (field := fields_of(kind).get(name)) is None:
        return False
    try:
        field.validate_json(orjson.dumps(value), strict=True)
    except (ValidationError, TypeError):
        return False
    return True


def _plain(said: str) -> Answer:
    """A value as it was meant: yes and no, a whole number, nothing, else text."""
    known: dict[str, bool | None] = {
        "yes": True, "oui": True, "true": True, "no": False, "non": False, "false": False, "null": None
    }  # fmt: skip
    if said.lower() in known:
        return known[said.lower()]
    whole = said.removeprefix("-").isdecimal() and len(said) <= _DIGITS
    return int(said) if whole else said
