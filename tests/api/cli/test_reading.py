"""Reading from the command line: now, as known at and as of an instant, for people and for programs."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from api.cli.showing import since
from api.moments import moment_of
from ledger.policy.calendars.zones import LocalDays
from projections.sentences.wording import Wording
from tests.api.command_line import CommandLine

READING = ("board", "sla", "flow", "queue")


def words_of(name: str) -> tuple[str, ...]:
    return (name, "INT") if name == "queue" else (name,)


@pytest.mark.parametrize("name", READING)
def test_an_empty_ledger_says_what_would_be_there_and_the_next_step(
    office: CommandLine, name: str
) -> None:
    said = office.done(*words_of(name))
    assert "Nothing" in said.out
    assert "caseledger open" in said.out or "will stand here" in said.out
    assert "Up to date as of entry 1" in said.out


@pytest.mark.parametrize("name", READING)
def test_every_answer_says_which_entry_it_is_up_to_date_with(
    office: CommandLine, name: str
) -> None:
    office.done("open", "phone", "--request-type", "GEN-ENQ", "--as", "I-02")
    position = office.asked(*words_of(name))["up_to_date"]["position"]
    with office.ledger() as ledger:
        assert position == ledger.store.tip()
    assert f"Up to date as of entry {position}" in office.done(*words_of(name)).out


@pytest.mark.parametrize("name", READING)
@pytest.mark.parametrize("when", ["--known-at", "--as-of"])
def test_before_the_first_case_nothing_was_there(office: CommandLine, name: str, when: str) -> None:
    office.done("open", "phone", "--request-type", "GEN-ENQ", "--as", "I-02")
    answer = office.asked(*words_of(name), when, "2020-01-01")
    found = {"board": "teams", "sla": "clocks", "flow": "days", "queue": "cases"}[name]
    assert [each for each in answer[found] if each.get("waiting_end", 1)] == []


def test_what_was_recorded_late_is_there_as_of_then_but_was_not_known(office: CommandLine) -> None:
    ref = office.asked(
        "open", "letter", "--request-type", "GEN-ENQ",
        "--reached-body-at", "2026-03-02T09:30-04:00", "--as", "I-02",
    )["reference"]  # fmt: skip
    as_of = office.asked("case", ref, "--as-of", "2026-03-02")
    known = office.asked("case", ref, "--known-at", "2026-03-02")
    assert (as_of["status"], known["case"]) == ("unrouted", None)
    assert office.done("case", ref, "--known-at", "2026-03-02").out.startswith("Nothing was known")
    for words in (("case", ref), ("board",)):
        foot = office.done(*words, "--as-of", "2026-03-02").out.splitlines()[-1]
        assert foot.endswith(", as of the end of 2026-03-02 (America/Halifax).")
    board = office.asked("board", "--as-of", "2026-03-02")["teams"]
    assert [(line["team"], line["waiting"]) for line in board] == [(None, 1)]


def test_the_trail_says_of_what_was_recorded_later_than_it_happened_when_that_was(
    office: CommandLine,
) -> None:
    """Whoever reads it years later took the time of a call for the time at which it was written down."""
    ref = office.asked(
        "open", "letter", "--request-type", "GEN-ENQ",
        "--reached-body-at", "2026-03-02T09:30-04:00", "--as", "I-02",
    )["reference"]  # fmt: skip
    line = office.asked("trail", ref)["trail"][0]
    recorded = datetime.fromisoformat(line["recorded_at"]).astimezone(ZoneInfo("America/Halifax"))
    words = Wording("en", zone=recorded.tzinfo or UTC), Wording("fr", zone=recorded.tzinfo or UTC)
    at_once, (late, tard) = "2026-03-02 09:30", (each.instant(recorded) for each in words)
    told = office.done("trail", ref).out.splitlines()
    assert at_once in told[2]
    assert told[2].endswith(f"Recorded only on {late}.")
    assert not any("Recorded only" in each for each in told[3:])
    dit = office.done("trail", ref, "--language", "fr").out
    assert f"Consigné seulement le {tard}." in dit


def test_a_queue_as_of_an_instant_holds_the_case_as_it_then_stood(office: CommandLine) -> None:
    office.done("open", "phone", "--request-type", "GEN-ENQ", "--as", "I-02")
    now = datetime.now(UTC).isoformat()
    office.done("pull", "INT", "--as", "I-03")
    owners = [each["row"]["owner"] for each in office.asked("queue", "INT")["cases"]]
    then = [each["row"]["owner"] for each in office.asked("queue", "INT", "--as-of", now)["cases"]]
    assert (owners, then) == (["I-03"], [None])


def test_the_clocks_that_stand_in_one_way_are_listed_with_their_cases(office: CommandLine) -> None:
    ref = office.asked("open", "phone", "--request-type", "GEN-ENQ", "--as", "I-02")["reference"]
    listed = office.asked("sla", "--status", "overdue", "--known-at", "2029-06-01")["clocks"]
    assert {each["case"]["reference"] for each in listed} == {ref}


def test_a_date_means_the_last_moment_of_that_day_at_the_office() -> None:
    days = LocalDays("America/Halifax", ZoneInfo("America/Halifax"))
    told = moment_of("2011-06-30", option="--known-at", days=days)
    assert told == datetime(2011, 7, 1, 2, 59, 59, 999_999, tzinfo=UTC)


def test_what_is_missing_is_named_and_not_told_as_if_it_were_sealed(office: CommandLine) -> None:
    ref = office.asked(
        "open", "phone", "--request-type", "GEN-ENQ", "--answer", "name=", "--answer", "description=Hello",
        "--as", "I-02",
    )["reference"]  # fmt: skip
    details = office.asked("case", ref)["case"]
    assert (details["missing"], "name" in details["missing_fields"]) == (3, True)
    assert re.search("missing +name, contact, language", office.done("case", ref).out)
    (told, *_) = office.asked("trail", ref)["trail"]
    assert "Still missing: Full name" in told["sentence"]
    assert "Full name: [sealed]" not in told["sentence"]
    assert "What happened or what do you need? [sealed]" in told["sentence"]


def test_since_when_something_is_so_is_a_day_where_a_whole_day_is_meant() -> None:
    """What began with a day was told as of 00:00, and what began with the end of one as of 23:59."""
    zone = ZoneInfo("America/Halifax")
    midnight = datetime(2026, 3, 2, tzinfo=zone)
    assert since(midnight, zone) == "2026-03-02"
    assert since(midnight - timedelta(microseconds=1), zone) == "end of 2026-03-01"
    assert since(midnight + timedelta(hours=9), zone) == "2026-03-02 09:00"
