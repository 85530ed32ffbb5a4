"""What is owed on a case besides its answer: tasks, follow-ups, and the receipts of referrals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal
from uuid import UUID

TaskKind = Literal["judgement", "preparatory"]
TaskState = Literal["open", "completed", "cancelled"]
FollowUpKind = Literal["bring_forward", "commitment"]
ReferralKind = Literal["transfer", "transfer_in_part", "consultation"]
"""What is sent to another body: all of the case, a part of it while the rest stays here, or a question about it."""


@dataclass(frozen=True, slots=True)
class Task:
    """A task: the team that does it, the member who took it, and what doing it takes."""

    task_id: UUID
    kind: TaskKind
    team: str
    member: str | None
    skill: str | None
    needs_delegation: bool
    due_at: datetime | None
    state: TaskState = "open"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Something that a member will come back to, or that was promised; it outlives the resolution."""

    follow_up_id: UUID
    kind: FollowUpKind
    member: str
    due_at: datetime
    done: bool = False


@dataclass(frozen=True, slots=True)
class Referral:
    """The case, or a question about it, sent to another body that is to confirm its receipt."""

    referral_id: UUID
    kind: ReferralKind
    body: str
    referred_at: datetime
    confirm_by: datetime
    confirmed: bool = False
    ended: bool = False
    """It came to nothing: what was sent is with us as before."""

    @property
    def unconfirmed(self) -> bool:
        """Whether its receipt is still to be confirmed."""
        return not (self.confirmed or self.ended)

    @property
    def may_come_to_nothing(self) -> bool:
        """Whether it still can: what another body has as a whole is closed here, and reopened if it comes back."""
        return not self.ended and not (self.confirmed and self.kind == "transfer")


@dataclass(frozen=True, slots=True)
class Owed:
    """All that is or was owed on a case, by id, and which of it was recorded as overdue for which instant."""

    tasks: Mapping[UUID, Task] = field(default_factory=dict[UUID, Task])
    follow_ups: Mapping[UUID, FollowUp] = field(default_factory=dict[UUID, FollowUp])
    referrals: Mapping[UUID, Referral] = field(default_factory=dict[UUID, Referral])
    called: frozenset[tuple[UUID, datetime]] = frozenset()

    @property
    def open_tasks(self) -> tuple[Task, ...]:
        """The tasks still to be done, in the order in which they were added."""
        return tuple(task for task in self.tasks.values() if task.state == "open")

    def with_task(self, task: Task) -> Owed:
        """With a task as it now stands."""
        return replace(self, tasks={**self.tasks, task.task_id: task})

    def with_follow_up(self, follow_up: FollowUp) -> Owed:
        """With a follow-up as it now stands."""
        return replace(self, follow_ups={**self.follow_ups, follow_up.follow_up_id: follow_up})

    def with_referral(self, referral: Referral) -> Owed:
        """With a referral as it now stands."""
        return replace(self, referrals={**self.referrals, referral.referral_id: referral})

    def calling(self, owed_id: UUID, due_at: datetime) -> Owed:
        """After it was recorded that something is overdue since an instant."""
        return replace(self, called=self.called | {(owed_id, due_at)})
