"""A clock that says before when something is not to be done is told as that: what was done too soon is not late."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from ledger.case.clocks.facts import ClockArmed, ClockStopped
from ledger.case.clocks.standing import deadlines
from ledger.facts import Fact
from ledger.policy.values import Language
from projections.fold.projection import changed as changed_row
from projections.fold.told import told
from projections.office.office_as_of import clock_status
from projections.rows.cases import CASES
from projections.rows.clocks import CLOCKS
from projections.sentences.by_topic import SENTENCES
from projections.sentences.clock import SENTENCES_BY_SENSE
from projections.sentences.wording import Wording
from tests.case.cases import POTHOLE
from tests.case.told import told_as_it_is
from tests.deciding import given_commands, office
from tests.policy.department import department

DAY = datetime(2026, 4, 29, 3, 0, tzinfo=UTC)
BEGAN = ClockArmed(
    clock="PUBLISH-14", generation=1, policy=None, started_at=datetime(2026, 4, 14, 12, 0, tzinfo=UTC),
    not_after_on=None, due_at=DAY, rungs=(), certificate={"sense": "not_before"},
)  # fmt: skip
TOO_EARLY = ClockStopped(
    clock="PUBLISH-14", generation=1, outcome="breached", due_at=DAY, cause="published"
)
IN_TIME = TOO_EARLY.model_copy(update={"outcome": "met"})
LATE = TOO_EARLY.model_copy(update={"clock": "DEC-20", "cause": "decision_given"})


@pytest.mark.parametrize(
    ("fact", "english", "french"),
    [
        (BEGAN, "not to be done before the end of 28 April 2026.", "à ne pas faire avant le 28 avril"),
        (TOO_EARLY, "ended: too early, by", "a pris fin : trop tôt, par"),
        (IN_TIME, "ended: in time, by", "a pris fin : à temps, par"),
        (LATE, "ended: late, by", "a pris fin : en retard, par"),
    ],
)  # fmt: skip
def test_it_is_told_before_when_and_what_was_done_sooner_is_too_early(
    fact: Fact, english: str, french: str
) -> None:
    policy = department()
    said: dict[Language, str] = {"en": english, "fr": french}
    for language, words in said.items():
        wording = Wording(language, policy, ZoneInfo("America/Halifax"))
        assert words in wording.sentence(fact)


@pytest.mark.parametrize("sense", SENTENCES_BY_SENSE)
def test_it_names_the_fields_that_the_sentence_of_any_clock_names(sense: str) -> None:
    pairs = [(own, SENTENCES[topic]) for topic, own in SENTENCES_BY_SENSE[sense].items()]
    said = [each for own, usual in pairs for each in ((own.en, usual.en), (own.fr, usual.fr))]
    for mine, theirs in said:
        assert {*re.findall(r"\{(\w+)", mine)} == {*re.findall(r"\{(\w+)", theirs)}


@pytest.mark.parametrize("sense", ["warning", "not_before"])
def test_a_case_is_dated_by_deadlines_alone_and_nothing_else_makes_it_overdue(sense: str) -> None:
    """A request that was not passed on within fifteen days stood first in every queue, as overdue since then."""

    def changed(document: dict[str, Any]) -> None:
        document["clocks"]["FIX-10"]["sense"] = sense

    after = datetime(2029, 1, 1, tzinfo=UTC)
    for policies, dates, stands in ((office(changed), False, "open"), (office(), True, "overdue")):
        history = given_commands(POTHOLE, policies=policies)
        entries = [told(entry) for entry in history.entries]
        (row,), clocks = CASES.after(entries), CLOCKS.after(entries)
        assert ("FIX-10" in {code for _, code in deadlines(history.state, policies)}) == dates
        assert [each.due_at is not None for each in row.clocks if each.code == "FIX-10"] == [dates]
        (clock,) = (each for each in clocks if each.clock == "FIX-10")
        assert clock_status(clock, after) == stands
        ended = clock_status(changed_row(clock, {"state": "breached"}), after)
        assert ended == ("ended_late" if dates else "ended_otherwise"), "too early, or a warning"
        told_as_it_is(history)
