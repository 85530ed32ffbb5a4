"""Four processes write one ledger at once: nothing is recorded twice, taken twice or lost."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import chain
from pathlib import Path
from uuid import uuid4

from ledger.case.custody.pulling import PullCase
from ledger.commands import Request
from ledger.entry import Receipt
from ledger.errors import Refusal
from ledger.evidence.verifying.verify import verify
from ledger.service import Ledger
from ledger.store import Location
from ledger.writer.writer import Outcome
from tests.benchmarks.office import PUBLISHER, members_of, publication
from tests.benchmarks.work import case_number, lives, opening, team_of
from tests.contracts.served import Served, asked_at_once, served

PROCESSES = 4
CASES = 8


@contextmanager
def four_at_once(location: Location, folder: Path) -> Generator[tuple[Ledger, list[Served]]]:
    """The ledger in this process, and the same one served by three others."""
    master_key = folder / "master.key"
    with Ledger.create(location, master_key=master_key) as ledger, ExitStack() as processes:
        ledger.handle_all([publication(ledger.policy_id)])
        others = [processes.enter_context(served(location, master_key)) for _ in range(3)]
        yield ledger, others


def all_ask(
    ledger: Ledger, others: Sequence[Served], shares: Sequence[Sequence[Request]]
) -> list[list[Outcome]]:
    """What each process is answered that asks its share at the same time as the others, by one thread each."""
    for other, share in zip(others, shares[1:], strict=True):
        other.is_asked([share])
    answers = [asked_at_once(ledger, [shares[0]]), *(other.answers() for other in others)]
    return [list(chain(*each)) for each in answers]


def anew(request: Request) -> Request:
    """The same command under an id that nobody used."""
    return Request(request.command, request.actor, uuid4())


def test_four_processes_under_load_leave_no_gap_and_every_receipt_stands(
    location: Location, tmp_path: Path
) -> None:
    with four_at_once(location, tmp_path) as (ledger, others):
        shares = [list(lives(1_000 * each, cases=CASES)) for each in range(PROCESSES)]
        answered = all_ask(ledger, others, shares)
        receipts = [answer for answer in chain(*answered) if isinstance(answer, Receipt)]
        assert len(receipts) == sum(map(len, shares))
        assert all(receipt.fresh for receipt in receipts)
        assert [entry.position for entry in ledger.entries()] == list(
            range(1, ledger.store.tip() + 1)
        )
        found = verify(ledger.store, ledger.vault)
        assert (found.findings, found.entries) == ([], ledger.store.tip())


def test_what_four_processes_ask_alike_is_recorded_once_reserved_once_and_pulled_once(
    location: Location, tmp_path: Path
) -> None:
    with four_at_once(location, tmp_path) as (ledger, others):
        same = [opening(number) for number in range(CASES)]
        answered = all_ask(ledger, others, [same] * PROCESSES)
        assert all(each == answered[0] for each in answered), "the same receipts to all"
        assert fresh(answered) == CASES

        contested = [opening(number) for number in range(100, 100 + CASES)]
        answered = all_ask(ledger, others, [list(map(anew, contested)) for _ in range(PROCESSES)])
        assert fresh(answered) == CASES
        assert refused(answered) == ["unique-reference"] * CASES * (PROCESSES - 1)

        team = team_of(0)
        waiting = [n for n in (*range(CASES), *range(100, 100 + CASES)) if team_of(n) == team]
        pull = PullCase(
            case_ids=tuple(map(case_number, waiting)), team=team, owner=members_of(team)[0]
        )
        pulls = [Request(pull, PUBLISHER, uuid4()) for _ in range(PROCESSES * len(waiting))]
        answered = all_ask(ledger, others, [pulls[each::PROCESSES] for each in range(PROCESSES)])
        taken = [each.stream for each in chain(*answered) if isinstance(each, Receipt)]
        assert sorted(taken) == sorted(f"case/{case_number(each)}" for each in waiting)
        assert refused(answered) == ["pull-order"] * (len(pulls) - len(waiting))
        assert verify(ledger.store, ledger.vault).findings == []


def fresh(answered: Sequence[Sequence[Outcome]]) -> int:
    """How many of the answers are receipts for what was recorded by this very asking."""
    return sum(isinstance(each, Receipt) and each.fresh for each in chain(*answered))


def refused(answered: Sequence[Sequence[Outcome]]) -> list[str]:
    """The rules by which the others were refused."""
    return [each.rule for each in chain(*answered) if isinstance(each, Refusal)]
