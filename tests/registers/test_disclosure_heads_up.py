"""A heads-up tells an office what is to be released: never who asked, and nothing that was decided is undone."""

from __future__ import annotations

from ledger.errors import InvalidCommand, NotAuthorised, Refusal, UnlawfulTransition
from ledger.policy.document.disclosing import Audience
from ledger.registers.disclosures.dispositions import DisposeItem
from ledger.registers.disclosures.heads_up import GiveHeadsUp, HeadsUpGiven
from ledger.registers.disclosures.items import ListDisclosureItem, WaivePrivilege
from ledger.registers.disclosures.opening import OpenDisclosure
from tests.deciding import Asked, number, some
from tests.registers.disclosing import (
    ANSWER,
    APPROVE,
    COMPARE,
    FINDER,
    ID,
    OFFICER,
    OPEN,
    REQUEST,
    ROADS,
    approved,
    asked,
    disclosure,
    reviewed,
)
from tests.registers.releasing import RELEASE, authorise

DOCUMENT = number(0xD0C)
LISTED = Asked(
    ListDisclosureItem(
        disclosure_id=ID,
        item_id=DOCUMENT,
        digest="0a" * 32,
        mark="m" * 43,
        pages=12,
        media_type="application/pdf",
        custodian="Roads",
        description="A memorandum",
    ),
    OFFICER,
)
TOLD = GiveHeadsUp(
    disclosure_id=ID,
    heads_up_id=number(0x4EAD),
    office="The Minister's office",
    told="chief-of-staff",
    words="A release about the hole is due on Friday.",
)


def test_an_office_is_told_ahead_and_what_was_approved_stays_approved() -> None:
    ready = approved()
    told = ready.when(TOLD, actor=OFFICER).then(
        HeadsUpGiven(
            heads_up_id=TOLD.heads_up_id,
            office="The Minister's office",
            told="chief-of-staff",
            items=(),
            release_id=None,
            words="A release about the hole is due on Friday.",
        )
    )
    assert (told.state.approved, told.state.compared) == (True, True)
    assert told.state.deciders == ready.state.deciders, "who tells an office may still approve"
    told.when(TOLD, actor=OFFICER).nothing()


def test_what_was_shown_is_of_this_disclosure() -> None:
    shown = TOLD.model_copy(update={"items": (DOCUMENT,), "words": None})
    asked(disclosure(), OPEN, LISTED).when(shown, actor=OFFICER).then(some(HeadsUpGiven))
    asked(disclosure(), OPEN).when(shown, actor=OFFICER).refused(
        UnlawfulTransition, rule="of-a-listed-item"
    )
    release = TOLD.model_copy(update={"release_id": RELEASE, "words": None})
    approved().when(release, actor=OFFICER).refused(UnlawfulTransition, rule="of-a-release")
    asked(approved(), Asked(authorise(), OFFICER)).when(release, actor=OFFICER).then(
        some(HeadsUpGiven)
    )


def test_an_office_is_shown_a_privileged_document_only_once_that_is_waived_for_everybody() -> None:
    """The Minister's office could be shown advice of counsel that nobody else was to see."""
    listed = LISTED.command.model_copy(update={"privilege": "solicitor_client"})
    shown = TOLD.model_copy(update={"items": (DOCUMENT,), "words": None})
    before = asked(disclosure(), OPEN, Asked(listed, OFFICER))
    before.when(TOLD, actor=OFFICER).then(some(HeadsUpGiven))
    audiences: tuple[Audience, ...] = ("applicant", "publication")
    for audience in audiences:
        before.when(shown, actor=OFFICER).refused(Refusal, rule="privilege-is-waived")
        waived = WaivePrivilege(
            disclosure_id=ID, item_id=DOCUMENT, audience=audience, holder="The minister"
        )
        before = asked(before, Asked(waived, OFFICER))
    before.when(shown, actor=OFFICER).then(some(HeadsUpGiven))


def test_no_office_is_shown_a_release_that_holds_what_was_waived_for_the_applicant_alone() -> None:
    listed = LISTED.command.model_copy(update={"privilege": "solicitor_client"})
    waived = WaivePrivilege(
        disclosure_id=ID, item_id=DOCUMENT, audience="applicant", holder="The minister"
    )
    given = DisposeItem(disclosure_id=ID, item_id=DOCUMENT, disposition="release_in_full")
    steps = (listed, waived, given)
    ready = asked(reviewed(), *(Asked(each, OFFICER) for each in steps), COMPARE, APPROVE, ANSWER)
    shown = TOLD.model_copy(update={"release_id": RELEASE})
    asked(ready, Asked(authorise(), OFFICER)).when(shown, actor=OFFICER).refused(
        Refusal, rule="privilege-is-waived"
    )


def test_a_heads_up_says_what_they_were_told() -> None:
    silent = TOLD.model_copy(update={"words": None})
    asked(disclosure(), OPEN).when(silent, actor=OFFICER).refused(
        InvalidCommand, saying="what they were told"
    )


def test_no_office_is_told_of_what_somebody_is_given_about_themselves() -> None:
    own = OpenDisclosure(disclosure_id=ID, case_id=REQUEST, audience="subject", party=number(0xA))
    asked(disclosure(), Asked(own, OFFICER)).when(TOLD, actor=OFFICER).refused(
        Refusal, rule="heads-up-shows-no-applicant"
    )


def test_a_heads_up_is_given_by_a_person_of_the_access_office() -> None:
    for actor in (FINDER, ROADS):
        asked(disclosure(), OPEN).when(TOLD, actor=actor).refused(NotAuthorised)
