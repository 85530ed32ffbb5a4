"""How long work takes in the office of the reference story, and how often those who wait call.

The minutes are made up; what comes of them is not: nothing here says how many cases wait on which day.
Six people have six hours each. A case takes `MATCHED` minutes from somebody who knows its subject and
half as long again from anybody else. Every call of somebody who waits takes a quarter of an hour from
the same six people: so a backlog makes its own work (practice/formulas.md, 5.5).
"""

from __future__ import annotations

from random import Random

MINUTES_A_DAY = 360
ARRIVALS_A_DAY = 20
MATCHED = (50, 110)
"""From and to: 80 minutes on average."""
UNMATCHED_PERCENT = 150
PARKED = 10
"""Where work is pushed, each case is looked into and laid aside once before it is worked."""
CALL = 15
TOLD = 3
"""A word to the requester at once: what happens next, and by when."""
CALLS_PERMILLE_UNTOLD = 80
"""Of those who wait and have heard nothing, so many call on a day."""
CALLS_PERMILLE_TOLD = 20


def minutes_of(chance: Random, *, matched: bool) -> int:
    """How long one case takes."""
    minutes = chance.randint(*MATCHED)
    return minutes if matched else minutes * UNMATCHED_PERCENT // 100


def arriving(chance: Random) -> int:
    """How many cases arrive on a day: about `ARRIVALS_A_DAY`, each of twice as many chances taken or not."""
    return sum(chance.randrange(2) for _ in range(2 * ARRIVALS_A_DAY))


def calling(chance: Random, *, waiting: int, told: bool) -> int:
    """How many of those who wait call on a day."""
    share = CALLS_PERMILLE_TOLD if told else CALLS_PERMILLE_UNTOLD
    whole, rest = divmod(waiting * share, 1000)
    return whole + (chance.randrange(1000) < rest)
