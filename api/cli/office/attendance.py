"""Who is there: absences and leavers recorded and shown from the command line, and which types have too few people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from cyclopts import Parameter

from api.cli.edge import DONE, FOUND
from api.cli.ledgers import caught_up, office_days, opened, opened_with_views
from api.cli.reading.asked_at import Asked
from api.cli.showing import Column, number, say, show_json, show_table, words
from api.cli.wording.in_french import Spoken, told
from api.cli.wording.spoken import speaking
from api.cli.writing.acting import Acting
from api.cli.writing.recording import recorded, show_receipt
from api.moments import date_of
from ledger.case.custody.rehoming import RehomeCase
from ledger.commands import Command, Request
from ledger.entry import Actor, Receipt
from ledger.errors import LedgerError, UnlawfulTransition
from ledger.ids import derived_uuid
from ledger.policies_then import version_then
from ledger.policy.routing.cover import Cover
from ledger.policy.routing.cover import cover as cover_of
from ledger.policy.routing.presence import Absence, Directory
from ledger.registers.directory import (
    EndAbsence,
    RecordAbsence,
    RecordLeaver,
)
from ledger.service import Ledger
from ledger.times import EPOCH
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
    with opened() as ledger:
        actor, today = _who_and_when(ledger, acting)
        made = acting.own_command_id()
        absence_id = derived_uuid(EPOCH, "absence", str(made)) if made else ledger.new_id()
        command = RecordAbsence(
            directory_id=ledger.directory_id,
            absence_id=absence_id,
            member=member,
            from_on=_date(from_on, "--from") or today,
            until_on=_date(until_on, "--until"),
            planned=planned,
            substitute=substitute,
        )
        _record(ledger, command, actor, acting)
    return DONE


def back(member: Member, /, *, on: On = None, acting: Acting = Acting()) -> int:
    """Records that a member is back; what moved meanwhile does not move back by itself."""
    with opened() as ledger:
        actor, today = _who_and_when(ledger, acting)
        back_on = _date(on, "--on") or today
        command = EndAbsence(
            directory_id=ledger.directory_id,
            absence_id=_absence_to_end(ledger.directory(), member, back_on),
            member=member,
            back_on=back_on,
        )
        _record(ledger, command, actor, acting)
    return DONE


def leaver(
    member: Member,
    /,
    *,
    on: On = None,
    successor: Annotated[str | None, Parameter(name="--successor")] = None,
    acting: Acting = Acting(),
) -> int:
    """Records that a member leaves, and gives all that they have to somebody else, in one go.

    Parameters
    ----------
    successor
        The member who takes over; what they cannot take goes to the teams.
    """
    with opened_with_views() as (ledger, views):
        actor, today = _who_and_when(ledger, acting)
        left_on = _date(on, "--on") or today
        command = RecordLeaver(
            directory_id=ledger.directory_id, member=member, left_on=left_on, successor=successor
        )
        receipt = recorded(ledger, acting.request(command, actor), verbose=acting.verbose)
        moved = rehomed(ledger, views, member, actor)
        if acting.as_json:
            show_receipt(receipt, as_json=True, rehomed=moved)
            return DONE
        show_receipt(receipt, as_json=False)
        say(
            told("1 case was re-homed.")
            if moved == 1
            else told("{count} cases were re-homed.", count=moved)
        )
        if left_on > today:
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
    return DONE


def absences(*, language: Spoken = "en", asked: Asked = Asked()) -> int:
    """Shows who is absent or has left, and who stands in for them."""
    with speaking(language), opened() as ledger:
        days = office_days(ledger.policies())
        when = asked.instants(days, now=ledger.clock())
        on = days.date_of(when.at)
        directory = ledger.directory(when.then)
        rows = [_away(directory, absence, on) for absence in directory.absent(on)]
        rows += [
            Away(code, "left", directory.leavers[code].left_on, None, directory.stand_in(code, on))
            for code in directory.gone_by(on)
        ]
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


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody who is not there on a date: why, from when until when, and who stands in."""

    member: str
    why: str
    from_on: date
    until_on: date | None
    stands_in: str | None


def _away(directory: Directory, absence: Absence, on: date) -> Away:
    why = "absent, planned" if absence.planned else "absent"
    stands_in = directory.stand_in(absence.member, on)
    return Away(absence.member, why, absence.from_on, absence.until_on, stands_in)


def _nobody_stands_in(directory: Directory, member: str, on: date) -> list[str]:
    """For whom a member was to stand in on a date and nobody does."""
    return [
        each.member
        for each in directory.absent(on)
        if each.substitute == member and directory.stand_in(each.member, on) is None
    ]


def _who_and_when(ledger: Ledger, acting: Acting) -> tuple[Actor, date]:
    acting.named()
    policies, now = ledger.policies(), ledger.clock()
    return acting.actor(ledger, policies), office_days(policies).date_of(now)


def _date(text: str | None, option: str) -> date | None:
    return None if text is None else date_of(text, option=option)


def _absence_to_end(directory: Directory, member: str, back_on: date) -> UUID:
    """The absence that somebody comes back from: the one that reaches this date, else the latest."""
    known = directory.absences.get(member, ())
    open_then = [each for each in known if each.until_on is None or each.until_on >= back_on]
    found = open_then or list(known)[-1:]
    if not found:
        raise UnlawfulTransition(
            f"No absence of {member} is recorded: there is none to end.", rule="ends-an-absence"
        )
    return found[0].absence_id


def _record(ledger: Ledger, command: Command, actor: Actor, acting: Acting) -> None:
    receipt = recorded(ledger, acting.request(command, actor), verbose=acting.verbose)
    show_receipt(receipt, as_json=acting.as_json)


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
