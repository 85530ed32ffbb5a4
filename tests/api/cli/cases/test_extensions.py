"""Extensions and the notices that are owed, from the command line."""

from __future__ import annotations

from tests.api.command_line import CommandLine


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
