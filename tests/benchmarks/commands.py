"""Commands, durable: one at a time beside a bare insert, many at once beside the stock application."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from ledger.awaited import AwaitedLedger
from ledger.commands import Request
from ledger.service import Ledger
from tests.benchmarks.measuring import (
    Measured,
    Timed,
    at_once,
    at_once_awaited,
    each_of,
    ratio_of,
    short,
    taking_turns,
    working,
)
from tests.benchmarks.places import Place, office_at
from tests.benchmarks.rehearsal import Rehearsal, entries_a_command
from tests.benchmarks.rivals import Said
from tests.benchmarks.work import by_caller, caller_of, contact, lives, opening

CALLERS = 16
CONTACTED_CASES = 400
ROUNDS_ALONE, CONTACTS_ALONE, LIVES_ALONE = 40, 20, 5
"""Short rounds: what else the disk has to do then meets all contenders alike."""
ROUNDS_AT_ONCE, CONTACTS_AT_ONCE, LIVES_AT_ONCE = 11, 1_200, 240

_FIRST_LIFE = 1_000_000
_A_ROUND = 10_000


@dataclass(frozen=True, slots=True)
class Round:
    """The commands of one round, and what each comes to."""

    requests: tuple[Request, ...]
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Mix:
    """A kind of day: what is there before it begins, and its rounds."""

    name: str
    before: Round
    one_at_a_time: tuple[Round, ...]
    at_once: tuple[Round, ...]
    at_once_again: tuple[Round, ...]
    """As many more: what was asked once cannot be asked again."""

    @property
    def title(self) -> str:
        """The mix and the entries that a command of it makes."""
        every = [said for each in self.at_once for said in each.said]
        return f"{self.name}, {entries_a_command(every):.2f} entries a command"


def measure(place: Place) -> list[Measured]:
    """The rows of this store for both mixes."""
    rehearsal = Rehearsal(place.folder)
    mixes = (_contacts(rehearsal), _office_day(rehearsal))
    rehearsal.close()
    return [row for mix in mixes for row in _measured(place, mix)]


def _contacts(rehearsal: Rehearsal) -> Mix:
    cases = range(CONTACTED_CASES)
    before = _rehearsed(rehearsal, [opening(number) for number in cases])
    numbers = iter(range(1, 10_000))

    def calls(how_many: int) -> Round:
        batches = [next(numbers) for _ in range(-(-how_many // CONTACTED_CASES))]
        every = [contact(number, nth) for nth in batches for number in cases]
        return _rehearsed(rehearsal, every[:how_many])

    return Mix(
        "a call noted in 16 words",
        before,
        tuple(calls(CONTACTS_ALONE) for _ in range(ROUNDS_ALONE)),
        tuple(calls(CONTACTS_AT_ONCE) for _ in range(ROUNDS_AT_ONCE)),
        tuple(calls(CONTACTS_AT_ONCE) for _ in range(ROUNDS_AT_ONCE)),
    )


def _office_day(rehearsal: Rehearsal) -> Mix:
    firsts = iter(range(_FIRST_LIFE, 2 * _FIRST_LIFE, _A_ROUND))

    def some(cases: int) -> Round:
        return _rehearsed(rehearsal, list(lives(next(firsts), cases=cases)))

    return Mix(
        "an office's day",
        Round((), ()),
        tuple(some(LIVES_ALONE) for _ in range(ROUNDS_ALONE)),
        tuple(some(LIVES_AT_ONCE) for _ in range(ROUNDS_AT_ONCE)),
        tuple(some(LIVES_AT_ONCE) for _ in range(ROUNDS_AT_ONCE)),
    )


def _rehearsed(rehearsal: Rehearsal, requests: Sequence[Request]) -> Round:
    return Round(tuple(requests), tuple(rehearsal.said_by(requests)))


def _measured(place: Place, mix: Mix) -> list[Measured]:
    stock = place.stock(writers=CALLERS)
    bare = place.bare()
    with office_at(place) as ledger, AwaitedLedger(ledger) as awaited:
        ledger.handle_all(mix.before.requests)
        stock.take_all(mix.before.said)
        alone = taking_turns(
            {
                "ours": lambda number: each_of(
                    mix.one_at_a_time[number].requests, handled_by(ledger)
                ),
                "bare": lambda number: each_of(
                    [b"\0" * said.stored_bytes for said in mix.one_at_a_time[number].said],
                    bare.insert,
                ),
                "stock": lambda number: each_of(mix.one_at_a_time[number].said, stock.take),
            },
            rounds=ROUNDS_ALONE,
        )
        contenders: dict[str, Timed] = {
            "coroutines": lambda number: at_once_awaited(
                by_caller(mix.at_once[number].requests, CALLERS), awaited.ask
            ),
            "threads": lambda number: at_once(
                by_caller(mix.at_once_again[number].requests, CALLERS), handled_by(ledger)
            ),
            "stock threads": lambda number: at_once(
                said_by_caller(mix.at_once[number].said, CALLERS), stock.take
            ),
            "stock in turn": lambda number: each_of(mix.at_once_again[number].said, stock.take),
        }
        worked: dict[str, list[float]] = {name: [] for name in contenders}
        together = taking_turns(
            {name: working(act, worked[name]) for name, act in contenders.items()},
            rounds=ROUNDS_AT_ONCE,
        )
    bare.close()
    stock.close()
    budgeted = place.name == "SQLite"
    commands = len(mix.at_once[0].requests)
    best = min("stock threads", "stock in turn", key=lambda name: median(together[name]))
    return [
        Measured(
            f"{place.name}: one command at a time ({mix.title})",
            short(median(alone["ours"])),
            f"one bare fsynced insert of as many bytes {short(median(alone['bare']))}",
            ratio_of(alone["ours"], alone["bare"]),
            "<= 2.5" if budgeted else "-",
        ),
        Measured(
            f"{place.name}: the same",
            short(median(alone["ours"])),
            f"stock application {short(median(alone['stock']))}",
            ratio_of(alone["stock"], alone["ours"]),
        ),
        *(
            row
            for callers in ("coroutines", "threads")
            for row in (
                Measured(
                    f"{place.name}: {CALLERS} {callers} at once ({mix.title})",
                    f"{short(median(together[callers]))} a command",
                    f"stock application, {best.removeprefix('stock ')} {short(median(together[best]))}",
                    ratio_of(together[best], together[callers]),
                    ">= 5" if budgeted else "-",
                ),
                Measured(
                    f"{place.name}: the same, processor time of this process",
                    f"{short(median(worked[callers]) / commands)} a command",
                    f"stock application {short(median(worked[best]) / commands)}",
                    ratio_of(worked[best], worked[callers]),
                ),
            )
        ),
    ]


def handled_by(ledger: Ledger) -> Callable[[Request], object]:
    """Asks the ledger one request, as a caller does; it is refused loudly."""

    def handle(request: Request) -> object:
        return ledger.handle(request.command, actor=request.actor, command_id=request.command_id)

    return handle


def said_by_caller(those: Sequence[Said], callers: int) -> list[list[Said]]:
    """The same shares for the stock application."""
    shares: list[list[Said]] = [[] for _ in range(callers)]
    for said in those:
        shares[caller_of(str(said.case_id), callers)].append(said)
    return shares
