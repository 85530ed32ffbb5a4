"""Inquiries from the command line: opened with their hold, answered question by question, watched, and closed."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from cyclopts import Parameter

from api.cli.edge import DONE
from api.cli.inquiries.asking import Inquiry, Words, ask_inquiry
from api.cli.inquiries.files import write_file
from api.cli.inquiries.shown import show_inquiries, show_inquiry
from api.cli.ledgers import office_days, opened
from api.cli.reading.asked_at import AskedThen
from api.cli.wording.in_french import Spoken
from api.cli.wording.spoken import speaking
from api.cli.writing.acting import Acting
from api.cli.writing.recording import show_receipt
from api.moments import date_of, id_of
from api.verbs import Around
from ledger.commands import Command
from ledger.entry import Receipt
from ledger.errors import NotAuthorised
from ledger.policy.acting.roles import roles_of
from ledger.registers.inquiries.answering import (
    Fault,
)
from ledger.registers.inquiries.opening import (
    OpenInquiry,
)

_MAY_SEE = frozenset({"liaison", "ombudsman"})


def show(
    inquiry: Annotated[str | None, Parameter(name="INQUIRY")] = None,
    /,
    *,
    language: Spoken = "en",
    acting: Acting = Acting(),
    asked: AskedThen = AskedThen(),
) -> int:
    """Lists the inquiries and how each stands, or tells what happened in one, to whom that concerns.

    Parameters
    ----------
    inquiry
        One inquiry, with its questions and recommendations.
    """
    with speaking(language), opened() as ledger:
        policies, now = ledger.policies(), ledger.clock()
        actor = acting.actor(ledger, policies)
        if not _MAY_SEE & {*roles_of(policies.in_force(now).policy, actor)}:
            raise NotAuthorised(
                "Inquiries are for link officers and the office that inquires: ask one of them."
            )
        when = asked.instants(office_days(policies), now=now)
        if inquiry is None:
            show_inquiries(ledger, when, actor=actor, as_json=acting.as_json)
        else:
            inquiry_id = id_of(inquiry, option="INQUIRY")
            show_inquiry(ledger, inquiry_id, when, actor=actor, as_json=acting.as_json)
    return DONE


def open(
    *refs: Annotated[str, Parameter(name="REF")],
    office: Annotated[str, Parameter(name="--office")],
    reference: Annotated[str, Parameter(name="--reference")],
    recipient: Annotated[str, Parameter(name="--recipient")],
    purpose: Annotated[str, Parameter(name="--purpose")],
    expires: Annotated[str, Parameter(name="--expires")],
    acting: Acting = Acting(),
) -> int:
    """Opens an inquiry about named cases, which its hold keeps and which may be read within it until it expires.

    Parameters
    ----------
    refs
        The cases it is about.
    office
        The code of the office that inquires.
    reference
        Its own reference; '-' reads it from standard input, '@FILE' from a file.
    recipient
        Who receives the answer; '-' and '@FILE' as above.
    purpose
        What it inquires into; '-' and '@FILE' as above.
    expires
        Until when it may be read: an instant, or a date (the end of that day at the office).
    """
    return ask_inquiry(
        "open",
        acting,
        shown=partial(_show_opened, acting),
        cases=refs,
        office=office,
        reference=reference,
        recipient=recipient,
        purpose=purpose,
        expires_at=expires,
    )


def extend(
    inquiry: Inquiry,
    /,
    *,
    until: Annotated[str, Parameter(name="--until")],
    reasons: Annotated[str, Parameter(name="--reasons")],
    acting: Acting = Acting(),
) -> int:
    """Records that the office that inquires gave more time for the reply.

    Parameters
    ----------
    until
        The last day.
    reasons
        Why; '-' reads it from standard input, '@FILE' from a file.
    """
    until_on = date_of(until, option="--until")
    return ask_inquiry("extend", acting, inquiry, until_on=until_on, reasons=reasons)


def ask(
    inquiry: Inquiry,
    words: Annotated[str, Parameter(name="WORDS")],
    /,
    *,
    acting: Acting = Acting(),
) -> int:
    """Records a question of the office that inquires.

    Parameters
    ----------
    words
        The question; '-' reads it from standard input, '@FILE' from a file.
    """
    return ask_inquiry("ask", acting, inquiry, words=words)


def answer(
    inquiry: Inquiry,
    question: Annotated[str, Parameter(name="QUESTION", help="The id of the question.")],
    words: Annotated[str, Parameter(name="WORDS")],
    /,
    *,
    fault: Fault = "not_said",
    cites: Annotated[tuple[str, ...], Parameter(name="--cites")] = (),
    acting: Acting = Acting(),
) -> int:
    """Answers a question; an answer given before stays on record.

    Parameters
    ----------
    words
        The answer; '-' reads it from standard input, '@FILE' from a file.
    fault
        Whether the office accepts fault.
    cites
        An entry that shows it, as REF:VERSION; give it again for another.
    """
    question_id = id_of(question, option="QUESTION")
    return ask_inquiry(
        "answer", acting, inquiry, question_id=question_id, words=words, fault=fault, cites=cites
    )


def close(
    inquiry: Inquiry,
    /,
    *,
    words: Words = None,
    acting: Acting = Acting(),
) -> int:
    """Closes an inquiry, and releases its hold; what was accepted stays owed, and watched."""
    return ask_inquiry("close", acting, inquiry, words=words)


def file(
    inquiry: Inquiry,
    /,
    *,
    out: Annotated[str | None, Parameter(name="--out")] = None,
    adjustments: Annotated[bool, Parameter(name="--adjustments", negative="")] = False,
    language: Spoken = "en",
    acting: Acting = Acting(),
    asked: AskedThen = AskedThen(),
) -> int:
    """Tells what the first letter asks, row by row, each answer citing its entries; all it opens is recorded.

    Parameters
    ----------
    out
        A new file for it, as JSON; shown if left out.
    adjustments
        Open what was adjusted for somebody too, which lies in a compartment of its own.
    """
    with speaking(language), opened() as ledger:
        actor = acting.actor(ledger)
        write_file(
            ledger,
            id_of(inquiry, option="INQUIRY"),
            asked.instants(office_days(ledger.policies()), now=ledger.clock()),
            actor=actor,
            out=out,
            adjustments=adjustments,
            as_json=acting.as_json,
        )
    return DONE


def _show_opened(acting: Acting, _around: Around, command: Command, receipt: Receipt) -> None:
    assert isinstance(command, OpenInquiry)
    show_receipt(
        receipt,
        as_json=acting.as_json,
        inquiry_id=command.inquiry_id,
        hold_id=command.hold_id,
    )
