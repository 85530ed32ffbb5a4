"""Whoever may read a text about several people sees about whom each passage is, and once it is erased that it was."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.command_line import CommandLine
from tests.api.passages import bob, erase, party

__all__ = ["bob"]

OPEN = ("--open", "--purpose", "To read it", "--as", "I-02")


@pytest.fixture
def reference(office: CommandLine, bob: str) -> str:
    """A case of Ann's with texts about Bob of several kinds, by commands of several chapters."""
    ref = office.asked(
        "open", "phone", "--request-type", "GEN-ENQ", "--requester", party(office, "Ann"),
        "--as", "I-02",
    )["reference"]  # fmt: skip
    for words in (
        ("concerns", ref, bob, "witness", "--reason", f"As [[{bob}|Trunchpole]] saw it."),
        ("receive", ref, "--channel", "phone", "--answer", "name=Ann", "--answer",
         "description=Where does [[witness|Mr Trunchpole]] live?"),
        ("task", ref, "Ask [[witness|Trunchpole]] again", "--team", "INT"),
        ("promise", ref, "2030-01-01", "--words", "After [[witness|Trunchpole]] called."),
        ("item", ref, "--digest", "0" * 64, "--media-type", "text/plain", "--size-bytes", "1",
         "--custodian", "INT", "--place-kept", "A shelf", "--source", "[[witness|Trunchpole,]] by hand",
         "--title", "What [[requester|Ann]] wrote"),
        ("transfer", ref, "RDW", "--reason", "wrong-team", "--handover", "[[witness|Trunchpole]] is rude."),
    ):  # fmt: skip
        office.done(*words, "--as", "I-02")
    return ref


def passages(office: CommandLine, ref: str) -> dict[str, list[tuple[Any, ...]]]:
    """By field what it says and which of its words are whose."""
    shown = office.asked("case", ref, *OPEN)["personal"]
    return {
        each["field"]: [
            (
                each["value"],
                told["first"],
                told["end"],
                told["party"],
                told["roles"],
                told["erased"],
            )
            for told in each["passages"]
        ]
        for each in shown
        if each["passages"]
    }


def test_passages_are_told_with_their_party_and_after_an_erasure_without(
    office: CommandLine, reference: str, bob: str
) -> None:
    before = passages(office, reference)
    whose = (bob, ["witness"], False)
    assert before["reason"] == [("As Trunchpole saw it.", 1, 2, *whose)]
    assert before["description"] == [("Where does Mr Trunchpole live?", 2, 4, *whose)]
    assert before["title"][0][1:3] == (1, 2)
    assert before["title"][0][4] == ["requester"]
    assert before["source"] == [("Trunchpole, by hand", 0, 1, *whose)]
    assert before["words"] == [("After Trunchpole called.", 1, 2, *whose)]
    assert before["handover"] == [("Trunchpole is rude.", 0, 1, *whose)]
    assert f"words 2-4: witness, {bob}" in office.done("case", reference, *OPEN).out
    told = " ".join(office.done("trail", reference, *OPEN).out.split())
    assert f"handover[0-1] is about the party {bob} (witness)." in told
    told = office.done("trail", reference, "--language", "fr", *OPEN).out
    assert f"answers.description[2-4] porte sur la partie {bob} (témoin)." in told
    assert "[0-1]" not in office.done("trail", reference, "--as", "I-02").out

    assert "those words go and the rest stays (6 entries)." in erase(office, bob)
    after = passages(office, reference)
    gone = (None, [], True)
    assert after["description"] == [("Where does [erased] live?", 2, 4, *gone)]
    assert after["handover"] == [("[erased] is rude.", 0, 1, *gone)]
    assert after["title"] == before["title"]
    assert "words 2-4: erased" in office.done("case", reference, *OPEN).out
    told = office.done("trail", reference, *OPEN).out
    assert "handover[0-1] was about somebody whose data is erased." in told
    assert "Trunchpole" not in told
    assert "Clean" in office.done("verify").out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("receive", "--channel", "phone", "--answer", "age=[[witness|12]]"), "age"),
        (("task", "Ask [[witness|him]]", "--team", "INT"), "The case has nobody in the role witness"),
        (("safe-contact", "--times", "[[subject|x]]"), "The case has nobody in the role subject"),
    ],
)  # fmt: skip
def test_a_passage_that_cannot_be_is_one_sentence(
    office: CommandLine, words: tuple[str, ...], sentence: str
) -> None:
    ref = office.asked("open", "phone", "--request-type", "GEN-ENQ", "--as", "I-02")["reference"]
    refused = office(words[0], ref, *words[1:], "--as", "I-02")
    assert (refused.code, len(refused.sentences)) == (2, 1)
    assert sentence in refused.err
