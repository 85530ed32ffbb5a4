"""Notices: what the office writes to people from its templates; sent, given, or failed, each an entry.

A clock that a notice answers stops when the notice is given (decision table, row 25). One that proves
to have failed was never given: the clock that relied on it goes on as if it had never stopped, and an
alarm is raised.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from ledger.case.alarms import alarm, raise_at_once
from ledger.case.authority import kind_of, refuse_machine
from ledger.case.clocks.foretelling import told_clock
from ledger.case.clocks.lapsing import lapses_by_notice
from ledger.case.clocks.running import arm_clocks, reopen_clocks
from ledger.case.clocks.stopping import stop_clocks
from ledger.case.contact.filling import filled, of_what_is_said
from ledger.case.contact.telling import (
    OF_A_DECISION,
    gives_no_more,
    of_an_earlier_decision,
    refuse_undecided,
)
from ledger.case.in_words import InWords, Words
from ledger.case.known.answered import Notice
from ledger.case.known.answers import not_one_of
from ledger.case.known.approvals import Ground, word_since
from ledger.case.known.chases import told, untold, warned
from ledger.case.passages import refuse_not_there, shared_notice
from ledger.case.people.recorded import refuse_stranger
from ledger.case.people.represented import (
    for_requester,
    refuse_former_representative,
    refuse_the_dead,
)
from ledger.case.people.safe_contact import refuse_forbidden
from ledger.case.state import Case, Decision, changed, decides, evolves, evolves_by_whom, reached
from ledger.commands import CaseCommand, Circumstances, since_then
from ledger.entry import Entry, Happened
from ledger.errors import InvalidCommand, Refusal, UnlawfulTransition
from ledger.facts import Fact, Personal, PersonalText, fact
from ledger.input.quoting import quoted
from ledger.policy.document.notices import NoticeKind, Template
from ledger.policy.in_force import PolicyVersion
from ledger.policy.telling.templates import ACTS, STATES_RIGHTS, filling, lacking, of_its_own
from ledger.policy.values import Language
from ledger.times import Instant

FailureReason = Literal["bounced", "returned", "unreachable", "wrong_recipient", "not_accessible"]
OF_WHAT_IS_MISSING = frozenset({"information_request", "lapse"})
"""Kinds of notice by which whoever is chased was told."""


@fact
class NoticeIssued(Fact):
    """A notice was sent, of this version of its template: what it says, in which language, how and to whom."""

    notice_id: UUID
    kind: NoticeKind
    template: str
    template_version: str
    policy: str
    language: Language
    channel: str
    recipient: UUID | None
    to_requester: bool
    about: UUID | None
    """The request for information or the decision that it tells of."""
    clock: str | None
    rights_stated: bool
    subject: Annotated[PersonalText, Personal("recipient")]
    words: Annotated[PersonalText, Personal("recipient")]
    lapses_at: Instant | None = None
    """The end of the day by which the requester is to answer, of a notice that the request lapses."""
    extends_by: int | None = None
    """By how much the clock is extended, in its own unit, as the notice tells."""


@fact
class NoticeGiven(Fact):
    """A notice reached its recipient, or counts as having reached them; with it these acts are done."""

    notice_id: UUID
    acts: tuple[str, ...]


@fact
class NoticeFailed(Fact):
    """A notice did not reach its recipient, whatever was thought before; `undone` are the acts that it had done.

    `replied` says whether the requester has had a reply all the same.
    """

    notice_id: UUID
    reason: FailureReason
    undone: tuple[str, ...]
    replied: bool
    words: PersonalText


class IssueNotice(InWords):
    """Send a notice from a template of the policy, in the case's language of correspondence."""

    named: ClassVar[str | None] = "values"

    notice_id: UUID
    template: str
    channel: str
    values: Mapping[str, str] = {}
    recipient: UUID | None = None
    language: Language | None = None
    about: UUID | None = None
    clock: str | None = None
    evidence: tuple[UUID, ...] = since_then(())
    approved_by: str | None = since_then()
    extends_by: int | None = since_then(ge=1, le=100_000)


class RecordNoticeGiven(CaseCommand):
    """Record that a notice reached its recipient."""

    notice_id: UUID
    evidence: tuple[UUID, ...] = since_then(())
    approved_by: str | None = since_then()


class RecordNoticeFailed(InWords):
    """Record that a notice did not reach its recipient: it bounced, came back, or went to somebody else."""

    notice_id: UUID
    reason: FailureReason
    words: Words | None = None


