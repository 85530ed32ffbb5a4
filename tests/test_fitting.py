"""What does not fit a field is said in our words: every kind of field of every command is sent what it is not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import ValidationError

from api.channels.mapping import Mapping
from api.http.bodies import body_of
from api.verbs import VERBS
from api.webhooks.bodies import AddressBody, SubscriptionBody
from ledger.input.fitting import SENTENCES, WRITTEN_AS, first_of, said_in_french, said_of
from ledger.policy.document.policy import Policy

UNFIT: tuple[Any, ...] = (
    None, True, 7, -1, 2**70, 0.5, "", "x", "x" * 5_000, "2026-13-45", "2026-03-02T09:30:00", [], ["x"],
    [[]], {}, {"x": []}, [{"x": 1}],
)  # fmt: skip


def errors_of_bodies() -> Iterator[dict[str, Any]]:
    """Whatever a library says of each field of each command, of values that do not fit."""
    for verb in VERBS.values():
        model = body_of(verb, in_path=frozenset())
        for name in (*model.model_fields, "no_such_field"):
            for value in UNFIT:
                try:
                    model.model_validate({name: value})
                except ValidationError as error:
                    yield from (dict(each) for each in error.errors(include_url=False))


def test_whatever_is_sent_in_a_field_our_own_sentence_says_what_it_takes() -> None:
    kinds: set[str] = set()
    for each in errors_of_bodies():
        kinds.add(each["type"])
        english, french = said_of(each), said_in_french(each)
        assert "Input" not in english
        assert "{" not in english
        assert french is not None or each["type"] == "value_error"
    unknown = kinds - SENTENCES.keys() - {"value_error"}
    assert not unknown, f"say in `fitting` what is to be done about {sorted(unknown)}"
    assert len(kinds) > 12


def patterns_in(described: Any) -> Iterator[str]:
    """Each pattern that a description holds its texts to."""
    match described:
        case dict():
            for name, each in described.items():
                if name == "pattern" and isinstance(each, str):
                    yield each
                else:
                    yield from patterns_in(each)
        case list():
            for each in described:
                yield from patterns_in(each)
        case _:
            pass


def test_whoever_does_not_fit_a_pattern_is_told_in_words_how_it_is_written() -> None:
    commands = [verb.command for verb in VERBS.values()]
    models = [*commands, SubscriptionBody, AddressBody, Policy, Mapping]
    patterns = {each for model in models for each in patterns_in(model.model_json_schema())}
    assert patterns == WRITTEN_AS.keys(), "say in `fitting` how what has a pattern is written"
    for pattern in patterns:
        wrong = {"type": "string_pattern_mismatch", "ctx": {"pattern": pattern}}
        assert pattern not in said_of(wrong) + str(said_in_french(wrong))
        assert said_of(wrong).startswith("must be ")


def test_the_first_field_is_named_by_its_steps() -> None:
    model = body_of(VERBS["open"], in_path=frozenset())
    with pytest.raises(ValidationError) as refused:
        model.model_validate({"channel": "phone", "request_type": 7})
    assert first_of(refused.value) == ("request_type", "must be a text")
