"""The figures of an office that worked for some weeks, counted by hand: whatever it did is in them once."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from fractions import Fraction
from typing import Any, cast

from ledger.case.alarms import ALARMS
from ledger.case.clocks.waiting import BeginWaiting, EndWaiting, ReachMilestone
from ledger.case.contact.contacts import AddNote
from ledger.case.custody.pulling import AssignCase
from ledger.case.custody.returning import ReturnCase
from ledger.case.intake.information import RequestInformation
from ledger.case.outcome.resolving import ResolveCase
from ledger.case.people.care import NoteAdjustment
from ledger.case.people.communication import SettleCommunication
from ledger.entry import Actor
from ledger.policy.document.policy import Policy
from ledger.policy.document.stored import document_of
from projections.answers import as_json
from projections.figures.demand import Effort
from projections.figures.figure import Window
from projections.flow.lives import lives
from projections.measures import LANGUAGES, Filters, compared
from tests.ledgers import (
    INCOME,
    INTAKE,
    OPENS_AT,
    ROADS,
    office_policy,
    publish,
    publish_office,
)
from tests.projections.offices import MARCH, MONDAY, Office
from tests.projections.offices import office as office
from tests.projections.offices import place as place


def test_two_of_three_that_came_went_and_the_clearance_rate_says_so(office: Office) -> None:
    one, two, _ = office.opened(), office.opened(), office.opened()
    office.on(1)
    office.resolved(one)
    office.resolved(two, "withdrawn")
    found = office.figures()
    assert found.clearance.exact == Fraction(2, 3)
    assert found.clearance.shown == "66.7 %"
    assert found.moves.counts["withdrawn"] == 1
    assert found.arrivals.exact == Fraction(3, 22), "March had 22 working days from the second on"


def test_for_one_team_what_it_was_handed_counts_and_over_all_it_cancels(office: Office) -> None:
    case_id = office.opened()
    office.on(1)
    office.handed(case_id, "INC", ROADS, INCOME)
    income = office.figures(team="INC").moves.counts
    assert (income["transferred_in"], income["transferred_out"], income["new"]) == (1, 0, 0)
    assert office.figures(team="RDW").moves.counts["transferred_out"] == 1
    assert "transferred_in" not in office.figures().moves.counts
    assert office.figures().clearance.basis.n == 1


def test_what_a_team_had_as_a_window_ended_is_its_own_there_whoever_has_it_since(
    office: Office,
) -> None:
    office.contact(case_id := office.opened(), "chase")
    office.on(31)
    office.handed(case_id, "INC", ROADS, INCOME)
    roads, income = (office.figures(team=team) for team in ("RDW", "INC"))
    assert (roads.pending.active.n, income.pending.active.n) == (1, 0)
    assert (roads.first_time.basis.n, roads.failure_demand.exact) == (1, Fraction(1, 2))
    assert income.first_time.why_not == "no case was received"


def test_a_wait_makes_a_case_inactive_and_its_end_brings_it_back(office: Office) -> None:
    case_id, wait_id = office.opened(), office.ledger.new_id()
    office.ask(BeginWaiting(case_id=case_id, wait_id=wait_id, reason="weather"))
    pending = office.figures().pending
    assert (pending.active.n, pending.inactive.n) == (0, 1)
    assert pending.basis.excluded == {"waits on others": 1}
    office.on(2)
    office.ask(EndWaiting(case_id=case_id, wait_id=wait_id))
    found = office.figures()
    assert (found.pending.active.n, found.pending.inactive.n) == (1, 0)
    assert (found.moves.counts["made_inactive"], found.moves.counts["reactivated"]) == (1, 1)


def test_a_case_that_is_handed_on_while_it_waits_leaves_its_team_once_and_comes_in_as_the_wait_ends(
    office: Office,
) -> None:
    """It was counted as gone when it began to wait, and again when it was handed on."""
    case_id, wait_id = office.opened(), office.ledger.new_id()
    office.ask(BeginWaiting(case_id=case_id, wait_id=wait_id, reason="weather"))
    office.on(1)
    office.handed(case_id, "INC", ROADS, INCOME)
    office.on(2)
    office.ask(EndWaiting(case_id=case_id, wait_id=wait_id), INCOME)
    office.on(3)
    office.ask(ResolveCase(case_id=case_id, outcome="done"), INCOME)
    roads, income = office.figures(team="RDW"), office.figures(team="INC")
    assert (roads.clearance.exact, income.clearance.exact) == (1, 1)
    assert (roads.clearance.basis.n, income.moves.counts["reactivated"]) == (1, 1)
    assert roads.clearance.basis.excluded == {"handed on while they wait": 1}
    assert income.arrivals.exact == Fraction(1, 22), "it came in for them, whether it waits or not"


def test_ages_are_counted_in_local_days_from_receipt_and_from_the_return(office: Office) -> None:
    returned, waiting = office.opened(), office.opened()
    office.pulled(waiting)
    office.resolved(returned)
    office.on(10)
    office.back(returned)
    pending = office.figures().pending
    assert (pending.active.median, pending.active.oldest) == (29, 29)
    assert (pending.reopened.oldest, pending.since_reopening.oldest) == (29, 19)
    assert pending.never_opened.n == 1


def test_a_chase_is_failure_demand_and_an_unknown_contact_bounds_it(office: Office) -> None:
    case_id = office.opened()
    office.contact(case_id, "chase", "new-information")
    office.contact(case_id, "unknown")
    office.contact(case_id, "chase", inbound=False)
    found = office.figures().failure_demand
    assert (found.low, found.high) == (Fraction(1, 3), Fraction(2, 3))
    assert found.basis.n == 3


def test_what_the_policy_then_called_failure_counts_as_that_and_whatever_it_says_later(
    office: Office,
) -> None:
    """Kinds of an office's own counted as of value, whatever its policy said of them."""
    told = deepcopy(document_of(office_policy()))
    told["reasons"]["contact"]["rumour"] = {"en": "Rumour", "demand": "failure"}
    told["reasons"]["contact"]["complaint"]["demand"] = "value"
    publish(office.ledger, Policy.model_validate(told), effective_from=office.place.clock.at)
    case_id = office.opened()
    for kind in ("rumour", "rumour", "complaint"):
        office.contact(case_id, kind)
    office.on(2)
    publish_office(office.ledger, effective_from=office.place.clock.at)
    assert office.figures().failure_demand.exact == Fraction(2, 4)


