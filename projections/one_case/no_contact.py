"""Absence of contact: for how long the ledger records no contact from us to the requester of a case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from ledger.case.clocks.waiting import ACCESS_GIVEN, MilestoneReached
from ledger.case.contact.calls import RequesterCalled
from ledger.case.contact.contacts import ContactLogged
from ledger.case.contact.notices import NoticeIssued
from ledger.case.intake.information import InformationRequested
from projections.fold.told import Told


@dataclass(frozen=True, slots=True)
class NoContact:
    """A stretch without a recorded contact from us, half-open, and the versions of the entries at its ends.

    `days` are whole ones of twenty-four hours.
    """

    from_at: datetime
    to_at: datetime
    days: int
    after_version: int | None
    before_version: int | None


def stretches_without_contact(
    entries: Iterable[Told], *, from_at: datetime, to_at: datetime
) -> tuple[NoContact, ...]:
    """Every stretch between two instants in which no contact from us is recorded, the longest first.

    What counts is an outbound contact, a call, a notice, access given and a request for information,
    whether or not anybody was reached: each is an attempt. They count at the time at which they happened.
    """
    at = sorted((each.effective_at, each.version) for each in entries if _is_ours(each))
    inside = [(when, version) for when, version in at if from_at <= when < to_at]
    before = [version for when, version in at if when < from_at]
    after = [version for when, version in at if when >= to_at]
    ends: list[tuple[datetime, int | None]] = [
        (from_at, before[-1] if before else None),
        *inside,
        (to_at, after[0] if after else None),
    ]
    return tuple(sorted(_between(ends), key=lambda each: (each.from_at - each.to_at, each.from_at)))


def _between(ends: list[tuple[datetime, int | None]]) -> Iterator[NoContact]:
    for (since, left), (until, right) in pairwise(ends):
        if since < until:
            yield NoContact(since, until, (until - since).days, left, right)


def _is_ours(entry: Told) -> bool:
    match entry.fact:
        case ContactLogged() as fact:
            return fact.direction == "outbound"
        case RequesterCalled() | InformationRequested():
            return True
        case NoticeIssued() as fact:
            return fact.to_requester
        case MilestoneReached() as fact:
            return fact.milestone == ACCESS_GIVEN
        case _:
            return False
