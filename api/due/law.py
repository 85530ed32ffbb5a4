"""Where a clock is defined whose due date is asked for: the published policy, a policy file, or a pack."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from api.policy_files import shipped_packs
from ledger.errors import InvalidCommand
from ledger.input.quoting import known_codes, quoted
from ledger.policy.calendars.counting import Calendars, CalendarTerms, compile_calendars
from ledger.policy.compiled.policy import CompiledPolicy, compile_policy
from ledger.policy.document.clocks import ClockDefinition
from ledger.policy.document.policy import Policy
from ledger.policy.in_force import PolicyVersion
from ledger.policy.reading.packs import Pack, compile_pack, editions
from ledger.policy.values import Labelled


@dataclass(frozen=True)
class Law:
    """Where clocks are defined: a published policy, a policy file, or a pack that comes with the program."""

    kind: Literal["published", "file", "pack", "pack_file"]
    name: str
    clocks: Mapping[str, ClockDefinition]
    calendars: Calendars
    terms: Mapping[str, CalendarTerms]
    reasons: Mapping[str, Labelled]
    counted_by: str | None = None
    """Of a clock on a case, which this policy governs whichever is in force: the policy whose calendars count."""


def law_of(code: str, published: Law | None) -> Law:
    """Where a clock is defined; InvalidCommand names those that are known if this one is not.

    It is the policy in force, where there is one and it knows the clock, else the packs that come with the program.
    """
    if published is not None and editions(published.clocks, code):
        return published
    laws = [published] if published else []
    for name in shipped_packs():
        laws.append(_law_of_shipped(name))
        if editions(laws[-1].clocks, code):
            return laws[-1]
    raise _no_such_clock(code, [each for law in laws for each in law.clocks])


@cache
def _law_of_shipped(name: str) -> Law:
    return _law_of_pack(shipped_packs()[name], kind="pack", name=name)


def _law_of_pack(pack: Pack, *, kind: Literal["pack", "pack_file"], name: str) -> Law:
    calendars, clocks = compile_pack(pack)
    return Law(kind, name, clocks, calendars, pack.calendars, pack.reasons.wait)


def law_of_version(version: PolicyVersion) -> Law:
    """The law of a published policy."""
    return _law_of_policy(
        version.policy, version.compiled, kind="published", name=str(version.number)
    )


def law_of_file(read: Policy | Pack, name: str) -> Law:
    """The law of a policy, or of a pack, that was read from a file."""
    if isinstance(read, Pack):
        return _law_of_pack(read, kind="pack_file", name=name)
    return _law_of_policy(read, compile_policy(read, version=1), kind="file", name=name)


def _law_of_policy(
    policy: Policy, compiled: CompiledPolicy, *, kind: Literal["file", "published"], name: str
) -> Law:
    waits = policy.reasons.wait
    return Law(kind, name, compiled.clocks, compiled.calendars, policy.calendars, waits)


def knowing(law: Law, code: str) -> Law:
    """The law, where it knows the clock; InvalidCommand names those that it knows."""
    if not editions(law.clocks, code):
        raise _no_such_clock(code, law.clocks)
    return law


def _no_such_clock(code: str, known: Iterable[str]) -> InvalidCommand:
    return InvalidCommand(
        f"{quoted(code)} is no clock that is known here; there are {known_codes(code, {*known})}."
    )


def counted_by(law: Law, calendar: str | None) -> Law:
    """The law with its clocks counted by another calendar; InvalidCommand if there is no such calendar."""
    if calendar is None:
        return law
    terms = dict(law.terms)
    for pack in shipped_packs().values():
        terms = {**pack.calendars, **terms}
    calendars = compile_calendars(terms, law.calendars.zone)
    if calendar not in calendars.counting:
        raise InvalidCommand(
            f"{quoted(calendar)} is no counting calendar; there are {known_codes(calendar, calendars.counting)}."
        )
    clocks = {
        code: clock.model_copy(
            update={
                "counting_calendar": calendar if clock.counting_calendar else None,
                "roll_over": calendar if clock.roll_over else None,
            }
        )
        for code, clock in law.clocks.items()
    }
    return replace(law, clocks=clocks, calendars=calendars, terms=terms)
