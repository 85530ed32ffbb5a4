"""Disposing: which closed cases are due and free of holds, and what is proposed of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from api.verbs.verb import Progress, in_silence
from ledger.case.state import Case
from ledger.entry import Actor
from ledger.errors import UnlawfulTransition
from ledger.ids import subject_id_of
from ledger.keeping import case_of
from ledger.personal.erasing import erasure_of
from ledger.personal.opening import Reading
from ledger.policies_then import version_then
from ledger.registers.keeping.disposals import DisposalItem, ToArchives
from ledger.registers.keeping.erasures import ERASURE, Erasure
from ledger.registers.people.parties import PartyBirthRecorded
from ledger.service import Ledger
from ledger.then import NOW, Then
from projections.office.retention import Disposal, KeptCase, disposal

if TYPE_CHECKING:
    from projections.views import Views

_TO_ARCHIVES: dict[str, ToArchives] = {
    "transfer_to_archives": "whole",
    "index_to_archives": "index",
}


def due_for_disposal(
    ledger: Ledger,
    views: Views,
    *,
    until: date | None = None,
    reader: Actor | None = None,
    at: datetime | None = None,
    then: Then = NOW,
    at_most: int | None = None,
    progress: Progress = in_silence,
) -> Disposal:
    """Which closed cases are due by the end of a day, today if none is named, by the classes of the policy.

    `reader` opens dates of birth, for what is kept until somebody comes of age; it is recorded who
    read them. Nobody does if left out. At another instant it is told as of the day of `at`, by the
    policy that was in force on it. With `at_most` only so many closed cases are looked at, those closed first.
    """
    at = at or ledger.clock()
    version = version_then(ledger, then, at)
    days = version.compiled.calendars.days_of(version.policy.office.zone)

    def majority(_case_id: UUID, case: Case) -> date | None:
        return None if reader is None else _of_age_on(ledger, case, reader, then)

    with progress("cases") as tell:
        return disposal(
            views,
            ledger.store,
            lambda case_id: case_of(ledger, case_id, then),
            version=version,
            until=until or days.date_of(at),
            then=then,
            majority=majority,
            at_most=at_most,
            progress=tell,
        )


def items_of(
    found: Disposal,
    *,
    only: Collection[UUID],
    sample: Collection[UUID],
    proposed: Mapping[DisposalItem, UUID],
) -> tuple[DisposalItem, ...]:
    """What is proposed of what is due: these cases alone, or all; of those in the sample the archives get the whole.

    What is `proposed` already is not proposed again; refused where nothing else is left, or where it was named.
    What was named and is on hold is asked for all the same: that is refused, and goes on record.
    """
    items = [each for each in found.due if not only or each.case_id in only]
    items += [each for each in found.held if each.case_id in only]
    missing = {*only, *sample} - {each.case_id for each in items}
    if missing or not items:
        said = (
            f"Cases that were named and are not due, or are on hold: {len(missing)}; see `caseledger retention`."
            if missing
            else "Nothing is due and free of holds: see `caseledger retention`."
        )
        raise UnlawfulTransition(said, rule="disposed-when-due")
    wanted = [_item(each, sample) for each in items]
    again = [each for each in wanted if each in proposed]
    if len(again) == len(wanted) or (only and again):
        raise UnlawfulTransition(
            f"This is proposed for disposal already, as {proposed[again[0]]}: let a second records officer approve "
            "that with `caseledger erasure approve`.",
            rule="proposed-once",
        )
    return tuple(each for each in wanted if each not in proposed)


def proposed_already(ledger: Ledger, *, but: UUID | None) -> Mapping[DisposalItem, UUID]:
    """What disposals propose that can still be approved and carried out, each with its disposal, besides one."""
    found: dict[DisposalItem, UUID] = {}
    for stream in ledger.store.streams(ERASURE.name):
        erasure_id = subject_id_of(stream)
        proposal = erasure_of(ledger, erasure_id)
        if erasure_id != but and not proposal.begun:
            found |= dict.fromkeys(_still_due(ledger, proposal), erasure_id)
    return found


def _still_due(ledger: Ledger, proposal: Erasure) -> tuple[DisposalItem, ...]:
    """What a disposal proposes; nothing where one of its cases was opened again, by which it is approved no more."""
    since = proposal.proposed_at
    for item in proposal.disposal:
        resolution = case_of(ledger, item.case_id).resolution
        if resolution is None or (since is not None and resolution.known_at > since):
            return ()
    return proposal.disposal


def _item(each: KeptCase, sample: Collection[UUID]) -> DisposalItem:
    kept = each.kept
    assert kept is not None
    assert kept.start_on is not None
    assert kept.due_on is not None
    chosen = kept.ends == "sample_to_archives" and each.case_id in sample
    return DisposalItem(
        case_id=each.case_id,
        retention=each.retention or "",
        start_on=kept.start_on,
        due_on=kept.due_on,
        to_archives="whole" if chosen else _TO_ARCHIVES.get(kept.ends, "none"),
    )


def _of_age_on(ledger: Ledger, case: Case, actor: Actor, then: Then) -> date | None:
    """When the youngest person the case is about comes of age; None if that is not known of one of them."""
    about = {party for party, role in case.parties if role == "subject"}
    about |= {case.requester} if case.requester is not None and not about else set()
    reading = Reading(
        tuple(f"party/{each}" for each in sorted(about)),
        "When the youngest comes of age, to reckon retention",
        "retention",
        frozenset({PartyBirthRecorded.topic}),
        then=then,
    )
    dates: list[date] = []
    for entries in ledger.open_values(reading, actor=actor):
        facts = [each.entry.fact for each in entries]
        born = [each.of_age_on for each in facts if isinstance(each, PartyBirthRecorded)]
        if not born or not isinstance(born[-1], str):
            return None
        dates.append(date.fromisoformat(born[-1]))
    return max(dates, default=None)
