"""Retention from the command line: what is due for disposal and why, proposed, and what the archives get of it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from api.channels.archives import for_archives
from api.cli.edge import DONE
from api.cli.ledgers import caught_up, office_days, opened_with_views
from api.cli.progress import progress_bar
from api.cli.reading.asked_at import AskedThen, Instants
from api.cli.showing import Column, say, show_json, show_table, words
from api.cli.wording.coded import labelled
from api.cli.wording.in_french import Spoken, numbered, told
from api.cli.wording.spoken import speaking
from api.cli.writing.acting import Acting
from api.cli.writing.asking import ask_verb
from api.cli.writing.given_words import GivenWords
from api.cli.writing.recording import show_receipt
from api.moments import date_of, id_of
from api.new_files import new_file, refuse_taken
from api.verbs import KEEPING_VERBS, Around
from api.verbs.disposing import due_for_disposal
from ledger.commands import Command
from ledger.entry import Actor, Receipt
from ledger.errors import InvalidCommand
from ledger.personal.erasing import erasure_of
from ledger.policy.document.policy import Policy
from ledger.registers.keeping.erasures import ProposeErasure, RecordArchivesReceived
from ledger.service import Ledger
from projections.office.retention import Disposal, KeptCase
from projections.views import Views


def show(
    *,
    until: Annotated[str | None, Parameter(name="--until")] = None,
    opened: Annotated[bool, Parameter(name="--open", negative="")] = False,
    limit: int = 50,
    language: Spoken = "en",
    acting: Acting = Acting(),
    asked: AskedThen = AskedThen(),
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
    with speaking(language), opened_with_views() as (ledger, views):
        actor = acting.actor(ledger) if opened else None
        policies = ledger.policies()
        days = office_days(policies)
        when = asked.instants(days, now=ledger.clock())
        found = _due(ledger, views, until, actor, when)
        if acting.as_json:
            show_json(found)
        else:
            _show(found, policies.latest.policy if policies.latest else None, limit=limit)
            say(when.foot(found.up_to_date.position, days))
    return DONE


def _show(found: Disposal, policy: Policy | None, *, limit: int) -> None:
    show_table(
        told("Due for disposal by {until}", until=found.until),
        [
            Column("case"), words("type"), words("outcome"), Column("class"), Column("since"),
            Column("due"), words("then"),
        ],
        [_line(each, policy) for each in (*found.due, *found.held)[:limit]],
        empty="Nothing is due.",
    )  # fmt: skip
    say(
        told(
            "{due}, {held}, of {looked_at}.",
            due=numbered(len(found.due), "{count} is due", "{count} are due"),
            held=numbered(
                len(found.held),
                "{count} more is due and on hold",
                "{count} more are due and on hold",
            ),
            looked_at=numbered(
                found.looked_at,
                "{count} closed case that was looked at",
                "{count} closed cases that were looked at",
            ),
        ),
        *(_undated(what, count) for what, count in sorted(found.lacking.items())),
    )


def propose(
    *refs: Annotated[str, Parameter(name="REF")],
    to_archives: Annotated[tuple[str, ...], Parameter(name="--to-archives")] = (),
    opened: Annotated[bool, Parameter(name="--open", negative="")] = False,
    reason: Annotated[str | None, Parameter(name="--reason")] = None,
    acting: Acting = Acting(),
) -> int:
    """Proposes to dispose of what is due today, for a second records officer to approve.

    Parameters
    ----------
    refs
        These cases alone; all that are due if left out.
    to_archives
        A case that is to be in the sample of its class that goes to the archives; repeat for each.
    opened
        Open dates of birth, for what is kept until somebody comes of age.
    reason
        Why; '-' reads it from standard input, '@FILE' from a file.
    """
    given = {
        "only": refs,
        "to_archives": to_archives,
        "open_births": opened,
        "reason": reason,
    }
    return ask_verb(
        KEEPING_VERBS["erasure-dispose"], acting, given, shown=partial(_show_proposed, acting)
    )


def _show_proposed(acting: Acting, _around: Around, command: Command, receipt: Receipt) -> None:
    assert isinstance(command, ProposeErasure)
    show_receipt(
        receipt,
        as_json=acting.as_json,
        erasure_id=command.erasure_id,
        cases=len(command.disposal),
    )


def transfer(
    erasure: Annotated[str, Parameter(name="ERASURE", help="The id of the disposal.")],
    /,
    *,
    out: Annotated[Path, Parameter(name="--out")],
    receipt: Annotated[str | None, Parameter(name="--receipt")] = None,
    acting: Acting = Acting(),
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
        actor = acting.actor(ledger)
        erasure_id = id_of(erasure, option="ERASURE")
        given = GivenWords().text(receipt, option="--receipt") if receipt else None
        refuse_taken(out)
        part = for_archives(ledger, erasure_of(ledger, erasure_id), actor=actor)
        with new_file(out) as file:
            file.write(part.raw)
        asked = RecordArchivesReceived(
            erasure_id=erasure_id,
            cases=part.cases,
            size_bytes=len(part.raw),
            digest=part.digest,
            receipt=given,
        )
        recorded = ledger.handle(asked, actor=actor)
        show_receipt(
            recorded, as_json=acting.as_json, cases=len(asked.cases), bytes=asked.size_bytes
        )
    return DONE


def _due(
    ledger: Ledger, views: Views, until: str | None, actor: Actor | None, when: Instants
) -> Disposal:
    day = date_of(until, option="--until") if until else None
    caught_up(views, ledger)
    return due_for_disposal(
        ledger,
        views,
        until=day,
        reader=actor,
        at=when.at,
        then=when.then,
        progress=progress_bar,
    )


def _undated(what: str, count: int) -> str:
    """Why closed cases that were looked at have no date."""
    return told(
        "{cases}: {why}.",
        cases=numbered(
            count, "{count} closed case has no date yet", "{count} closed cases have no date yet"
        ),
        why=told(_LACKING.get(what, what)),
    )


_LACKING = {
    "event": "the event from which they are kept has not been recorded",
    "class": "the policy gives their type no retention class",
    "settlement": "their resolution has not settled",
    "resolution": "they are not resolved",
    "majority": "when the youngest person comes of age is not known, or was not opened (--open)",
    "original": "the file of the decision under review is not there",
    "appeal_over": "nothing says that the time to appeal is over",
}


def _line(each: KeptCase, policy: Policy | None) -> tuple[object, ...]:
    kept = each.kept
    then = kept and told(kept.ends.replace("_", " "))
    return (
        each.reference,
        each.request_type,
        labelled("outcome", each.outcome, policy, among="close"),
        each.retention,
        kept and kept.start_on,
        kept and kept.due_on,
        told("{then}, but on hold", then=then) if each.held else then,
    )
