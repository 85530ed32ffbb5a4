"""Retention from the command line: what is due for disposal and why, proposed, and what the archives get of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated
from uuid import UUID

from cyclopts import Parameter

from api.channels.archives import write_for_archives
from api.cli.acting import Acting
from api.cli.edge import DONE
from api.cli.given_words import GivenWords
from api.cli.ledgers import caught_up, opened_with_views
from api.cli.progress import progress_bar
from api.cli.recording import show_receipt
from api.cli.showing import Column, say, show_json, show_table, words
from api.moments import date_of, id_of
from ledger.case.state import Case
from ledger.entry import Actor
from ledger.erasing import erasure_of
from ledger.erasing import propose as propose_erasure
from ledger.errors import InvalidCommand, UnlawfulTransition
from ledger.keeping import case_of, cases_named
from ledger.opening import Reading
from ledger.registers.erasures import DisposalItem, ProposeErasure, ToArchives
from ledger.registers.parties import PartyBirthRecorded
from ledger.service import Ledger
from projections.retention import Disposal, KeptCase, disposal, unexplained
from projections.views import Views

_TO_ARCHIVES: dict[str, ToArchives] = {
    "transfer_to_archives": "whole",
    "index_to_archives": "index",
}


def show(
    *,
    until: Annotated[str | None, Parameter(name="--until")] = None,
    opened: Annotated[bool, Parameter(name="--open", negative="")] = False,
    limit: int = 50,
    acting: Acting = Acting(),  # noqa: B008 - frozen
) -> int:
    """Lists which closed cases are due for disposal, by which class, and since when.

    Parameters
    ----------
    until
        A day to look ahead to; today if left out.
    opened
        Open dates of birth, for what is kept until somebody comes of age; it is recorded who read them.
    limit
        Show at most so many.
    """
    if limit < 1:
        raise InvalidCommand("--limit must be at least 1.")
    with opened_with_views() as (ledger, views):
        actor = acting.actor(ledger.policies(), at=ledger.clock()) if opened else None
        found = _found(ledger, views, until, actor)
    if acting.as_json:
        show_json(found)
        return DONE
    show_table(
        f"Due for disposal by {found.until}",
        [
            Column("case"), words("type"), words("outcome"), Column("class"), Column("from"),
            Column("due"), words("then"),
        ],
        [_line(each) for each in (*found.due, *found.held)[:limit]],
        empty="Nothing is due.",
    )  # fmt: skip
    say(
        f"{len(found.due)} are due, {len(found.held)} more are due and on hold, of {found.looked_at} closed "
        "cases that were looked at.",
        *unexplained(found),
        f"Up to date as of entry {found.up_to_date.position}.",
    )
    return DONE


def propose(
    *refs: Annotated[str, Parameter(name="REF")],
    to_archives: Annotated[tuple[str, ...], Parameter(name="--to-archives")] = (),
    opened: Annotated[bool, Parameter(name="--open", negative="")] = False,
    reason: Annotated[str | None, Parameter(name="--reason")] = None,
    acting: Acting = Acting(),  # noqa: B008 - frozen
) -> int:
    """Proposes to dispose of what is due today, for a second records officer to approve.

    Parameters
    ----------
    refs
        These cases alone; all that are due if left out.
    to_archives
        A case of a class of which a sample goes to the archives, and that is to be in it; give it again
        for another.
    opened
        Open dates of birth, for what is kept until somebody comes of age.
    reason
        Why; '-' reads it from standard input, '@FILE' from a file.
    """
    given = GivenWords()
    with opened_with_views() as (ledger, views):
        actor = acting.actor(ledger.policies(), at=ledger.clock())
        found = _found(ledger, views, None, actor if opened else None)
        wanted = set(cases_named(ledger, refs))
        sample = set(cases_named(ledger, to_archives))
        items = [each for each in found.due if not wanted or each.case_id in wanted]
        missing = (wanted | sample) - {each.case_id for each in items}
        if missing or not items:
            raise UnlawfulTransition(
                f"{len(missing) or 'None'} of what was named is due and free of holds: see `caseledger "
                "retention`.",
                rule="disposed-when-due",
            )
        asked = ProposeErasure(
            erasure_id=ledger.new_id(),
            authority="schedule",
            disposal=tuple(_item(each, sample) for each in items),
            reason=given.text(reason, option="--reason") if reason else None,
        )
        receipt = propose_erasure(ledger, asked, actor=actor)
        show_receipt(receipt, as_json=acting.as_json, erasure_id=asked.erasure_id, cases=len(items))
    return DONE


def transfer(
    erasure: Annotated[str, Parameter(name="ERASURE", help="The id of the disposal.")],
    /,
    *,
    out: Annotated[Path, Parameter(name="--out")],
    receipt: Annotated[str | None, Parameter(name="--receipt")] = None,
    acting: Acting = Acting(),  # noqa: B008 - frozen
) -> int:
    """Writes out what the archives get of a disposal, and records that they have it.

    Parameters
    ----------
    out
        A new file.
    receipt
        Their receipt; '-' reads it from standard input, '@FILE' from a file.
    """
    with opened_with_views() as (ledger, _):
        actor = acting.actor(ledger.policies(), at=ledger.clock())
        erasure_id = id_of(erasure, option="ERASURE")
        given = GivenWords().text(receipt, option="--receipt") if receipt else None
        asked = write_for_archives(
            ledger,
            erasure_of(ledger, erasure_id),
            out,
            actor=actor,
            erasure_id=erasure_id,
            receipt=given,
        )
        recorded = ledger.handle(asked, actor=actor)
        show_receipt(
            recorded, as_json=acting.as_json, cases=len(asked.cases), bytes=asked.size_bytes
        )
    return DONE


def _found(ledger: Ledger, views: Views, until: str | None, actor: Actor | None) -> Disposal:
    version = ledger.policies().in_force(ledger.clock())
    days = version.compiled.calendars.days_of(version.policy.office.zone)
    day = date_of(until, option="--until") if until else days.date_of(ledger.clock())
    caught_up(views, ledger)

    def majority(_case_id: UUID, case: Case) -> date | None:
        return None if actor is None else _of_age_on(ledger, case, actor)

    with progress_bar("cases") as tell:
        return disposal(
            views,
            lambda case_id: case_of(ledger, case_id),
            version=version,
            until=day,
            majority=majority,
            progress=tell,
        )


def _of_age_on(ledger: Ledger, case: Case, actor: Actor) -> date | None:
    """When the youngest person the case is about comes of age; None if that is not known of one of them."""
    about = {party for party, role in case.parties if role == "subject"}
    about |= {case.requester} if case.requester is not None and not about else set()
    reading = Reading(
        tuple(f"party/{each}" for each in sorted(about)),
        "When the youngest comes of age, to reckon retention",
        "retention",
        frozenset({PartyBirthRecorded.topic}),
    )
    dates: list[date] = []
    for entries in ledger.open_values(reading, actor=actor):
        facts = [each.entry.fact for each in entries]
        born = [each.of_age_on for each in facts if isinstance(each, PartyBirthRecorded)]
        if not born or not isinstance(born[-1], str):
            return None
        dates.append(date.fromisoformat(born[-1]))
    return max(dates, default=None)


def _item(each: KeptCase, sample: set[UUID]) -> DisposalItem:
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


def _line(each: KeptCase) -> tuple[object, ...]:
    kept = each.kept
    then = "" if kept is None else kept.ends.replace("_", " ")
    return (
        each.reference,
        each.request_type,
        each.outcome,
        each.retention,
        kept and kept.start_on,
        kept and kept.due_on,
        f"{then}, but on hold" if each.held else then,
    )
