"""Where a clock is defined that `caseledger due` is asked about: the published policy, a policy file, or a pack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from api.cli.ledgers import opened
from api.policy_files import read_clocks_file, shipped_packs
from ledger.errors import InvalidCommand, LedgerUnavailable
from ledger.policy.calendars.counting import Calendars, CalendarTerms, compile_calendars
from ledger.policy.compiled.policy import compile_policy
from ledger.policy.document.clocks import ClockDefinition
from ledger.policy.document.policy import Policy
from ledger.policy.reading.packs import Pack, compile_pack, editions
from ledger.policy.values import Labelled
from ledger.settings import Settings


@dataclass(frozen=True)
class Law:
    """Where clocks are defined: a published policy, a policy file, or a pack that comes with the program."""

    kind: str
    name: str
    clocks: Mapping[str, ClockDefinition]
    calendars: Calendars
    terms: Mapping[str, CalendarTerms]
    reasons: Mapping[str, Labelled]
    counted_by: str | None = None
    """Of a clock on a case, which this policy governs whichever is in force: the policy whose calendars count."""


def law_of(code: str, policy: str | None) -> Law:
    """Where a clock is defined; InvalidCommand names those that are known if this one is not.

    Without `policy` it is the policy in force, where a ledger lies at hand and its policy knows the
    clock, else the packs that come with the program.
    """
    if policy is not None and policy != "published":
        return _known(_law_of_file(Path(policy)), code)
    published = _published(asked_for=policy is not None)
    if policy is not None and published is not None:
        return _known(published, code)
    if published is not None and editions(published.clocks, code):
        return published
    laws = [published] if published else []
    for name, pack in shipped_packs().items():
        laws.append(_law_of_pack(pack, kind="pack", name=name))
        if editions(laws[-1].clocks, code):
            return laws[-1]
    raise _no_such_clock(code, [each for law in laws for each in law.clocks])


def _published(*, asked_for: bool) -> Law | None:
    place = Settings().location
    if not asked_for and isinstance(place, Path) and not place.exists():
        return None
    try:
        with opened() as ledger:
            versions = ledger.policies()
            if not versions.versions and not asked_for:
                return None
            version = versions.in_force(ledger.clock())
            return _law_of_policy(version.policy, kind="published", name=str(version.number))
    except LedgerUnavailable:
        if asked_for:
            raise
        return None


def _law_of_policy(policy: Policy, *, kind: str, name: str) -> Law:
    compiled = compile_policy(policy, version=1)
    waits = policy.reasons.wait
    return Law(kind, name, compiled.clocks, compiled.calendars, policy.calendars, waits)


def _law_of_file(path: Path) -> Law:
    read = read_clocks_file(path)
    if isinstance(read, Pack):
        return _law_of_pack(read, kind="pack_file", name=path.name)
    return _law_of_policy(read, kind="file", name=path.name)


def _law_of_pack(pack: Pack, *, kind: str, name: str) -> Law:
    calendars, clocks = compile_pack(pack)
    return Law(kind, name, clocks, calendars, pack.calendars, pack.reasons.wait)


def _known(law: Law, code: str) -> Law:
    if not editions(law.clocks, code):
        raise _no_such_clock(code, law.clocks)
    return law


def _no_such_clock(code: str, known: Sequence[str] | Mapping[str, object]) -> InvalidCommand:
    return InvalidCommand(
        f"'{code}' is no clock that is known here; there are {', '.join(sorted(set(known)))}."
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
            f"'{calendar}' is no counting calendar; there are {', '.join(sorted(calendars.counting))}."
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
