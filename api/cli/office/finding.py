"""Finding cases and who has them from the command line: over all teams, now, as known at, or as of an instant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from typing import Annotated, Literal

from cyclopts import Parameter

from api.cli.edge import DONE
from api.cli.ledgers import first_due
from api.cli.reading.asked_at import Asked
from api.cli.reading.question import UNROUTED, Question, in_force, question
from api.cli.showing import (
    Column,
    due,
    local,
    number,
    refuse_limit,
    say,
    say_if_cut_short,
    show_json,
    show_table,
    words,
)
from api.cli.wording.coded import labelled
from api.cli.wording.in_french import Spoken, told
from api.cli.wording.spoken import speaking
from api.moments import since_of, until_of
from api.shown.workload import MemberWork, Stands, TeamWorkload, team_workload
from ledger.errors import InvalidCommand
from projections.lists.listing import Chosen, Listed, Listing, listed
from projections.office.lists_as_of import listed_as_of
from projections.office.workload import Work
from projections.rows.case_rows import CaseRow

_TODAY = "today"
_Stands = Literal["open", "unrouted", "queued", "in_transit", "in_hand", "waiting", "resolved"]


def cases(
    *,
    team: str | None = None,
    owner: str | None = None,
    nobody: Annotated[bool, Parameter(name="--nobody", negative="")] = False,
    handed_to: str | None = None,
    standing: _Stands = "open",
    request_type: str | None = None,
    since: str | None = None,
    due_by: str | None = None,
    limit: int = 50,
    language: Spoken = "en",
    asked: Asked = Asked(),
) -> int:
    """Lists cases over all teams, those due first on top; with --since those that came last.

    Parameters
    ----------
    team
        That this team has; 'unrouted' for those that no team has.
    owner
        That this member has, also one who has left.
    nobody
        That nobody has yet.
    handed_to
        That this team was handed, and has not taken over yet.
    standing
        How they stand; open are all but the resolved.
    request_type
        Of this request type.
    since
        Received since: an instant, a date (its beginning at the office), or today.
    due_by
        Due by: an instant, a date (its end at the office), or today. What is overdue is among them.
    limit
        At most so many.
    """
    with speaking(language), question(asked) as asking:
        refuse_limit(limit)
        if nobody and owner is not None:
            raise InvalidCommand("Give --owner or --nobody: what somebody has nobody lacks.")
        if team == UNROUTED and standing not in ("open", "unrouted"):
            raise InvalidCommand("What no team has is open and unrouted: leave --standing out.")
        asking.known_team(None if team == UNROUTED else team)
        asking.known_team(handed_to)
        if owner is not None:
            asking.known_member(owner)
        wanted = Chosen(
            None if team == UNROUTED else team,
            owner,
            "unrouted" if team == UNROUTED else standing,
            request_type,
            unowned=nobody,
            since=bound(since_of, asking, since, option="--since"),
            due_by=bound(until_of, asking, due_by, option="--due-by"),
            handed_to=handed_to,
        )
        found = cases_found(asking, wanted, limit=limit)
        if request_type is not None and not found.cases:
            asking.known_type(request_type)
        if asked.as_json:
            show_json(found)
            return DONE
        show_cases(asking, "Cases", found.cases)
        say_if_cut_short(len(found.cases), limit)
        say(asking.foot(found.up_to_date))
    return DONE


def bound(
    of: Callable[..., datetime], asking: Question, said: str | None, *, option: str
) -> datetime | None:
    """An end of a stretch as it was said, where the word `today` will do; None where none was."""
    if said == _TODAY:
        said = asking.days.date_of(asking.when.at).isoformat()
    return None if said is None else of(said, option=option, days=asking.days)


def cases_found(asking: Question, wanted: Chosen, *, limit: int) -> Listing:
    """The cases that fit at the instant asked about, those due first on top, or those that came last."""
    when = asking.when
    find = partial(listed, asking.views, wanted, known_at=when.known_at)
    if when.as_of is not None:
        find = partial(listed_as_of, asking.views, asking.ledger.store, wanted, then=when.then)
    return find(at=when.at, due_first=wanted.since is None, limit=limit)


def show_cases(asking: Question, title: str, found: Sequence[Listed]) -> None:
    """Prints cases, a line each."""
    zone = asking.days.zone
    show_table(
        title,
        [
            Column("case"), Column("status"), Column("type"), words("team", least=7),
            words("owner", least=10), words("received", least=10, spare=2), words("due", least=10),
            Column("waits for", spare=1),
        ],
        [
            (
                each.row.reference, told(each.status.replace("_", " ")), each.row.request_type,
                each.row.team or told(UNROUTED), each.row.owner, local(each.row.received_at, zone),
                first_due(asking.policies, each.row, zone), waits_for(asking, each.row),
            )
            for each in found
        ],
        empty="None are.",
    )  # fmt: skip


def waits_for(asking: Question, row: CaseRow) -> str | None:
    """For what a case waits: a team to take it over, somebody to say where it goes, a reason of the policy."""
    zone, latest = asking.days.zone, asking.policies.latest
    if (to := row.handed_to) is not None and row.open:
        by = "" if row.accept_by is None else due(row.accept_by, zone)
        said = "{team} to accept by {at}" if by else "{team} to accept"
        return told(said, team=to, at=by)
    if row.waiting is not None or not row.open:
        policy = None if latest is None else latest.policy
        return labelled("reason", row.waiting, policy, among="wait")
    if row.adjudicate_by is not None:
        return told("adjudication by {at}", at=due(row.adjudicate_by, zone))
    return row.confirm_by and told("confirmation by {at}", at=local(row.confirm_by, zone))


def workload(
    team: Annotated[
        str | None, Parameter(name="TEAM", help="A team; everybody if left out.")
    ] = None,
    /,
    *,
    language: Spoken = "en",
    asked: Asked = Asked(),
) -> int:
    """Shows what each member has in hand, how much of it is late, what else they owe, and who has left it behind."""
    with speaking(language), question(asked) as asking:
        asking.known_team(team)
        found = work_found(asking, team)
        if asked.as_json:
            show_json(found)
            return DONE
        of_team = told("Who has what in {team}", team=asking.team(team)) if team else None
        show_workload(asking, of_team or "Who has what", found.members)
        say(asking.foot(found.up_to_date))
    return DONE


def work_found(asking: Question, team: str | None) -> TeamWorkload:
    """What each has who belongs to a team, or has something of it; those with most in hand first."""
    when, version = asking.when, in_force(asking)
    return team_workload(
        asking.views,
        asking.ledger.store,
        asking.ledger.directory(when.then),
        None if version is None else version.policy,
        team,
        at=when.at,
        on=asking.days.date_of(when.at),
        then=when.then,
    )


def show_workload(asking: Question, title: str, lines: Sequence[MemberWork]) -> None:
    """Prints what each has, a line each."""
    show_table(
        title,
        [
            Column("member"), words("stands", least=7), number("in hand"), number("room"),
            number("paused", spare=1), number("overdue"), number("due soon"),
            number("oldest, days", spare=2), number("owes"), number("late", spare=3),
        ],
        [
            (
                each.member, stands_said(each.stands, each.stands_on), each.work.active, each.room, each.work.paused,
                each.work.overdue, each.work.due_soon, _age(asking, each.work), each.work.owed,
                each.work.owed_late,
            )
            for each in lines
        ],
        empty="Nobody.",
    )  # fmt: skip


def stands_said(stands: Stands, on: date | None) -> str:
    """How somebody stands, in the language that is spoken: with the day from or until which."""
    if on is None:
        return told(stands.replace("_", " "))
    return told("left on {on}" if stands == "left" else "absent until {on}", on=on)


def _age(asking: Question, work: Work) -> int | None:
    if work.oldest_at is None:
        return None
    days = asking.days
    return (days.date_of(asking.when.at) - days.date_of(work.oldest_at)).days
