"""Draws: five requesters a day, so that anybody can draw again from the same seed and frame and find the same ones.

Every case of a stratum has a rank, the SHA-256 of seed, stratum and case; the first in rank are drawn. Where
a stratum holds too few, the places left go to whoever ranks first among all others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Literal
from uuid import UUID

Stratum = Literal["closed", "waiting", "unanswered_or_returned"]
A_DAY: Mapping[Stratum, int] = {"closed": 2, "waiting": 2, "unanswered_or_returned": 1}
"""How many of each are drawn (practice, row 'Five calls')."""
FORMAT = "caseledger.calls/1"

FrameRule = Literal[1, 2, 3, 4, 5]
FRAME_RULE: FrameRule = 5
"""By which rule a frame is made today. The first looked at the requester's own record and the drawn case alone;
the second looks at every record of the same person, at their other open complaints and litigation, and at flags;
the third leaves out whoever is not known, since nobody can call them; the fourth knows of calls by teams that are
no more; the fifth leaves out whoever waits in immediate danger, and whose decision a regulator looks at."""

Frame = Mapping[Stratum, Sequence[UUID]]


def seed_of(ledger_id: bytes, team: str, on: str, head: str) -> str:
    """The seed of a team's day, in hex: from the digest of the entry at the log's head as the day opened.

    Nobody can choose it: the entry was recorded before the day began, its salts are random.
    """
    return _digest(FORMAT, ledger_id.hex(), team, on, head)


def frame_digest(frame: Frame) -> str:
    """The digest of a frame, in hex, whatever the order in which its cases were found."""
    lines = [
        f"{stratum} {case_id}" for stratum in A_DAY for case_id in sorted(frame.get(stratum, ()))
    ]
    return _digest(FORMAT, *lines)


def draw(seed: str, frame: Frame) -> tuple[tuple[Stratum, UUID], ...]:
    """Who is drawn, stratum by stratum; fewer only where the whole frame holds fewer."""
    ranked = {
        stratum: sorted(set(frame.get(stratum, ())), key=lambda each: _rank(seed, stratum, each))
        for stratum in A_DAY
    }
    drawn: list[tuple[Stratum, UUID]] = []
    rest: list[tuple[Stratum, UUID]] = []
    for stratum, count in A_DAY.items():
        drawn.extend((stratum, case_id) for case_id in ranked[stratum][:count])
        rest.extend((stratum, case_id) for case_id in ranked[stratum][count:])
    rest.sort(key=lambda each: _rank(seed, "rest", each[1]))
    return (*drawn, *rest[: sum(A_DAY.values()) - len(drawn)])


def _rank(seed: str, stratum: str, case_id: UUID) -> str:
    return _digest(seed, stratum, str(case_id))


def _digest(*parts: str) -> str:
    return sha256("\0".join(parts).encode()).hexdigest()
