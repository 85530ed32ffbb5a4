"""What becomes of mail: a person's opens a case or goes to the case it is about, a machine's into the tray, once."""

from __future__ import annotations

import stat
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.channels.mail import commands
from api.channels.mail.intake import Came, MailIntake
from api.channels.mail.parsing import read_message
from api.machines import machine
from ledger.case.alarms import CaseAlarmed
from ledger.case.contact import ContactLogged, RecordItemAdded
from ledger.case.intake import CaseOpened
from ledger.case.notices import RecordNoticeFailed
from ledger.case.outcome import CaseReopened
from ledger.case.returns import ReturnProposed
from ledger.errors import IntegrityFailure, Refusal
from ledger.ids import case_stream
from ledger.originals import open_original, place_kept
from ledger.registers.parties import PartyRecorded
from ledger.registers.tray import MachineMailReceived
from tests.ledgers import INTAKE, ROADS
from tests.mail.mails import bounce, mail
from tests.mail.office import ROBOT, MailOffice, mail_office
from tests.mail.test_parsing import MAIL_LIKE

MACHINES = {
    "auto_reply": mail(subject="Out of office", Auto_Submitted="auto-replied"),
    "vacation": mail(X_Autoreply="yes"),
    "generated": mail(Auto_Submitted="auto-generated (by cron)"),
    "bulk": mail(Precedence="bulk"),
    "suppressed": mail(X_Auto_Response_Suppress="DR, OOF, AutoReply"),
    "list": mail(List_Id="<news.example.org>"),
    "daemon": mail(sender="MAILER-DAEMON@mx.example"),
    "bounce": bounce(mail(message_id="<ours@example.ca>")),
    "delayed": bounce(mail(message_id="<ours@example.ca>"), action="delayed"),
    "no reply": mail(sender="No-Reply@agency.example"),
    "null path": mail(Return_Path="<>"),
    "ourselves": mail(sender="office@example.ca"),
}
KINDS = {
    "auto_reply": "auto_reply", "vacation": "auto_reply", "generated": "robot", "bulk": "robot",
    "suppressed": "robot", "list": "robot", "daemon": "bounce", "bounce": "bounce", "delayed": "other",
    "no reply": "robot", "null path": "other", "ourselves": "other",
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
    for said in (b"ada@", b"Ada", b"bridge", b"secret", sha256(b"x").hexdigest().encode()):
        assert said not in states


def test_the_same_mail_again_adds_nothing_by_whatever_way_it_comes(office: MailOffice) -> None:
    raw = mail(attachments={"a": b"x"})
    case_id, _ = office.opens(raw)
    before = office.entries()
    office.clock.pass_by(hours=1)
    for again in (raw, b"Received: from elsewhere; Mon, 02 Mar 2026 12:00:00 +0000\n" + raw):
        taken = office.takes(again)
        assert (taken.became, taken.case_id) == ("duplicate", case_id)
    assert office.entries() == before


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


@pytest.mark.parametrize("reference", ["7ZK3Q-0M9TB-4", "AAAAA-AAAAA-A", "00000-00000-0"])
def test_a_reference_that_is_of_no_case_opens_one(office: MailOffice, reference: str) -> None:
    assert office.takes(mail(subject=f"Re: {reference}")).became == "opened"


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
    assert office.takes(MACHINES[name]).became == "duplicate"


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


def test_a_loop_of_our_own_mail_is_known_by_its_header(office: MailOffice) -> None:
    ours = mail(X_Loop=f"caseledger {office.ledger.store.ledger_id.hex()}")
    assert office.takes(ours).became == "tray"
    assert office.takes(mail(X_Loop="another", message_id="<m2@x>")).became == "opened"


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


def returned(reference: str, *, sent: str = "<ours@example.ca>") -> bytes:
    return bounce(mail(f"We need more time for {reference}.", message_id=sent))


def test_a_bounce_of_a_notice_alarms_and_a_person_says_that_it_failed(office: MailOffice) -> None:
    case_id, reference = office.opens(mail())
    notice_id = office.gives_notice(case_id)
    office.clock.pass_by(hours=1)
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


def test_more_than_a_sender_may_send_is_set_aside_and_counted_by_when_it_came(
    office: MailOffice,
) -> None:
    def sent(number: int, *, minutes: int) -> str:
        at = office.clock.at - timedelta(days=1) + timedelta(minutes=minutes)
        raw = mail(f"Mail {number}", message_id=f"<f{number}@x>")
        return office.takes(raw, at=at).became

    assert [sent(number, minutes=number) for number in range(5)] == [
        "opened", "opened", "opened", "set_aside", "set_aside",
    ]  # fmt: skip
    assert sent(3, minutes=3) == "set_aside"
    assert len(office.set_aside()) == 2
    assert "within an hour" in office.set_aside()[0].reason
    assert sent(9, minutes=61) == "opened", "the first came more than an hour before"
    raw = mail("Mail 3", message_id="<f3@x>")
    assert office.takes(raw, however_many=True).became == "opened"
    assert len(office.set_aside()) == 1, "what was taken in after all lies there no more"


def test_more_than_may_come_on_a_case_is_set_aside(office: MailOffice) -> None:
    _, reference = office.opens(mail())
    became = [
        office.takes(
            mail(f"{number}", subject=reference, sender=f"p{number}@example.org", message_id=None)
        ).became
        for number in range(6)
    ]
    assert became == ["threaded"] * 4 + ["set_aside"] * 2


def test_a_mail_server_that_writes_for_many_is_counted_on_each_case_alone(
    office: MailOffice,
) -> None:
    cases = [
        office.opens(mail(sender=f"p{n}@example.org", message_id=f"<c{n}@x>")) for n in range(5)
    ]
    for number, (case_id, reference) in enumerate(cases):
        office.gives_notice(case_id)
        assert office.takes(returned(reference, sent=f"<o{number}@x>")).became == "tray"
    assert len(office.of(CaseAlarmed)) == 5
    stray = [
        office.takes(bounce(mail(message_id=f"<s{n}@x>"), message_id=f"<z{n}@x>")) for n in range(5)
    ]
    assert [each.became for each in stray] == ["tray"] * 3 + ["set_aside"] * 2


def test_what_is_set_aside_is_whole_with_its_reason_and_for_its_owner_alone(
    office: MailOffice,
) -> None:
    raw = b"From: a@example.org\r\nX: " + b"x" * 600_000 + b"\r\n\r\nHello"
    for _ in range(2):
        assert office.takes(raw).became == "set_aside"
    (aside,) = office.set_aside()
    assert Path(aside.file).read_bytes() == raw
    assert (aside.digest, aside.size_bytes) == (sha256(raw).hexdigest(), len(raw))
    assert "headers" in aside.reason
    assert stat.S_IMODE(Path(aside.file).stat().st_mode) == 0o600
    assert stat.S_IMODE(Path(aside.file).parent.stat().st_mode) == 0o700


def read_original(office: MailOffice, stream: str, item_id: UUID | None = None) -> bytes:
    return open_original(
        office.ledger, office.home, stream, item_id=item_id, actor=INTAKE, purpose="a test of mail",
        purpose_code="intake",
    )  # fmt: skip


def test_the_original_is_kept_sealed_and_comes_back_to_the_byte(office: MailOffice) -> None:
    raw = mail()
    case_id, _ = office.opens(raw)
    item = office.takes(MACHINES["bounce"]).item_id
    assert read_original(office, case_stream(case_id)) == raw
    assert read_original(office, f"tray/{item}") == MACHINES["bounce"]
    files = [each.read_bytes() for each in (office.home / "originals").iterdir()]
    assert len(files) == 2
    assert not any(b"bridge" in each for each in files)


def test_an_original_that_was_altered_exchanged_or_removed_is_not_given_out(
    office: MailOffice,
) -> None:
    case_id, _ = office.opens(mail())
    other, _ = office.opens(mail("Other", message_id="<m2@x>"))
    stream = case_stream(case_id)
    paths = {
        key: office.home / office.of(RecordItemAdded, case_stream(key))[0].place_kept
        for key in (case_id, other)
    }
    kept = paths[case_id].read_bytes()
    for wrong in (kept[:-1] + bytes([kept[-1] ^ 1]), b"", paths[other].read_bytes()):
        paths[case_id].write_bytes(wrong)
        with pytest.raises(IntegrityFailure, match="not what was listed"):
            read_original(office, stream)
    paths[case_id].unlink()
    with pytest.raises(Refusal, match="not here"):
        read_original(office, stream)
    assert office.takes(mail()).became == "duplicate"
    assert read_original(office, stream) == mail(), "the mail again puts back what is missing"


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_what_an_interruption_kept_from_being_recorded_is_added_when_the_mail_comes_again(
    office: MailOffice, steps: int
) -> None:
    raw = mail(attachments={"a": b"x"})
    message, policy = read_message(raw), office.ledger.policies().versions[-1].policy
    ids = commands.MailIds.of(office.ledger, message)
    opening = commands.opening(message, ids, policy, reached_at=office.clock.at)
    assert opening.requester is not None
    done = [
        (opening, ids.mail),
        (commands.requester(message, opening.requester), ids("requester")),
        (
            commands.enclosed(message.attachments[0], ids, case_id=opening.case_id, number=0),
            ids("enclosed-0"),
        ),
    ]
    for command, command_id in done[:steps]:
        office.ledger.handle(command, actor=machine("mail"), command_id=command_id)
    office.clock.pass_by(hours=1)
    taken = office.takes(raw)
    assert (taken.became, taken.case_id) == ("duplicate", opening.case_id)
    stream = case_stream(opening.case_id)
    counts = [len(office.of(kind)) for kind in (CaseOpened, PartyRecorded, RecordItemAdded)]
    assert counts == [1, 1, 2]
    assert read_original(office, stream) == raw


def test_a_disk_that_refuses_the_original_leaves_a_mail_that_can_come_again(
    office: MailOffice,
) -> None:
    office.home.mkdir(exist_ok=True)
    (office.home / "originals").write_bytes(b"in the way")
    with pytest.raises(OSError, match="originals"):
        office.takes(mail())
    (office.home / "originals").unlink()
    taken = office.takes(mail())
    assert taken.became == "duplicate"
    assert read_original(office, case_stream(taken.case_id or UUID(int=0))) == mail()


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


def test_with_a_person_s_key_goes_the_mail_that_they_sent(office: MailOffice) -> None:
    case_id, reference = office.opens(mail())
    office.takes(mail("More.", subject=reference, message_id="<m2@x>"))
    stream = case_stream(case_id)
    items = [each.item_id for each in office.of(RecordItemAdded, stream)]
    (opened,) = office.of(CaseOpened)
    keys = office.ledger.vault.keys_of(f"party/{opened.requester}")
    office.ledger.destroy_keys(frozenset(keys))
    for item_id in items:
        with pytest.raises(Refusal, match="erased"):
            read_original(office, stream, item_id)
        (office.home / place_kept(item_id)).unlink()
    assert office.takes(mail()).became == "duplicate"
    assert not (office.home / place_kept(items[0])).exists(), "no key is left to seal it under"


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
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
