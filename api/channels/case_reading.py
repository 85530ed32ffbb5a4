"""Rows of a log made into case histories: each is a step, a repeat, or set aside with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from api.channels.findings import find
from api.channels.histories import (
    OTHER_CHANNEL,
    UNKNOWN_CHANNEL,
    CalledSo,
    CaseHistory,
    Channel,
    Step,
)
from api.channels.mapping import CaseAttribute, Constant, EventAttribute, Mapping, Origin
from api.channels.rows import CaseRows, LogRow, SetAside, shown
from api.channels.source_times import SourceTime, UnreadableTime


def read_histories(
    cases: Iterator[CaseRows | SetAside], mapping: Mapping
) -> Iterator[CaseHistory | SetAside]:
    """Each case of the file as a history, and whatever belongs to none with its reason.

    Repeats are sought within a case. Memory holds one case, and a digest for each case id met: a
    second trace of the same case is set aside, since the first was already handed on.
    """
    seen: set[bytes] = set()
    for case in cases:
        match case:
            case SetAside():
                yield case
            case CaseRows():
                yield from _read_case(case, mapping, seen)


def _read_case(
    case: CaseRows, mapping: Mapping, seen: set[bytes]
) -> Iterator[CaseHistory | SetAside]:
    external_id = case.attributes.get(mapping.case.id, "")
    reason = case.problem and f"of its case: {case.problem}"
    if not reason and mapping.is_empty(external_id):
        reason = f"it has no case id ({shown(mapping.case.id)})"
    mark = sha256(external_id.encode()).digest()
    if not reason and mark in seen:
        reason = "its case stands in the file once more before it: one case must be one trace"
    if reason:
        yield from _whole_set_aside(case, reason)
        return
    seen.add(mark)
    reading = _CaseReading(mapping, case)
    try:
        history = reading.history(external_id)
    except UnreadableTime as error:
        yield from _whole_set_aside(case, str(error))
        return
    yield from reading.set_aside
    if history:
        yield history
    elif not case.rows:
        yield from _whole_set_aside(case, "it has no events and no start: nothing says when it was")


def _whole_set_aside(case: CaseRows, reason: str) -> Iterator[SetAside]:
    if not case.rows:
        yield SetAside(None, case.place, reason, case.digest.hex())
    for row in case.rows:
        yield SetAside(row.number, row.place, reason, row.digest.hex())


class _CaseReading:
    """One case while it is read; `set_aside` and `ambiguous` fill as its rows and times are."""

    def __init__(self, mapping: Mapping, case: CaseRows) -> None:
        self.set_aside: list[SetAside] = []
        self._ambiguous: list[int] = []
        self._mapping = mapping
        self._case = case
        self._rules = mapping.time_rules

    def history(self, external_id: str) -> CaseHistory | None:
        """The case's history; None when nothing says when it was.

        UnreadableTime when a time of the case as a whole cannot be read: then no part of it is
        taken, so that it can be imported whole once the mapping or the file is put right.
        """
        said = self._mapping.case
        received_at = self._time(said.received, "start")
        deadline_at = self._time(said.deadline, "deadline")
        ended_at = self._time(said.ended, "end")
        steps = self._transferred(self._steps())
        recorded = [step for step in steps if step.duplicate_of is None]
        if received_at is None and not recorded:
            return None
        if said.ended is None:
            ended_at = _ended_by_activity(recorded)
        history = CaseHistory(
            external_id=external_id,
            place=self._case.place,
            channel=self._channel(),
            type=self._value(said.type),
            received_at=received_at or recorded[0].at,
            deadline_at=deadline_at,
            ended_at=ended_at,
            responsible=self._value(said.responsible),
            team=self._value(said.team),
            steps=steps,
            findings=(),
            digest=self._case.digest.hex(),
            also=tuple(self._also()),
        )
        found = find(
            history,
            self._mapping,
            start_missing=received_at is None,
            differing=self._case.differing,
            ambiguous=tuple(self._ambiguous),
        )
        return replace(history, findings=found)

    def _also(self) -> Iterator[CalledSo]:
        for source, name in self._mapping.case.ids.items():
            value = self._case.attributes.get(name, "")
            if not self._mapping.is_empty(value):
                yield CalledSo(source, value)

    def _steps(self) -> list[Step]:
        compared = self._mapping.reading.duplicates
        first_of: dict[object, int] = {}
        steps: list[Step] = []
        for row in self._case.rows:
            step = self._step(row)
            if step is None:
                continue
            match compared:
                case "none":
                    steps.append(step)
                    continue
                case "row":
                    same: object = row.digest
                case names:
                    same = tuple(row.event.get(name, "") for name in names)
            first = first_of.setdefault(same, row.number)
            steps.append(step if first == row.number else replace(step, duplicate_of=first))
        return sorted(steps, key=lambda step: step.at)

    def _step(self, row: LogRow) -> Step | None:
        named = self._mapping.event
        activity = self._of_event(row, named.activity)
        written = self._of_event(row, named.time)
        if activity is None or written is None:
            what = "activity" if activity is None else "time"
            key = named.activity if activity is None else named.time
            self._put_aside(row, f"it has no {what} ({shown(key)})")
            return None
        try:
            time = self._rules.read(written)
        except UnreadableTime as error:
            self._put_aside(row, f"its time {error}")
            return None
        self._note(time, row.number)
        return Step(
            time.at,
            row.number,
            activity,
            actor=self._of_event(row, named.actor),
            team=self._of_event(row, named.team),
            meaning=self._mapping.meaning_of(activity),
        )

    def _transferred(self, steps: list[Step]) -> tuple[Step, ...]:
        """The steps, each with which the case came to another holder marked with the one before.

        A step that names no holder, and a repeat, is passed over: the case stays where it was.
        """
        by_actor = self._mapping.reading.transfers == "actor"
        holder: str | None = None
        marked: list[Step] = []
        for step in steps:
            taker = step.actor if by_actor else step.team
            if taker is None or step.duplicate_of is not None:
                marked.append(step)
                continue
            if taker != holder:
                step = replace(step, takes_over=True, transferred_from=holder)
            marked.append(step)
            holder = taker
        return tuple(marked)

    def _channel(self) -> Channel:
        raw = self._value(self._mapping.case.channel)
        if raw is None:
            return Channel(None, UNKNOWN_CHANNEL, None)
        known = self._mapping.channels.get(raw)
        if known is None:
            return Channel(raw, OTHER_CHANNEL, None)
        return Channel(raw, known.code, known.family)

    def _value(self, origin: Origin | None) -> str | None:
        """What the file says of the case in this matter; None when it says nothing."""
        match origin:
            case None:
                return None
            case Constant(constant=value):
                return value
            case CaseAttribute(name=name):
                value = self._case.attributes.get(name, "")
                return None if self._mapping.is_empty(value) else value
            case EventAttribute(event=name, take=take):
                rows = self._case.rows if take == "first" else reversed(self._case.rows)
                return next((found for row in rows if (found := self._of_event(row, name))), None)

    def _time(self, origin: Origin | None, what: str) -> datetime | None:
        written = self._value(origin)
        if written is None:
            return None
        try:
            time = self._rules.read(written)
        except UnreadableTime as error:
            raise UnreadableTime(f"the {what} of its case {error}") from error
        self._note(time, self._case.rows[0].number if self._case.rows else 0)
        return time.at

    def _of_event(self, row: LogRow, name: str | None) -> str | None:
        value = row.event.get(name, "") if name else ""
        return None if self._mapping.is_empty(value) else value

    def _note(self, time: SourceTime, row: int) -> None:
        if time.ambiguous:
            self._ambiguous.append(row)

    def _put_aside(self, row: LogRow, reason: str) -> None:
        self.set_aside.append(SetAside(row.number, row.place, reason, row.digest.hex()))


def _ended_by_activity(steps: list[Step]) -> datetime | None:
    """When the case was last closed, or else last resolved, and not reopened after it."""
    closed: datetime | None = None
    resolved: datetime | None = None
    for step in steps:
        match step.meaning:
            case "closed":
                closed = step.at
            case "resolved":
                resolved = step.at
            case "reopened":
                closed = resolved = None
            case None:
                pass
    return closed or resolved
