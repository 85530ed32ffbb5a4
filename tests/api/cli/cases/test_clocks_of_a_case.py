"""Each date of a case, laid out day by day from the certificates that its entries recorded."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from api.cli.due.of_a_case import show_reckonings
from api.due.of_a_case import clocks_laid_out
from ledger.case.clocks.waiting import ReachMilestone
from ledger.policy.values import Language
from tests.api.command_line import CommandLine
from tests.case.cases import DANGER
from tests.ledgers import INTAKE, OFFICE, place_in
from tests.policy.department import DEPARTMENT
from tests.policy.law import changed

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
    french = office.done("case", ref, "--clocks", "--language", "fr").out
    assert ("Jour par jour" in french, "Consigné pour lui : ACK-2" in french) == (True, True)
    clocks = office.asked("case", ref, "--clocks")["clocks"]
    assert all(date["holds"] for clock in clocks for date in clock["recorded"])
    for clock in clocks:
        assert clock["certificate"] == clock["recorded"][-1]["certificate"]


def test_a_clock_that_an_answer_began_anew_is_told_as_that_and_one_that_was_paused_runs_on(
    empty: CommandLine, tmp_path: Path
) -> None:
    """It was told as running on, while it had its whole time again and nobody could see why."""
    text = changed(
        OFFICE.read_text(encoding="utf-8"), ('identity = "pause" }', 'identity = "reset" }')
    )
    (tmp_path / "reset.toml").write_text(text, encoding="utf-8")
    empty.done("policy", "publish", str(tmp_path / "reset.toml"), "--as", "D-01")
    ref = empty.asked(*NEW, *ANSWERS, "--answer", "income=100", "--as", "I-02")["reference"]
    for reason, told, said in (
        ("identity", "began anew; it is now due by", "anew"),
        ("particulars", "runs on; it is now due by", "resumed"),
    ):
        empty.done("wait", ref, reason, "--as", "I-02")
        empty.done("resume", ref, "--as", "I-02")
        assert told in empty.asked("trail", ref)["trail"][-1]["sentence"]
        clocks = empty.asked("case", ref, "--clocks")["clocks"]
        (dates,) = [each["recorded"] for each in clocks if each["clock"] == "DEC-15"]
        assert dates[-1]["because"] == said
    assert "begins anew" in empty.done("case", ref, "--clocks").out
    assert "recommence" in empty.done("case", ref, "--clocks", "--language", "fr").out


def test_a_holiday_that_was_proclaimed_meanwhile_is_left_out_of_the_days_that_are_laid_out(
    office: CommandLine, tmp_path: Path
) -> None:
    """It stood there as a day that counted, so that the last of fifteen was the sixteenth."""
    ref = office.asked(*NEW, *ANSWERS, "--answer", "income=100", "--as", "I-02")["reference"]
    days = laid_out(office, ref)
    proclaimed = next(on for on, number in days.items() if number == 10)
    first = "holidays = [\n"
    entry = f'{first}  {{ on = {proclaimed}, en = "Proclaimed", fr = "Proclamé" }},\n'
    text = changed(OFFICE.read_text(encoding="utf-8"), (first, entry))
    (tmp_path / "revised.toml").write_text(text, encoding="utf-8")
    office.done("policy", "publish", str(tmp_path / "revised.toml"), "--as", "D-01")
    office.done("watch")
    anew = laid_out(office, ref)
    assert (anew[proclaimed], max(each for each in anew.values() if each)) == (None, 15)
    said = office.done("case", ref, "--clocks").out
    for each in (
        "Proclaimed",
        "From policy 1, which governs it.",
        "counted by policy 2, which revised",
    ):
        assert each in said, "whose the days are that are laid out"


def test_a_clock_that_ended_late_says_by_how_much_and_one_that_nothing_was_left_of_neither(
    office: CommandLine,
) -> None:
    """By how much it was late was told while it ran, and no more; what was withdrawn had ended in time."""
    received = f"{datetime.now(UTC) - timedelta(days=10):%Y-%m-%dT%H:%M:%SZ}"
    asked = (*NEW, *ANSWERS, "--answer", "income=100", "--at", received, "--as", "I-02")
    ref = office.asked(*asked)["reference"]
    office.done("resolve", ref, "withdrawn", "--as", "N-02")
    said = office.done("case", ref, "--clocks").out
    late, ended = re.findall(r"Stopped on [^\n]*", said)[:2]
    assert re.search(r", late by \d+ working days\.$", late), late
    assert ended.endswith(", neither in time nor late."), ended


def laid_out(office: CommandLine, ref: str) -> dict[str, int | None]:
    """Each day of the time to decide, and which of the days that count it is."""
    clocks = office.asked("case", ref, "--clocks")["clocks"]
    (decide,) = [each for each in clocks if each["clock"] == "DEC-15"]
    return {each["on"]: each.get("number") for each in decide["days"]}


def test_the_page_of_a_case_says_that_a_clock_has_run_out_whether_a_watch_recorded_it_or_not(
    office: CommandLine,
) -> None:
    """It stood there as running, days after its date; in French each clock was told in the plural."""
    ref = office.asked(*NEW, *ANSWERS, "--answer", "income=100", "--as", "I-02")["reference"]
    office.done("wait", ref, "particulars", "--as", "I-02")
    at = ("--as-of", "2029-06-01")
    assert _clocks(office.done("case", ref, *at).out) == {
        "ACK-2": "overdue", "DEC-15": "stands still",
    }  # fmt: skip
    assert _clocks(office.done("case", ref, *at, "--language", "fr").out) == {
        "ACK-2": "en retard", "DEC-15": "suspendu",
    }  # fmt: skip


def _clocks(page: str) -> dict[str, str]:
    """How each clock stands by the page of a case."""
    told = [re.split("  +", line.strip()) for line in page.splitlines()]
    return {line[0]: line[1] for line in told if line[0] in ("ACK-2", "DEC-15")}


def test_as_known_before_it_waited_only_the_first_date_is_told(office: CommandLine) -> None:
    ref = opened(office)
    trail = office.asked("trail", ref)["trail"]
    before = trail[0]["known_at"]
    clocks = office.asked("case", ref, "--clocks", "--known-at", before)["clocks"]
    assert {each["because"] for clock in clocks for each in clock["recorded"]} == {"armed"}


def test_a_date_that_a_type_reckons_from_the_request_is_said_beside_the_count(
    empty: CommandLine,
) -> None:
    """Eight days of fifteen were laid out, and not why the ninth was too late."""
    empty.done("policy", "publish", str(DEPARTMENT), "--as", "DIR-01")
    new = ("open", "letter", "--request-type", "LIC-EVT", "--language", "en", "--as", "INT-03")
    event = (datetime.now(UTC) + timedelta(days=25)).date()
    fields = (
        f"event_date={event}", "activity=fair", "premises=Park", "name=Ann", "contact=902-555-0100",
        "description=A fair",
    )  # fmt: skip
    answers = [each for field in fields for each in ("--answer", field)]
    ref = empty.asked(*new, *answers)["reference"]
    assert "In any case by the end of " in empty.done("case", ref, "--clocks").out
    assert (
        "En tout cas au plus tard le" in empty.done("case", ref, "--clocks", "--language", "fr").out
    )


def test_a_case_without_a_clock_says_so(office: CommandLine) -> None:
    ref = office.asked("open", "phone", "--as", "I-02")["reference"]
    assert "No clock of ours" in office.done("case", ref, "--clocks").out


def test_a_time_whose_keeping_awaits_approval_counts_as_late_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It was told as in time here, and as late everywhere else."""
    place = place_in(tmp_path)
    with place.office() as ledger:
        opening = DANGER.model_copy(update={"case_id": ledger.new_id()})
        ledger.handle(opening, actor=INTAKE)
        kept_at = place.clock() + timedelta(hours=1)
        place.clock.pass_by(days=1)
        done = ReachMilestone(case_id=opening.case_id, milestone="made_safe")
        ledger.handle(done, actor=INTAKE, effective_at=kept_at)
        entries = [each.entry for each in ledger.read(opening.stream)]
        policies, at = ledger.policies(), place.clock()
    (asked,) = (
        each for each in clocks_laid_out(entries, policies, at=at) if each.clock == "MAKE-SAFE"
    )
    assert (asked.state, asked.claimed_at) == ("breached", kept_at)
    told: dict[Language, str] = {
        "en": "late until a second person",
        "fr": "en retard tant qu'une",
    }
    for language, said in told.items():
        show_reckonings(entries, policies, at=at, language=language)
        assert said in " ".join(capsys.readouterr().out.split())


def test_hours_add_up_to_what_the_clock_has_also_within_a_second(office: CommandLine) -> None:
    day = "2026-11-26T10:0"
    begun, asked = f"{day}0:00.4-04:00", f"{day}1:00.2-04:00"
    said = office.done("due", "MAKE-SAFE", "--received", begun, "--at", asked).out
    assert "0 h 00 of 4 h 00 used, 3 h 59 left" in said


def test_a_wait_that_began_after_a_clock_had_ended_says_nothing_of_it(office: CommandLine) -> None:
    asked = ("due", "UK-FOIA", "--received", "2026-12-11", "--wait", "particulars:2026-12-20..")
    assert "Waiting for" in office.done(*asked).out
    assert "Waiting for" not in office.done(*asked, "--stopped", "2026-12-15").out
