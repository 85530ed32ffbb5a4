"""Importing a log: a command a case, in durable batches, so that again adds nothing, and a stop resumes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

from api.channels.event_log import EventLog
from api.channels.histories import CalledSo, CaseHistory, Finding
from api.channels.import_batches import begun, finished
from api.channels.import_report import ImportReport
from api.channels.imported_ids import (
    calling,
    case_called,
    imported_as,
    of_another_case,
    same_by_another_id,
)
from api.channels.mapping import Mapping
from api.channels.rows import SetAside
from ledger.case import CASE
from ledger.case.history.continuing import ContinueImport, worked_on_here
from ledger.case.history.imported import IMPORTED_CLOCK, ActivityRecorded, ImportCase, ImportedStep
from ledger.case.state import Case
from ledger.commands import Request
from ledger.entry import Actor, Receipt
from ledger.errors import InvalidCommand, Refusal
from ledger.ids import subject_id_of
from ledger.service import Ledger
from ledger.times import EPOCH, stamp

STEPS_IN_A_BATCH = 1_000
"""About how many steps are made durable at once: a stop loses at most these, and importing again adds them."""
_IMPORTED_OTHERWISE = frozenset({"one-command-an-id", "imported-once"})

Progress = Callable[[int, int], None]
"""Told after each batch how many of the file's rows are done, and how many there are."""


def import_log(
    ledger: Ledger, path: Path, mapping: Mapping, *, actor: Actor, progress: Progress | None = None
) -> ImportReport:
    """Records every case of a log as it was, and says what came of every row.

    The file is read to its end before anything is recorded: InvalidCommand if it cannot be used. Ids
    come from the source and the case's own id in it, so a case is imported once, whatever file
    brings it again; of a case that is known its new rows are added. The batch's id comes from file
    and mapping, so an import that was stopped goes on where it was when it is asked for again.
    """
    log = EventLog(path, mapping)
    survey = log.survey()
    source = mapping.log.name
    names = {ledger.pseudonym(source, name): name for name in sorted(survey.people)}
    report = begun(ledger, survey, mapping, names=names, actor=actor)
    for some in _in_batches(log.histories(), report):
        _record(ledger, some, report, actor=actor)
        if progress is not None:
            progress(report.rows_told, survey.rows)
    return finished(ledger, report, path.name, actor=actor)


def _in_batches(
    found: Iterator[CaseHistory | SetAside], report: ImportReport
) -> Iterator[list[CaseHistory]]:
    batch: list[CaseHistory] = []
    steps = 0
    for each in found:
        match each:
            case SetAside():
                report.set_aside.append(each)
            case CaseHistory():
                batch.append(each)
                steps += len(each.steps)
                if steps >= STEPS_IN_A_BATCH:
                    yield batch
                    batch, steps = [], 0
    yield batch


def _record(
    ledger: Ledger, histories: list[CaseHistory], report: ImportReport, *, actor: Actor
) -> None:
    asked = [(history, _command(ledger, history, report)) for history in histories]
    renamed = _known_by_another_id(ledger, asked)
    new = [each for each in asked if each[1].case_id not in renamed]
    requests = [
        Request(command, actor, imported_as(ledger, command.source, command.external_id))
        for _, command in new
    ]
    outcomes = ledger.handle_all(requests) if requests else []
    known = [each for each in asked if each[1].case_id in renamed]
    for (history, command), outcome in zip(new, outcomes, strict=True):
        match outcome:
            case Receipt():
                report.count_recorded(command.case_id, history, added_now=outcome.fresh)
            case Refusal(rule=rule) if rule in _IMPORTED_OTHERWISE:
                known.append((history, command))
            case Refusal() | InvalidCommand():
                report.count_refused(history, str(outcome))
            case _:
                raise outcome
    _say_what_else_each_is_called(ledger, asked, renamed, report, actor=actor)
    if known:
        _continue(ledger, known, report, actor=actor)


def _known_by_another_id(
    ledger: Ledger, asked: list[tuple[CaseHistory, ImportCase]]
) -> dict[UUID, UUID]:
    """The case of each that is here under an id that another system has for it, by the id it would get here."""
    found: dict[UUID, UUID] = {}
    for history, command in asked:
        own = CalledSo(command.source, command.external_id)
        if history.also and case_called(ledger, own, by_logs=True) is None:
            case_id = same_by_another_id(ledger, command.source, history.also, by_logs=True)
            if case_id is not None and case_id not in found.values():
                found[command.case_id] = case_id
    return found


def _say_what_else_each_is_called(
    ledger: Ledger,
    asked: list[tuple[CaseHistory, ImportCase]],
    renamed: dict[UUID, UUID],
    report: ImportReport,
    *,
    actor: Actor,
) -> None:
    """Puts every further id on record, by which its case is found and known again from then on."""
    given: dict[CalledSo, UUID] = {}
    for history, command in asked:
        own = CalledSo(command.source, command.external_id)
        case_id = renamed.get(command.case_id) or case_called(ledger, own, by_logs=True)
        if case_id is None or not history.also:
            continue
        for called in (own, *history.also):
            other = case_called(ledger, called, by_logs=True) or given.setdefault(called, case_id)
            if other != case_id:
                finding = of_another_case(called, other)
                report.list_finding(case_id, history.external_id, finding)
    requests = [calling(ledger, case_id, called, actor) for called, case_id in given.items()]
    for outcome in ledger.handle_all(requests) if requests else ():
        if not isinstance(outcome, Receipt | Refusal):
            raise outcome


