"""Timing: what in a policy's clocks names something that is not there, or counts in two units at once."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.policy.calendars.counting import CountingTerms, OfficeTerms
from ledger.policy.document.clocks import ClockTerms, RungTerms
from ledger.policy.document.locating import KeyPath
from ledger.policy.document.naming import Wrong, each_unknown, unknown
from ledger.policy.document.policy import KNOWN_MILESTONES, PARTIES, Policy, TypeClock


def counting_calendars(policy: Policy) -> list[str]:
    """The calendars that say which days count."""
    return [code for code, each in policy.calendars.items() if isinstance(each, CountingTerms)]


def office_calendars(policy: Policy) -> list[str]:
    """The calendars that say when the office is open."""
    return [code for code, each in policy.calendars.items() if isinstance(each, OfficeTerms)]


def milestones_of(policy: Policy) -> set[str]:
    """What a case can have reached."""
    return {*KNOWN_MILESTONES, *policy.milestones}


def wrong_clocks(policy: Policy) -> Iterator[Wrong]:
    """Calendars, milestones, reasons and parties that the policy does not have; an extension in another unit."""
    for code, clock in policy.clocks.items():
        yield from _clock(("clocks", code), clock, policy)


def _clock(path: KeyPath, clock: ClockTerms, policy: Policy) -> Iterator[Wrong]:
    counting, opening = counting_calendars(policy), office_calendars(policy)
    milestones, reasons = milestones_of(policy), policy.reasons
    yield from unknown(
        (*path, "counting_calendar"), clock.counting_calendar, counting, "counting calendar"
    )
    yield from unknown((*path, "roll_over"), clock.roll_over, counting, "counting calendar")
    yield from unknown(
        (*path, "office_calendar"), clock.office_calendar, opening, "office calendar"
    )
    starters = {*milestones, *_dates(policy)}
    yield from unknown((*path, "start_event"), clock.start_event, starters, "milestone or date")
    yield from each_unknown((*path, "stops_on"), clock.stops_on, milestones, "milestone")
    if clock.start_cap is not None:
        moments = {*milestones, "reached_body", "reached_office", "complete"}
        yield from unknown((*path, "start_cap", "after"), clock.start_cap.after, moments, "moment")
    for reason in clock.effects:
        yield from unknown((*path, "effects", reason), reason, reasons.wait, "reason to wait")
    for index, extension in enumerate(clock.extensions):
        where: KeyPath = (*path, "extensions", index)
        yield from each_unknown(
            (*where, "reasons"), extension.reasons, reasons.extension, "reason to extend"
        )
        if extension.unit != clock.unit:
            yield (
                (*where, "unit"),
                f"is {extension.unit} where the clock counts {clock.unit}: extend it in {clock.unit}",
            )
    for index, rung in enumerate(clock.rungs or ()):
        yield from wrong_rung((*path, "rungs", index), rung, policy)


def wrong_rung(path: KeyPath, rung: RungTerms, policy: Policy) -> Iterator[Wrong]:
    """Parties and calendars of a step of escalation that the policy does not have."""
    parties = {*PARTIES, *policy.members}
    yield from each_unknown((*path, "party"), rung.party, parties, "party")
    counting = counting_calendars(policy)
    yield from unknown((*path, "calendar"), rung.calendar, counting, "counting calendar")


def wrong_cap(path: KeyPath, armed: TypeClock, policy: Policy) -> Iterator[Wrong]:
    """A cap by what is no date, or of a clock that counts hours."""
    if armed.not_after is None:
        return
    yield from unknown((*path, "field"), armed.not_after.field, _dates(policy), "date field")
    clock = policy.clocks.get(armed.clock)
    if clock is not None and clock.in_hours:
        yield (
            path,
            f"is a date, and clock {armed.clock} counts hours: only a clock of days is capped",
        )


def _dates(policy: Policy) -> list[str]:
    return [code for code, field in policy.fields.items() if field.kind == "date"]
