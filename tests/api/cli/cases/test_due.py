"""`caseledger due`: the question every officer asks, answered without a case and without a ledger."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.api.command_line import CommandLine, in_a_process
from tests.ledgers import OFFICE

PROMISE = """
format = "caseledger.pack/1"
en = "What we promise"
fr = "Nos promesses"
zone = "America/Halifax"
calendars = {}
[clocks.CALL-24H]
en = "Call back"
fr = "Rappeler"
pack = "OURS"
version = "1"
citation = "Our promise"
unit = "elapsed_hours"
amount = 24
starts_on = "reached_body"
stops_on = ["contacted"]
"""


@pytest.mark.parametrize(
    ("words", "due_on"),
    [
        (("UK-FOIA", "--received", "2026-12-11"), "2027-01-14"),
        (("UK-FOIA", "--received", "2027-02-01", "--wait", "fee:2027-02-08..2027-02-24"), "2027-03-19"),
        (("UK-FOIA", "--received", "2027-02-01", "--wait", "particulars:2027-02-10..2027-02-15"), "2027-03-15"),
        (("UK-FOIA", "--received", "2027-02-01", "--reset", "2027-02-15"), "2027-03-15"),
        (("UK-FOIA", "--received", "2026-12-11", "--calendar", "NS-SAMPLE"), "2027-01-13"),
        (("UK-FOIA", "--received", "2027-02-01", "--reopened", "2027-02-08..2027-02-10=resume"), "2027-03-04"),
        (("UK-FOISA", "--received", "2027-03-01"), "2027-03-30"),
        (("UK-SAR", "--received", "2027-01-31"), "2027-03-01"),
        (("ATIA", "--received", "2027-02-25"), "2027-03-30"),
        (("ATIA", "--received", "2027-02-25", "--extend", "30@2027-03-10"), "2027-04-26"),
        (("ATIA", "--received", "2027-02-25", "--extend", "head:30", "--notice", "2027-03-10"), "2027-04-26"),
        (("ATIA-TP-REPRESENT", "--event", "2027-03-01"), "2027-03-22"),
        (("ATIA-TP-RELEASE", "--event", "2027-03-31"), "2027-04-20"),
        (("US-FOIA", "--received", "2027-06-01", "--reached-office", "2027-06-28"), "2027-07-15"),
        (("FOI-NS", "--received", "2027-03-31"), "2027-04-30"),
        (("FOI-NS", "--received", "2027-04-01"), "2027-05-13"),
        (("FOI-NS", "--received", "2027-03-20", "--complete", "2027-04-01"), "2027-05-13"),
        (("FOI-NS-PUBLISH", "--event", "2027-04-30"), "2027-05-14"),
    ],
)  # fmt: skip
def test_a_date_is_reckoned_from_a_code_and_what_happened_when(
    bare: CommandLine, words: tuple[str, ...], due_on: str
) -> None:
    answer = bare.asked("due", *words)
    assert answer["due_on"] == due_on
    assert answer["certificate_holds"]
    counted = [day["number"] for day in answer["days"] if day["number"]]
    assert counted == list(range(1, len(counted) + 1))
    assert answer["days"][-1]["on"] == due_on
    assert not bare.home.exists()


def test_every_day_is_laid_out_with_why_it_did_not_count(bare: CommandLine) -> None:
    answer = bare.asked(
        "due", "UK-FOIA", "--received", "2026-12-11", "--wait", "fee:2026-12-15..2026-12-16"
    )
    laid = {day["on"]: day for day in answer["days"]}
    assert laid["2026-12-11"]["kind"] == "start"
    assert laid["2026-12-12"]["kind"] == "weekend"
    assert (laid["2026-12-14"]["kind"], laid["2026-12-14"]["number"]) == ("counted", 1)
    assert (laid["2026-12-15"]["kind"], laid["2026-12-15"]["reason"]) == ("waiting", "fee")
    assert laid["2026-12-25"]["holiday"] == {"en": "Christmas Day", "fr": "Noël"}
    besides = ("--wait", "identity:2026-12-14..", "--wait", "fee:2026-12-15..2026-12-16")
    answer = bare.asked("due", "UK-FOIA", "--received", "2026-12-11", *besides)
    assert {day["reason"] for day in answer["days"]} == {None, "fee"}, "no other"


def test_a_due_date_that_moves_off_a_holiday_says_which(bare: CommandLine) -> None:
    """The thirtieth day was Good Friday, and the sheet named only the Monday after it."""
    said = bare.done("due", "FOI-NS-1993", "--received", "2027-02-24").out
    assert "Due by the end of Tuesday 30 March 2027" in said
    (line,) = [each for each in said.splitlines() if each.startswith("2027-03-22")]
    assert line.endswith("Fri 26: Good Friday")
    moved_not = bare.done("due", "FOI-NS-1993", "--received", "2027-03-16").out
    assert "Good Friday" not in moved_not, "it counts, and nothing moves off it"


def test_on_the_day_on_which_it_begins_a_clock_of_days_has_begun(bare: CommandLine) -> None:
    """Before noon of the day of receipt it was said that it has not begun, and the case said day 0 of 30."""
    words = ("due", "FOI-NS-1993", "--received", "2027-02-24", "--at")
    assert "day 0 of 30, 30 calendar days left" in bare.done(*words, "2027-02-24T09:00-04:00").out
    assert "it has not begun" in bare.done(*words, "2027-02-23T23:00-04:00").out


def test_the_answer_comes_first_then_the_weeks_then_what_it_rests_on(bare: CommandLine) -> None:
    said = bare.done("due", "UK-FOIA", "--received", "2026-12-11", "--at", "2026-12-16").out
    lines = said.splitlines()
    assert lines[1] == "Due by the end of Thursday 14 January 2027."
    assert "day 3 of 20, 17 working days left" in said
    assert "2026-12-21    6    7    8     9    H    ·    ·  Fri 25: Christmas Day" in said
    assert "[20]" in said
    assert "Counted again day by day: the same." in said
    assert "effects.particulars (reported)" in said


def test_the_same_is_said_in_french(bare: CommandLine) -> None:
    said = bare.done(
        "due", "UK-FOIA", "--received", "2026-12-11", "--at", "2026-12-16", "--language", "fr"
    ).out
    assert "À faire au plus tard le jeudi 14 janvier 2027, en fin de journée." in said
    assert "ven 25: Noël" in said
    assert "non vérifié" in said


def test_while_it_waits_it_says_what_is_left_and_what_if_it_ran_on_now(bare: CommandLine) -> None:
    words = ("due", "UK-FOIA", "--received", "2027-02-01", "--wait", "fee:2027-02-10..")
    said = bare.done(*words, "--at", "2027-02-20").out
    assert "Stands still since Wednesday 10 February 2027: 14 working days left." in said
    assert bare.asked(*words, "--at", "2027-02-20")["due_at"] is None


def test_a_clock_of_hours_is_laid_out_by_the_hours_that_the_office_was_open(
    bare: CommandLine,
) -> None:
    words = ("due", "CALL-8", "--policy", str(OFFICE), "--received", "2026-12-23T18:30Z")
    answer = bare.asked(*words)
    assert answer["due_at"] == "2026-12-29T15:00:00.000000Z"
    assert [day["used"] for day in answer["hours"] if day["used"]] == [7200, 12600, 9000]
    assert "08:30–12:00" in bare.done(*words).out
    words = (*words[:-1], "2026-12-23T18:30:00.7Z")  # seconds begun on two days are one
    assert bare.asked(*words)["hours"][-1]["total"] == 8 * 3600


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("NOPE", "--received", "2027-01-04"), "'NOPE' is no clock that is known here"),
        (("UK-FOIA",), "say with --received when it was received"),
        (("ATIA", "--received", "9999-12-31"), "--received is too long ago or too far ahead"),
        (("UK-FOIA", "--received", "2027-01-04T10:00"), "says no offset from UTC"),
        (("UK-FOIA", "--received", "2027-02-30"), "is no time that exists"),
        (("UK-FOIA", "--received", "2029-12-20"), "Calendar UK-FOIA ends 2029-12-31; publish 2030."),
        (("ATIA-TP",), "say when that was with --event"),
        (("ATIA", "--received", "2027-01-04", "--extend", "30"), "needs its notice"),
        (("ATIA", "--received", "2027-01-04", "--extend", "30@2027-02-04"), "inside the time"),
        (("ATIA", "--received", "2027-01-04", "--extend", "clerk:30@2027-01-05"), "it can be by: head"),
        (("ATIA", "--received", "2027-01-04", "--reset", "2027-01-05"), "is not reset"),
        (("UK-FOIA", "--received", "2027-02-01", "--reset", "2027-03-05"), "stays breached"),
        (("UK-FOIA", "--received", "2027-02-01", "--wait", "2027-02-08"), "names no reason"),
        (("UK-FOIA", "--received", "2027-02-01", "--wait", "fees:2027-02-08..2027-02-24"), "no reason to wait"),
        (("UK-FOIA", "--received", "2027-02-01", "--wait", "fee:2027-02-08"), "says no span"),
        (("UK-FOIA", "--received", "2027-02-01", "--wait", "fee:2027-02-08..2027-02-01"), "ends before"),
        (("UK-FOIA", "--received", "2027-02-01", "--complete", "2027-01-01"), "lies before --received"),
        (("UK-FOIA", "--received", "2027-02-01", "--calendar", "MOON"), "is no counting calendar"),
        (
            ("US-FOIA", "--received", "2027-09-07", "--wait", "particulars:2027-09-13..2027-09-15",
             "--wait", "particulars:2027-09-20..2027-09-24"),
            "can be stopped for 'particulars' once",
        ),
        (("UK-FOIA", "--received", "2027-02-01", "--policy", "none.toml"), "cannot be read"),
    ],
)  # fmt: skip
def test_what_cannot_be_reckoned_is_refused_in_one_sentence(
    bare: CommandLine, words: tuple[str, ...], sentence: str
) -> None:
    said = bare("due", *words)
    assert said.code == 2
    assert len(said.sentences) == 1
    assert sentence in said.err


def test_a_date_is_not_enough_for_a_clock_of_hours(bare: CommandLine) -> None:
    said = bare("due", "CALL-8", "--policy", str(OFFICE), "--received", "2026-12-23")
    assert (said.code, "counts hours, so a date is not enough" in said.err) == (2, True)


def test_the_published_policy_answers_before_the_packs(office: CommandLine) -> None:
    answer = office.asked("due", "ANSWER-30", "--received", "2027-03-01")
    assert answer["defined_in"] == {"kind": "published", "name": "1"}
    assert (
        office.asked("due", "UK-FOIA", "--received", "2027-03-01")["defined_in"]["kind"] == "pack"
    )
    said = office("due", "UK-FOIA", "--received", "2027-03-01", "--policy", "published")
    assert "is no clock that is known here" in said.err


def test_a_policy_that_names_a_pack_has_its_clocks(bare: CommandLine, tmp_path: Path) -> None:
    text = OFFICE.read_text(encoding="utf-8")
    policy = tmp_path / "with-packs.toml"
    policy.write_text(text.replace("\n[office]", 'packs = ["ns", "uk"]\n\n[office]', 1), "utf-8")
    assert bare.done("policy", "check", str(policy))
    answer = bare.asked("due", "FOI-NS", "--received", "2027-04-01", "--policy", str(policy))
    assert (answer["clock"], answer["due_on"]) == ("FOI-NS-2025", "2027-05-13")
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(text.replace("\n[office]", 'packs = ["mars"]\n\n[office]', 1), "utf-8")
    said = bare("policy", "check", str(wrong))
    assert (said.code, "names the pack 'mars'" in said.out) == (1, True)


def test_a_file_of_clocks_alone_is_asked_as_a_policy_is(bare: CommandLine, tmp_path: Path) -> None:
    """When a promise of so many hours ends, or what another law would say, took a whole policy to ask."""
    pack = tmp_path / "promise.toml"
    pack.write_text(PROMISE, encoding="utf-8")
    words = ("due", "CALL-24H", "--policy", str(pack), "--received", "2027-03-25T15:00-03:00")
    answer = bare.asked(*words)
    assert answer["due_at"] == "2027-03-26T18:00:00.000000Z"
    assert answer["defined_in"] == {"kind": "pack_file", "name": "promise.toml"}
    assert "Tiré du fichier de recueil promise.toml." in bare.done(*words, "--language", "fr").out
    pack.write_text(PROMISE.replace("zone", "zones"), encoding="utf-8")
    said = bare(*words)
    assert (said.code, "This is not a pack" in said.err) == (2, True)


def test_in_a_process_of_its_own_it_answers_without_a_ledger(bare: CommandLine) -> None:
    said = in_a_process("due", "UK-SAR", "--received", "2028-01-31")
    assert (said.code, "Tuesday 29 February 2028" in said.out) == (0, True)