@decides(IssueNotice)
def issue_notice(case: Case, asked: IssueNotice, around: Circumstances) -> Sequence[Happened]:
    """A notice is of a template that exists in every language of the office, and goes by a channel that is safe."""
    if asked.notice_id in case.known().notices:
        return ()
    version = around.policies.in_force(around.now)
    template = _template(case, asked.template, version)
    if asked.channel not in version.policy.channels:
        raise InvalidCommand(not_one_of("a channel", asked.channel, version.policy.channels))
    own = asked.recipient in (None, case.requester)
    refuse_stranger(case, asked.recipient, around)
    refuse_forbidden(case, asked.channel, around, party=asked.recipient)
    refuse_the_dead(case, asked.recipient, around)
    refuse_former_representative(case, asked.recipient, around)
    _refuse_out_of_turn(case, asked, template, around)
    language = _language(case, asked, version, to_requester=own)
    text = template.texts[language]
    about = told_clock(case, template.kind, around, named=asked.clock, by=asked.extends_by)
    values = filled(case, template, language, around, given=asked.values, about=about)
    refuse_not_there(asked.values, asked.passages)
    subject, words = filling(text, values)
    passages = of_what_is_said(asked.passages, asked.values, values)
    to_requester = own or for_requester(case, asked.recipient, around)
    warns = template.kind == "lapse" and to_requester
    decision = Decision(case, around)
    decision.happens(
        NoticeIssued(
            notice_id=asked.notice_id,
            kind=template.kind,
            template=asked.template,
            template_version=template.version,
            policy=version.digest,
            language=language,
            channel=asked.channel,
            recipient=asked.recipient or case.requester,
            to_requester=to_requester,
            about=asked.about,
            clock=about.clock,
            rights_stated=text.rights is not None,
            subject=shared_notice(case, subject, passages),
            words=shared_notice(case, words, passages),
            lapses_at=lapses_by_notice(case, around, clock=asked.clock) if warns else None,
            extends_by=asked.extends_by,
        )
    )
    if template.given_on_sending:
        _give(decision, asked.notice_id, Ground(asked.evidence, asked.approved_by))
    return decision.happened


@decides(RecordNoticeGiven)
def record_notice_given(
    case: Case, asked: RecordNoticeGiven, around: Circumstances
) -> Sequence[Happened]:
    """A notice is given once, after it was sent; what asks for it is then done."""
    notice = _issued(case, asked.notice_id, around)
    if notice.failed_at is not None:
        raise UnlawfulTransition(
            "This notice failed: issue another one, and record that that one was given.",
            rule="failed-notice-is-not-given",
        )
    if notice.given_at is not None:
        return ()
    decision = Decision(case, around)
    _give(decision, asked.notice_id, Ground(asked.evidence, asked.approved_by))
    return decision.happened


@decides(RecordNoticeFailed)
def record_notice_failed(
    case: Case, asked: RecordNoticeFailed, around: Circumstances
) -> Sequence[Happened]:
    """A notice fails once; the clocks that stopped by it go on, unless another notice did the same."""
    notice = _issued(case, asked.notice_id, around)
    if notice.failed_at is not None:
        return ()
    failed = replace(notice, failed_at=around.effective_at)
    after = changed(case, notices={**case.notices, asked.notice_id: failed})
    standing = [
        each
        for each in after.notices.values()
        if each.stands and not of_an_earlier_decision(each, case)
    ]
    done = {act for each in standing for act in each.acts}
    undone = tuple(act for act in notice.acts if act not in done)
    decision = Decision(case, around)
    decision.happens(NoticeFailed(**asked.for_fact(), undone=undone, replied=after.replied))
    if undone and case.status == "open":
        reopen_clocks(decision, notice.given_at, "continue", acts=undone)
    raise_at_once(decision, "notice_failed", str(asked.notice_id))
    return decision.happened


def _give(decision: Decision, notice_id: UUID, ground: Ground) -> None:
    notice = decision.case.notices[notice_id]
    does = notice.to_requester and not gives_no_more(notice, decision.case)
    done = ACTS.get(notice.kind, ()) if does else ()
    decision.happens(NoticeGiven(notice_id=notice_id, acts=done))
    if done and decision.case.status == "open":
        stop_clocks(decision, *done, ground=ground)
        arm_clocks(decision)


def _template(case: Case, code: str, version: PolicyVersion) -> Template:
    """The template; refused if it is not there, not for the type, or not in every language of the office."""
    policy = version.policy
    found = policy.templates.get(code)
    if found is None:
        raise InvalidCommand(not_one_of("a template", code, policy.templates))
    if not found.is_for(case.request_type):
        raise Refusal(
            f"The template {code} is for {', '.join(found.types)}: use one for this type of case.",
            rule="template-of-the-type",
        )
    own = of_its_own(policy, case.request_type, found.kind)
    if found.kind in STATES_RIGHTS and own and code not in own:
        raise Refusal(
            f"Cases of this type have rights of their own: use {', '.join(own)} instead of {code}.",
            rule="rights-of-the-type",
        )
    if lacks := lacking(found, policy.office.languages):
        raise Refusal(
            f"The template {code} does not exist in {', '.join(lacks)}: publish it in every language "
            "of the office before it is used.",
            rule="template-in-every-language",
        )
    return found


