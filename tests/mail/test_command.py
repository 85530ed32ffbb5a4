"""`caseledger mail` as an office uses it: piped in, told what became of it, and what was set aside dealt with."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from tests.api.command_line import COMMAND, CommandLine
from tests.mail.mails import mail

__all__ = ["COMMAND"]

Piped = Callable[[bytes], None]


@pytest.fixture
def piped(monkeypatch: pytest.MonkeyPatch) -> Piped:
    """Puts bytes on standard input."""

    def put(raw: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))

    return put


def test_a_mail_that_is_piped_in_opens_a_case_once(
    command_office: CommandLine, piped: Piped
) -> None:
    piped(mail())
    found = command_office.asked("mail")
    assert (found["read"], found["opened"]) == (1, 1)
    reference = found["mails"][0]["case"]
    assert command_office.asked("case", reference)["case"]["channel"] == "email"
    piped(mail())
    again = command_office.asked("mail")
    assert (again["duplicate"], again["opened"]) == (1, 0)
    command_office.done("verify")


def test_the_report_s_numbers_add_up_and_name_nobody(
    command_office: CommandLine, piped: Piped
) -> None:
    for number in range(5):
        piped(mail(f"Mail {number}", message_id=f"<n{number}@x>"))
        said = command_office.done("mail")
        assert "ada example" not in said.out.lower()
        assert "ada@" not in said.out.lower()
    aside = command_office("set-aside", "--json")
    assert (aside.code, len(aside.json["set_aside"])) == (1, 2)
    assert "within an hour" in command_office("set-aside").out


def test_what_was_set_aside_is_tried_again_by_a_person(
    command_office: CommandLine, piped: Piped
) -> None:
    for number in range(4):
        piped(mail(f"Mail {number}", message_id=f"<n{number}@x>"))
        command_office.done("mail")
    (waits,) = command_office("set-aside", "--json").json["set_aside"]
    assert command_office.asked("mail", "--set-aside", waits["item_id"])["set_aside"] == 1
    kept = Path(waits["file"]).rename(Path(waits["file"]).with_suffix(".kept"))
    shown = command_office("set-aside")
    assert (shown.code, "delete the .json" in shown.out) == (1, True)
    kept.rename(waits["file"])
    found = command_office.asked("mail", "--set-aside", waits["item_id"], "--however-many")
    assert found["opened"] == 1
    assert command_office.done("set-aside").out.strip().endswith("No mail is set aside.")
    gone = command_office("mail", "--set-aside", waits["item_id"])
    assert (gone.code, len(gone.sentences)) == (2, 1)


def test_an_original_is_written_out_and_who_read_it_is_on_record(
    command_office: CommandLine, piped: Piped, tmp_path: Path
) -> None:
    raw = mail()
    piped(raw)
    reference = command_office.asked("mail")["mails"][0]["case"]
    out = tmp_path / "out.eml"
    words = ("original", reference, "--out", str(out), "--as", "I-02")
    assert command_office(*words).code == 2
    command_office.done(*words, "--purpose", "to answer it")
    assert out.read_bytes() == raw
    assert command_office.asked("accesses", reference)["openings"] == 1
    assert command_office(*words, "--purpose", "to answer it").code == 2, "no file is written over"
    piped(mail(Auto_Submitted="auto-replied", message_id="<r@x>"))
    item = command_office.asked("mail")["mails"][0]["item_id"]
    other = tmp_path / "other.eml"
    command_office.done(
        "original", str(UUID(item)), "--out", str(other), "--as", "I-02", "--purpose", "the tray"
    )
    assert b"auto-replied" in other.read_bytes()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--maildir", "nowhere"), "no Maildir"),
        (("--mbox", "nowhere"), "no file"),
        (("--mbox", "."), "folder"),
        (("--maildir", "a", "--mbox", "b"), "Name one source"),
        (("--imap", "mail.example.org"), "Say who looks into the mailbox"),
        (("--set-aside", "00000000-0000-7000-8000-000000000000"), "is set aside"),
        ((), "Nothing stands"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    command_office: CommandLine, piped: Piped, words: tuple[str, ...], said: str
) -> None:
    piped(b"")
    refused = command_office("mail", *words)
    assert (refused.code, len(refused.sentences)) == (2, 1), refused
    assert said in refused.err


def test_a_ledger_without_a_policy_touches_no_mail(empty: CommandLine, piped: Piped) -> None:
    piped(mail())
    refused = empty("mail")
    assert (refused.code, "No policy is in force" in refused.err) == (2, True)
    assert not (empty.home / "set-aside").exists()
