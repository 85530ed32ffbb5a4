"""The reference story as a person sees it: a plot of what waited, a line a week, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from api.cli.running.plot import plotted
from api.cli.showing import Column, number, say, show_json, show_table
from api.cli.wording.in_french import told
from api.cli.wording.spoken import spoken
from api.department.story.days import Phase, StoryDay, StoryTold
from ledger.policy.telling.days import day_in_words

_SAID: dict[Phase, str] = {
    "push": "Pushed: each case on somebody's pile as it comes, whoever knows its subject.",
    "pull": "Pulled at a rate: one queue, by subject and in order, three in hand at most; each missed day answered.",
    "dropped": "Dropped: pushed again, as it was before.",
}
_BAR = 10
"""What is left for it beside the figures where a terminal is 80 wide."""
_PLOTTED: dict[Phase, str] = {"push": "pushed", "pull": "pulled at a rate", "dropped": "dropped"}


def show_story(story: StoryTold, *, as_json: bool) -> None:
    """Prints the story, or gives it in plain values."""
    if as_json:
        show_json(story)
        return
    most = max(day.waiting for day in story.days)
    for phase, weeks in _by_phase(story.days):
        say("")
        show_table(
            _SAID[phase],
            [
                Column("week"),
                number("waiting"),
                number("incoming"),
                number("done"),
                number("asked"),
                number("missed"),
                number("calls"),
                number("oldest"),
                Column(""),
            ],
            [_week(week, most) for week in weeks],
            empty="",
        )
    say(
        "",
        told(
            "Waiting stands as at the end of its week, oldest in days. At the end of each day waited:"
        ),
    )
    values = [day.waiting for day in story.days]
    say(*plotted(values, [told(_PLOTTED[day.phase]) for day in story.days]))
    say("", _in_short(story))


def _by_phase(days: Sequence[StoryDay]) -> Iterator[tuple[Phase, list[list[StoryDay]]]]:
    """The phases in their order, each with its days by calendar week."""
    for phase in _SAID:
        weeks: dict[tuple[int, int], list[StoryDay]] = {}
        for day in days:
            if day.phase == phase:
                weeks.setdefault(day.on.isocalendar()[:2], []).append(day)
        if weeks:
            yield phase, [*weeks.values()]


def _week(week: Sequence[StoryDay], most: int) -> tuple[object, ...]:
    last = week[-1]
    return (
        _day(week[0].on),
        last.waiting,
        sum(day.incoming for day in week),
        sum(day.processed for day in week),
        sum(day.needed or 0 for day in week) or "",
        sum(day.missed for day in week) or "",
        sum(day.calls for day in week),
        last.oldest_days,
        "█" * round(_BAR * last.waiting / max(1, most)),
    )


def _day(on: date) -> str:
    """A day without its year, briefly."""
    return f"{on:%b %d}" if spoken() == "en" else day_in_words(on, "fr").rpartition(" ")[0]


def _in_short(story: StoryTold) -> str:
    ends = [f"{story.ends_of(phase).waiting} {told(said)}" for phase, said in _ENDS.items()]
    said = "Waiting: {ends}; {entries} entries say how."
    return told(said, ends=", ".join(ends), entries=story.entries)


_ENDS: dict[Phase, str] = {
    "push": "when it was pushed",
    "pull": "after it was pulled",
    "dropped": "once that was dropped",
}
