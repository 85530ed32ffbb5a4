"""History: a case that another system kept, recorded as it was, flagged with batch and source.

Facts keep the source's times as known and effective, even where they break today's policy; what looks
wrong is a finding beside them, never a correction of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from ledger.case.clocks.facts import ClockArmed, ClockStopped
from ledger.case.intake.opening import OpeningCommand
from ledger.case.outcome.resolving import CaseResolved
from ledger.case.state import Case, changed, decides, evolves, evolves_by_whom
from ledger.commands import Circumstances
from ledger.entry import Actor, Context, Entry, Happened
from ledger.errors import InvalidCommand, UnlawfulTransition
from ledger.facts import Fact, PersonalText, fact
from ledger.ids import reference_of
from ledger.times import Instant, stamp

IMPORTED_CLOCK = "deadline"
"""The code of the clock that stands for the deadline an imported log states."""
IMPORTED_OUTCOME = "ended"
"""The outcome of a case whose source says only that it ended."""


@fact
class CaseImported(Fact):
    """A case that another system kept was recorded, with what that system said of it."""

    reference: str
    channel: str
    channel_family: str
    request_type: str | None
    received_at: Instant
    team: str | None
    responsible: str | None
    findings: tuple[str, ...]
    external_id: PersonalText


@fact
class ActivityRecorded(Fact):
    """The source says that this was done on the case; `rows` are the numbers of its rows that say so."""

    activity: str
    team: str | None
    rows: tuple[int, ...]


@fact
class OwnershipTransferred(Fact):
    """The source shows the case with another person or team from here on."""

    from_team: str | None
    from_owner: str | None
    to_team: str | None
    to_owner: str | None


class ImportedStep(BaseModel):
    """One step of an imported case: who did what when, and whether the case is with them from then on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    at: Instant
    activity: str
    actor: str | None = None
    team: str | None = None
    takes_over: bool = False
    rows: tuple[int, ...]


class ImportCase(OpeningCommand):
    """Record a case of another system as it was: one command a case; its id derives from source and external id."""

    batch: UUID
    source: str
    external_id: str
    channel: str
    channel_family: str
    request_type: str | None = None
    received_at: Instant
    deadline_at: Instant | None = None
    ended_at: Instant | None = None
    team: str | None = None
    responsible: str | None = None
    steps: tuple[ImportedStep, ...] = ()
    findings: tuple[str, ...] = ()


Dated = tuple[datetime, Actor | None, Fact]


@decides(ImportCase)
def import_case(case: Case, asked: ImportCase, around: Circumstances) -> Sequence[Happened]:
    """A case is imported whole, once; nothing in it is refused for breaking a rule of today."""
    refuse_to_come(around, asked.received_at, asked.ended_at, asked.steps)
    if case.opened:
        raise UnlawfulTransition(
            "This case is in the ledger already, from another import with other content: "
            "import under another source name.",
            rule="imported-once",
        )
    known_at = min([asked.received_at, *(step.at for step in asked.steps[:1])])
    first = around_source(
        around, asked.batch, asked.source, at=asked.received_at, known_at=known_at
    )
    imported = Happened(_imported(asked), around.actor, first)
    rest = as_the_source_knew(
        _in_order(asked), around, asked.batch, asked.source, known_at=known_at
    )
    return [imported, *rest]


def refuse_to_come(
    around: Circumstances,
    begun_at: datetime,
    ended_at: datetime | None,
    steps: Sequence[ImportedStep],
) -> None:
    """Refuses history that lies in the future."""
    latest = max([begun_at, *(step.at for step in steps)])
    if max(latest, ended_at or latest) > around.now:
        raise InvalidCommand(
            "The source says that something happened which is still to come: set this case aside, "
            "or correct its times."
        )


def around_source(
    around: Circumstances, batch: UUID, source: str, *, at: datetime, known_at: datetime
) -> Context:
    """The context of what a source says, by which batch it came."""
    return replace(
        around.context, effective_at=at, known_at=known_at, batch=str(batch), source=source
    )


def as_the_source_knew(
    dated: Iterable[Dated], around: Circumstances, batch: UUID, source: str, *, known_at: datetime
) -> Iterator[Happened]:
    """What happened, each known when it happened, but never before what was known in front of it."""
    for at, actor, recorded in dated:
        known_at = max(known_at, at)
        context = around_source(around, batch, source, at=at, known_at=known_at)
        yield Happened(recorded, actor or around.actor, context)


