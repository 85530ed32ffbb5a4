"""What coroutines look up at about the same time is looked up by one thread, and each hears of its own alone."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from functools import partial
from threading import Event, current_thread

import pytest

from api.http.looking import Looking
from ledger.errors import CaseNotFound, LedgerError, LedgerUnavailable


@pytest.fixture
def looking() -> Iterator[Looking]:
    with Looking() as each_asks:
        yield each_asks


def no_such_case() -> str:
    raise CaseNotFound("No such case.")


def test_each_hears_what_it_asked_for_and_a_failure_harms_no_neighbour(looking: Looking) -> None:
    async def all_ask() -> list[object]:
        works = [lambda: "a", no_such_case, lambda: "b", lambda: 1 // 0]
        return await asyncio.gather(*map(looking.up, works), return_exceptions=True)

    first, missing, other, defect = asyncio.run(all_ask())
    assert (first, other) == ("a", "b")
    assert isinstance(missing, CaseNotFound)
    assert isinstance(defect, ZeroDivisionError)


def test_what_is_asked_while_one_is_looked_up_is_done_after_it_by_the_same_thread(
    looking: Looking,
) -> None:
    done = list[int]()

    def looked_up(number: int) -> str:
        done.append(number)
        return current_thread().name

    async def all_ask() -> set[str]:
        loop, asked = asyncio.get_running_loop(), Event()
        others = list[asyncio.Future[str]]()

        def ask() -> None:
            works = [partial(looked_up, number) for number in range(1, 16)]
            others.extend(asyncio.ensure_future(looking.up(each)) for each in works)
            loop.call_soon(asked.set)

        def while_others_ask() -> str:
            loop.call_soon_threadsafe(ask)
            asked.wait()
            return looked_up(0)

        return {await looking.up(while_others_ask), *await asyncio.gather(*others)}

    assert len(asyncio.run(all_ask())) == 1
    assert done == list(range(16))


def test_a_store_that_does_not_answer_one_is_not_waited_for_again_by_those_who_ask_with_it(
    looking: Looking,
) -> None:
    waited = list[int]()

    def in_vain() -> None:
        waited.append(1)
        raise LedgerUnavailable("The database does not answer: ask again in a moment.")

    async def all_ask() -> list[object]:
        works = [in_vain, in_vain, no_such_case, in_vain]
        return await asyncio.gather(*map(looking.up, works), return_exceptions=True)

    told = asyncio.run(all_ask())
    assert len(waited) == 1
    assert {type(each) for each in told} == {LedgerUnavailable}


def test_whoever_asks_after_the_end_hears_so(looking: Looking) -> None:
    looking.close()
    with pytest.raises(LedgerError, match=r"open it again\.$"):
        asyncio.run(looking.up(lambda: 1))
