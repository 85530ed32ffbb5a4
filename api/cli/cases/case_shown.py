"""One case, shown: with whom it is, its clocks, its chase, what is owed, its escalations, in English or French."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta, tzinfo

from api.cli.cases.case_lines import show_case
from api.cli.cases.people_shown import show_people
from api.cli.cases.written_shown import show_written
from api.cli.ledgers import clock_zone
from api.cli.reading.about_case import AboutCase
from api.cli.showing import Column, due, local, say, show_table, since, words
from api.cli.wording.coded import coded, fields_said, listed, with_name
from api.cli.wording.in_french import told
from api.cli.wording.spoken import spoken
from ledger.policy.calendars.zones import day_ended_by
from projections.one_case.clocks_to_come import ClockToCome
from projections.one_case.people import PersonOnCase
from projections.one_case.standing import CaseStanding
from projections.rows.case_rows import CaseRow
from projections.rows.chase_rows import ChaseRow, ChaseStepDue
from projections.rows.clocks import ClockRow
from projections.rows.escalations import EscalationRow, why
from projections.rows.obligations import ObligationRow


def show_standing(about: AboutCase, standing: CaseStanding, people: Sequence[PersonOnCase]) -> None:
    """Prints how a case stands, whoever is concerned in it, and what goes on there."""
    row, details = standing.case, standing.details
    show_case(about, standing)
    show_people(people)
    show_clocks(about, standing.clocks, standing.to_come, missing=details.missing_fields)
    show_chase(about, standing.chase, cared_for=bool(details.flags))
    show_owed(about, row, standing.owed)
    show_escalations_of(about, standing.escalations)
    show_written(standing.written)


def show_clocks(
    about: AboutCase,
    clocks: Sequence[ClockRow],
    to_come: Sequence[ClockToCome],
    *,
    missing: Sequence[str],
) -> None:
    """Prints its clocks, of those that await a second person how they are answered, and what others wait for."""
    show_table(
        "Clocks",
        [Column("clock"), Column("state"), Column("due"), Column("promised"), Column("breached")],
        [_clock_line(about, each) for each in clocks],
        empty="None has started."
        if to_come
        else "None runs: the request type arms none, or the case is not classified yet.",
    )
    for each in to_come:
        say(_to_come_line(each, fields_said(missing, about.policy)))
    for each in clocks:
        if each.claimed_at:
            say(
                told(
                    "{clock} is said to have ended in time ({at}): a second person approves it with `caseledger "
                    "approve {reference} {clock}`, or refuses it with `caseledger refuse-approval {reference} "
                    "{clock} --reason -`.",
                    clock=each.clock,
                    at=local(each.claimed_at, about.zone),
                    reference=about.reference,
                )
            )


def show_chase(about: AboutCase, chase: ChaseRow | None, *, cared_for: bool) -> None:
    """Prints the steps by which what is missing is chased, if it is, and whether a person decides the lapse."""
    if chase is None:
        return
    steps = [
        (
            coded("act", each.act),
            _step_day(each, about.zone, lapses_at=chase.lapses_at),
            told("reached") if place < chase.reached else None,
        )
        for place, each in enumerate(chase.steps)
    ]
    plan = with_name(chase.plan, about.policy, "chases")
    if chase.stopped:
        title = told("Chase by the plan {plan}, stopped", plan=plan)
    else:
        title = told("Chase by the plan {plan}", plan=plan)
    show_table(title, [Column("step"), Column("when"), words("")], steps, empty="")
    if chase.undecided is not None:
        said = "A person must decide whether the request lapses: `resolve {ref} lapsed`, or `stop-chase {ref}`."
        say(told(said, ref=about.reference))
    elif cared_for and chase.lapses_at is not None and not chase.stopped:
        say(told("It needs care, so it does not lapse by itself: a person decides."))


def show_owed(about: AboutCase, row: CaseRow, owed: Sequence[ObligationRow]) -> None:
    """Prints the tasks, follow-ups and referrals that are owed, if any are, and a promised contact that is late."""
    owed = [each for each in owed if each.kind != "promise" or row.promised_at is None]
    if owed:
        show_table(
            "Owed",
            [Column("what"), Column("kind"), Column("by"), Column("due"), Column("id")],
            [
                (told(each.kind.replace("_", " ")), each.what and told(each.what.replace("_", " ")),
                 each.member or each.team or row.owner or row.team, due(each.due_at, about.zone),
                 each.owed_id)
                for each in owed
            ],
            empty="",
        )  # fmt: skip


def show_escalations_of(about: AboutCase, escalations: Sequence[EscalationRow]) -> None:
    """Prints its escalations and how they were answered, if there were any."""
    if escalations:
        show_table(
            "Escalations",
            [Column("since"), words("why"), words("to"), Column("told"), words("answer")],
            [
                (since(each.since_at, about.zone), why(each, spoken(), about.policies),
                 listed("parties", each.parties), local(each.delivered_at, about.zone), _answer(each))
                for each in escalations
            ],
            empty="",
        )  # fmt: skip


def _answer(escalation: EscalationRow) -> str | None:
    """What was answered; that nobody is asked any more where it came to its end before anybody did, or for now."""
    if escalation.action is None and escalation.over:
        return told("no longer needed")
    if escalation.action is None and escalation.asleep:
        return told("not asked now")
    return coded("action", escalation.action)


def _clock_line(about: AboutCase, clock: ClockRow) -> list[object]:
    """A clock as it stands; a later date that was promised before a revision stays in sight."""
    there = clock_zone(about.policies, clock.clock)
    said = due(clock.due_at, about.zone, of=there)
    if clock.sense == "not_before" and clock.due_at is not None:
        said = told("not before {at}", at=_from(clock.due_at, about.zone, of=there))
    state = told(_state(clock, about.when.at))
    return [
        clock.clock,
        told("{state}, to be approved", state=state) if clock.claimed_at else state,
        said,
        due(clock.promised_at, about.zone, of=there),
        clock.breached,
    ]


def _from(instant: datetime, zone: tzinfo, *, of: tzinfo | None) -> str:
    """From when on something may be done: where that waits for the end of a day, the day after it."""
    there = of or zone
    last = day_ended_by(instant, there)
    if last is None or str(there) != str(zone):
        return due(instant, zone, of=of)
    return str(last + timedelta(days=1))


def _state(clock: ClockRow, at: datetime) -> str:
    """How a clock stands at an instant, in the words of one clock; what passes with time is applied here."""
    if clock.sense == "not_before" and clock.state == "breached":
        return "ended too early"
    over = clock.due_at is not None and clock.due_at <= (clock.stopped_at or at)
    if clock.sense == "warning" and clock.state in _AFTER_A_WARNING and over:
        return "ended after its time"
    if clock.sense == "warning" and clock.state == "running" and over:
        return "its time is over"
    if clock.state == "running" and clock.sense == "deadline" and over:
        return "overdue"
    return _OF_ONE.get(clock.state, clock.state)


_AFTER_A_WARNING = frozenset({"breached", "withdrawn"})
"""How a clock that only warns ends by its act once its time is over; it counted as late before."""
_OF_ONE = {"paused": "stands still", "breached": "ended too late"}


def _to_come_line(clock: ClockToCome, missing: str) -> str:
    """What a clock waits for, and what that waits for where it is a complete request."""
    if clock.starts_on == "complete":
        line = told(
            "{clock} has not started: it does once the request is complete.", clock=clock.clock
        )
        unmet = [coded("need", each) or each for each in clock.unmet]
        unmet += [missing] if missing else []
        return (
            f"{line} {told('Not there yet: {needs}.', needs=', '.join(unmet))}" if unmet else line
        )
    moment = coded("milestone" if clock.of_an_act else "moment", clock.starts_on)
    return told(
        "{clock} has not started: it waits for '{moment}'.", clock=clock.clock, moment=moment
    )


def _step_day(step: ChaseStepDue, zone: tzinfo, *, lapses_at: datetime | None) -> str:
    """A lapse comes when its day is over, or that which its notice named; any other step as its day begins."""
    if step.act == "lapse":
        return due(max(step.at, lapses_at or step.at), zone)
    at: datetime = step.at.astimezone(zone)
    return f"{at:%Y-%m-%d}" if at.time() == time.min else due(step.at, zone)
