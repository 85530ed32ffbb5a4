"""Beginning a disclosure from the command line: its scope, what is asked of the applicant, what was searched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from cyclopts import Parameter

from api.cli.disclosures.asking import Id, asked, desk, disclosure_meant, own_id_of, surroundings
from api.cli.ledgers import office_days
from api.cli.writing.acting import Acting
from api.cli.writing.given_words import GivenWords
from api.cli.writing.recording import show_receipt
from api.moments import date_of, moment_of
from ledger.policy.document.disclosing import Audience
from ledger.registers.disclosures.opening import ApplicantClass, DrawnStream, DrawScope
from ledger.registers.disclosures.searching import Activity
from ledger.service import Ledger


def begin(
    ref: Annotated[str, Parameter(name="REF", help="The reference of the request, a case.")],
    /,
    *,
    audience: Audience = "applicant",
    applicant_class: ApplicantClass | None = None,
    party: str | None = None,
    publishes: str | None = None,
    acting: Acting = Acting(),
) -> int:
    """Begins the answer to a request for information.

    Parameters
    ----------
    audience
        For whom it is: who asked, the person it is about, everybody, or a regulator.
    applicant_class
        What the applicant is.
    party
        The person it is about, where they ask for what is held about them.
    publishes
        The disclosure whose answer is given to everybody: its id, or the reference of its request.
    """
    with surroundings(acting, {}) as around:
        given: dict[str, Any] = {
            "case_id": around.ledger.find_case(ref),
            "audience": audience,
            "applicant_class": applicant_class,
            "party": party,
            "publishes": publishes and _published(around.ledger, publishes),
        }
        done = asked("begin", replace(around, given=given), acting)
        disclosure_id = done.receipt.subject_id
        show_receipt(done.receipt, as_json=acting.as_json, disclosure_id=str(disclosure_id))
    return 0


def _published(ledger: Ledger, said: str) -> UUID:
    """The disclosure whose answer is published: one that publishes another has none of its own."""
    return disclosure_meant(ledger, said, among=lambda each: each.audience != "publication")


def end(id_: Id, reason: str, /, *, acting: Acting = Acting()) -> int:
    """Ends a disclosure that was begun by mistake and answered nobody; the request waits no more for what it asked.

    Parameters
    ----------
    reason
        Why; '-' or '@FILE' reads it.
    """
    with desk(id_, acting) as at:
        return at.show(at.ask("end", reason=at.text(reason, "REASON")))


def clarify(id_: Id, words: str, /, *, acting: Acting = Acting()) -> int:
    """Asks the applicant what is meant; the request waits for the answer.

    Parameters
    ----------
    words
        What is asked; '-' or '@FILE' reads it.
    """
    with desk(id_, acting) as at:
        return at.show(at.ask("clarify", words=at.text(words, "WORDS")))


def scope(
    id_: Id,
    /,
    *,
    cases: Annotated[tuple[str, ...], Parameter(name="--case", negative="")] = (),
    from_at: Annotated[str | None, Parameter(name="--from")] = None,
    until_at: Annotated[str | None, Parameter(name="--until")] = None,
    topics: Annotated[tuple[str, ...], Parameter(name="--topic", negative="")] = (),
    words: str | None = None,
    acting: Acting = Acting(),
) -> int:
    """Says what the disclosure covers, and draws it from the ledger; where a person asks for their own, all of it.

    Parameters
    ----------
    cases
        The reference of a case; repeat for each, or @FILE with one a line.
    from_at
        Only what was known from then on: an instant, or a date.
    until_at
        Only what was known before: an instant, or a date (its end at the office).
    topics
        Only entries of this kind, such as NoteAdded; repeat for each.
    words
        The scope in words, as it was agreed; '-' or '@FILE' reads it.
    """
    with desk(id_, acting) as at:
        named = tuple(at.ledger.find_case(each) for each in _references(cases, at.words))
        days = office_days(at.around.policies)
        begins = moment_of(from_at, option="--from", days=days) if from_at else None
        ends = moment_of(until_at, option="--until", days=days) if until_at else None
        if from_at and len(from_at) == len("2026-03-02"):
            begins = days.begin(date_of(from_at, option="--from"))
        done = at.ask(
            "scope",
            cases=named,
            from_at=begins,
            until_at=ends,
            topics=topics,
            words=at.text(words, "--words"),
        )
        found: tuple[DrawnStream, ...] = ()
        if named or at.state.party is not None:
            done = at.step("draw")
            assert isinstance(done.command, DrawScope)
            found = done.command.streams
        entries = sum(len(each.entries) for each in found)
        slots = sum(len(entry.personal) for each in found for entry in each.entries)
        return at.show(done, streams=len(found), entries=entries, personal_slots=slots)


def _references(said: tuple[str, ...], words: GivenWords) -> Iterator[str]:
    for each in said:
        if each.startswith("@"):
            yield from words.text(each, option="--case").split()
        else:
            yield each


def search(
    id_: Id,
    custodian: str,
    found: int,
    /,
    *,
    tasked_on: str,
    systems: Annotated[tuple[str, ...], Parameter(name="--system", negative="")],
    terms: str,
    minutes: int,
    covers_from: str | None = None,
    covers_until: str | None = None,
    nil_signed_by: str | None = None,
    acting: Acting = Acting(),
) -> int:
    """Logs what a custodian searched and how much was found; who found nothing signs for it.

    Parameters
    ----------
    custodian
        Who searched, by a code: a team's, a member's, a system's.
    found
        How many records were found.
    tasked_on
        The date on which they were asked to.
    systems
        Where they searched; repeat for each. Kept for ever in clear: name nobody.
    terms
        What they searched for; '-' or '@FILE' reads it.
    minutes
        How long it took.
    covers_from
        The first date that the search covers.
    covers_until
        The last date that the search covers.
    nil_signed_by
        Who signed that nothing was found, by the code of a member.
    """
    with desk(id_, acting) as at:
        done = at.ask(
            "search",
            custodian=custodian,
            tasked_on=date_of(tasked_on, option="--tasked-on"),
            systems=systems,
            covers_from_on=_date(covers_from, "--covers-from"),
            covers_until_on=_date(covers_until, "--covers-until"),
            found=found,
            nil_signed_by=nil_signed_by,
            minutes=minutes,
            terms=at.text(terms, "--terms"),
        )
        return at.show(done, search_id=own_id_of(done, "search_id"))


def _date(said: str | None, option: str) -> date | None:
    return date_of(said, option=option) if said else None


def time(
    id_: Id,
    activity: Activity,
    minutes: int,
    /,
    *,
    cost_cents: int | None = None,
    words: str | None = None,
    acting: Acting = Acting(),
) -> int:
    """Logs staff time spent on a disclosure.

    Parameters
    ----------
    activity
        What it was spent on.
    minutes
        How many minutes.
    cost_cents
        What it cost, in cents.
    words
        What was done.
    """
    with desk(id_, acting) as at:
        return at.show(
            at.ask(
                "time",
                activity=activity,
                minutes=minutes,
                cost_cents=cost_cents,
                words=at.text(words, "--words"),
            )
        )
