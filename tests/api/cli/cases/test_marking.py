"""Every personal text of a command asked of a case takes passages about other parties, or stands here with why not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args, get_origin

import pytest

import ledger.service
from api.verbs import VERBS, Verb
from ledger.case.in_words import texts_of
from ledger.commands import CaseCommand
from ledger.facts import ANSWERS, topics
from tests.api.command_line import CommandLine

assert ledger.service.KINDS, "importing the service registers every topic"

CODE = "a code of the policy, office tier"
DIGEST = "a digest, which is of one thing"
UNMARKED: Mapping[tuple[str, str], str] = {
    ("adjudicate", "reason"): CODE,
    (
        "correct",
        "values",
    ): "what several fields should have said, sealed as one value and not word by word",
    ("decide-return", "reason"): CODE,
    ("decline", "reason"): CODE,
    ("escalate", "reason"): CODE,
    ("extend", "reason"): CODE,
    ("external-id", "external_id"): "another system's number of the matter",
    ("external-id", "source"): "what system or office that is, in clear",
    ("give-back", "reason"): CODE,
    ("item", "digest"): DIGEST,
    ("received-there", "their_reference"): "another body's number of the matter",
    ("reopen", "reason"): CODE,
    ("return", "reason"): CODE,
    ("skip", "reason"): CODE,
    ("transfer", "reason"): CODE,
    ("transfer", "handover_digest"): DIGEST,
    ("wait", "reason"): CODE,
}
NOT_OF_A_CASE = {
    "ledger.case.intake.opening": "nobody but the requester is of a case before it is there",
    "ledger.case.outcome.review": "nobody but the requester is of a case before it is there",
    "ledger.registers.flow": "about a team's work",
    "ledger.registers.inquiries": "the correspondence with another office, under the inquiry's own key",
    "ledger.registers.keeping": "why something goes or stays, in a stream that no person's key reaches",
    "ledger.registers.people": "about the one person whose record it is",
    "ledger.registers.tray": "mail of machines, of no case yet",
}
"""Where texts are sealed that are of no case, whose parties a passage could be about, by module or register."""
SEALED = {name for kind in topics().values() for name, _ in kind.plan.personal} | {ANSWERS}


def is_text(annotation: Any) -> bool:
    """Whether a field takes text, by name or as one."""
    if annotation is str:
        return True
    origin = get_origin(annotation)
    if origin is not None and isinstance(origin, type) and issubclass(origin, tuple):
        return False
    return any(is_text(part) for part in get_args(annotation))


def texts(verb: Verb) -> set[str]:
    """The fields of a verb that are texts and sealed in some fact."""
    fields = verb.asked_for
    return {name for name in SEALED & fields.keys() if is_text(fields[name].annotation)}


@pytest.mark.parametrize(
    "name", sorted(name for name, each in VERBS.items() if issubclass(each.command, CaseCommand))
)
def test_every_personal_text_of_a_case_takes_passages_or_says_why_not(name: str) -> None:
    verb = VERBS[name]
    without = texts(verb) - {*verb.marked}
    assert without == {field for command, field in UNMARKED if command == name}
    assert not texts_of(verb.command) or "passages" in verb.asked_for


def test_texts_that_are_of_no_case_are_told_with_what_they_are() -> None:
    found = {
        each.command.__module__
        for each in VERBS.values()
        if not issubclass(each.command, CaseCommand) and texts(each)
    }
    assert {_room(each) for each in found} == NOT_OF_A_CASE.keys()


def _room(module: str) -> str:
    """The module; of a register of several modules the register."""
    return ".".join(module.split(".")[:3]) if module.startswith("ledger.registers.") else module


def test_a_mark_where_nobody_can_be_meant_is_refused_and_not_recorded_as_it_stands(
    office: CommandLine,
) -> None:
    said = ("--answer", "description=[[witness|Bob]] saw it", "--as", "I-02")
    refused = office("open", "phone", "--request-type", "GEN-ENQ", *said)
    assert (refused.code, len(refused.sentences)) == (2, 1)
    assert "--answer description: words about another party cannot be marked here" in refused.err