def _imported(asked: ImportCase) -> CaseImported:
    return CaseImported(
        reference=reference_of(asked.case_id),
        channel=asked.channel,
        channel_family=asked.channel_family,
        request_type=asked.request_type,
        received_at=asked.received_at,
        team=asked.team,
        responsible=asked.responsible,
        findings=asked.findings,
        external_id=asked.external_id,
    )


def _in_order(asked: ImportCase) -> list[Dated]:
    """What happened, by time; at the same instant, in the order of the source."""
    return sorted([*_deadline(asked), *_steps(asked), *_end(asked)], key=lambda each: each[0])


def _deadline(asked: ImportCase) -> Iterator[Dated]:
    if asked.deadline_at is not None:
        armed = stated_clock(asked.source, asked.deadline_at, started_at=asked.received_at)
        yield min(asked.received_at, asked.ended_at or asked.received_at), None, armed


def stated_clock(
    source: str, due_at: datetime, *, started_at: datetime, generation: int = 1
) -> ClockArmed:
    """The clock that stands for a deadline which a source states."""
    return ClockArmed(
        clock=IMPORTED_CLOCK,
        generation=generation,
        policy=None,
        started_at=started_at,
        not_after_on=None,
        due_at=due_at,
        rungs=(),
        certificate={"stated_by": source},
    )


def _steps(asked: ImportCase) -> Iterator[Dated]:
    team, owner = asked.team, None
    for step in asked.steps:
        actor = actor_of(step)
        if step.takes_over:
            to_team = step.team or team
            moved = OwnershipTransferred(
                from_team=team, from_owner=owner, to_team=to_team, to_owner=step.actor
            )
            team, owner = to_team, step.actor
            yield step.at, actor, moved
        yield step.at, actor, done_by(step)


def actor_of(step: ImportedStep) -> Actor | None:
    """Who did a step, if the source names anybody."""
    return Actor("person", step.actor, team=step.team) if step.actor else None


def done_by(step: ImportedStep) -> ActivityRecorded:
    """What a step says was done."""
    return ActivityRecorded(activity=step.activity, team=step.team, rows=step.rows)


def _end(asked: ImportCase) -> Iterator[Dated]:
    if asked.ended_at is not None:
        ended = CaseResolved(outcome=IMPORTED_OUTCOME, replied=False, words=None)
        yield asked.ended_at, None, ended
        if asked.deadline_at is not None:
            stopped = stated_clock_stopped(asked.deadline_at, ended_at=asked.ended_at)
            yield max(asked.ended_at, asked.received_at), None, stopped


def stated_clock_stopped(
    due_at: datetime, *, ended_at: datetime, generation: int = 1
) -> ClockStopped:
    """How a stated deadline ended with its case."""
    return ClockStopped(
        clock=IMPORTED_CLOCK,
        generation=generation,
        outcome="breached" if ended_at > due_at else "met",
        due_at=due_at,
    )


def row_mark(at: datetime, activity: str, team: str | None, actor: str) -> bytes:
    """What one row of a source is known again by, whatever its number in the file that brings it."""
    said = "\0".join((stamp(at), activity, "" if team is None else f"={team}", actor))
    return sha256(said.encode("utf-8", "surrogatepass")).digest()[:8]


@evolves(CaseImported)
def _case_imported(case: Case, imported: CaseImported, at: datetime) -> Case:
    return changed(
        case,
        opened=True,
        imported=True,
        channel=imported.channel,
        request_type=imported.request_type,
        received_at=imported.received_at,
        informed_at=imported.received_at,
        since=imported.received_at,
        team=imported.team,
        source_holder=(imported.team, None),
    )


@evolves_by_whom(ActivityRecorded)
def _done(case: Case, done: ActivityRecorded, happened: Happened | Entry) -> Case:
    at, actor = happened.context.effective_at, happened.actor.id
    mark = row_mark(at, done.activity, done.team, actor)
    return changed(case, source_rows=(*case.source_rows, mark))


@evolves(OwnershipTransferred)
def _moved(case: Case, moved: OwnershipTransferred, at: datetime) -> Case:
    holder = (moved.to_team, moved.to_owner)
    return changed(case, team=moved.to_team, owner=moved.to_owner, since=at, source_holder=holder)
