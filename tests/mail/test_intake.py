"""What becomes of mail: a person's opens a case or goes to the case it is about, a machine's into the tray, once."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.channels.mail.intake import Came, MailIntake, Taken
from api.channels.mail.parsing import read_message
from ledger.case.alarms import CaseAlarmed
from ledger.case.contact.contacts import ContactLogged
from ledger.case.contact.filing import RecordItemAdded
from ledger.case.contact.notices import RecordNoticeFailed
from ledger.case.intake.opening import CaseOpened
from ledger.case.outcome.reopening import CaseReopened
from ledger.case.outcome.returns import ReturnProposed
from ledger.errors import Refusal
from ledger.ids import case_stream
from ledger.personal.originals import place_kept
from ledger.policy.document.policy import Policy
from ledger.policy.document.stored import document_of
from ledger.registers.people.parties import PartyRecorded
from ledger.registers.tray import MachineMailReceived
from ledger.service import Ledger
from tests.ledgers import ROADS, office_policy, publish
from tests.mail.mail_like import MAIL_LIKE
from tests.mail.mails import MACHINES, bounce, mail, returned
from tests.mail.office import ROBOT, MailOffice, mail_office

KINDS = {
    "auto_reply": "auto_reply", "vacation": "auto_reply", "generated": "robot", "bulk": "robot",
    "auto_reply of old": "auto_reply", "receipt": "auto_reply", "return address": "bounce",
    "suppressed": "robot", "list": "robot", "daemon": "bounce", "bounce": "bounce", "delayed": "other",
    "bounce that says nothing": "bounce", "no reply": "robot", "null path": "other", "ourselves": "other",
}  # fmt: skip


def test_a_mail_opens_a_case_with_what_its_sender_wrote(office: MailOffice) -> None:
    raw = mail(attachments={"map.png": b"\x89PNG"})
    case_id, _ = office.opens(raw)
    stream = case_stream(case_id)
    (opened,) = office.opened(CaseOpened, stream)
    assert (opened.channel, opened.request_type) == ("email", None)
    assert opened.answers.personal["name"] == "Ada Example"
    assert opened.answers.personal["contact"] == "ada@example.org"
    assert opened.answers.personal["description"] == (
        "The bridge\n\nThe bridge by the mill is closed.\nWhen does it open?"
    )
    (party,) = office.opened(PartyRecorded, f"party/{opened.requester}")
    assert (party.name, party.contact) == ("Ada Example", {"email": "ada@example.org"})
    picture, original = office.opened(RecordItemAdded, stream)
    assert (picture.title, picture.digest) == ("map.png", sha256(b"\x89PNG").hexdigest())
    assert (original.digest, original.size_bytes) == (sha256(raw).hexdigest(), len(raw))
    assert (original.media_type, original.source) == ("message/rfc822", "mail")
    assert original.place_kept == place_kept(original.item_id)


def test_nothing_of_a_mail_stands_in_clear_beside_the_line(office: MailOffice) -> None:
    office.opens(mail(attachments={"secret.txt": b"x"}))
    office.takes(MACHINES["auto_reply"])
    states = b"".join(row.state for row in office.ledger.store.entries(after=1, limit=100))
    for said in (b"ada@", b"Ada Example", b"bridge", b"secret", sha256(b"x").hexdigest().encode()):
        assert said not in states


@pytest.mark.parametrize("message_id", ["<m1@example.org>", None])
def test_the_same_mail_again_adds_nothing_by_whatever_way_it_comes(
    office: MailOffice, message_id: str | None
) -> None:
    raw = mail(attachments={"a": b"x"}, message_id=message_id)
    case_id, _ = office.opens(raw)
    before = office.entries()
    office.clock.pass_by(hours=1)
    for again in (raw, b"Received: from elsewhere; Mon, 02 Mar 2026 12:00:00 +0000\n" + raw):
        taken = office.takes(again)
        assert (taken.became, taken.case_id) == ("duplicate", case_id)
    assert office.entries() == before


@pytest.mark.parametrize("raw", [mail(), mail(message_id=None), MACHINES["bulk"]])
def test_a_mail_that_another_process_records_at_the_same_moment_is_recorded_once(
    office: MailOffice, raw: bytes
) -> None:
    """It does so between the look whether it is recorded and the recording: when this one asks the time again."""
    asked = count()
    others: list[Taken] = []
    place = office.place

    def overtaken() -> datetime:
        if next(asked) == 1:
            others.append(office.takes(raw))
        return place.clock.at

    with Ledger.open(place.location, master_key=place.master_key, clock=overtaken) as ledger:
        assert next(asked) == 0
        asked = count()
        taken = MailIntake(ledger, office.home).take(Came(raw, "test"))
    (first,) = others
    assert first.became in ("opened", "tray")
    assert (taken.became, taken.case_id) == ("duplicate", first.case_id)
    assert taken.item_id == first.item_id


def test_under_a_policy_that_takes_no_mail_none_is_touched(office: MailOffice) -> None:
    document: Any = document_of(office_policy())
    del document["reasons"]["contact"]
    publish(office.ledger, Policy.model_validate(document), effective_from=office.clock.at)
    with pytest.raises(Refusal, match="has no kind of contact for mail") as refused:
        office.takes(mail())
    assert refused.value.rule == "policy-takes-mail"
    assert office.set_aside() == []


def test_another_mail_under_the_same_message_id_is_not_lost(office: MailOffice) -> None:
    case_id, _ = office.opens(mail())
    taken = office.takes(mail("Something else entirely."))
    assert (taken.became, taken.case_id) == ("threaded", case_id)
    (contact,) = office.opened(ContactLogged, case_stream(case_id))
    assert "Something else entirely." in str(contact.words)
    assert len(office.of(RecordItemAdded)) == 2
    assert office.takes(mail("Something else entirely.")).became == "duplicate"


@pytest.mark.parametrize(
    "way", ["subject", "body", "in reply to", "references", "reply to a reply"]
)
def test_a_reply_goes_to_the_case_it_is_about(office: MailOffice, way: str) -> None:
    case_id, reference = office.opens(mail())
    replies = {
        "subject": mail(subject=f"Re: [{reference.lower()}] bridge", message_id="<m2@x>"),
        "body": mail(f"About {reference}: any news?", message_id="<m2@x>"),
        "in reply to": mail(message_id="<m2@x>", In_Reply_To="<m1@example.org>"),
        "references": mail(message_id="<m2@x>", References="<other@x> <m1@example.org>"),
    }
    if way == "reply to a reply":
        office.takes(replies["in reply to"])
        taken = office.takes(mail("More.", message_id="<m3@x>", In_Reply_To="<m2@x>"))
    else:
        taken = office.takes(replies[way])
    assert (taken.became, taken.case_id) == ("threaded", case_id)
    contact = office.opened(ContactLogged, case_stream(case_id))[-1]
    assert (contact.direction, contact.channel) == ("inbound", "email")
    assert str(contact.words).startswith("Ada Example <ada@example.org>\n\n")


def test_a_reply_that_is_read_late_was_logged_when_it_came(office: MailOffice) -> None:
    case_id, reference = office.opens(mail())
    came_at = office.clock.pass_by(hours=1)
    office.clock.pass_by(hours=2)
    office.takes(mail("Any news?", subject=reference, message_id="<m2@x>"), at=came_at)
    (logged,) = (
        each.entry
        for each in office.ledger.read(case_stream(case_id))
        if isinstance(each.entry.fact, ContactLogged)
    )
    assert logged.context.effective_at == came_at


@pytest.mark.parametrize("reference", ["7ZK3Q-0M9TB-4", "AAAAA-AAAAA-A", "00000-00000-0"])
def test_a_reference_that_is_of_no_case_opens_one(office: MailOffice, reference: str) -> None:
    assert office.takes(mail(subject=f"Re: {reference}")).became == "opened"


def test_what_only_looks_like_a_reference_hides_none_that_is_one(office: MailOffice) -> None:
    case_id, reference = office.opens(mail())
    taken = office.takes(mail(subject=f"Permit 7ZK3Q-0M9TB-4, your {reference}", message_id=None))
    assert (taken.became, taken.case_id) == ("threaded", case_id)


def test_a_mail_on_a_resolved_case_is_proposed_as_a_return_and_reopens_nothing(
    office: MailOffice,
) -> None:
    case_id, reference = office.opens(mail())
    office.resolves(case_id)
    office.clock.pass_by(hours=1)
    assert office.takes(mail("It is closed again.", subject=reference)).became == "threaded"
    assert office.case(case_id).status == "resolved"
    assert len(office.of(ReturnProposed)) == 1
    assert office.of(CaseReopened) == []


@pytest.mark.parametrize("name", MACHINES)
def test_a_machine_s_mail_goes_into_the_tray(office: MailOffice, name: str) -> None:
    taken = office.takes(MACHINES[name])
    assert taken.became == "tray"
    (item,) = office.of(MachineMailReceived)
    assert item.mail_kind == KINDS[name]
    assert office.of(CaseOpened) == []
    (said,) = office.opened(MachineMailReceived, f"tray/{taken.item_id}")
    message = read_message(MACHINES[name])
    assert (said.sender, said.subject) == (message.sender, message.subject)
    assert said.digest == sha256(MACHINES[name]).hexdigest()
    again = office.takes(MACHINES[name])
    assert (again.became, again.item_id) == ("duplicate", taken.item_id)


@pytest.mark.parametrize("name", MACHINES)
def test_a_machine_s_mail_never_reopens_a_case_nor_is_a_contact_on_it(
    office: MailOffice, name: str
) -> None:
    case_id, reference = office.opens(mail(message_id="<asked@example.org>"))
    office.resolves(case_id)
    office.clock.pass_by(hours=1)
    raw = MACHINES[name].replace(b"Subject: ", f"Subject: {reference} ".encode(), 1)
    taken = office.takes(raw)
    assert (taken.became, taken.case_id) == ("tray", case_id)
    assert office.of(MachineMailReceived)[0].about_case == case_id
    assert office.case(case_id).status == "resolved"
    assert office.of(ContactLogged) == office.of(ReturnProposed) == []


def test_a_loop_of_our_own_mail_is_known_by_its_header_or_its_sender(office: MailOffice) -> None:
    ours = mail(X_Loop=f"caseledger {office.ledger.store.ledger_id.hex()}")
    assert office.takes(ours).became == "tray"
    assert office.takes(mail(X_Loop="another", message_id="<m2@x>")).became == "opened"
    assert office.takes(mail(sender="office@example.CA", message_id="<m3@x>")).became == "tray"


def test_a_robot_that_the_office_knows_is_a_channel(office: MailOffice) -> None:
    ice = mail(sender=ROBOT, subject="ROAD-ICE at 12", message_id="<r1@x>", Precedence="bulk")
    gone = mail(sender=ROBOT, subject="ROAD-ICE-GONE", message_id="<r2@x>")
    other = mail("nothing", sender=ROBOT, subject="ROAD-ICECREAM", message_id="<r3@x>")
    for raw in (ice, gone, other):
        assert office.takes(raw).became == "opened"
    opened = [(each.channel, each.request_type) for each in office.of(CaseOpened)]
    assert opened == [("sensors", "RDW-WIN"), ("sensors", None), ("sensors", None)]
    away = mail(sender=ROBOT, message_id="<r4@x>", Auto_Submitted="auto-replied")
    assert office.takes(away).became == "set_aside", "the fourth within the hour"
    assert office.takes(away, however_many=True).became == "tray"


def test_a_bounce_of_a_notice_alarms_and_a_person_says_that_it_failed(office: MailOffice) -> None:
    case_id, reference = office.opens(mail())
    notice_id = office.gives_notice(case_id)
    office.clock.pass_by(hours=1)
    away = mail(subject=f"Away: {reference}", message_id="<m2@x>", Auto_Submitted="auto-replied")
    assert office.takes(away).case_id == case_id
    assert office.of(CaseAlarmed) == [], "the notice arrived"
    taken = office.takes(returned(reference))
    assert (taken.became, taken.case_id) == ("tray", case_id)
    (alarmed,) = office.of(CaseAlarmed)
    assert (alarmed.alarm, alarmed.since) == ("mail_bounced", office.clock.at)
    assert office.takes(returned(reference)).became == "duplicate"
    failed = RecordNoticeFailed(case_id=case_id, notice_id=notice_id, reason="bounced")
    office.ledger.handle(failed, actor=ROADS)
    office.clock.pass_by(hours=1)
    office.takes(returned(reference, sent="<ours2@example.ca>"))
    assert [each.alarm for each in office.of(CaseAlarmed)] == ["mail_bounced", "notice_failed"]


def test_a_bounce_that_only_follows_the_requester_s_mail_finds_the_case(office: MailOffice) -> None:
    case_id, _ = office.opens(mail())
    raw = bounce(mail("News.", message_id="<ours@example.ca>", In_Reply_To="<m1@example.org>"))
    assert office.takes(raw).case_id == case_id
    assert office.of(CaseAlarmed) == [], "no notice went out"


def test_a_time_to_come_or_long_gone_is_not_believed(office: MailOffice) -> None:
    stamped = "Received: from a by b; {}\r\n"
    for number, said in enumerate(
        ("Mon, 02 Mar 2099 08:00:00 +0000", "Thu, 01 Jan 1970 00:00:01 +0000")
    ):
        head = stamped.format(said).encode()
        taken = office.takes(head + mail(message_id=f"<t{number}@x>"))
        assert office.of(CaseOpened, case_stream(taken.case_id or UUID(int=0)))[
            0
        ].reached_body_at == (office.clock.at)
    earlier = (stamped.format("Mon, 02 Mar 2026 09:00:00 +0000")).encode()
    taken = office.takes(earlier + mail(message_id="<t9@x>"))
    assert office.of(CaseOpened)[-1].reached_body_at < office.clock.at


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(MAIL_LIKE, st.binary(max_size=200)), max_size=4))
def test_whatever_comes_is_recorded_once_or_set_aside(
    tmp_path_factory: pytest.TempPathFactory, mails: list[bytes]
) -> None:
    with mail_office(tmp_path_factory.mktemp("any")) as office:
        first = [office.takes(raw) for raw in mails]
        assert {each.became for each in first} <= {
            "opened",
            "threaded",
            "tray",
            "duplicate",
            "set_aside",
        }
        before = office.entries()
        for raw, taken in zip(mails, first, strict=True):
            again = MailIntake(office.ledger, office.home).take(Came(raw, "test"))
            assert again.became == ("set_aside" if taken.became == "set_aside" else "duplicate")
        assert office.entries() == before
        aside = {each.digest for each in office.set_aside()}
        assert aside == {
            sha256(raw).hexdigest()
            for raw, taken in zip(mails, first, strict=True)
            if taken.became == "set_aside"
        }
