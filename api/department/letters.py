"""What the department tells people, and they it: contacts, notices from its templates, and mail from machines."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from api.department.agenda import Doing
from api.department.desk import FORM, Desk
from api.department.matter import Matter
from ledger.case.contact.contacts import ACKNOWLEDGED, LogContact
from ledger.case.contact.notices import IssueNotice, RecordNoticeFailed, RecordNoticeGiven
from ledger.case.people.safe_contact import SAFE_CONTACT, SetSafeContact
from ledger.case.state import Case
from ledger.entry import Actor
from ledger.policy.document.notices import NoticeKind
from ledger.policy.telling.days import day_in_words
from ledger.policy.telling.templates import ACTS, gives_notice, of_its_own
from ledger.policy.values import Language
from ledger.registers.tray import HandleTrayItem, ReceiveMachineMail
from projections.comparing.persons import party_known, records_of

_ASKED: Mapping[Language, str] = {
    "en": "as told by telephone",
    "fr": "selon notre entretien téléphonique",
}
_NEWS = {"en": "Is there any news?", "fr": "Y a-t-il du nouveau?"}
_FAILS_PERCENT = 6
_TRIES = ("phone", "email", "letter", "desk")

Given = Generator[datetime, None, UUID | None]
"""Steps that answer the notice that was given in the end, if one was."""


def safe_channel(desk: Desk, matter: Matter, actor: Actor, *wished: str) -> str:
    """The first of these channels by which the requester may be reached, as every instruction for them has it.

    What they told at intake is read first, and said as the channel that it forbids.
    """
    case = desk.case(matter.case_id)
    if SAFE_CONTACT in case.flags and case.safe_contact is None:
        said = SetSafeContact(
            case_id=matter.case_id, instruction_id=next(desk.ids), channels=("letter",)
        )
        desk.ask(said, actor)
    set_for = desk.case(matter.case_id).safe_contact
    forbidden = set(set_for.channels) if set_for is not None else set[str]()
    store = desk.ledger.store
    for each in records_of(store, matter.party_id):
        told = party_known(store, each).safe_contact
        forbidden |= told.channels if told is not None else frozenset()
    known = [each for each in (*wished, *_TRIES) if each in desk.policy.channels]
    return next((each for each in known if each not in forbidden), known[0])


def reach_out(
    desk: Desk, matter: Matter, actor: Actor, words: str, *, kind: str = "new-information"
) -> bool:
    """A contact to the requester, who is reached for the most part."""
    reached = not desk.happens("nobody answers the telephone", 12)
    contact = LogContact(
        case_id=matter.case_id,
        contact_id=next(desk.ids),
        direction="outbound",
        channel=safe_channel(desk, matter, actor, "phone"),
        kinds=(kind,),
        reached=reached,
        minutes=desk.chance.randrange(3, 16),
        words=words,
        language=matter.language,
    )
    return desk.ask(contact, actor) is not None and reached


def hear(
    desk: Desk, matter: Matter, kind: str, words: str, *, channel: str | None = None
) -> UUID | None:
    """A contact from the requester, which whoever picks up at the contact centre logs."""
    contact_id = next(desk.ids)
    contact = LogContact(
        case_id=matter.case_id,
        contact_id=contact_id,
        direction="inbound",
        channel=channel or desk.chance.choice(("phone", "email")),
        kinds=(kind,),
        minutes=desk.chance.randrange(2, 12),
        words=words,
        language=matter.language,
    )
    clerk = desk.somebody("INT", language=matter.language)
    return contact_id if desk.ask(contact, clerk) is not None else None


def be_chased(desk: Desk, matter: Matter) -> None:
    """Somebody who waits asks where their case stands."""
    kind = "complaint" if desk.happens("asks angrily", 12) else "chase"
    hear(desk, matter, kind, _NEWS[matter.language])


def acknowledge(desk: Desk, matter: Matter, actor: Actor) -> Doing:
    """The requester is told that we have it: by the notice that is for that, else by word."""
    if gives_notice(desk.policy, desk.case(matter.case_id).request_type, ACKNOWLEDGED):
        yield from give_notice(desk, matter, actor, "acknowledgement")
    else:
        reach_out(desk, matter, actor, "We have your request.", kind="reassurance")


def give_notice(
    desk: Desk,
    matter: Matter,
    actor: Actor,
    kind: NoticeKind,
    *,
    about: UUID | None = None,
    clock: str | None = None,
    extends_by: int | None = None,
) -> Given:
    """A notice goes out and reaches its recipient; one that comes back is sent again by another way.

    Answers nothing where the department has no template of this kind for the case.
    """
    for wished in ("email", "letter"):
        channel = safe_channel(desk, matter, actor, wished)
        of = {"about": about, "clock": clock, "extends_by": extends_by}
        notice_id = _issue(desk, matter, actor, kind, channel, of=of)
        if notice_id is None:
            return None
        yield desk.working(1 if channel == "email" else 14)
        if channel == "email" and desk.happens("a notice comes back", _FAILS_PERCENT):
            yield from _bounced(desk, matter, actor, notice_id)
            continue
        notice = desk.case(matter.case_id).notices[notice_id]
        if notice.given_at is None:
            desk.ask(RecordNoticeGiven(case_id=matter.case_id, notice_id=notice_id), actor)
        return notice_id
    return None


def _issue(
    desk: Desk,
    matter: Matter,
    actor: Actor,
    kind: NoticeKind,
    channel: str,
    *,
    of: dict[str, Any],
) -> UUID | None:
    code = template_of(desk, matter, kind)
    if code is None or desk.has_died(matter.case_id):
        return None
    notice_id = next(desk.ids)
    values = {each: _value(desk, matter, each) for each in desk.policy.templates[code].asks}
    issue = IssueNotice(
        case_id=matter.case_id,
        notice_id=notice_id,
        template=code,
        channel=channel,
        values=values,
        **of,
    )
    return notice_id if desk.ask(issue, actor) is not None else None


def template_of(desk: Desk, matter: Matter, kind: NoticeKind) -> str | None:
    """The template of a kind that is for the case and says most of what is so; None if the department has none."""
    case = desk.case(matter.case_id)
    templates = desk.policy.templates
    own = of_its_own(desk.policy, case.request_type, kind)
    found = own or [
        code
        for code, each in templates.items()
        if each.kind == kind and each.is_for(case.request_type)
    ]
    unsaid = {"missing"} - ({"missing"} if case.missing else set())
    if not _promised(desk, case, kind):
        unsaid.add("due_on")
    if case.chase is None or case.chase.lapse is None:
        unsaid.add("lapses_on")
    says = {
        code: templates[code].texts[matter_language(desk, matter)].placeholders for code in found
    }
    fits = [code for code in found if not says[code] & unsaid]
    return max(fits, key=lambda code: ("missing" in says[code], len(says[code])), default=None)


def _promised(desk: Desk, case: Case, kind: NoticeKind) -> bool:
    """Whether the requester is promised a date that is ahead, besides what a notice of this kind does itself."""
    clocks = desk.policy.clocks
    terms = [
        clocks[code]
        for code, each in case.clocks.items()
        if each.open and each.due_at and each.due_at > desk.clock() and code in clocks
    ]
    done = {*ACTS.get(kind, ())}
    return any(
        each.sense == "deadline" and not each.shadow and done.isdisjoint(each.stops_on)
        for each in terms
    )


def matter_language(desk: Desk, matter: Matter) -> Language:
    """The language in which the department writes to a requester."""
    languages = desk.policy.office.languages
    own: Language | None = next((each for each in languages if each == matter.language), None)
    return own or languages[0]


def _value(desk: Desk, matter: Matter, asked: str) -> str:
    """What is filled in for a placeholder that the case does not know."""
    if asked.endswith(("_by", "_date", "_on")):
        return day_in_words(desk.today + timedelta(days=14), matter_language(desk, matter))
    return "25.00" if asked == "amount" else _ASKED[matter_language(desk, matter)]


def _bounced(desk: Desk, matter: Matter, actor: Actor, notice_id: UUID) -> Doing:
    """The mail server says that it could not be delivered: into the tray, and from there onto the case."""
    item_id = machine_mail(desk, "bounce", about=matter.case_id)
    yield desk.working(2)
    failed = RecordNoticeFailed(
        case_id=matter.case_id, notice_id=notice_id, reason="bounced", words="Mailbox not found."
    )
    desk.ask(failed, actor)
    handle_tray(desk, item_id, "notice_failed")


def machine_mail(
    desk: Desk,
    kind: Literal["auto_reply", "bounce", "robot", "other"],
    *,
    about: UUID | None = None,
) -> UUID:
    """A machine writes to the department: what it says lands in the tray."""
    item_id = next(desk.ids)
    mail = ReceiveMachineMail(
        item_id=item_id,
        mail_kind=kind,
        about_case=about,
        sender="postmaster@mail.example",
        subject="Undelivered mail" if kind == "bounce" else "Automatic reply",
        digest=desk.chance.randbytes(32).hex(),
    )
    desk.ask(mail, FORM)
    return item_id


def handle_tray(
    desk: Desk,
    item_id: UUID,
    handling: Literal["nothing", "logged", "case_opened", "notice_failed"],
    *,
    about: UUID | None = None,
) -> None:
    """Somebody at intake says what follows from a machine's mail."""
    handled = HandleTrayItem(item_id=item_id, handling=handling, about_case=about)
    desk.ask(handled, desk.somebody("INT"))
