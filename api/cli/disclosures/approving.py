"""Approving from the command line: the claim, the comparison, the second person, and the applicant's decision."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from cyclopts import Parameter

from api.cli.disclosures.asking import Id, desk, ids_meant
from api.cli.edge import DONE, FOUND
from api.cli.showing import Column, named, number, show_table, words
from api.cli.wording.in_french import told
from api.cli.wording.spoken import spoken
from api.cli.writing.acting import Acting
from api.verbs.disclosures import disclosure_as_it_stands
from ledger.registers.disclosures.approving import DecisionOutcome
from ledger.registers.disclosures.guard import open_differences
from ledger.registers.disclosures.state import Claim, Disclosure
from projections.sentences.wording import Wording


def claim(
    id_: Id,
    claimed: Annotated[Claim, Parameter(name="CLAIM")],
    /,
    *,
    reason: str | None = None,
    acting: Acting = Acting(),
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
        return at.show(at.ask("claim", claim=claimed, reason=at.text(reason, "--reason")))


def compare(id_: Id, /, *, acting: Acting = Acting()) -> int:
    """Compares what is decided with what was released before, and shows what differs.

    Compared are releases to the same audience and, of what is published, the answer itself: what everybody would be
    given of it that the applicant was not.
    """
    with desk(id_, acting) as at:
        done = at.ask("compare")
        state = disclosure_as_it_stands(at.ledger, at.disclosure_id)
        differing = open_differences(state)
        if acting.as_json:
            return at.show(done, differences=[str(each) for each in differing])
        at.show(done)
        show_table(
            "Treated otherwise than before, and nobody has said why",
            [number("no."), words("what"), words("now"), Column("difference")],
            [
                (place, _subject(state, key), _treated(state, key), key)
                for place, key in enumerate(state.differences, 1)
                if key in differing
            ],
            empty="Nothing.",
        )
        return FOUND if differing else DONE


def _subject(state: Disclosure, key: UUID) -> str:
    of = state.differences[key].of
    if isinstance(of, str):
        places = (place for place, each in enumerate(state.items.values(), 1) if each.mark == of)
        return told("document {number}", number=next(places, "")).rstrip()
    return told(
        "{slot} in entry {version} of {stream}", slot=of[2], version=of[1], stream=named(of[0])
    )


def _treated(state: Disclosure, key: UUID) -> str:
    what, under = state.differences[key].after
    said = Wording(spoken()).value("treated_after", what)
    return f"{said} ({', '.join(under)})" if under else said


def explain(
    id_: Id,
    reason: str,
    chosen: Annotated[tuple[str, ...], Parameter(name="DIFFERENCES")] = (),
    /,
    *,
    acting: Acting = Acting(),
) -> int:
    """Says why something is treated otherwise than before.

    Parameters
    ----------
    reason
        Why; '-' or '@FILE' reads it.
    chosen
        Which differences, by number or id as `compare` shows them; all that are open if left out.
    """
    with desk(id_, acting) as at:
        return at.show(
            at.ask(
                "explain",
                differences=ids_meant(chosen, among=at.state.differences),
                reason=at.text(reason, "REASON"),
            )
        )


def approve(
    id_: Id,
    /,
    *,
    sole_officer: Annotated[bool, Parameter(negative="")] = False,
    words: str | None = None,
    acting: Acting = Acting(),
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
            at.ask("approve", sole_officer=sole_officer, words=at.text(words, "--words"))
        )


def refuse(id_: Id, reason: str, /, *, acting: Acting = Acting()) -> int:
    """Does not approve what is to be released, and says what is to be done.

    Parameters
    ----------
    reason
        Why.
    """
    with desk(id_, acting) as at:
        return at.show(at.ask("refuse", reason=at.text(reason, "REASON")))


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
    acting: Acting = Acting(),
) -> int:
    """Records that the applicant was given the decision, with its provisions, reasons and rights.

    Parameters
    ----------
    outcome
        What was decided.
    complain_to
        Who hears a complaint. Kept for ever in clear: name nobody.
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
        return at.show(
            at.ask(
                "answer",
                outcome=outcome,
                notice_id=notice_id,
                complain_within_days=complain_within_days,
                complain_to=complain_to,
                contact=at.text(contact, "--contact"),
                reasons=at.text(reasons, "--reasons"),
            )
        )
