"""Personal words reach a command from standard input or a file, so that the shell's history need not hold them."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Literal, get_origin

import pytest

import ledger.service
from api.cli.writing.given_words import MAX_BYTES, PERSONAL, GivenWords
from api.verbs import CASE_VERBS, VERBS
from api.verbs.field_words import HELP
from ledger.entry import Actor
from ledger.errors import InvalidCommand
from ledger.facts import ANSWERS, topics
from tests.api.command_line import CommandLine

assert ledger.service.KINDS, "importing the service registers every topic"


def typed(monkeypatch: pytest.MonkeyPatch, said: str | bytes) -> None:
    raw = said.encode() if isinstance(said, str) else said
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))


def opened_fields(office: CommandLine, reference: str) -> dict[str, object]:
    found = office.asked("case", reference, "--open", "--purpose", "A test.", "--as", "I-02")
    return {each["field"]: each["value"] for each in found["personal"]}


def test_every_field_that_is_sealed_can_be_given_out_of_sight() -> None:
    sealed = {name for kind in topics().values() for name, _ in kind.plan.personal} | {ANSWERS}
    asked = {name for verb in VERBS.values() for name in verb.asked_for}
    assert sealed & asked == PERSONAL


@pytest.mark.parametrize("verb", sorted(CASE_VERBS))
def test_help_says_how_personal_words_stay_out_of_the_shells_history(
    bare: CommandLine, verb: str
) -> None:
    said = " ".join(bare.done(verb, "--help").out.replace("│", " ").split())
    asked = VERBS[verb]
    for name in PERSONAL & asked.asked_for.keys():
        # Nobody writes a choice, or ids, elsewhere.
        is_read = get_origin(asked.asked_for[name].annotation) not in (Literal, tuple)
        after = said.partition(asked.words.get(name) or HELP[name])[2].partition(" --")[0]
        assert ("standard input" in after) is is_read, name
        assert not is_read or "@FILE" in after, name


def test_answers_come_from_a_file_and_from_standard_input(
    office: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "said.txt").write_text("The rent is due.\nAnd the heating, too.\n", "utf-8")
    typed(monkeypatch, "Ada Lind\n")
    ref = office.asked(
        "open", "phone", "--request-type", "INC-APP", "--answer", "name=-",
        "--answer", f"description=@{tmp_path / 'said.txt'}", "--as", "I-02",
    )["reference"]  # fmt: skip
    found = opened_fields(office, ref)
    assert found["name"] == "Ada Lind"
    assert found["description"] == "The rent is due.\nAnd the heating, too."


def test_all_answers_can_come_from_one_file_a_line_each(
    office: CommandLine, tmp_path: Path
) -> None:
    (tmp_path / "answers.txt").write_text("name=Ada Lind\n\ncontact=@home\n", "utf-8")
    ref = office.asked(
        "open", "phone", "--request-type", "INC-APP", "--answer", f"@{tmp_path / 'answers.txt'}",
        "--answer", "language=fr", "--as", "I-02",
    )["reference"]  # fmt: skip
    found = opened_fields(office, ref)
    assert (found["name"], found["contact"]) == ("Ada Lind", "@home")


def test_a_note_a_contact_and_a_purpose_can_be_given_out_of_sight(
    office: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = office.asked("open", "phone", "--request-type", "GEN-ENQ", "--as", "I-02")["reference"]
    typed(monkeypatch, "Ada was here.\r\n")
    office.done("note", ref, "-", "--as", "I-02")
    (tmp_path / "words").write_text("Still nothing.", "utf-8")
    office.done(
        "contact", ref, "--direction", "inbound", "--channel", "phone", "--kind", "chase",
        "--words", f"@{tmp_path / 'words'}", "--as", "I-02",
    )  # fmt: skip
    found = opened_fields(office, ref)
    assert (found["text"], found["words"]) == ("Ada was here.", "Still nothing.")
    typed(monkeypatch, "To call Ada back.")
    office.done("case", ref, "--open", "--purpose", "-", "--as", "I-02")
    with office.ledger() as ledger:
        last = [*ledger.entries()][-1]
        auditor = Actor("person", "A-01", team="INT")
        (read,) = ledger.read_opened(last.stream, actor=auditor, purpose="A test.")
    assert read.entry.fact.model_dump()["purpose"] == "To call Ada back."


def test_a_party_is_recorded_from_standard_input(
    office: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A number of digits alone was taken for a number, and lost the zero that it begins with."""
    typed(monkeypatch, "phone=0612345678\nemail=ada@example.org\n")
    said = office.asked("party", "--name", "@@ada", "--contact", "-", "--as", "I-02")
    with office.ledger() as ledger:
        actor = [*ledger.entries()][-1].actor
        (read,) = ledger.read_opened(said["stream"], actor=actor, purpose="A test.")
    fact = read.entry.fact.model_dump()
    assert fact["name"] == "@ada"
    assert fact["contact"] == {"phone": "0612345678", "email": "ada@example.org"}


