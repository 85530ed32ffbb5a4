"""People and severity: who is concerned in a case, in which role, and how severe the matter is found to be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ledger.case.intake.opening import CaseClassified
from ledger.case.intake.severity import AssessSeverity, SeverityAssessed
from ledger.case.people.concerned import (
    AddCaseParty,
    CasePartyAdded,
    CasePartyRemoved,
    RemoveCaseParty,
)
from ledger.commands import Command
from ledger.errors import CaseNotFound, InvalidCommand, PartyNotFound, UnlawfulTransition
from ledger.registers.people.party_state import Party
from tests.case.cases import ENQUIRY, POTHOLE, contact, resolve
from tests.case.writing import issue, writes
from tests.deciding import CASE_ID, given, given_commands, number, office, some

WITNESS = AddCaseParty(case_id=CASE_ID, party=number(7), role="witness")
ASKER = AddCaseParty(case_id=CASE_ID, party=number(8), role="requester")
GRAVE = AssessSeverity(
    case_id=CASE_ID, severity="harm_within_days", criterion="health", reason="She has no heating."
)


def test_somebody_is_concerned_in_a_case_in_a_role() -> None:
    given_commands(POTHOLE).when(WITNESS).then(
        CasePartyAdded(party=number(7), role="witness", reason=None)
    )
    given_commands(POTHOLE, WITNESS).when(WITNESS).nothing()
    given().when(WITNESS).refused(CaseNotFound)


@pytest.mark.parametrize(
    "named",
    [
        WITNESS,
        contact("inbound", party=number(7)),
        issue(recipient=number(7)),
    ],
)
def test_whoever_a_case_names_has_a_record_unless_they_stand_on_it_already(named: Command) -> None:
    """An id with a slip in it was taken for a person whom nobody could find, tell or ask by it."""
    opened = given_commands(POTHOLE, policies=office(writes))
    stranger = replace(opened, others={f"party/{number(7)}": None})
    stranger.when(named).refused(PartyNotFound, saying="record them first")
    stood_there = replace(stranger, state=opened.asked(WITNESS).state)
    assert stood_there.when(named).refused_by is None


def test_nobody_opens_a_case_for_somebody_without_a_record() -> None:
    nobody = replace(given(), others={f"party/{number(8)}": None})
    asked = ENQUIRY.model_copy(update={"requester": number(8)})
    nobody.when(asked).refused(PartyNotFound, saying="record them first")


def test_what_the_record_of_whoever_asks_holds_is_not_asked_of_them_again() -> None:
    """Name and e-mail stood on their record, and yet the case went on asking for both."""
    unnamed = {"language": "en", "description": "Help."}
    known = {f"party/{number(8)}": Party(recorded=True, given=frozenset({"contact", "name"}))}
    half = {f"party/{number(8)}": Party(recorded=True, given=frozenset({"name"}))}
    asked = ENQUIRY.model_copy(update={"requester": number(8), "answers": unnamed})
    assert replace(given(), others=known).asked(asked).state.complete_at is not None
    assert replace(given(), others=half).asked(asked).state.missing == {"contact"}
    later = replace(given(), others=known).asked(asked.model_copy(update={"requester": None}))
    assert later.state.missing == {"contact", "name"}
    joined = later.when(ASKER).then(some(CasePartyAdded), some(CaseClassified, missing=()))
    assert joined.state.complete_at is not None


def test_a_case_has_one_requester_at_a_time() -> None:
    asked = given_commands(POTHOLE, ASKER)
    assert asked.state.requester == number(8)
    other = ASKER.model_copy(update={"party": number(9)})
    asked.when(other).refused(UnlawfulTransition, rule="one-requester")
    gone = RemoveCaseParty(
        case_id=CASE_ID, party=number(8), role="requester", reason="He called for a neighbour."
    )
    after = asked.when(gone).then(
        CasePartyRemoved(party=number(8), role="requester", reason="He called for a neighbour.")
    )
    assert after.asked(other).state.requester == number(9)


def test_whoever_has_no_role_on_a_case_is_not_removed_from_it() -> None:
    gone = RemoveCaseParty(case_id=CASE_ID, party=number(7), role="witness", reason="Nobody.")
    given_commands(POTHOLE).when(gone).refused(UnlawfulTransition, rule="removes-a-party")


def test_severity_is_found_anew_by_a_written_criterion() -> None:
    assessed = (
        given_commands(POTHOLE)
        .when(GRAVE)
        .then(
            SeverityAssessed(
                severity="harm_within_days",
                criterion="health",
                before="other",
                urgency_stated=False,
                reason="She has no heating.",
            )
        )
    )
    assessed.when(GRAVE).nothing()


def test_what_the_requester_calls_urgent_is_kept_apart_from_what_was_found() -> None:
    urgent = GRAVE.model_copy(update={"urgency_stated": True})
    state = given_commands(ENQUIRY, GRAVE, urgent).state
    assert (state.severity, state.urgency_stated) == ("harm_within_days", True)


def test_severity_is_not_found_by_a_criterion_that_the_policy_does_not_know_nor_once_resolved() -> (
    None
):
    whim = GRAVE.model_copy(update={"criterion": "whim"})
    given_commands(POTHOLE).when(whim).refused(InvalidCommand, saying="'whim' is not a criterion")
    given_commands(POTHOLE, resolve()).when(GRAVE).refused(
        UnlawfulTransition, rule="resolved-is-closed"
    )
