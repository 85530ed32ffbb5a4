"""What if: a command on a case shows what it would record and how the case would then stand, and records nothing."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from api.shown.supposed import can_be_supposed
from api.verbs import VERBS
from tests.api.command_line import CommandLine

INTAKE_SAYS = ("open", "phone", "--request-type", "RDW-POT", "--region", "HAL", "--as", "I-02")
ON_A_CASE: dict[str, Callable[[str], tuple[str, ...]]] = {
    "classify": lambda ref: ("classify", ref, "INC-APP"),
    "note": lambda ref: ("note", ref, "A deep hole."),
    "wait": lambda ref: ("wait", ref, "weather"),
    "transfer": lambda ref: ("transfer", ref, "INT", "--reason", "wrong-team"),
    "resolve": lambda ref: ("resolve", ref, "done"),
}


@pytest.fixture
def in_hand(office: CommandLine) -> str:
    """A case that R-02 has pulled."""
    reference = office.asked(*INTAKE_SAYS)["reference"]
    office.done("pull", "RDW", "--as", "R-02")
    return str(reference)


def topics_of(office: CommandLine, reference: str) -> list[str]:
    return [each["topic"] for each in office.asked("trail", reference)["trail"]]


@pytest.mark.parametrize("command", ON_A_CASE)
def test_what_would_be_recorded_is_what_is_recorded_once_it_is_asked(
    office: CommandLine, in_hand: str, command: str
) -> None:
    words = (*ON_A_CASE[command](in_hand), "--as", "R-02")
    before = topics_of(office, in_hand)
    supposed = office.asked(*words, "--what-if")
    assert supposed["recorded"] == []
    assert topics_of(office, in_hand) == before
    office.done(*words)
    would = [each["topic"] for each in supposed["would_record"]]
    assert topics_of(office, in_hand) == [*before, *would]
    known = office.asked("case", in_hand)
    assert known["status"] == supposed["status"]
    assert [each["state"] for each in known["clocks"]] == [
        each["state"] for each in supposed["clocks"]
    ]


def test_people_read_it_in_sentences_and_the_clocks_as_they_would_stand(
    office: CommandLine, in_hand: str
) -> None:
    said = office.done("wait", in_hand, "weather", "--as", "R-02", "--what-if").out
    assert f"What would be recorded on {in_hand}; nothing is" in said
    assert "The case began to wait: Weather." in said
    assert "the case would be waiting" in said
    assert re.search(r"FIX-10 +paused", said)


def test_it_is_french_as_a_whole_where_that_is_asked_for(office: CommandLine, in_hand: str) -> None:
    said = office.done(
        "wait", in_hand, "weather", "--as", "R-02", "--what-if-language", "fr"
    ).out.splitlines()
    assert said[0] == f"Ce qui serait consigné sur {in_hand}; rien ne l'est"
    assert said[1] == "quoi"
    assert said[2] == "Le dossier a été mis en attente : Météo."
    assert "Ses délais alors; état du dossier : en attente" in said
    assert all(topic != "WaitingBegan" for topic in topics_of(office, in_hand))


def test_what_would_be_refused_is_refused_in_the_same_words(
    office: CommandLine, in_hand: str
) -> None:
    stale = ("note", in_hand, "Late.", "--as", "R-02", "--expected-version", "1")
    unknown = ("resolve", in_hand, "vanished", "--as", "R-02")
    to_come = ("note", in_hand, "Soon.", "--as", "R-02", "--at", "2999-01-01T00:00:00Z")
    for words in (stale, unknown, to_come):
        supposed, asked = office(*words, "--what-if"), office(*words)
        assert supposed.code == asked.code == 2
        assert supposed.err == asked.err != ""


def test_every_command_on_a_case_can_be_supposed_unless_more_comes_of_it_than_it_records() -> None:
    """Whoever is not offered it would have recorded what they meant to try."""
    others = {name for name, verb in VERBS.items() if verb.of_a_case and not can_be_supposed(verb)}
    assert all(VERBS[name].by or VERBS[name].refused for name in others)
    assert len(VERBS) > 2 * len(others)
