"""The fee of a disclosure from the command line: estimated, waived, paid, refunded, settled."""

from __future__ import annotations

import re
from typing import Annotated

from cyclopts import Parameter

from api.cli.disclosures.asking import Asked, Desk, Id, built, desk
from api.cli.disclosures.fee_shown import fee_said
from api.cli.showing import say
from api.cli.writing.acting import Acting
from api.verbs.disclosures import disclosure_as_it_stands
from ledger.errors import InvalidCommand
from ledger.registers.disclosures.fees import FeeLine, Waiver

_LINE = re.compile(r"^(\w+):(\d+)(?:-(\d+))?:(\w+):(\d+)$")
Lines = Annotated[
    tuple[str, ...],
    Parameter(
        name="--line",
        negative="",
        help="BASIS:QUANTITY:UNIT:CENTS, such as search:9-6:half_hour:1500 of which 6 are free; repeat for each.",
    ),
]


def _line(said: str) -> FeeLine:
    found = _LINE.match(said)
    if found is None:
        raise InvalidCommand(
            f"'{said}' is no line of a fee: write BASIS:QUANTITY:UNIT:CENTS, such as copying:138:page:20."
        )
    basis, quantity, free, unit, cents = found.groups()
    return built(
        FeeLine,
        basis=basis,
        quantity=int(quantity),
        free=int(free or 0),
        unit=unit,
        rate_cents=int(cents),
    )


def estimate(
    id_: Id,
    /,
    *,
    lines: Lines,
    deposit_cents: int = 0,
    refuses: Annotated[bool, Parameter(negative="")] = False,
    words: str | None = None,
    acting: Acting = Acting(),
) -> int:
    """Estimates the fee line by line; the request waits for it, as its law has it.

    Parameters
    ----------
    deposit_cents
        What is asked for in advance, in cents.
    refuses
        The request is refused because it would cost more than the law's limit.
    words
        What the applicant is told.
    """
    with desk(id_, acting) as at:
        done = at.ask(
            "estimate",
            lines=tuple(map(_line, lines)),
            deposit_cents=deposit_cents,
            refuses=refuses,
            words=at.text(words, "--words"),
        )
        return _show(at, done)


def pay(id_: Id, cents: int, /, *, acting: Acting = Acting()) -> int:
    """Records that something was paid; once nothing is owed, or the deposit is met, the request waits no more.

    Parameters
    ----------
    cents
        How much, in cents.
    """
    with desk(id_, acting) as at:
        return _show(at, at.ask("pay", paid_cents=cents))


def waiver(
    id_: Id,
    decided: Annotated[Waiver | None, Parameter(name="DECISION")] = None,
    /,
    *,
    words: str,
    cents: int | None = None,
    acting: Acting = Acting(),
) -> int:
    """Records that the applicant asks not to be charged or, with a decision, how much is waived.

    Parameters
    ----------
    decided
        What was decided; left out, a waiver is asked for.
    words
        The grounds, or the reason of the decision; '-' or '@FILE' reads them.
    cents
        How much is waived, in cents, if it is a part.
    """
    with desk(id_, acting) as at:
        said = at.text(words, "--words")
        if decided is None:
            return _show(at, at.ask("waiver", words=said))
        done = at.ask("decide-waiver", waiver=decided, waived_cents=cents, reason=said)
        return _show(at, done)


def refund(id_: Id, cents: int, reason: str, /, *, acting: Acting = Acting()) -> int:
    """Records that something was given back.

    Parameters
    ----------
    cents
        How much, in cents.
    reason
        Why.
    """
    with desk(id_, acting) as at:
        done = at.ask("refund", refunded_cents=cents, reason=at.text(reason, "REASON"))
        return _show(at, done)


def settle(id_: Id, /, *, lines: Lines, acting: Acting = Acting()) -> int:
    """Records what it really took, line by line, beside the estimate."""
    with desk(id_, acting) as at:
        return _show(at, at.ask("settle", lines=tuple(map(_line, lines))))


def _show(at: Desk, done: Asked) -> int:
    """Shows the receipt and, to people, how the fee stands now."""
    code = at.show(done)
    if not at.acting.as_json:
        say(fee_said(disclosure_as_it_stands(at.ledger, at.disclosure_id).fees, at.currency))
    return code
