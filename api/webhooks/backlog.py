"""A backlog: what a subscription is still owed, what may be tried now, and when to try again. Pure.

Entries of one stream go out one after the other: while one is not delivered, those behind it wait, and
other streams go on. Where nobody is there at all the whole subscription rests, for longer and longer,
and tries one entry now and then; however long that lasts, nothing is given up. Only what a receiver that
is there refuses for days is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

FIRST_WAIT = timedelta(seconds=5)
RESTS_AT_MOST = timedelta(minutes=15)
WAITS_AT_MOST = timedelta(hours=4)
ASKED_TO_WAIT_AT_MOST = timedelta(hours=1)
LONGEST = 2 * WAITS_AT_MOST
"""What is to wait for longer than that was told so by a clock that was set back since: it waits no more."""
TRIES_AT_LEAST = 10
REFUSALS_IN_A_ROW = 3
"""After so many, of whichever entries, the receiver is taken to be out of order, and rests as one who is away."""


@dataclass(frozen=True, slots=True)
class Owed:
    """An entry that is to be delivered: how often it was tried, since when it is refused, when it is tried again."""

    position: int
    stream: str
    attempts: int = 0
    refused_since: datetime | None = None
    next_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a delivery failed: nobody was there, or it was refused; `wait` is what the receiver asked for."""

    kind: Literal["away", "refused"]
    said: str
    status: int | None = None
    wait: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Backlog:
    """Up to where the log was looked at, what of it is owed, and how the receiver is.

    `told` is the highest position that was delivered, `digest` that of the entry at `looked`, by which a
    log is known again. `said` is what came of the last attempt.
    """

    looked: int
    digest: str = ""
    owed: tuple[Owed, ...] = ()
    told: int = 0
    failures: int = 0
    rests_until: datetime | None = None
    said: str = ""

    @property
    def settled_upto(self) -> int:
        """The position up to which nothing is owed."""
        return min((each.position for each in self.owed), default=self.looked + 1) - 1


def looked(backlog: Backlog, upto: int, digest: str, found: Iterable[tuple[int, str]]) -> Backlog:
    """The log was looked at up to a position, and these entries (position, stream) of it are to be delivered."""
    owed = (*backlog.owed, *(Owed(position, stream) for position, stream in found))
    return replace(backlog, looked=upto, digest=digest, owed=owed)


def owed_again(backlog: Backlog, found: Iterable[tuple[int, str]]) -> Backlog:
    """Entries that had been given up are owed again, each at its place, and tried at once."""
    known = {each.position for each in backlog.owed}
    more = [Owed(position, stream) for position, stream in found if position not in known]
    if not more:
        return backlog
    owed = sorted((*backlog.owed, *more), key=lambda each: each.position)
    return replace(backlog, owed=tuple(owed), failures=0, rests_until=None)


def rests(backlog: Backlog, now: datetime) -> bool:
    """Whether the receiver is left alone for now."""
    return _waits(backlog.rests_until, now)


def may_go(backlog: Backlog, now: datetime) -> list[Owed]:
    """The first of each stream that need not wait: those tried least, and then those longest there, come first."""
    if rests(backlog, now):
        return []
    firsts: dict[str, Owed] = {}
    for each in backlog.owed:
        firsts.setdefault(each.stream, each)
    going = [each for each in firsts.values() if not _waits(each.next_at, now)]
    return sorted(going, key=lambda each: (each.attempts, each.position))


def delivered(backlog: Backlog, position: int, said: str) -> Backlog:
    """An entry was delivered: the receiver is there."""
    return replace(
        without(backlog, position),
        told=max(backlog.told, position),
        failures=0,
        rests_until=None,
        said=said,
    )


def without(backlog: Backlog, position: int) -> Backlog:
    """An entry is owed no longer."""
    return replace(backlog, owed=tuple(each for each in backlog.owed if each.position != position))


def failed(
    backlog: Backlog, position: int, failure: Failure, *, now: datetime, chance: float
) -> Backlog:
    """An entry was not delivered: it waits, and the receiver rests if it is away or out of order.

    `chance`, from 0 to 1, spreads the waits of those that failed together.
    """
    failures = backlog.failures + 1
    away = failure.kind == "away"
    owed = tuple(
        _tried(each, failure, now=now, chance=chance) if each.position == position else each
        for each in backlog.owed
    )
    rests_until = backlog.rests_until
    if away or failures >= REFUSALS_IN_A_ROW:
        rests_until = now + max(
            wait_after(failures, most=RESTS_AT_MOST, chance=chance), failure.wait or timedelta()
        )
    return replace(
        backlog, owed=owed, failures=failures, rests_until=rests_until, said=failure.said
    )


def gone(backlog: Backlog) -> Backlog:
    """The receiver wants nothing more, which is what it said last; what is owed waits until it is told again."""
    return replace(backlog, said="410")


def _tried(owed: Owed, failure: Failure, *, now: datetime, chance: float) -> Owed:
    attempts, since = owed.attempts + 1, owed.refused_since
    if failure.kind == "refused":
        most, since = WAITS_AT_MOST, since or now
    else:
        most = RESTS_AT_MOST
    return replace(
        owed,
        attempts=attempts,
        refused_since=since,
        next_at=now + wait_after(attempts, most=most, chance=chance),
    )


def is_given_up(owed: Owed, failure: Failure, *, now: datetime, after: timedelta) -> bool:
    """Whether an entry that was just refused once more is tried no longer."""
    return (
        failure.kind == "refused"
        and owed.attempts + 1 >= TRIES_AT_LEAST
        and owed.refused_since is not None
        and now - owed.refused_since >= after
    )


def wait_after(times: int, *, most: timedelta, chance: float) -> timedelta:
    """How long to wait after failing so many times: twice as long each time, half as much more or less by chance."""
    doubled = FIRST_WAIT * 2 ** min(max(times - 1, 0), 20)
    return min(doubled, most) * (0.5 + chance)


def _waits(until: datetime | None, now: datetime) -> bool:
    return until is not None and now < until <= now + LONGEST
