"""A requester's status: the stage, what is waited for and what was promised, in plain words of both languages."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from ledger.case.alarms import RaiseAlarm
from ledger.case.clocks.waiting import ReachMilestone
from ledger.case.contact.promises import PromiseNextContact
from ledger.case.escalation.chase_steps import ReachChaseStep
from ledger.case.escalation.reaching import AcknowledgeEscalation
from ledger.case.intake.information import ReceiveInformation, RequestInformation
from ledger.case.intake.needs import ConfirmNeed
from ledger.case.outcome.resolving import ResolveCase
from ledger.case.outcome.settling import SettleCase
from ledger.policy.in_force import Policies
from projections.fold.told import Told
from projections.one_case.details import DETAILS
from projections.one_case.requester_status import RequesterStatus, requester_status
from projections.rows.cases import CASES
from projections.rows.escalations import ESCALATIONS
from tests.case.cases import (
    APPLICATION,
    INCOMPLETE,
    POTHOLE,
    UNSORTED,
    contact,
    decide,
    pull,
    resolve,
    transfer,
    wait,
)
from tests.case.moved import TWICE_RETURNED
from tests.case.writing import writes
from tests.deciding import (
    CASE_ID,
    DECIDER,
    INCOME,
    INTAKE,
    MONDAY,
    ROADS,
    WATCH,
    by,
    chased,
    given_commands,
    number,
    office,
)

DAY = timedelta(days=1)


def told(
    *asked: Any,
    at: datetime = MONDAY + DAY,
    language: Any = "en",
    publicly: bool = False,
    policies: Policies | None = None,
) -> RequesterStatus:
    known = policies or office()
    history = given_commands(*asked, policies=known)
    entries = [
        Told(place, f"case/{CASE_ID}", place, each.fact, True, each.context.effective_at, each.context.known_at)
        for place, each in enumerate(history.happened, start=1)
    ]  # fmt: skip
    (row,), (details,) = CASES.after(entries), DETAILS.after(entries)
    return requester_status(
        row, details, known.versions[0], at=at, language=language, publicly=publicly,
        escalations=ESCALATIONS.after(entries),
    )  # fmt: skip


def test_a_request_that_waits_for_its_turn_says_so_and_by_when_it_is_promised() -> None:
    found = told(POTHOLE)
    assert (found.stage, found.request_type) == ("queued", "Pothole or road defect")
    assert found.received_on == date(2026, 3, 2)
    assert found.sentences == (
        "Your request is with Roads depot and waits for its turn.",
        "Fix: by 16 March 2026.",
    )
    assert found.promised_on == {"FIX-10": date(2026, 3, 16)}


def test_the_same_is_said_in_french() -> None:
    assert told(POTHOLE, language="fr").sentences == (
        "Votre demande est à l'équipe Dépôt routier et attend son tour.",
        "Réparer : au plus tard le 16 mars 2026.",
    )


BACK = "We are looking at what you told us since."
UNDECIDED = RaiseAlarm(case_id=CASE_ID, alarm="return_undecided", since=MONDAY)


@pytest.mark.parametrize(
    ("asked", "stage", "sentence"),
    [
        ((POTHOLE, by(ROADS, pull("RDW", "R-02"))), "in_hand", "Somebody of Roads depot is working on your request."),
        ((POTHOLE, transfer("INT")), "moving", "Your request is being handed over to Intake."),
        (TWICE_RETURNED, "sorting", "We have your request and are finding out who answers it."),
        ((POTHOLE, resolve()), "resolved", "Your request was closed on 2 March 2026: Done."),
        ((POTHOLE, wait("identity")), "queued", "We wait for you: Proof of identity."),
        ((POTHOLE, wait("third-party")), "queued", "We wait for somebody else: Third party."),
        ((POTHOLE, wait()), "queued", "Fix: the date stands still while we wait."),
        ((POTHOLE, resolve(), contact("inbound")), "resolved", BACK),
        ((POTHOLE, resolve(), contact("inbound"), by(WATCH, UNDECIDED)), "resolved", BACK),
    ],
)  # fmt: skip
def test_each_stage_is_told_in_plain_words(asked: Any, stage: str, sentence: str) -> None:
    found = told(*asked)
    assert found.stage == stage
    assert sentence in found.sentences


def test_who_wrote_after_their_case_was_settled_is_told_that_somebody_sees_to_it_until_somebody_did() -> (
    None
):
    """Their case told them that it was closed, as if nothing had come."""
    late = MONDAY + 90 * DAY
    wrote = (POTHOLE, by(ROADS, resolve()), by(INTAKE, contact("inbound"), at=late))
    settled = (*wrote, by(WATCH, SettleCase(case_id=CASE_ID), at=late + DAY))
    (escalation_id,) = given_commands(*wrote).state.escalations
    left = AcknowledgeEscalation(
        case_id=CASE_ID, escalation_id=escalation_id, action="accept_breach", words="Thanks."
    )
    for asked in (wrote, settled):
        assert told(*asked).sentences[1:] == (BACK,)
        assert told(*asked, by(ROADS, left, at=late + 2 * DAY)).sentences[1:] == ()


def test_what_is_missing_is_named_with_what_to_do_and_by_when() -> None:
    """It said that five answers were missing, and not which, nor how to give them, nor by when."""
    ask = RequestInformation(
        case_id=CASE_ID, request_id=number(1), fields=("income",), channel="email",
        reply_by=datetime(2026, 3, 11, 3, 0, tzinfo=UTC),
    )  # fmt: skip
    found = told(INCOMPLETE, ask)
    named, how = found.sentences[1:3]
    assert named.startswith("We still need from you: How can we reach you?; Language you prefer; ")
    assert named.endswith("; Monthly income.")
    assert how == (
        f"Tell us by any of our channels and give your reference, {found.reference}; we asked for it by "
        "10 March 2026."
    )
    assert (len(found.needed), found.answer_by_on) == (5, date(2026, 3, 10))
    assert "asked" not in told(INCOMPLETE, ask, at=MONDAY + 30 * DAY).sentences[2]
    given = ReceiveInformation(
        case_id=CASE_ID, channel="email", request_id=number(1), answers={"income": 900}
    )
    assert "Monthly income" not in told(INCOMPLETE, ask, given).needed
    french = told(INCOMPLETE, ask, language="fr").sentences
    assert french[1].startswith("Il nous manque encore de vous : Comment vous joindre?; ")
    assert french[2].endswith("; nous l'attendons au plus tard le 10 mars 2026.")
    assert told(INCOMPLETE, ask, resolve("withdrawn")).needed == ()


def test_what_a_field_proves_is_asked_for_once_in_both_languages() -> None:
    """The field that tells that a fee is paid stood beside the fee: whoever asked was to pay twice."""
    before = told(INCOMPLETE, policies=office(_needs_a_fee)).needed
    assert "Monthly income" in before
    assert before[-1] == "the fee"
    rules = office(_needs_a_fee, _proved_by_income)
    assert told(INCOMPLETE, policies=rules).needed == tuple(
        each for each in before if each != "Monthly income"
    )
    assert told(INCOMPLETE, policies=rules, language="fr").needed[-1] == "les droits"
    paid = told(INCOMPLETE, ConfirmNeed(case_id=CASE_ID, need="fee"), policies=rules).needed
    assert paid == tuple(each for each in before if each != "the fee"), "the form still asks"


def test_a_need_that_the_requester_told_of_is_checked_and_not_asked_for_again() -> None:
    """Whoever had paid and said so was asked for the fee until an officer confirmed it."""
    rules = office(_needs_a_fee, _proved_by_income)
    paid = ReceiveInformation(case_id=CASE_ID, channel="email", answers={"income": 900})
    found = told(INCOMPLETE, wait("fee"), paid, policies=rules)
    assert "the fee" not in found.needed
    assert "We are checking what you told us of this: the fee." in found.sentences
    assert not any(each.startswith("We wait for you") for each in found.sentences)
    french = told(INCOMPLETE, paid, policies=rules, language="fr").sentences
    assert "Nous vérifions ce que vous nous avez dit de ceci : les droits." in french
    confirmed = (INCOMPLETE, paid, ConfirmNeed(case_id=CASE_ID, need="fee"))
    assert not any("checking" in each for each in told(*confirmed, policies=rules).sentences)
    ask = RequestInformation(
        case_id=CASE_ID, request_id=number(1), fields=("income",), channel="email"
    )
    asked = told(INCOMPLETE, paid, ask, policies=rules)
    assert asked.needed[-1] == "the fee", "an officer was not content with what they had told"
    assert not any("checking" in each for each in asked.sentences)
    met = (INCOMPLETE, paid, ask, ConfirmNeed(case_id=CASE_ID, need="fee"))
    assert "Monthly income" not in told(*met, policies=rules).needed, "it was seen since"
    again = ask.model_copy(update={"request_id": number(2)})
    assert "Monthly income" in told(*met, again, policies=rules).needed


def test_whoever_was_given_the_decision_and_what_they_asked_for_is_told_so() -> None:
    """After the answer was delivered somebody was said to be working on it still."""
    taken = (APPLICATION, by(INCOME, pull("INC", "N-02")))
    decided = (*taken, by(DECIDER, decide()))
    sent = by(INCOME, ReachMilestone(case_id=CASE_ID, milestone="access_given"))
    given = "You were given our decision on 2 March 2026."
    rules = office(writes)
    assert given in told(*decided).sentences, (
        "an office that writes no letters gives it with the decision"
    )
    assert given not in told(*decided, policies=rules).sentences, "its letter is not there yet"
    found = told(*decided, sent)
    assert found.stage == "answered"
    assert found.sentences[:2] == (
        "What you asked for was given to you on 2 March 2026; tell us if it did not reach you.",
        given,
    )
    assert told(*decided, sent, publicly=True).stage == "in_hand"
    assert told(*decided, sent, resolve("granted")).stage == "resolved"


def _needs_a_fee(document: dict[str, Any]) -> None:
    document["types"]["INC-APP"]["complete_needs"] = ["fee", "particulars"]


def _proved_by_income(document: dict[str, Any]) -> None:
    document["fields"]["income"]["proves"] = "fee"


def test_what_anybody_may_see_names_nothing_that_is_missing() -> None:
    found = told(INCOMPLETE, publicly=True)
    assert "We still need something from you to go on (5 answers)." in found.sentences
    assert (found.needed, found.answer_by_on) == ((), None)


def test_whoever_was_warned_is_told_by_when_a_request_ends_unless_it_needs_care() -> None:
    rules = office(chased("INC-APP"))
    warn = ReachChaseStep(case_id=CASE_ID, step=4)
    steps = [
        by(
            WATCH,
            ReachChaseStep(case_id=CASE_ID, step=step),
            at=MONDAY + 30 * DAY,
        )
        for step in (1, 2, 3)
    ]
    warned = (INCOMPLETE, *steps, by(WATCH, warn, at=MONDAY + 30 * DAY))
    late = MONDAY + 31 * DAY
    said = " ".join(told(*warned, at=late, policies=rules).sentences)
    assert "If nothing comes by " in said
    wrote = by(INTAKE, contact("inbound", kinds=("new-information",)), at=late)
    said = " ".join(told(*warned, wrote, at=late, policies=rules).sentences)
    assert "If nothing comes by " not in said, "a word is enough: a person decides"
    cared_for = INCOMPLETE.model_copy(update={"flags": ("adjustment",)})
    said = " ".join(told(cared_for, *warned[1:], at=late, policies=rules).sentences)
    assert "If nothing comes by " not in said


def test_who_did_not_answer_in_time_is_told_what_lapsed_and_that_a_word_is_enough() -> None:
    """They were told 'closed: Lapsed', and neither why nor what to do."""
    lapsed = (INCOMPLETE, by(INTAKE, ResolveCase(case_id=CASE_ID, outcome="lapsed")))
    said = " ".join(told(*lapsed).sentences)
    assert "did not come: How can we reach you?" in said
    assert "If you still need it, tell us by any of our channels and give your reference" in said
    assert "did not come" not in " ".join(told(*lapsed, publicly=True).sentences)
    rules = office(_needs_a_fee, _proved_by_income)
    said = " ".join(told(*lapsed, policies=rules).sentences)
    assert ("Monthly income" in said, "; the fee." in said) == (False, True), "as asked for"
    withdrawn = by(INTAKE, ResolveCase(case_id=CASE_ID, outcome="withdrawn"))
    assert "did not come" not in " ".join(told(INCOMPLETE, withdrawn).sentences)


def test_a_promised_contact_is_told_and_a_promise_that_is_late_too() -> None:
    promise = PromiseNextContact(
        case_id=CASE_ID, promise_id=number(1), by_at=datetime(2026, 3, 6, 4, 0, tzinfo=UTC)
    )
    found = told(POTHOLE, promise, at=MONDAY + 20 * DAY)
    assert found.next_contact_on == date(2026, 3, 5)
    assert "You will hear from us by 5 March 2026." in found.sentences
    assert "Fix: was due by 16 March 2026, and is late." in found.sentences


def test_a_status_names_no_staff_and_nothing_personal_and_no_shadow_of_a_clock() -> None:
    answered = UNSORTED.model_copy(update={"request_type": "INC-APP"})
    found = told(answered, by(INTAKE, ResolveCase(case_id=CASE_ID, outcome="withdrawn")))
    waiting = told(INCOMPLETE)
    assert "DEC-15-WAITED" not in waiting.promised_on
    said = " ".join((*found.sentences, *waiting.sentences))
    for private in ("Ada", "Doucet", "902", "I-02", "Help"):
        assert private not in said
