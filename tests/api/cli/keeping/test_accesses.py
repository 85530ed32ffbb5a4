"""Who read what, from the command line: openings, refusals, and that none is recorded."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.api.command_line import CommandLine

OPENING = ("--open", "--purpose", "She called.")


@pytest.fixture
def pothole(office: CommandLine) -> str:
    reference: str = office.asked(
        "open", "phone", "--request-type", "RDW-POT", "--region", "HAL", "--answer", "name=Ada",
        "--answer", "danger_now=no", "--as", "I-02",
    )["reference"]  # fmt: skip
    return reference


def test_who_read_a_case_and_who_was_refused_it(office: CommandLine, pothole: str) -> None:
    office.done("case", pothole, *OPENING, "--as", "R-02")
    refused = office("trail", pothole, *OPENING, "--as", "N-02")
    assert refused.code == 2
    assert refused.err == (
        "Nothing was opened, and that it was asked is recorded: N-02 is of another team than the one "
        "that has this case; ask somebody whose task it is, or name another purpose.\n"
    )
    found = office.asked("accesses", pothole)
    assert (found["openings"], found["readers"], found["refusals"]) == (1, 1, 1)
    opened, asked = (each["row"] for each in found["listed"])
    assert (opened["reader"], opened["role"], opened["purpose_code"]) == (
        "R-02", "caseworker", "casework"
    )  # fmt: skip
    assert "CaseOpened.answers.name" in opened["slots"]
    assert opened["shown"] == len(opened["slots"])
    assert (asked["reader"], asked["refused"], asked["ground"]) == ("N-02", True, "other-team")
    said = office.done("accesses", pothole).out
    assert "refused: other-team" in said
    assert "1 reading refused." in said


def test_what_somebody_read_is_told_of_them_alone(office: CommandLine, pothole: str) -> None:
    for reader in ("R-02", "R-03", "R-02"):
        office.done("case", pothole, *OPENING, "--as", reader)
    found = office.asked("accesses", "--member", "R-02")
    assert [each["row"]["reader"] for each in found["listed"]] == ["R-02", "R-02"]
    assert office.asked("accesses", "--member", "R-02", "--limit", "1")["openings"] == 2


def test_that_nobody_opened_it_is_said_as_the_ledger_can_stand_by_it(
    office: CommandLine, pothole: str
) -> None:
    said = office.done("accesses", pothole, "--from", "2026-01-01", "--until", "2026-03-01").out
    between = "between 2026-01-01 and end of 2026-03-01"
    assert f"The ledger records no opening of {pothole} {between}" in " ".join(said.split())
    assert "under access recording version 2; it cannot know of prints" in " ".join(said.split())
    office.done("case", pothole, *OPENING, "--as", "R-02")
    before = (datetime.now(UTC) - timedelta(hours=1)).isoformat()
    assert office.asked("accesses", pothole, "--until", before)["openings"] == 0
    assert office.asked("accesses", pothole)["openings"] == 1


def test_a_reading_says_for_which_task(office: CommandLine, pothole: str) -> None:
    office.done("case", pothole, *OPENING, "--as", "A-01", "--for", "audit")
    (listed,) = office.asked("accesses", pothole)["listed"]
    assert listed["row"]["ground"] == "auditor.audit.any"
    refused = office("case", pothole, *OPENING, "--as", "A-01", "--for", "casework")
    assert "A-01 has no role in which this may be opened for that purpose" in refused.err


def test_for_how_long_nobody_was_told_anything(office: CommandLine, pothole: str) -> None:
    since = (datetime.now(UTC) - timedelta(days=41, hours=1)).isoformat()
    found = office.asked("silence", pothole, "--from", since)
    assert found["no_contact"][0]["after_version"] is None
    said = " ".join(office.done("silence", pothole, "--from", since).out.split())
    assert "The ledger records no outbound contact for 41 days" in said
    assert f"The ledger records no opening of {pothole}" in said
    office.done(
        "contact", pothole, "--direction", "outbound", "--channel", "phone", "--kind",
        "reassurance", "--as", "R-02",
    )  # fmt: skip
    gaps = office.asked("silence", pothole, "--from", since)["no_contact"]
    assert [gap["before_version"] is None for gap in gaps] == [False, True]
    office.done("milestone", pothole, "access_given", "--as", "R-02")
    gaps = office.asked("silence", pothole, "--from", since)["no_contact"]
    assert len(gaps) == 3, "whoever is given what they asked to see is contacted"


@pytest.mark.parametrize(
    "words",
    [
        ("party/nobody",),
        ("--limit", "0"),
        ("7ZK3Q-0M9TB-5",),
        ("--from", "yesterday"),
        ("--from", "2026-03-02", "--until", "2026-03-01"),
        ("--from", "2999-01-01"),
        ("--member", "R-20"),
    ],
)
def test_what_cannot_be_asked_is_said_in_one_sentence(
    office: CommandLine, words: tuple[str, ...]
) -> None:
    said = office("accesses", *words)
    assert (said.code, len(said.sentences)) == (2, 1)


def test_a_purpose_that_says_nothing_is_refused_in_our_own_words(
    office: CommandLine, pothole: str
) -> None:
    said = office("case", pothole, "--open", "--purpose", "ab", "--as", "R-02")
    assert (said.code, said.out) == (2, "")
    assert (
        said.err
        == "The purpose says nothing: say in 3 characters or more what the personal values are read for.\n"
    )


def test_an_act_that_was_refused_is_told_apart_from_a_reading(
    office: CommandLine, pothole: str
) -> None:
    assert office("disclosure", "begin", pothole, "--as", "I-03").code == 2
    assert "None was refused" not in (said := office.done("accesses").out)
    assert "1 other act refused." in said
    office("trail", pothole, *OPENING, "--as", "N-02")
    assert "1 reading and 1 other act refused." in office.done("accesses").out
    found = office.asked("accesses")
    assert (found["refusals"], found["acts_refused"]) == (2, 1)
