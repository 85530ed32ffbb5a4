"""A leader gives those who were answered with it a moment to ask again, and goes on without them if they do not."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Event, Thread

import pytest

from ledger.writer import group_commit
from ledger.writer.group_commit import GroupCommit
from tests.patience import WITHIN_SECONDS

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
            assert self.go_on.wait(WITHIN_SECONDS)
        return [2 * each for each in asked]


def test_who_asks_alone_after_a_crowd_is_answered_and_the_next_waits_for_nobody() -> None:
    written = Written()
    group = GroupCommit[int, int](written)
    answers: dict[int, Sequence[int]] = {}

    def ask(number: int) -> None:
        answers[number] = group.submit([number])

    threads = [Thread(target=ask, args=(number,)) for number in range(CALLERS)]
    threads[0].start()
    assert written.begun.wait(WITHIN_SECONDS)
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


def test_those_who_are_answered_together_are_written_together_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whoever came back first would be written alone, if the leader did not wait for the others."""
    monkeypatch.setattr(group_commit, "_GATHERS_SECONDS", WITHIN_SECONDS)
    batches: list[int] = []
    first_begun, second_begun = Event(), Event()

    def write(asked: Sequence[int]) -> Sequence[int]:
        batches.append(len(asked))
        match len(batches):
            case 1:
                first_begun.set()
                wait_for(5)  # all others ask meanwhile
            case 2:
                second_begun.set()
                wait_for(1)  # the one comes back meanwhile
            case _:  # what is tried is over: nobody waits for who has ended
                monkeypatch.setattr(group_commit, "_GATHERS_SECONDS", 0.0)
        return asked

    def wait_for(callers: int) -> None:
        while len(group._queue) < callers:
            Event().wait(0.001)

    def ask_first() -> None:
        group.submit([0])
        assert second_begun.wait(WITHIN_SECONDS)
        group.submit([0])

    def ask_twice() -> None:
        group.submit([1])
        group.submit([1])

    group = GroupCommit[int, int](write)
    one, *others = [Thread(target=ask_first), *(Thread(target=ask_twice) for _ in range(5))]
    one.start()
    assert first_begun.wait(WITHIN_SECONDS)
    for thread in others:
        thread.start()
    for thread in (one, *others):
        thread.join()
    assert batches[:2] == [1, 5]
    assert batches[2] >= 5, "the one who came back waited for those five"
    assert sum(batches) == 12
