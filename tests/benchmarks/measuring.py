"""How things are timed: side by side in one run, in rounds that take turns, answered as medians."""

from __future__ import annotations

import asyncio
import gc
import resource
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import TypeVar

T = TypeVar("T")
Timed = Callable[[int], float]
"""Does the work of a round (0, 1, 2, ...) and answers what one piece of it took, in seconds."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One line of the table: what was measured, the figures, and the budget that it is held against."""

    work: str
    ours: str
    against: str = "-"
    ratio: str = "-"
    budget: str = "-"


def taking_turns(contenders: Mapping[str, Timed], *, rounds: int) -> dict[str, list[float]]:
    """The seconds of each contender in each round; who goes first changes from round to round."""
    found: dict[str, list[float]] = {name: [] for name in contenders}
    order = list(contenders)
    for number in range(rounds):
        for name in order:
            gc.collect()
            found[name].append(contenders[name](number))
        order.append(order.pop(0))
    return found


def peak_mb() -> int:
    """The most memory that this process has held, in MB.

    Where the kernel tells it of the program alone that is taken: `ru_maxrss` of a process that was started by a
    large one begins with what the large one held.
    """
    status = Path("/proc/self/status")
    if status.exists():
        (held,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(held.split()[1]) >> 10
    return _peak_mb(resource.RUSAGE_SELF)


def peak_mb_of_children() -> int:
    """The most memory that a process which this one started, and which has ended, has held, in MB; at least its own."""
    return _peak_mb(resource.RUSAGE_CHILDREN)


def _peak_mb(whose: int) -> int:
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return resource.getrusage(whose).ru_maxrss // unit


def working(act: Timed, worked: list[float]) -> Timed:
    """The same; keeps the processor time of each round, of which a busy machine says more than of the clock."""

    def act_and_keep(number: int) -> float:
        started = time.process_time()
        took = act(number)
        worked.append(time.process_time() - started)
        return took

    return act_and_keep


def ratio_of(upper: Sequence[float], lower: Sequence[float]) -> str:
    """The median of the rounds' ratios, and between which the middle half of them lay."""
    ratios = [above / below for above, below in zip(upper, lower, strict=True)]
    first, middle, third = quantiles(ratios, n=4, method="inclusive")
    return f"{middle:.2f} ({first:.2f}-{third:.2f})"


def each_of(pieces: Sequence[T], act: Callable[[T], object]) -> float:
    """The seconds a piece when one caller does one after another."""
    started = time.perf_counter()
    for piece in pieces:
        act(piece)
    return (time.perf_counter() - started) / len(pieces)


def at_once(shares: Sequence[Sequence[T]], act: Callable[[T], object]) -> float:
    """The seconds a piece when every share is done by a thread of its own, all at once."""
    failures: list[BaseException] = []

    def do(share: Sequence[T]) -> None:
        try:
            for piece in share:
                act(piece)
        except BaseException as failure:  # noqa: BLE001 - a thread's failure is raised by its starter
            failures.append(failure)

    threads = [threading.Thread(target=do, args=(share,)) for share in shares]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - started
    if failures:
        raise failures[0]
    return took / sum(map(len, shares))


def at_once_awaited(shares: Sequence[Sequence[T]], act: Callable[[T], Awaitable[object]]) -> float:
    """The seconds a piece when every share is done by a coroutine of its own, all in one event loop."""

    async def do(share: Sequence[T]) -> None:
        for piece in share:
            await act(piece)

    async def do_all() -> float:
        started = time.perf_counter()
        await asyncio.gather(*map(do, shares))
        return time.perf_counter() - started

    return asyncio.run(do_all()) / sum(map(len, shares))


def once(act: Callable[[], object]) -> float:
    """The seconds that something takes."""
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def best_of(act: Callable[[], object], *, times: int, repeats: int = 5) -> float:
    """The seconds that something takes which is over in microseconds, undisturbed."""
    return min(once(lambda: [act() for _ in range(times)]) for _ in range(repeats)) / times


def short(seconds: float) -> str:
    """A duration in the unit that suits it."""
    for limit, factor, unit in ((0.001, 1e6, "us"), (1.0, 1e3, "ms")):
        if seconds < limit:
            return (
                f"{seconds * factor:.0f} {unit}"
                if seconds * factor >= 10
                else (f"{seconds * factor:.1f} {unit}")
            )
    return f"{seconds:.1f} s"


def say(sentence: str) -> None:
    """Tells whoever waits what is going on, beside the table."""
    print(sentence, file=sys.stderr, flush=True)
