"""What holds of a ledger in which a department has lived, however long."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import get_args

from api.cli.evidence.views_compared import views_as_rebuilt
from api.department.year import ENDS_ON
from ledger.evidence.verifying.verify import verify
from projections.figures.figure import Window
from projections.flow.by_day import flow
from projections.flow.lives import lives
from projections.flow.office_days import office_days_of
from projections.fold.told import told
from projections.measures import Asking, Filters, report
from projections.policies.replay import replay_policy
from projections.rows.spans import SPANS, CameBy, LeftBy
from tests.department.living import Lived

_SECOND = timedelta(seconds=1)


def is_as_it_was_recorded(house: Lived) -> None:
    """Everything hashed again, and the views against a rebuild."""
    store = house.ledger.store
    assert verify(store, house.ledger.vault).findings == []
    assert views_as_rebuilt(house.views.location, store, tell=_nobody) == []


def is_routed_again_the_same(house: Lived) -> int:
    """Every routing decision, made again under the policy that it cites."""
    found = replay_policy(house.ledger.store, house.ledger.policies())
    assert found.holds, found.differences
    return found.decisions


def has_one_accountable_at_every_second(house: Lived) -> int:
    """The spans of each case follow each other without gap or overlap, and add up to the second."""
    cases: dict[str, list] = {}
    for entry in house.entries():
        if entry.kind == "case":
            cases.setdefault(entry.stream, []).append(told(entry))
    for entries in cases.values():
        spans = SPANS.after(entries)
        for one, following in pairwise(spans):
            assert one.to_at == following.from_at
        assert spans[-1].to_at is None
        borders = [*(span.from_at for span in spans), house.ended_at]
        lengths = [(to - since) // _SECOND for since, to in pairwise(borders)]
        assert all(length >= 0 for length in lengths)
        assert sum(lengths) <= (house.ended_at - spans[0].from_at) // _SECOND
    return len(cases)


def counts_what_waits_by_what_came_and_went(house: Lived) -> int:
    """Formulas 5.0 on each team and each day: what waits is what waited, and what came less what went."""
    version = house.ledger.policies().in_force(house.ended_at)
    days = version.compiled.calendars.days_of(version.policy.office.zone)
    first_on = days.date_of(min(each.context.effective_at for each in house.entries()))
    found = flow(house.views, days=days, first_on=first_on, last_on=ENDS_ON)
    wrong = [day for day in found.days if not day.adds_up]
    assert wrong == []
    for one, following in pairwise(found.days):
        if one.team == following.team:
            assert one.waiting_end == following.waiting_start
    return len(found.days)


def tells_of_each_team_what_its_days_add_up_to(house: Lived) -> int:
    """The figures of a team stand on the moves that its days on the board count."""
    policies = house.ledger.policies()
    version = policies.in_force(house.ended_at)
    days = version.compiled.calendars.days_of(version.policy.office.zone)
    first_on = ENDS_ON - timedelta(days=45)
    window = Window(first_on, ENDS_ON + timedelta(days=1))
    found, compared = lives(house.ledger.store), 0
    flows = flow(house.views, days=days, first_on=first_on, last_on=ENDS_ON).days
    for team in version.policy.teams:
        asking = Asking(window, Filters(team=team), days, office_days_of(policies), policies)
        told = report(found, asking)
        mine = [day for day in flows if day.team == team]
        for way in get_args(CameBy) + get_args(LeftBy):
            counted = sum(getattr(day, way) for day in mine)
            assert (team, way, told.moves.counts[way]) == (team, way, counted)
            compared += counted
        waiting = told.pending.active.n + told.pending.inactive.n
        assert (team, waiting) == (team, mine[-1].waiting_end if mine else 0)
    return compared


def _nobody(done: int, of: int) -> None:
    """Nobody is told how far it has come."""