def _continue(
    ledger: Ledger,
    known: list[tuple[CaseHistory, ImportCase]],
    report: ImportReport,
    *,
    actor: Actor,
) -> None:
    """Adds what is new to cases that an earlier import has brought in."""
    requests = [_further(ledger, command, actor) for _, command in known]
    outcomes = ledger.handle_all(requests)
    for (history, _), request, outcome in zip(known, requests, outcomes, strict=True):
        match outcome:
            case Receipt() | Refusal(rule="one-command-an-id"):
                _count_known(ledger, request.command.stream, history, report)
            case Refusal() | InvalidCommand():
                report.count_refused(history, str(outcome))
            case _:
                raise outcome


def _further(ledger: Ledger, command: ImportCase, actor: Actor) -> Request:
    stream = (
        ledger.stream_of_command(imported_as(ledger, command.source, command.external_id))
        or command.stream
    )
    further = ContinueImport(
        case_id=subject_id_of(stream),
        batch=command.batch,
        source=command.source,
        deadline_at=command.deadline_at,
        ended_at=command.ended_at,
        steps=command.steps,
    )
    cause = ("import-further", command.source, command.external_id, str(command.batch))
    return Request(further, actor, ledger.derived_id(EPOCH, *cause))


def _count_known(ledger: Ledger, stream: str, history: CaseHistory, report: ImportReport) -> None:
    """Counts a case known before by what stands in the ledger: again, after a stop, it is the same."""
    entries = [read.entry for read in ledger.read(stream)]
    case = CASE.initial
    for entry in entries:
        case = CASE.evolve(case, entry)
    of_batch = [each for each in entries if each.context.batch == str(report.batch)]
    added = [each.fact.rows for each in of_batch if isinstance(each.fact, ActivityRecorded)]
    case_id = entries[0].subject_id
    if entries[0] in of_batch:
        report.count_recorded(case_id, history, added_now=False)
    else:
        report.count_known(case_id, history, added, *_left_as_it_is(case, history, added))


def _left_as_it_is(
    case: Case, history: CaseHistory, added: list[tuple[int, ...]]
) -> Iterator[Finding]:
    """Where the ledger says otherwise than the source now does, for a person to look at."""
    if added and worked_on_here(case):
        yield Finding(
            "worked-on-here", "It is worked on here: its source moves and ends it no more."
        )
    ended_at = history.ended_at
    if ended_at is not None and case.status == "open":
        sentence = f"It ended there ({stamp(ended_at)}): resolve it here if it is done."
        yield Finding("ended-at-source", sentence)
    elif ended_at is not None and case.resolved_at != ended_at:
        sentence = f"It ended there at another time ({stamp(ended_at)}); what is recorded stays."
        yield Finding("end-differs", sentence)
    elif ended_at is None and case.status == "resolved" and added:
        sentence = "It goes on there after the end that is recorded here: reopen it if it is open."
        yield Finding("went-on-at-source", sentence)
    clock = case.clocks.get(IMPORTED_CLOCK)
    stated = history.deadline_at
    if stated is not None and clock is not None and clock.due_at != stated:
        sentence = f"Its deadline there is another one ({stamp(stated)}); what is recorded stays."
        yield Finding("deadline-differs", sentence)


def _command(ledger: Ledger, history: CaseHistory, report: ImportReport) -> ImportCase:
    source, channel = report.source, history.channel
    return ImportCase(
        case_id=ledger.derived_id(history.received_at, "import", source, history.external_id),
        batch=report.batch,
        source=source,
        external_id=history.external_id,
        channel=channel.code,
        channel_family=channel.family or channel.code,
        request_type=history.type,
        received_at=history.received_at,
        deadline_at=history.deadline_at,
        ended_at=history.ended_at,
        team=history.team,
        responsible=_pseudonym(ledger, source, history.responsible),
        steps=_steps(ledger, history, source),
        findings=tuple(finding.code for finding in history.findings),
    )


def _steps(ledger: Ledger, history: CaseHistory, source: str) -> tuple[ImportedStep, ...]:
    repeats: dict[int, list[int]] = {}
    for step in history.steps:
        if step.duplicate_of is not None:
            repeats.setdefault(step.duplicate_of, []).append(step.row)
    return tuple(
        ImportedStep(
            at=step.at,
            activity=step.activity,
            actor=_pseudonym(ledger, source, step.actor),
            team=step.team,
            takes_over=step.takes_over,
            rows=(step.row, *repeats.get(step.row, ())),
        )
        for step in history.recorded
    )


def _pseudonym(ledger: Ledger, source: str, name: str | None) -> str | None:
    return None if name is None else ledger.pseudonym(source, name)
