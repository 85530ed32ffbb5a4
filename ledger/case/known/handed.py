"""Where a case is on its way to: handed over, or routed and to be confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Handover:
    """A transfer that was begun and is neither accepted nor declined yet."""

    transfer_id: UUID
    from_team: str | None
    from_owner: str | None
    to_team: str
    to_owner: str | None
    accept_by: datetime | None
    held: frozenset[str] = frozenset()
    """The fields that the case had answers to when it was handed over."""
    unanswered: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """A routing that a duty team is to confirm; it is accountable meanwhile, unless danger does not wait."""

    team: str
    confirm_by: datetime
    proposed: str
    kept: bool
    """The case is kept with the duty team until it is confirmed."""
