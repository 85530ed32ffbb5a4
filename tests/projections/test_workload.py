"""What each member has, and lists of cases by what is due or nobody's: the same by the views and by the entries."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from ledger.case.clocks.waiting import BeginWaiting
from ledger.case.custody.pulling import PullCase
from ledger.case.intake.opening import OpenCase
from ledger.case.outcome.resolving import ResolveCase
from ledger.case.work.tasks import AddTask
from ledger.service import Ledger
from ledger.then import Then
from projections.lists.listing import Chosen, listed
from projections.lists.shown_to import ShownTo
from projections.office.lists_as_of import listed_as_of
from projections.office.workload import workload
from projections.views import Views
from tests.ledgers import INTAKE, OPENS_AT, ROADS, Place

DAY = timedelta(days=1)


def worked(place: Place, ledger: Ledger) -> list[UUID]:
    """Four potholes on one morning: one waits, one is done, one has a task, one is nobody's."""
    place.clock.at = OPENS_AT + timedelta(minutes=30)
    cases = [ledger.new_id() for _ in range(4)]
    for case_id in cases:
        answers = {"danger_now": False}
        opening = OpenCase(
            case_id=case_id, channel="phone", request_type="RDW-POT", answers=answers
        )
        ledger.handle(opening, actor=INTAKE)
    for case_id in cases[:3]:
        ledger.handle(PullCase(case_ids=(case_id,), team="RDW", owner="R-02"), actor=ROADS)
    waiting, done, task = cases[0], cases[1], cases[2]
    ledger.handle(
        BeginWaiting(case_id=waiting, wait_id=ledger.new_id(), reason="third-party"), actor=ROADS
    )
    ledger.handle(ResolveCase(case_id=done, outcome="done"), actor=ROADS)
    owed = AddTask(
        case_id=task, task_id=ledger.new_id(), kind="preparatory", team="RDW", member="R-02",
        title="Look at it", due_at=place.clock.at + DAY,
    )  # fmt: skip
    ledger.handle(owed, actor=ROADS)
    return cases


def test_what_a_member_has_is_the_same_by_the_views_and_by_the_entries(
    place: Place, ledger: Ledger
) -> None:
    worked(place, ledger)
    now = place.clock.at
    with Views.open(place.location) as views:
        views.catch_up(ledger.store)
        for at in (now, now + DAY, now + 60 * DAY):
            told = workload(views, ledger.store, at=at).members
            known = workload(views, ledger.store, at=at, then=Then(known_at=at)).members
            folded = workload(views, ledger.store, at=at, then=Then(as_of=at)).members
            assert told == known == folded
            assert told.keys() == {"R-02"}
        late = told["R-02"]
        before = workload(views, ledger.store, at=now, then=Then(known_at=OPENS_AT)).members
    assert before == {}
    assert (late.active, late.paused, late.owed, late.owed_late) == (1, 1, 1, 1)
    assert (late.overdue, late.due_soon, late.teams) == (2, 0, frozenset({"RDW"}))
    assert late.oldest_at == now


def test_what_is_due_or_nobodys_is_listed_the_same_by_the_views_and_by_the_entries(
    place: Place, ledger: Ledger
) -> None:
    *_, unowned = worked(place, ledger)
    now = place.clock.at

    def found(views: Views, wanted: Chosen, then: Then, *, due_first: bool) -> list[UUID]:
        if then.as_of is not None:
            told = listed_as_of(views, ledger.store, wanted, at=now, then=then, due_first=due_first)
        else:
            told = listed(views, wanted, at=now, known_at=then.known_at, due_first=due_first)
        return [each.case_id for each in told.cases]

    bounds: list[tuple[datetime | None, datetime | None]] = [
        (None, None), (now, None), (now + DAY, None), (None, now), (None, now + 60 * DAY),
    ]  # fmt: skip
    with Views.open(place.location) as views:
        views.catch_up(ledger.store)
        for since, due_by in bounds:
            for unowned_alone in (False, True):
                wanted = Chosen("RDW", None, "open", None, unowned_alone, since, due_by)
                for due_first in (False, True):
                    by_views, by_known, by_entries = (
                        found(views, wanted, then, due_first=due_first)
                        for then in (Then(), Then(known_at=now), Then(as_of=now))
                    )
                    assert by_views == by_known == by_entries
        whole = Chosen("RDW", None, "open")
        assert len(found(views, whole, Then(), due_first=True)) == 3
        nobodys = Chosen("RDW", None, "open", unowned=True)
        assert found(views, nobodys, Then(), due_first=True) == [unowned]
        late = Chosen("RDW", None, "open", due_by=now)
        assert found(views, late, Then(), due_first=True) == []
        income = ShownTo(teams=frozenset({"INC"}))
        for due_first in (False, True):
            by_views = listed(views, whole, at=now, shown_to=income, due_first=due_first)
            by_entries = listed_as_of(
                views, ledger.store, whole, at=now, then=Then(as_of=now), shown_to=income,
                due_first=due_first,
            )  # fmt: skip
            assert by_views.cases == by_entries.cases == (), "what another team has is not shown"
