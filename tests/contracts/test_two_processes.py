"""A served ledger and another process write the same home at once, and neither has to know of the other."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ledger.case import CASE
from ledger.commands import Request
from ledger.entry import Receipt
from ledger.errors import Refusal
from ledger.evidence.verifying.verify import verify
from ledger.service import Ledger
from ledger.store import Location
from ledger.writer.writer import Outcome
from tests.benchmarks.office import publication
from tests.benchmarks.work import case_number, contact, lives, opening
from tests.contracts.served import Served, asked_at_once, served

CASES = 24
MOST_ROUNDS = 20


@contextmanager
def two_at_once(location: Location, folder: Path) -> Generator[tuple[Ledger, Served]]:
    """The ledger in this process, and the same one served by another."""
    master_key = folder / "master.key"
    with Ledger.create(location, master_key=master_key) as ledger:
        ledger.handle_all([publication(ledger.policy_id)])
        with served(location, master_key) as other:
            yield ledger, other


def receipts(answers: Sequence[Sequence[Outcome]]) -> list[Receipt]:
    """The answers in one row; each of them is a receipt."""
    found = [answer for share in answers for answer in share]
    assert [answer for answer in found if not isinstance(answer, Receipt)] == []
    return [answer for answer in found if isinstance(answer, Receipt)]


def positions(receipts: Sequence[Receipt]) -> set[int]:
    """Where what they are of stands in the log."""
    return {receipt.position for receipt in receipts}


def both_ask(
    ledger: Ledger,
    other: Served,
    *,
    here: Sequence[Sequence[Request]],
    there: Sequence[Sequence[Request]],
) -> tuple[list[Receipt], list[Receipt]]:
    """What both are answered that ask at the same time."""
    other.is_asked(there)
    answered_here = asked_at_once(ledger, here)
    return receipts(answered_here), receipts(other.answers())


def assert_every_case_stands_as_its_entries_say(ledger: Ledger) -> None:
    """Whoever wrote them, and whether this process held them when others went on."""
    streams = ledger.store.streams("case")
    assert len(streams) >= 4 * CASES
    for stream in streams:
        folded = CASE.initial
        entries = [read.entry for read in ledger.read(stream)]
        for entry in entries:
            folded = CASE.evolve(folded, entry)
        assert ledger.state_of(stream) == folded
        assert ledger.begun_by(stream) == entries[0].actor.id


def test_both_write_at_once_and_the_positions_have_no_gap(
    location: Location, tmp_path: Path
) -> None:
    with two_at_once(location, tmp_path) as (ledger, other):
        recorded = set[int]()
        for start in range(0, MOST_ROUNDS * 4_000, 4_000):
            here = [list(lives(start + first, cases=CASES)) for first in (0, 1_000)]
            there = [list(lives(start + first, cases=CASES)) for first in (2_000, 3_000)]
            own, others = both_ask(ledger, other, here=here, there=there)
            assert all(receipt.fresh for receipt in (*own, *others))
            recorded |= (ours := positions(own)) | (theirs := positions(others))
            if min(theirs) < max(ours) and min(ours) < max(theirs):
                break  # both were at it at once: a machine may keep one of them waiting until the other has ended
        else:
            raise AssertionError("one always waited for the other")
        found = [entry.position for entry in ledger.entries()]
        assert found == list(range(1, ledger.store.tip() + 1))
        assert recorded <= set(found)
        assert_every_case_stands_as_its_entries_say(ledger)
        assert verify(ledger.store, ledger.vault).findings == []


def test_a_command_asked_of_both_at_once_is_recorded_once_and_answered_alike(
    location: Location, tmp_path: Path
) -> None:
    with two_at_once(location, tmp_path) as (ledger, other):
        same = [opening(number) for number in range(CASES)]
        own, others = both_ask(ledger, other, here=[same], there=[same])
        assert own == others
        assert [mine.fresh + theirs.fresh for mine, theirs in zip(own, others, strict=True)] == [
            1
        ] * CASES
        assert verify(ledger.store, ledger.vault).findings == []


def test_each_works_on_the_cases_that_the_other_opened(location: Location, tmp_path: Path) -> None:
    with two_at_once(location, tmp_path) as (ledger, other):
        mine, theirs = range(CASES), range(CASES, 2 * CASES)
        both_ask(
            ledger,
            other,
            here=[[opening(number) for number in mine]],
            there=[[opening(number) for number in theirs]],
        )
        own, others = both_ask(
            ledger,
            other,
            here=[[contact(number, nth) for nth in (0, 2) for number in (*theirs, *mine)]],
            there=[[contact(number, nth) for nth in (1, 3) for number in (*mine, *theirs)]],
        )
        assert len({(receipt.stream, receipt.version) for receipt in (*own, *others)}) == 8 * CASES
        for number in (*mine, *theirs):
            entries = [read.entry for read in ledger.read(f"case/{case_number(number)}")]
            assert [entry.version for entry in entries] == list(range(1, len(entries) + 1))
            assert [entry.topic for entry in entries].count("ContactLogged") == 4
        assert verify(ledger.store, ledger.vault).findings == []


def test_what_one_process_recorded_the_other_refuses_to_record_with_other_words(
    location: Location, tmp_path: Path
) -> None:
    with two_at_once(location, tmp_path) as (ledger, other):
        both_ask(ledger, other, here=[], there=[[opening(1)]])
        first, second = opening(1), opening(2)
        (refused,) = ledger.handle_all([Request(second.command, second.actor, first.command_id)])
        assert isinstance(refused, Refusal)
        assert refused.rule == "one-command-an-id"
        (again,) = ledger.handle_all([first])
        assert isinstance(again, Receipt)
        assert not again.fresh
