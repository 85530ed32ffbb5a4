"""Tasks and recusal: others do a part, nobody who knows the people does any, and one party stays accountable."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from ledger.case.clocks.facts import ClockStopped
from ledger.case.custody.pulling import CasePulled
from ledger.case.custody.recusal import MemberRecused, RecuseFromCase
from ledger.case.custody.rehoming import RehomeCase
from ledger.case.custody.transfers import AcceptTransfer, AccessEnded, TransferAccepted
from ledger.case.outcome.resolving import CaseResolved
from ledger.case.work.followups import FollowUpReassigned, ReassignFollowUp, SetFollowUp
from ledger.case.work.overdue import ObligationOverdue
from ledger.case.work.tasks import (
    AddTask,
    CancelTask,
    CompleteTask,
    GiveBackTask,
    TakeTask,
    TaskAdded,
    TaskCancelled,
    TaskCompleted,
    TaskGivenBack,
    TaskMoved,
    TaskTaken,
)
from ledger.errors import (
    CaseNotFound,
    InvalidCommand,
    LedgerError,
    NotAuthorised,
    Refusal,
    UnlawfulTransition,
)
from ledger.policy.routing.presence import Directory
from tests.case.cases import POTHOLE, pull, resolve, transfer
from tests.case.moved import OWNED
from tests.case.owed import CALL_BACK, DONE, DUE, OVERDUE
from tests.deciding import (
    CASE_ID,
    DECIDER,
    DIRECTOR,
    INCOME,
    INTAKE,
    MONDAY,
    ROADS,
    ROADS_TOO,
    WATCH,
    Actor,
    by,
    given,
    given_commands,
    number,
    some,
)

LATER = MONDAY + timedelta(hours=1)
INCOME_TOO = replace(INCOME, id="N-03")
JUDGE = AddTask(
    case_id=CASE_ID, task_id=number(2), title="Is it eligible?", kind="judgement", team="INC",
    skill="income", needs_delegation=True,
)  # fmt: skip
TAKE = TakeTask(case_id=CASE_ID, task_id=number(1), member="R-03")
JUDGED = CompleteTask(case_id=CASE_ID, task_id=number(2))
GIVE_BACK = GiveBackTask(
    case_id=CASE_ID, task_id=number(1), reason="workload", words="Three others are due today."
)
CANCEL = CancelTask(case_id=CASE_ID, task_id=number(1))
RECUSE = RecuseFromCase(case_id=CASE_ID, member="R-02")


# Tasks


def test_a_task_is_done_by_another_while_the_owner_stays_accountable() -> None:
    after = (
        given_commands(*OWNED)
        .when(CALL_BACK, actor=ROADS)
        .then(
            TaskAdded(
                task_id=number(1),
                kind="preparatory",
                team="RDW",
                member=None,
                skill=None,
                needs_delegation=False,
                due_at=DUE,
                title="Call her back.",
            )
        )
    )
    taken = after.when(TAKE, actor=ROADS_TOO).then(TaskTaken(task_id=number(1), member="R-03"))
    done = taken.when(DONE, actor=ROADS_TOO).then(
        TaskCompleted(task_id=number(1), words="She knows.")
    )
    assert (done.state.owner, done.state.owed.open_tasks) == ("R-02", ())


def test_a_task_is_added_taken_done_and_cancelled_once() -> None:
    added = given_commands(*OWNED, CALL_BACK)
    added.when(CALL_BACK).nothing()
    taken = added.asked(by(ROADS_TOO, TAKE))
    taken.when(TAKE, actor=ROADS_TOO).nothing()
    taken.asked(by(ROADS_TOO, DONE)).when(DONE, actor=ROADS_TOO).nothing()
    added.asked(CANCEL).when(CANCEL).nothing()


def test_a_task_that_somebody_has_is_not_taken_from_them() -> None:
    taken = given_commands(*OWNED, CALL_BACK, by(ROADS_TOO, TAKE))
    mine = TAKE.model_copy(update={"member": "R-02"})
    taken.when(mine, actor=ROADS).refused(UnlawfulTransition, saying="R-03 has this task")


def test_whoever_cannot_do_a_task_gives_it_back_to_its_team_and_another_takes_it() -> None:
    """It was called off and another added in its place, and why stood nowhere."""
    taken = given_commands(*OWNED, CALL_BACK, by(ROADS_TOO, TAKE))
    back = taken.when(GIVE_BACK, actor=ROADS_TOO).then(
        TaskGivenBack(
            task_id=number(1),
            from_member="R-03",
            reason="workload",
            words="Three others are due today.",
        )
    )
    assert [(task.team, task.member) for task in back.state.owed.open_tasks] == [("RDW", None)]
    assert back.state.owner == "R-02"
    back.when(GIVE_BACK, actor=ROADS_TOO).nothing()
    mine = TAKE.model_copy(update={"member": "R-02"})
    back.when(mine, actor=ROADS).then(TaskTaken(task_id=number(1), member="R-02"))
    back.when(OVERDUE, actor=WATCH, at=DUE).then(
        (some(ObligationOverdue, kind="task", parties=("owner", "leader")), DUE)
    )


def test_a_task_is_given_back_by_a_person_for_a_reason_of_the_policy_while_it_is_open() -> None:
    taken = given_commands(*OWNED, CALL_BACK, by(ROADS_TOO, TAKE))
    taken.when(GIVE_BACK, actor=WATCH).refused(NotAuthorised)
    whim = GIVE_BACK.model_copy(update={"reason": "whim"})
    taken.when(whim, actor=ROADS_TOO).refused(InvalidCommand, saying="reason to give a task back")
    done = taken.asked(by(ROADS_TOO, DONE))
    done.when(GIVE_BACK, actor=ROADS_TOO).refused(UnlawfulTransition, rule="task-is-open")


def test_what_is_done_or_called_off_is_so_for_good() -> None:
    done = given_commands(*OWNED, CALL_BACK, by(ROADS_TOO, DONE))
    done.when(CANCEL).refused(UnlawfulTransition, saying="was completed", rule="task-is-open")
    done.when(TAKE).refused(UnlawfulTransition, rule="task-is-open")
    off = given_commands(*OWNED, CALL_BACK, CANCEL)
    off.when(DONE).refused(UnlawfulTransition, saying="was cancelled", rule="task-is-open")


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"team": "NAVY"}, InvalidCommand),
        ({"skill": "sailing"}, InvalidCommand),
        ({"due_at": MONDAY}, InvalidCommand),
        ({"member": "N-02"}, Refusal),
        ({"member": "nobody"}, Refusal),
        ({"team": "INT", "member": "D-01", "skill": "income"}, Refusal),
    ],
)
def test_a_task_that_cannot_be_is_refused(wrong: dict[str, Any], error: type[LedgerError]) -> None:
    given_commands(*OWNED).when(CALL_BACK.model_copy(update=wrong)).refused(error)


def test_a_task_needs_a_case_that_is_open_and_a_task_that_is_there() -> None:
    given().when(CALL_BACK).refused(CaseNotFound)
    given_commands(POTHOLE, resolve()).when(CALL_BACK).refused(UnlawfulTransition)
    given_commands(POTHOLE).when(DONE).refused(UnlawfulTransition, rule="task-of-the-case")


@pytest.mark.parametrize(
    ("actor", "error"),
    [
        (WATCH, NotAuthorised),
        (INCOME, NotAuthorised),
        (replace(DECIDER, id="I-02"), Refusal),
        (replace(DECIDER, id="nobody"), Refusal),
    ],
    ids=["a machine", "without authority", "without the skill", "of nobody"],
)
def test_a_judgement_refuses_whoever_cannot_make_it(actor: Actor, error: type[LedgerError]) -> None:
    given_commands(*OWNED, JUDGE).when(JUDGED, actor=actor).refused(error)


def test_a_judgement_is_made_by_a_person_with_skill_and_authority() -> None:
    given_commands(*OWNED, JUDGE).when(JUDGED, actor=DECIDER).then(some(TaskCompleted))


def test_a_machine_may_prepare_but_calls_nothing_off() -> None:
    added = given_commands(*OWNED, CALL_BACK)
    added.when(DONE, actor=WATCH).then(some(TaskCompleted))
    added.when(CANCEL, actor=WATCH).refused(NotAuthorised)


def test_resolving_cancels_what_was_to_be_prepared_with_its_cause() -> None:
    added = given_commands(*OWNED, CALL_BACK)
    happened = added.when(resolve(), actor=ROADS).happened
    facts = [each.fact for each in happened if not isinstance(each.fact, ClockStopped)]
    assert [type(each) for each in facts] == [CaseResolved, TaskCancelled]
    assert facts[1] == TaskCancelled(task_id=number(1), because="resolved", words=None)


def test_a_judgement_is_made_or_called_off_before_the_resolution() -> None:
    added = given_commands(*OWNED, JUDGE)
    added.when(resolve(), actor=ROADS).refused(
        UnlawfulTransition, saying="complete or cancel them", rule="judged-before-resolution"
    )
    judged = added.asked(by(DECIDER, JUDGED))
    assert judged.when(resolve(), actor=ROADS).happened


def test_a_task_that_is_late_is_told_once_to_who_has_it_and_the_leader() -> None:
    added = given_commands(*OWNED, CALL_BACK, by(ROADS_TOO, TAKE))
    added.when(OVERDUE, actor=WATCH, at=DUE - timedelta(seconds=1)).nothing()
    told = added.when(OVERDUE, actor=WATCH, at=DUE + timedelta(hours=4)).then(
        (some(ObligationOverdue, kind="task", parties=("R-03", "leader")), DUE)
    )
    told.when(OVERDUE, actor=WATCH, at=DUE + timedelta(days=4)).nothing()
    added.asked(by(ROADS_TOO, DONE)).when(OVERDUE, actor=WATCH, at=DUE).nothing()


def test_the_tasks_of_a_leaver_go_to_the_successor_or_back_to_the_team() -> None:
    rehome = RehomeCase(case_id=CASE_ID, member="R-03")
    for successor in ("R-02", None):
        left = Directory().without("R-03", date(2026, 3, 2), successor)
        taken = replace(given_commands(*OWNED, CALL_BACK, by(ROADS_TOO, TAKE)), directory=left)
        after = taken.when(rehome).then(
            TaskMoved(task_id=number(1), from_member="R-03", to_member=successor, because="leaver")
        )
        after.when(rehome).nothing()


# Recusal


def test_whoever_steps_back_gives_no_reason_and_the_team_has_the_case_again() -> None:
    after = (
        given_commands(*OWNED)
        .when(RECUSE, actor=ROADS, at=LATER)
        .then(
            MemberRecused(member="R-02", team="RDW", owned=True),
            AccessEnded(team=None, member="R-02", because="recused"),
        )
    )
    assert (after.state.team, after.state.owner) == ("RDW", None)


def test_a_member_recuses_themselves_once() -> None:
    given_commands(*OWNED, by(ROADS, RECUSE)).when(RECUSE, actor=ROADS).nothing()


def test_somebody_who_never_had_the_case_may_step_back_from_it() -> None:
    early = given_commands(POTHOLE, by(ROADS, RECUSE))
    early.when(pull("RDW", "R-02"), actor=ROADS).refused(Refusal, rule="pull-order")
    early.when(pull("RDW", "R-03"), actor=ROADS_TOO).then(some(CasePulled, owner="R-03"))
    leader = Actor("person", "L-02", role="team_leader", team="RDW")
    early.when(pull("RDW", "R-03"), actor=leader).then(some(CasePulled, owner="R-03"))


def test_nobody_hands_the_case_to_whoever_stepped_back() -> None:
    back = RecuseFromCase(case_id=CASE_ID, member="N-02")
    recused = given_commands(*OWNED, by(INCOME, back))
    recused.when(transfer("INC", to_owner="N-02")).refused(
        Refusal, saying="N-02 is recused", rule="recused"
    )
    accept = AcceptTransfer(case_id=CASE_ID, transfer_id=number(1), owner="N-02")
    handed = recused.asked(by(ROADS, transfer("INC")))
    handed.when(accept, actor=INCOME_TOO).refused(Refusal, rule="recused")
    recused.when(JUDGE.model_copy(update={"member": "N-02"})).refused(Refusal, rule="recused")


def test_stepping_back_from_what_is_on_its_way_to_you_leaves_it_to_your_team() -> None:
    back = RecuseFromCase(case_id=CASE_ID, member="N-02")
    handed = given_commands(*OWNED, by(ROADS, transfer("INC", to_owner="N-02")), by(INCOME, back))
    accept = AcceptTransfer(case_id=CASE_ID, transfer_id=number(1))
    handed.when(accept, actor=INCOME_TOO).then(some(TransferAccepted, owner=None))


def test_the_tasks_of_whoever_steps_back_go_to_the_team_and_the_follow_ups_to_its_leader() -> None:
    own = RecuseFromCase(case_id=CASE_ID, member="R-03")
    follow = SetFollowUp(
        case_id=CASE_ID, follow_up_id=number(7), member="R-03", due_at=MONDAY + timedelta(days=30)
    )
    taken = given_commands(*OWNED, CALL_BACK, by(ROADS_TOO, TAKE), follow)
    after = taken.when(own, actor=ROADS_TOO).then(
        some(MemberRecused, owned=False),
        some(TaskMoved, to_member=None, because="recused"),
        some(FollowUpReassigned, from_member="R-03", to_member="L-02", because="recused"),
        some(AccessEnded, member="R-03"),
    )
    after.when(DONE, actor=ROADS_TOO).refused(NotAuthorised)
    back = ReassignFollowUp(case_id=CASE_ID, follow_up_id=number(7), member="R-03")
    after.when(back, actor=ROADS).refused(Refusal, rule="recused")


@pytest.mark.parametrize("actor", [INTAKE, DIRECTOR, WATCH])
def test_nobody_recuses_another(actor: Actor) -> None:
    given_commands(*OWNED).when(RECUSE, actor=actor).refused(NotAuthorised)


def test_only_a_member_can_step_back_and_only_from_a_case_that_is_there() -> None:
    nobody = RecuseFromCase(case_id=CASE_ID, member="nobody")
    given_commands(*OWNED).when(nobody, actor=ROADS).refused(InvalidCommand)
    given().when(RECUSE, actor=ROADS).refused(CaseNotFound)
