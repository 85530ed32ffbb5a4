"""Notices owed: who is still to be told of an extension, a coming lapse or a decision, until they were."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from ledger.case.clocks.extending import ExtendClock, RecordDutyDone
from ledger.case.clocks.waiting import EndWaiting, ReachMilestone
from ledger.case.contact.contacts import LogContact
from ledger.case.outcome.reopening import ReopenCase
from ledger.then import NOW, Then
from projections.fold.told import told
from projections.one_case.notices_owed import NoticeOwed, owed_on
from projections.one_case.perhaps_owed import perhaps_owed_by
from tests.case.cases import APPLICATION, POTHOLE, decide, resolve, wait
from tests.case.writing import fail, give, issue, writes
from tests.deciding import (
    CASE_ID,
    DECIDER,
    INCOME,
    INTAKE,
    MONDAY,
    Actor,
    Asked,
    Change,
    History,
    by,
    given_commands,
    number,
    office,
)

DAY = timedelta(days=1)
TO_THE_END = Then(as_of=MONDAY + 1_000 * DAY)
TUESDAY = MONDAY + DAY
LEADER = Actor("person", "L-03", role="leader", team="INC")


def owed(history: History[Any]) -> list[tuple[str, str | None, str, date | None]]:
    """What is owed after a history: of what, by which clock, to whom, by when."""
    found: list[NoticeOwed] = list(owed_on(history.entries, history.policies))
    sought = [perhaps_owed_by(map(told, history.entries), then) for then in (NOW, TO_THE_END)]
    assert all(sought) or not found, (
        "a case on which something is owed is among those that are read"
    )
    return [(each.kind, each.clock, each.party, each.by_on) for each in found]


def commissioner(document: dict[str, Any]) -> None:
    document["clocks"]["DEC-15"]["extensions"] = [
        {
            "authority": "head",
            "unit": "working_days",
            "tell": [{"party": "commissioner", "within_days": 2}],
        }
    ]


def lapsing(document: dict[str, Any]) -> None:
    document["clocks"]["FIX-10"]["lapse"] = {
        "amount": 20, "unit": "calendar_days", "notice": {"amount": 7, "unit": "calendar_days"},
    }  # fmt: skip


EXTEND = ExtendClock(
    case_id=CASE_ID, extension_id=number(1), clock="DEC-15", amount=5, authority="head",
    reason="volume", notice_given_at=MONDAY, notice_method="letter",
)  # fmt: skip


def extended(*changes: Change) -> History[Any]:
    return given_commands(
        APPLICATION, by(LEADER, EXTEND, at=TUESDAY), policies=office(commissioner, *changes)
    )


def test_an_extension_owes_the_commissioner_a_notice_until_it_is_told() -> None:
    assert owed(extended()) == [("extension", "DEC-15", "commissioner", date(2026, 3, 4))]
    told = RecordDutyDone(
        case_id=CASE_ID, extension_id=number(1), party="commissioner", method="e-mail"
    )
    assert owed(extended().asked(by(LEADER, told, at=TUESDAY))) == []


def test_a_wait_that_may_lapse_owes_its_notice_in_time_for_it() -> None:
    """From 3 March twenty days end on the 23rd: a notice of seven days is given by the 16th."""
    before = given_commands(POTHOLE, by(INTAKE, wait(), at=TUESDAY), policies=office(lapsing))
    assert owed(before) == [("lapse", "FIX-10", "requester", date(2026, 3, 16))]
    given = ReachMilestone(case_id=CASE_ID, milestone="notice_given")
    assert owed(before.asked(by(INTAKE, given, at=TUESDAY + DAY))) == []
    assert owed(before.asked(by(INTAKE, resolve(), at=TUESDAY + DAY))) == []
    end = EndWaiting(case_id=CASE_ID, wait_id=number(1))
    ended = before.asked(by(INTAKE, given, at=TUESDAY)).asked(by(INTAKE, end, at=TUESDAY + DAY))
    assert owed(ended) == []
    anew = ended.asked(by(INTAKE, wait(place=2), at=TUESDAY + 2 * DAY))
    assert owed(anew) == [("lapse", "FIX-10", "requester", date(2026, 3, 18))]
    for_another = by(INTAKE, wait("court"), at=TUESDAY)
    assert owed(given_commands(POTHOLE, for_another, policies=office(lapsing))) == []


def test_a_letter_that_warns_of_the_lapse_is_owed_until_one_has_come() -> None:
    policies = office(lapsing, writes)
    unsaid = {name: said for name, said in POTHOLE.answers.items() if name != "contact"}
    asked = POTHOLE.model_copy(update={"answers": unsaid})
    before = given_commands(asked, by(INTAKE, wait(), at=TUESDAY), policies=policies)
    sent = before.asked(by(INTAKE, issue("LAPSE"), at=TUESDAY))
    given_it = sent.asked(by(INTAKE, give(), at=TUESDAY + DAY))
    failed = given_it.asked(by(INTAKE, fail(), at=TUESDAY + 2 * DAY))
    assert [len(owed(each)) for each in (sent, given_it, failed)] == [1, 0, 1]


def test_a_decision_is_owed_to_the_requester_by_the_date_of_the_clock_it_answered() -> None:
    decided = given_commands(APPLICATION, by(DECIDER, decide(), at=TUESDAY))
    assert owed(decided) == [("decision", "ACK-2", "requester", date(2026, 3, 4))]
    call = LogContact(
        case_id=CASE_ID, contact_id=number(2), direction="outbound", channel="phone",
        kinds=("chase",), reached=True,
    )  # fmt: skip
    nobody = call.model_copy(update={"reached": False})
    assert owed(decided.asked(by(INTAKE, nobody, at=TUESDAY)))
    assert owed(decided.asked(by(INTAKE, call, at=TUESDAY))) == []


def test_where_decisions_are_given_by_notice_one_is_owed_until_a_notice_of_it_stands() -> None:
    decided = given_commands(
        APPLICATION, by(DECIDER, decide(), at=TUESDAY), policies=office(writes)
    )
    assert [each[:3] for each in owed(decided)] == [("decision", "ACK-2", "requester")]
    letter = by(INCOME, issue("DECISION", values={"amount": "900"}), at=TUESDAY)
    sent = decided.asked(letter)
    assert owed(sent)
    given_it = sent.asked(by(INCOME, give(), at=TUESDAY + DAY))
    assert owed(given_it) == []
    assert owed(given_it.asked(by(INCOME, fail(), at=TUESDAY + 2 * DAY)))


def test_what_is_dated_back_before_a_decision_tells_nobody_of_it() -> None:
    """A call of the day before, entered a day late, and the letter of an earlier decision were taken for telling it."""
    decided = given_commands(APPLICATION, by(DECIDER, decide(), at=TUESDAY))
    call = LogContact(
        case_id=CASE_ID, contact_id=number(2), direction="outbound", channel="phone",
        kinds=("chase",), reached=True,
    )  # fmt: skip
    assert owed(decided.asked(Asked(call, INTAKE, TUESDAY + DAY, MONDAY)))
    first = given_commands(
        APPLICATION,
        by(DECIDER, decide("refused"), at=TUESDAY),
        by(INCOME, issue("DECISION", values={"amount": "0"}), at=TUESDAY),
        by(INCOME, give(), at=TUESDAY),
        policies=office(writes),
    )
    assert owed(first) == []
    ours = ReopenCase(case_id=CASE_ID, reason="our-error", clock_policy="continue")
    opened = first.asked(by(INCOME, resolve("refused"), at=TUESDAY)).asked(
        by(INCOME, ours, at=TUESDAY + DAY)
    )
    assert owed(opened.asked(Asked(decide("granted", place=2), DECIDER, TUESDAY + DAY, MONDAY)))


def test_nothing_is_owed_where_nothing_was_promised() -> None:
    assert owed(given_commands(POTHOLE, by(INTAKE, wait(), at=TUESDAY))) == []
    assert owed(given_commands()) == []


def test_nobody_reads_again_the_case_of_whoever_was_told_of_their_decision() -> None:
    decided = given_commands(
        APPLICATION,
        by(DECIDER, decide(), at=TUESDAY),
        by(INCOME, issue("DECISION", values={"amount": "900"}), at=TUESDAY),
        policies=office(writes),
    )
    assert perhaps_owed_by(map(told, decided.entries), NOW) == [f"case/{CASE_ID}"]
    given_it = decided.asked(by(INCOME, give(), at=TUESDAY + DAY))
    assert perhaps_owed_by(map(told, given_it.entries), NOW) == []
    before = Then(known_at=TUESDAY)
    assert perhaps_owed_by(map(told, given_it.entries), before) == [f"case/{CASE_ID}"]