def _refuse_out_of_turn(
    case: Case, asked: IssueNotice, template: Template, around: Circumstances
) -> None:
    """Refuses a notice of something that did not happen, and a machine what is for a person."""
    if case.received_at is not None and around.effective_at < case.received_at:
        raise InvalidCommand(
            "The case was received later, so no notice went out then: give a later time."
        )
    kind = kind_of(case, around)
    judged = kind is not None and (kind.judgement or kind.person_confirms)
    if judged and template.kind in OF_A_DECISION:
        refuse_machine(
            around,
            said="A machine gives nobody a decision that takes judgement: let a person issue it.",
        )
    refuse_undecided(case, template.kind, asked.about)
    if asked.clock is not None and asked.clock not in case.clocks:
        there = ", ".join(sorted(case.clocks)) or "none"
        raise InvalidCommand(
            f"The case has no clock {quoted(asked.clock, otherwise='so called')}; it has {there}."
        )
    known = {*case.asked, *case.decisions}
    if asked.about is not None and asked.about not in known:
        raise Refusal(
            "The notice is about a request or a decision that is not on this case: name one that is.",
            rule="notice-about-the-case",
        )


def _language(
    case: Case, asked: IssueNotice, version: PolicyVersion, *, to_requester: bool
) -> Language:
    """The language of correspondence; another one only for a recipient other than the requester."""
    languages = version.policy.office.languages
    own: Language | None = next((each for each in languages if each == case.language), None)
    if asked.language is None:
        return own or languages[0]
    if asked.language not in languages:
        raise InvalidCommand(
            f"{quoted(asked.language)} is not a language of the office; it writes {', '.join(languages)}."
        )
    if to_requester and own is not None and asked.language != own:
        raise Refusal(
            f"The language of correspondence of this case is {own}: leave the language out, or "
            "classify the case anew with the other one.",
            rule="language-of-correspondence",
        )
    return asked.language


def _issued(case: Case, notice_id: UUID, around: Circumstances) -> Notice:
    found = case.known().notices.get(notice_id)
    if found is None:
        raise UnlawfulTransition(
            "No such notice was issued on this case: name one that was.", rule="of-an-issued-notice"
        )
    since = max(found.issued_at, found.given_at or found.issued_at)
    if around.effective_at < since:
        raise InvalidCommand(
            "A notice is given or fails after it was sent, not before: give a later time."
        )
    return found


@evolves(NoticeIssued)
def _sent(case: Case, issued: NoticeIssued, at: datetime) -> Case:
    latest = case.decided.decision_id if case.decided is not None else None
    tells_of = issued.about if issued.about in case.decisions else latest
    to_requester, clock = issued.to_requester, issued.clock
    notice = Notice(
        issued.kind,
        issued.channel,
        to_requester,
        at,
        clock=clock,
        decision_id=tells_of,
        lapses_at=issued.lapses_at,
        extends_by=issued.extends_by,
        resolutions=case.resolutions,
    )
    promises = case.promises.kept() if issued.to_requester else case.promises
    return changed(case, notices={**case.notices, issued.notice_id: notice}, promises=promises)


@evolves_by_whom(NoticeGiven)
def _given(case: Case, given: NoticeGiven, happened: Happened | Entry) -> Case:
    at = happened.context.effective_at
    notice = case.notices.get(given.notice_id)
    if notice is None:
        return case
    notice = replace(notice, given_at=at, known_at=word_since(happened), acts=given.acts)
    notices = {**case.notices, given.notice_id: notice}
    tells = notice.to_requester and notice.kind in OF_WHAT_IS_MISSING
    chase = warned(told(case.chase, happened), notice.lapses_at) if tells else case.chase
    return reached(changed(case, notices=notices, chase=chase), *given.acts, at=at)


@evolves(NoticeFailed)
def _failed(case: Case, failed: NoticeFailed, at: datetime) -> Case:
    notice = case.notices.get(failed.notice_id)
    if notice is None:
        return case
    notices = {**case.notices, failed.notice_id: replace(notice, failed_at=at)}
    done = {act: when for act, when in case.milestones.items() if act not in failed.undone}
    told_at = notice.given_at if notice.kind in OF_WHAT_IS_MISSING else None
    chase = untold(case.chase, told_at) if told_at is not None else case.chase
    return changed(case, notices=notices, milestones=done, chase=chase)


def _not_made_good(case: Case, around: Circumstances) -> bool:
    """Whether a notice failed and no other of its kind went out since."""
    notices = case.notices.values()
    return any(
        failed.failed_at is not None
        and not any(
            each.kind == failed.kind
            and each.failed_at is None
            and each.issued_at >= failed.failed_at
            for each in notices
        )
        for failed in notices
    )


alarm(
    "notice_failed",
    _not_made_good,
    of="any",
    party=lambda case: "owner" if case.owner else "leader" if case.team else "dispatcher",
)
