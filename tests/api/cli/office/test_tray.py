"""The tray from the command line: put, counted by kind and age, handled, and asked about as known before."""

from __future__ import annotations

import pytest

from tests.api.command_line import CommandLine


def put(office: CommandLine, *words: str) -> str:
    return office.asked("tray-put", *words, "--as", "I-02")["item_id"]


def counts(office: CommandLine, *words: str) -> dict[str, int]:
    return {each["kind"]: each["waiting"] for each in office.asked("tray", *words)["kinds"]}


def test_what_machines_wrote_is_counted_by_kind_and_age(office: CommandLine) -> None:
    old = put(office, "bounce", "--sender", "mailer-daemon@example.ca", "--at", "2026-03-02T10:00Z")
    put(office, "auto_reply")
    found = office.asked("tray")
    assert counts(office) == {"auto_reply": 1, "bounce": 1}
    (bounce,) = [each for each in found["kinds"] if each["kind"] == "bounce"]
    assert (bounce["today"], bounce["older"]) == (0, 1)
    assert found["items"][0]["item_id"] == old
    assert office.asked("tray", "--limit", "1")["waiting"] == 2
    assert "bounce" in office.done("tray").out


def test_a_mail_that_was_handled_waits_no_more_but_did_before(office: CommandLine) -> None:
    item = put(office, "robot", "--at", "2026-03-02T10:00Z")
    with office.ledger() as ledger:
        before = ledger.clock().isoformat()
    office.done("tray-handle", item, "nothing", "--as", "I-02")
    assert counts(office) == {}
    assert "The tray is empty" in office.done("tray").out
    assert counts(office, "--known-at", before) == {"robot": 1}
    assert counts(office, "--as-of", before) == {"robot": 1}
    assert counts(office, "--as-of", "2026-03-01") == {}


def test_a_mail_names_a_case_and_opens_none(office: CommandLine) -> None:
    ref = office.asked("open", "phone", "--as", "I-02")["reference"]
    office.done("resolve", ref, "withdrawn", "--as", "I-02")
    item = put(office, "auto_reply", "--about-case", ref, "--subject", "Out of office")
    assert office.asked("case", ref)["status"] == "resolved"
    assert ref in office.done("tray").out
    office.done("tray-handle", item, "logged", "--as", "I-02")
    assert office.asked("case", ref)["status"] == "resolved"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nothing", "--as", "watch"), "let a person look at it"),
        (("logged", "--as", "I-02"), "say which case"),
        (("logged", "--about-case", "7ZK3Q-0M9TB-4", "--as", "I-02"), "case"),
    ],
)
def test_what_cannot_be_done_with_a_mail_is_said_in_one_sentence(
    office: CommandLine, words: tuple[str, ...], said: str
) -> None:
    item = put(office, "other")
    refused = office("tray-handle", item, *words)
    assert (refused.code, len(refused.sentences)) == (2, 1)
    assert said in refused.err
    assert counts(office) == {"other": 1}
