"""Consulting from the command line: a third party or another body is told, answers, and hears the decision."""

from __future__ import annotations

from typing import Annotated, Literal

from cyclopts import Parameter

from api.cli.disclosures.asking import Id, desk, own_id_of
from api.cli.disclosures.documents import item_meant
from api.cli.writing.acting import Acting
from ledger.errors import InvalidCommand
from ledger.policy.document.disclosing import ConsultationKind
from ledger.registers.disclosures.consulting import ConsultationDecision, Position

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
    acting: Acting = Acting(),
) -> int:
    """Gives somebody concerned notice of what may be released; the notice must not name the applicant.

    Parameters
    ----------
    kind
        Who is consulted.
    provision
        The provision that calls for it, such as s. 27(1). Kept for ever in clear: name nobody.
    words
        The notice: what is intended, what is theirs, how long they have; '-' or '@FILE' reads it.
    party
        The id of the party.
    body
        The other body, by its name. Kept for ever in clear: name nobody.
    items
        A document of theirs, by number; repeat for each.
    slots
        How many slots of entries are theirs.
    """
    with desk(id_, acting) as at:
        done = at.ask(
            "consult",
            consultation=kind,
            party=party,
            body=body,
            items=tuple(item_meant(at, each) for each in items),
            slots=slots,
            provision=provision,
            words=at.text(words, "--words"),
        )
        return at.show(done, consultation_id=own_id_of(done, "consultation_id"))


def heard(
    id_: Id,
    position: Position,
    /,
    *,
    words: str | None = None,
    oral: Annotated[bool, Parameter(negative="")] = False,
    which: Which = None,
    acting: Acting = Acting(),
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
                "heard",
                consultation_id=which,
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
    acting: Acting = Acting(),
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
                "conclude",
                consultation_id=which,
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
    acting: Acting = Acting(),
) -> int:
    """Records that somebody consulted asked for a review of the decision, or how it ended.

    Parameters
    ----------
    what
        What happened.
    body
        Who reviews it, where it is sought. Kept for ever in clear: name nobody.
    words
        What is to be said of it.
    """
    with desk(id_, acting) as at:
        said = at.text(words, "--words")
        if what != "sought":
            upheld = what == "upheld"
            return at.show(at.ask("end-review", consultation_id=which, upheld=upheld, words=said))
        if body is None:
            raise InvalidCommand("Say who reviews it: give --body.")
        return at.show(at.ask("seek-review", consultation_id=which, body=body, words=said))
