"""Who read what, and how long nobody was told anything, from the command line: also that the ledger records none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from typing import Annotated
from uuid import UUID

from cyclopts import Parameter

from api.cli.edge import DONE
from api.cli.ledgers import caught_up, office_days, opened_with_views, stream_meant
from api.cli.reading.about_case import Ref
from api.cli.reading.asked_at import Asked
from api.cli.reading.question import refuse_unknown_member
from api.cli.showing import (
    Column,
    due,
    local,
    named,
    number,
    say,
    say_if_cut_short,
    show_json,
    show_table,
    since,
    words,
)
from api.cli.wording.coded import coded
from api.cli.wording.in_french import Spoken, numbered, told
from api.cli.wording.spoken import speaking
from api.cli.writing.acting import Acting
from api.moments import between, stretch
from ledger.errors import InvalidCommand
from ledger.ids import case_stream, reference_of
from ledger.policy.access import SEE_COMPARTMENTS
from ledger.policy.acting.roles import roles_of
from ledger.service import Ledger
from projections.fold.told import told as as_told
from projections.lists.accesses import Accesses
from projections.lists.accesses import accesses as accesses_of
from projections.one_case.no_contact import NoContact, stretches_without_contact
from projections.rows.access_rows import PEOPLE, AccessRow

_AT_MOST = 100_000
_OPTIONS = ("--from", "--until")


def accesses(
    ref: Annotated[str | None, Parameter(name="REF")] = None,
    /,
    *,
    member: Annotated[str | None, Parameter(name="--member")] = None,
    from_at: Annotated[str | None, Parameter(name="--from")] = None,
    to_at: Annotated[str | None, Parameter(name="--until")] = None,
    limit: int = 50,
    asking: Annotated[str | None, Parameter(name="--as", env_var="CASELEDGER_ACTOR")] = None,
    language: Spoken = "en",
    asked: Asked = Asked(),
) -> int:
    """Shows who opened personal values of a case, or what somebody opened, and what was refused.

    Parameters
    ----------
    ref
        A case's reference, or a stream such as party/UUID; all of them if left out.
    member
        Only what this member read.
    from_at
        From this instant, or the beginning of this day.
    to_at
        Until before this instant, or to the end of this day; until now if left out.
    limit
        At most so many.
    asking
        Who asks: auditors, records, link and access officers see openings in compartments as they are.
    """
    if not 1 <= limit <= _AT_MOST:
        raise InvalidCommand(f"--limit must be from 1 to {_AT_MOST}.")
    with speaking(language), opened_with_views() as (ledger, views):
        days = office_days(ledger.policies())
        when = asked.instants(days, now=ledger.clock())
        begins, ends = between(from_at, to_at, options=_OPTIONS, at=when.at, days=days)
        stream = None if ref is None else stream_meant(ledger, ref)
        caught_up(views, ledger)
        found = accesses_of(
            views,
            stream=stream,
            reader=member,
            from_at=begins,
            to_at=ends,
            limit=limit,
            compartments=_may_see(ledger, asking),
            then=when.then,
        )
        if member is not None and not found.listed:
            refuse_unknown_member(ledger.policies(), member)
        if asked.as_json:
            show_json(found)
        else:
            _show(found, days.zone)
            say_if_cut_short(len(found.listed), limit)
            say(when.foot(found.up_to_date.position, days))
    return DONE


def silence(
    ref: Ref,
    /,
    *,
    from_at: Annotated[str | None, Parameter(name="--from")] = None,
    to_at: Annotated[str | None, Parameter(name="--until")] = None,
    language: Spoken = "en",
    asked: Asked = Asked(),
) -> int:
    """Shows for how long the ledger records no contact from us to the requester of a case, and who did not open it.

    Parameters
    ----------
    from_at
        From this instant, or the beginning of this day; since the request reached us if left out.
    to_at
        Until before this instant, or to the end of this day; until now if left out.
    """
    with speaking(language), opened_with_views() as (ledger, views):
        days = office_days(ledger.policies())
        zone, when = days.zone, asked.instants(days, now=ledger.clock())
        case_id = ledger.find_case(ref)
        counting = when.then.of_case(ledger.read(case_stream(case_id)))
        if not counting:
            raise InvalidCommand(
                f"Nothing was known of {reference_of(case_id)} then: ask about a later instant."
            )
        entries = [as_told(each.entry) for each in counting]
        begins, ends = stretch(
            from_at,
            to_at,
            options=_OPTIONS,
            at=when.at,
            days=days,
            since=min(each.effective_at for each in entries),
        )
        gaps = stretches_without_contact(entries, from_at=begins, to_at=ends)
        caught_up(views, ledger)
        found = accesses_of(
            views,
            stream=case_stream(case_id),
            from_at=begins,
            to_at=ends,
            limit=1,
            then=when.then,
        )
        if asked.as_json:
            show_json({"case": reference_of(case_id), "no_contact": gaps, "openings": found})
            return DONE
        _show_silence(case_id, gaps, zone)
        say(opening_sentence(found, zone), when.foot(found.up_to_date.position, days))
    return DONE


def _show_silence(case_id: UUID, gaps: Sequence[NoContact], zone: tzinfo) -> None:
    """Each stretch without contact, then the longest of them, which comes first, in a sentence."""
    show_table(
        told("No contact from us recorded on {reference}", reference=reference_of(case_id)),
        [number("days"), Column("since"), Column("until"), Column("between entries")],
        [
            (
                each.days, since(each.from_at, zone), due(each.to_at, zone),
                told(
                    "{one} and {other}",
                    one=each.after_version or "-",
                    other=each.before_version or "-",
                ),
            )
            for each in gaps
        ],
        empty="",
    )  # fmt: skip
    longest = gaps[0]
    say(
        told(
            "The ledger records no outbound contact for {days}, from {first} to {last}.",
            days=numbered(longest.days, "{count} day", "{count} days"),
            first=since(longest.from_at, zone),
            last=due(longest.to_at, zone),
        )
    )


def opening_sentence(found: Accesses, zone: tzinfo) -> str:
    """What the ledger records of openings, or that it records none, in the words that it can stand by."""
    said = told(
        "between {began} and {ended}",
        began=since(found.from_at, zone) if found.from_at else told("its beginning"),
        ended=due(found.to_at, zone),
    )
    if found.silent:
        return told(
            "The ledger records no opening of {what} {said}, under access recording version {version}; it cannot know "
            "of prints, exports, database administrators or other copies.",
            what=_of_what(found),
            said=said,
            version=found.recording,
        )
    return told(
        "The ledger records {openings} of {what} {said}, of {values}, by {readers}, under access recording version "
        "{version}.",
        openings=numbered(found.openings, "{count} opening", "{count} openings"),
        what=_of_what(found),
        said=said,
        values=numbered(found.shown, "{count} value", "{count} values"),
        readers=numbered(found.readers, "{count} reader", "{count} readers"),
        version=found.recording,
    )


def _of_what(found: Accesses) -> str:
    what = _stream(found.stream) if found.stream else told("any stream")
    if found.reader is None:
        return what
    apart = "{what} by {reader}, compartments apart,"
    whole = "{what} by {reader}"
    return told(whole if found.compartments else apart, what=what, reader=found.reader)


def _refused(found: Accesses) -> str:
    """How many readings were refused, and how many acts before anything could be read."""
    readings, acts = found.refusals - found.acts_refused, found.acts_refused
    if not found.refusals:
        return told("None was refused.")
    reading = numbered(readings, "{count} reading", "{count} readings")
    act = numbered(acts, "{count} other act", "{count} other acts")
    both = told("{one} and {other}", one=reading, other=act)
    return told("{what} refused.", what=(both if acts else reading) if readings else act)


def _stream(stream: str) -> str:
    """What was opened, by its reference or name; of a search, that it was for people."""
    return told("people") if stream == PEOPLE else named(stream)


def _may_see(ledger: Ledger, asking: str | None) -> bool:
    """Whether whoever asks may know what was opened in compartments."""
    policies, now = ledger.policies(), ledger.clock()
    if asking is None or not policies.versions:
        return False
    actor = Acting(member=asking).actor(ledger, policies)
    return bool(SEE_COMPARTMENTS & {*roles_of(policies.in_force(now).policy, actor)})


def _show(found: Accesses, zone: tzinfo) -> None:
    show_table(
        "Openings of personal values",
        [
            Column("when"), Column("who"), Column("as"), words("for"), Column("of what"),
            number("values"), words("outcome"), words("entry"),
        ],
        [
            (
                local(each.row.read_at, zone), each.row.reader, coded("role", each.row.role),
                coded("purpose_code", each.row.purpose_code), _stream(each.row.stream), each.row.shown or "",
                _outcome(each.row),
                f"access/{each.access_id}",
            )
            for each in found.listed
        ],
        empty="None is recorded.",
    )  # fmt: skip
    say(opening_sentence(found, zone), _refused(found))


def _outcome(row: AccessRow) -> str:
    if row.refused:
        return told("refused: {ground}", ground=coded("ground", row.ground))
    return told("sought") if row.act else told("opened")