@pytest.mark.parametrize(
    ("typed_in", "options", "says"),
    [
        (
            "Ada",
            ("--answer", "name=-", "--answer", "contact=-"),
            "is read for --answer name already",
        ),
        ("", ("--answer", "name=@nowhere"), "@nowhere cannot be read"),
        (b"\xff\xfe", ("--answer", "name=-"), "not UTF-8"),
        ("a" * (MAX_BYTES + 1), ("--answer", "name=-"), "more than 1 MiB"),
        ("Ada Lind\n", ("--answer", "-"), "Line 1 of what --answer reads is not NAME=VALUE"),
        (
            "\n",
            ("--answer", "name=-"),
            "Standard input is empty: give --answer name its text there",
        ),
        ("name=Ada\nname=Bo\n", ("--answer", "-"), "--answer name is given twice"),
        (
            "name=\x1b[2JAda\n",
            ("--answer", "-"),
            "--answer name holds the control character U+001B",
        ),
        ("", ("--answer", "name=\x9b2J"), "--answer name holds the control character U+009B"),
        ("", ("--answer", "name=\u202eadA"), "--answer name holds the control character U+202E"),
        ("", ("--answer", "name=\udc9b"), "--answer name is not UTF-8 text: write it as UTF-8"),
    ],
    ids=[
        "standard input twice",
        "no file",
        "not text",
        "too long",
        "no pair",
        "empty",
        "twice",
        "escape",
        "escape of C1",
        "turned round",
        "half a character",
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(
    office: CommandLine,
    monkeypatch: pytest.MonkeyPatch,
    typed_in: str | bytes,
    options: tuple[str, ...],
    says: str,
) -> None:
    typed(monkeypatch, typed_in)
    said = office("open", "phone", "--request-type", "INC-APP", *options, "--as", "I-02")
    assert (said.code, len(said.sentences)) == (2, 1), said
    assert says in said.err
    assert "Lind" not in said.err


def test_of_two_answers_to_one_question_neither_is_taken(office: CommandLine) -> None:
    said = office(
        "open", "phone", "--request-type", "RDW-POT", "--answer", "danger_now=yes",
        "--answer", "danger_now=no", "--as", "I-02",
    )  # fmt: skip
    assert (said.code, said.err) == (
        2,
        "--answer danger_now is given twice: say once what it is.\n",
    )


def test_nobody_is_recorded_under_an_empty_name(office: CommandLine) -> None:
    said = office("party", "--name", "", "--as", "I-02")
    assert said.code == 2
    assert said.err.startswith("--name: must have 1 or more characters")


def test_what_points_nowhere_is_taken_as_it_is() -> None:
    words = GivenWords()
    assert words.text("- and so on", option="--words") == "- and so on"
    assert words.text("ada@example.org", option="--words") == "ada@example.org"
    with pytest.raises(InvalidCommand, match="write @@ for a text that begins with @"):
        words.text("@ada", option="--words")


def test_what_a_decision_is_worth_can_be_given_out_of_sight(
    office: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening = (
        "open", "phone", "--request-type", "INC-APP", "--as", "I-02",
        "--answer", "name=Ada", "--answer", "contact=x", "--answer", "language=en",
        "--answer", "description=Rent", "--answer", "household_size=3", "--answer", "income=1200",
    )  # fmt: skip
    decide = (
        "granted", "--legal-basis", "Regulation 4(1)", "--reasons", "Eligible.",
        "--as", "N-02", "--delegation", "DEL-INC-2026",
    )  # fmt: skip
    (tmp_path / "worth.txt").write_text("90000\n", "utf-8")
    typed(monkeypatch, "80000")
    ref, other = (office.asked(*opening)["reference"] for _ in range(2))
    assert office("decide", ref, *decide, "--amount-cents", "much").code == 2
    office.done("decide", ref, *decide, "--amount-cents", f"@{tmp_path / 'worth.txt'}")
    assert opened_fields(office, ref)["amount_cents"] == 90_000
    office.done("decide", other, *decide, "--amount-cents=-")
    assert opened_fields(office, other)["amount_cents"] == 80_000


def test_names_that_must_not_be_used_are_taken(office: CommandLine) -> None:
    ref = office.asked("open", "phone", "--request-type", "GEN-ENQ", "--as", "I-02")["reference"]
    office.done("safe-contact", ref, "--names", "Her old name.", "--as", "I-02")
    assert opened_fields(office, ref)["names"] == "Her old name."
