"""What is kept for ever in clear: whoever is meant stands there by a code; of words whoever gives them is told so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, get_args, get_origin

import pytest
from pydantic.fields import FieldInfo
from pydantic.types import StringConstraints

from api.verbs import VERBS, Verb
from api.verbs.disclosures import DISCLOSING
from api.verbs.field_words import said_of
from ledger.facts import Fact, topics
from ledger.input.in_clear import is_in_clear
from tests.api.command_line import CommandLine

BY_POLICY = {
    "approved_by", "channel", "channels", "check", "clock", "confirmed", "criterion", "fields", "flag", "flags",
    "kinds", "member", "milestone", "outcome", "owner", "party", "reason", "region", "request_type",
    "severity_criterion", "skill", "substitute", "successor", "team", "template", "to_owner", "to_team", "topics",
}  # fmt: skip
"""Fields whose values a decision looks for in the policy or on the case, and refuses otherwise."""
TOLD_ELSEWHERE = {
    "authority": "of an extension as the clock of the policy names it",
    "media_type": "what kind of file it is, as mail says it too",
    "answers": "the policy says which of its fields are kept in clear",
}
ITEM = ("item", "--digest", "0" * 64, "--media-type", "image/png", "--size-bytes", "1")


def test_what_is_given_as_words_and_never_erased_says_so_to_whoever_gives_it() -> None:
    silent = {
        f"{name}: {field}"
        for name, verb in {**VERBS, **DISCLOSING}.items()
        for field, asked in in_office_slots(verb)
        if is_text(asked.annotation) and not (is_held(asked) or is_in_clear(asked))
        if field not in BY_POLICY | TOLD_ELSEWHERE.keys()
    }
    assert silent == set()
    (legal_basis,) = (VERBS["decide"].asked_for[each] for each in ("legal_basis",))
    said = said_of("legal_basis", {}, legal_basis)
    assert said.endswith("Kept for ever in clear: name nobody.")


def in_office_slots(verb: Verb) -> Iterator[tuple[str, FieldInfo]]:
    """The fields of a verb that a fact of the same chapter keeps in an office slot."""
    facts = [each for each in topics().values() if each.__module__ == verb.command.__module__]
    for name, asked in verb.asked_for.items():
        if any(name in kept_in_clear(each) for each in facts):
            yield name, asked


def kept_in_clear(kind: type[Fact]) -> set[str]:
    return {*kind.model_fields} - {name for name, _ in kind.plan.personal}


def is_text(annotation: object) -> bool:
    """Whether texts may be given, alone or several of them."""
    if get_origin(annotation) is Literal:
        return False
    return annotation is str or any(map(is_text, get_args(annotation)))


def is_held(asked: FieldInfo) -> bool:
    """Whether a pattern says how it is written."""
    return any(
        isinstance(each, StringConstraints) and each.pattern is not None
        for each in (*asked.metadata, *parts_of(asked.annotation))
    )


def parts_of(annotation: object) -> Iterator[object]:
    yield annotation
    for each in get_args(annotation):
        yield from parts_of(each)


@pytest.mark.parametrize("custodian", ["Ann Smith", "ann@example.org", "", "Dépôt"])
def test_who_keeps_a_document_is_said_by_a_code_and_no_name(
    office: CommandLine, custodian: str
) -> None:
    case = office.asked("open", "phone", "--as", "I-02")["reference"]
    kept = ("--place-kept", "Shelf 4", "--as", "I-02")
    said = office(ITEM[0], case, *ITEM[1:], "--custodian", custodian, *kept)
    assert (said.code, len(said.sentences)) == (2, 1)
    assert "must be a code and no name" in said.err
    office.done(ITEM[0], case, *ITEM[1:], "--custodian", "INT", *kept)
