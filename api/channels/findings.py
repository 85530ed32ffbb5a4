"""What is odd about an imported case: recorded all the same, and listed for somebody to look at."""

from __future__ import annotations

from collections.abc import Iterator

from api.channels.histories import OTHER_CHANNEL, CaseHistory, Finding, Step
from api.channels.mapping import Mapping
from api.channels.rows import shown
from ledger.times import stamp


def find(
    history: CaseHistory,
    mapping: Mapping,
    *,
    start_missing: bool,
    differing: tuple[tuple[str, int], ...],
    ambiguous: tuple[int, ...],
) -> tuple[Finding, ...]:
    """Every finding on one case, those on its times first."""
    steps = history.recorded
    return (
        *_on_times(history, steps, mapping, start_missing=start_missing),
        *_on_channel(history, mapping),
        *_on_actors(steps, mapping),
        *_on_rows(history, differing, ambiguous),
    )


def _on_times(
    history: CaseHistory, steps: tuple[Step, ...], mapping: Mapping, *, start_missing: bool
) -> Iterator[Finding]:
    start, end = history.received_at, history.ended_at
    if mapping.case.received is not None and start_missing:
        yield Finding(
            "start-missing", "It says no start; the time of its first event is taken for it."
        )
    elif early := _rows_of(step for step in steps if step.at < start):
        yield Finding(
            "events-before-start", f"{_events(early)} before its start ({stamp(start)}).", early
        )
    if end is None:
        yield Finding("never-ended", "It never ended as far as the log goes.")
    else:
        if end < start:
            yield Finding(
                "ended-before-start", f"It ended ({stamp(end)}) before its start ({stamp(start)})."
            )
        if late := _rows_of(step for step in steps if step.at > end):
            sentence = f"{_events(late)} after its end ({stamp(end)})."
            yield Finding("events-after-end", sentence, late)
    if not steps:
        yield Finding("no-events", "It has no events.")


def _on_channel(history: CaseHistory, mapping: Mapping) -> Iterator[Finding]:
    channel = history.channel
    if mapping.case.channel is None:
        return
    if channel.raw is None:
        yield Finding("channel-missing", "It does not say by which channel it came.")
    elif channel.code == OTHER_CHANNEL and channel.family is None:
        yield Finding(
            "channel-unmapped",
            f"Its channel {shown(channel.raw)} is not in the mapping's [channels]; "
            "it is recorded as other.",
        )


def _on_actors(steps: tuple[Step, ...], mapping: Mapping) -> Iterator[Finding]:
    if mapping.event.actor is None:
        return
    if nameless := _rows_of(step for step in steps if step.actor is None):
        yield Finding("actor-missing", f"{_events(nameless)} without saying by whom.", nameless)
    tests = (step for step in steps if step.actor and mapping.is_test_account(step.actor))
    if tested := _rows_of(tests):
        yield Finding("test-account", f"{_events(tested)} under an account used for tests.", tested)


def _on_rows(
    history: CaseHistory, differing: tuple[tuple[str, int], ...], ambiguous: tuple[int, ...]
) -> Iterator[Finding]:
    repeats = _rows_of(step for step in history.steps if step.duplicate_of is not None)
    if repeats:
        said = (
            f"{len(repeats)} of its rows repeat" if len(repeats) > 1 else "One of its rows repeats"
        )
        yield Finding("repeated-rows", f"{said} what an earlier row says.", repeats)
    for name, row in differing:
        yield Finding(
            "case-values-differ",
            f"Its rows disagree on {shown(name)}; the first that says it is taken.",
            (row,),
        )
    if ambiguous:
        yield Finding(
            "time-ambiguous",
            "A time falls into the hour that the clocks showed twice; the earlier is taken.",
            ambiguous,
        )


def _rows_of(steps: Iterator[Step]) -> tuple[int, ...]:
    return tuple(step.row for step in steps)


def _events(rows: tuple[int, ...]) -> str:
    return f"{len(rows)} of its events happened" if len(rows) > 1 else "One of its events happened"
