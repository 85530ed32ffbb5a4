"""Extensions and the notices that are owed, from the command line."""

from __future__ import annotations

from tests.api.command_line import CommandLine
from tests.api.disclosing import DEPARTMENT


def test_what_is_owed_is_listed_with_its_date(office: CommandLine) -> None:
    opened = office.asked(
        "open", "phone", "--request-type", "INC-APP", "--as", "I-02",
        "--answer", "name=Ada", "--answer", "contact=x", "--answer", "language=en",
        "--answer", "description=Rent", "--answer", "household_size=3", "--answer", "income=1200",
    )  # fmt: skip
    ref = opened["reference"]
    assert "None: everybody" in office.done("owed").out
    office.done(
        "decide", ref, "granted", "--legal-basis", "Regulation 4(1)", "--reasons", "Eligible.",
        "--as", "N-02", "--delegation", "DEL-INC-2026",
    )  # fmt: skip
    said = office.done("owed").out
    assert ref in said
    assert "the decision" in said
    (notice,) = office.asked("owed")["notices"]
    assert (notice["party"], notice["overdue"]) == ("requester", False)
    assert office.asked("owed", "--overdue")["notices"] == []
    assert office.asked("owed", "--team", "RDW")["notices"] == []
    assert office.asked("owed", "--known-at", "2020-01-01")["notices"] == []


def test_a_clock_is_extended_told_and_shown_from_the_command_line(office: CommandLine) -> None:
    opened = office.asked(
        "open", "phone", "--request-type", "INC-APP", "--as", "I-02",
        "--answer", "name=Ada", "--answer", "contact=x", "--answer", "language=en",
        "--answer", "description=Rent", "--answer", "household_size=3", "--answer", "income=1200",
    )  # fmt: skip
    ref = opened["reference"]
    words = (
        "extend",
        ref,
        "DEC-15",
        "5",
        "--authority",
        "leader",
        "--reason",
        "volume",
        "--as",
        "L-03",
    )
    assert "needs its notice" in office(*words).err
    at = office.asked("case", ref)["case"]["received_at"]
    office.done(*words, "--notice-given-at", at, "--notice-method", "letter")
    trail = office.done("trail", ref).out
    assert "was extended by 5 working days by the leader of the team: " in trail
    assert (
        "no extension"
        in office("told", ref, "commissioner", "--method", "e-mail", "--as", "L-03").err.lower()
    )
    assert "does not lapse by its law" in office("lapse", ref, "DEC-15", "--as", "L-03").err


def test_whoever_extends_need_not_name_the_one_notice_of_it_that_was_given(
    empty: CommandLine,
) -> None:
    """The requester had the letter, and the refusal said to give it to them first."""
    empty.done("policy", "publish", str(DEPARTMENT), "--as", "DIR-01")
    ref = empty.asked(
        "open", "letter", "--request-type", "IAC-SLF", "--language", "en", "--answer", "name=Al",
        "--answer", "contact=x", "--answer", "description=x", "--answer", "records_wanted=x", "--answer",
        "id_proof=licence", "--answer", "about_self=yes", "--as", "INT-02",
    )["reference"]  # fmt: skip
    empty.done("confirm-need", ref, "identity", "--as", "IAP-02")
    extend = (
        "extend", ref, "FOI-NS-1993", "10", "--authority", "head", "--reason", "volume", "--as", "IAP-01",
    )  # fmt: skip
    assert "needs its notice" in empty(*extend).err
    letter = (
        "notice", ref, "EXTENSION-ACCESS", "--channel", "letter", "--value", "because=volume",
        "--as", "IAP-02",
    )  # fmt: skip
    assert "say by how much" in empty(*letter).err
    empty.done(*letter, "--extends-by", "10")
    assert "needs its notice" in empty(*extend).err
    empty.done("given", ref, "--as", "IAP-02")
    longer = empty(*(each if each != "10" else "20" for each in extend))
    assert "is extended by 10" in longer.err
    empty.done(*extend)
    (told,) = (
        line["sentence"]
        for line in empty.asked("trail", ref)["trail"]
        if line["topic"] == "ClockExtended"
    )
    assert "; notice given on " in told
    assert "needs its notice" in empty(*extend).err, "that notice was of the extension before"
