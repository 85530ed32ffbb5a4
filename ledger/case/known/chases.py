"""A chase as it stands on a case: its steps with their instants, how far it came, and what was said since."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from ledger.case.known.approvals import word_since
from ledger.entry import Entry, Happened
from ledger.policy.document.chases import ChaseAct


@dataclass(frozen=True, slots=True)
class Step:
    """What a chase comes to, and when."""

    act: ChaseAct
    at: datetime
    working_days: int


@dataclass(frozen=True, slots=True)
class Chase:
    """The chase of one case: the first `reached` of its steps are recorded.

    `told_at` is when the requester was first turned to since the last step, with the latest date that
    was given for an answer in `reply_by`, and `entered_at` is since when that is on record; `heard` says
    that the requester turned to us since then. `lapses_at` is the date that the notice of the lapse named,
    and `told_of_lapse` whether they had been turned to since it was to be given when that came.
    """

    plan: str
    policy: str
    steps: tuple[Step, ...]
    reached: int = 0
    told_at: datetime | None = None
    reply_by: datetime | None = None
    entered_at: datetime | None = None
    heard: bool = False
    lapses_at: datetime | None = None
    stopped: bool = False
    told_of_lapse: bool = False

    @property
    def next_step(self) -> Step | None:
        """The step that comes next, if one does."""
        if self.stopped or self.reached >= len(self.steps):
            return None
        return self.steps[self.reached]

    @property
    def last_act(self) -> ChaseAct | None:
        """What the last step called for that is not done yet; to turn to the requester decides no lapse."""
        if self.stopped or self.reached == 0:
            return None
        act = self.steps[self.reached - 1].act
        return None if self.told_at is not None and act != "lapse" else act

    @property
    def lapse(self) -> Step | None:
        """The step at which the request lapses, if the plan has one."""
        return self.steps[-1] if self.steps[-1].act == "lapse" else None

    @property
    def days_of_notice(self) -> int:
        """How many working days lie between the notice of a lapse and the lapse."""
        before, last = self.steps[-2:]
        return last.working_days - before.working_days

    def after_step(self, step: int, *, lapses_at: datetime | None = None) -> Chase:
        """The chase with one more step recorded; what was said before counts for that one no more."""
        named = lapses_at or self.lapses_at
        step = min(step, len(self.steps))
        return replace(
            self,
            reached=step,
            told_at=None,
            reply_by=None,
            entered_at=None,
            heard=False,
            lapses_at=named,
            told_of_lapse=self.told_at is not None and step == len(self.steps),
        )

    def now_stopped(self) -> Chase:
        """The chase, stopped."""
        return replace(self, stopped=True)


def told(
    chase: Chase | None, happened: Happened | Entry, reply_by: datetime | None = None
) -> Chase | None:
    """The chase after somebody turned to the requester, with a date for the answer if one was given."""
    at, since = happened.context.effective_at, word_since(happened)
    if chase is None or (chase.reached and at < chase.steps[chase.reached - 1].at):
        return chase
    dates = [each for each in (chase.reply_by, reply_by) if each is not None]
    return replace(
        chase,
        told_at=min(at, chase.told_at or at),
        reply_by=max(dates, default=None),
        entered_at=min(since, chase.entered_at or since),
    )


def warned(chase: Chase | None, lapses_at: datetime | None) -> Chase | None:
    """The chase after a notice was given that names the date of the lapse."""
    if chase is None or lapses_at is None:
        return chase
    return replace(chase, lapses_at=max(lapses_at, chase.lapses_at or lapses_at))


def untold(chase: Chase | None, at: datetime) -> Chase | None:
    """The chase after what told the requester at an instant proves never to have reached them."""
    if chase is None or chase.told_at != at:
        return chase
    return replace(chase, told_at=None, reply_by=None, entered_at=None)


def heard(chase: Chase | None) -> Chase | None:
    """The chase after the requester turned to us."""
    return None if chase is None else replace(chase, heard=True)
