"""Figures of a window: what a report is asked about, and which types fewer than two people there may take."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from typing import Literal, get_args

from ledger.policy.calendars.zones import LocalDays
from ledger.policy.flow.pulling import Waiting, who_may
from ledger.policy.in_force import Policies, PolicyVersion
from ledger.policy.routing.presence import Directory
from ledger.store import LedgerStore
from ledger.times import EPOCH
from projections.figures.demand import Effort
from projections.figures.figure import Footing, Window
from projections.figures.shares import SkillCover, skill_cover
from projections.flow.lives import Lives
from projections.flow.office_days import office_days_of
from projections.flow.rates import rate_of
from projections.measures import LANGUAGES, Asking, Filters, Group, Trait, compared

CODED = {
    "request_type": "types",
    "programme": "programmes",
    "channel": "channels",
    "region": "regions",
}
"""Where a policy says which codes there are of what figures can be asked for."""
Comparison = Literal[
    "channel", "region", "language", "interview-language", "interpreter", "format", "languages"
]
"""What cases are compared by; `languages` are four of them."""


def groups_by(by: Comparison | None, lived: Lives, asking: Asking) -> tuple[Group, ...]:
    """How long those wait who are alike in this, few of them untold; none where nothing is compared."""
    traits: tuple[Trait, ...] = LANGUAGES
    if by != "languages":
        traits = tuple(
            each for each in get_args(Trait) if by is not None and each == by.replace("-", "_")
        )
    return tuple(group for trait in traits for group in compared(lived, asking, trait))


def figures_asked(
    store: LedgerStore,
    policies: Policies,
    days: LocalDays,
    window: Window,
    filters: Filters,
    *,
    known_at: datetime | None,
    seen_from: date | None = None,
) -> Asking:
    """What a report of a window is asked about, with the office's days and the staff time recorded."""
    return Asking(
        window=window,
        filters=filters,
        days=days,
        office=office_days_of(policies),
        policies=policies,
        known_at=known_at,
        seen_from=seen_from,
        effort=_effort(store, filters.team, known_at=known_at),
    )


def _effort(store: LedgerStore, team: str | None, *, known_at: datetime | None) -> Effort | None:
    """The staff time last recorded for a team, as known then; over all teams there is none."""
    said = None if team is None else rate_of(store, team, known_at=known_at).effort
    if said is None:
        return None
    minutes = (said.contact_minutes, said.case_minutes, said.staff_minutes_a_day)
    return Effort(*map(Fraction, minutes))


def thin_cover(
    version: PolicyVersion | None,
    directory: Directory,
    footing: Footing,
    team: str | None,
    on: date,
) -> SkillCover | None:
    """The types that fewer than two people there may take, by the policy's pull terms; None without any."""
    if version is None or version.policy.pull is None:
        return None
    people: dict[str, set[str]] = {}
    for (code, of_team), skills in version.compiled.skills.items():
        if team in (None, of_team):
            case = Waiting(code, None, None, False, None, EPOCH, skills)
            able = who_may(case, version.policy, of_team, directory=directory, on=on)
            people.setdefault(code, set()).update(able)
    return skill_cover(footing, {code: len(able) for code, able in people.items()})
