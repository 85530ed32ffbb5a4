"""Showing when a clock is due: the answer first, then each day of the count, then what it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from rich.padding import Padding
from rich.text import Text

from api.cli.due.sheet import show_days, show_hours
from api.cli.due.words import DueWords
from api.cli.showing import console
from api.due.answer import certificate_holds
from api.due.asked import Found, days_of, extensions_of, reason_called
from ledger.policy.values import Language

_DIM = "dim"


def show_due(found: Found, language: Language) -> None:
    """The answer in a few sentences, the days as a sheet of weeks, and what it rests on."""
    clock = found.clock
    say = DueWords(language, found.law.calendars.days_of(clock.zone).zone)
    screen = console()
    screen.print(Text.assemble((clock.code, "bold"), f"  {clock.say(language)}"))
    screen.print(Text(_answer(found, say), style="bold"))
    for sentence in _why(found, say):
        screen.print(_indented(sentence))
    screen.print()
    if clock.in_hours:
        show_hours(found, say)
    else:
        show_days(found, say)
    screen.print()
    for sentence in _happened(found, say):
        screen.print(_indented(sentence))
    for sentence in _rests_on(found, say):
        screen.print(_indented(sentence, style=_DIM))


def _indented(sentence: str, style: str = "") -> Padding:
    return Padding(Text(sentence, style=style), (0, 0, 0, 2), expand=False)


def _answer(found: Found, say: DueWords) -> str:
    clock, reckoning = found.clock, found.reckoning
    day_clock = not clock.in_hours
    if reckoning.due_at is None:
        paused = reckoning.certificate.get("paused_from_on")
        since = (
            say.day(date.fromisoformat(paused))
            if paused
            else say.at(min(wait.from_at for wait in found.history.waits if wait.to_at is None))
        )
        resumed = reckoning.due_if_resumed_at
        when = say.by(resumed, day_clock=day_clock) if resumed else ""
        return say.say(
            "paused", since=since, left=_amount(found, say, reckoning.remaining), when=when
        )
    if clock.sense == "not_before":
        starts = clock.due_at == "start_of_local_day" or not day_clock
        when = say.at(reckoning.due_at) if starts else say.by(reckoning.due_at, day_clock=True)
        return say.say("not_before", when=when)
    when = say.by(reckoning.due_at, day_clock=day_clock)
    return say.say("due" if clock.sense == "deadline" else "warning", when=when)


def _amount(found: Found, say: DueWords, n: int) -> str:
    if found.clock.in_hours:
        return say.hours(n)
    unit = "working_days" if found.clock.unit == "working_days" else "calendar_days"
    return say.amount(n, unit)


def _why(found: Found, say: DueWords) -> Iterator[str]:
    """From what it was counted, what did not count, and how it stands."""
    clock, reckoning = found.clock, found.reckoning
    days = found.law.calendars.days_of(clock.zone)
    begun = found.history.start_at if reckoning.generation == 1 else _begun(found)
    start = say.at(begun) if clock.in_hours else say.day(days.date_of(begun))
    by = ""
    if clock.unit == "working_days" or clock.unit == "business_hours":
        code = clock.counting_calendar if clock.unit == "working_days" else clock.office_calendar
        by = say.say("by", code=code)
    elif clock.roll_over:
        by = say.say("rolled_by", code=clock.roll_over)
    extension = reckoning.certificate["extension"] + reckoning.certificate.get(
        "extension_from_due", 0
    )
    amount = say.amount(clock.amount, clock.unit) + (f" + {extension}" if extension else "")
    sentence = "with" if clock.first_day == "included" else "from"
    yield say.say(sentence, amount=amount, start=start, by=by)
    if latest := reckoning.certificate.get("not_after_on"):
        yield say.say("capped", on=say.day(date.fromisoformat(latest)))
    if left_out := _left_out(found, say):
        yield say.say("left_out", what=left_out)
    yield _state(found, say)


def _begun(found: Found) -> Any:
    from_stamp = found.reckoning.certificate["start_at"]
    return type(found.history.start_at).fromisoformat(from_stamp)


def _left_out(found: Found, say: DueWords) -> str:
    days = days_of(found)
    weekends = sum(day.kind == "weekend" or (day.kind == "rolled" and day.weekend) for day in days)
    holidays = [day.holiday for day in days if day.holiday and day.kind in ("holiday", "rolled")]
    waiting = [day for day in days if day.kind == "waiting" and day.reason]
    closed = sum(day.kind == "waiting" and day.reason is None for day in days)
    said: list[str] = []
    if weekends:
        said.append(say.say("weekend_days", n=weekends))
    if holidays:
        said.append(
            say.say("holidays", names=", ".join(each.say(say.language) for each in holidays))
        )
    if waiting:
        reasons = dict.fromkeys(day.reason for day in waiting if day.reason)
        names = ", ".join(reason_called(found, each, say.language) for each in reasons)
        said.append(say.say("waiting_days", n=len(waiting), names=names))
    if closed:
        said.append(say.say("closed_days", n=closed))
    return ", ".join(said)


def _state(found: Found, say: DueWords) -> str:
    clock, reckoning, stopped_at = found.clock, found.reckoning, found.history.stopped_at
    if stopped_at is not None:
        on = say.at(stopped_at) if clock.in_hours else _on(say, stopped_at)
        return say.say(f"stopped.{_ended(found)}", on=on, **_over(found, say))
    on = say.at(found.asked_at) if clock.in_hours else _on(say, found.asked_at)
    if _not_begun(found, say):
        return say.say("not_started", on=on)
    if reckoning.state == "breached":
        return say.say("overdue", on=on, **_over(found, say))
    left = _amount(found, say, reckoning.remaining)
    if clock.in_hours:
        # Both are cut to whole seconds, so that what they add up to may lack one.
        total = reckoning.elapsed + reckoning.remaining + 1
        return say.say(
            "hours_of", on=on, k=say.hours(reckoning.elapsed), n=say.hours(total), left=left
        )
    total = _total(found)
    return say.say("day_of", on=on, k=total - reckoning.remaining, n=total, left=left)


def _ended(found: Found) -> str:
    """How a clock ended, in the words that there are for it: one that lapsed, say, ended neither in time nor late."""
    state = found.reckoning.state
    if state not in ("met", "breached"):
        return "otherwise"
    if state == "breached" and found.clock.sense == "not_before":
        return "too_early"
    return "late_by" if state == "breached" and found.reckoning.overdue else state


def _over(found: Found, say: DueWords) -> dict[str, str]:
    """By how much its time is over, with what was waited for since and without it (decision table, row 18)."""
    reckoning, waiting = found.reckoning, ""
    if reckoning.overdue_not_waiting != reckoning.overdue:
        without = _amount(found, say, reckoning.overdue_not_waiting)
        waiting = say.say("overdue_waiting", n=without)
    return {"n": _amount(found, say, reckoning.overdue), "waiting": waiting}


def _not_begun(found: Found, say: DueWords) -> bool:
    """Whether a clock begins later than asked about; one of days runs all the day on which it begins."""
    start_at, asked_at = found.history.start_at, found.asked_at
    if found.clock.in_hours:
        return asked_at < start_at
    return asked_at.astimezone(say.zone).date() < start_at.astimezone(say.zone).date()


def _total(found: Found) -> int:
    """How many days of its own count the clock has in all."""
    counted = [day.number for day in days_of(found) if day.number is not None]
    paused_left = found.reckoning.certificate.get("remaining", 0)
    return (counted[-1] if counted else 0) + paused_left


def _on(say: DueWords, at: Any) -> str:
    return say.day(at.astimezone(say.zone).date())


def _happened(found: Found, say: DueWords) -> Iterator[str]:
    """What happened meanwhile, and what each of it did."""
    clock = found.clock
    show = say.at if clock.in_hours else lambda at: _on(say, at)
    for name in found.assumed:
        yield say.say(name)
    stopped_at = found.history.stopped_at
    for wait in found.history.waits:
        if stopped_at is not None and wait.from_at >= stopped_at:
            continue  # of a clock that had ended it says nothing
        kind = clock.effect_of(wait.reason).effect
        due_at = found.reckoning.due_at
        late = found.reckoning.state == "breached" and due_at is not None and wait.from_at >= due_at
        effect = say.say("effect.late" if late else f"effect.{kind}")
        told = {
            "reason": reason_called(found, wait.reason, say.language),
            "from_on": show(wait.from_at),
        }
        if wait.to_at is None:
            yield say.say("wait_open", effect=effect, **told)
        else:
            yield say.say("wait", effect=effect, to_on=show(wait.to_at), **told)
    for each, authority in extensions_of(found):
        amount = say.amount(each.amount, clock.unit)
        yield say.say("extended", amount=amount, authority=authority, on=show(each.given_at))
    for duty in found.duties:
        yield say.say("duty", on=say.day(duty.by_on), party=duty.party)
    for each in found.reckoning.earlier:
        elapsed = _amount(found, say, each.elapsed)
        yield say.say("generation", n=each.number, on=show(each.ended_at), elapsed=elapsed)
    for each in found.history.reopenings:
        mode = say.say(f"mode.{each.mode}")
        yield say.say(
            "reopened", stopped=show(each.stopped_at), on=show(each.reopened_at), mode=mode
        )


def _rests_on(found: Found, say: DueWords) -> Iterator[str]:
    """The law, the edition, the zone, and what of it was not read in an official text."""
    clock = found.clock
    yield say.say(
        "law", citation=clock.citation.rstrip("."), pack=clock.pack, version=clock.version
    )
    counted_by = found.law.counted_by
    yield say.say(f"source.{found.law.kind if counted_by is None else 'case'}", name=found.law.name)
    if counted_by not in (None, found.law.name):
        yield say.say("counted_by", name=counted_by)
    if certificate_holds(found):
        tz_version = found.reckoning.certificate["tz_version"]
        yield say.say("checked", zone=clock.zone, tz=tz_version)
    if doubtful := [mark for mark in clock.marks if mark.status != "verified"]:
        yield f"{say.say('marks')}:"
        for mark in doubtful:
            yield f"  {mark.setting} ({say.say(f'status.{mark.status}')}): {mark.source}"
