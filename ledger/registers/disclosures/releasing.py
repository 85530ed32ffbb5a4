"""Releasing: what was approved is given out, and never before its day.

A release is authorised, then its bundle is made as of a signed checkpoint, then it is recorded with the
bundle's digest: an entry says that something was released before anybody has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from ledger.commands import Circumstances
from ledger.entry import Entry, Happened
from ledger.errors import Refusal, UnlawfulTransition
from ledger.facts import Fact, PersonalText, fact, fact_version
from ledger.input.quoting import in_entries
from ledger.policy.clocks.history import ClockHistory
from ledger.policy.clocks.reckoning import reckon
from ledger.policy.document.disclosing import Audience
from ledger.policy.telling.days import day_said
from ledger.policy.telling.money import amount
from ledger.policy.values import Language
from ledger.registers.disclosures.approving import cited, refuse_unready
from ledger.registers.disclosures.items import Sha256Hex
from ledger.registers.disclosures.state import (
    STREAM,
    Claim,
    Disclosure,
    DisclosureCommand,
    Release,
    decides,
    evolves,
    in_force,
    officer,
    refuse_pending,
)
from ledger.registers.keeping.accesses import refuse_unsaid
from ledger.registers.parts import with_changed

EDITION = 2
"""The edition of the words of a release in which one is made that is authorised now."""


@fact_version(2, from_1=lambda values: {**values, "edition": 1})
class ReleaseAuthorised(Fact):
    """What was approved may be given out, to whom and for what; `supersedes` is the release it takes the place of.

    The withholding index is issued anew with each release, as version `number`. `edition` is that of the words around
    what is released, in which it is made again: of the first it was told by code for whom it is, and no exemption was
    explained.
    """

    release_id: UUID
    number: int
    audience: Audience
    claim: Claim
    languages: tuple[Language, ...]
    supersedes: UUID | None
    exemptions: tuple[str, ...]
    edition: int
    given_to: PersonalText
    purpose: PersonalText


@fact
class DisclosureReleased(Fact):
    """A release was made: the digest of its bundle, and the size and root of the checkpoint that it cites."""

    release_id: UUID
    number: int
    audience: Audience
    bundle: str
    checkpoint_size: int
    checkpoint_root: str


@fact
class ReleaseAbandoned(Fact):
    """A release that was authorised is not made after all."""

    release_id: UUID
    reason: PersonalText


class AuthoriseRelease(DisclosureCommand):
    """Ask that what was approved may be given out."""

    release_id: UUID
    given_to: str = Field(min_length=1)
    purpose: str = Field(min_length=1)
    languages: tuple[Language, ...] = ("en", "fr")


class RecordRelease(DisclosureCommand):
    """Record that the bundle of a release was made."""

    release_id: UUID
    bundle: Sha256Hex
    checkpoint_size: int = Field(ge=1)
    checkpoint_root: str = Field(min_length=1)


class AbandonRelease(DisclosureCommand):
    """Say that a release that was authorised is not made."""

    release_id: UUID
    reason: str = Field(min_length=1)


@decides(AuthoriseRelease)
def authorise_release(
    state: Disclosure, asked: AuthoriseRelease, around: Circumstances
) -> Sequence[Happened]:
    """Nothing is given out that is not approved, answered and due; whatever was decided since voids the approval."""
    currency = officer(around, does="releases nothing").policy.office.currency
    if asked.release_id in state.known().releases:
        return ()
    refuse_unsaid(asked.purpose)
    refuse_pending(state)
    refuse_unready(state)
    if not state.approved:
        raise Refusal(
            "The release is not approved: let a second person approve it with "
            "`caseledger disclosure approve`.",
            rule="approved-before-released",
        )
    if not state.compared:
        raise Refusal(
            "Nobody compared this with what was released before: run `caseledger disclosure compare`.",
            rule="compared-before-released",
        )
    if not state.answered and state.publishes is None:
        raise Refusal(
            "The applicant was not given the decision: record it with `caseledger disclosure answer`.",
            rule="answered-before-released",
        )
    if state.fees.owed:
        raise Refusal(
            f"What is still owed of the fee is {amount(state.fees.owed, currency)}: record the payment, or waive it.",
            rule="paid-before-released",
        )
    if not state.drawn:
        raise Refusal(
            "Documents alone are in scope, of which no bundle is made: give them as they are and record on the case "
            "that access was given (`ReachMilestone`), or draw the case of the request into the scope too.",
            rule="bundle-of-entries",
        )
    _refuse_early(state, around)
    _refuse_moved(state, around)
    claim = state.claim or "stated_scope"
    authorised = ReleaseAuthorised(
        **asked.for_fact(),
        number=len(state.releases) + 1,
        audience=state.audience,
        claim=claim,
        supersedes=_superseded(state),
        exemptions=cited(state),
        edition=EDITION,
    )
    return (around.happened(authorised),)


def _superseded(state: Disclosure) -> UUID | None:
    """The release before: each was made, where none is being made."""
    return max(state.releases, key=lambda key: state.releases[key].number, default=None)


def _refuse_early(state: Disclosure, around: Circumstances) -> None:
    """Refuses a release before the day that a consultation or the publication delay leaves for it."""
    for each in state.consultations.values():
        if each.review_open:
            raise Refusal(
                "A review of what was decided on a consultation is open: wait for its end.",
                rule="review-before-release",
            )
        if each.not_before_at is not None and around.effective_at < each.not_before_at:
            day = in_force(around).compiled.calendars.days_of(_zone(around))
            raise Refusal(
                f"A third party may ask for a review until {around.last_day(each.not_before_at)}: "
                f"release from {day_said(day.date_of(each.not_before_at))} on.",
                rule="not-before-the-review",
                not_before_at=each.not_before_at.isoformat(),
            )
    if state.publishes is not None:
        answer: Disclosure | None = around.look(f"{STREAM}/{state.publishes}")
        if answer is not None and answer.unpublished:
            raise Refusal(
                "It was decided that this answer is not published: decide otherwise first, with its reason, by "
                "`caseledger disclosure publish`.",
                rule="decided-not-to-publish",
            )
        not_before_at = publication_from(answer, around)
        if not_before_at is None:
            raise Refusal(
                "The answer was not delivered to the applicant yet: they have it before everybody has.",
                rule="applicant-first",
            )
        if around.effective_at < not_before_at:
            days = in_force(around).compiled.calendars.days_of(_zone(around))
            raise Refusal(
                f"The answer is published from {day_said(days.date_of(not_before_at))} on and not before: wait "
                "until then.",
                rule="not-before-publication",
                not_before_at=not_before_at.isoformat(),
            )


def _zone(around: Circumstances) -> str:
    return in_force(around).policy.office.zone


def publication_from(answer: Any, around: Circumstances) -> datetime | None:
    """From which instant an answer may be published: its delay after it was delivered."""
    if not isinstance(answer, Disclosure) or answer.last_release is None:
        return None
    delivered_at = answer.last_release.delivered_at
    version = in_force(around)
    clock = version.policy.disclosure.publish
    if delivered_at is None or clock is None:
        return delivered_at
    compiled = version.compiled
    return reckon(compiled.clocks[clock], compiled.calendars, ClockHistory(delivered_at)).due_at


def _refuse_moved(state: Disclosure, around: Circumstances) -> None:
    """Refuses a claim of whole streams of which one has grown since it was drawn."""
    if state.claim != "whole_stream":
        return
    for stream, drawn in state.drawn.items():
        now: Any = around.look(stream)
        version = getattr(now, "version", drawn.upto_version)
        if version != drawn.upto_version:
            raise Refusal(
                f"{stream} has {in_entries(version)} now and had {drawn.upto_version} when it was drawn: draw the "
                "scope again, so that the claim of whole streams is true.",
                rule="whole-claim-is-true",
            )


@decides(RecordRelease)
def record_release(
    state: Disclosure, asked: RecordRelease, around: Circumstances
) -> Sequence[Happened]:
    """A release is recorded once, with the one bundle that was made."""
    officer(around, does="releases nothing")
    found = authorised_release(state, asked.release_id)
    if found.bundle is not None:
        if found.bundle == asked.bundle:
            return ()
        raise UnlawfulTransition(
            "This release was made with another bundle: make a new release.", rule="one-bundle"
        )
    released = DisclosureReleased(**asked.for_fact(), number=found.number, audience=found.audience)
    return (around.happened(released),)


@decides(AbandonRelease)
def abandon_release(
    state: Disclosure, asked: AbandonRelease, around: Circumstances
) -> Sequence[Happened]:
    """What was made cannot be abandoned."""
    officer(around, does="abandons no release")
    if authorised_release(state, asked.release_id).bundle is not None:
        raise UnlawfulTransition(
            "This release was made: a later one can only supersede it.", rule="released-is-released"
        )
    abandoned = ReleaseAbandoned(release_id=asked.release_id, reason=asked.reason)
    return (around.happened(abandoned),)


def authorised_release(state: Disclosure, release_id: UUID) -> Release:
    """The release of this id; refused where none was authorised."""
    found = state.known().releases.get(release_id)
    if found is None:
        raise UnlawfulTransition(
            "No such release of this disclosure was authorised: name one that was.",
            rule="of-a-release",
        )
    return found


@evolves(ReleaseAuthorised)
def _authorised(
    state: Disclosure, fact: ReleaseAuthorised, _happened: Happened | Entry
) -> Disclosure:
    release = Release(fact.number, fact.audience)
    return replace(state, releases={**state.releases, fact.release_id: release})


def changed_release(state: Disclosure, release_id: UUID, **fields: Any) -> Disclosure:
    """The disclosure, a release of it changed."""
    return replace(state, releases=with_changed(state.releases, release_id, **fields))


@evolves(DisclosureReleased)
def _released(
    state: Disclosure, fact: DisclosureReleased, happened: Happened | Entry
) -> Disclosure:
    return changed_release(
        replace(state, compared=False),
        fact.release_id,
        bundle=fact.bundle,
        released_at=happened.context.effective_at,
        streams=state.streams,
        items=state.items,
    )


@evolves(ReleaseAbandoned)
def _abandoned(
    state: Disclosure, fact: ReleaseAbandoned, _happened: Happened | Entry
) -> Disclosure:
    left = {key: each for key, each in state.releases.items() if key != fact.release_id}
    return replace(state, releases=left)