def test_the_loop_counts_failure_contacts_for_each_evening_a_case_was_open(office: Office) -> None:
    case_id, _ = office.opened(), office.opened()
    office.contact(case_id, "chase")
    office.on(10)
    office.resolved(case_id)
    told = office.figures(effort=Effort(Fraction(15), Fraction(90), Fraction(480))).loop
    assert told.chases == Fraction(1, 10 + 30), "ten evenings of one case, thirty of the other"
    assert told.reproduction == Fraction(1, 40) * 10 * 15 / 90
    spare = 480 - Fraction(2, 22) * 90
    assert told.critical_backlog == spare / (Fraction(1, 8 + 22) * 15), "all of a working day"
    assert "can fall" in told.said
    assert "no staff time" in office.figures().loop.said


def test_of_a_weekend_no_critical_backlog_is_told_since_nobody_knows_what_comes_in_a_working_day(
    office: Office,
) -> None:
    case_id = office.opened()
    office.on(5)
    office.contact(case_id, "chase")
    weekend, effort = (
        Window(date(2026, 3, 7), date(2026, 3, 9)),
        Effort(*map(Fraction, (15, 90, 480))),
    )
    told = office.figures(weekend, effort=effort).loop
    assert (told.chases, told.critical_backlog) == (Fraction(1, 2), None)
    assert told.said == "the office did not work in this window"


def test_open_cases_count_as_open_in_the_time_to_resolution(office: Office) -> None:
    one, two, _ = office.opened(), office.opened(), office.opened()
    office.on(2)
    office.resolved(one)
    office.on(4)
    office.resolved(two)
    first = office.figures().first_time
    assert first.calendar is not None
    assert first.office is not None
    assert (first.calendar.median, first.office.median) == (4, 4)
    assert first.calendar.closed_only_median == 3
    assert first.basis.n == 3


def test_the_time_of_those_who_need_an_adjustment_stands_beside_that_of_all(office: Office) -> None:
    slow, quick, _ = office.opened(), office.opened(), office.opened()
    needs = NoteAdjustment(
        case_id=slow, adjustment_id=office.ledger.new_id(), adjustment="An interpreter."
    )
    office.ask(needs, INTAKE)
    office.on(1)
    office.resolved(quick)
    office.on(4)
    office.resolved(slow)
    found = office.figures()
    assert (found.first_time.basis.n, found.adjusted_time.basis.n) == (3, 1)
    assert found.adjusted_time.calendar is not None
    assert found.adjusted_time.calendar.median == 4


