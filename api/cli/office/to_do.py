"""What is to be done on cases besides deciding them, from the command line: tasks, follow-ups, receipts and rulings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from api.cli.edge import DONE
from api.cli.office.finding import bound
from api.cli.reading.asked_at import Asked
from api.cli.reading.question import Question, question
from api.cli.showing import (
    Column,
    due,
    refuse_limit,
    say,
    say_if_cut_short,
    show_json,
    show_table,
    words,
)
from api.cli.wording.in_french import Spoken, told
from api.cli.wording.spoken import speaking
from api.moments import until_of
from api.shown.presence import away
from projections.office.to_do import ToDo, ToDos, Wanted, to_dos


def to_do(
    *,
    team: str | None = None,
    member: str | None = None,
    nobody: bool = False,
    due_by: str | None = None,
    limit: int = 50,
    language: Spoken = "en",
    asked: Asked = Asked(),
) -> int:
    """Lists tasks, follow-ups, promised contacts, receipts and rulings that are owed over all cases, due first on top.

    Parameters
    ----------
    team
        Owed by this team, or on its cases by whoever has them.
    member
        Owed by this member.
    nobody
        That nobody has taken.
    due_by
        Due by: an instant, a date (its end at the office), or today. What is overdue is among them.
    limit
        At most so many.
    """
    with speaking(language), question(asked) as asking:
        refuse_limit(limit)
        asking.known_team(team)
        if member is not None:
            asking.known_member(member)
        until = bound(until_of, asking, due_by, option="--due-by")
        found = to_do_found(asking, Wanted(team, member, until, nobody))
        shown = replace(found, to_do=found.to_do[:limit])
        if asked.as_json:
            show_json(shown)
            return DONE
        show_to_do(asking, "To be done", shown.to_do)
        say_if_cut_short(len(shown.to_do), limit)
        for each in _stood_in_for(asking, member):
            say(
                told(
                    "{member} stands in for {absent}: `caseledger to-do --member {absent}` lists what is theirs.",
                    member=member,
                    absent=each,
                )
            )
        say(asking.foot(found.up_to_date))
    return DONE


def _stood_in_for(asking: Question, member: str | None) -> list[str]:
    """For whom a member stands in at the instant asked about: what those owe stays in their own name."""
    when = asking.when
    rows = away(asking.ledger.directory(when.then), asking.days.date_of(when.at))
    return [each.member for each in rows if member is not None and each.stands_in == member]


def to_do_found(asking: Question, wanted: Wanted) -> ToDos:
    """What is owed at the instant asked about, of what is chosen."""
    when = asking.when
    return to_dos(asking.views, asking.ledger.store, wanted, at=when.at, then=when.then)


def show_to_do(asking: Question, title: str, found: Sequence[ToDo]) -> None:
    """Prints what is owed, a line each."""
    show_table(
        title,
        [
            Column("case"), Column("what"), words("kind", least=10), Column("team", spare=1), words("by", least=10),
            words("due", least=10), Column("overdue"), Column("id", spare=2),
        ],
        [
            (
                each.reference, told(each.kind.replace("_", " ")), each.what and told(each.what.replace("_", " ")),
                each.team, each.member, due(each.due_at, asking.days.zone), told("yes") if each.overdue else None,
                each.owed_id or None,
            )
            for each in found
        ],
        empty="None are.",
    )  # fmt: skip
