"""Holds from the command line: placed, released, and listed for whom it concerns."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from api.cli.edge import DONE
from api.cli.ledgers import caught_up, office_days, opened_with_views
from api.cli.reading.asked_at import AskedThen
from api.cli.showing import Column, local, say, show_json, show_table, words
from api.cli.wording.coded import coded
from api.cli.wording.in_french import Spoken
from api.cli.wording.spoken import speaking
from api.cli.writing.acting import Acting
from api.cli.writing.asking import ask_verb
from api.moments import id_of
from api.verbs import KEEPING_VERBS
from ledger.errors import NotAuthorised
from ledger.ids import reference_of
from ledger.policy.access import SEE_COMPARTMENTS
from ledger.policy.acting.roles import roles_of
from ledger.registers.keeping.holds import Ground
from projections.lists.holds import holds_then

Refs = Annotated[str, Parameter(name="REF", help="The references of cases.")]
Reason = Annotated[
    str | None,
    Parameter(name="--reason", help="Why; '-' reads it from standard input, '@FILE' from a file."),
]


def place(
    *refs: Refs,
    ground: Annotated[Ground, Parameter(name="--ground")],
    reason: Reason = None,
    acting: Acting = Acting(),
) -> int:
    """Keeps cases from being erased or disposed of, until the hold is released. Holds stack.

    Parameters
    ----------
    ground
        What the cases are kept for.
    """
    given = {"cases": refs, "ground": ground, "reason": reason}
    return ask_verb(KEEPING_VERBS["hold-place"], acting, given, names={"cases": "REF"})


def release(
    hold_id: Annotated[str, Parameter(name="HOLD", help="The id of the hold.")],
    /,
    *,
    reason: Reason = None,
    acting: Acting = Acting(),
) -> int:
    """Releases a hold; others on the same cases stay."""
    given = {"hold_id": id_of(hold_id, option="HOLD"), "reason": reason}
    return ask_verb(KEEPING_VERBS["hold-release"], acting, given)


def show(
    ref: Annotated[str | None, Parameter(name="REF")] = None,
    /,
    *,
    language: Spoken = "en",
    acting: Acting = Acting(),
    asked: AskedThen = AskedThen(),
) -> int:
    """Lists which cases are on hold, and by which holds, to whom that concerns.

    Parameters
    ----------
    ref
        A case; all that are on hold if left out.
    """
    with speaking(language), opened_with_views() as (ledger, views):
        policies, now = ledger.policies(), ledger.clock()
        actor = acting.actor(ledger, policies)
        if not SEE_COMPARTMENTS & {*roles_of(policies.in_force(now).policy, actor)}:
            raise NotAuthorised(
                "Why cases are on hold is for records officers, access officers, link officers and auditors: ask one "
                "of them, or see `caseledger case REF`."
            )
        case_id = None if ref is None else ledger.find_case(ref)
        days = office_days(policies)
        when = asked.instants(days, now=now)
        caught_up(views, ledger)
        found = holds_then(views, ledger.store, when.then, case_id=case_id)
        if acting.as_json:
            show_json(found)
            return DONE
        show_table(
            "Cases on hold",
            [Column("case"), words("for"), Column("since"), Column("hold")],
            [
                (
                    reference_of(each.case_id), coded("ground", each.ground),
                    local(each.placed_at, days.zone), each.hold_id,
                )
                for each in found.held
            ],
            empty="None is. `caseledger hold place REF --ground litigation` keeps a case.",
        )  # fmt: skip
        say(when.foot(found.up_to_date.position, days))
    return DONE
