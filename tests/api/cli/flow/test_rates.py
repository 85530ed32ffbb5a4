"""Rates from the command line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.api.command_line import CommandLine

FAR = "2029-06-29"


def test_a_rate_is_set_shown_on_the_board_and_dropped(office: CommandLine) -> None:
    assert "No team has a rate" in office.done("rate").out
    office.done("rate", "set", "RDW", "20", FAR, "--capacity", "5", "--as", "L-02")
    (shown,) = office.asked("rate", "RDW")["teams"]
    assert (shown["rate"]["target"], shown["rate"]["capacity_from"]) == (20, "entered")
    assert "RDW" in office.done("rate").out
    (line,) = office.asked("board")["teams"]
    assert line["rate"]["target_on"] == FAR
    left_out = "What a rate asks is told as it was known"
    for page in (("board",), ("morning", "RDW")):
        assert left_out in office.done(*page, "--as-of", "2026-12-01").out
        assert left_out not in office.done(*page).out
    assert left_out not in office.done("morning", "INC", "--as-of", "2026-12-01").out
    office.done("rate", "drop", "RDW", "--as", "L-02")
    assert office.asked("rate")["teams"] == []


def test_staff_time_is_entered_and_shown_with_the_rate(office: CommandLine) -> None:
    office.done("rate", "set", "RDW", "20", FAR, "--as", "L-02")
    office.done(
        "rate", "effort", "RDW", "--contact-minutes", "15", "--case-minutes", "90",
        "--staff-minutes-a-day", "2160", "--as", "L-02",
    )  # fmt: skip
    assert "15 minutes a failure contact" in office.done("rate", "RDW").out


def test_a_rate_that_cannot_be_reached_says_since_when_that_is_reckoned(
    office: CommandLine,
) -> None:
    for _ in range(9):
        office.done("open", "phone", "--request-type", "RDW-POT", "--as", "I-02")
    soon = (datetime.now(UTC).date() + timedelta(days=7)).isoformat()
    office.done("rate", "set", "RDW", "0", soon, "--capacity", "1", "--as", "L-02")
    (shown,) = office.asked("rate", "RDW")["teams"]
    assert shown["rate"]["feasible"] is False
    said = office.done("rate", "RDW").out
    assert f"(1.0 a full day, entered on {shown['rate']['set_on']}); at that the target is" in said


def test_what_waited_as_the_day_began_is_not_called_what_waits_now(office: CommandLine) -> None:
    """The rate and the board of one morning had two figures under one word."""
    office.done("rate", "set", "RDW", "20", FAR, "--as", "L-02")
    office.done("open", "phone", "--request-type", "RDW-POT", "--as", "I-02")
    (rated,) = office.asked("rate", "RDW")["teams"]
    (now,) = office.asked("board")["teams"]
    assert (rated["day"]["waiting_start"], now["waiting"]) == (0, 1)
    assert "waiting" not in rated["day"]
    table = office.done("rate", "RDW").out
    assert "at the start" in table


def test_as_known_before_it_was_set_there_is_no_rate(office: CommandLine) -> None:
    office.done("rate", "set", "RDW", "20", FAR, "--as", "L-02")
    assert office.asked("rate", "--known-at", "2020-01-01")["teams"] == []


def test_what_cannot_be_is_refused_in_one_sentence(office: CommandLine) -> None:
    for words, says in (
        (("rate", "set", "RDW", "20", "2020-01-01", "--as", "L-02"), "is not ahead"),
        (("rate", "set", "RDW", "20", "soon", "--as", "L-02"), "TARGET_ON"),
        (("rate", "set", "RDW", "20", FAR, "--as", "I-02"), "neither dispatches"),
        (("rate", "answer", "RDW", "absence", "--as", "L-02"), "waits for an answer"),
        (("rate", "close", "RDW", "--worked", "--as", "L-02"), "Say which"),
        (("rate", "NAVY"), "is not a team"),
        (("rate", "--as-of", "2026-03-02"), "--known-at instead"),
    ):
        said = office(*words)
        assert said.code == 2, words
        assert len(said.sentences) == 1
        assert says in said.sentences[0], said.err
