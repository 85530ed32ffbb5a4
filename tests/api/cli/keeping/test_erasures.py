"""Erasure from the command line: proposed, approved by another, carried out; verified and told afterwards."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.api.command_line import CommandLine

FIRST, SECOND = ("--as", "D-01", "--role", "records"), ("--as", "L-01", "--role", "records")
NAME = "Adelheid Quillfeather"


@pytest.fixture
def ada(office: CommandLine) -> dict[str, Any]:
    party = office.asked("party", "--name", NAME, "--as", "I-02")["stream"].partition("/")[2]
    opened = office.asked(
        "open", "phone", "--request-type", "GEN-ENQ", "--requester", party, "--answer",
        f"name={NAME}", "--as", "I-02",
    )  # fmt: skip
    return {"party": party, "ref": opened["reference"]}


def test_a_person_is_erased_by_two_officers_and_the_trail_says_on_what_authority(
    office: CommandLine, ada: dict[str, Any]
) -> None:
    said = office.done(
        "erasure", "propose", "--party", ada["party"], "--authority", "consent_withdrawn", *FIRST
    ).out
    assert "It reaches 2 keys in 2 streams." in said
    assert f"Notes and other words about the cases themselves stay ({ada['ref']})" in said
    (listed,) = office.asked("erasure")["erasures"]
    erasure = listed["erasure_id"]
    alone = office("erasure", "approve", erasure, *FIRST)
    assert (alone.code, alone.err) == (
        2,
        "Whoever proposed an erasure does not approve it: let a second records officer do it.\n",
    )
    early = office("erasure", "carry-out", erasure, *FIRST)
    assert "a second records officer approves it first" in early.err
    office.done("erasure", "approve", erasure, *SECOND)
    told = " ".join(office.done("erasure", "carry-out", erasure, *FIRST).out.split())
    assert "2 keys are destroyed, 2 sealed parts deleted" in told
    assert "Backups made before can be read with the former master key until 20" in told
    shown = office.asked("case", ada["ref"], "--open", "--purpose", "To look", "--as", "I-02")
    assert {each["value"] for each in shown["personal"] if each["topic"] == "CaseOpened"} == {
        "erased"
    }
    told = " ".join(office.done("case", ada["ref"]).out.split())
    assert re.search(
        r"erased what was about one person, \d{4}-\d\d-\d\d \d\d:\d\d, on the authority of a withdrawal of consent",
        told,
    )
    trail = office.done("trail", ada["ref"]).out
    assert "Content of one person was erased" in " ".join(trail.split())
    assert "Clean" in office.done("verify").out
    assert "carried out" in office.done("erasure").out


@pytest.mark.parametrize("resolved", [True, False])
def test_a_case_that_is_over_takes_no_words_once_all_in_it_was_erased_and_an_open_one_does(
    office: CommandLine, ada: dict[str, Any], *, resolved: bool
) -> None:
    """What came after an order was kept for ever, since nothing was due for disposal any more."""
    if resolved:
        office.done("resolve", ada["ref"], "done", "--as", "I-02")
    proposed = office.asked(
        "erasure", "propose", "--case", ada["ref"], "--authority", "order", *FIRST
    )
    office.done("erasure", "approve", proposed["erasure_id"], *SECOND)
    office.done("erasure", "carry-out", proposed["erasure_id"], *FIRST)
    noted = office("note", ada["ref"], f"{NAME} rang.", "--as", "I-02")
    assert (noted.code, "was erased, and what is written" in noted.err) == (
        (2, True) if resolved else (0, False)
    )
    assert office.asked("case", ada["ref"])["case"]["disposed"] is resolved


def test_on_what_an_erasure_rests_is_opened_for_whoever_says_why(
    office: CommandLine, ada: dict[str, Any]
) -> None:
    """Instrument and reason are sealed under the erasure's own key, and no command opened them."""
    said = (
        "erasure", "propose", "--case", ada["ref"], "--authority", "order",
        "--instrument", "Order 2026-7 of the Supreme Court", "--reason", "The judge so ordered.",
    )  # fmt: skip
    erasure = office.asked(*said, *FIRST)["erasure_id"]
    office.done("erasure", "approve", erasure, *SECOND)
    told = " ".join(office.done("erasure", "show", erasure).out.split())
    assert "on the authority of an order" in told
    assert "A second person approved" in told
    assert "are sealed: --open --purpose WHY" in told
    opening = ("--open", "--purpose", "Audit of erasures")
    (proposed, _) = office.asked("erasure", "show", erasure, *opening, "--as", "A-01")["trail"]
    assert "Order 2026-7 of the Supreme Court" in proposed["sentence"]
    assert "Why: The judge so ordered." in proposed["sentence"]
    read = office.asked("accesses", f"erasure/{erasure}", "--as", "A-01")
    assert "A-01" in str(read)
    refused = office("erasure", "show", erasure, *opening, "--as", "R-02")
    assert (refused.code, "judge" in refused.out) == (2, False)
    before = office.asked("erasure", "show", erasure, "--known-at", "2020-01-01")
    assert before["trail"] == []
    assert "name it" in office("erasure", *opening, "--as", "A-01").err


def test_an_erasure_of_what_is_on_hold_is_refused_and_shows(
    office: CommandLine, ada: dict[str, Any]
) -> None:
    office.done("hold", "place", ada["ref"], "--ground", "litigation", *FIRST)
    asked = ("erasure", "propose", "--case", ada["ref"], "--authority", "order", *FIRST)
    refused = office(*asked)
    assert refused.code == 2
    assert f"Of the cases that this reaches some are on hold ({ada['ref']})" in refused.err
    assert "refused: 1 case on hold" in office.done("erasure").out
    (refused_one,) = office.asked("erasure")["erasures"]
    approved = office("erasure", "approve", refused_one["erasure_id"], *SECOND)
    assert "was refused because of holds: propose it again" in approved.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("propose", "--authority", "order"), "This selects nothing"),
        (("propose", "--authority", "because"), "Invalid value"),
        (("propose", "--case", "7ZK3Q-0M9TB-5", "--authority", "order"), "is not a case reference"),
        (("approve", "7"), "is not a UUID"),
        (("approve", "00019caf-0000-7000-8000-000000000001"), "No such erasure was proposed"),
    ],
)
def test_what_cannot_be_is_one_sentence(
    office: CommandLine, words: tuple[str, ...], said: str
) -> None:
    answer = office("erasure", *words, *FIRST)
    assert answer.code == 2
    assert said in answer.err
