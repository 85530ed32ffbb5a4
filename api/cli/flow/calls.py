"""Calls from the command line: who is called today, the draw and its check, and what was said."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Annotated, Any

from cyclopts import Parameter

from api.cli.edge import DONE, FOUND
from api.cli.reading.asked_at import Asked
from api.cli.reading.question import Question, question
from api.cli.showing import Column, number, say, show_json, show_table, words
from api.cli.wording.in_french import Spoken, told
from api.cli.wording.spoken import speaking
from api.cli.writing.acting import Acting
from api.cli.writing.asking import as_command, ask_verb
from api.cli.writing.recording import show_receipt
from api.moments import date_of
from api.verbs import FLOW_VERBS, Around
from ledger.commands import Command
from ledger.entry import Receipt
from ledger.errors import InvalidCommand, Refusal, UnlawfulTransition
from ledger.ids import reference_of
from ledger.registers.flow.draws import CallsDrawn, DrawCalls
from projections.answers import up_to_date
from projections.flow.call_bars import draws_of
from projections.flow.calls import check as checked
from projections.flow.calls import drawn_calls

Team = Annotated[str, Parameter(name="TEAM", help="A team of the policy.")]
_NONE = "Nobody was drawn on this day: draw with `caseledger calls draw TEAM`."


def show(
    team: Team,
    /,
    *,
    on: str | None = None,
    language: Spoken = "en",
    asked: Asked = Asked(),
) -> int:
    """Shows whom a team calls on a day, and what became of it.

    Parameters
    ----------
    on
        The day; the day asked about if left out.
    """
    with speaking(language), question(asked) as asking:
        asking.known_team(team)
        if asking.when.as_of is not None:
            raise InvalidCommand(
                "A draw is told as it was known: give --known-at instead of --as-of."
            )
        store, known_at = asking.ledger.store, asking.when.known_at
        drawn = draws_of(store, team, known_at=known_at).on(_day(asking, on))
        calls = drawn_calls(store, drawn, known_at=known_at) if drawn else ()
        with asking.views.reading("cases") as reading:
            standing = up_to_date(reading, known_at)
        if asked.as_json:
            show_json({"up_to_date": standing, "draw": drawn, "calls": calls})
            return DONE
        show_table(
            told("Calls of {team} on {on}", team=asking.team(team), on=_day(asking, on)),
            [
                Column("case"), Column("drawn as"), Column("came by"), Column("language"), words("interpreter"),
                number("tries"), Column("was reached"), Column("done"),
            ],
            [
                (
                    reference_of(each.case_id), told(each.stratum.replace("_", " ")), each.came_by, each.language,
                    each.interpreter, each.tries, each.reached, each.done,
                )
                for each in calls
            ],
            empty=_NONE,
        )  # fmt: skip
        if drawn is not None:
            explain_draw(drawn)
        say(asking.foot(standing))
    return DONE


def draw(
    team: Team,
    /,
    *,
    acting: Acting = Acting(),
) -> int:
    """Draws the five requesters of a team who are called today; the seed follows from the log, nobody chooses it."""
    try:
        return ask_verb(
            FLOW_VERBS["calls-draw"], acting, {"team": team}, shown=partial(_show_drawn, acting)
        )
    except Refusal as error:
        left_out = _counted_out(error.ground.get("left_out"))
        if not left_out:
            raise
        raise Refusal(f"{error} Left out: {left_out}.", rule=error.rule) from error


def _show_drawn(acting: Acting, around: Around, command: Command, receipt: Receipt) -> None:
    assert isinstance(command, DrawCalls)
    drawn = draws_of(around.ledger.store, command.team).on(command.on)
    cases = [reference_of(each.case_id) for each in drawn.drawn] if drawn else []
    show_receipt(receipt, as_json=acting.as_json, drawn=cases)
    if not acting.as_json:
        say(
            told(
                "`caseledger calls {team}` says in which language each is called.",
                team=command.team,
            )
        )


def check(
    team: Team,
    /,
    *,
    on: str | None = None,
    as_json: Annotated[bool, Parameter(name="--json", negative="")] = False,
) -> int:
    """Draws again from the log and compares: the seed, the frame and who was drawn; found if anything differs.

    Parameters
    ----------
    on
        The day; every day that was drawn if left out.
    as_json
        Answer as JSON.
    """
    with question(Asked()) as asking:
        asking.known_team(team)
        store = asking.ledger.store
        days = [
            each
            for each in draws_of(store, team).days
            if on is None or each.on == date_of(on, option="--on")
        ]
        if not days:
            raise UnlawfulTransition(
                f"Nobody of {team} was drawn: there is nothing to check.", rule="checks-a-draw"
            )
        found = [checked(asking.views, store, asking.policies, each) for each in days]
        if as_json:
            show_json({"draws": found})
        else:
            show_table(
                told("Draws of {team}, made again", team=asking.team(team)),
                [Column("day"), Column("holds"), Column("differs in"), Column("seed")],
                [
                    (each.on, each.holds, ", ".join(map(told, each.differs)), each.seed[:16])
                    for each in found
                ],
                empty=_NONE,
            )
    return DONE if all(each.holds for each in found) else FOUND


def _day(question: Question, on: str | None) -> date:
    return date_of(on, option="--on") if on else question.days.date_of(question.when.at)


def explain_draw(drawn: CallsDrawn) -> None:
    """Says from what was drawn, what was left out and why, and where the seed is from."""
    frame = ", ".join(
        told("{count} {what}", count=count, what=told(name.replace("_", " ")))
        for name, count in drawn.frame.items()
    )
    if left_out := _counted_out(drawn.excluded):
        say(told("Drawn from {frame}; left out: {left_out}.", frame=frame, left_out=left_out))
    else:
        say(told("Drawn from {frame}.", frame=frame))
    say(
        told(
            "Seed {seed}, from entry {position}, the last before the day opened.",
            seed=drawn.seed[:16],
            position=drawn.head_position,
        )
    )


def _counted_out(excluded: Any) -> str:
    """How many cases nobody is drawn from, by the reason."""
    counts = (excluded or {}).items()
    return ", ".join(told("{count} {what}", count=count, what=told(why)) for why, count in counts)


def __getattr__(name: str) -> Any:
    """The function of a verb, under which the menu finds it."""
    if name == "log":
        return as_command(FLOW_VERBS["call"])
    raise AttributeError(name)
