"""Money on the command line: whoever takes a call types and reads amounts, and the ledger keeps cents."""

from __future__ import annotations

import io
import sys

import pytest

from tests.api.command_line import CommandLine

LOOKING = ("--open", "--purpose", "To look", "--as", "I-02")
NEW = ("open", "phone", "--request-type", "INC-APP", "--as", "I-02")


def earning(office: CommandLine, said: str) -> str:
    return office.asked(*NEW, "--answer", f"income={said}")["reference"]


def kept(office: CommandLine, ref: str) -> list[object]:
    personal = office.asked("case", ref, *LOOKING)["personal"]
    return [each["value"] for each in personal if each["field"] == "income"]


@pytest.mark.parametrize("said", ["1250", "1250.00", "1,250.00", "1 250,00", "$1,250.00"])
def test_an_amount_is_typed_as_people_write_it_and_kept_in_cents(
    office: CommandLine, said: str
) -> None:
    """1250 was taken for 12.50, since all of it was typed in cents."""
    assert kept(office, earning(office, said)) == [125_000]


def test_it_is_read_as_an_amount_wherever_the_case_is_opened(office: CommandLine) -> None:
    ref = earning(office, "1250")
    assert "$1,250.00" in office.done("case", ref, *LOOKING).out
    assert "1 250,00 $" in office.done("case", ref, "--language", "fr", *LOOKING).out
    assert "Monthly income: $1,250.00" in office.done("trail", ref, *LOOKING).out
    assert (
        "Revenu mensuel : 1 250,00 $" in office.done("trail", ref, "--language", "fr", *LOOKING).out
    )
    assert "$1,250.00" in office.done("brief", ref, *LOOKING).out


@pytest.mark.parametrize("said", ["1,250", "much", "12 EUR"])
def test_what_could_be_meant_otherwise_is_refused_with_how_to_write_it(
    office: CommandLine, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    asked = (*NEW, "--answer", f"income={said}")
    assert office(*asked).sentences == [
        f"--answer income={said}: this field takes an amount such as 1250 or 1250.00."
    ]
    monkeypatch.setenv("CASELEDGER_LANGUAGE", "fr")
    assert "ce champ prend un montant tel que 1250 ou 1250,00." in office(*asked).err


def test_a_correction_is_an_amount_too(office: CommandLine) -> None:
    ref = earning(office, "1250")
    correct = ("correct", ref, "1", "--reason", "Slip", "--as", "I-02", "--value")
    office.done(*correct, "answers.income=1300,50")
    assert "Right is: Monthly income: $1,300.50." in office.done("trail", ref, *LOOKING).out
    assert "answers.income=$1,300.50" in office.done("case", ref, *LOOKING).out
    refused = office(*correct, "answers.income=1,300")
    assert (refused.code, "takes an amount such as 1250 or 1250.00" in refused.err) == (2, True)
    office.done(*correct, "answers.income=null")


def test_question_by_question_an_amount_is_asked_for_again_and_said_as_it_was_taken(
    office: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def says(raw: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), "utf-8"))

    says(b"Ada\na@example.org\nen\nHelp\n3\n1,250\n1 250,00\n")
    asked = office.done("form", "INC-APP", "--ask")
    assert "Monthly income [an amount in CAD, such as 1250.00; needed]" in asked.err
    assert "Give an amount such as 1250 or 1250.00." in asked.err
    assert "Taken as $1,250.00." in asked.err
    assert "income=1250.00\n" in asked.out
    says(asked.out.encode())
    assert kept(office, office.asked(*NEW, "--answer", "-")["reference"]) == [125_000]
    says(b"\n\n\n\n\n12,5\n")
    french = office.done("form", "INC-APP", "--ask", "--language", "fr").err
    assert "Revenu mensuel [un montant en CAD, tel que 1250,00; nécessaire]" in french
    assert "Compris : 12,50 $." in french
