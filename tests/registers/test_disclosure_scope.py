"""A disclosure answers a case; its scope selects something, and what is drawn from it waits for a decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from ledger.errors import (
    CaseNotFound,
    DisclosureNotFound,
    InvalidCommand,
    NotAuthorised,
    PartyNotFound,
    Refusal,
    UnlawfulTransition,
)
from ledger.registers.disclosures.opening import (
    AskClarification,
    ClarificationAsked,
    DisclosureOpened,
    DisclosureScoped,
    DrawnStream,
    DrawScope,
    OpenDisclosure,
    SetDisclosureScope,
    StreamDrawn,
)
from ledger.registers.disclosures.searching import (
    DisclosureTimeLogged,
    LogDisclosureTime,
    LogSearch,
    SearchLogged,
)
from tests.deciding import number, some
from tests.registers.disclosing import (
    CASE,
    DRAW,
    DRAWN,
    FINDER,
    ID,
    OFFICER,
    OPEN,
    OTHER,
    REQUEST,
    ROADS,
    SCOPE,
    TODAY,
    asked,
    at,
    disclosure,
    drawn,
    withheld,
)


def test_the_answer_to_a_request_is_begun_by_the_access_office() -> None:
    opened = disclosure().when(OPEN.command, actor=OFFICER)
    opened.then(some(DisclosureOpened, case_id=REQUEST, audience="applicant", party=None))
    disclosure().when(OPEN.command, actor=ROADS).refused(NotAuthorised, saying="INT")
    disclosure().when(OPEN.command, actor=FINDER).refused(NotAuthorised)


def test_opened_again_it_stays_as_it_is_and_answers_no_other_request() -> None:
    begun = asked(disclosure(), OPEN)
    begun.when(OPEN.command, actor=OFFICER).nothing()
    other = OpenDisclosure(disclosure_id=ID, case_id=OTHER)
    begun.when(other, actor=OFFICER).refused(UnlawfulTransition, rule="disclosure-opened-once")


def test_the_request_is_a_case_that_is_there() -> None:
    nowhere = OpenDisclosure(disclosure_id=ID, case_id=number(9))
    disclosure().when(nowhere, actor=OFFICER).refused(CaseNotFound)


def test_the_person_is_named_where_they_ask_for_their_own_and_nowhere_else() -> None:
    own = OpenDisclosure(disclosure_id=ID, case_id=REQUEST, audience="subject")
    disclosure().when(own, actor=OFFICER).refused(InvalidCommand, saying="--party")
    named = own.model_copy(update={"party": number(5)})
    disclosure().when(named, actor=OFFICER).then(some(DisclosureOpened, party=number(5)))


def test_whoever_asks_for_their_own_has_a_record() -> None:
    """Before, a slip in the id began an answer about nobody, in whose scope nothing ever lay."""
    own = OpenDisclosure(disclosure_id=ID, case_id=REQUEST, audience="subject", party=number(5))
    there = disclosure()
    nobody = replace(there, others={**there.others, f"party/{number(5)}": None})
    nobody.when(own, actor=OFFICER).refused(PartyNotFound, saying="check the id")


def test_nothing_is_asked_of_a_disclosure_that_was_never_opened() -> None:
    disclosure().when(SCOPE.command, actor=OFFICER).refused(DisclosureNotFound, saying=":")


def test_a_scope_names_cases_that_are_there() -> None:
    begun = asked(disclosure(), OPEN)
    begun.when(SCOPE.command, actor=OFFICER).then(
        DisclosureScoped(
            cases=(OTHER,), party=None, from_at=None, until_at=None, topics=(), narrowed=False,
            words=None,
        )
    )  # fmt: skip
    wrong = SetDisclosureScope(disclosure_id=ID, cases=(number(9),))
    begun.when(wrong, actor=OFFICER).refused(CaseNotFound)
    instant = datetime(2026, 1, 1, tzinfo=UTC)
    backward = SetDisclosureScope(
        disclosure_id=ID, cases=(OTHER,), from_at=instant, until_at=instant
    )
    begun.when(backward, actor=OFFICER).refused(InvalidCommand, saying="ends before")


def test_a_question_to_the_applicant_is_open_until_the_narrowed_scope_is_recorded() -> None:
    question = AskClarification(disclosure_id=ID, words="Which road?")
    waiting = (
        asked(disclosure(), OPEN)
        .when(question, actor=OFFICER)
        .then(ClarificationAsked(words="Which road?"))
    )
    waiting.when(question, actor=OFFICER).refused(UnlawfulTransition, rule="one-clarification")
    waiting.when(SCOPE.command, actor=OFFICER).then(some(DisclosureScoped, narrowed=True))


def test_what_is_drawn_is_in_the_scope_and_drawn_again_the_same_is_quiet() -> None:
    scoped = asked(disclosure(), OPEN, SCOPE)
    found = scoped.when(DRAW.command, actor=OFFICER).then(StreamDrawn(**dict(DRAWN)))
    found.when(DRAW.command, actor=OFFICER).nothing()
    outside = DRAWN.model_copy(update={"in_stream": f"case/{REQUEST}"})
    wrong = DrawScope(disclosure_id=ID, streams=(outside,))
    scoped.when(wrong, actor=OFFICER).refused(Refusal, rule="drawn-from-the-scope")


def test_a_scope_that_selects_nothing_is_refused() -> None:
    scoped = asked(disclosure(), OPEN, SCOPE)
    nothing = DrawScope(disclosure_id=ID, streams=())
    scoped.when(nothing, actor=OFFICER).refused(Refusal, rule="scope-selects-something")
    begun = asked(disclosure(), OPEN)
    begun.when(DRAW.command, actor=OFFICER).refused(UnlawfulTransition, rule="scope-before-draw")


def test_a_scope_that_is_drawn_anew_keeps_what_was_decided_of_its_slots() -> None:
    decided = asked(drawn(), withheld(at(1, "contact")))
    assert decided.state.streams[CASE].undecided == ((1, "name"), (2, "text"))
    wider = DrawnStream(in_stream=CASE, upto_version=3, whole=False, entries=(*DRAWN.entries[:1],))
    again = asked(decided, SCOPE).when(DrawScope(disclosure_id=ID, streams=(wider,)), actor=OFFICER)
    assert again.after.state.streams[CASE].undecided == ((1, "name"),)


def search(found: int, **said: Any) -> LogSearch:
    return LogSearch(
        disclosure_id=ID, search_id=number(3), custodian="Roads", tasked_on=TODAY,
        systems=("mail",), found=found, minutes=30, terms="pothole", **said,
    )  # fmt: skip


def test_a_search_is_logged_once_and_a_nil_return_is_signed() -> None:
    begun = asked(disclosure(), OPEN)
    logged = begun.when(search(3), actor=OFFICER).then(
        some(SearchLogged, found=3, nil_signed_by=None)
    )
    logged.when(search(3), actor=OFFICER).nothing()
    begun.when(search(0), actor=OFFICER).refused(Refusal, rule="nil-return-is-signed")
    signed = search(0, nil_signed_by="R-02")
    begun.when(signed, actor=OFFICER).then(some(SearchLogged, found=0, nil_signed_by="R-02"))
    begun.when(search(3, nil_signed_by="R-02"), actor=OFFICER).refused(InvalidCommand)


def test_a_search_covers_dates_in_order_and_was_asked_for_before_it_was_made() -> None:
    begun = asked(disclosure(), OPEN)
    later = TODAY.replace(day=30)
    wrong = search(1, covers_from_on=later, covers_until_on=TODAY)
    begun.when(wrong, actor=OFFICER).refused(InvalidCommand, saying="end before")
    tomorrow = search(1).model_copy(update={"tasked_on": later})
    begun.when(tomorrow, actor=OFFICER).refused(InvalidCommand, saying="still to come")


def test_staff_time_and_its_cost_are_logged_once() -> None:
    spent = LogDisclosureTime(
        disclosure_id=ID, work_id=number(4), activity="sever", minutes=45, cost_cents=2000
    )
    logged = asked(disclosure(), OPEN).when(spent, actor=OFFICER)
    logged.then(
        DisclosureTimeLogged(
            work_id=number(4), activity="sever", minutes=45, cost_cents=2000, words=None
        )
    ).when(spent, actor=OFFICER).nothing()
