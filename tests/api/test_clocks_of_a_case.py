"""Each date of a case, laid out day by day from the certificates that its entries recorded."""

from __future__ import annotations

from tests.api.command_line import CommandLine

NEW = ("open", "web", "--request-type", "INC-APP", "--region", "HAL", "--language", "en")
ANSWERS = (
    "--answer", "name=Ada", "--answer", "contact=902-555-0100", "--answer", "language=en",
    "--answer", "description=Hours lost.", "--answer", "household_size=2",
)  # fmt: skip


def opened(office: CommandLine) -> str:
    """A case that waits for what is missing, by its reference."""
    ref = office.asked(*NEW, *ANSWERS, "--as", "I-02")["reference"]
    office.done("wait", ref, "particulars", "--as", "I-02")
    return ref


def test_every_clock_is_told_day_by_day_with_each_entry_that_set_its_date(
    office: CommandLine,
) -> None:
    ref = opened(office)
    said = office.done("case", ref, "--clocks").out
    for each in ("ACK-2", "Day by day", "Recorded for it", "began to run", "holds"):
        assert each in said


def test_the_same_in_french_and_in_plain_values(office: CommandLine) -> None:
    ref = opened(office)
    assert "Jour par jour" in office.done("case", ref, "--clocks", "--language", "fr").out
    assert "is for --clocks" in office("case", ref, "--language", "fr").err
    clocks = office.asked("case", ref, "--clocks")["clocks"]
    assert all(date["holds"] for clock in clocks for date in clock["recorded"])
    for clock in clocks:
        assert clock["certificate"] == clock["recorded"][-1]["certificate"]


def test_as_known_before_it_waited_only_the_first_date_is_told(office: CommandLine) -> None:
    ref = opened(office)
    trail = office.asked("trail", ref)["trail"]
    before = trail[0]["known_at"]
    clocks = office.asked("case", ref, "--clocks", "--known-at", before)["clocks"]
    assert {each["because"] for clock in clocks for each in clock["recorded"]} == {"armed"}


def test_a_case_without_a_clock_says_so(office: CommandLine) -> None:
    ref = office.asked("open", "phone", "--as", "I-02")["reference"]
    assert "No clock of ours" in office.done("case", ref, "--clocks").out


def test_hours_add_up_to_what_the_clock_has_also_within_a_second(office: CommandLine) -> None:
    day = "2026-11-26T10:0"
    begun, asked = f"{day}0:00.4-04:00", f"{day}1:00.2-04:00"
    said = office.done("due", "MAKE-SAFE", "--received", begun, "--at", asked).out
    assert "0 h 00 of 4 h 00 used, 3 h 59 left" in said


def test_a_wait_that_began_after_a_clock_had_ended_says_nothing_of_it(office: CommandLine) -> None:
    asked = ("due", "UK-FOIA", "--received", "2026-12-11", "--wait", "particulars:2026-12-20..")
    assert "Waiting for" in office.done(*asked).out
    assert "Waiting for" not in office.done(*asked, "--stopped", "2026-12-15").out
