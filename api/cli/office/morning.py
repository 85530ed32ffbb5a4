"""A team's morning on one page: what came, what it was handed, what is due or nobody's, who is away, what ends soon."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Annotated

from cyclopts import Parameter

from api.cli.edge import DONE
from api.cli.flow.rates import RateShown, rate_sentences, rates_left_out, rates_today
from api.cli.office.board import board_found
from api.cli.office.disposals import RecordsWork, records_work, say_records_work
from api.cli.office.escalated import show_escalations
from api.cli.office.finding import cases_found, show_cases, show_workload, work_found
from api.cli.office.running_out import runs_out, what_runs_out
from api.cli.office.to_do import show_to_do, to_do_found
from api.cli.reading.asked_at import Asked
from api.cli.reading.question import Question, in_force, question
from api.cli.showing import say, show_json, since
from api.cli.wording.in_french import Spoken, told
from api.cli.wording.spoken import speaking
from api.shown.workload import MemberWork
from ledger.policy.calendars.counting import BeyondCalendar
from ledger.policy.running_out import RunsOut
from projections.answers import UpToDate
from projections.flow.board import BoardLine
from projections.lists.listing import Chosen, Listed
from projections.lists.open_escalations import OpenEscalation, open_escalations
from projections.office.lists_as_of import escalations_as_of
from projections.office.to_do import ToDo, Wanted

_LOOKED_BACK = timedelta(days=14)
"""So long an office is closed at most."""
_AT_MOST = 50


def morning(
    team: Annotated[str, Parameter(name="TEAM", help="A team of the policy.")],
    /,
    *,
    language: Spoken = "en",
    asked: Asked = Asked(),
) -> int:
    """Shows a team's morning: what came since the office closed, what is due, who has what."""
    with speaking(language), question(asked) as asking:
        asking.known_team(team)
        found = _found(asking, team)
        if asked.as_json:
            show_json(found)
        else:
            _show(asking, found)
    return DONE


@dataclass(frozen=True, slots=True)
class Morning:
    """What stands on the page; of each list of cases and escalations so many at most."""

    up_to_date: UpToDate
    at: datetime
    team: str
    closed_at: datetime
    came: Sequence[Listed]
    handed: Sequence[Listed]
    due: Sequence[Listed]
    to_do: Sequence[ToDo]
    unowned: Sequence[Listed]
    returning: Sequence[Listed]
    away: Sequence[MemberWork]
    strained: Sequence[MemberWork]
    escalations: Sequence[OpenEscalation]
    rates: Sequence[RateShown]
    records: RecordsWork | None
    running_out: Sequence[RunsOut]


def _found(asking: Question, team: str) -> Morning:
    closed_at, days = _last_closing(asking), asking.days
    tonight = days.end(days.date_of(asking.when.at))
    find = partial(cases_found, asking, limit=_AT_MOST)
    came = find(Chosen(team, since=closed_at))
    lines = work_found(asking, team).members
    away = [each for each in lines if each.stands != "there"]
    return Morning(
        up_to_date=came.up_to_date,
        at=asking.when.at,
        team=team,
        closed_at=closed_at,
        came=came.cases,
        handed=find(Chosen(standing="open", handed_to=team)).cases,
        due=find(Chosen(team, standing="open", due_by=tonight)).cases,
        to_do=_to_do(asking, team, tonight),
        unowned=find(Chosen(team, standing="open", unowned=True)).cases,
        returning=find(Chosen(team, returning=True)).cases,
        away=away,
        strained=[each for each in lines if each not in away and _strained(each)],
        escalations=_waiting(asking, team),
        rates=[] if asking.when.as_of is not None else rates_today(asking, team),
        records=records_work(asking, team),
        running_out=runs_out(asking),
    )


def _show(asking: Question, found: Morning) -> None:
    days = asking.days
    say(
        told("Morning of {team}, {on}", team=asking.team(found.team), on=days.date_of(found.at)),
        *(_on_the_board(each) for each in board_found(asking).teams if each.team == found.team),
    )
    came_since = told("Came since {at}", at=since(found.closed_at, days.zone))
    show_cases(asking, came_since, found.came)
    show_cases(asking, "Handed to the team, and not taken over yet", found.handed)
    show_cases(asking, "Overdue, or due today", found.due)
    show_to_do(asking, "To be done today, overdue, or taken by nobody", found.to_do)
    show_cases(asking, "With nobody yet", found.unowned)
    show_cases(asking, "Heard of after their resolution, to be decided", found.returning)
    show_workload(asking, "Not there", found.away)
    show_workload(asking, "Have no room left, or something overdue", found.strained)
    show_escalations(asking, found.escalations)
    for each in found.rates:
        say(_net_of_the_rate(each), *rate_sentences(asking, each))
    say_records_work(found.records)
    lists = (
        found.came, found.handed, found.due, found.to_do, found.unowned, found.returning, found.escalations,
    )  # fmt: skip
    say(
        *rates_left_out(asking, found.team),
        *what_runs_out(asking),
        *_cut_short(lists),
        asking.foot(found.up_to_date),
    )


def _to_do(asking: Question, team: str, tonight: datetime) -> Sequence[ToDo]:
    """What the team owes on cases by tonight, and the tasks of it that nobody took."""
    found = to_do_found(asking, Wanted(team)).to_do
    by_tonight = Wanted(due_by=tonight)
    return [each for each in found if each.member is None or by_tonight.fits(each)][:_AT_MOST]


def _net_of_the_rate(shown: RateShown) -> str:
    day = shown.day
    return told(
        "Rate: {today} today, {now} by now; {net} done, net of returns.",
        today=day.needed,
        now=day.needed_by_now,
        net=day.net,
    )


def _on_the_board(line: BoardLine) -> str:
    """How many there are in all, of which the lists may not show each."""
    return told(
        "Waiting: {waiting} (queued {queued}, in hand {in_hand}, in transit {in_transit}, paused {paused}); overdue: "
        "{overdue}.",
        waiting=line.waiting,
        queued=line.queued,
        in_hand=line.in_hand,
        in_transit=line.in_transit,
        paused=line.paused,
        overdue=line.overdue,
    )


def _last_closing(asking: Question) -> datetime:
    """When the office closed last; the beginning of the day where no calendar says."""
    now, version = asking.when.at, in_force(asking)
    if version is not None:
        hours = version.compiled.calendars.hours[version.policy.office.office_calendar]
        with suppress(BeyondCalendar):
            closings = [end for _, end in hours.open_between(now - _LOOKED_BACK, now)]
            if hours.is_open(now):
                closings = closings[:-1]
            if closings:
                return closings[-1]
    return asking.days.begin(asking.days.date_of(now))


def _strained(line: MemberWork) -> bool:
    return bool(
        line.work.overdue or line.work.owed_late or (line.room is not None and line.room <= 0)
    )


def _waiting(asking: Question, team: str) -> Sequence[OpenEscalation]:
    when = asking.when
    ask = partial(open_escalations, asking.views, known_at=when.known_at)
    if when.as_of is not None:
        ask = partial(escalations_as_of, asking.views, asking.ledger.store, then=when.then)
    return ask(at=when.at, since=when.at, team=team, limit=_AT_MOST).escalations


def _cut_short(lists: Sequence[Sequence[object]]) -> list[str]:
    if all(len(each) < _AT_MOST for each in lists):
        return []
    said = "A list ends after {count}: `cases`, `to-do` and `escalations --team TEAM --limit` show more."
    return [told(said, count=_AT_MOST)]
