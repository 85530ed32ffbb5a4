"""Lives so far: what happened to each case, gone on from where it was, is what one pass over the log finds."""

from __future__ import annotations

from copy import deepcopy

from projections.flow.lives import lives
from projections.flow.lives_so_far import LivesSoFar
from tests.projections.offices import Office, office, place

__all__ = ["office", "place"]


def test_what_is_gone_on_from_is_what_the_whole_log_tells_and_stays_as_it_was(
    office: Office,
) -> None:
    so_far = LivesSoFar(office.ledger.store)
    first = office.opened()
    second = office.opened()
    office.pulled(first)
    before = so_far.get()
    told = deepcopy(before)
    office.contact(first, "chase")
    office.contact(first, "chase", inbound=False)
    office.resolved(first)
    office.opened()
    after = so_far.get()
    assert after == lives(office.ledger.store)
    assert [*after.cases][:2] == [str(first), str(second)], "in the order in which they came"
    office.back(first)
    assert so_far.get() == lives(office.ledger.store)
    assert so_far.get() == so_far.get()
    assert before == told, "an answer that is still being reckoned is of its own position"


def test_of_too_many_cases_to_be_held_the_log_is_read_for_each_answer(office: Office) -> None:
    so_far = LivesSoFar(office.ledger.store, at_most=1)
    for _ in range(3):
        office.opened()
        assert so_far.get() == lives(office.ledger.store)
