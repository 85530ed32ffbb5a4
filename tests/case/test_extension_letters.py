"""The letter of an extension promises the date on which the clock is then due, and no other."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from ledger.case.clocks.extending import ClockExtended, ExtendClock
from ledger.case.contact.notices import IssueNotice, NoticeIssued
from ledger.errors import InvalidCommand, Refusal
from tests.case.cases import APPLICATION, wait
from tests.case.days import TUESDAY
from tests.case.writing import TEMPLATES, issue
from tests.deciding import (
    CASE_ID,
    INCOME,
    Actor,
    History,
    by,
    given_commands,
    number,
    office,
    some,
)

LEADER = Actor("person", "L-03", role="leader", team="INC")


def promises(*asks: str) -> Any:
    """Lets the office tell by letter until when a clock is extended."""

    def change(document: dict[str, Any]) -> None:
        document["templates"] = deepcopy(TEMPLATES)
        letter = document["templates"]["MORE-TIME"]
        letter["asks"] = list(asks)
        letter["texts"]["en"]["body"] = "We need until {new_date}."
        letter["texts"]["fr"]["body"] = "Il nous faut jusqu'au {new_date}."

    return change


def case_of(*asked: Any, asks: tuple[str, ...] = ()) -> History[Any]:
    opened = APPLICATION.model_copy(update={"language": "en"})
    return given_commands(opened, *asked, policies=office(promises(*asks)))


def letter(**fields: Any) -> IssueNotice:
    return issue("MORE-TIME", place=1, **fields)


def extend(amount: int) -> ExtendClock:
    return ExtendClock(
        case_id=CASE_ID,
        extension_id=number(1),
        clock="DEC-15",
        amount=amount,
        authority="leader",
        reason="volume",
        notice_id=number(1),
    )


def test_the_date_in_the_letter_of_an_extension_is_that_of_the_clock() -> None:
    """Whoever wrote the letter typed a date, and the clock was due on another."""
    (sent, *_) = case_of().decide(by(INCOME, letter(extends_by=10), at=TUESDAY))
    assert isinstance(sent.fact, NoticeIssued)
    assert (sent.fact.clock, sent.fact.extends_by) == ("DEC-15", 10)
    assert sent.fact.words == "We need until 8 April 2026.\n\nComplain."
    case_of().when(letter(), actor=INCOME).refused(InvalidCommand, saying="say by how much")


def test_a_date_that_differs_from_the_clock_is_refused_where_a_template_asks_for_one() -> None:
    asks = case_of(asks=("new_date",))
    for said in ("2026-04-08", "8 April 2026"):
        assert asks.decide(by(INCOME, letter(extends_by=10, values={"new_date": said})))
    another = letter(extends_by=10, values={"new_date": "2026-04-10"})
    asks.when(another, actor=INCOME).refused(
        saying="due on 8 April 2026", rule="notice-says-what-is"
    )
    alone = letter(values={"new_date": "2026-04-08"})
    asks.when(alone, actor=INCOME).refused(InvalidCommand, saying="say by how much")


def test_a_clock_is_extended_by_as_much_as_its_letter_told() -> None:
    told = case_of(by(INCOME, letter(extends_by=10), at=TUESDAY))
    told.when(extend(5), actor=LEADER, at=TUESDAY).refused(
        saying="extended by 10", rule="extended-as-told"
    )
    told.when(extend(10), actor=LEADER, at=TUESDAY).then(some(ClockExtended, amount=10))


@pytest.mark.parametrize(
    ("asked", "error", "saying"),
    [
        (letter(extends_by=11), Refusal, "at most in all"),
        (letter(extends_by=10, clock="ACK-2"), InvalidCommand, "Name the clock"),
        (issue("ACK", extends_by=10), InvalidCommand, "not of an extension"),
    ],
    ids=["more than the cap", "no such extension", "another letter"],
)
def test_no_letter_promises_an_extension_that_there_cannot_be(
    asked: Any, error: Any, saying: str
) -> None:
    case_of().when(asked, actor=INCOME).refused(error, saying=saying)


def test_while_a_clock_stands_still_no_date_is_promised() -> None:
    waits = case_of(by(INCOME, wait()))
    waits.when(letter(extends_by=10), actor=INCOME).refused(
        InvalidCommand, saying="once the clock runs"
    )
