"""Lists at other instants: as known then the rows known then, by pages the whole, on both databases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from ledger.case.intake.opening import OpenCase
from ledger.entry import Actor
from ledger.registers.keeping.holds import PlaceHold, ReleaseHold
from ledger.then import Then
from projections.comparing.likeness import cases_near
from projections.fold.temporal import instant_at
from projections.lists.accesses import accesses
from projections.lists.holds import holds_then
from projections.lists.listing import Chosen, Within, cases_of_types, listed
from projections.lists.sla import ClockMark
from projections.office.lists_as_of import clocks_as_of, listed_as_of
from projections.rows.case_rows import CaseRow
from projections.views import Views
from tests.laws.asking import all_told, everything, instants_known, known
from tests.laws.histories import steps
from tests.laws.living import database, fewer, living
from tests.laws.steps import Step, case_number
from tests.ledgers import INTAKE

__all__ = ["database"]
FAR = timedelta(days=3660)
RECORDS = Actor("person", "D-01", role="records", team="INT")


@fewer
@given(story=steps, place=st.integers(0, 10**6))
def test_cases_as_known_at_an_instant_are_the_rows_known_then_also_page_by_page(
    database: str | None, story: Sequence[Step], place: int
) -> None:
    with living(story, database) as (ledger, clock, location), Views.open(location) as views:
        views.catch_up(ledger.store)
        instants = instants_known(all_told(ledger))
        then = instants[place % len(instants)]
        at = instant_at(then)
        rows = {
            UUID(key): row
            for key, _, row in known(everything(views), then)["cases"]
            if isinstance(row, CaseRow)
        }
        whole = listed(views, at=at, known_at=at)
        assert {each.case_id: each.row for each in whole.cases} == rows
        for standing in ("open", "resolved"):
            chosen = Chosen(standing=standing)
            found = listed(views, chosen, at=at, known_at=at).cases
            assert {each.case_id for each in found} == {
                key for key, row in rows.items() if chosen.fits(row)
            }
        as_of = Then(as_of=clock.at)
        whole = listed_as_of(views, ledger.store, at=clock.at, then=as_of)
        paged, before = [], None
        while page := listed_as_of(
            views, ledger.store, at=clock.at, then=as_of, before=before, limit=2
        ).cases:
            paged += page
            before = page[-1].row.received_at.isoformat(), str(page[-1].case_id)
        assert tuple(paged) == whole.cases
        clocks = clocks_as_of(views, ledger.store, "open", at=clock.at, then=as_of).clocks
        paged, after = [], None
        while page := clocks_as_of(
            views, ledger.store, "open", at=clock.at, then=as_of, after=after, limit=2
        ).clocks:
            paged += page
            last = page[-1]
            after = ClockMark(
                last.clock.due_at, last.case_id, last.clock.clock, last.clock.generation
            )
        assert tuple(paged) == clocks
        whoever = Within(frozenset({"RDW"}), "R-02")
        near = {each.case_id for each in listed(views, at=at, within=whoever).cases}
        told = listed(views, at=at, known_at=at, within=whoever).cases
        assert {each.case_id for each in told} == near & rows.keys(), "judged by how it stands now"


def test_holds_as_known_at_an_instant_are_the_same_from_the_views_and_folded_anew(
    database: str | None,
) -> None:
    with living([], database) as (ledger, clock, location), Views.open(location) as views:
        opened = OpenCase(case_id=ledger.new_id(), channel="phone", request_type="RDW-POT")
        ledger.handle(opened, actor=INTAKE)
        placed, instants = list[UUID](), list[datetime]()
        for releases in (None, None, 0, None, 2, 1):
            instants.append(clock.pass_by(minutes=5))
            if releases is not None:
                command = ReleaseHold(hold_id=placed[releases])
            else:
                placed.append(ledger.new_id())
                command = PlaceHold(hold_id=placed[-1], cases=(opened.case_id,), ground="audit")
            ledger.handle(command, actor=RECORDS, effective_at=clock.at - timedelta(minutes=7))
        views.catch_up(ledger.store)
        counted = list[int]()
        for at in instants:
            seen = holds_then(views, ledger.store, Then(known_at=at)).held
            assert seen == holds_then(views, ledger.store, Then(known_at=at, as_of=at)).held
            counted.append(len(seen))
        assert counted == [1, 2, 1, 2, 1, 0]
        as_of = [len(holds_then(views, ledger.store, Then(as_of=at)).held) for at in instants]
        assert as_of == [2, 1, 2, 1, 0, 0], "each came seven minutes before it was known"


@fewer
@given(story=steps)
def test_what_looks_at_other_instants_can_be_asked_of_both_databases(
    database: str | None, story: Sequence[Step]
) -> None:
    with living(story, database) as (ledger, clock, location), Views.open(location) as views:
        views.catch_up(ledger.store)
        at, case_id = clock.at, case_number(0)
        types = sorted({row.row.request_type or "" for row in listed(views, at=at).cases})
        ever = cases_of_types(views, types, ever=True)
        assert {*cases_of_types(views, types)} <= {*ever}
        for kind in types:
            near = [
                {*cases_near(views, case_id, request_type=kind, at=at, within=FAR, then=then)}
                for then in (Then(), Then(known_at=at), Then(as_of=at))
            ]
            assert near[0] == near[1] <= near[2]
        told = accesses(views, to_at=at + FAR, then=Then(known_at=at, as_of=at))
        assert told.listed == accesses(views, to_at=at + FAR).listed
