"""Packs: clocks of a law with what they need, and its exemptions, ready for any policy to use.

A pack is a TOML text in the words of a policy: the same tables, under a format of its own. Completing a
policy by a pack never overrides what the policy says itself.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Literal, cast

from pydantic import ValidationError

from ledger.policy.calendars.counting import Calendars, CalendarTerms, compile_calendars
from ledger.policy.clocks.reckoning import applies
from ledger.policy.document.clocks import ClockDefinition, ClockTerms, define
from ledger.policy.document.disclosing import ConsultationKind, ConsultationTerms, Exemption
from ledger.policy.document.policy import WaitReason, Zone
from ledger.policy.document.problems import PolicyError, Problem
from ledger.policy.values import Code, Labelled, Section

_SHARED = ("calendars", "milestones", "clocks", "exemptions", "consultations")
_REASONS = ("wait", "extension")


class PackReasons(Section):
    """The reasons to wait and to extend that the clocks of a pack name."""

    wait: Mapping[Code, WaitReason] = {}
    extension: Mapping[Code, Labelled] = {}


class Pack(Labelled):
    """Clocks of one law or jurisdiction with all that they need, and its grounds for withholding."""

    format: Literal["caseledger.pack/1"]
    zone: Zone
    calendars: Mapping[Code, CalendarTerms]
    milestones: Mapping[Code, Labelled] = {}
    reasons: PackReasons = PackReasons()
    clocks: Mapping[Code, ClockTerms]
    exemptions: Mapping[Code, Exemption] = {}
    """The grounds for withholding of this law."""
    consultations: Mapping[ConsultationKind, ConsultationTerms] = {}


def read_pack(text: str, *, file: str) -> Pack:
    """The pack that a TOML text says; PolicyError if it says none."""
    try:
        return Pack.model_validate(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        said = str(error).splitlines()[0]
        raise PolicyError(file, (Problem(0, "", f"This is not a pack: {said}."),)) from error


def completed(document: Mapping[str, Any], packs: Iterable[Pack]) -> dict[str, Any]:
    """A policy document with what these packs hold and it does not say itself."""
    said: dict[str, Any] = dict(document)
    for pack in packs:
        held = pack.model_dump(mode="json", exclude_defaults=True)
        for part in _SHARED:
            said[part] = _under(held.get(part), said.get(part))
        own: Any = said.get("reasons", {})
        if isinstance(own, Mapping):
            reasons: dict[str, Any] = {**cast("Mapping[str, Any]", own)}
            for part in _REASONS:
                reasons[part] = _under(held.get("reasons", {}).get(part), reasons.get(part))
            said["reasons"] = reasons
    return said


def _under(held: Any, own: Any) -> Any:
    """What a pack holds, under what the document says; a document's own mistake stays to be found."""
    if own is not None and not isinstance(own, Mapping):
        return own
    said = cast("Mapping[str, Any]", own or {})
    return {**cast("Mapping[str, Any]", held or {}), **said}


def compile_pack(pack: Pack) -> tuple[Calendars, dict[str, ClockDefinition]]:
    """The calendars of a pack, laid out, and its clocks, ready to be reckoned without any office."""
    clocks = {
        code: define(
            code, terms, zone=pack.zone, office_calendar=None, calendar=None, rungs=()
        )
        for code, terms in pack.clocks.items()
    }  # fmt: skip
    return compile_calendars(pack.calendars, pack.zone), clocks


def editions(clocks: Mapping[str, ClockDefinition], code: str) -> tuple[ClockDefinition, ...]:
    """The clock of this code; or, where it is the code of a pack, all the clocks of that pack.

    Nothing if neither is known. A pack whose editions follow each other (an Act and the next) answers
    to its own code, of which `edition_on` tells the one that is the law on a day.
    """
    if code in clocks:
        return (clocks[code],)
    return tuple(each for each in clocks.values() if each.pack == code)


def edition_on(
    known: Iterable[ClockDefinition], *, start_on: date, event_on: date | None = None
) -> tuple[ClockDefinition, ...]:
    """Of these clocks those that are the law for what starts on this date."""
    return tuple(each for each in known if applies(each, start_on=start_on, event_on=event_on))
