"""Refusing: a second person says that a time was not kept; and an approval is of one act, and no other (row 30)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from ledger.case.alarms import ALARMS, CaseAlarmed
from ledger.case.clocks.approving import DatingBackApproved
from ledger.case.clocks.facts import ClockResumed
from ledger.case.clocks.refusing import DatingBackRefused, RefuseDatingBack
from ledger.case.clocks.restated import ClockRestated
from ledger.case.clocks.restating import CorrectStart, StartCorrected
from ledger.case.clocks.waiting import WaitingEnded
from ledger.case.custody.recusal import RecuseFromCase
from ledger.case.outcome.reopening import CaseReopened, ReopenCase
from ledger.entry import Actor
from ledger.errors import InvalidCommand, NotAuthorised, UnlawfulTransition
from tests.case.cases import DANGER, POTHOLE, classify, resolve
from tests.case.days import DAY, DUE, TUESDAY
from tests.case.late import (
    AN_HOUR_LATER,
    DONE,
    ITEM,
    ON_EVIDENCE,
    approved,
    breached,
    end,
    late_wait,
)
from tests.deciding import (
    CASE_ID,
    INTAKE,
    MONDAY,
    ROADS,
    WATCH,
    History,
    by,
    given_commands,
    some,
)

SECOND = replace(ROADS, id="R-03")
REFUSED = RefuseDatingBack(
    case_id=CASE_ID, clock="MAKE-SAFE", reason="The crew's sheet says Tuesday."
)


def entered_late() -> History[Any]:
    """A danger that is said, the day after, to have been made safe within the hour."""
    return given_commands(
        DANGER, ITEM, by(INTAKE, DONE, at=MONDAY + DAY, happened_at=AN_HOUR_LATER)
    )


def test_whoever_might_have_approved_it_refuses_it_and_the_clock_is_late_and_stays_so() -> None:
    """A leader who did not believe it had no way to say so: the alarm was answered, and it stayed open for ever."""
    asked = entered_late()
    refused = asked.when(REFUSED, actor=ROADS, at=TUESDAY).then(
        (
            DatingBackRefused(
                clock="MAKE-SAFE", generation=1, kept_at=AN_HOUR_LATER, ended_at=MONDAY + DAY,
                reason=REFUSED.reason,
            ),
            TUESDAY,
        ),
        (some(CaseAlarmed, alarm="time_refused", party="I-02"), TUESDAY),
    )  # fmt: skip
    clock = refused.state.clocks["MAKE-SAFE"]
    around: Any = None
    assert (clock.state, clock.claimed, clock.history.stopped_at) == ("breached", None, TUESDAY)
    assert not ALARMS["awaits_approval"].holds(refused.state, around)
    refused.when(approved("MAKE-SAFE"), actor=SECOND, at=TUESDAY).refused(
        InvalidCommand, saying="awaits your approval there"
    )
    refused.when(approved("MAKE-SAFE", AN_HOUR_LATER), actor=SECOND, at=TUESDAY).refused(
        rule="refused-stays-refused"
    )
    refused.when(REFUSED, actor=SECOND, at=TUESDAY).refused(UnlawfulTransition)
    assert refused.when(DONE, actor=INTAKE, at=TUESDAY, happened_at=AN_HOUR_LATER).happened == ()


def test_neither_whoever_entered_it_nor_whoever_stepped_back_refuses_it() -> None:
    asked = entered_late()
    for nobody in (INTAKE, WATCH, Actor("person", "form"), replace(ROADS, on_behalf_of="I-02")):
        asked.when(REFUSED, actor=nobody, at=TUESDAY).refused(NotAuthorised)
    stepped = asked.asked(by(ROADS, RecuseFromCase(case_id=CASE_ID, member="R-02"), at=TUESDAY))
    stepped.when(REFUSED, actor=ROADS, at=TUESDAY).refused(NotAuthorised)
    late = by(INTAKE, DONE, at=MONDAY + DAY, happened_at=AN_HOUR_LATER)
    unsorted = DANGER.model_copy(update={"request_type": None})
    sorted_out = by(ROADS, classify(DANGER.request_type or ""), at=TUESDAY)
    of_two = given_commands(unsorted, late, sorted_out)
    for nobody in (INTAKE, ROADS):  # who entered it, and whose classifying made it count
        of_two.when(REFUSED, actor=nobody, at=TUESDAY).refused(NotAuthorised)
    of_two.when(REFUSED, actor=SECOND, at=TUESDAY).then(
        (some(DatingBackRefused), TUESDAY), (some(CaseAlarmed, party="I-02"), TUESDAY)
    )


def test_nothing_is_refused_that_nobody_asked() -> None:
    before = given_commands(DANGER)
    before.when(REFUSED, actor=ROADS).refused(UnlawfulTransition)
    before.when(REFUSED.model_copy(update={"clock": "FIX-99"}), actor=ROADS).refused(InvalidCommand)


FIXED_AT = MONDAY + DAY
LATER = DUE + DAY
AGAIN = ReopenCase(case_id=CASE_ID, reason="returned", clock_policy="resume")


def closed_late() -> History[Any]:
    """A pothole that is said, after the time for it is over, to have been filled in that time."""
    return given_commands(POTHOLE, ITEM, by(INTAKE, resolve(), at=LATER, happened_at=FIXED_AT))


def test_a_case_is_opened_again_once_it_is_answered_whether_its_time_was_kept() -> None:
    """What was asked was dropped without a word, and the clock went on from then, on one person's word."""
    asked = closed_late()
    assert asked.state.clocks["FIX-10"].claimed is not None
    asked.when(AGAIN, actor=ROADS, at=LATER).refused(rule="answered-before-reopening")
    kept = asked.asked(by(ROADS, approved("FIX-10"), at=LATER))
    kept.when(AGAIN, actor=ROADS, at=LATER).then(some(CaseReopened), some(ClockResumed))
    refusal = REFUSED.model_copy(update={"clock": "FIX-10"})
    refused = asked.asked(by(ROADS, refusal, at=LATER))
    late = refused.asked(by(ROADS, AGAIN, at=LATER + DAY))
    clock = late.state.clocks["FIX-10"]
    around: Any = None
    told = ALARMS["time_refused"].holds
    assert (told(refused.state, around), told(late.state, around)) == (True, False)
    assert clock.open
    assert clock.due_at == DUE, "nobody had it between then and its entry, so that time counts"


