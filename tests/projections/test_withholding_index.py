"""The regulator's index gives the whole record of how each line came about; others are told as much as is theirs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from ledger.registers.disclosures.consulting import (
    DecideConsultation,
    GiveConsultationNotice,
    ReceiveRepresentations,
)
from ledger.registers.disclosures.guard import CompareTreatment, ExplainDifference
from ledger.registers.disclosures.items import ListDisclosureItem, MarkDuplicate
from ledger.registers.disclosures.review import AnswerProposals
from ledger.times import stamp
from projections.disclosures.dossier import dossier
from projections.disclosures.index_lines import IndexAudience, IndexRecord, records
from tests.deciding import MONDAY, Asked, History, number
from tests.registers.disclosing import (
    ADVICE,
    APPROVE,
    CLAIM,
    COMPARE,
    FINDER,
    ID,
    NAME,
    OFFICER,
    PROPOSE,
    asked,
    at,
    drawn,
    federal,
    law,
    released,
    withheld,
)
from tests.registers.documents import COPY, MEMO, cut, disposed
from tests.registers.releasing import made

POLICIES = law(federal)
MONDAY_TOLD = stamp(MONDAY)


def lines(history: History[Any], audience: IndexAudience = "regulator") -> tuple[IndexRecord, ...]:
    return records(dossier(history.entries), POLICIES, audience=audience)


def told(line: IndexRecord, *names: str) -> tuple[object, ...]:
    return tuple(getattr(line, name) for name in names)


def test_words_that_the_finder_proposed_say_so_and_who_decided_and_approved_them() -> None:
    accept = AnswerProposals(
        disclosure_id=ID, proposals=(number(7),), accept=True,
        reasons=ADVICE.model_copy(update={"paragraph": "(1)", "until_on": date(2040, 1, 1)}),
    )  # fmt: skip
    whole = released(at(1, "name"), at(1, "contact"), at(2, "text"))
    review = asked(
        drawn(policies=POLICIES), Asked(PROPOSE, FINDER), Asked(accept, OFFICER), whole, CLAIM,
        COMPARE,
    )  # fmt: skip
    (line,) = lines(review)
    assert told(line, "what", "entry", "slot", "words", "words_total", "words_withheld") == (
        "words", 2, "text", "1-3", 5, 2,
    )  # fmt: skip
    assert told(line, "exemption", "section", "paragraph", "duty", "test") == (
        "X-ADVICE", "14", "(1)", "discretionary", "class",
    )  # fmt: skip
    assert told(line, "override", "override_reason", "factors_for", "factors_against", "until") == (
        "does_not_prevail", "Nobody else is concerned.", "It is old.", "It would chill advice.",
        "2040-01-01",
    )  # fmt: skip
    assert told(line, "proposed_by", "decided_by", "decided_at") == (
        "finder 1 (phone)", "I-02", MONDAY_TOLD,
    )  # fmt: skip
    assert told(line, "approved_by", "approved_at") == (None, None)
    (approved,) = lines(asked(review, APPROVE))
    assert told(approved, "approved_by", "approved_at") == ("D-01", MONDAY_TOLD)


LETTER = ListDisclosureItem(
    disclosure_id=ID, item_id=MEMO, digest="0a" * 32, mark="m1", pages=10, media_type="text/plain",
    custodian="Roads", dated_on=date(2020, 5, 4), title="Offer of Acme", description="A letter",
    author="A. Stone", recipients="The Minister",
)  # fmt: skip
SCAN = LETTER.model_copy(update={"item_id": COPY, "mark": "m2", "pages": 2})
THEIRS = number(31)


def of_a_letter(*, withheld_on: Any) -> History[Any]:
    """A letter of somebody who was consulted, a scan of part of it, and what becomes of both."""
    commands = (
        LETTER,
        SCAN,
        MarkDuplicate(disclosure_id=ID, item_id=COPY, lead=MEMO, reason="The first pages of it."),
        GiveConsultationNotice(
            disclosure_id=ID, consultation_id=THEIRS, consultation="third_party", items=(MEMO,),
            body="Acme Ltd.", provision="s. 27(1)", words="We intend to release your offer.",
        ),
        withheld_on,
    )  # fmt: skip
    return asked(drawn(policies=POLICIES), *(Asked(each, OFFICER) for each in commands))


BOTH = ADVICE.model_copy(
    update={"harm": "Their privacy is invaded.", "severability": "The rest is given."}
)
PAGES = disposed(
    "release_in_part", redactions=(cut(1, 3), cut(5, 5, (0, 0, 500, 500))), title_shown="generalised",
    author_shown="withheld", reasons=BOTH,
)  # fmt: skip


def test_pages_that_are_withheld_are_told_where_they_are_and_a_duplicate_as_far_as_it_goes() -> (
    None
):
    history = of_a_letter(withheld_on=PAGES)
    first, second, third, fourth = lines(history)
    assert told(first, "what", "item", "pages", "box", "exemption", "disposition") == (
        "pages", 1, "1-3", None, "X-PERSONAL", "release_in_part",
    )  # fmt: skip
    assert told(second, "what", "pages", "box") == ("pages", "5", "0,0,500,500")
    assert told(third, "item", "disposition") == (2, "duplicate_of")
    counted = ("pages_total", "pages_full", "pages_part", "pages_withheld")
    assert [told(each, *counted) for each in (first, fourth)] == [(10, 6, 1, 3), (2, 0, 0, 2)]
    assert told(first, "item_on", "item_type", "decided_by") == ("2020-05-04", "text/plain", "I-02")


def test_how_a_document_is_described_is_the_regulator_s_alone_where_it_is_withheld() -> None:
    history = of_a_letter(withheld_on=PAGES)
    described = ("title", "author", "recipients")
    assert told(lines(history)[0], *described) == ("Offer of Acme", "A. Stone", "The Minister")
    assert told(lines(history, "applicant")[0], *described) == (
        "A letter", "(withheld)", "The Minister",
    )  # fmt: skip


def test_whom_a_document_was_consulted_with_stands_beside_it_and_beside_nothing_else() -> None:
    history = of_a_letter(withheld_on=PAGES)
    consulted = ("third_party", "position", "third_party_decision", "not_before")
    assert told(lines(history)[0], *consulted) == ("Acme Ltd.", None, None, None)
    answers = ReceiveRepresentations(disclosure_id=ID, consultation_id=THEIRS, position="objects")
    decides = DecideConsultation(
        disclosure_id=ID, consultation_id=THEIRS, decision="release_in_part", words="It is old."
    )
    decided = asked(history, Asked(answers, OFFICER), Asked(decides, OFFICER))
    not_before_at = decided.state.consultations[THEIRS].not_before_at
    assert not_before_at is not None
    first, _, scan, _ = lines(decided)
    assert told(first, *consulted) == (
        "Acme Ltd.", "objects", "release_in_part", stamp(not_before_at),
    )  # fmt: skip
    assert told(scan, *consulted) == (None,) * 4


def test_what_is_treated_otherwise_than_before_says_how_it_was_and_why_that_differs() -> None:
    before, earlier = made().state, number(0xABC)
    mine = asked(drawn(), withheld(at(1, "name"), at(1, "contact"), reasons=NAME), CLAIM)
    beside = replace(mine, others={**mine.others, f"disclosure/{earlier}": before})
    compare = CompareTreatment(disclosure_id=ID, others=(earlier,))
    compared = asked(beside, Asked(compare, OFFICER))
    differing = ("slot", "earlier", "difference_explained")
    contact, name = lines(compared)
    assert told(contact, *differing) == ("contact", f"shown ({earlier})", None)
    assert told(name, *differing) == ("name", None, None)
    explain = ExplainDifference(
        disclosure_id=ID, differences=tuple(compared.state.differences), reason="They moved since."
    )
    contact, name = lines(asked(compared, Asked(explain, OFFICER)))
    assert told(contact, *differing) == ("contact", f"shown ({earlier})", "They moved since.")
    assert told(name, *differing) == ("name", None, None)
