"""The sequence from the command line: in which order backlogs are cleared, and when one moves on."""

from __future__ import annotations

from typing import Annotated, Any

from cyclopts import Parameter
from pydantic import ValidationError

from api.cli.edge import DONE
from api.cli.reading.asked_at import Asked
from api.cli.reading.question import question
from api.cli.showing import Column, number, say, show_json, show_table, words
from api.cli.wording.in_french import Spoken, told
from api.cli.wording.spoken import speaking
from api.cli.writing.acting import Acting
from api.cli.writing.asking import as_command, ask_verb
from api.cli.writing.unfitting import unfitting
from api.verbs import FLOW_VERBS
from ledger.errors import InvalidCommand
from ledger.input.fitting import first_of
from ledger.registers.flow.sequences import QueuePlan
from projections.flow.sequence import sequence, sequence_of
from projections.office.office_as_of import counts_then

_NONE = "No sequence is set: set one with `caseledger sequence set TEAM:HOURS ...`."


def show(*, language: Spoken = "en", asked: Asked = Asked()) -> int:
    """Shows the queues in the order in which they are cleared, how each stands, and how many wait in it."""
    with speaking(language), question(asked) as asking:
        when = asking.when
        state = sequence_of(asking.ledger.store, when.then)
        counted = counts_then(asking.views, asking.ledger.store, when.at, when.then)
        found = sequence(state, counted)
        if asked.as_json:
            show_json(found)
            return DONE
        show_table(
            "Backlogs in sequence",
            [
                number("place"), words("queue"), Column("state"), Column("since"),
                number("hours a week"), number("waiting"), Column("planned"), Column("cleared"),
            ],
            [
                (
                    each.place, asking.team(each.team), told(each.state), each.since_on, each.hours,
                    each.waiting, each.planned_on, each.cleared_on,
                )
                for each in found.queues
            ],
            empty=_NONE,
        )  # fmt: skip
        say(asking.foot(found.up_to_date))
    return DONE


def set_(
    *queues: Annotated[
        str, Parameter(name="QUEUES", help="TEAM:HOURS[:HOLDING[:DATE]], in order.")
    ],
    words: str | None = None,
    acting: Acting = Acting(),
) -> int:
    """Sets the order in which backlogs are cleared; the first queue begins.

    Parameters
    ----------
    words
        Why in this order.
    """
    plans = tuple(_plan(each) for each in queues)
    if not plans:
        raise InvalidCommand("Name at least one queue, such as RDW:40:10:2026-06-30.")
    return ask_verb(FLOW_VERBS["sequence-set"], acting, {"queues": plans, "words": words})


def _plan(said: str) -> QueuePlan:
    """The plan of one queue, as it was written."""
    team, hours, holds, planned_on, *rest = [*said.split(":"), "", "", ""]
    if not team or not hours or any(rest):
        raise InvalidCommand(
            f"'{said}' is no queue: write TEAM:HOURS, such as RDW:40, or RDW:40:10:2026-06-30."
        )
    try:
        return QueuePlan.model_validate(
            {"team": team, "hours": hours, "holds": holds or 0, "planned_on": planned_on or None}
        )
    except ValidationError as error:
        raise unfitting(error, f"'{said}', {first_of(error)[0]}") from error


def __getattr__(name: str) -> Any:
    """The function of a verb, under which the menu finds it."""
    if name == "advance":
        return as_command(FLOW_VERBS["sequence-advance"])
    raise AttributeError(name)
