"""Keeping in touch: when the requester will next hear from us, and alarms where they did not.

The cheapest cure of failure demand is upstream: a date that was promised, and an update before they ask.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from ledger.case.alarms import alarm
from ledger.case.in_words import InWords, Words
from ledger.case.known.answered import Promises
from ledger.case.state import Case, changed, decides, evolves
from ledger.commands import Circumstances
from ledger.entry import Happened
from ledger.errors import InvalidCommand
from ledger.facts import Fact, PersonalText, fact
from ledger.policy.in_force import PolicyVersion
from ledger.times import Instant


@fact
class ContactPromised(Fact):
    """The requester was promised to hear from us by then; it takes the place of an earlier promise."""

    promise_id: UUID
    by_at: Instant
    words: PersonalText


class PromiseNextContact(InWords):
    """Promise the requester that they will hear from us by a date."""

    promise_id: UUID
    by_at: Instant
    words: Words | None = None


@decides(PromiseNextContact)
def promise_next_contact(
    case: Case, asked: PromiseNextContact, around: Circumstances
) -> Sequence[Happened]:
    """A promise is of a time to come; it is kept by a contact that reaches the requester, or a notice."""
    if asked.promise_id in case.unresolved(around).promises.made:
        return ()
    if asked.by_at <= around.effective_at:
        raise InvalidCommand("A promise is of a time to come: give a later one.")
    return (around.happened(ContactPromised(**asked.for_fact())),)


def silent_until(version: PolicyVersion, since: datetime) -> datetime | None:
    """Until when a requester may hear nothing who heard last at an instant; None where the policy sets no limit."""
    limit = version.policy.office.silence_days
    if limit is None:
        return None
    days = version.compiled.calendars.days_of(version.policy.office.zone)
    return days.end(days.date_of(since) + timedelta(days=limit))


@evolves(ContactPromised)
def _promised(case: Case, promised: ContactPromised, at: datetime) -> Case:
    made = case.promises.made | {promised.promise_id}
    return changed(case, promises=Promises(made, promised.by_at))


def _missed(case: Case, around: Circumstances) -> bool:
    return case.promises.by_at is not None and case.promises.by_at <= around.now


def _silent(case: Case, around: Circumstances) -> bool:
    since = case.heard_at or case.received_at
    until = silent_until(around.policies.in_force(around.now), since) if since else None
    return until is not None and until <= around.now


alarm("promise_missed", _missed, party=lambda case: "owner" if case.owner else "leader")
alarm("no_contact", _silent, party=lambda case: "owner" if case.owner else "leader")
alarm(
    "closed_without_reply",
    lambda case, _around: not case.replied and not case.imported,
    of="resolved",
)
