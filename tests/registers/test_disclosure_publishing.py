"""What is published has a severance of its own, waits for its day, and is nobody's own affairs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from ledger.errors import Refusal, UnlawfulTransition
from ledger.registers.disclosures.delivering import (
    DecidePublication,
    PublicationDecided,
)
from ledger.registers.disclosures.guard import TreatmentCompared, TreatmentDiffers
from ledger.registers.disclosures.opening import OpenDisclosure
from ledger.registers.disclosures.releasing import (
    ReleaseAuthorised,
)
from tests.deciding import MONDAY, Asked, History, number, some
from tests.registers.disclosing import (
    ANSWER,
    APPROVE,
    CLAIM,
    COMPARE,
    DECIDED,
    DRAW,
    ID,
    NAME,
    OFFICER,
    OTHER,
    REQUEST,
    SCOPE,
    approved,
    asked,
    at,
    disclosure,
    law,
    released,
    reviewed,
    withheld,
)
from tests.registers.releasing import authorise, delivered, made, record


def delayed(document: dict[str, Any]) -> None:
    """Fourteen days from the delivery until everybody may have the answer."""
    document["clocks"]["LOG-14"] = {
        "en": "Publish", "fr": "Publier", "pack": "LOG", "version": "1", "citation": "Disclosure log",
        "unit": "calendar_days", "amount": 14, "sense": "not_before",
        "due_at": "start_of_local_day", "starts_on": "event",
        "start_event": "sent_to_applicant", "stops_on": ["published"],
    }  # fmt: skip
    document["disclosure"]["publish"] = "LOG-14"


def second_pass(answer: History[Any], *decided: Asked) -> History[Any]:
    """What everybody is to be given of an answer, decided anew."""
    everybody = number(0xE7)
    command = OpenDisclosure(
        disclosure_id=ID, case_id=REQUEST, audience="publication", publishes=everybody
    )
    policies = law(delayed)
    second = disclosure(policies=policies, **{f"disclosure/{everybody}": answer.state})
    return asked(second, Asked(command, OFFICER), SCOPE, DRAW, *decided, CLAIM)


def publication(answer: History[Any]) -> History[Any]:
    """A second pass over an answer, to be given to everybody."""
    return asked(second_pass(answer, *DECIDED), COMPARE, APPROVE)


def test_what_is_published_has_its_own_severance_and_waits_for_its_day() -> None:
    second = publication(delivered())
    second.when(authorise(), actor=OFFICER, at=MONDAY + timedelta(days=13)).refused(
        Refusal, rule="not-before-publication", saying="16 March 2026"
    )
    due = datetime(2026, 3, 16, 3, tzinfo=MONDAY.tzinfo)  # midnight at the office
    second.when(authorise(), actor=OFFICER, at=due).then(
        some(ReleaseAuthorised, audience="publication")
    )


def test_what_the_applicant_was_refused_is_shown_to_everybody_only_where_an_officer_says_why() -> (
    None
):
    shows_all = second_pass(delivered(), released(at(1, "name"), at(1, "contact"), at(2, "text")))
    compared = shows_all.when(COMPARE.command, actor=OFFICER).then(
        some(TreatmentDiffers, slot="name", treated_before="withheld", treated_after="shown"),
        some(TreatmentCompared, audience="publication", compared=1, differences=1),
    )
    compared.when(APPROVE.command, actor=APPROVE.actor).refused(
        Refusal, rule="difference-is-explained"
    )
    shows_less = second_pass(
        delivered(),
        withheld(at(1, "name"), at(1, "contact"), reasons=NAME),
        released(at(2, "text")),
    )
    shows_less.when(COMPARE.command, actor=OFFICER).then(
        some(TreatmentCompared, compared=1, differences=0)
    )


def test_the_applicant_has_the_answer_before_everybody_has() -> None:
    second = publication(made())
    second.when(authorise(), actor=OFFICER, at=MONDAY + timedelta(days=99)).refused(
        Refusal, rule="applicant-first"
    )


def test_what_is_decided_not_to_be_published_is_not_until_it_is_decided_otherwise() -> None:
    """The decision was recorded and asked by nobody: everybody was given the answer all the same."""
    at = MONDAY + timedelta(days=99)
    no = DecidePublication(disclosure_id=ID, publish=False, reason="Of no interest to others.")
    yes = DecidePublication(disclosure_id=ID, publish=True, reason="It is asked for again.")
    kept_back = asked(delivered(policies=law(delayed)), Asked(no, OFFICER))
    publication(kept_back).when(authorise(), actor=OFFICER, at=at).refused(
        Refusal, rule="decided-not-to-publish"
    )
    publication(asked(kept_back, Asked(yes, OFFICER))).when(authorise(), actor=OFFICER, at=at).then(
        some(ReleaseAuthorised, audience="publication")
    )


def test_what_was_not_released_is_not_published() -> None:
    everybody = number(0xE7)
    command = OpenDisclosure(
        disclosure_id=ID, case_id=REQUEST, audience="publication", publishes=everybody
    )
    nothing_yet = disclosure(**{f"disclosure/{everybody}": approved().state})
    nothing_yet.when(command, actor=OFFICER).refused(Refusal, rule="publishes-an-answer")


def test_whether_the_answer_is_published_is_decided_after_it_was_given() -> None:
    decide = DecidePublication(disclosure_id=ID, publish=True, reason="Of general interest.")
    delivered(policies=law(delayed)).when(decide, actor=OFFICER).then(
        some(
            PublicationDecided,
            publish=True,
            not_before_at=datetime(2026, 3, 16, 3, tzinfo=MONDAY.tzinfo),
        )
    )
    reviewed().when(decide, actor=OFFICER).refused(UnlawfulTransition, rule="publishes-an-answer")


def test_what_somebody_asked_about_themselves_is_published_nowhere() -> None:
    own = OpenDisclosure(disclosure_id=ID, case_id=REQUEST, audience="subject", party=number(5))
    reasons = NAME.model_copy(update={"exemptions": ("X-OTHERS",)})
    decided = (withheld(at(1, "name"), reasons=reasons), *DECIDED[1:])
    history = asked(
        disclosure(), Asked(own, OFFICER), SCOPE, DRAW, *decided, CLAIM, COMPARE, APPROVE, ANSWER,
        Asked(authorise(), OFFICER), Asked(record(), OFFICER),
    )  # fmt: skip
    decide = DecidePublication(disclosure_id=ID, publish=True, reason="Why not.")
    history.when(decide, actor=OFFICER).refused(Refusal, rule="personal-is-not-published")
    assert OTHER in history.state.cases


def test_an_exemption_that_is_not_for_the_audience_withholds_nothing_from_it() -> None:
    own = OpenDisclosure(disclosure_id=ID, case_id=REQUEST, audience="subject", party=number(5))
    history = asked(disclosure(), Asked(own, OFFICER), SCOPE, DRAW)
    history.when(withheld(at(1, "contact")).command, actor=OFFICER).refused(
        Refusal, rule="exemption-for-the-audience"
    )
