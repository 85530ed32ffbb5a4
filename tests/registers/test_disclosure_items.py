"""Documents outside the ledger: duplicates count, pages add up, privilege waits for its holder."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st
from pydantic import ValidationError

from ledger.errors import InvalidCommand, NotAuthorised, Refusal, UnlawfulTransition
from ledger.registers.disclosures.approving import (
    DecideClaim,
    DisclosureAnswered,
    DisclosureApproved,
)
from ledger.registers.disclosures.dispositions import DisposeItem, ItemDisposed
from ledger.registers.disclosures.grounds import Reasons
from ledger.registers.disclosures.items import (
    DisclosureItemListed,
    ItemDuplicated,
    MarkDuplicate,
    PrivilegeWaived,
    WaivePrivilege,
)
from tests.deciding import Asked, History, number, some
from tests.registers.disclosing import (
    ADVICE,
    ANSWER,
    APPROVE,
    COMPARE,
    DEPUTY,
    FINDER,
    ID,
    OFFICER,
    OPEN,
    PERSONAL,
    REQUEST,
    TODAY,
    asked,
    disclosure,
    reviewed,
)
from tests.registers.documents import COPY, MEMO, VERSION, cut, disposed, listed


def with_memo(**said: Any) -> History[Any]:
    return asked(disclosure(), OPEN, listed(MEMO, **said))


def test_a_document_is_listed_once_with_its_number() -> None:
    begun = asked(disclosure(), OPEN)
    found = begun.when(listed(MEMO).command, actor=OFFICER)
    found.then(some(DisclosureItemListed, item_id=MEMO, number=1, pages=10, lead=None)).when(
        listed(MEMO).command, actor=OFFICER
    ).nothing()


def test_the_same_bytes_listed_again_point_to_the_first_and_count() -> None:
    again = with_memo().when(listed(COPY).command, actor=OFFICER)
    both = again.then(some(DisclosureItemListed, item_id=COPY, number=2, lead=MEMO))
    assert len(both.state.items) == 2
    lone = DisposeItem(disclosure_id=ID, item_id=COPY, disposition="release_in_full")
    both.when(lone, actor=OFFICER).refused(Refusal, rule="decided-at-the-lead")


def test_a_version_points_to_its_lead_by_a_person_s_decision() -> None:
    two = asked(with_memo(), listed(VERSION, mark="m2"))
    mark = MarkDuplicate(disclosure_id=ID, item_id=VERSION, lead=MEMO, reason="A later draft.")
    two.when(mark, actor=FINDER).refused(NotAuthorised)
    marked = two.when(mark, actor=OFFICER).then(
        ItemDuplicated(item_id=VERSION, lead=MEMO, duplicate="near", reason="A later draft.")
    )
    marked.when(mark, actor=OFFICER).nothing()
    again = listed(COPY, mark="m2").command
    marked.when(again, actor=OFFICER).then(some(DisclosureItemListed, item_id=COPY, lead=MEMO))
    circle = MarkDuplicate(disclosure_id=ID, item_id=MEMO, lead=VERSION, reason="The same.")
    marked.when(circle, actor=OFFICER).refused(Refusal, rule="one-lead")
    itself = mark.model_copy(update={"lead": VERSION})
    two.when(itself, actor=OFFICER).refused(InvalidCommand, saying="itself")
    nowhere = mark.model_copy(update={"lead": number(99)})
    two.when(nowhere, actor=OFFICER).refused(UnlawfulTransition, rule="of-a-listed-item")


def test_a_document_is_released_in_full_page_by_page() -> None:
    given_out = with_memo().when(disposed("release_in_full"), actor=OFFICER)
    given_out.then(
        some(ItemDisposed, pages_full=10, pages_part=0, pages_withheld=0, exemptions=())
    ).when(disposed("release_in_full"), actor=OFFICER).nothing()


def test_said_otherwise_in_clear_a_disposition_is_another_decision() -> None:
    """A title that was to be withheld after all stayed in the index: of the document nothing else had changed."""
    given_out = asked(with_memo(), Asked(disposed("release_in_full"), OFFICER))
    given_out.when(disposed("release_in_full", title_shown="withheld"), actor=OFFICER).then(
        some(ItemDisposed, title_shown="withheld")
    )
    later = disposed("to_be_published", publish_on=TODAY + timedelta(days=60))
    sooner = disposed("to_be_published", publish_on=TODAY + timedelta(days=30))
    asked(with_memo(), Asked(sooner, OFFICER)).when(later, actor=OFFICER).then(
        some(ItemDisposed, publish_on=later.publish_on)
    )


def test_a_document_in_part_says_what_is_cut_and_its_pages_add_up() -> None:
    part = disposed(
        "release_in_part", redactions=(cut(3, 4), cut(4, 5, (0, 0, 500, 20))), reasons=PERSONAL
    )
    with_memo().when(part, actor=OFFICER).then(
        some(ItemDisposed, pages_full=7, pages_part=1, pages_withheld=2, exemptions=("X-PERSONAL",))
    )
    with_memo().when(disposed("release_in_part"), actor=OFFICER).refused(
        InvalidCommand, saying="--redact"
    )
    beyond = disposed("release_in_part", redactions=(cut(9, 11),), reasons=PERSONAL)
    with_memo().when(beyond, actor=OFFICER).refused(InvalidCommand, saying="ends with page 10")
    whole = disposed("release_in_full", redactions=(cut(3, 3),))
    with_memo().when(whole, actor=OFFICER).refused(InvalidCommand, saying="leave them out")
    all_of_it = disposed("release_in_part", redactions=(cut(1, 10),), reasons=PERSONAL)
    with_memo().when(all_of_it, actor=OFFICER).refused(Refusal, rule="part-gives-something")


def test_what_is_cut_answers_for_the_exemption_that_it_cites() -> None:
    bare = disposed("release_in_part", redactions=(cut(3, 3),))
    with_memo().when(bare, actor=OFFICER).refused(Refusal, rule="harm-is-said")


@for_all(st.lists(st.tuples(st.integers(1, 10), st.integers(1, 10), st.booleans()), max_size=6))
def test_pages_full_part_and_withheld_always_add_up_to_the_document(
    cuts: list[tuple[int, int, bool]],
) -> None:
    redactions = tuple(
        cut(min(a, b), max(a, b), (0, 0, 500, 500) if box else None) for a, b, box in cuts
    )
    outcome = with_memo().when(
        disposed("release_in_part", redactions=redactions, reasons=PERSONAL), actor=OFFICER
    )
    if outcome.refused_by is None:
        fact: Any = outcome.happened[0].fact
        assert fact.pages_full + fact.pages_part + fact.pages_withheld == 10
        assert fact.pages_full + fact.pages_part > 0
    else:
        whole = {page for a, b, box in cuts if not box for page in range(min(a, b), max(a, b) + 1)}
        assert not cuts or len(whole) == 10


def test_a_document_withheld_in_full_says_why_no_part_of_it_can_be_given() -> None:
    bare = disposed("withhold_in_full", reasons=PERSONAL)
    with_memo().when(bare, actor=OFFICER).refused(Refusal, rule="severed-where-it-can-be")
    said = PERSONAL.model_copy(update={"severability": "Every line names her."})
    with_memo().when(disposed("withhold_in_full", reasons=said), actor=OFFICER).then(
        some(ItemDisposed, pages_full=0, pages_withheld=10, severability="Every line names her.")
    )


@pytest.mark.parametrize(
    ("disposition", "option", "said"),
    [
        ("referred_to", "--referred-to", {"referred_to": "The archives"}),
        ("already_public", "--where-public", {"where_public": "The gazette"}),
        ("to_be_published", "--publish-on", {"publish_on": TODAY + timedelta(days=90)}),
        ("not_responsive", "--reason", {"reason": "About another road"}),
    ],
)
def test_other_dispositions_say_what_they_must(
    disposition: str, option: str, said: dict[str, Any]
) -> None:
    with_memo().when(disposed(disposition), actor=OFFICER).refused(InvalidCommand, saying=option)
    with_memo().when(disposed(disposition, **said), actor=OFFICER).then(
        some(ItemDisposed, disposition=disposition, pages_withheld=10)
    )


def test_what_is_published_too_late_is_decided_now() -> None:
    late = disposed("to_be_published", publish_on=TODAY + timedelta(days=91))
    with_memo().when(late, actor=OFFICER).refused(Refusal, rule="published-within-90-days")


def test_a_privileged_document_waits_for_the_waiver_of_its_holder() -> None:
    privileged = with_memo(privilege="litigation")
    privileged.when(disposed("release_in_full"), actor=OFFICER).refused(
        Refusal, rule="privilege-is-waived"
    )
    waive = WaivePrivilege(
        disclosure_id=ID, item_id=MEMO, audience="applicant", holder="The minister"
    )
    waived = privileged.when(waive, actor=OFFICER).then(
        PrivilegeWaived(item_id=MEMO, audience="applicant", holder="The minister", words=None)
    )
    waived.when(waive, actor=OFFICER).nothing()
    waived.when(disposed("release_in_full"), actor=OFFICER).then(some(ItemDisposed, pages_full=10))
    with_memo().when(waive, actor=OFFICER).refused(UnlawfulTransition, rule="waives-a-privilege")
    court = waive.model_copy(update={"audience": "regulator"})
    privileged.when(court, actor=OFFICER).refused(InvalidCommand, saying="not for whichever")
    named = court.model_copy(update={"recipient": "The Supreme Court"})
    privileged.when(named, actor=OFFICER).then(some(PrivilegeWaived, recipient="The Supreme Court"))


def test_what_one_listing_of_a_document_says_is_privileged_is_so_in_every_other() -> None:
    """The same document listed twice, once as privileged, was decided at its lead, which was not marked."""
    again, given = listed(COPY, privilege="litigation"), disposed("release_in_full")
    asked(with_memo(), again).when(given, actor=OFFICER).refused(rule="privilege-is-waived")
    ready = asked(reviewed(), listed(MEMO), Asked(given, OFFICER), again, COMPARE)
    ready.when(APPROVE.command, actor=DEPUTY).refused(saying="listed again as privileged")
    waive = WaivePrivilege(
        disclosure_id=ID, item_id=COPY, audience="applicant", holder="The minister"
    )
    waived = asked(ready, Asked(waive, OFFICER), COMPARE)
    waived.when(APPROVE.command, actor=DEPUTY).then(some(DisclosureApproved))


def test_an_exemption_for_what_is_not_withheld_is_refused() -> None:
    both = disposed("release_in_full", reasons=Reasons(exemptions=("X-OTHERS",)))
    with_memo().when(both, actor=OFFICER).refused(InvalidCommand, saying="leave it out")


@pytest.mark.parametrize(
    ("first", "last", "box"), [(4, 3, None), (1, 1, (500, 0, 100, 10)), (1, 1, (0, 0, 1001, 10))]
)
def test_a_redaction_is_a_part_of_a_page(first: int, last: int, box: Any) -> None:
    with pytest.raises(ValidationError):
        cut(first, last, box)


def old_memo(received_at: datetime) -> History[Any]:
    """A memorandum of 15 May 2006 for a request that came then."""
    history = with_memo(dated_on=date(2006, 5, 15))
    request = replace(history.others[f"case/{REQUEST}"], received_at=received_at)
    return replace(history, others={**history.others, f"case/{REQUEST}": request})


def test_what_withholds_for_so_many_years_withholds_no_document_as_old_as_that() -> None:
    advice = disposed(
        "withhold_in_full", reasons=ADVICE.model_copy(update={"severability": "All is advice."})
    )
    in_time = datetime(2026, 5, 15, 2, 30, tzinfo=UTC)  # the evening before, at the office
    late = datetime(2026, 5, 15, 14, 0, tzinfo=UTC)
    old_memo(in_time).when(advice, actor=OFFICER).then(some(ItemDisposed, exemptions=("X-ADVICE",)))
    old_memo(late).when(advice, actor=OFFICER).refused(Refusal, rule="exemption-outlived")
    undated = with_memo().when(advice, actor=OFFICER)
    undated.then(some(ItemDisposed, exemptions=("X-ADVICE",)))


def test_the_applicant_is_told_under_what_a_document_is_withheld_as_of_any_value() -> None:
    why = ADVICE.model_copy(update={"severability": "Every line advises."})
    withheld = Asked(disposed("withhold_in_full", reasons=why), OFFICER)
    twice = asked(reviewed(), listed(MEMO, privilege="litigation"), listed(COPY))
    twice.when(APPROVE.command, actor=DEPUTY).refused(saying="Documents that are not decided: 1")
    ready = asked(twice, withheld, APPROVE)
    ready.when(ANSWER.command, actor=OFFICER).then(
        some(DisclosureAnswered, exemptions=("X-ADVICE", "X-PERSONAL"))
    )


def test_that_there_is_no_record_is_approved_and_answered_with_nothing_drawn() -> None:
    searched = Asked(disposed("no_record", reason="Nothing was found."), OFFICER)
    claim = Asked(DecideClaim(disclosure_id=ID, claim="stated_scope"), OFFICER)
    ready = asked(with_memo(pages=0), searched, claim)
    approved = ready.when(APPROVE.command, actor=DEPUTY).then(some(DisclosureApproved, items=1))
    answer = ANSWER.command.model_copy(update={"outcome": "no_record"})
    approved.when(answer, actor=OFFICER).then(some(DisclosureAnswered, exemptions=()))
