"""Laws of every decision, for whatever is asked of a case, by whom, when and in which order."""

from __future__ import annotations

from collections import Counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.case.clocks.extending import ClockExtended
from ledger.case.clocks.facts import ClockArmed, ClockPaused, ClockResumed
from ledger.case.clocks.restated import ClockRestated
from ledger.case.corrections import CorrectEntry
from ledger.case.custody.adjudication import CaseAdjudicated
from ledger.case.custody.pulling import CasePulled
from ledger.case.custody.recusal import MemberRecused
from ledger.case.custody.rehoming import CaseRehomed
from ledger.case.custody.returning import CaseReturned
from ledger.case.custody.routing import CaseRouted
from ledger.case.custody.transfers import CaseTransferred, TransferAccepted, TransferDeclined
from ledger.case.custody.unanswered import TransferUnanswered
from ledger.case.escalation.reaching import ClockBreached, RungReached
from ledger.case.intake.information import ReceiveInformation
from ledger.case.outcome.reopening import CaseReopened
from ledger.case.outcome.resolving import CaseResolved
from ledger.case.state import Case
from ledger.commands import Command
from ledger.entry import Context, Happened
from ledger.errors import LedgerError
from ledger.facts import Fact
from tests.case.any_opening import OPENINGS
from tests.case.anything import WORK
from tests.case.asking import commands_known, courses, nothing_yet
from tests.case.told import told_as_it_is
from tests.deciding import INTAKE, MONDAY, Asked, History, is_one_sentence, number
from tests.golden.examples import examples

