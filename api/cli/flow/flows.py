"""The flow from the command line: what came, moved and went day by day, and every figure of the window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Annotated

from cyclopts import Parameter

from api.cli.edge import DONE
from api.cli.flow.figures_shown import lines_of, spread_said
from api.cli.progress import progress_bar
from api.cli.reading.asked_at import Asked
from api.cli.reading.question import NOTHING_MOVED, NOTHING_YET, Question, in_force, question
from api.cli.showing import Column, number, say, show_json, show_table, words
from api.cli.wording.in_french import SaidIn, told
from api.cli.wording.spoken import speaking
from api.moments import date_of
from api.shown.figures import CODED, Comparison, figures_asked, groups_by, thin_cover
from ledger.errors import InvalidCommand
from ledger.input.quoting import known_codes
from ledger.policy.in_force import Policies
from projections.answers import as_json
from projections.figures.figure import Footing, Window
from projections.figures.shares import SkillCover
from projections.flow.by_day import DayFlow, Flow, first_told
from projections.flow.by_day import flow as flow_of
from projections.flow.lives import Lives, lives
from projections.measures import (
    SMALLEST,
    Asking,
    Filters,
    Group,
    Report,
    report,
)

_ALL = "all"
_OF_ALL = "Flow by day, all cases; --team shows those of one team"
_TEN_YEARS = timedelta(days=3660)


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Which:
    """Which cases figures are about."""

    team: Annotated[str | None, Parameter(name="--team")] = None
    "Of this team alone."
    request_type: Annotated[str | None, Parameter(name="--request-type")] = None
    "Of this request type alone."
    programme: Annotated[str | None, Parameter(name="--programme")] = None
    "Of this programme alone."
    channel: Annotated[str | None, Parameter(name="--channel")] = None
    "That came by this channel alone."
    region: Annotated[str | None, Parameter(name="--region")] = None
    "Of this region alone."
    language: Annotated[str | None, Parameter(name="--language")] = None
    "Of this language of correspondence alone."
    interview_language: Annotated[str | None, Parameter(name="--interview-language")] = None
    "Of this language of interviews alone."
    interpreter: Annotated[str | None, Parameter(name="--interpreter")] = None
    "With this interpreter alone."
    format: Annotated[str | None, Parameter(name="--format")] = None
    "In this format alone."

    def filters(self, asking: Question, lived: Lives) -> Filters:
        """The filters that figures carry; refuses a code that no policy and no case ever had: all would be zero."""
        for name, section in CODED.items():
            code = getattr(self, name)
            if code is None:
                continue
            had = {each for life in lived.cases.values() if (each := getattr(life, name))}
            ever = asking.policies.ever_had(section) | had
            if ever and code not in ever:
                raise InvalidCommand(
                    f"'{code}' is not a {name.replace('_', ' ')} of any policy published here, "
                    f"nor of any case; there are {known_codes(code, ever)}."
                )
        return Filters(
            self.team,
            self.request_type,
            self.programme,
            self.channel,
            self.region,
            self.language,
            self.interview_language,
            self.interpreter,
            self.format,
        )


def flow(
    *,
    first: Annotated[str | None, Parameter(name="--from")] = None,
    last: Annotated[str | None, Parameter(name="--until")] = None,
    which: Which = Which(),
    observed_from: str | None = None,
    by: Comparison | None = None,
    said_in: SaidIn = "en",
    asked: Asked = Asked(),
) -> int:
    """Shows what came, moved and went, by team and day, and the figures of these days.

    Parameters
    ----------
    first
        The first day; two weeks before the last if left out.
    last
        The last day; the day asked about if left out.
    observed_from
        The day on which the record began, if cases received before it could only be seen from then on.
    by
        Beside it, how long those wait who are alike in this; languages: of letters, of talking, interpreter, format.
    """
    with speaking(said_in), question(asked) as asking:
        when, days = asking.when, asking.days
        last_on = date_of(last, option="--until") if last else days.date_of(when.at)
        first_on = date_of(first, option="--from") if first else first_told(last_on)
        if not first_on <= last_on <= first_on + _TEN_YEARS:
            raise InvalidCommand(
                "--from must not be after --until, nor more than ten years before it."
            )
        refuse_to_come(asking, last_on)
        asking.known_team(which.team)
        found = flow_found(asking, first_on, last_on, team=which.team)
        window = Window(first_on, last_on + timedelta(days=1))
        seen_from = date_of(observed_from, option="--observed-from") if observed_from else None
        lived = told_lives(asking)
        filters = which.filters(asking, lived)
        standing = asking_of(asking, window, filters, seen_from=seen_from)
        figures = report(lived, standing)
        groups = groups_by(by, lived, standing)
        if asked.as_json:
            cover = _cover(asking, window, filters, lived)
            said = {"figures": figures, "skill_cover": cover, "compared": groups}
            show_json({**as_json(found), **said})
            return DONE
        if which.team is None:
            _show_days(asking, _OF_ALL, _of_all(found))
        else:
            _show_days(asking, "Flow by day", found)
        if lived.cases:
            span = told("Figures of {first} to {last}", first=first_on, last=last_on)
            show_figures(f"{span}{_narrowed(which)}", figures, asking.policies)
            _show_cover(_cover(asking, window, filters, lived))
            _show_compared(groups)
        say(asking.foot(found.up_to_date))
    return DONE


def refuse_to_come(asking: Question, last_on: date) -> None:
    """Refuses a last day that is still to come: what waits was counted as if it went on waiting until then."""
    today = asking.days.date_of(asking.when.at)
    if last_on > today:
        raise InvalidCommand(
            f"--until {last_on} is still to come: figures are of days up to the one asked about, {today}."
        )


def _narrowed(which: Which) -> str:
    """Which cases alone figures are about; the days above them are of all cases of their team."""
    said = [
        f"{told(each.name.replace('_', ' '))} {value}"
        for each in fields(which)
        if each.name != "team" and (value := getattr(which, each.name)) is not None
    ]
    return told(", of cases alone with {what}", what=", ".join(said)) if said else ""


def told_lives(question: Question) -> Lives:
    """What happened to each case, with a bar while the log is read."""
    with progress_bar("entries") as tell:
        return lives(
            question.ledger.store,
            known_at=question.when.known_at,
            as_of=question.when.as_of,
            progress=lambda at: tell(*at),
        )


def asking_of(
    question: Question,
    window: Window,
    filters: Filters,
    *,
    seen_from: date | None,
) -> Asking:
    """What a report of a window is asked about, with the office's days and the staff time recorded."""
    return figures_asked(
        question.ledger.store,
        question.policies,
        question.days,
        window,
        filters,
        known_at=question.when.known_at,
        seen_from=seen_from,
    )


