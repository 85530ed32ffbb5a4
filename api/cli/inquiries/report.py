"""What follows an inquiry's questions, from the command line: drafts, recommendations, marks and privilege."""

from __future__ import annotations

from typing import Annotated, Literal

from cyclopts import Parameter

from api.cli.inquiries.asking import Inquiry, Ref, Words, ask_inquiry
from api.cli.writing.acting import Acting
from api.moments import date_of, id_of
from ledger.case.known.items import PrivilegeKind


def draft(
    inquiry: Inquiry,
    /,
    *,
    comments_by: Annotated[str, Parameter(name="--comments-by")],
    words: Words = None,
    acting: Acting = Acting(),
) -> int:
    """Records that a draft report came, and by when comments on it are wanted.

    Parameters
    ----------
    comments_by
        An instant, or a date (the end of that day at the office).
    """
    return ask_inquiry("draft", acting, inquiry, comments_by_at=comments_by, words=words)


def comment(
    inquiry: Inquiry,
    draft_id: Annotated[str, Parameter(name="DRAFT", help="The id of the draft.")],
    words: Annotated[str, Parameter(name="WORDS")],
    /,
    *,
    acting: Acting = Acting(),
) -> int:
    """Records what was said of a draft report.

    Parameters
    ----------
    words
        The comments; '-' reads them from standard input, '@FILE' from a file.
    """
    return ask_inquiry(
        "comment", acting, inquiry, draft_id=id_of(draft_id, option="DRAFT"), words=words
    )


def recommend(
    inquiry: Inquiry,
    words: Annotated[str, Parameter(name="WORDS")],
    /,
    *,
    due_on: Annotated[str, Parameter(name="--due-on")],
    acting: Acting = Acting(),
) -> int:
    """Records a recommendation, and by when it is to be answered.

    Parameters
    ----------
    words
        What is recommended; '-' reads it from standard input, '@FILE' from a file.
    due_on
        The day by which it is to be answered.
    """
    due = date_of(due_on, option="--due-on")
    return ask_inquiry("recommend", acting, inquiry, due_on=due, words=words)


def respond(
    inquiry: Inquiry,
    recommendation: Annotated[str, Parameter(name="RECOMMENDATION", help="Its id.")],
    answered: Annotated[Literal["accepted", "refused"], Parameter(name="ANSWER")],
    /,
    *,
    due_on: Annotated[str | None, Parameter(name="--due-on")] = None,
    reasons: Annotated[str | None, Parameter(name="--reasons")] = None,
    acting: Acting = Acting(),
) -> int:
    """Accepts a recommendation, or refuses it.

    Parameters
    ----------
    answered
        Accepted or refused.
    due_on
        The day by which what is accepted will be done.
    reasons
        Why it is refused; '-' reads it from standard input, '@FILE' from a file.
    """
    return ask_inquiry(
        "respond",
        acting,
        inquiry,
        recommendation_id=id_of(recommendation, option="RECOMMENDATION"),
        answer=answered,
        due_on=date_of(due_on, option="--due-on") if due_on else None,
        reasons=reasons,
    )


def done(
    inquiry: Inquiry,
    recommendation: Annotated[str, Parameter(name="RECOMMENDATION", help="Its id.")],
    /,
    *,
    words: Words = None,
    acting: Acting = Acting(),
) -> int:
    """Records that what was accepted is done."""
    recommendation_id = id_of(recommendation, option="RECOMMENDATION")
    return ask_inquiry("done", acting, inquiry, recommendation_id=recommendation_id, words=words)


def mark(
    inquiry: Inquiry,
    ref: Ref,
    version: Annotated[int, Parameter(name="VERSION", help="The version of the entry.")],
    /,
    *,
    share: Annotated[bool, Parameter(name="--share", negative="--no-share")] = False,
    reason: Annotated[str | None, Parameter(name="--reason")] = None,
    acting: Acting = Acting(),
) -> int:
    """Says whether the complainant may be shown an entry.

    Parameters
    ----------
    share
        They may.
    reason
        Why not; '-' reads it from standard input, '@FILE' from a file.
    """
    return ask_inquiry(
        "mark", acting, inquiry, case_id=ref, version=version, share=share, reason=reason
    )


def privileged(
    inquiry: Inquiry,
    ref: Ref,
    version: Annotated[int, Parameter(name="VERSION", help="The version of the entry.")],
    /,
    *,
    privilege: Annotated[PrivilegeKind, Parameter(name="--privilege")],
    on: Annotated[str, Parameter(name="--on")],
    author: Annotated[str, Parameter(name="--author")],
    recipients: Annotated[str, Parameter(name="--recipients")],
    nature: Annotated[str, Parameter(name="--nature")],
    holder: Annotated[str, Parameter(name="--holder")],
    waived: Annotated[bool, Parameter(name="--waived", negative="")] = False,
    acting: Acting = Acting(),
) -> int:
    """Enters an entry in the privilege log; the file then leaves it out, unless its holder waived that.

    Parameters
    ----------
    privilege
        Of which kind.
    on
        The date of the advice.
    author
        Who wrote it.
    recipients
        To whom.
    nature
        What it is, in general.
    holder
        Whose privilege it is.
    waived
        The holder waived it for the recipient of this inquiry.
    """
    return ask_inquiry(
        "privileged",
        acting,
        inquiry,
        case_id=ref,
        version=version,
        privilege=privilege,
        on=date_of(on, option="--on"),
        author=author,
        recipients=recipients,
        nature=nature,
        holder=holder,
        waived=waived,
    )
