"""Corrections: a new entry says what an earlier one should have said; nothing is edited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

import orjson
from pydantic import Field, TypeAdapter, ValidationError

from ledger.case.apart import keep_apart
from ledger.case.authority import refuse_machine, refuse_unauthorised
from ledger.case.in_words import InWords, Words
from ledger.case.known.answers import Answer, not_one_of, unfit
from ledger.case.known.approvals import Ground
from ledger.case.outcome.deciding import AmountDecided, DecisionRecorded
from ledger.case.outcome.review import ReviewRecorded
from ledger.case.state import Case, decides, evolves
from ledger.case.whom import local_date
from ledger.commands import Circumstances
from ledger.entry import Happened
from ledger.errors import InvalidCommand, Refusal
from ledger.facts import ANSWERS, Fact, PersonalText, PersonalValues, fact, topics
from ledger.input.fitting import first_of
from ledger.input.quoting import quoted

_STARTS = frozenset({"reached_body_at", "reached_office_at", "complete_at"})
"""Fields from which clocks are reckoned: to say what is right of them and move nothing would mislead."""
_DECIDED = (DecisionRecorded, AmountDecided, ReviewRecorded)
"""What only a person with the authority says."""
_OUTCOMES = frozenset(
    {"outcome", "amount_cents", "finding", "decision_id", "delegation", "decided_by", "decided_for"}
)
"""What was decided, and by whom under which authority."""


@fact
class EntryCorrected(Fact):
    """What an earlier entry of this case said was wrong: this says what is right. The earlier one stays."""

    corrects: int
    fields: tuple[str, ...]
    values: PersonalValues
    reason: PersonalText


class CorrectEntry(InWords):
    """Correct an earlier entry of a case, named by its version, by saying what its fields should have said."""

    corrects: int = Field(ge=1)
    values: dict[str, Answer]
    reason: Words = Field(min_length=1)


@decides(CorrectEntry)
def correct_entry(case: Case, asked: CorrectEntry, around: Circumstances) -> Sequence[Happened]:
    """A correction names an entry that is there, fields that it has, and values of their kind.

    Of a decision, only whoever could have decided says what its basis or its reasons should have been.
    """
    if asked.corrects > case.known().version:
        raise Refusal(
            f"The case has entries 1 to {case.version}, by their number within the case: name one of them.",
            rule="corrects-an-entry",
        )
    if not asked.values:
        raise InvalidCommand("Say what is right: name at least one field with its value.")
    if case.status == "open" and not _STARTS.isdisjoint(asked.values):
        raise Refusal(
            "When a request reached us or was complete moves its clocks: correct that by its own command, "
            "which restates them (`CorrectStart`).",
            rule="starts-restate-clocks",
        )
    kind = topics()[around.topic(asked.corrects)]
    if kind in _DECIDED:
        _refuse_deciding(case, asked, around)
    for name, value in asked.values.items():
        _refuse_unfit(kind, name, value, around)
    corrected = EntryCorrected(
        corrects=asked.corrects,
        fields=tuple(sorted(asked.values)),
        values=asked.values,
        reason=asked.reason,
    )
    return (around.happened(corrected),)


def _refuse_deciding(case: Case, asked: CorrectEntry, around: Circumstances) -> None:
    """Refuses what would decide the case anew, and whoever could not have decided it."""
    if not _OUTCOMES.isdisjoint(asked.values):
        raise Refusal(
            "What was decided is not corrected, since nothing would follow from it: record another decision in "
            "its place (`RecordDecision`), after opening the case again where this one was given.",
            rule="decided-anew",
        )
    refuse_machine(
        around, said="A machine corrects no decision: let a person with the authority do it."
    )
    decided = case.decided
    outcome = decided.outcome if decided is not None and case.review is None else None
    refuse_unauthorised(case, around, outcome=outcome, ground=Ground())


def _refuse_unfit(kind: type[Fact], name: str, value: Answer, around: Circumstances) -> None:
    """Refuses a field that entries of this topic do not have, and a value that is not of its kind."""
    answer = name.removeprefix(f"{ANSWERS}.")
    if kind.plan.answers and answer != name:
        version = around.policies.in_force(around.now)
        policy = version.policy
        if answer not in policy.fields:
            raise InvalidCommand(not_one_of("a field", answer, policy.fields))
        wanted = unfit(
            policy.fields[answer], value, day_here=lambda: local_date(version, around.now)
        )
        if value is not None and wanted is not None:
            raise InvalidCommand(
                f"The answer to {quoted(answer, otherwise='this')} must be {wanted}: say what is right."
            )
        return
    fields = fields_of(kind)
    if name not in fields:
        known = ", ".join((*fields, f"{ANSWERS}.NAME") if kind.plan.answers else fields)
        raise InvalidCommand(
            f"An entry {kind.topic} has no field {quoted(name, otherwise='so called')}; it has {known}."
        )
    try:
        fields[name].validate_json(orjson.dumps(value), strict=True)
    except ValidationError as error:
        _, said = first_of(error)
        raise InvalidCommand(
            f"The field {quoted(name, otherwise='that is named')} of an entry {kind.topic} cannot be that: it {said}."
        ) from error


@lru_cache(maxsize=256)
def fields_of(kind: type[Fact]) -> Mapping[str, TypeAdapter[Any]]:
    """What checks each field of a topic, by name."""
    return {
        name: TypeAdapter[Any](field.rebuild_annotation())
        for name, field in kind.model_fields.items()
        if name != ANSWERS
    }


@evolves(EntryCorrected)
def _corrected(case: Case, corrected: EntryCorrected, at: datetime) -> Case:
    return keep_apart(case, case.privileged.get(corrected.corrects))
