"""Returns: what the requester says in the quiet window after a resolution is proposed as one; a person decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Literal
from uuid import UUID

from ledger.case.alarms import alarm, raise_at_once
from ledger.case.in_words import Words
from ledger.case.known.answered import Resolution
from ledger.case.links import CAME_LATE
from ledger.case.state import Case, Decision, changed, evolves
from ledger.facts import Fact, PersonalText, fact
from ledger.times import Instant

ReturnAnswer = Literal["return", "new_matter", "thanks"]


@fact
class ReturnProposed(Fact):
    """A contact came in the quiet window: whether the matter came back with it is for a person to decide.

    `contact_id` is that of the contact, or of the command by which information came in. `resolution` is the number
    of the resolution that it may undo, and `resolved_by` whose it was.
    """

    contact_id: UUID
    channel: str
    resolution: int
    resolved_at: Instant
    resolved_by: str | None
    resolver: str | None


@fact
class ReturnDecided(Fact):
    """A person decided whether the matter came back: a return undoes the resolution of this number.

    `settles_at` is when the quiet window ends, should the resolution stand.
    """

    contact_id: UUID
    answer: ReturnAnswer
    resolution: int
    resolved_at: Instant
    resolved_by: str | None
    resolver: str | None
    settles_at: Instant | None
    words: PersonalText


def propose_return(decision: Decision, contact_id: UUID, channel: str) -> None:
    """Proposes a contact as a return if it came while the case was resolved and its quiet window not over.

    One is proposed at a time: those that come meanwhile are proposed in their turn. What comes after the window is
    told to whoever leads the team: nobody works on the case any more who would see it.
    """
    resolution, at = decision.case.resolution, decision.around.effective_at
    if resolution is None or at < resolution.at:
        return
    if not could_return(decision.case, at):
        raise_at_once(decision, CAME_LATE, str(contact_id))
    elif resolution.returning is None:
        _propose(decision, resolution, contact_id, channel)


def could_return(case: Case, at: datetime) -> bool:
    """Whether a contact at an instant came while the case was resolved and its quiet window not over."""
    resolution = case.resolution
    if resolution is None or resolution.settled_at is not None:
        return False
    return resolution.at <= at and resolution.quiet_at(at)


def propose_next(decision: Decision) -> None:
    """Proposes the contact that came while another one was proposed, now that that one was none."""
    resolution = decision.case.resolution
    if resolution is not None and resolution.then:
        contact_id, channel = resolution.then[0]
        _propose(decision, resolution, contact_id, channel)


def _propose(decision: Decision, resolution: Resolution, contact_id: UUID, channel: str) -> None:
    decision.happens(
        ReturnProposed(
            contact_id=contact_id,
            channel=channel,
            resolution=decision.case.resolutions,
            resolved_at=resolution.at,
            resolved_by=resolution.resolved_by,
            resolver=resolution.resolver,
        )
    )


def return_decided(
    decision: Decision, resolution: Resolution, answer: ReturnAnswer, words: Words | None
) -> None:
    """Records what a person decided of the return that is proposed."""
    if resolution.returning is None:
        raise AssertionError("a return is decided while it is proposed")
    decision.happens(
        ReturnDecided(
            contact_id=resolution.returning,
            answer=answer,
            resolution=decision.case.resolutions,
            resolved_at=resolution.at,
            resolved_by=resolution.resolved_by,
            resolver=resolution.resolver,
            settles_at=resolution.settles_at,
            words=words,
        )
    )


@evolves(ReturnProposed)
def _proposed(case: Case, proposed: ReturnProposed, at: datetime) -> Case:
    resolution = case.resolution
    if resolution is None:
        return case
    left = tuple(each for each in resolution.then if each[0] != proposed.contact_id)
    returning = replace(resolution, returning=proposed.contact_id, returning_since=at, then=left)
    return changed(case, resolution=returning)


@evolves(ReturnDecided)
def _decided(case: Case, decided: ReturnDecided, at: datetime) -> Case:
    case = changed(case, returns={**case.returns, decided.contact_id: decided.answer})
    if case.resolution is None:
        return case
    stands = replace(case.resolution, returning=None, returning_since=None, decided_at=at)
    return changed(case, resolution=stands)


alarm(
    "return_undecided",
    lambda case, _around: case.resolution is not None and case.resolution.returning is not None,
    of="resolved",
)
