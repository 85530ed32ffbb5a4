"""Likely duplicates from the command line: proposed with how alike they are, for a person to decide."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from cyclopts import Parameter

from api.cli.edge import DONE
from api.cli.reading.about_case import Ref
from api.cli.reading.asked_at import Asked
from api.cli.reading.question import question
from api.cli.showing import Column, number, say, show_json, show_table, words
from api.cli.wording.in_french import told
from api.cli.writing.acting import reader_of
from api.shown.duplicates import PURPOSE, LikelyDuplicates, Search, likely_duplicates
from ledger.errors import InvalidCommand
from ledger.ids import case_stream, reference_of
from projections.answers import up_to_date
from projections.comparing.likeness import Likeness


def duplicates(
    ref: Ref,
    /,
    *,
    days: Annotated[int, Parameter(name="--days")] = 90,
    at_least: Annotated[int, Parameter(name="--at-least")] = 600,
    member: Annotated[str | None, Parameter(name="--as", env_var="CASELEDGER_ACTOR")] = None,
    purpose: Annotated[str, Parameter(name="--purpose")] = PURPOSE,
    asked: Asked = Asked(),
) -> int:
    """Shows which cases may be of one matter, and which records of one person; that they were read is recorded.

    Parameters
    ----------
    days
        Cases of its type that came within so many days of it are compared.
    at_least
        How much alike they must be, in thousandths.
    member
        Who reads them: the code of a member of the policy.
    purpose
        What they are read for.
    """
    if days < 1 or not 1 <= at_least <= 1000:
        raise InvalidCommand("Give --days of at least 1, and --at-least from 1 to 1000.")
    with question(asked) as asking:
        ledger, views, when = asking.ledger, asking.views, asking.when
        actor, said = reader_of(member, purpose, ledger)
        case_id = ledger.find_case(ref)
        search = Search(timedelta(days=days), at_least)
        if not when.then.of(ledger.read(case_stream(case_id))):
            raise InvalidCommand(
                f"Nothing was known of {reference_of(case_id)} then: ask about a later instant."
            )
        found = likely_duplicates(
            ledger,
            views,
            case_id,
            actor=actor,
            purpose=said,
            search=search,
            at=when.at,
            then=when.then,
        )
        with views.reading("cases") as reading:
            standing = up_to_date(reading, when.known_at)
        if asked.as_json:
            show_json({"up_to_date": standing, "reference": reference_of(case_id), **_plain(found)})
            return DONE
        _show(reference_of(case_id), found)
        say(asking.foot(standing))
    return DONE


def _plain(found: LikelyDuplicates) -> dict[str, object]:
    cases = [
        {"reference": reference_of(each.other), "case_id": each.other, **_alike(each)}
        for each in found.cases
    ]
    records = [{"party": each.other, **_alike(each)} for each in found.records]
    said = {"compared": found.compared, "others": found.others, "requester": found.requester}
    return {**said, "cases": cases, "records": records}


def _alike(each: Likeness) -> dict[str, object]:
    return {"similarity": each.similarity, "by": each.by}


def _show(ref: str, found: LikelyDuplicates) -> None:
    show_table(
        told(
            "Cases that may be of the same matter as {reference} (of {compared} compared)",
            reference=ref,
            compared=found.compared,
        ),
        [Column("case"), number("alike in 1000"), words("by field")],
        [(reference_of(each.other), each.similarity, _by(each)) for each in found.cases],
        empty="None is like it, or somebody decided about all that are.",
    )
    if found.others:
        say(
            told(
                "Not compared, since they are not yours to open: {count}; let somebody at intake compare them.",
                count=found.others,
            )
        )
    if found.cases:
        say(
            told(
                "Decide each: `caseledger link {reference} CASE --relation same_matter --similarity N`, or "
                "not_the_same, which is remembered.",
                reference=ref,
            )
        )
    if found.records:
        show_table(
            told(
                "Records that may be of the same person as the requester, {party}",
                party=found.requester,
            ),
            [Column("party"), number("alike in 1000"), words("by field")],
            [(str(each.other), each.similarity, _by(each)) for each in found.records],
            empty="",
        )
        say(
            told(
                "Decide each: `caseledger same-person {party} PARTY same --similarity N --evidence -`, or not_same or "
                "cannot_say, which is remembered.",
                party=found.requester,
            )
        )


def _by(each: Likeness) -> str:
    return ", ".join(f"{name} {score}" for name, score in each.by.items())
