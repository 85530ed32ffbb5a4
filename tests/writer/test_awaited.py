"""Coroutines are promised what threads are: nothing answered before it is durable, no neighbour harmed."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import chain
from typing import Any, TypeVar
from uuid import UUID

import pytest

from ledger.awaited import AwaitedLedger
from ledger.commands import Request
from ledger.entry import Receipt
from ledger.errors import CaseNotFound, LedgerUnavailable
from ledger.evidence.trees.trees import leaves_of as stored_leaves
from ledger.sealing.slots import b64u
from ledger.service import Ledger
from tests.ledgers import INTAKE, Place
from tests.writer.no_room import no_room_for_entries
from tests.writer.office_work import (
    add_note,
    all_at_once,
    assert_clean,
    in_another_process,
    note,
    open_case,
)
from tests.writer.stored import commits_on, held_open, stored_at

CALLERS, COMMANDS = 16, 12
SPAWN = multiprocessing.get_context("spawn")

R = TypeVar("R")


@pytest.fixture
def awaited(ledger: Ledger) -> Iterator[AwaitedLedger]:
    """The office's ledger as coroutines ask it."""
    with AwaitedLedger(ledger) as asked:
        yield asked


def answered(callers: Sequence[Callable[[], Awaitable[R]]]) -> list[R]:
    """What the callers are answered, all coroutines of one event loop."""

    async def ask_all() -> list[R]:
        return list(await asyncio.gather(*(caller() for caller in callers)))

    return asyncio.run(ask_all())


def a_note(ledger: Ledger, case_id: UUID) -> Request:
    """A new note on a case, asked by the intake."""
    return Request(note(ledger, case_id), INTAKE)


def test_sixteen_coroutines_share_few_transactions_and_each_answer_is_durable(
    place: Place, ledger: Ledger, awaited: AwaitedLedger
) -> None:
    case_id = open_case(ledger)
    before = commits_on(place, ledger)

    async def notes_each_seen_by_others() -> list[Receipt]:
        receipts: list[Receipt] = []
        for _ in range(COMMANDS):
            receipt = await awaited.ask(a_note(ledger, case_id))
            assert stored_at(place, receipt.position) == receipt.stream
            receipts.append(receipt)
        return receipts

    with held_open(place):
        receipts = list(chain(*answered([notes_each_seen_by_others] * CALLERS)))
        assert commits_on(place, ledger) - before == COMMANDS
    assert len({receipt.position for receipt in receipts}) == CALLERS * COMMANDS
    leaves = list(stored_leaves(ledger.store, ledger.store.tip()))
    assert all(receipt.digest == b64u(leaves[receipt.position - 1]) for receipt in receipts)
    assert_clean(ledger)


def test_what_is_asked_together_is_recorded_in_the_order_of_asking(
    ledger: Ledger, awaited: AwaitedLedger
) -> None:
    case_id = open_case(ledger)
    tip = ledger.store.tip()
    asking = [partial(awaited.ask, a_note(ledger, case_id)) for _ in range(CALLERS)]
    positions = [receipt.position for receipt in answered(asking)]
    assert positions == list(range(tip + 1, tip + 1 + CALLERS))


def test_a_refusal_harms_no_neighbour_and_records_nothing(
    ledger: Ledger, awaited: AwaitedLedger
) -> None:
    case_id, tip = open_case(ledger), ledger.store.tip()

    async def refused() -> None:
        with pytest.raises(CaseNotFound):
            await awaited.ask(a_note(ledger, ledger.new_id()))

    async def recorded() -> Receipt:
        return await awaited.ask(a_note(ledger, case_id))

    callers: list[Callable[[], Coroutine[Any, Any, Receipt | None]]] = [recorded, refused] * 8
    receipts = [each for each in answered(callers) if each is not None]
    positions = sorted(receipt.position for receipt in receipts)
    assert positions == list(range(ledger.store.tip() - 7, ledger.store.tip() + 1))
    assert ledger.store.tip() == tip + 8
    assert_clean(ledger)


