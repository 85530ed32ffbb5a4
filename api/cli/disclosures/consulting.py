"""Consulting from the command line: a third party or another body is told, answers, and hears the decision."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal
from uuid import UUID

from cyclopts import Parameter

from api.cli.acting import Acting
from api.cli.disclosures.asking import Desk, Id, case_of, desk
from api.cli.disclosures.documents import item_meant
from ledger.errors import InvalidCommand, Refusal
from ledger.policy.disclosing import ConsultationKind
from ledger.registers.disclosures.consulting import (
    ConsultationDecision,
    DecideConsultation,
    EndConsultationReview,
    GiveConsultationNotice,
    Position,
    ReceiveRepresentations,
    SeekConsultationReview,
)
from projections.disclosures.finder import names_in
from projections.disclosures.scope import personal_values

_PURPOSE = "To keep the applicant's name out of a notice."
Which = Annotated[
    str | None,
    Parameter(
        name="--consultation-id", help="Which consultation; the open one if there is but one."
    ),
]


def consult(
    id_: Id,
    kind: ConsultationKind,
    /,
    *,
    provision: str,
    words: str,
    party: str | None = None,
    body: str | None = None,
    items: Annotated[tuple[str, ...], Parameter(name="--item", negative="")] = (),
    slots: int = 0,
    acting: Acting = Acting(),  # noqa: B008 - frozen
) -> int:
    """Gives somebody concerned notice of what may be released; the notice must not name the applicant.

    Parameters
    ----------
    kind
        Who is consulted.
    provision
        The provision that calls for it, such as s. 27(1).
    words
        The notice: what is intended, what is theirs, how long they have; '-' or '@FILE' reads it.
    party
        The id of the party.
    body
        The other body, by its name.
    items
        A document of theirs, by number; repeat for each.
    slots
        How many slots of entries are theirs.
    """
    with desk(id_, acting) as at:
        said = at.text(words, "--words") or ""
        _refuse_named(at, said)
        consultation_id = at.own_id("consultation")
        receipt = at.ask(
            GiveConsultationNotice,
            consultation_id=consultation_id,
            consultation=kind,
            party=party,
            body=body,
            items=tuple(item_meant(at, each) for each in items),
            slots=slots,
            provision=provision,
            words=said,
        )
        return at.show(receipt, consultation_id=str(consultation_id))


def _refuse_named(at: Desk, said: str) -> None:
    """Refuses a notice with the applicant's name in it; that the name was read for this is recorded."""
    if names_in(said, tuple(_applicant(at))):
        raise Refusal(
            "This names the applicant, whom a notice to somebody else must not name: write it without.",
            rule="notice-names-no-applicant",
        )


def _applicant(at: Desk) -> Iterator[str]:
    case = case_of(at.ledger, at.state.case_id) if at.state.case_id else None
    streams = [f"case/{at.state.case_id}"]
    if case is not None and case.requester is not None:
        streams.append(f"party/{case.requester}")
    for read in at.opened(streams, purpose=_PURPOSE):
        for entry in read:
            values = personal_values(entry.fact)
            for slot in ("name", "answers.name"):
                if isinstance(name := values.get(slot), str):
                    yield name


def heard(
    id_: Id,
    position: Position,
    /,
    *,
    words: str | None = None,
    oral: Annotated[bool, Parameter(negative="")] = False,
    which: Which = None,
    acting: Acting = Acting(),  # noqa: B008 - frozen
) -> int:
    """Takes in what somebody who was consulted answers, or that they did not.

    Parameters
    ----------
    position
        Where they stand.
    words
        What they say; '-' or '@FILE' reads it.
    oral
        They said it and did not write it.
    """
    with desk(id_, acting) as at:
        return at.show(
            at.ask(
                ReceiveRepresentations,
                consultation_id=_meant(at, which),
                position=position,
                oral=oral,
                words=at.text(words, "--words"),
            )
        )


def conclude(
    id_: Id,
    decision: ConsultationDecision,
    /,
    *,
    words: str,
    which: Which = None,
    acting: Acting = Acting(),  # noqa: B008 - frozen
) -> int:
    """Decides what of theirs is released, when they are told of it; nothing is given before their time for a review.

    Parameters
    ----------
    decision
        What was decided.
    words
        What they are told, with their right of review; '-' or '@FILE' reads it.
    """
    with desk(id_, acting) as at:
        return at.show(
            at.ask(
                DecideConsultation,
                consultation_id=_meant(at, which),
                decision=decision,
                words=at.text(words, "--words"),
            )
        )


def review(
    id_: Id,
    what: Annotated[Literal["sought", "upheld", "overturned"], Parameter(name="WHAT")],
    /,
    *,
    body: str | None = None,
    words: str | None = None,
    which: Which = None,
    acting: Acting = Acting(),  # noqa: B008 - frozen
) -> int:
    """Records that somebody consulted asked for a review of the decision, or how it ended.

    Parameters
    ----------
    what
        What happened.
    body
        Who reviews it, where it is sought.
    words
        What is to be said of it.
    """
    with desk(id_, acting) as at:
        said = at.text(words, "--words")
        chosen = _meant(at, which)
        if what == "sought":
            if body is None:
                raise InvalidCommand("Say who reviews it: give --body.")
            receipt = at.ask(SeekConsultationReview, consultation_id=chosen, body=body, words=said)
        else:
            receipt = at.ask(
                EndConsultationReview, consultation_id=chosen, upheld=what == "upheld", words=said
            )
        return at.show(receipt)


def _meant(at: Desk, which: str | None) -> object:
    """The consultation that is meant: the one named, else the only one, or the only one not decided."""
    if which is not None:
        return which
    known = at.state.consultations
    found: list[UUID] = list(known)
    if len(found) > 1:
        found = [key for key, each in known.items() if not each.decided]
    if len(found) != 1:
        raise InvalidCommand(
            "Say which consultation with --consultation-id; this disclosure has "
            f"{', '.join(map(str, known)) or 'none'}."
        )
    return found[0]
