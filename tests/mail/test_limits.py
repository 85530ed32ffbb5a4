"""More mail than a sender may send, or than may come on a case, is set aside whole, with its reason."""

from __future__ import annotations

import stat
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from api.channels.mail.folders import AsideFolder
from api.channels.mail.intake import Taken
from ledger.case.alarms import CaseAlarmed
from ledger.errors import InvalidCommand, LedgerUnavailable
from tests.mail.mails import bounce, mail, returned
from tests.mail.office import MailOffice


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


def test_a_sender_is_one_however_their_address_is_written(office: MailOffice) -> None:
    written = ("ada@example.org", "Ada@Example.org", "ADA@example.org", "ada@EXAMPLE.org")
    mails = [mail(sender=each, message_id=f"<s{n}@x>") for n, each in enumerate(written)]
    assert [office.takes(raw).became for raw in mails] == ["opened"] * 3 + ["set_aside"]


def test_more_than_may_come_on_a_case_is_set_aside(office: MailOffice) -> None:
    _, reference = office.opens(mail())
    became = [
        office.takes(
            mail(f"{number}", subject=reference, sender=f"p{number}@example.org", message_id=None)
        ).became
        for number in range(6)
    ]
    assert became == ["threaded"] * 4 + ["set_aside"] * 2


def test_what_a_sender_writes_on_a_case_counts_for_the_sender_too(office: MailOffice) -> None:
    _, reference = office.opens(mail())
    replies = [mail(f"{n}", subject=reference, message_id=f"<r{n}@x>") for n in range(3)]
    assert [office.takes(raw).became for raw in replies] == ["threaded", "threaded", "set_aside"]
    assert "from one sender" in office.set_aside()[0].reason


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
    came_at = office.clock.at
    first = office.takes(raw)
    office.clock.pass_by(days=1)
    assert office.takes(raw) == first
    (aside,) = office.set_aside()
    assert first == Taken("set_aside", aside.item_id, reason=aside.reason)
    assert aside.since_at == came_at
    assert Path(aside.file).read_bytes() == raw
    assert (aside.digest, aside.size_bytes) == (sha256(raw).hexdigest(), len(raw))
    assert "headers" in aside.reason
    assert stat.S_IMODE(Path(aside.file).stat().st_mode) == 0o600
    assert stat.S_IMODE(Path(aside.file).parent.stat().st_mode) == 0o700


def test_what_says_of_a_mail_why_it_was_set_aside_is_asked_for_where_it_is_damaged(
    office: MailOffice,
) -> None:
    office.takes(b"\r\n")
    (aside,) = office.set_aside()
    said = Path(aside.file).with_suffix(".json")
    said.write_bytes(b"{")
    with pytest.raises(LedgerUnavailable, match=rf"{said.name} cannot be read: put it right"):
        office.set_aside()


class Killed(BaseException):
    """The process ends."""


def test_a_mail_that_was_let_go_of_by_half_is_told_as_gone_and_lies_there_whole_once_it_comes_again(
    office: MailOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = b"From: a@example.org\r\nX: " + b"x" * 600_000 + b"\r\n\r\nHello"
    office.takes(raw)
    (aside,) = office.set_aside()
    folder, unlink = AsideFolder(office.home), Path.unlink

    def dies_after_one(path: Path, *, missing_ok: bool = False) -> None:
        unlink(path, missing_ok=missing_ok)
        raise Killed

    with monkeypatch.context() as dying:
        dying.setattr(Path, "unlink", dies_after_one)
        with pytest.raises(Killed):
            folder.take_away(aside.item_id)
    assert list(folder) == [replace(aside, gone=True)], "it may as well be lost"
    with pytest.raises(InvalidCommand, match=r"put .* back from a backup"):
        folder.read(aside.item_id)
    assert [each.name for each in (office.home / "set-aside").iterdir()] == [
        f"{aside.item_id}.json"
    ]
    office.takes(raw)
    assert office.set_aside() == [aside]
    assert folder.read(aside.item_id) == raw
