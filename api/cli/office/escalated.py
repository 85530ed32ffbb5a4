"""Escalations over all cases from the command line: what waits for an answer, and many answered at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Annotated

from cyclopts import Parameter

from api.cli.edge import DONE
from api.cli.ledgers import caught_up, office_days, opened_with_views
from api.cli.reading.asked_at import Asked
from api.cli.reading.question import Question, question
from api.cli.showing import (
    Column,
    refuse_limit,
    say,
    say_if_cut_short,
    show_json,
    show_table,
    since,
    words,
)
from api.cli.wording.coded import coded
from api.cli.wording.coded import listed as listed_codes
from api.cli.wording.in_french import Spoken, told
from api.cli.wording.spoken import speaking, spoken
from api.cli.writing.acting import Acting
from api.cli.writing.given_words import GivenWords
from api.moments import moment_of
from api.verbs.answering_all import AnswerToAll, answer_all
from ledger.case.escalation.reaching import AcknowledgeEscalation, AcknowledgementAction
from ledger.errors import InvalidCommand
from projections.lists.open_escalations import OpenEscalation, open_escalations
from projections.office.lists_as_of import escalations_as_of
from projections.rows.escalations import why

_COUNTED_DAYS = timedelta(days=28)
"""Over so many days the foot of the list counts what was answered, and how much of it in bulk."""
Team = Annotated[str | None, Parameter(name="--team", help="Of cases that this team has.")]
Reason = Annotated[
    str | None, Parameter(name="--reason", help="The rung, alarm or reason, by its code.")
]


def escalations(
    *,
    team: Team = None,
    reason: Reason = None,
    limit: Annotated[int, Parameter(name="--limit", help="At most so many.")] = 50,
    language: Spoken = "en",
    asked: Asked = Asked(),
) -> int:
    """Shows the escalations that wait for an answer, longest first, and how many answers were given in bulk."""
    with speaking(language), question(asked) as asking:
        refuse_limit(limit)
        when = asking.when
        asking.known_team(team)
        listed = partial(open_escalations, asking.views, known_at=when.known_at)
        if when.as_of is not None:
            listed = partial(escalations_as_of, asking.views, asking.ledger.store, then=when.then)
        found = listed(
            at=when.at,
            since=when.at - _COUNTED_DAYS,
            team=team,
            reason=reason,
            limit=limit,
        )
        if reason is not None and not found.escalations:
            asking.known_reason(reason)
        if asked.as_json:
            show_json(found)
            return DONE
        show_escalations(asking, found.escalations)
        say_if_cut_short(len(found.escalations), limit)
        say(
            told(
                "Answered in the {days} days before: {answered}, of them in bulk: {in_bulk}.",
                days=_COUNTED_DAYS.days,
                answered=found.answered,
                in_bulk=found.in_bulk,
            ),
            asking.foot(found.up_to_date),
        )
    return DONE


def show_escalations(asking: Question, found: Sequence[OpenEscalation]) -> None:
    """Prints escalations, a line each."""
    show_table(
        "Escalations that wait for an answer",
        [
            Column("case"), words("why", least=16), Column("since"), words("told", least=7),
            Column("team", spare=1), Column("owner"),
        ],
        [
            (
                each.reference, why(each.escalation, spoken(), asking.policies),
                since(each.escalation.since_at, asking.days.zone),
                listed_codes("parties", each.escalation.parties), each.team, each.owner,
            )
            for each in found
        ],
        empty="None: every escalation was answered.",
    )  # fmt: skip


def acknowledge_all(
    action: Annotated[
        AcknowledgementAction, Parameter(name="ACTION", help="What will be done about them.")
    ],
    /,
    *,
    team: Team = None,
    reason: Reason = None,
    act_by: Annotated[str | None, Parameter(name="--act-by")] = None,
    said: Annotated[str | None, Parameter(name="--words")] = None,
    acting: Acting = Acting(),
) -> int:
    """Answers every open escalation of a team or of a reason at once; that it was in bulk is recorded and counted.

    Those of cases that you stepped back from are left to somebody else.

    Parameters
    ----------
    act_by
        By when: an instant, or a date (the end of that day at the office).
    said
        In your words; '-' reads them from standard input, '@FILE' from a file.
    """
    acting.named()
    if team is None and reason is None:
        raise InvalidCommand("Say which are answered at once: give --team, --reason, or both.")
    with opened_with_views() as (ledger, views):
        policies = ledger.policies()
        actor = acting.actor(ledger, policies)
        caught_up(views, ledger)
        days = office_days(policies)
        given = AnswerToAll(
            action=action,
            team=team,
            reason=reason,
            act_by=moment_of(act_by, option="--act-by", days=days) if act_by else None,
            words=GivenWords().text(said, option="--words") if said is not None else None,
        )
        request = acting.request(AcknowledgeEscalation.model_construct(), actor)
        found = answer_all(ledger, views, given, request)
    if acting.as_json:
        show_json({"answered": len(found.escalations), "escalations": found.escalations})
        return DONE
    text = (
        "1 escalation was answered at once ({action})."
        if len(found.escalations) == 1
        else "{count} escalations were answered at once ({action})."
    )
    say(told(text, count=len(found.escalations), action=coded("action", action)))
    if found.more:
        say(told("There may be more: ask again."))
    return DONE
