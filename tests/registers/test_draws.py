"""The draw of five: anybody can make it again, nobody can choose it, and each day is drawn once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from hypothesis import given as whatever
from hypothesis import strategies as st

from ledger.errors import InvalidCommand, Refusal
from ledger.policy.flow.draws import A_DAY, Stratum, draw, frame_digest, seed_of
from ledger.registers.flow.draws import CALLS, CallsDrawn, DrawCalls, DrawnCase
from tests.deciding import MONDAY, ROADS, given, number, some

LEDGER = bytes(16)
FRAME: Mapping[Stratum, tuple[UUID, ...]] = {
    "closed": tuple(number(n) for n in range(1, 9)),
    "waiting": tuple(number(n) for n in range(20, 60)),
    "unanswered_or_returned": (number(70), number(71)),
}


def drawing(**said: Any) -> DrawCalls:
    told: dict[str, Any] = {
        "draws_id": number(90), "ledger_id": LEDGER.hex(), "team": "RDW", "on": date(2026, 3, 2),
        "opened_at": MONDAY - timedelta(hours=1), "head_position": 7, "head": "h" * 43,
        "frame": FRAME, "excluded": {"safe contact is set": 2},
        "frame_rule": 2,
    }  # fmt: skip
    return DrawCalls(**{**told, **said})


def by_hand(seed: str, frame: Mapping[Stratum, Sequence[UUID]]) -> list[UUID]:
    """Five by the rule as the README could tell it, in other words than the code's."""

    def rank(stratum: str, case: UUID) -> bytes:
        return sha256(f"{seed}\0{stratum}\0{case}".encode()).digest()

    def first(stratum: Stratum, count: int) -> list[UUID]:
        return sorted(frame.get(stratum, ()), key=lambda each: rank(stratum, each))[:count]

    taken = [*first("closed", 2), *first("waiting", 2), *first("unanswered_or_returned", 1)]
    left = [case for cases in frame.values() for case in cases if case not in taken]
    left.sort(key=lambda each: rank("rest", each))
    return taken + left[: 5 - len(taken)]


def test_two_closed_two_waiting_and_one_unheard_or_returned_are_drawn() -> None:
    seed = seed_of(LEDGER, "RDW", "2026-03-02", "h" * 43)
    given(of=CALLS).when(drawing(), actor=ROADS).then(
        CallsDrawn(
            team="RDW",
            on=date(2026, 3, 2),
            opened_at=MONDAY - timedelta(hours=1),
            head_position=7,
            head="h" * 43,
            seed=seed,
            frame={"closed": 8, "waiting": 40, "unanswered_or_returned": 2},
            frame_digest=frame_digest(FRAME),
            excluded={"safe contact is set": 2},
            frame_rule=2,
            drawn=tuple(
                DrawnCase(case_id=case_id, stratum=stratum)
                for stratum, case_id in draw(seed, FRAME)
            ),
        )
    )
    assert [case for _, case in draw(seed, FRAME)] == by_hand(seed, FRAME)


def test_a_day_is_drawn_once() -> None:
    drawn = given(of=CALLS).when(drawing(), actor=ROADS).after
    drawn.when(drawing(head="x" * 43), actor=ROADS).nothing()
    next_day = drawing(on=date(2026, 3, 3), frame={"closed": (), "waiting": (number(5),)})
    both = drawn.when(next_day, actor=ROADS).then(some(CallsDrawn, team="RDW"))
    both.when(drawing(), actor=ROADS).nothing()


def test_no_day_is_drawn_before_it_opened() -> None:
    early = drawing(opened_at=MONDAY + timedelta(hours=1))
    given(of=CALLS).when(early, actor=ROADS).refused(Refusal, rule="drawn-after-opening")
    given(of=CALLS).when(drawing(opened_at=MONDAY), actor=ROADS).then(some(CallsDrawn))


def test_where_nobody_can_be_called_nobody_is_drawn() -> None:
    given(of=CALLS).when(drawing(frame={"closed": ()}), actor=ROADS).refused(
        Refusal, rule="frame-is-not-empty"
    )
    given(of=CALLS).when(drawing(team="NAVY"), actor=ROADS).refused(InvalidCommand)


def test_another_day_team_ledger_or_head_is_another_draw() -> None:
    seeds = {
        seed_of(ledger, team, on, head)
        for ledger in (LEDGER, b"1" * 16)
        for team in ("RDW", "INC")
        for on in ("2026-03-02", "2026-03-03")
        for head in ("h", "g")
    }
    assert len(seeds) == 16


some_cases = st.lists(st.integers(1, 200), max_size=12, unique=True)


@whatever(some_cases, some_cases, some_cases, st.text(max_size=8))
def test_the_draw_depends_on_nothing_but_seed_and_frame(
    one: list[int], two: list[int], three: list[int], seed: str
) -> None:
    frame: dict[Stratum, list[UUID]] = {
        "closed": [number(1000 + each) for each in one],
        "waiting": [number(2000 + each) for each in two],
        "unanswered_or_returned": [number(3000 + each) for each in three],
    }
    shuffled: dict[Stratum, list[UUID]] = {name: cases[::-1] for name, cases in frame.items()}
    drawn = draw(seed, frame)
    assert drawn == draw(seed, shuffled)
    assert frame_digest(frame) == frame_digest(shuffled)
    assert [case for _, case in drawn] == by_hand(seed, frame)
    assert len({case for _, case in drawn}) == min(5, len(one) + len(two) + len(three))
    assert all(case in frame[stratum] for stratum, case in drawn)
    for stratum, count in A_DAY.items():
        found = sum(name == stratum for name, _ in drawn)
        assert found >= min(count, len(frame[stratum]))