def test_a_clock_that_stays_ended_as_the_case_is_opened_again_goes_on_awaiting() -> None:
    """A place made safe stays so: that it was in time is answered whenever, and holds nobody up who calls again."""
    asked = entered_late().asked(by(ROADS, resolve(), at=TUESDAY))
    again = asked.asked(by(ROADS, AGAIN, at=TUESDAY + DAY / 24))
    assert again.state.clocks["MAKE-SAFE"].claimed is not None
    met = again.asked(by(ROADS, approved("MAKE-SAFE"), at=TUESDAY + DAY))
    assert met.state.clocks["MAKE-SAFE"].state == "met"


def ahead(clock: str, dated_at: datetime, *, at: datetime = LATER) -> Any:
    return by(ROADS, approved(clock, dated_at), at=at)


def test_an_approval_is_used_up_by_the_act_that_relies_on_it() -> None:
    """It covered each change of the clock as of that minute, of which the approver had heard of one."""
    begun = by(INTAKE, late_wait(**ON_EVIDENCE), at=LATER, happened_at=TUESDAY)
    waited = breached().asked(ahead("FIX-10", TUESDAY)).asked(begun)
    assert getattr(waited.happened[-1].fact, "approved_by", None) == "R-02"
    ended: Any = {"at": LATER, "happened_at": TUESDAY + DAY / 86_400}  # the same minute
    waited.when(end(**ON_EVIDENCE), actor=INTAKE, **ended).refused(rule="breach-crossed-by-two")
    twice = waited.asked(ahead("FIX-10", TUESDAY))
    assert isinstance(twice.happened[-1].fact, DatingBackApproved), (
        "for another act it is said anew"
    )
    twice.when(end(**ON_EVIDENCE), actor=INTAKE, **ended).then(
        some(WaitingEnded), some(ClockRestated, approved_by="R-02")
    )


def test_one_act_relies_on_an_approval_for_all_that_it_moves() -> None:
    friday, at = MONDAY - 3 * DAY, DUE - DAY
    before = given_commands(POTHOLE, ITEM).asked(ahead("FIX-10", friday, at=at))
    stamped = CorrectStart(
        case_id=CASE_ID,
        moment="reached_body",
        started_at=friday,
        reason="The stamp.",
        **ON_EVIDENCE,
    )
    moved = before.when(stamped, actor=INTAKE, at=at).then(
        some(StartCorrected, approved_by="R-02"),
        some(ClockRestated, approved_by="R-02"),
        (some(CaseAlarmed), at),
    )
    assert {each.used_by is None for each in moved.state.approvals} == {False}
