"""A leader gives those who were answered with it a moment to ask again, and goes on without them if they do not."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Event, Thread
from time import monotonic

from ledger.store.group_commit import GroupCommit

CALLERS = 6


class Written:
    """Answers each number with its double, and keeps what was written together; the first batch waits to be let go."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.begun, self.go_on = Event(), Event()

    def __call__(self, asked: Sequence[int]) -> Sequence[int]:
        self.batches.append(list(asked))
        if len(self.batches) == 1:
            self.begun.set()
            assert self.go_on.wait(60)
        return [2 * each for each in asked]


def test_who_asks_alone_after_a_crowd_is_answered_and_the_next_waits_for_nobody() -> None:
    written = Written()
    group = GroupCommit[int, int](written)
    answers: dict[int, Sequence[int]] = {}

    def ask(number: int) -> None:
        answers[number] = group.submit([number])

    threads = [Thread(target=ask, args=(number,)) for number in range(CALLERS)]
    threads[0].start()
    assert written.begun.wait(60)
    for thread in threads[1:]:
        thread.start()
    written.go_on.set()
    for thread in threads:
        thread.join()
    assert answers == {number: [2 * number] for number in range(CALLERS)}
    assert group.submit([7]) == [14]
    assert group.submit([8]) == [16]
    assert written.batches[-2:] == [[7], [8]]
    assert sorted(each for batch in written.batches for each in batch) == [*range(CALLERS), 7, 8]


def test_those_who_are_answered_together_are_written_together_again() -> None:
    """Without a wait, half of the batches hold the one who came back first."""
    batches: list[int] = []

    def write(asked: Sequence[int]) -> Sequence[int]:
        batches.append(len(asked))
        until = monotonic() + 0.002  # as a disk takes it
        while monotonic() < until:
            Event().wait(0.0005)
        return asked

    group = GroupCommit[int, int](write)
    threads = [
        Thread(target=lambda: [group.submit([number]) for number in range(50)])
        for _ in range(CALLERS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(batches) == CALLERS * 50
    assert len(batches) < CALLERS * 50 / 2