def test_every_waiting_coroutine_hears_of_a_failed_write_and_the_next_command_works(
    place: Place, ledger: Ledger, awaited: AwaitedLedger
) -> None:
    case_id = open_case(ledger)

    async def until_there_is_no_room() -> str:
        with pytest.raises(LedgerUnavailable) as told:
            await notes_without_end()
        return str(told.value)

    async def notes_without_end() -> None:
        while True:
            await awaited.ask(a_note(ledger, case_id))

    with no_room_for_entries(place, ledger):
        told = answered([until_there_is_no_room] * CALLERS)
        tip = ledger.store.tip()
    assert len(told) == CALLERS
    assert all("disk" in sentence and "full" in sentence for sentence in told), told
    (receipt,) = answered([partial(awaited.ask, a_note(ledger, case_id))])
    assert (receipt.position, receipt.fresh) == (tip + 1, True)
    assert_clean(ledger)


def test_threads_coroutines_of_two_loops_and_another_process_write_at_once(
    place: Place, ledger: Ledger, awaited: AwaitedLedger
) -> None:
    case_id, tip = open_case(ledger), ledger.store.tip()

    async def notes() -> list[Receipt]:
        return [await awaited.ask(a_note(ledger, case_id)) for _ in range(COMMANDS)]

    def in_a_thread() -> list[Receipt]:
        return [add_note(ledger, case_id) for _ in range(COMMANDS)]

    def in_a_loop() -> list[Receipt]:
        return list(chain(*answered([notes] * 4)))

    with ProcessPoolExecutor(1, mp_context=SPAWN) as pool:
        theirs = pool.submit(
            in_another_process, place.location, place.master_key, case_id, notes=COMMANDS, first=0
        )
        ours = list(chain(*all_at_once([in_a_thread, in_a_loop, in_a_thread, in_a_loop])))
        positions = sorted(receipt.position for receipt in (*ours, *theirs.result()))
    assert positions == list(range(tip + 1, tip + 1 + 11 * COMMANDS))
    assert_clean(ledger)


def test_a_caller_cancelled_before_its_batch_is_begun_asks_nothing(
    ledger: Ledger, awaited: AwaitedLedger
) -> None:
    case_id, tip = open_case(ledger), ledger.store.tip()

    async def one_gives_up() -> Receipt:
        given_up, kept = (
            asyncio.ensure_future(awaited.ask(a_note(ledger, case_id))) for _ in range(2)
        )
        asyncio.get_running_loop().call_soon(given_up.cancel)  # when both have asked
        with pytest.raises(asyncio.CancelledError):
            await given_up
        return await kept

    assert asyncio.run(one_gives_up()).position == tip + 1
    assert ledger.store.tip() == tip + 1


def test_a_caller_cancelled_while_its_batch_is_written_harms_no_neighbour_and_can_ask_again(
    ledger: Ledger, awaited: AwaitedLedger
) -> None:
    case_id, tip = open_case(ledger), ledger.store.tip()
    asked = [Request(note(ledger, case_id), INTAKE, ledger.new_id()) for _ in range(2)]

    async def one_gives_up() -> Receipt:
        with ledger.store.exclusive():  # nobody writes until the block ends
            given_up, kept = (asyncio.ensure_future(awaited.ask(request)) for request in asked)
            loop = asyncio.get_running_loop()
            loop.call_soon(loop.call_soon, given_up.cancel)  # both ask, their batch begins, then
            await asyncio.wait([given_up])
        return await kept

    asyncio.run(one_gives_up())
    again = ledger.handle(asked[0].command, actor=INTAKE, command_id=asked[0].command_id)
    assert (again.position, again.fresh) == (tip + 1, False)


def test_who_asks_after_the_close_hears_that_nothing_is_taken(
    ledger: Ledger, awaited: AwaitedLedger
) -> None:
    case_id, tip = open_case(ledger), ledger.store.tip()
    awaited.close()
    for _ in range(2):
        with pytest.raises(LedgerUnavailable, match=r"open it again\.$"):
            asyncio.run(awaited.ask(a_note(ledger, case_id)))
    assert ledger.store.tip() == tip


def test_a_command_id_asked_by_threads_and_coroutines_at_once_is_recorded_once(
    ledger: Ledger, awaited: AwaitedLedger
) -> None:
    case_id, tip = open_case(ledger), ledger.store.tip()
    request = Request(note(ledger, case_id), INTAKE, ledger.new_id())

    def in_a_thread() -> list[Receipt]:
        return [ledger.handle(request.command, actor=INTAKE, command_id=request.command_id)]

    def in_a_loop() -> list[Receipt]:
        return answered([partial(awaited.ask, request)] * 4)

    receipts = list(chain(*all_at_once([in_a_thread, in_a_loop] * 2)))
    assert {receipt.position for receipt in receipts} == {tip + 1}
    assert sum(receipt.fresh for receipt in receipts) == 1