def test_the_four_languages_are_compared_and_few_cases_are_not_told_apart(office: Office) -> None:
    speaking = {"interview_language": "ase", "interpreter": "ASL"}
    slow, quick = ([office.opened(language="fr") for _ in range(5)] for _ in range(2))
    for case_id in slow:
        office.ask(SettleCommunication(case_id=case_id, **speaking), INTAKE)
    office.ask(SettleCommunication(case_id=quick[0], format="braille"), INTAKE)
    office.on(1)
    for case_id in quick:
        office.resolved(case_id)
    office.on(4)
    for case_id in slow:
        office.resolved(case_id)
    found, asking = lives(office.ledger.store), office.asking(Filters())
    told = {
        (each.trait, each.value): (
            each.n,
            each.time and each.time.calendar and each.time.calendar.median,
        )
        for trait in LANGUAGES
        for each in compared(found, asking, trait)
    }
    assert told == {
        ("language", "fr"): (10, 1),
        ("interview_language", "ase"): (5, 4),
        ("interview_language", None): (5, 1),
        ("interpreter", "ASL"): (5, 4),
        ("interpreter", None): (5, 1),
        ("format", None): (9, 4),
        ("format", "braille"): (None, None),
    }
    alone = office.figures(interview_language="ase").first_time
    assert (alone.basis.n, alone.calendar and alone.calendar.median) == (5, 4)


def test_a_case_entered_long_after_its_receipt_is_seen_from_its_entry_on(office: Office) -> None:
    office.on(20)
    old = office.opened(reached_body_at=OPENS_AT)
    office.on(22)
    office.resolved(old)
    first = office.figures().first_time
    assert first.calendar is not None
    (point,) = first.calendar.curve
    assert (point.day, point.at_risk) == (22, 1)


def test_a_case_that_was_entered_after_a_window_is_left_out_of_its_times_and_counted(
    office: Office,
) -> None:
    office.on(31)
    office.opened(reached_body_at=OPENS_AT)
    first = office.figures().first_time
    assert (first.basis.n, first.calendar) == (0, None)
    assert first.basis.excluded == {"known only afterwards": 1}


def test_what_was_settled_the_day_it_came_without_anybody_else_is_first_contact(
    office: Office,
) -> None:
    known: Any = {"answers": {"danger_now": False, "name": "Ada Example"}}
    one, two, three = (office.opened(**known) for _ in range(3))
    office.resolved(one)
    office.resolved(office.opened())
    office.contact(two, "chase")
    office.resolved(two)
    office.on(1)
    office.resolved(three)
    found = office.figures().first_contact
    assert found.exact == Fraction(1, 3)
    assert found.basis.excluded == {"asked by nobody known": 1}, "nobody can tell that it came back"


def test_what_is_resolved_at_first_contact_counts_once_its_quiet_window_is_over(
    office: Office,
) -> None:
    known: Any = {"answers": {"danger_now": False, "name": "Ada Example"}}
    settled, misrouted = office.opened(**known), office.opened(**known)
    office.ask(ReturnCase(case_id=misrouted, team="RDW", reason="misrouted"))
    office.resolved(settled)
    office.ask(ResolveCase(case_id=misrouted, outcome="done"), INTAKE)
    office.on(21)
    office.contact(settled, "new-request")
    office.resolved(office.opened(**known))
    soon = office.figures(Window(MONDAY, date(2026, 3, 16))).first_contact
    assert (soon.exact, soon.basis.excluded) == (None, {"received within the quiet window": 2})
    found = office.figures().first_contact
    assert found.exact == Fraction(1, 2), "given back is handed on; what comes later is new"
    assert found.basis.excluded == {"received within the quiet window": 1}


def test_a_case_closed_before_anybody_wrote_or_called_is_closed_without_reply(
    office: Office,
) -> None:
    """What we ask for is no reply, and a request for it tells nobody anything until it is sent: the alarm said so."""
    silent, told, asked, given = (office.opened() for _ in range(4))
    office.contact(told, "new-information", inbound=False)
    wanted = RequestInformation(
        case_id=asked, request_id=office.ledger.new_id(), fields=("description",)
    )
    office.ask(wanted)
    office.ask(ReachMilestone(case_id=given, milestone="access_given"))
    for each in (silent, told, asked, given):
        office.resolved(each)
    assert office.figures().without_reply.exact == Fraction(2, 4)
    state, around = office.ledger.state_of(f"case/{asked}"), cast(Any, None)
    assert ALARMS["closed_without_reply"].holds(state, around)


