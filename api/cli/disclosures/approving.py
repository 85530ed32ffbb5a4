"""Approving from the command line: the claim, the comparison, the second person, and the applicant's decision."""

from __future__ import annotations

from typing import Annotated, cast
from uuid import UUID

from cyclopts import Parameter

from api.cli.acting import Acting
from api.cli.disclosures.asking import Desk, Id, desk, disclosures, ids_meant, state_of
from api.cli.edge import DONE, FOUND
from api.cli.showing import Column, show_table, words
from ledger.entry import Receipt
from ledger.errors import InvalidCommand
from ledger.policy.templates import gives_notice
from ledger.registers.disclosures.approving import (
    AnswerApplicant,
    ApproveDisclosure,
    DecideClaim,
    DecisionOutcome,
    ReturnDisclosure,
)
from ledger.registers.disclosures.guard import (
    CompareTreatment,
    ExplainDifference,
    open_differences,
)
from ledger.registers.disclosures.state import Claim, Disclosure

_GIVEN = "decision_given"
_OF_A_DECISION = frozenset({"decision", "refusal"})


def claim(
    id_: Id,
    claimed: Annotated[Claim, Parameter(name="CLAIM")],
    /,
    *,
    reason: str | None = None,
    acting: Acting = Acting(),  # noqa: B008 - frozen
) -> int:
    """Decides what the release claims of completeness: whole streams, the stated scope, or nothing.

    Parameters
    ----------
    claimed
        What is claimed.
    reason
        Why; needed where nothing is claimed.
    """
    with desk(id_, acting) as at:
        return at.show(at.ask(DecideClaim, claim=claimed, reason=at.text(reason, "--reason")))


def compare(id_: Id, /, *, acting: Acting = Acting()) -> int:  # noqa: B008 - frozen
    """Compares what is decided with what was released before to the same audience, and shows what differs."""
    with desk(id_, acting) as at:
        receipt = ask_to_compare(at)
        state = state_of(at.ledger, at.disclosure_id)
        differing = open_differences(state)
        if acting.as_json:
            return at.show(receipt, differences=[str(each) for each in differing])
        at.show(receipt)
        show_table(
            "Treated otherwise than before, and nobody has said why",
            [Column("difference"), words("what"), words("now")],
            [(key, _subject(state, key), _treated(state, key)) for key in differing],
            empty="Nothing.",
        )
        return FOUND if differing else DONE


def ask_to_compare(at: Desk) -> Receipt:
    """Lets the guard compare with every disclosure to the same audience of which something was released."""
    others = [
        key
        for key, each in disclosures(at.ledger)
        if key != at.disclosure_id and each.audience == at.state.audience and each.last_release
    ]
    return at.ask(CompareTreatment, others=others)


def _subject(state: Disclosure, key: UUID) -> str:
    of = state.differences[key].of
    if isinstance(of, str):
        return "a document"
    return f"{of[2]} in entry {of[1]} of {of[0]}"


def _treated(state: Disclosure, key: UUID) -> str:
    what, under = state.differences[key].after
    return f"{what} ({', '.join(under)})" if under else what


def explain(
    id_: Id,
    reason: str,
    chosen: Annotated[tuple[str, ...], Parameter(name="DIFFERENCES")] = (),
    /,
    *,
    acting: Acting = Acting(),  # noqa: B008 - frozen
) -> int:
    """Says why something is treated otherwise than before.

    Parameters
    ----------
    reason
        Why; '-' or '@FILE' reads it.
    chosen
        Which differences; all that are open if left out.
    """
    with desk(id_, acting) as at:
        found = ids_meant(chosen) if chosen else open_differences(at.state)
        if not found:
            raise InvalidCommand("Nothing differs that nobody has explained: compare first.")
        return at.show(
            at.ask(ExplainDifference, differences=found, reason=at.text(reason, "REASON"))
        )


def approve(
    id_: Id,
    /,
    *,
    sole_officer: Annotated[bool, Parameter(negative="")] = False,
    words: str | None = None,
    acting: Acting = Acting(),  # noqa: B008 - frozen
) -> int:
    """Approves what is to be released, as the second person.

    Parameters
    ----------
    sole_officer
        There is nobody else: the policy must say so, and the entry does.
    words
        What is to be said of it.
    """
    with desk(id_, acting) as at:
        return at.show(
            at.ask(ApproveDisclosure, sole_officer=sole_officer, words=at.text(words, "--words"))
        )


def refuse(id_: Id, reason: str, /, *, acting: Acting = Acting()) -> int:  # noqa: B008 - frozen
    """Does not approve what is to be released, and says what is to be done.

    Parameters
    ----------
    reason
        Why.
    """
    with desk(id_, acting) as at:
        return at.show(at.ask(ReturnDisclosure, reason=at.text(reason, "REASON")))


def answer(
    id_: Id,
    outcome: Annotated[DecisionOutcome, Parameter(name="OUTCOME")],
    /,
    *,
    complain_to: str,
    contact: str,
    reasons: str,
    complain_within_days: int | None = None,
    notice_id: str | None = None,
    acting: Acting = Acting(),  # noqa: B008 - frozen
) -> int:
    """Records that the applicant was given the decision, with its provisions, reasons and rights.

    Parameters
    ----------
    outcome
        What was decided.
    complain_to
        Who hears a complaint.
    contact
        Whom the applicant may ask; '-' or '@FILE' reads it.
    reasons
        The reasons; '-' or '@FILE' reads them.
    complain_within_days
        Within how many days.
    notice_id
        The notice of the case in which it was given; the last one of a decision if left out.
    """
    with desk(id_, acting) as at:
        receipt = at.ask(
            AnswerApplicant,
            outcome=outcome,
            notice_id=notice_id or _notice(at),
            complain_within_days=complain_within_days,
            complain_to=complain_to,
            contact=cast("str", at.text(contact, "--contact")),
            reasons=at.text(reasons, "--reasons"),
        )
        if at.state.audience in ("applicant", "subject") and not _by_notice(at):
            at.reach(receipt, _GIVEN)
        return at.show(receipt)


def _by_notice(at: Desk) -> bool:
    """Whether this office gives the decision on such a request by a notice, whose own entry stops the clock."""
    return gives_notice(at.policy, at.case.request_type, _GIVEN)


def _notice(at: Desk) -> UUID | None:
    """The last notice of a decision that stands on the case of the request, if there is one."""
    notices = at.case.notices
    found = [key for key, each in notices.items() if each.kind in _OF_A_DECISION and each.stands]
    return found[-1] if found else None
