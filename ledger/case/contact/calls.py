"""Calls: a requester who was drawn is called and asked how it went; what they say is kept in their words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from ledger.case.in_words import InWords, Words
from ledger.case.known.answers import not_one_of
from ledger.case.known.items import LanguageTag
from ledger.case.people.safe_contact import SAFE_CONTACT, records_of, safe_contact_of
from ledger.case.state import Case, changed, decides, evolves
from ledger.commands import Circumstances, since_then
from ledger.entry import Happened
from ledger.errors import InvalidCommand, NotAuthorised, Refusal
from ledger.facts import Fact, Personal, PersonalText, fact
from ledger.policy.telling.days import day_said

COUNTS_AFTER = 2
"""After so many tries in vain the attempt counts as a call."""


@fact
class RequesterCalled(Fact):
    """Somebody called a requester who was drawn on a day; `counts` once they were reached, or after two tries."""

    call_id: UUID
    team: str
    drawn_on: date
    attempt: int
    reached: bool
    counts: bool
    channel: str
    party: UUID | None
    words: Annotated[PersonalText, Personal("party")]
    language: str | None = None


class LogCall(InWords):
    """Log a call to a requester who was drawn: reached or not, by which channel, and what they said."""

    call_id: UUID
    team: str
    drawn_on: date
    reached: bool = True
    channel: str
    words: Words | None = Field(default=None, min_length=1)
    language: LanguageTag | None = since_then()


@decides(LogCall)
def log_call(case: Case, asked: LogCall, around: Circumstances) -> Sequence[Happened]:
    """A person calls whoever was drawn until they are reached; nobody for whom a call may be unsafe."""
    if asked.call_id in case.known().calls:
        return ()
    if around.actor.kind != "person":
        raise NotAuthorised("A machine asks nobody how it went: let a person call.")
    if kept_safe(case, around):
        raise Refusal(
            "Safe contact is set for this requester, who is not to be called about the service: leave "
            "them out.",
            rule="safe-contact",
        )
    policy = around.policies.in_force(around.now).policy
    if asked.channel not in policy.channels:
        raise InvalidCommand(not_one_of("a channel", asked.channel, policy.channels))
    if not asked.reached and asked.words is not None:
        raise InvalidCommand("Nobody was reached, so nobody said anything: leave the words out.")
    before = case.tries.get((asked.team, asked.drawn_on), 0)
    if before < 0:
        raise Refusal(
            f"They were reached already about the draw of {day_said(asked.drawn_on)}: call somebody else.",
            rule="reached-once-a-draw",
        )
    attempt = before + 1
    called = RequesterCalled(
        call_id=asked.call_id,
        team=asked.team,
        drawn_on=asked.drawn_on,
        attempt=attempt,
        reached=asked.reached,
        counts=asked.reached or attempt >= COUNTS_AFTER,
        channel=asked.channel,
        party=case.requester,
        words=asked.words,
        language=asked.language,
    )
    return (around.happened(called),)


def kept_safe(case: Case, around: Circumstances) -> bool:
    """Whether anything was said of the requester's safe contact, on this case or for all of theirs."""
    return (
        SAFE_CONTACT in case.flags
        or case.safe_contact is not None
        or bool(safe_contact_of(records_of(case.requester, around), around))
    )


@evolves(RequesterCalled)
def _called(case: Case, called: RequesterCalled, at: datetime) -> Case:
    tries = {**case.tries, (called.team, called.drawn_on): -1 if called.reached else called.attempt}
    return changed(case, calls=case.calls | {called.call_id}, tries=tries)
