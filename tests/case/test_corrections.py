"""Corrections: an entry says what an earlier one should have said, field by field, each of its kind."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from ledger.case.corrections import CorrectEntry, EntryCorrected, fields_of
from ledger.case.outcome.deciding import DecisionRecorded
from ledger.errors import CaseNotFound, InvalidCommand, NotAuthorised, Refusal
from ledger.facts import Fact, topics
from tests.case.cases import APPLICATION, ENQUIRY, POTHOLE, decide, resolve
from tests.deciding import (
    CASE_ID,
    DECIDER,
    INTAKE,
    MONDAY,
    ROADS,
    WATCH,
    by,
    given,
    given_commands,
    some,
)
from tests.golden.examples import examples

TUESDAY = MONDAY + timedelta(days=1)
RESOLVED = (POTHOLE, by(INTAKE, resolve(), at=TUESDAY))


def correct(version: int = 1, **values: Any) -> CorrectEntry:
    told = values or {"channel": "desk"}
    return CorrectEntry(case_id=CASE_ID, corrects=version, values=told, reason="Misread.")


def test_a_correction_names_the_entry_and_says_what_is_right() -> None:
    before = given_commands(ENQUIRY)
    after = before.when(correct(language="fr", channel="desk"), at=TUESDAY).then(
        EntryCorrected(
            corrects=1,
            fields=("channel", "language"),
            values={"channel": "desk", "language": "fr"},
            reason="Misread.",
        )
    )
    assert after.state.channel == "phone"
    assert after.state.version == before.state.version + 1


def test_a_correction_of_an_entry_that_is_not_there_is_refused() -> None:
    given_commands(ENQUIRY).when(correct(5)).refused(
        Refusal,
        saying="The case has entries 1 to 4, by their number within the case",
        rule="corrects-an-entry",
    )
    given().when(correct()).refused(CaseNotFound)


def test_a_correction_says_at_least_one_thing() -> None:
    asked = correct().model_copy(update={"values": {}})
    given_commands(ENQUIRY).when(asked).refused(InvalidCommand, saying="at least one field")


def test_a_resolved_case_can_be_corrected_and_a_correction_too() -> None:
    after = given_commands(*RESOLVED, correct()).when(correct(5, outcome="breached"))
    before = after.then(some(EntryCorrected, corrects=5))
    before.when(correct(6, reason="Seen twice.")).then(some(EntryCorrected, corrects=6))


def test_a_correction_names_an_entry_from_one_on_and_gives_its_reason() -> None:
    for wrong in ({"corrects": 0}, {"reason": ""}, {"values": {"points": 1.5}}):
        with pytest.raises(ValidationError):
            CorrectEntry.model_validate({**correct().model_dump(), **wrong})


def test_of_a_decision_only_whoever_could_have_decided_says_what_its_reasons_should_have_been() -> (
    None
):
    """An intake officer put another section, and another outcome, beside the decision of a delegate."""
    before = given_commands(APPLICATION, by(DECIDER, decide()))
    kinds = [type(each.fact) for each in before.happened]
    decided = kinds.index(DecisionRecorded) + 1
    basis = correct(decided, legal_basis="s. 5(1)")
    for nobody in (ROADS, WATCH):
        before.when(basis, actor=nobody).refused(NotAuthorised)
    before.when(basis, actor=DECIDER).then(some(EntryCorrected, fields=("legal_basis",)))
    before.when(correct(decided, outcome="refused"), actor=DECIDER).refused(
        Refusal, saying="record another decision", rule="decided-anew"
    )


def test_a_correction_names_fields_that_the_entry_has() -> None:
    given_commands(ENQUIRY).when(correct(chanel="desk")).refused(
        InvalidCommand,
        saying="An entry CaseOpened has no field 'chanel'; it has reference, channel",
    )


@pytest.mark.parametrize(
    ("wrong", "saying"),
    [
        ({"urgency_stated": "yes"}, "must be yes or no"),
        ({"effort_points": "3"}, "must be a whole number"),
        ({"severity": "dire"}, "must be one of immediate_danger"),
        ({"requester": "Ada"}, "must be a UUID"),
        ({"flags": "adjustment"}, "must be a list"),
        ({"channel": None}, "must be a text"),
        ({"answers.danger_now": "yes"}, "The answer to 'danger_now' must be yes or no"),
        ({"answers.shoe_size": 43}, "'shoe_size' is not a field"),
    ],
)
def test_a_correction_is_of_the_field_s_own_kind(wrong: dict[str, Any], saying: str) -> None:
    given_commands(ENQUIRY).when(correct(**wrong)).refused(InvalidCommand, saying=saying)


@pytest.mark.parametrize(
    "right",
    [
        {"urgency_stated": True},
        {"effort_points": 3},
        {"severity": "other"},
        {"requester": "0197a000-0000-7000-8000-0000000000aa"},
        {"language": None},
        {"external_id": "Mail 7"},
        {"answers.danger_now": False},
        {"answers.name": "Ada Lind"},
        {"answers.name": None},
    ],
)
def test_what_fits_the_field_is_recorded(right: dict[str, Any]) -> None:
    given_commands(ENQUIRY).when(correct(**right)).then(some(EntryCorrected, values=right))


def test_when_a_request_reached_us_is_corrected_so_that_its_clocks_move() -> None:
    """It was recorded that a request had come a month before, and every due date stayed as it was."""
    came = correct(reached_body_at="2026-02-01T09:00:00-04:00")
    given_commands(ENQUIRY).when(came).refused(saying="CorrectStart", rule="starts-restate-clocks")
    closed = given_commands(ENQUIRY, resolve())
    closed.when(came).then(some(EntryCorrected, fields=("reached_body_at",)))
    closed.when(correct(reached_body_at="yesterday")).refused(
        InvalidCommand, saying="must be an instant with its offset"
    )


@pytest.mark.parametrize("topic", sorted(topics()))
def test_every_field_of_every_topic_can_be_checked(topic: str) -> None:
    """Whatever an entry says can be said of it again."""
    fact: Fact = examples()[topic]
    for name, adapter in fields_of(type(fact)).items():
        said = adapter.dump_json(getattr(fact, name))
        assert adapter.validate_json(said, strict=True) == getattr(fact, name)
