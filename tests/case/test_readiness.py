"""Readiness: a case reaches its decider complete, checked and marked ready; who overrode what is recorded."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ledger.case.clocks.facts import ClockArmed
from ledger.case.intake.information import InformationReceived, ReceiveInformation
from ledger.case.intake.needs import ConfirmNeed, NeedMet
from ledger.case.intake.opening import CaseClassified
from ledger.case.outcome.deciding import DecisionRecorded
from ledger.case.outcome.readiness import (
    CaseMarkedReady,
    MarkReady,
    OverrideReadiness,
    ReadinessOverridden,
)
from ledger.case.outcome.reopening import ReopenCase
from ledger.errors import CaseNotFound, InvalidCommand, NotAuthorised, Refusal, UnlawfulTransition
from projections.one_case.briefs import brief_of
from tests.case.cases import (
    APPLICATION,
    ENQUIRY,
    INCOMPLETE,
    ITEM,
    THE_REST,
    UNSORTED,
    decide,
    resolve,
)
from tests.deciding import (
    CASE_ID,
    DECIDER,
    INCOME,
    INTAKE,
    MONDAY,
    WATCH,
    by,
    given,
    given_commands,
    office,
    some,
)

DAY = timedelta(days=1)
CHECKS: list[dict[str, Any]] = [
    {"code": "dated", "en": "Dated", "fr": "Daté", "fields": ["since_when"]},
    {
        "code": "small",
        "en": "A household",
        "fr": "Un ménage",
        "when": {"answers": {"household_size": {"at_least": 1}}},
    },
    {"code": "evidence", "en": "Evidence of income", "fr": "Preuve de revenu", "items": 1},
    {"code": "heard", "en": "She was heard", "fr": "Elle a été entendue", "confirmed": True},
]
READY = MarkReady(case_id=CASE_ID, confirmed=("heard",))
DATED = ReceiveInformation(case_id=CASE_ID, channel="phone", answers={"since_when": "2026-01-05"})
PREPARED = (APPLICATION, DATED, ITEM)
AGAIN = ReopenCase(case_id=CASE_ID, reason="new-facts", clock_policy="resume")
IDENTITY = ConfirmNeed(case_id=CASE_ID, need="identity", words="Passport seen.")


def checked(document: dict[str, Any]) -> None:
    document["types"]["INC-APP"]["checklist"] = CHECKS


def identified(document: dict[str, Any]) -> None:
    document["types"]["INC-APP"]["complete_needs"] = ["identity", "particulars"]


OFFICE = office(checked)


def prepared(*asked: Any) -> Any:
    return given_commands(*(asked or PREPARED), policies=OFFICE)


def override(check: str = "evidence") -> OverrideReadiness:
    return OverrideReadiness(case_id=CASE_ID, check=check, reason="Urgent; on file elsewhere.")


# The checklist


def test_a_case_is_marked_ready_when_its_checklist_is_met() -> None:
    prepared().when(READY, actor=INCOME).then(
        CaseMarkedReady(
            met=("complete", "dated", "small", "evidence", "heard"),
            confirmed=("heard",),
            overridden=(),
        )
    )


def test_a_case_whose_checklist_is_not_met_is_not_ready() -> None:
    prepared(APPLICATION).when(READY).refused(
        Refusal, saying="not ready (dated, evidence)", rule="ready-when-met"
    )
    prepared().when(MarkReady(case_id=CASE_ID)).refused(Refusal, saying="(heard)")
    prepared(INCOMPLETE).when(READY).refused(Refusal, saying="(complete, dated, small, evidence)")


def test_a_case_is_marked_ready_once() -> None:
    before = prepared(*PREPARED, by(INCOME, READY))
    before.when(READY, actor=INCOME, at=MONDAY + DAY).nothing()
    before.when(MarkReady(case_id=CASE_ID), at=MONDAY + DAY).nothing()


def test_a_person_finds_a_case_ready_and_confirms_only_what_is_asked() -> None:
    prepared().when(READY, actor=WATCH).refused(NotAuthorised, saying="let a person do it")
    strange = MarkReady(case_id=CASE_ID, confirmed=("evidence",))
    prepared().when(strange).refused(InvalidCommand, saying="there is heard")
    prepared(UNSORTED).when(READY).refused(Refusal, rule="decided-when-classified")
    prepared(*PREPARED, resolve("withdrawn")).when(READY).refused(UnlawfulTransition)
    given().when(READY).refused(CaseNotFound)


def test_an_unready_case_is_not_decided_and_a_ready_one_is() -> None:
    prepared(APPLICATION).when(decide(), actor=DECIDER).refused(
        Refusal, saying="(dated, evidence, heard)", rule="ready-before-decision"
    )
    ready = prepared(*PREPARED, by(INCOME, READY))
    assert isinstance(ready.when(decide(), actor=DECIDER).happened[0].fact, DecisionRecorded)


def test_what_nobody_marked_ready_is_not_decided_though_every_check_holds() -> None:
    before = prepared(*PREPARED, override("heard"))
    before.when(decide(), actor=DECIDER).refused(Refusal, saying="mark it ready first")


def test_a_check_is_overridden_with_its_reason_and_the_case_is_then_decided() -> None:
    prepared(APPLICATION).when(override(), actor=INCOME).then(
        ReadinessOverridden(check="evidence", reason="Urgent; on file elsewhere.")
    )
    before = prepared(APPLICATION, DATED, override())
    before.when(override()).nothing()
    marked = before.when(READY).then(some(CaseMarkedReady, overridden=("evidence",)))
    assert marked.when(decide(), actor=DECIDER).happened
    every = [override(each) for each in ("complete", "dated", "small", "evidence", "heard")]
    assert prepared(APPLICATION, *every).when(decide(), actor=DECIDER).happened


def test_only_a_check_of_the_type_is_overridden_and_by_a_person() -> None:
    prepared().when(override("weather")).refused(InvalidCommand, saying="it has complete, dated")
    prepared().when(override(), actor=WATCH).refused(NotAuthorised)
    prepared(ENQUIRY).when(override()).refused(InvalidCommand, saying="it has none")


def test_what_was_found_before_a_case_came_back_is_found_again() -> None:
    before = prepared(*PREPARED, READY, resolve("withdrawn"), AGAIN)
    before.when(decide(), actor=DECIDER).refused(Refusal, saying="(heard)")


def test_a_type_without_a_checklist_is_decided_as_it_comes() -> None:
    assert given_commands(INCOMPLETE).when(decide(), actor=DECIDER).happened
    given_commands(ENQUIRY).when(MarkReady(case_id=CASE_ID)).then(
        CaseMarkedReady(met=(), confirmed=(), overridden=())
    )


# Needs


def test_a_request_is_complete_with_the_last_of_its_needs_and_the_clock_of_the_decision_begins() -> (
    None
):
    before = given_commands(APPLICATION, policies=office(identified))
    assert before.state.complete_at is None
    assert "DEC-15" not in before.state.clocks
    before.when(IDENTITY, at=MONDAY + DAY).then(
        NeedMet(need="identity", complete_at=MONDAY + DAY, words="Passport seen."),
        some(ClockArmed, clock="DEC-15", started_at=MONDAY + DAY),
    )


def test_a_need_that_was_met_before_the_fields_came_makes_the_request_complete_with_them() -> None:
    before = given_commands(INCOMPLETE, IDENTITY, policies=office(identified))
    assert before.state.complete_at is None
    rest = ReceiveInformation(case_id=CASE_ID, channel="phone", answers=THE_REST)
    before.when(rest, at=MONDAY + DAY).then(
        some(InformationReceived, complete_at=MONDAY + DAY),
        some(CaseClassified, language="en", complete_at=MONDAY + DAY),
        some(ClockArmed, clock="DEC-15", started_at=MONDAY + DAY),
    )


def test_a_need_is_met_with_what_comes_in() -> None:
    before = given_commands(INCOMPLETE, policies=office(identified))
    rest = ReceiveInformation(
        case_id=CASE_ID, channel="phone", answers=THE_REST, needs=("identity",)
    )
    before.when(rest, at=MONDAY + DAY).then(
        some(NeedMet, need="identity", complete_at=None),
        some(InformationReceived, complete_at=MONDAY + DAY),
        some(CaseClassified, language="en", complete_at=MONDAY + DAY),
        some(ClockArmed, clock="DEC-15"),
    )


def test_a_need_is_met_once() -> None:
    before = given_commands(APPLICATION, IDENTITY, policies=office(identified))
    before.when(IDENTITY, at=MONDAY + DAY).nothing()
    given().when(IDENTITY).refused(CaseNotFound)


# Steps that are a person's


def test_where_a_person_confirms_no_machine_closes_the_case() -> None:
    def confirmed(document: dict[str, Any]) -> None:
        document["types"]["GEN-ENQ"]["person_confirms"] = True

    given_commands(ENQUIRY, policies=office(confirmed)).when(
        resolve("lapsed"), actor=WATCH
    ).refused(NotAuthorised, saying="let a person do it")
    assert given_commands(ENQUIRY).when(resolve("lapsed"), actor=WATCH).happened


# The brief


def lines(*asked: Any, language: Any = "en") -> dict[str, dict[str, str]]:
    brief = brief_of(
        prepared(*asked).entries, OFFICE.versions[0], at=MONDAY + DAY, language=language
    )
    return {each.code: {line.name: line.said for line in each.lines} for each in brief.sections}


def test_the_brief_says_on_one_page_what_the_decider_must_know() -> None:
    told = lines(*PREPARED, by(INCOME, override("evidence")), by(INCOME, READY))
    assert told["case"]["type"] == "Income assistance application"
    assert told["facts"]["How many people live with you?"] == "3"
    assert told["facts"]["Full name"] == "Ada Doucet"
    assert told["evidence"] == {
        "Her first message": "message/rfc822, 2 pages; Intake, Mail archive"
    }
    assert told["clocks"]["Decide"] == "running, due the end of 23 March 2026"
    assert told["checklist"]["Dated (dated)"] == "met"
    assert told["checklist"]["Evidence of income (evidence)"].startswith("overridden (N-02")
    assert told["checklist"]["marked ready"].startswith("N-02")
    assert told["decision"]["may decide"].endswith("(DEL-INC-2026)")


def test_the_brief_of_a_resolved_case_says_what_was_found_before_it_was_decided() -> None:
    found = (*PREPARED, by(INCOME, override("evidence")), by(INCOME, READY))
    told = lines(*found, resolve("withdrawn"))
    assert told["checklist"] == lines(*found)["checklist"]
    assert told["checklist"]["She was heard (heard)"] == "met"


def test_the_brief_of_a_case_that_came_back_says_that_nobody_has_found_it_ready_again() -> None:
    told = lines(*PREPARED, by(INCOME, READY), resolve("withdrawn"), AGAIN)
    assert told["checklist"]["She was heard (heard)"] == "not met"
    assert "marked ready" not in told["checklist"]


def test_the_brief_is_said_in_french_too() -> None:
    told = lines(APPLICATION, by(INTAKE, ITEM), language="fr")
    assert told["checklist"]["Daté (dated)"] == "non satisfait"
    assert told["contacts"] == {"": "néant"}
