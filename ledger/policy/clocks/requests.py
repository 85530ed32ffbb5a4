"""What may be asked of a running clock: an extension, a toll, a reset, a lapse. Refused with rule and ground. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from ledger.errors import Refusal
from ledger.policy.calendars.counting import Calendars
from ledger.policy.calendars.zones import zone_of
from ledger.policy.clocks.history import ClockHistory, Extended, Reckoning
from ledger.policy.clocks.reckoning import began_at, standing
from ledger.policy.document.clocks import ClockDefinition, ExtensionTerms
from ledger.policy.telling.days import minute_in_words


@dataclass(frozen=True, slots=True)
class DutyDue:
    """Somebody who must be told of an extension, and by which date."""

    party: str
    by_on: date


def extended(
    clock: ClockDefinition,
    calendars: Calendars,
    history: ClockHistory,
    *,
    amount: int,
    authority: str,
    given_at: datetime,
) -> tuple[Extended, tuple[DutyDue, ...]]:
    """The extension to record, and who must be told of it; Refusal if the clock allows none such.

    `given_at` is when its notice is given: an extension is lawful only inside the time it extends.
    """
    terms = extension_terms(clock, authority)
    began = began_at(clock, calendars, history)
    used = tuple(each for each in history.extensions if each.given_at >= began)
    state = standing(clock, calendars, history, at=given_at).state
    if state not in ("running", "paused"):
        over = (
            "the time was over before its notice was given"
            if state == "breached"
            else "it has ended"
        )
        raise Refusal(
            f"Clock {clock.code} cannot be extended, since {over}: an extension needs its notice inside "
            "the time, so decide now, or answer for the delay.",
            rule="extension-inside-the-time", clock=clock.code, given_at=given_at.isoformat(),
        )  # fmt: skip
    if given_at < began:
        raise Refusal(
            f"Clock {clock.code} cannot be extended by a notice that was given before it began, which extends "
            "nothing: give notice now, and say when.",
            rule="extension-inside-the-time", clock=clock.code, given_at=given_at.isoformat(),
        )  # fmt: skip
    if terms.notice_before == "first_due":
        _refuse_after_first_due(clock, calendars, history, given_at=given_at)
    before = sum(each.amount for each in used)
    if terms.cap is not None and before + amount > terms.cap:
        raise Refusal(
            f"Clock {clock.code} may be extended by {terms.cap} {terms.unit.replace('_', ' ')} at most in all: "
            f"{before} are used, so {max(0, terms.cap - before)} are left.",
            rule="extension-cap", clock=clock.code, cap=terms.cap, used=before, asked=amount,
        )  # fmt: skip
    by_them = [each for each in used if each.authority in ("", authority)]
    if terms.times is not None and len(by_them) >= terms.times:
        raise Refusal(
            f"Clock {clock.code} may be extended {_times(terms.times)}, and has been: "
            "decide within the time that is left.",
            rule="extension-times", clock=clock.code, times=terms.times,
        )  # fmt: skip
    given_on = calendars.days_of(clock.zone).date_of(given_at)
    duties = tuple(
        DutyDue(duty.party, given_on + timedelta(days=duty.within_days))
        for duty in terms.tell
        if before + amount > duty.when_above
    )
    return Extended(amount, given_at, terms.base, authority), duties


def _refuse_after_first_due(
    clock: ClockDefinition, calendars: Calendars, history: ClockHistory, *, given_at: datetime
) -> None:
    """Refuses a notice that came in time only by an extension before it, where the law lets none add to another so."""
    unextended = replace(history, extensions=())
    if standing(clock, calendars, unextended, at=given_at).state == "breached":
        raise Refusal(
            f"Clock {clock.code} cannot be extended again, since the time that it had before any extension was over "
            "before this notice was given: its law takes a notice within that time alone, so answer in the time that "
            "is left.",
            rule="extension-inside-the-first-time", clock=clock.code, given_at=given_at.isoformat(),
        )  # fmt: skip


def extension_terms(clock: ClockDefinition, authority: str) -> ExtensionTerms:
    """On which terms this authority may extend the clock; Refusal if it may not."""
    for terms in clock.extensions:
        if terms.authority == authority:
            return terms
    if not clock.extensions:
        raise Refusal(
            f"Clock {clock.code} is extended by nobody: answer in its time, or answer for the delay.",
            rule="extension-authority", clock=clock.code, authority=authority,
        )  # fmt: skip
    known = ", ".join(terms.authority for terms in clock.extensions)
    raise Refusal(
        f"Clock {clock.code} cannot be extended by '{authority}'; it can be by: {known}.",
        rule="extension-authority", clock=clock.code, authority=authority,
    )  # fmt: skip


def may_wait(clock: ClockDefinition, history: ClockHistory, reason: str) -> None:
    """Refuses a toll that has been used as often as it may be; any other wait can be recorded."""
    limit = clock.effect_of(reason).limit  # only a toll has one
    used = [wait for wait in history.waits if wait.reason == reason]
    if limit is not None and len(used) >= limit:
        first_at = used[0].from_at.astimezone(zone_of(clock.zone))
        raise Refusal(
            f"Clock {clock.code} can be stopped for '{reason}' {_times(limit)}, and has been, "
            f"first from {minute_in_words(first_at, clock.zone)}: go on with what is there.",
            rule="toll-once", clock=clock.code, reason=reason, used=len(used),
            first_from=used[0].from_at.isoformat(),
        )  # fmt: skip


def may_reset(clock: ClockDefinition, standing: Reckoning, reason: str) -> None:
    """Refuses a reset of a clock that has none for this reason, or that is breached."""
    if clock.effect_of(reason).effect != "reset":
        raise Refusal(
            f"Clock {clock.code} is not reset by '{reason}': record a wait instead.",
            rule="reset-not-foreseen", clock=clock.code, reason=reason,
        )  # fmt: skip
    if standing.state == "breached":
        raise Refusal(
            f"Clock {clock.code} is breached and cannot be reset: it stays breached.",
            rule="reset-after-breach", clock=clock.code,
        )  # fmt: skip


def _times(limit: int) -> str:
    return "once" if limit == 1 else f"{limit} times"
