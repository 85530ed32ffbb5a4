"""Policies: what is wrong in one and could be better, and what its law would make of open clocks, in sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from api.policy_files import policy_written
from ledger.policy.checking import check
from ledger.policy.document.problems import PolicyError, Problem
from projections.policies.rehearsal import RehearsedClock


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that is wrong in a policy or could be better: its line (0 if unknown), the key, and what is allowed."""

    line: int
    key: str
    sentence: str


@dataclass(frozen=True, slots=True)
class PolicyChecked:
    """What is wrong in a policy, and what could be better; without problems it is sound."""

    problems: tuple[Remark, ...]
    advice: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class RehearsalTotals:
    """How many open clocks the other law makes earlier, later or leaves, and how many of them would take it."""

    clocks: int
    earlier: int
    later: int
    same: int
    keep_their_law: int
    taken_over: int
    restated_by_calendar: int
    without_counterpart: int
    not_reckoned: int


def checked(text: str, on: date) -> PolicyChecked:
    """What a policy in TOML lacks on a day."""
    try:
        policy = policy_written(text)
    except PolicyError as error:
        return PolicyChecked(_remarks(error.problems), ())
    return PolicyChecked((), _remarks(check(policy, on, text=text)))


def _remarks(found: Iterable[Problem]) -> tuple[Remark, ...]:
    return tuple(Remark(each.line, each.key, each.sentence) for each in found)


def totals(found: Sequence[RehearsedClock]) -> RehearsalTotals:
    """The sums of a rehearsal."""
    moves = Counter(each.moves for each in found)
    effects = Counter(each.effect for each in found)
    return RehearsalTotals(
        clocks=len(found),
        earlier=moves[-1],
        later=moves[1],
        same=moves[0],
        keep_their_law=effects["keeps"],
        taken_over=effects["law"],
        restated_by_calendar=effects["calendar"],
        without_counterpart=effects["gone"],
        not_reckoned=sum(each.beyond is not None for each in found),
    )
