"""Laws of backlogs: whatever fails and whoever dies, every entry comes at least once, and in order for each stream."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from api.webhooks.backlog import (
    LONGEST,
    RESTS_AT_MOST,
    WAITS_AT_MOST,
    Backlog,
    Failure,
    delivered,
    failed,
    is_given_up,
    looked,
    may_go,
    owed_again,
    rests,
    wait_after,
    without,
)

BEGAN = datetime(2026, 3, 2, 12, 30, tzinfo=UTC)
DAYS = timedelta(days=3)
AWAY, REFUSED = Failure("away", "503", 503), Failure("refused", "422", 422)

logs = st.lists(st.integers(0, 3), min_size=1, max_size=30)
"""A log: which of four streams each entry is of."""
fates = st.lists(st.sampled_from(["taken", "taken", "away", "refused", "dies"]), max_size=80)


@dataclass
class Receiver:
    """What came, in the order in which it came, by stream."""

    came: dict[str, list[int]] = field(default_factory=dict[str, list[int]])

    def take(self, stream: str, position: int) -> None:
        self.came.setdefault(stream, []).append(position)


def lived(log: list[int], plan: list[str]) -> tuple[Receiver, Backlog]:
    """Deliveries over a log under these fates in turn, and then with a receiver that takes everything."""
    receiver, saved, now, fate = Receiver(), Backlog(looked=0), BEGAN, iter(plan)
    for _ in range(2_000):
        backlog = saved
        upto = min(backlog.looked + 4, len(log))
        found = [(each + 1, f"case/{log[each]}") for each in range(backlog.looked, upto)]
        backlog = looked(backlog, upto, "", found)
        for owed in may_go(backlog, now):
            what = next(fate, "taken")
            if what in ("taken", "dies"):
                receiver.take(owed.stream, owed.position)
            if what == "dies":  # before it is saved
                backlog = saved
                break
            if what == "taken":
                backlog = delivered(backlog, owed.position, "204")
            else:
                failure = AWAY if what == "away" else REFUSED
                backlog = failed(backlog, owed.position, failure, now=now, chance=0.5)
            if rests(backlog, now):
                break
        saved, now = backlog, now + timedelta(minutes=10)
        if saved.looked == len(log) and not saved.owed:
            return receiver, saved
    raise AssertionError("it never came to an end")


@given(logs, fates)
@settings(max_examples=300)
def test_every_entry_comes_at_least_once_and_in_order_for_each_stream(
    log: list[int], plan: list[str]
) -> None:
    receiver, backlog = lived(log, plan)
    for stream in {f"case/{each}" for each in log}:
        positions = [at + 1 for at, each in enumerate(log) if f"case/{each}" == stream]
        came = receiver.came[stream]
        assert list(dict.fromkeys(came)) == positions
    assert backlog.settled_upto == len(log)


@given(logs, st.integers(0, 10_000), st.floats(0, 1))
def test_no_stream_waits_for_another(log: list[int], seconds: int, chance: float) -> None:
    backlog = looked(
        Backlog(looked=0), len(log), "", [(at + 1, f"case/{each}") for at, each in enumerate(log)]
    )
    first = may_go(backlog, BEGAN)[0]
    stuck = failed(backlog, first.position, REFUSED, now=BEGAN, chance=chance)
    now = BEGAN + timedelta(seconds=seconds)
    others = {each.stream for each in may_go(stuck, now)} - {first.stream}
    assert others == {f"case/{each}" for each in log} - {first.stream}


@given(st.integers(1, 200), st.floats(0, 1))
def test_a_wait_grows_and_has_an_end(times: int, chance: float) -> None:
    for most in (RESTS_AT_MOST, WAITS_AT_MOST):
        wait = wait_after(times, most=most, chance=chance)
        assert timedelta() < wait <= most * 1.5 < LONGEST
        assert wait <= wait_after(times + 1, most=most, chance=chance)


@given(st.lists(st.just("away"), min_size=1, max_size=400))
def test_nothing_is_given_up_while_nobody_is_there(outage: list[str]) -> None:
    backlog, now = looked(Backlog(looked=0), 1, "", [(1, "case/0")]), BEGAN
    for _ in outage:
        now += timedelta(hours=1)
        (owed,) = may_go(backlog, now)
        assert not is_given_up(owed, AWAY, now=now, after=DAYS)
        backlog = failed(backlog, 1, AWAY, now=now, chance=0.5)
    assert [each.position for each in backlog.owed] == [1]


def test_what_is_refused_is_given_up_after_days_and_never_after_a_few_tries() -> None:
    backlog, now = looked(Backlog(looked=0), 1, "", [(1, "case/0")]), BEGAN
    tries = 0
    while True:
        going = may_go(backlog, now)
        if going:
            tries += 1
            if is_given_up(going[0], REFUSED, now=now, after=DAYS):
                break
            backlog = failed(backlog, 1, REFUSED, now=now, chance=0.5)
        now += timedelta(minutes=5)
    assert now - BEGAN >= DAYS
    assert 10 <= tries < 60
    jumped = failed(
        looked(Backlog(looked=0), 1, "", [(1, "case/0")]), 1, REFUSED, now=BEGAN, chance=0
    )
    assert not is_given_up(jumped.owed[0], REFUSED, now=BEGAN + 100 * DAYS, after=DAYS)


@given(logs, st.sets(st.integers(1, 30)))
def test_what_is_owed_again_stands_at_its_place_once(log: list[int], again: set[int]) -> None:
    found = [(at + 1, f"case/{each}") for at, each in enumerate(log)]
    backlog = looked(Backlog(looked=0), len(log), "", found)
    wanted = [(position, stream) for position, stream in found if position in again]
    for position, _ in wanted:
        backlog = without(backlog, position)
    twice = owed_again(owed_again(backlog, wanted), wanted)
    assert [each.position for each in twice.owed] == [position for position, _ in found]
