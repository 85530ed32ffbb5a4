"""Guided intake from the command line: what to ask, in order, with help and why, and how the answers so far stand."""

from __future__ import annotations

import io
import re
import sys

import pytest

from tests.api.command_line import CommandLine

ANSWERS = b"Ada\n\nen\nA hole.\nMill Lane\nperhaps\noui\n"


def typed(monkeypatch: pytest.MonkeyPatch, raw: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), "utf-8"))


def test_an_intake_officer_sees_what_to_ask_in_order_with_help_and_why(office: CommandLine) -> None:
    assert "RDW-POT" in office.done("form").out
    shown = office.done("form", "RDW-POT", "--language", "fr").out
    assert "Quelqu'un est-il en danger en ce moment?" in shown
    assert "Si oui, nous sécurisons d'abord." in shown
    assert "Le danger passe avant tout." in shown
    assert shown.index("Où est-ce?") < shown.index("Quelqu'un est-il en danger")
    wrong = office("form", "INC-APP", "--answer", "since_when=2026-02-30", "--answer", "income=1")
    assert wrong.code == 1
    assert "since_when: Give a date that exists" in wrong.out
    assert "Next: Full name (name)" in wrong.out
    refused = office("form", "RDW-POTT")
    assert (refused.code, "it knows" in refused.err) == (2, True)


def test_what_was_answered_question_by_question_opens_a_case(
    office: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, ANSWERS)
    asked = office.done("form", "RDW-POT", "--ask")
    assert "Is anyone in danger now? [yes or no; needed]" in asked.err
    assert "Answer yes or no" in asked.err, "perhaps is no answer to it, and it is asked again"
    typed(monkeypatch, asked.out.encode())
    opening = ("open", "phone", "--request-type", "RDW-POT", "--answer", "-", "--as", "I-02")
    ref = office.asked(*opening)["reference"]
    assert re.search(r"missing +contact\n", office.done("case", ref).out)


def test_the_codes_that_commands_name_are_listed_with_their_words(office: CommandLine) -> None:
    assert "Relance" in office.done("codes", "reasons.contact", "--language", "fr").out
    assert {each["list"] for each in office.asked("codes", "regions")["codes"]} == {"regions"}
    assert "is not a list of codes" in office("codes", "reason").err
