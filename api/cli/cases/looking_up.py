"""Looking up whoever calls without a number, from the command line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from cyclopts import Parameter

from api.cli.edge import DONE
from api.cli.ledgers import first_due
from api.cli.progress import progress_bar
from api.cli.reading.asked_at import Asked
from api.cli.reading.question import Question, question
from api.cli.showing import Column, local, number, say, show_json, show_table, words
from api.cli.wording.coded import coded
from api.cli.wording.in_french import Spoken, numbered, told
from api.cli.wording.spoken import speaking
from api.cli.writing.acting import reader_of
from api.cli.writing.given_words import GivenWords
from api.shown.callers import DAYS, DAYS_AT_MOST, LookedUp, looked_up
from ledger.errors import InvalidCommand
from ledger.personal.seeking import Seeking
from ledger.policy.access import Purpose
from ledger.registers.keeping.accesses import LETTERS_AT_MOST, SAID_AT_MOST
from projections.rows.case_rows import CaseRow

PURPOSE = "To find whoever calls without a number."


def find(
    *said: Annotated[str, Parameter(name="SAID")],
    days: Annotated[int, Parameter(name="--days")] = DAYS,
    purpose: Annotated[str, Parameter(name="--purpose")] = PURPOSE,
    purpose_code: Annotated[Purpose | None, Parameter(name="--for")] = None,
    member: Annotated[str | None, Parameter(name="--as", env_var="CASELEDGER_ACTOR")] = None,
    language: Spoken = "en",
    as_json: Annotated[bool, Parameter(name="--json", negative="")] = False,
) -> int:
    """Finds the cases and records of somebody by what they say of themselves; that they were sought is recorded.

    Parameters
    ----------
    said
        A name, a number, an e-mail address: each must be theirs. A slip does not matter; '-' reads standard input.
    days
        Cases that were received within so many days are compared.
    purpose
        What they are sought for.
    purpose_code
        The task they are sought for; the first that the reader's roles allow if left out.
    member
        Who seeks: the code of a member of the policy.
    as_json
        Answer as JSON.
    """
    with speaking(language):
        sought = _sought(said, days)
        with question(Asked()) as asking:
            actor, why = reader_of(member, purpose, asking.ledger)
            with progress_bar("cases") as tell:
                found = looked_up(
                    asking.ledger,
                    asking.views,
                    Seeking(sought, why, purpose_code),
                    actor=actor,
                    at=asking.when.at,
                    days=days,
                    progress=tell,
                )
            if as_json:
                show_json(found)
            else:
                _show(asking, found)
    return DONE


def _sought(said: Sequence[str], days: int) -> tuple[str, ...]:
    """What is theirs, as it was given; refuses what cannot be compared."""
    given = GivenWords()
    each = tuple(given.text(one, option="SAID") for one in said)
    if not 1 <= len(each) <= SAID_AT_MOST or not all(
        0 < len(one) <= LETTERS_AT_MOST for one in each
    ):
        raise InvalidCommand(
            f"Say one to {SAID_AT_MOST} things that are theirs, of at most {LETTERS_AT_MOST} letters: "
            'caseledger find "Ada Tremblay" 902-555-0147.'
        )
    if not 1 <= days <= DAYS_AT_MOST:
        raise InvalidCommand(f"Give --days from 1 to {DAYS_AT_MOST}.")
    return each


def _dues(asking: Question, found: LookedUp) -> dict[UUID, str]:
    """When each case is due first, by the day that the law of its clock means."""
    ids = {str(each.case_id): each.case_id for each in found.cases}
    with asking.views.reading("cases") as reading:
        rows = reading.rows_of(CaseRow, list(ids))
    zone = asking.days.zone
    return {ids[key]: first_due(asking.policies, row, zone) for key in ids for row in rows[key]}


def _show(asking: Question, found: LookedUp) -> None:
    zone, dues = asking.days.zone, _dues(asking, found)
    show_table(
        "Cases that may be theirs",
        [
            Column("case"), number("alike in 1000", spare=4), Column("status"), Column("type"),
            words("team", least=7, spare=1), words("owner", least=10, spare=2),
            words("received", least=10, spare=3), words("due", least=10), Column("as"),
            words("said", least=14),
        ],
        [
            (
                each.reference, each.alike, told(each.status.replace("_", " ")), each.request_type,
                each.team, each.owner, local(each.received_at, zone), dues.get(each.case_id),
                coded("role", each.role), "; ".join(each.said.values()),
            )
            for each in found.cases
        ],
        empty="None of those compared is like it.",
    )  # fmt: skip
    if found.records:
        show_table(
            "Records of people that may be theirs",
            [Column("party"), number("alike in 1000"), words("said")],
            [
                (str(each.party), each.alike, "; ".join(each.said.values()))
                for each in found.records
            ],
            empty="",
        )
    if found.more:
        say(
            told(
                "{count} more are like it: say something else too, such as their number.",
                count=found.more,
            )
        )
    if not found.cases:
        say(told("Older ones are compared with more --days: {most} at most.", most=DAYS_AT_MOST))
    say(
        told(
            "Compared: {cases} of all teams, received since {since}, and {records} of people."
            if found.everywhere
            else "Compared: {cases} of your teams or of none, received since {since}, and {records} of people.",
            cases=numbered(found.cases_compared, "{count} case", "{count} cases"),
            records=numbered(found.records_compared, "{count} record", "{count} records"),
            since=local(found.since, zone),
        ),
        told("That you sought them is recorded."),
        asking.foot(found.up_to_date),
    )
