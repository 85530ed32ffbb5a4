"""Languages from the command line: what is written in which, what is a translation of what, and how to talk."""

from __future__ import annotations

import pytest

from tests.api.command_line import CommandLine
from tests.api.opening import opened

ITEM = (
    "--digest", "ab" * 32, "--media-type", "application/pdf", "--size-bytes", "4096",
    "--custodian", "Intake", "--place-kept", "Archive", "--as", "I-02",
)  # fmt: skip
BY_MACHINE = ("--translated-by", "machine", "--translator", "argos-1.9")


def items(office: CommandLine, ref: str) -> list[str]:
    return [each["item_id"] for each in office.asked("case", ref)["written"] if each["item_id"]]


def test_a_translation_is_listed_reviewed_and_told_in_both_languages(office: CommandLine) -> None:
    ref = opened(office)
    office.done("item", ref, *ITEM, "--language", "fr")
    (letter,) = items(office, ref)
    office.done("item", ref, *ITEM, "--language", "en", "--translation-of", letter, *BY_MACHINE)
    _, english = items(office, ref)
    shown = office.done("case", ref).out
    assert "machine argos-1.9" in shown
    assert "nobody yet" in shown
    office.done("reviewed", ref, english, "--words", "Line 3 is free.", "--as", "I-02")
    office.done("note", ref, "Elle rappellera.", "--language", "fr", "--as", "I-02")
    office.done(
        "contact", ref, "--direction", "inbound", "--channel", "phone", "--kind", "chase",
        "--language", "ase", "--interpreted", "--as", "I-02",
    )  # fmt: skip
    office.done("ask", ref, "--words", "Où exactement ?", "--language", "fr", "--as", "I-02")
    office.done(
        "resolve", ref, "no-action", "--words", "Rien à faire.", "--language", "fr", "--as", "I-02"
    )
    written = office.asked("case", ref)["written"]
    assert [(each["part"], each["language"]) for each in written] == [
        ("item", "fr"), ("item", "en"), ("note", "fr"), ("contact", "ase"), ("question", "fr"),
        ("resolution", "fr"),
    ]  # fmt: skip
    assert (written[1]["translation_of"], written[1]["reviewed_by"]) == (letter, ["I-02"])
    shown = office.done("case", ref).out
    assert "1 item, 1 note" in shown
    assert "American Sign Language" in shown
    said = office.done("trail", ref).out
    assert f"It translates the item {letter}. Translated by a machine: argos-1.9." in said
    assert "American Sign Language (Chase); somebody interpreted" in said
    assert " ".join(said.split()).count("Words, in French: [sealed].") == 2
    dit = office.done("trail", ref, "--language", "fr").out
    assert "Traduite par une machine : argos-1.9." in dit
    assert f"I-02 a révisé la traduction {english} et s'en porte garant." in dit
    assert "Une note a été versée au dossier en français" in dit


def test_how_to_talk_is_settled_and_shown_beside_the_language_of_letters(
    office: CommandLine,
) -> None:
    ref = opened(office)
    office.done(
        "speak", ref, "--interview-language", "mic", "--interpreter", "Mi'kmaw", "--format",
        "large-print", "--as", "I-02",
    )  # fmt: skip
    case = office.asked("case", ref)["case"]
    assert [case[each] for each in ("language", "interview_language", "interpreter", "format")] == [
        "fr", "mic", "Mi'kmaw", "large-print",
    ]  # fmt: skip
    asked = office.done("ask", ref, "--as", "I-02").err
    assert (
        asked
        == "Asked for: talk in: Mi'kmaw; interpreter: Mi'kmaw; write in the format: large-print\n"
    )
    office.done("speak", ref, "--interpreter", "", "--as", "I-02")
    assert office.asked("case", ref)["case"]["interpreter"] is None
    assert "settled: in Mi'kmaw, to be written to" in office.done("trail", ref).out
    found = office.asked("flow", "--interview-language", "mic", "--by", "languages")
    assert found["figures"]["first_time"]["basis"]["n"] == 1
    assert {each["trait"] for each in found["compared"]} == {
        "language", "interview_language", "interpreter", "format",
    }  # fmt: skip
    office.done(
        "receive",
        ref,
        "--channel",
        "phone",
        "--answer",
        "income=9",
        "--answered-in",
        "ase",
        "--as",
        "I-02",
    )
    assert "Answers, in American Sign Language: " in office.done("trail", ref).out
    assert "1 piece of information" in office.done("case", ref).out
    assert "too few to be told" in office.done("flow", "--by", "languages").out


@pytest.mark.parametrize(
    ("words", "saying"),
    [
        (("item", "REF", *ITEM, *BY_MACHINE), "Say what it is the translation of"),
        (("item", "REF", *ITEM, "--translates", "1", *BY_MACHINE), "a language of its own"),
        (
            ("reviewed", "REF", "019ca4b0-0000-7000-8000-000000000009", "--as", "I-02"),
            "No translation",
        ),
        (("speak", "REF", "--as", "I-02"), "Say what was settled"),
        (
            ("speak", "REF", "--interview-language", "French!", "--as", "I-02"),
            "--interview-language",
        ),
    ],
)
def test_what_makes_no_sense_is_told_in_one_sentence(
    office: CommandLine, words: tuple[str, ...], saying: str
) -> None:
    ref = opened(office)
    said = office(*(ref if each == "REF" else each for each in words))
    assert said.code == 2
    assert len(said.sentences) == 1
    assert saying in said.err
