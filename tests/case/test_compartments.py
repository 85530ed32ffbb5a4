"""Compartments: what lies in one is kept from the other casework, whoever hands it on."""

from __future__ import annotations

from typing import Any

from ledger.case.custody.confirming import ConfirmRouting, RoutingConfirmed
from ledger.case.custody.returning import ReturnCase
from ledger.case.custody.transfers import CaseTransferred
from ledger.case.intake.opening import ClassifyCase
from tests.case.cases import POTHOLE, transfer
from tests.deciding import CASE_ID, INTAKE, ROADS, by, given_commands, office, some

ANOTHER = ClassifyCase(case_id=CASE_ID, request_type="INC-CHG")


def apart(document: dict[str, Any]) -> None:
    """Roads lie in a compartment, which intake has part in too."""
    roads = next(rule for rule in document["routing"] if rule["code"] == "roads")
    roads |= {"team": None, "teams": ["RDW", "INT"], "compartment": "complaints"}


def test_a_case_is_handed_to_teams_that_have_part_in_its_compartment_alone() -> None:
    """Else the team complained of, or any other, got it by a handover that nobody meant."""
    case = given_commands(POTHOLE, policies=office(apart))
    case.when(transfer("INC"), actor=ROADS).refused(
        saying="compartment complaints, which INC has no part in: classify it anew if it is something else, "
        "or hand it to INT or RDW.",
        rule="stays-in-its-compartment",
    )
    case.when(transfer("INT"), actor=ROADS).then(some(CaseTransferred, to_team="INT"))


def test_what_the_rules_sort_anew_leaves_its_compartment() -> None:
    returned = given_commands(
        POTHOLE,
        by(ROADS, ReturnCase(case_id=CASE_ID, team="RDW", reason="misrouted")),
        ANOTHER,
        policies=office(apart),
    )
    assert returned.state.team == "INC"
    returned.when(transfer("RDW")).then(some(CaseTransferred, to_team="RDW"))


def test_whoever_confirms_a_routing_sends_nothing_out_of_its_compartment() -> None:
    cared_for = POTHOLE.model_copy(update={"flags": ("adjustment",)})
    proposed = given_commands(cared_for, policies=office(apart))
    elsewhere = ConfirmRouting(case_id=CASE_ID, team="INC", reason="They know her.")
    proposed.when(elsewhere, actor=INTAKE).refused(rule="stays-in-its-compartment")
    there = ConfirmRouting(case_id=CASE_ID)
    proposed.when(there, actor=INTAKE).then(some(RoutingConfirmed, team="RDW"))
