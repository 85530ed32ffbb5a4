"""Correspondence from the command line: safe contact shown before every outbound act, and notices sent."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.api.command_line import CommandLine
from tests.api.correspondence import TEMPLATES
from tests.ledgers import OFFICE


@pytest.fixture
def writing(empty: CommandLine, tmp_path: Path) -> CommandLine:
    """The command line on a ledger whose office writes to people."""
    file = tmp_path / "writing.toml"
    file.write_text(OFFICE.read_text(encoding="utf-8") + TEMPLATES, encoding="utf-8")
    empty.done("policy", "publish", str(file), "--as", "D-01")
    return empty


def opened(office: CommandLine) -> str:
    return office.asked(
        "open", "web", "--request-type", "INC-APP", "--language", "fr", "--as", "I-02"
    )["reference"]


def topics(office: CommandLine, reference: str) -> list[str]:
    return [line["topic"] for line in office.asked("trail", reference)["trail"]]


def test_a_notice_is_sent_given_and_failed(writing: CommandLine) -> None:
    ref = opened(writing)
    said = writing.done(
        "notice", ref, "ACK", "--channel", "email", "--value", "name=Ada", "--as", "I-02"
    )
    assert f"Votre demande {ref}" in said.err
    assert "Ada, nous l'avons depuis le" in said.err
    assert "notice id" in said.out
    assert "letters out    acknowledgement (2" in writing.done("case", ref).out
    writing.done("given", ref, "--as", "I-02")
    assert "letters out" not in writing.done("case", ref).out
    writing.done("failed", ref, "bounced", "--words", "Full.", "--as", "I-02")
    assert topics(writing, ref)[-6:] == [
        "NoticeIssued",
        "NoticeGiven",
        "ClockStopped",
        "NoticeFailed",
        "ClockResumed",
        "CaseAlarmed",
    ]
    assert writing.asked("case", ref)["case"]["replied"] is False
    for verb in (("given",), ("failed", "bounced")):
        assert writing(verb[0], ref, *verb[1:], "--as", "I-02").code == 2


def test_of_several_letters_each_is_named_in_the_words_of_whoever_must_say_which(
    writing: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = opened(writing)
    for _ in range(2):
        writing.done(
            "notice", ref, "ACK", "--channel", "email", "--value", "name=Ada", "--as", "I-02"
        )
    english = writing("failed", ref, "bounced", "--as", "I-02").err
    assert english.count(" (acknowledgement of receipt of 20") == 2
    monkeypatch.setenv("CASELEDGER_LANGUAGE", "fr")
    french = writing("failed", ref, "bounced", "--as", "I-02").err
    assert french.startswith("Dites lequel par --notice-id : ")
    assert french.count(" (accusé de réception du 20") == 2


def test_the_trail_says_what_a_notice_did_in_both_languages(writing: CommandLine) -> None:
    ref = opened(writing)
    writing.done("notice", ref, "ACK", "--channel", "email", "--value", "name=Ada", "--as", "I-02")
    writing.done("given", ref, "--as", "I-02")
    english, french = (
        [line["sentence"] for line in writing.asked("trail", ref, "--language", lang)["trail"]]
        for lang in ("en", "fr")
    )
    assert "The notice was given. With it this was done: receipt was acknowledged." in english
    assert "L'avis a été remis. Par lui, ceci a été fait : réception accusée." in french
    assert any(line.startswith("Un avis a été envoyé : accusé de réception") for line in french)


def test_safe_contact_is_shown_before_every_outbound_act_and_that_it_was_read_is_recorded(
    writing: CommandLine,
) -> None:
    ref = opened(writing)
    writing.done(
        "safe-contact", ref, "--channel", "phone", "--times", "Not after five.", "--as", "I-02"
    )
    outbound = ("contact", ref, "--direction", "outbound", "--kind", "reassurance", "--as", "I-02")
    refused = writing(*outbound, "--channel", "phone")
    assert refused.code == 2
    shown = "Safe contact: never by: phone; times: Not after five.\n"
    assert refused.err.startswith(shown)
    assert "Safe contact forbids the channel phone" in refused.err
    for words in (
        (*outbound, "--channel", "email"),
        ("ask", ref, "--field", "income", "--channel", "email", "--as", "I-02"),
        ("notice", ref, "ACK", "--channel", "email", "--value", "name=Ada", "--as", "I-02"),
    ):
        assert writing.done(*words).err.startswith(shown)
    with writing.ledger() as ledger:
        read = [each for each in ledger.entries() if each.topic == "PersonalValuesRead"]
    assert len(read) == 5


def test_safe_contact_says_nothing_to_whoever_logs_a_call_to_us(writing: CommandLine) -> None:
    ref = opened(writing)
    writing.done("safe-contact", ref, "--channel", "phone", "--as", "I-02")
    inbound = ("--direction", "inbound", "--channel", "phone", "--kind", "chase", "--as", "I-02")
    assert writing.done("contact", ref, *inbound).err == ""


def test_what_was_answered_of_safe_contact_is_said_as_channels_before_anybody_turns_to_the_requester(
    writing: CommandLine,
) -> None:
    """Who asked at intake for no letters at home was sent one: whoever sent it was warned, and not refused."""
    asked = (
        "open", "web", "--request-type", "INC-APP", "--language", "fr", "--answer",
        "safe_contact=Never by letter", "--as", "I-02",
    )  # fmt: skip
    ref = writing.asked(*asked)["reference"]
    told = "nobody has said yet which channels, times or names"
    outbound = ("contact", ref, "--direction", "outbound", "--kind", "reassurance", "--as", "I-02")
    for words in (
        (*outbound, "--channel", "email"),
        ("notice", ref, "ACK", "--channel", "email", "--value", "name=Ada", "--as", "I-02"),
    ):
        refused = writing(*words)
        assert (refused.code, told in refused.err) == (2, True)
        assert "Never by letter" not in refused.err, "whoever reads the case opens it, on record"
    writing.done(*outbound[:3], "inbound", *outbound[4:], "--channel", "phone")
    writing.done("safe-contact", ref, "--channel", "letter", "--as", "I-02")
    assert told not in writing.done(*outbound, "--channel", "email").err
    assert "forbids the channel letter" in writing(*outbound, "--channel", "letter").err
    known = party(writing)
    writing.done("party-safe-contact", known, "--channel", "phone", "--as", "I-02")
    ref = writing.asked(*asked, "--requester", known)["reference"]
    said = writing.done(outbound[0], ref, *outbound[2:], "--channel", "email").err
    assert "it is not settled yet" in said, (
        "on this case; what stands for all their cases forbids on"
    )


def party(office: CommandLine) -> str:
    recorded = office.asked("party", "--name", "Ada", "--as", "I-02")
    return recorded["stream"].removeprefix("party/")


def test_an_instruction_for_another_record_of_the_same_person_is_shown_and_kept_until_unlinked(
    writing: CommandLine,
) -> None:
    one, between, other = party(writing), party(writing), party(writing)
    by = ("--as", "I-02")
    writing.done("party-safe-contact", other, "--channel", "phone", "--times", "Not at noon.", *by)
    ref = writing.asked("open", "web", "--request-type", "INC-APP", "--requester", one, *by)
    outbound = (
        "contact",
        ref["reference"],
        "--direction",
        "outbound",
        "--kind",
        "reassurance",
        *by,
    )
    assert writing.done(*outbound, "--channel", "phone").err == ""
    assert not writing.asked("case", ref["reference"])["safe_contact_is_settled"]
    for first, second in ((between, one), (between, other)):
        writing.done("same-person", first, second, "same", "--evidence", "Same licence.", *by)
    assert writing.asked("case", ref["reference"])["safe_contact_is_settled"]
    refused = writing(*outbound, "--channel", "phone")
    assert refused.code == 2
    shown = (
        f"Safe contact, as the same person's record {other} says: never by: phone; "
        "times: Not at noon.\n"
    )
    assert refused.err.startswith(shown)
    assert "Safe contact forbids the channel phone for this person" in refused.err
    assert writing.done(*outbound, "--channel", "email").err == shown
    writing.done("same-person", other, between, "not_same", "--evidence", "Two births.", *by)
    assert writing.done(*outbound, "--channel", "phone").err == ""
    writing.done("verify")


def test_what_is_said_of_a_person_is_shown_on_each_of_their_cases_and_kept(
    writing: CommandLine,
) -> None:
    recorded = writing.asked("party", "--name", "@@ada", "--as", "I-02")
    party = recorded["stream"].removeprefix("party/")
    never = ("party-safe-contact", party, "--channel", "phone", "--names", "Not Doucet.")
    writing.done(*never, "--as", "I-02")
    for request_type in ("INC-APP", "GEN-ENQ"):
        ref = writing.asked(
            "open", "web", "--request-type", request_type, "--requester", party, "--as", "I-02"
        )["reference"]
        assert "safe contact   was settled" in writing.done("case", ref).out
        assert writing.asked("case", ref)["safe_contact_is_settled"]
        outbound = ("contact", ref, "--direction", "outbound", "--kind", "reassurance")
        refused = writing(*outbound, "--channel", "phone", "--as", "I-02")
        assert refused.code == 2
        shown = (
            "Safe contact, on any case of theirs: never by: phone; names not to use: Not Doucet.\n"
        )
        assert refused.err.startswith(shown)
        assert "Safe contact forbids the channel phone for this person" in refused.err
        assert writing.done(*outbound, "--channel", "email", "--as", "I-02").err == shown


def test_whoever_turns_to_a_requester_who_has_died_or_changed_language_is_told(
    writing: CommandLine,
) -> None:
    """The page of the case said neither, and letters went on in the language of before."""
    stream = writing.asked("party", "--name", "Ada", "--language", "fr", "--as", "I-02")["stream"]
    party = stream.partition("/")[2]
    new = ("open", "web", "--request-type", "INC-APP", "--language", "fr", "--requester", party)
    ref = writing.asked(*new, "--as", "I-02")["reference"]
    letter = ("notice", ref, "ACK", "--channel", "email", "--value", "name=Ada", "--as", "I-02")
    assert "Their record says" not in writing.done(*letter).err
    writing.done("party-contact", party, "--language", "en", "--as", "I-02")
    changed = "Their record says English, and letters of this case go in French"
    assert changed in writing.done(*letter).err
    assert not writing.asked("case", ref)["requester_has_died"]
    assert "has died" not in writing.done("case", ref).out
    writing.done("died", party, "--evidence", "A certificate.", "--as", "I-02")
    assert writing.asked("case", ref)["requester_has_died"]
    assert "requester      has died" in writing.done("case", ref).out
    assert "est décédé" in writing.done("case", ref, "--language", "fr").out
    call = ("contact", ref, "--direction", "outbound", "--channel", "phone", "--kind", "thanks")
    assert "The requester has died" in writing.done(*call, "--as", "I-02").err
    last = writing.asked("trail", ref)["trail"][-1]["sentence"]
    assert f", with the party {party} (" in last


def test_whoever_calls_somebody_who_acts_for_the_requester_no_more_is_told(
    writing: CommandLine,
) -> None:
    """A letter to them was refused, and a call was logged without a word."""
    ada, mother = (
        writing.asked("party", "--name", name, "--as", "I-02")["stream"].partition("/")[2]
        for name in ("Ada", "Her mother")
    )
    act = ("--authority", "parent", "--scope", "All of it", "--as", "I-02")
    writing.done("represent", ada, mother, *act)
    new = ("open", "web", "--request-type", "INC-APP", "--requester", ada, "--as", "I-02")
    ref = writing.asked(*new)["reference"]
    writing.done("concerns", ref, mother, "representative", "--as", "I-02")
    call = ("contact", ref, "--direction", "outbound", "--channel", "phone", "--kind", "thanks")
    theirs = (*call, "--party", mother, "--as", "I-02")
    assert "no more" not in writing.done(*theirs).err
    writing.done("represent-no-more", ada, mother, "--as", "I-02")
    assert "They act for the requester no more" in writing.done(*theirs).err
