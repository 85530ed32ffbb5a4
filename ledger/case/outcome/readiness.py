"""Readiness: before a case reaches its decider it meets its type's checklist; who overrode what is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from ledger.case.authority import classified, refuse_machine
from ledger.case.for_rules import routing_facts
from ledger.case.in_words import InWords, Words
from ledger.case.known.answered import Readiness
from ledger.case.state import Case, Decision, changed, decides, evolves
from ledger.commands import CaseCommand, Circumstances
from ledger.entry import Happened
from ledger.errors import InvalidCommand, Refusal
from ledger.facts import Fact, PersonalText, fact
from ledger.input.quoting import quoted
from ledger.policy.compiled.policy import CompiledPolicy
from ledger.policy.document.conditions import tried

COMPLETE = "complete"
"""The check that every checklist begins with: all that the type asks for is there."""


@fact
class CaseMarkedReady(Fact):
    """A person found the case ready to be decided: what is met, what they confirm, and what was overridden."""

    met: tuple[str, ...]
    confirmed: tuple[str, ...]
    overridden: tuple[str, ...]


@fact
class ReadinessOverridden(Fact):
    """A person set aside one check of readiness, with the reason: the case may be decided without it."""

    check: str
    reason: PersonalText


class MarkReady(CaseCommand):
    """Say that a case is ready to be decided, and confirm what the checklist asks a person to."""

    confirmed: tuple[str, ...] = ()


class OverrideReadiness(InWords):
    """Set aside one check of readiness, with the reason."""

    check: str
    reason: Words = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class CheckState:
    """How one check stands; `confirmed` where it is a person's to confirm."""

    code: str
    state: Literal["met", "unmet", "overridden"]
    to_confirm: bool = False


def readiness_of(case: Case, policy: CompiledPolicy) -> tuple[CheckState, ...]:
    """Each check of the case's type and how it stands; none where the type has no checklist."""
    kind = policy.policy.types.get(case.request_type or "")
    if kind is None or not kind.checklist:
        return ()
    stands = standing_of(case)
    states = [_state(stands, COMPLETE, met=case.complete_at is not None, to_confirm=False)]
    facts = routing_facts(case)
    for check in kind.checklist:
        condition = policy.checks.get((case.request_type or "", check.code))
        met = (
            case.answered.issuperset(check.fields)
            and (condition is None or tried(condition, facts, {})[0] is True)
            and len(case.items) >= (check.items or 0)
            and (not check.confirmed or check.code in stands.confirmed)
        )
        states.append(_state(stands, check.code, met=met, to_confirm=check.confirmed))
    return tuple(states)


def refuse_unready(case: Case, around: Circumstances) -> None:
    """Refuses to decide a case that is not ready: a check is neither met nor overridden, or nobody marked it."""
    states = readiness_of(case, around.policies.in_force(around.now).compiled)
    unmet = [each.code for each in states if each.state == "unmet"]
    if unmet:
        raise Refusal(
            f"The case is not ready to be decided ({', '.join(unmet)}): meet each check and mark the "
            "case ready, or override it with its reason.",
            rule="ready-before-decision",
            unmet=unmet,
        )
    if not standing_of(case).marked and any(each.state == "met" for each in states):
        raise Refusal(
            "Nobody has found the case ready to be decided: mark it ready first.",
            rule="ready-before-decision",
        )


@decides(MarkReady)
def mark_ready(case: Case, asked: MarkReady, around: Circumstances) -> Sequence[Happened]:
    """A case is marked ready by a person, once its checklist is met or overridden."""
    _by_a_person(case, around)
    compiled = around.policies.in_force(around.now).compiled
    to_confirm = {each.code for each in readiness_of(case, compiled) if each.to_confirm}
    for code in asked.confirmed:
        if code not in to_confirm:
            known = ", ".join(sorted(to_confirm)) or "none"
            raise InvalidCommand(
                f"{quoted(code)} is not a check that a person confirms; there is {known}."
            )
    stands = standing_of(case)
    confirmed = stands.confirmed.union(asked.confirmed)
    provisional = changed(case, readiness=_now(case, confirmed=confirmed))
    states = readiness_of(provisional, compiled)
    unmet = [each.code for each in states if each.state == "unmet"]
    if unmet:
        raise Refusal(
            f"The case is not ready ({', '.join(unmet)}): meet each check, confirm those that are a "
            "person's to confirm, or override them.",
            rule="ready-when-met",
            unmet=unmet,
        )
    if stands.marked and confirmed == stands.confirmed:
        return ()
    decision = Decision(case, around)
    decision.happens(
        CaseMarkedReady(
            met=tuple(each.code for each in states if each.state == "met"),
            confirmed=tuple(sorted(confirmed)),
            overridden=tuple(each.code for each in states if each.state == "overridden"),
        )
    )
    return decision.happened


@decides(OverrideReadiness)
def override_readiness(
    case: Case, asked: OverrideReadiness, around: Circumstances
) -> Sequence[Happened]:
    """One check is set aside by a person, with the reason; who it was stays on record."""
    _by_a_person(case, around)
    states = readiness_of(case, around.policies.in_force(around.now).compiled)
    found = next((each for each in states if each.code == asked.check), None)
    if found is None:
        known = ", ".join(each.code for each in states) or "none"
        raise InvalidCommand(f"{quoted(asked.check)} is not a check of this type; it has {known}.")
    if found.state == "overridden":
        return ()
    told = ReadinessOverridden(check=asked.check, reason=asked.reason)
    return (around.happened(told),)


def _by_a_person(case: Case, around: Circumstances) -> None:
    classified(case.unresolved(around), around)
    refuse_machine(around, said="A machine finds no case ready to be decided: let a person do it.")


def _state(stands: Readiness, code: str, *, met: bool, to_confirm: bool) -> CheckState:
    if code in stands.overridden:
        return CheckState(code, "overridden", to_confirm)
    return CheckState(code, "met" if met else "unmet", to_confirm)


def standing_of(case: Case) -> Readiness:
    """What was found of the case as it is now, or as it was resolved; of another type or an earlier round nothing."""
    found = case.readiness
    before = case.resolutions - (case.status == "resolved")
    return (
        found
        if (found.request_type, found.resolutions) == (case.request_type, before)
        else Readiness()
    )


def _now(case: Case, **fields: Any) -> Readiness:
    stands = replace(standing_of(case), **fields)
    return replace(stands, request_type=case.request_type, resolutions=case.resolutions)


@evolves(CaseMarkedReady)
def _marked(case: Case, ready: CaseMarkedReady, at: datetime) -> Case:
    return changed(case, readiness=_now(case, marked=True, confirmed=frozenset(ready.confirmed)))


@evolves(ReadinessOverridden)
def _overridden(case: Case, told: ReadinessOverridden, at: datetime) -> Case:
    overridden = standing_of(case).overridden | {told.check}
    return changed(case, readiness=_now(case, overridden=overridden))
