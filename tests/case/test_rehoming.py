"""People who are not there: nothing is handed to them, and what they have does not stay with them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from ledger.case.custody.rehoming import CaseRehomed, MoveForAbsence, RehomeCase
from ledger.case.custody.routing import CaseRouted
from ledger.case.custody.transfers import (
    AcceptTransfer,
    CaseTransferred,
    DeclineTransfer,
    TransferAccepted,
)
from ledger.case.custody.unanswered import EscalateTransfer, TransferUnanswered
from ledger.case.intake.opening import OpenCase
from ledger.errors import CaseNotFound, Refusal
from ledger.policy.routing.presence import Absence, Directory
from tests.case.cases import APPLICATION, DANGER, POTHOLE, pull, resolve, transfer
from tests.case.moved import OWNED
from tests.case.told import told_as_it_is
from tests.deciding import (
    CASE_ID,
    INCOME,
    MONDAY,
    ROADS,
    ROADS_TOO,
    WATCH,
    by,
    given,
    given_commands,
    number,
    office,
    some,
)

TODAY = date(2026, 3, 2)
NEXT_DAY = MONDAY + timedelta(days=1)
MOVE = MoveForAbsence(case_id=CASE_ID, member="R-02")
REHOME = RehomeCase(case_id=CASE_ID, member="R-02")


def away(
    member: str = "R-02",
    *,
    of: Directory | None = None,
    until: date | None = None,
    substitute: str | None = None,
) -> Directory:
    """A directory in which somebody is absent from Monday on."""
    absence = Absence(number(1), member, TODAY, until, False, substitute)
    return (of or Directory()).with_absence(absence)


def owned(directory: Directory, *more: Any) -> Any:
    """A case that R-02 pulled before anybody was absent."""
    before = given_commands(*OWNED, *more)
    return type(before)(
        before.kind, before.state, before.happened, before.stream, before.policies, before.load,
        directory,
    )  # fmt: skip


# Nothing is handed to whoever is not there


def test_a_case_is_not_handed_to_somebody_absent_and_who_stands_in_is_named() -> None:
    absent = away("N-02", until=date(2026, 3, 6), substitute="N-03")
    given_commands(*OWNED, directory=absent).when(transfer("INC", to_owner="N-02")).refused(
        Refusal,
        saying="N-02 is absent until 6 March 2026: name N-03, who stands in",
        rule="receiver-is-there",
    )
    given_commands(*OWNED, directory=away("N-02")).when(transfer("INC", to_owner="N-02")).refused(
        Refusal, saying="nobody stands in: name another, or the team INC alone"
    )
    given_commands(*OWNED, directory=absent).when(transfer("INC", to_owner="N-03")).then(
        some(CaseTransferred, to_owner="N-03")
    )


def test_a_case_is_not_handed_to_somebody_who_left() -> None:
    left = Directory().without("N-02", TODAY, None)
    given_commands(*OWNED, directory=left).when(transfer("INC", to_owner="N-02")).refused(
        Refusal, saying="N-02 has left", rule="receiver-is-there"
    )


def test_a_case_is_accepted_for_somebody_who_is_there() -> None:
    handed = given_commands(*OWNED, by(ROADS, transfer("INC")), directory=away("N-02"))
    accept = AcceptTransfer(case_id=CASE_ID, transfer_id=number(1))
    named = accept.model_copy(update={"owner": "N-02"})
    handed.when(named, actor=INCOME).refused(Refusal, rule="receiver-is-there")
    handed.when(accept, actor=INCOME).then(some(TransferAccepted, owner=None))


def test_nobody_who_is_absent_pulls() -> None:
    given_commands(POTHOLE, directory=away()).when(pull("RDW", "R-02"), actor=ROADS).refused(
        Refusal, saying="R-02 is absent", rule="receiver-is-there"
    )
    given_commands(POTHOLE, directory=away()).when(pull("RDW", "R-03"), actor=ROADS_TOO).then(
        some(type(given_commands(*OWNED).happened[-1].fact), owner="R-03")
    )


def test_the_capacity_that_routing_sees_is_of_those_who_are_there() -> None:
    french = OpenCase(**{**APPLICATION.model_dump(), "language": "fr"})
    everybody = [*office().versions[0].policy.members]
    empty = Directory()
    for member in everybody:
        if office().versions[0].policy.members[member].teams[0] == "INC":
            empty = away(member, of=empty)

    def team_of(directory: Directory) -> str:
        (routed,) = [
            each.fact
            for each in given(directory=directory).when(french).happened
            if isinstance(each.fact, CaseRouted)
        ]
        return routed.team

    assert (team_of(Directory()), team_of(empty)) == ("INC", "INT")


# Absence


def test_work_goes_to_who_stands_in_once_the_absence_lasts() -> None:
    after = (
        owned(away(substitute="R-03"))
        .when(MOVE, actor=WATCH, at=NEXT_DAY)
        .then(
            CaseRehomed(
                because="absence", team="RDW", from_owner="R-02", to_owner="R-03", leader="L-02"
            )
        )
    )
    assert (after.state.team, after.state.owner) == ("RDW", "R-03")


def test_without_somebody_to_stand_in_it_goes_to_the_team_whose_leader_answers() -> None:
    owned(away()).when(MOVE, actor=WATCH, at=NEXT_DAY).then(
        some(CaseRehomed, to_owner=None, leader="L-02")
    )
    leaderless = away("L-02", of=away())
    owned(leaderless).when(MOVE, actor=WATCH, at=NEXT_DAY).then(some(CaseRehomed, leader="D-01"))


def test_a_day_away_moves_nothing_and_a_week_that_is_known_of_moves_at_once() -> None:
    owned(away(until=TODAY, substitute="R-03")).when(MOVE, actor=WATCH).nothing()
    owned(away(until=date(2026, 3, 6))).when(MOVE, actor=WATCH).then(some(CaseRehomed))
    owned(away()).when(MOVE, actor=WATCH).nothing()


def test_a_clock_that_reaches_a_rung_meanwhile_does_not_wait_for_the_threshold() -> None:
    danger = given_commands(DANGER, by(ROADS, pull("RDW", "R-02")))
    absent = type(danger)(
        danger.kind, danger.state, danger.happened, danger.stream, danger.policies, danger.load,
        away(until=TODAY, substitute="R-03"),
    )  # fmt: skip
    half = MONDAY + timedelta(hours=2)
    absent.when(MOVE, actor=WATCH, at=half - timedelta(seconds=1)).nothing()
    absent.when(MOVE, actor=WATCH, at=half).then(some(CaseRehomed, to_owner="R-03"))


def test_how_long_an_absence_may_last_is_for_the_policy_to_say() -> None:
    def patient(document: dict[str, Any]) -> None:
        document["custody"] = {"absence_working_days": 5}

    before = given_commands(*OWNED, policies=office(patient))
    absent = type(before)(
        before.kind, before.state, before.happened, before.stream, before.policies, before.load,
        away(),
    )  # fmt: skip
    absent.when(MOVE, actor=WATCH, at=MONDAY + timedelta(days=4)).nothing()
    absent.when(MOVE, actor=WATCH, at=MONDAY + timedelta(days=7)).then(some(CaseRehomed))


def test_a_case_moves_once_and_not_back_by_itself() -> None:
    moved = owned(away(substitute="R-03")).asked(by(WATCH, MOVE, at=NEXT_DAY))
    moved.when(MOVE, actor=WATCH, at=NEXT_DAY).nothing()


def test_nothing_moves_from_somebody_who_is_there_or_has_it_not() -> None:
    owned(Directory()).when(MOVE, actor=WATCH, at=NEXT_DAY).nothing()
    absent = away("R-03")
    owned(absent).when(MOVE.model_copy(update={"member": "R-03"}), at=NEXT_DAY).nothing()
    owned(away(), resolve()).when(MOVE, actor=WATCH, at=NEXT_DAY).nothing()
    given(directory=away()).when(MOVE, at=NEXT_DAY).refused(CaseNotFound)


def test_what_an_absent_person_sent_on_comes_back_to_who_stands_in_if_it_is_declined() -> None:
    sent = owned(away(substitute="R-03"), by(ROADS, transfer("INC")))
    moved = sent.asked(by(WATCH, MOVE, at=NEXT_DAY))
    decline = DeclineTransfer(case_id=CASE_ID, transfer_id=number(1), reason="not-ours")
    assert moved.asked(by(INCOME, decline, at=NEXT_DAY)).state.owner == "R-03"


def test_silence_falls_to_who_stands_in_for_the_leader() -> None:
    accept_by = datetime.fromisoformat("2026-03-04T04:00:00Z")
    sent = owned(away("L-03", substitute="N-03"), by(ROADS, transfer("INC")))
    silence = EscalateTransfer(case_id=CASE_ID, accept_by=accept_by)
    sent.when(silence, actor=WATCH, at=accept_by).then(
        (some(TransferUnanswered, leader="N-03", parties=("N-03", "L-02")), accept_by)
    )


# Leavers


def test_what_a_leaver_has_goes_to_the_successor() -> None:
    left = Directory().without("R-02", TODAY, "R-03")
    after = owned(left).when(REHOME).then(some(CaseRehomed, because="leaver", to_owner="R-03"))
    assert after.state.owner == "R-03"
    after.when(REHOME).nothing()


@pytest.mark.parametrize("successor", [None, "N-02"], ids=["nobody", "somebody of another team"])
def test_what_the_successor_cannot_take_goes_to_the_team(successor: str | None) -> None:
    left = Directory().without("R-02", TODAY, successor)
    owned(left).when(REHOME).then(some(CaseRehomed, to_owner=None))


def test_a_leaver_keeps_what_they_have_until_they_leave() -> None:
    owned(Directory().without("R-02", date(2026, 3, 3), "R-03")).when(REHOME).nothing()
    given(directory=Directory().without("R-02", TODAY, None)).when(REHOME).refused(CaseNotFound)


def test_of_what_its_sender_left_behind_whoever_is_accountable_by_then_stays_so_in_every_list() -> (
    None
):
    """Nobody answered the transfer, so that the receiving leader has the case when its sender leaves."""
    accept_by = datetime.fromisoformat("2026-03-04T04:00:00Z")
    silence = EscalateTransfer(case_id=CASE_ID, accept_by=accept_by)
    left = Directory().without("R-02", TODAY, None)
    passed = owned(left, by(ROADS, transfer("INC")), by(WATCH, silence, at=accept_by))
    after = passed.when(REHOME, actor=WATCH, at=accept_by + timedelta(days=1)).then(
        some(CaseRehomed, from_owner="R-02", to_owner=None)
    )
    assert after.state.owner == passed.state.owner != "R-02"
    told_as_it_is(after)
