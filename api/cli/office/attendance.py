"""Who is there: absences and leavers recorded and shown from the command line, and which types have too few people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Annotated

from cyclopts import Parameter

from api.cli.edge import DONE, FOUND
from api.cli.ledgers import caught_up, office_days, opened
from api.cli.reading.asked_at import Asked
from api.cli.showing import Column, number, say, show_json, show_table, words
from api.cli.wording.in_french import Spoken, told
from api.cli.wording.spoken import speaking
from api.cli.writing.acting import Acting
from api.cli.writing.asking import ask_verb
from api.cli.writing.recording import show_receipt
from api.moments import date_of
from api.shown.presence import away
from api.verbs import DIRECTORY_VERBS, Around
from api.verbs.directory_verbs import today
from api.verbs.field_words import HELP
from ledger.case.custody.rehoming import RehomeCase
from ledger.commands import Command, Request
from ledger.entry import Actor, Receipt
from ledger.errors import LedgerError
from ledger.policies_then import version_then
from ledger.policy.routing.cover import Cover
from ledger.policy.routing.cover import cover as cover_of
from ledger.policy.routing.presence import Directory
from ledger.service import Ledger
from projections.lists.owing import cases_of
from projections.lists.paging import PAGE
from projections.views import Views

Member = Annotated[str, Parameter(name="MEMBER", help="The code of the member.")]
On = Annotated[str | None, Parameter(name="--on", help="The date; today if it is left out.")]


def absent(
    member: Member,
    /,
    *,
    from_on: Annotated[str | None, Parameter(name="--from")] = None,
    until_on: Annotated[str | None, Parameter(name="--until")] = None,
    substitute: Annotated[str | None, Parameter(name="--substitute")] = None,
    planned: Annotated[bool, Parameter(name="--planned", negative="")] = False,
    acting: Acting = Acting(),
) -> int:
    """Records that a member is or will be absent, and who stands in.

    Parameters
    ----------
    from_on
        The first date of the absence; today if it is left out.
    until_on
        Its last date; unknown if it is left out.
    substitute
        The member who stands in.
    planned
        It was known beforehand.
    """
    given = {
        "member": member,
        "from_on": _date(from_on, "--from"),
        "until_on": _date(until_on, "--until"),
        "substitute": substitute,
        "planned": planned,
    }
    return ask_verb(DIRECTORY_VERBS["absent"], acting, given)


def back(member: Member, /, *, on: On = None, acting: Acting = Acting()) -> int:
    """Records that a member is back; what moved meanwhile does not move back by itself."""
    given = {"member": member, "back_on": _date(on, "--on")}
    return ask_verb(DIRECTORY_VERBS["back"], acting, given)


def leaver(
    member: Member,
    /,
    *,
    on: Annotated[str | None, Parameter(name="--on", help=HELP["left_on"])] = None,
    successor: Annotated[str | None, Parameter(name="--successor")] = None,
    acting: Acting = Acting(),
) -> int:
    """Records that a member leaves, and gives all that they have to somebody else, in one go.

    Parameters
    ----------
    successor
        The member who takes over; what they cannot take goes to the teams.
    """
    given = {"member": member, "left_on": _date(on, "--on"), "successor": successor}

    def shown(around: Around, _command: Command, receipt: Receipt) -> None:
        _show_left(around, receipt, member, as_json=acting.as_json)

    return ask_verb(DIRECTORY_VERBS["leaver"], acting, given, shown=shown)


def _show_left(around: Around, receipt: Receipt, member: str, *, as_json: bool) -> None:
    """Gives away what a leaver has, and says how much that was, and for whom nobody stands in any more."""
    ledger, left_on = around.ledger, around.ledger.directory().leavers[member].left_on
    moved = rehomed(ledger, around.views, member, around.actor)
    if as_json:
        show_receipt(receipt, as_json=True, rehomed=moved)
        return
    show_receipt(receipt, as_json=False)
    say(
        told("1 case was re-homed.")
        if moved == 1
        else told("{count} cases were re-homed.", count=moved)
    )
    if left_on > today(around):
        say(
            told(
                "What {member} has moves on {on}: `caseledger watch` sees to it.",
                member=member,
                on=left_on,
            )
        )
    if alone := _nobody_stands_in(ledger.directory(), member, left_on):
        say(
            told(
                "{member} stood in for {others}, and nobody does now: end that absence (`caseledger back`), then "
                "record it with somebody else (`caseledger absent`).",
                member=member,
                others=", ".join(alone),
            )
        )


def absences(*, language: Spoken = "en", asked: Asked = Asked()) -> int:
    """Shows who is absent or has left, and who stands in for them."""
    with speaking(language), opened() as ledger:
        days = office_days(ledger.policies())
        when = asked.instants(days, now=ledger.clock())
        on = days.date_of(when.at)
        rows = away(ledger.directory(when.then), on)
        if asked.as_json:
            show_json({"on": on, "away": rows})
            return DONE
        show_table(
            told("Who is not there on {on}", on=on),
            [
                Column("member"),
                Column("why"),
                Column("away from"),
                Column("until"),
                Column("stands in"),
            ],
            [
                (each.member, told(each.why), each.from_on, each.until_on, each.stands_in)
                for each in rows
            ],
            empty="Everybody is there, as far as it was recorded.",
        )
    return DONE


def cover(
    *,
    on: On = None,
    everything: Annotated[bool, Parameter(name="--all", negative="")] = False,
    language: Spoken = "en",
    asked: Asked = Asked(),
) -> int:
    """Shows which request types have fewer than two people there who can do them; exit code 1 if any has.

    Parameters
    ----------
    everything
        Show for every type who can do it and is there.
    """
    with speaking(language), opened() as ledger:
        policies = ledger.policies()
        days = office_days(policies)
        when = asked.instants(days, now=ledger.clock())
        day = _date(on, "--on") or days.date_of(when.at)
        directory = ledger.directory(when.then)
        found = cover_of(version_then(ledger, when.then, when.at).compiled, directory, on=day)
        thin = [each for each in found if each.thin]
        types = sorted({each.request_type for each in thin})
        if asked.as_json:
            show_json({"on": day, "cover": found, "thin": types})
            return FOUND if thin else DONE
        if shown := found if everything else thin:
            _show_cover(told("Who can do what on {on}", on=day), shown)
        if thin:
            say(told("Fewer than two people are there for: {types}.", types=", ".join(types)))
        else:
            say(told("Every type is covered twice on {on}; --all shows by whom.", on=day))
    return FOUND if thin else DONE


def _show_cover(title: str, found: Sequence[Cover]) -> None:
    show_table(
        title,
        [Column("type"), Column("team"), Column("skills"), number("of"), number("there"), words("who")],
        [
            (each.request_type, each.team, ", ".join(each.skills), len(each.eligible), len(each.present),
             ", ".join(each.present))
            for each in found
        ],
        empty="",
    )  # fmt: skip


def _nobody_stands_in(directory: Directory, member: str, on: date) -> list[str]:
    """For whom a member was to stand in on a date and nobody does."""
    return [
        each.member
        for each in directory.absent(on)
        if each.substitute == member and directory.stand_in(each.member, on) is None
    ]


def _date(text: str | None, option: str) -> date | None:
    return None if text is None else date_of(text, option=option)


def rehomed(ledger: Ledger, views: Views, member: str, actor: Actor) -> int:
    """How many cases were taken from a member who has left; whatever cannot be taken is told at once."""
    caught_up(views, ledger)
    cases = cases_of(views, [member])
    outcomes = Counter[bool]()
    for first in range(0, len(cases), PAGE):
        page = [
            RehomeCase(case_id=each.case_id, member=member) for each in cases[first : first + PAGE]
        ]
        for outcome in ledger.handle_all([Request(command, actor) for command in page]):
            if isinstance(outcome, LedgerError):
                raise outcome
            outcomes[isinstance(outcome, Receipt) and outcome.fresh] += 1
    return outcomes[True]
