"""One case on the command line: what a stranger who reads it years later must not miss."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.api.command_line import CommandLine
from tests.api.opening import BY, opened, party
from tests.ledgers import OFFICE

READING = ("--open", "--purpose", "To see why", "--for", "audit", "--as", "A-01")


def line(shown: str, name: str) -> str:
    return next(each for each in shown.splitlines() if each.startswith(f"{name} "))


def test_a_case_says_how_it_was_decided_before_it_is_resolved_and_that_safe_contact_was_settled(
    office: CommandLine,
) -> None:
    ref = opened(office)
    before = office.done("case", ref).out
    assert ("decided " in before, "safe contact " in before) == (False, False)
    office.done("safe-contact", ref, "--channel", "web", "--as", "I-02")
    office.done("assign", ref, "N-02", "--as", "L-03")
    office.done(
        "receive", ref, "--channel", "phone", "--answer", "income=120000", "--answer",
        "household_size=3", "--as", "N-02",
    )  # fmt: skip
    office.done(
        "decide", ref, "refused", "--legal-basis", "Rules, section 4", "--reasons", "Too much.",
        "--delegation", "DEL-INC-2026", "--as", "N-02",
    )  # fmt: skip
    shown = office.done("case", ref).out
    assert "refused by N-02, " in line(shown, "decided")
    assert line(shown, "safe contact").endswith("whoever contacts somebody is shown it")
    assert "tranché" in office.done("case", ref, "--language", "fr").out


def test_a_case_says_all_that_it_waits_for_and_of_its_quiet_window_the_last_day(
    office: CommandLine,
) -> None:
    """One of two waits was named, and of the window the first day after it."""
    ref = opened(office)
    office.done("wait", ref, "particulars", "--as", "I-02")
    office.done("wait", ref, "weather", "--as", "I-02")
    waits = line(office.done("case", ref).out, "waits for")
    assert ("particulars, since " in waits, "; weather, since " in waits) == (True, True)
    office.done("resolve", ref, "withdrawn", "--as", "I-02")
    assert line(office.done("case", ref).out, "quiet until").split()[2:4] == ["end", "of"]


def test_a_case_lays_out_why_the_rules_sent_it_where_it_is_and_not_elsewhere(
    office: CommandLine,
) -> None:
    ref = opened(office)
    said = office.done("case", ref, "--routings").out
    assert "  Sent to Income supports by rule " in said
    assert "  Looked at: " in said
    assert "  Not by rule 'A person confirms where an adjustment is needed': " in said
    french = office.done("case", ref, "--routings", "--language", "fr").out
    assert "  Pas par la règle « Une personne confirme" in french
    (told,) = office.asked("case", ref, "--routings")["routings"]
    assert {each["fact"] for each in told["facts"]} >= {"type", "flags.adjustment"}


def test_whoever_works_a_case_sees_whom_to_call_and_nobody_else_does(office: CommandLine) -> None:
    """Name and number stood on the record of the requester, which no command showed, and were asked for again."""
    ada = party(office, "Ada Lind", "902-555-0188")
    ref = office.asked(
        "open", "phone", "--request-type", "INC-APP", "--language", "en", "--requester", ada, *BY
    )["reference"]  # fmt: skip
    office.done("party-contact", ada, "--contact", "email=ada@lind.example", *BY)
    office.done("party-safe-contact", ada, "--channel", "web", "--times", "Not before noon.", *BY)
    office.done("concerns", ref, party(office, "Bob Stone", "902-555-0111"), "witness", *BY)
    shown = office.done("case", ref).out
    assert "contact" not in line(shown, "missing")
    assert ada in line(shown, "requester")
    assert line(shown, "witness")
    assert "Lind" not in shown
    opened = office.done("case", ref, "--open", "--purpose", "To call", "--as", "N-02").out
    told = line(opened, "requester")
    for each in ("Ada Lind", "902-555-0188", "ada@lind.example", "never by web", "Not before noon"):
        assert each in told
    assert "Bob Stone" in line(opened, "witness")
    people = office.asked("case", ref, *READING)["people"]
    assert [(each["roles"], each["name"]) for each in people] == [
        (["requester"], "Ada Lind"),
        (["witness"], "Bob Stone"),
    ]
    record = ("trail", f"party/{ada}", "--open", "--purpose", "To call")
    assert "Ada Lind" in office.done(*record, "--as", "N-02").out
    assert "Nothing was opened" in office(*record, "--as", "O-01").err


def test_a_correction_is_in_the_kind_of_its_field_whatever_its_words_could_be(
    office: CommandLine,
) -> None:
    """A telephone number was refused as no text, and an answer taken back stood as a full stop."""
    new = ("open", "phone", "--request-type", "INC-CHG", "--answer", "contact=902-555-0188")
    ref = office.asked(*new, "--as", "I-02")["reference"]
    for said, told in (
        ("answers.contact=9025550147", "9025550147"),
        ("answers.contact=null", "nothing"),
        ("answers.income=12", r"\$12\.00"),
        ("effort_points=3", "3"),
    ):
        office.done("correct", ref, "1", "--value", said, "--reason", "Slip", "--as", "I-02")
        opened = office.done("trail", ref, "--open", "--purpose", "To look", "--as", "I-02").out
        assert re.search(rf"Right is: [^.]+ {told}\. Why: Slip\.", opened), said
    refused = office(
        "correct", ref, "1", "--value", "effort_points=much", "--reason", "x", "--as", "I-02"
    )
    assert "it must be a whole number" in refused.err
    too_big = ("--value", f"effort_points={10**20}", "--reason", "Slip", "--as", "I-02")
    assert "too big to be recorded" in office("correct", ref, "1", *too_big).err


def test_a_case_says_which_entries_were_corrected_and_what_is_right_by_its_name(
    office: CommandLine,
) -> None:
    """It went on showing the wrong region without a word of the correction, whose values stood as code."""
    ref = opened(office)
    assert office.asked("case", ref)["corrected"] == []
    office.done("correct", ref, "1", "--value", "region=WES", "--reason", "Slip", "--as", "I-02")
    assert office.asked("case", ref)["corrected"] == [1]
    shown = office.done("case", ref, *READING).out
    assert line(shown, "corrected").endswith("no. 1: `caseledger trail` says what is right")
    assert "region=WES" in shown
    assert "{'" not in shown


def test_a_day_that_ends_elsewhere_is_told_as_the_day_that_the_law_means_with_its_zone(
    empty: CommandLine, tmp_path: Path
) -> None:
    """The end of a day in Toronto was an hour of the next day in Halifax, which the requester was promised, too."""
    text = OFFICE.read_text(encoding="utf-8")
    there = text.replace("[clocks.ANSWER-30]\n", '[clocks.ANSWER-30]\nzone = "America/Toronto"\n')
    there = there.replace('clocks = ["CALL-8", "ANSWER-30"]', 'clocks = ["ANSWER-30"]')
    (tmp_path / "there.toml").write_text(there, encoding="utf-8")
    empty.done("policy", "publish", str(tmp_path / "there.toml"), "--as", "D-01")
    new = ("open", "phone", "--request-type", "GEN-ENQ", "--language", "en", "--as", "I-02")
    ref = empty.asked(*new, "--answer", "name=Ada Lind")["reference"]
    (due_at,) = (
        each["due_at"]
        for each in empty.asked("case", ref)["clocks"]
        if each["clock"] == "ANSWER-30"
    )
    there = datetime.fromisoformat(due_at).astimezone(ZoneInfo("America/Toronto"))
    on = (there - timedelta(microseconds=1)).date()
    said = f"end of {on} (America/Toronto)"
    assert said in line(empty.done("case", ref).out, "ANSWER-30")
    told = [each["sentence"] for each in empty.asked("trail", ref)["trail"]]
    assert any(f"the end of {on.day} {on:%B %Y} (America/Toronto)" in each for each in told)
    assert str(on) in empty.asked("status", ref)["requester_status"]["promised_on"].values()
    for asked in (
        ("queue", "INT"), ("cases", "--team", "INT"), ("find", "Ada Lind", "--as", "I-02"),
        ("pull", "INT", "--as", "I-02"),
    ):  # fmt: skip
        listed = empty.done(*asked).out
        assert (str(on) in listed, str(on + timedelta(days=1)) in listed) == (True, False), listed


def test_an_item_is_listed_by_the_number_that_the_trail_gives_its_entry(
    office: CommandLine,
) -> None:
    """What was called its entry was its number within the case; the trail calls another number so."""
    ref = opened(office)
    office.done(
        "item", ref, "--digest", "ab" * 32, "--media-type", "application/pdf", "--size-bytes", "4096",
        "--custodian", "Intake", "--place-kept", "Archive", "--as", "I-02",
    )  # fmt: skip
    (item,) = (each["item_id"] for each in office.asked("case", ref)["written"] if each["item_id"])
    shown = office.done("case", ref).out.splitlines()
    heading = next(each for each in shown if each.startswith("item "))
    listed = next(each for each in shown if each.startswith(item))
    trail = office.asked("trail", ref)["trail"]
    number = next(each["version"] for each in trail if each["topic"] == "RecordItemAdded")
    place = heading.index("no.") + len("no.")
    assert listed[:place].endswith(f" {number}")
    office.done(
        "correct", ref, str(number), "--value", "title=Deed", "--reason", "Slip", "--as", "I-02"
    )
    dit = office.done("trail", ref, "--language", "fr").out
    assert f"L'inscription {number} de ce dossier a été corrigée (titre)" in dit