def test_notes_and_transfers_are_coordination_and_a_route_by_the_rules_is_not(
    office: Office,
) -> None:
    case_id = office.opened()
    office.ask(AddNote(case_id=case_id, note_id=office.ledger.new_id(), text="Whose is it?"))
    office.pulled(case_id)
    office.resolved(case_id)
    assert office.figures().coordination.exact == Fraction(1, 4)


def test_what_follows_from_an_act_by_itself_is_no_entry_of_staff(office: Office) -> None:
    """A contact proposes a return, and whoever reopens decides that it is one: that counted as four acts."""
    case_id = office.opened()
    office.resolved(case_id)
    office.on(1)
    office.contact(case_id, "complaint")
    office.back(case_id)
    office.ask(AddNote(case_id=case_id, note_id=office.ledger.new_id(), text="Whose is it?"))
    assert office.figures().coordination.exact == Fraction(1, 5)


def test_what_is_given_to_somebody_or_back_as_misrouted_is_coordination_and_what_is_pulled_is_not(
    office: Office,
) -> None:
    leader = Actor("person", "R-01", role="dispatcher", team="RDW")
    misrouted, given, next_one = office.opened(), office.opened(), office.opened()
    office.on(0, 1)
    office.ask(ReturnCase(case_id=misrouted, team="RDW", reason="misrouted"))
    office.ask(AssignCase(case_id=given, owner="R-02"), leader)
    office.pulled(next_one)
    assert office.figures().coordination.exact == Fraction(2, 6)
    intake, roads = (office.figures(team=team).moves.counts for team in ("INT", "RDW"))
    assert (intake["new"], intake["transferred_in"]) == (0, 1)
    assert (roads["new"], roads["transferred_out"]) == (3, 1)


def test_asking_again_for_what_the_handover_held_is_counted(office: Office) -> None:
    case_id = office.opened(request_type="INC-APP", answers={"name": "Ada Doucet"})
    office.handed(case_id, "RDW", INCOME, ROADS)
    for fields in (("name", "income"), ("income",)):
        asked = RequestInformation(
            case_id=case_id, request_id=office.ledger.new_id(), fields=fields
        )
        office.ask(asked)
    assert office.figures().asked_again.exact == Fraction(1, 2)


def test_figures_as_known_then_know_nothing_that_was_recorded_later(office: Office) -> None:
    one = office.opened()
    office.on(1)
    then = office.place.clock.at
    office.on(2)
    office.resolved(one)
    office.opened(channel="email")
    found = office.figures(known_at=then).moves
    assert (found.counts["new"], found.counts["resolved"], found.basis.known_at) == (1, 0, then)
    assert office.figures().moves.counts["resolved"] == 1


def test_every_figure_carries_what_it_stands_on(office: Office) -> None:
    office.opened()
    office.opened(channel="email")
    found = office.figures(channel="email", request_type="RDW-POT")
    basis = found.arrivals.basis
    assert (basis.window, basis.n) == (MARCH, 1)
    assert basis.filters == {"request_type": "RDW-POT", "channel": "email"}
    assert basis.position == office.ledger.store.tip()
    assert as_json(found)["arrivals"]["exact"] == "1/22"


def test_how_long_a_type_takes_is_counted_from_its_first_owner(office: Office) -> None:
    case_id = office.opened()
    office.on(5)
    office.pulled(case_id)
    office.on(8)
    office.resolved(case_id)
    (told,) = office.figures().working_times
    assert (told.request_type, told.n, told.median_days, told.eightieth_days) == (
        "RDW-POT", 1, 3, 3,
    )  # fmt: skip


def test_a_window_in_which_nothing_happened_has_no_figures_and_says_why(office: Office) -> None:
    found = office.figures(Window(date(2026, 5, 2), date(2026, 5, 3)))
    assert found.clearance.why_not == "nothing came in"
    assert found.arrivals.why_not == "the office did not work in this window"
    assert found.first_time.why_not == "no case was received"
