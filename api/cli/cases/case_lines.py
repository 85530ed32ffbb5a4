"""A case in lines: what was asked, with whom it is, what became of it, and what else there is to know of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo

from api.cli.reading.about_case import AboutCase
from api.cli.showing import Column, due, local, show_table, words
from api.cli.wording.coded import coded, fields_said, labelled, with_name
from api.cli.wording.in_french import told
from api.cli.wording.spoken import spoken
from ledger.policy.document.policy import Policy
from projections.one_case.details import CaseDetails, ErasureTold
from projections.one_case.further import AppealTold, ReviewTold
from projections.one_case.standing import CaseStanding
from projections.rows.case_rows import CaseRow
from projections.sentences.wording import Wording

Line = tuple[str, object]
"""What is told of a case, and what is so; a line that says nothing is left out."""


def show_case(about: AboutCase, standing: CaseStanding) -> None:
    """Prints how a case stands, a line each; what is not so has none."""
    zone, policy = about.zone, about.policy
    lines = (
        *_asked(standing, zone, policy),
        *_in_whose_hands(standing, zone, policy),
        *_what_became(standing, zone, policy),
        *_besides(standing, zone),
    )
    show_table(
        told("Case {reference}", reference=standing.case.reference),
        [Column(""), words("")],
        [(name, said) for name, said in lines if said],
        empty="",
    )


def _asked(standing: CaseStanding, zone: tzinfo, policy: Policy | None) -> Iterable[Line]:
    """What was asked, by whom it can be served and how, and how grave it is."""
    row, details = standing.case, standing.details
    return (
        (told("status"), told(standing.status.replace("_", " "))),
        (
            told("type"),
            row.request_type and with_name(row.request_type, policy, "types"),
        ),
        (
            told("received"),
            told(
                "{at} by {channel}",
                at=local(row.received_at, zone),
                channel=labelled("channel", details.channel, policy),
            ),
        ),
        (
            told("region"),
            details.region and with_name(details.region, policy, "regions"),
        ),
        (told("requester"), told("has died") if standing.requester_has_died else None),
        (told("language"), labelled("language", details.language, policy)),
        (told("interview in"), labelled("language", details.interview_language, policy)),
        (told("interpreter"), details.interpreter),
        (told("format"), details.format),
        (told("severity"), _severity(details, policy)),
        (told("said to be urgent"), details.urgency_stated and told("by the requester")),
        (
            told("flags"),
            ", ".join(labelled("flag", each, policy) or each for each in details.flags),
        ),
        (
            told("safe contact"),
            standing.safe_contact_is_settled
            and told("was settled: whoever contacts somebody is shown it"),
        ),
    )


def _in_whose_hands(standing: CaseStanding, zone: tzinfo, policy: Policy | None) -> Iterable[Line]:
    """With whom it is, what it waits for, and what the requester heard."""
    row, details = standing.case, standing.details
    return (
        (told("team"), row.team and with_name(row.team, policy, "teams")),
        (told("owner"), row.owner),
        (told("in transit to"), _handed_to(row, zone)),
        (told("to be confirmed"), _to_confirm(details, zone) if row.resolved_at is None else None),
        (told("waits for"), "; ".join(_waits(row, zone, policy))),
        (told("missing"), fields_said(details.missing_fields, policy)),
        (told("had our reply"), told("yes") if details.replied else told("not yet")),
        (told("letters out"), _out(standing, zone)),
    )


def _what_became(standing: CaseStanding, zone: tzinfo, policy: Policy | None) -> Iterable[Line]:
    """How it was decided and resolved, whether that has settled, and what is promised still."""
    row, details = standing.case, standing.details
    return (
        (told("decided"), _decided(standing, zone, policy)),
        (
            told("resolved"),
            row.resolved_at
            and told(
                "{what}, {at}",
                what=_outcome(details.outcome, policy),
                at=local(row.resolved_at, zone),
            ),
        ),
        (told("quiet until"), row.settles_at and due(row.settles_at, zone)),
        (told("settled"), details.settled_at and local(details.settled_at, zone)),
        (
            told("return proposed"),
            row.return_since and told("since {at}", at=local(row.return_since, zone)),
        ),
        (told("next contact by"), row.promised_at and due(row.promised_at, zone)),
    )


def _besides(standing: CaseStanding, zone: tzinfo) -> Iterable[Line]:
    """What is to be known before anybody relies on it: what is held, gone, late or corrected, and how it is tied."""
    row, details = standing.case, standing.details
    return (
        (told("on hold"), told("yes") if details.holds else None),
        (told("disposed of"), told("its content is erased") if row.disposed else None),
        (told("erased"), "; ".join(_erased(each, zone) for each in details.erasures)),
        (told("reopened"), _times(details.reopened) if details.reopened else None),
        (told("a clock ended late"), told("yes") if details.late else None),
        (
            told("corrected"),
            standing.corrected
            and told(
                "no. {versions}: `caseledger trail` says what is right",
                versions=", ".join(str(each) for each in standing.corrected),
            ),
        ),
        (
            told("linked"),
            "; ".join(
                told(
                    "{relation} case {other}",
                    relation=coded("relation", each.relation),
                    other=each.reference,
                )
                for each in standing.links
            ),
        ),
        (told("reviewed"), "; ".join(_reviewed(each) for each in details.reviews)),
        (told("appealed"), "; ".join(_appealed(each, zone) for each in details.appeals)),
        (told("from"), told("the history of another system") if row.imported else None),
        (told("version"), details.version),
    )


def _severity(details: CaseDetails, policy: Policy | None) -> str | None:
    """The level that was found, and by which criterion where one was named."""
    level, by = coded("severity", details.severity), details.severity_criterion
    if by is None:
        return level
    criterion = labelled("criterion", by, policy, among="severity")
    return told("{level}, by the criterion {criterion}", level=level, criterion=criterion)


def _outcome(code: str | None, policy: Policy | None) -> str | None:
    """An outcome of the policy, or what a review found."""
    known = policy is not None and code in policy.reasons.close
    return labelled(
        "outcome" if known else "finding", code, policy, among="close" if known else None
    )


def _waits(row: CaseRow, zone: tzinfo, policy: Policy | None) -> list[str]:
    """For what it waits, each with since when, what it waits for longest first."""
    return [
        told(
            "{what}, since {at}",
            what=labelled("reason", each.reason, policy, among="wait"),
            at=local(each.from_at, zone),
        )
        for each in sorted(row.waits, key=lambda wait: wait.from_at)
    ]


def _decided(standing: CaseStanding, zone: tzinfo, policy: Policy | None) -> str | None:
    """How it was decided last, by whom and when."""
    decided = standing.decided
    return decided and told(
        "{outcome} by {whom}, {at}",
        outcome=_outcome(decided.outcome, policy),
        whom=decided.decided_by,
        at=local(decided.decided_at, zone),
    )


def _to_confirm(details: CaseDetails, zone: tzinfo) -> str | None:
    """Who confirms where the case goes, and by when; nothing where nobody is to."""
    return details.confirm_team and told(
        "by {team}, until {at}: `caseledger confirm`",
        team=details.confirm_team,
        at=due(details.confirm_by, zone),
    )


def _erased(erasure: ErasureTold, zone: tzinfo) -> str:
    """What is gone, since when and on which authority; the entries from which it is gone stay."""
    what = "all that was personal" if erasure.extent == "case" else "what was about one person"
    return told(
        "{what}, {at}, on the authority of {authority}",
        what=told(what),
        at=local(erasure.erased_at, zone),
        authority=Wording(spoken()).value("authority", erasure.authority),
    )


def _appealed(appeal: AppealTold, zone: tzinfo) -> str:
    """To whom the decision was taken and when, and how that ended, if it has."""
    there = told(
        "to {taken_to}, {body}, {at}",
        taken_to=coded("taken_to", appeal.taken_to),
        body=appeal.body,
        at=local(appeal.taken_at, zone),
    )
    return f"{there}: {coded('ending', appeal.ending)}" if appeal.ending else there


def _reviewed(review: ReviewTold) -> str:
    """In which case, and what that found, if it has found anything yet."""
    there = told("in case {reference}", reference=review.reference)
    return f"{coded('finding', review.finding)}, {there}" if review.finding else there


def _out(standing: CaseStanding, zone: tzinfo) -> str | None:
    said = [
        f"{coded('kind', each.kind)} ({local(each.issued_at, zone)})"
        for each in standing.letters_out.values()
    ]
    if not said:
        return None
    return told("{letters}: `given` or `failed` says what became of it", letters=", ".join(said))


def _handed_to(row: CaseRow, zone: tzinfo) -> str | None:
    to = row.handed_to
    if to is None or row.accept_by is None:
        return to
    return told("{team}, to accept by {at}", team=to, at=due(row.accept_by, zone))


def _times(count: int) -> str:
    return told("1 time") if count == 1 else told("{count} times", count=count)
