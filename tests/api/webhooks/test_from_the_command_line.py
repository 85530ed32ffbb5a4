"""Webhooks from the command line: made, shown, delivered, given another secret, ended."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from standardwebhooks import Webhook

from tests.api.command_line import CommandLine, bare, empty, office
from tests.api.webhooks.receiving import Answer, Receiver, receiving

__all__ = ["bare", "empty", "office"]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


@pytest.fixture
def inside(office: CommandLine, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """The command line of an office that may tell systems on this machine."""
    monkeypatch.setenv("CASELEDGER_WEBHOOK_ALLOWED_NETWORKS", "127.0.0.0/8")
    monkeypatch.setenv("CASELEDGER_WEBHOOK_ALLOW_HTTP", "1")
    return office


def opened(office: CommandLine) -> None:
    office.done(
        "open", "web", "--request-type", "RDW-POT", "--region", "HAL", "--as", "watch"
    )  # fmt: skip


def test_a_system_is_told_and_the_secret_is_shown_once(
    inside: CommandLine, receiver: Receiver
) -> None:
    made = inside.asked("webhook", "make", "watch", receiver.url, "--as", "D-01")
    opened(inside)
    tally = inside.asked("webhook", "deliver", "--once")
    assert tally["delivered"] == len(receiver.accepted) > 0
    first = receiver.accepted[0]
    Webhook(made["secret"]).verify(first.body, first.headers)
    (shown,) = inside.asked("webhook")
    assert (shown["member"], shown["owed"], shown["stands"]) == ("watch", 0, "delivers")
    assert "whsec_" not in inside.done("webhook").out
    assert inside.asked("webhook", "deliver", "--once")["delivered"] == 0


def test_what_would_never_be_told_is_refused_at_once(
    inside: CommandLine, receiver: Receiver
) -> None:
    """Before, it was made, and its receiver waited for ever for what nobody was going to tell it."""
    asked = ("webhook", "make", "watch", receiver.url, "--as", "D-01")
    refused = inside(*asked, "--scope", "feed.read")
    assert (refused.code, "add case.entries to them." in refused.err) == (2, True)
    refused = inside(*asked, "--topic", "CaseOpened", "--topic", "PolicyPublished")
    assert (refused.code, "of the topic PolicyPublished, by its roles" in refused.err) == (2, True)
    inside.done(*asked, "--scope", "feed.read", "--scope", "case.entries", "--topic", "CaseOpened")
    inside.done(
        "webhook", "make", "A-01", receiver.url, "--as", "D-01", "--topic", "PolicyPublished"
    )
    assert [each["stands"] for each in inside.asked("webhook")] == ["delivers", "delivers"]


def test_a_system_is_told_of_no_topic_that_no_feed_shows(inside: CommandLine) -> None:
    asked = ("webhook", "make", "watch", "http://127.0.0.1:9/", "--as", "D-01", "--topic")
    refused = inside(*asked, "InquiryOpened")
    assert (refused.code, len(refused.sentences)) == (2, 1)
    assert "name others, as `caseledger webhook topics` lists them." in refused.err
    listed = inside.done("webhook", "topics").out.split()
    assert "CaseResolved" in listed
    assert "InquiryOpened" not in listed
    assert listed == inside.asked("webhook", "topics")["topics"]
    assert inside(*asked, "CaseResolved").code == 0


def test_a_delivery_that_failed_is_exit_code_1(inside: CommandLine, receiver: Receiver) -> None:
    receiver.answers = lambda _delivery: Answer(500)
    inside.done("webhook", "make", "watch", receiver.url, "--as", "D-01")
    opened(inside)
    said = inside("webhook", "deliver", "--once")
    assert (said.code, "failed: 1" in said.out) == (1, True)


def test_why_nothing_goes_to_a_receiver_that_is_gone_is_told_where_it_is_shown(
    inside: CommandLine, receiver: Receiver
) -> None:
    """It stood there as paused, as if somebody had asked for it, its last answer the one before."""
    receiver.answers = lambda _delivery: Answer(410)
    made = inside.asked("webhook", "make", "watch", receiver.url, "--as", "D-01")
    opened(inside)
    assert inside("webhook", "deliver", "--once").code == 1
    shown = " ".join(inside.done("webhook", "show", made["stream"].partition("/")[2]).out.split())
    assert "last answer: 410, with which its receiver says that it is gone" in shown


def test_it_is_paused_moved_given_another_secret_and_ended(
    inside: CommandLine, receiver: Receiver
) -> None:
    made = inside.asked("webhook", "make", "watch", receiver.url, "--as", "D-01")
    webhook_id = made["stream"].partition("/")[2]
    inside.done("webhook", "pause", webhook_id, "--as", "D-01")
    opened(inside)
    inside.done("webhook", "deliver", "--once")
    assert receiver.received == []
    paused = inside.done("webhook", "show", webhook_id).out
    assert "what came since is told once it is resumed" in " ".join(paused.split())
    inside.done("webhook", "move", webhook_id, f"{receiver.url}/2", "--as", "D-01")
    inside.done("webhook", "resume", webhook_id, "--as", "D-01")
    renewed = inside.asked(
        "webhook", "renew-secret", webhook_id, "--both-hours", "0", "--as", "D-01"
    )
    inside.done("webhook", "deliver", "--once")
    last = receiver.accepted[-1]
    assert last.path == "/hooks/2"
    Webhook(renewed["secret"]).verify(last.body, last.headers)
    one = inside.done("webhook", "show", webhook_id).out
    assert "nothing owed" in one
    inside.done("webhook", "end", webhook_id, "--as", "D-01")
    assert inside.asked("webhook")[0]["stands"] == "ended"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("make", "watch", "https://10.0.0.1/"), "address inside"),
        (("make", "watch", "http://hooks.example/"), "https://"),
        (("make", "R-02", "https://127.0.0.1/"), "CASELEDGER_WEBHOOK_ALLOWED_NETWORKS"),
        (("pause", "nonsense"), "not a UUID"),
        (("pause", "019de001-4c00-7000-8000-000000000003"), "caseledger webhook"),
        (("deliver-again", "019de001-4c00-7000-8000-000000000003"), "caseledger webhook"),
    ],
)
def test_what_cannot_be_is_one_sentence_that_says_what_to_do(
    office: CommandLine, words: tuple[str, ...], said: str
) -> None:
    refused = office("webhook", *words, "--as", "D-01")
    assert refused.code == 2
    (sentence,) = refused.sentences
    assert said in sentence


def test_whoever_may_not_follow_the_log_is_not_told_of_it(
    inside: CommandLine, receiver: Receiver
) -> None:
    refused = inside("webhook", "make", "R-02", receiver.url, "--as", "D-01")
    assert (refused.code, "may not follow" in refused.err) == (2, True)