def show_figures(title: str, found: Report, policies: Policies) -> None:
    """Prints every figure, and how long each type takes once somebody has it."""
    show_table(
        title,
        [words("figure"), Column("number", "right"), number("of"), words("to know")],
        [tuple(line) for line in lines_of(found, policies)],
        empty=NOTHING_YET,
    )
    if found.working_times:
        show_table(
            "From the first owner to the end, in calendar days",
            [Column("type"), number("cases"), number("median"), number("80th percentile")],
            [
                (each.request_type, each.n, each.median_days, each.eightieth_days)
                for each in found.working_times
            ],
            empty="",
        )


def _cover(question: Question, window: Window, filters: Filters, lived: Lives) -> SkillCover | None:
    return thin_cover(
        in_force(question),
        question.ledger.directory(question.when.then),
        Footing(window, filters.said(), lived.position, question.when.known_at),
        filters.team,
        question.days.date_of(question.when.at),
    )


def _show_cover(found: SkillCover | None) -> None:
    if found is not None:
        show_table(
            "Types that fewer than two people there may take",
            [Column("type"), number("people")],
            list(found.thin.items()),
            empty="None: each type has two people at least.",
        )


def _show_compared(groups: Sequence[Group]) -> None:
    """Prints the times of each group under those that it stands beside; of few cases none."""
    for trait in dict.fromkeys(each.trait for each in groups):
        show_table(
            told("Time to the first resolution by {trait}", trait=told(trait.replace("_", " "))),
            [
                words("group"),
                number("cases"),
                number("median"),
                number("nine of ten"),
                words("to know"),
            ],
            [_compared_line(each) for each in groups if each.trait == trait],
            empty="",
        )


def _compared_line(group: Group) -> tuple[object, ...]:
    named = group.value or told("not said")
    if group.time is None:
        return (named, f"< {SMALLEST}", "", "", told("too few to be told"))
    spread = group.time.calendar
    if spread is None:
        return (named, group.n, "", "", told(group.time.why_not or ""))
    return (named, group.n, spread.median, spread.ninetieth, spread_said(spread))


def flow_found(
    question: Question, first_on: date, last_on: date, *, team: str | None = None
) -> Flow:
    """The flow of these days at the instant that is asked about: of one team where it is named."""
    then = question.then()
    found = (
        then.flow(question.days, first_on, last_on)
        if then
        else flow_of(
            question.views,
            days=question.days,
            first_on=first_on,
            last_on=last_on,
            known_at=question.when.known_at,
        )
    )
    if team is not None:
        found = replace(found, days=tuple(day for day in found.days if day.team == team))
    return found


def _of_all(found: Flow) -> Flow:
    """The days of all teams together, in which what one hands to another cancels."""
    counts = [each.name for each in fields(DayFlow) if each.name not in ("team", "on")]
    days: dict[date, list[DayFlow]] = {}
    for day in found.days:
        days.setdefault(day.on, []).append(day)
    return replace(
        found,
        days=tuple(
            DayFlow(_ALL, on, **{name: sum(getattr(day, name) for day in each) for name in counts})
            for on, each in sorted(days.items())
        ),
    )


def _show_days(question: Question, title: str, found: Flow) -> None:
    show_table(
        title,
        [
            words("team", least=16), Column("day"), number("at the start"), number("new"), number("in"),
            number("reopened"), number("resolved"), number("out"), number("withdrawn", spare=3),
            number("lapsed", spare=1), number("referred", spare=2), number("at the end"),
        ],
        [
            (
                told(_ALL) if day.team == _ALL else question.team(day.team), day.on,
                day.waiting_start, day.new, day.transferred_in, day.reopened, day.resolved,
                day.transferred_out, day.withdrawn, day.lapsed, day.referred_out, day.waiting_end,
            )
            for day in found.days
            if day.waiting_start or day.incoming or day.processed
        ],
        empty=NOTHING_MOVED,
    )  # fmt: skip