tried = settings(max_examples=settings().max_examples // 2)
"""Fifty courses for each law, a thousand in `make soak`."""
_MOVES = (
    CaseRouted,
    CaseTransferred,
    TransferAccepted,
    TransferDeclined,
    TransferUnanswered,
    CaseReturned,
    CaseAdjudicated,
    CaseRehomed,
    MemberRecused,
    CasePulled,
    CaseResolved,
    CaseReopened,
)
_WITHOUT_AN_ID_OF_THEIR_OWN = (ReceiveInformation, CorrectEntry)


def attempted(history: History[Any], asked: Asked) -> tuple[Happened, ...] | LedgerError:
    """What comes of a command; whatever else than a LedgerError it raises is a fault."""
    try:
        return tuple(history.decide(asked))
    except LedgerError as refused:
        return refused


def lived(course: list[Asked]) -> History[Any]:
    """The case after all of it that was not refused."""
    history = nothing_yet()
    for asked in course:
        if isinstance(attempted(history, asked), tuple):
            history = history.asked(asked)
    return history


@given(courses())
@tried
def test_every_refusal_is_one_sentence_of_the_ledger(course: list[Asked]) -> None:
    history = nothing_yet()
    for asked in course:
        outcome = attempted(history, asked)
        if isinstance(outcome, LedgerError):
            assert is_one_sentence(str(outcome)), str(outcome)
        else:
            history = history.asked(asked)


@given(courses())
@tried
def test_the_same_question_has_the_same_answer(course: list[Asked]) -> None:
    history = nothing_yet()
    for asked in course:
        first, again = attempted(history, asked), attempted(history, asked)
        if isinstance(first, LedgerError):
            assert isinstance(again, LedgerError)
            assert str(first) == str(again)
        else:
            assert first == again
            history = history.asked(asked)


@given(courses())
@tried
def test_nothing_happens_before_it_could_nor_after_it_is_known(course: list[Asked]) -> None:
    history = nothing_yet()
    for asked in course:
        outcome = attempted(history, asked)
        if isinstance(outcome, tuple):
            assert all(each.context.effective_at <= asked.at for each in outcome)
            assert all(each.context.known_at <= asked.at for each in outcome)
            history = history.asked(asked)
    known = [each.context.known_at for each in history.happened]
    assert known == sorted(known)


@given(courses())
@tried
def test_what_was_done_stays_quiet_when_it_is_asked_again(course: list[Asked]) -> None:
    history = nothing_yet()
    for asked in course:
        if isinstance(attempted(history, asked), tuple):
            history = history.asked(asked)
            again = attempted(history, asked)
            if not isinstance(asked.command, _WITHOUT_AN_ID_OF_THEIR_OWN):
                assert isinstance(again, LedgerError) or again == ()


@given(courses())
@tried
def test_a_case_is_sound_at_every_step_and_told_as_it_is(course: list[Asked]) -> None:
    history = nothing_yet()
    for asked in course:
        if isinstance(attempted(history, asked), tuple):
            history = history.asked(asked)
            _check(history.state)
            if history.state.opened:
                told_as_it_is(history)


def _check(case: Case) -> None:
    if case.status == "resolved":
        assert not [clock.code for clock in case.clocks.values() if clock.open]
        assert not case.paused
        assert case.handover is None
        assert case.outcome is not None
        assert not case.owed.open_tasks
    assert case.owner not in case.moves.recused or case.imported
    if case.opened and not case.imported:
        assert case.team is not None, "somebody is accountable from the first instant on"
    if case.handover is not None:
        assert case.handover.transfer_id in case.transfers - case.declined
        if not case.handover.unanswered:
            assert (case.team, case.owner) == (case.handover.from_team, case.handover.from_owner)
    for code, clock in case.clocks.items():
        assert clock.code == code
        if clock.open:
            assert (clock.due_at is None) == (clock.state == "paused")
            assert clock.state != "paused" or case.paused
            assert clock.history.stopped_at is None


@given(courses())
@tried
def test_each_move_of_a_case_follows_the_one_before(course: list[Asked]) -> None:
    history = lived(course)
    moves = [each for each in history.happened if isinstance(each.fact, _MOVES)]
    times = [each.context.effective_at for each in moves]
    assert times == sorted(times) or history.state.imported


@given(courses())
@tried
def test_a_rung_and_a_breach_are_reached_once_a_generation(course: list[Asked]) -> None:
    """Once more only where an entry says that a new due date puts it into the future again."""
    seen: Counter[tuple[Any, ...]] = Counter()
    for each in lived(course).happened:
        match each.fact:
            case RungReached() as reached:
                seen[reached.clock, reached.generation, reached.rung] += 1
            case ClockBreached() as breached:
                seen[breached.clock, breached.generation] += 1
            case ClockExtended() as extended:
                for rung in extended.armed_again:
                    seen[extended.clock, extended.generation, rung] -= 1
            case ClockRestated() as restated:
                for rung in restated.overtakes:
                    seen[restated.clock, restated.generation, rung] -= 1
                seen[restated.clock, restated.generation] -= restated.overtakes_breach
            case _:
                continue
    assert [each for each, times in seen.items() if times > 1] == []


@given(courses())
@tried
def test_the_state_that_a_decision_has_worked_out_is_the_one_that_its_facts_lead_to(
    course: list[Asked],
) -> None:
    history = nothing_yet()
    for asked in course:
        outcome = attempted(history, asked)
        if isinstance(outcome, LedgerError):
            continue
        state = history.state
        for each in outcome:
            state = history.kind.evolve(state, each)
            assert each.after is None or each.after == state
        history = history.asked(asked)


@given(courses())
@tried
def test_a_certificate_is_of_the_generation_that_its_fact_says(course: list[Asked]) -> None:
    for each in lived(course).happened:
        match each.fact:
            case ClockArmed() | ClockPaused() | ClockResumed() as certified:
                said = certified.certificate.get("generation", certified.generation)
                assert said == certified.generation, certified.topic
            case _:
                continue


@given(courses(), courses(), st.randoms(use_true_random=False))
@tried
def test_any_fact_can_follow_any_other(one: list[Asked], other: list[Asked], chance: Any) -> None:
    strange: list[Fact] = [*(each.fact for each in lived(other).happened), *examples().values()]
    chance.shuffle(strange)
    history = lived(one)
    context = Context(MONDAY, MONDAY, number(0))
    state = history.state
    for fact in strange:
        before = state.version
        state = history.kind.evolve(state, Happened(fact, INTAKE, context))
        assert state.version == before + 1


def test_the_laws_ask_every_command_that_a_case_knows() -> None:
    asked: set[type[Command]] = set()

    @given(OPENINGS | WORK)
    @settings(max_examples=1_000, derandomize=True, database=None)
    def draw(command: Command) -> None:
        asked.add(type(command))

    draw()
    assert asked == commands_known()
