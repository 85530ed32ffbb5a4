"""An inquiry from the command line: opened, read within until it expires, answered, filed row by row, closed."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any
from uuid import UUID
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest

from api.outbox import deliver_owed
from api.outbox.alert import OutboxFolder
from api.shown.inquiry_files import source_of
from api.watch import watch_once
from ledger.case.intake.opening import OpenCase
from ledger.commands import Request
from ledger.entry import Actor
from ledger.keeping import open_inquiry
from ledger.policy.exact import shown
from ledger.registers.inquiries.opening import OpenInquiry
from projections.inquiries.release import selection_of
from projections.inquiries.words import ROWS
from projections.releases.selection import refuse_unsound
from projections.views import Views
from tests.api.command_line import CommandLine
from tests.ledgers import INTAKE, OFFICE, place_in

AS_AUDITOR = ("--as", "A-01")
AS_LINK = ("--as", "L-01", "--role", "liaison")
NAME, ADVICE = "Adelheid Quillfeather", "Counsel thinks that we are late."


def in_days(days: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).date().isoformat()


@pytest.fixture
def case(office: CommandLine) -> str:
    ref: str = office.asked(
        "open", "phone", "--request-type", "GEN-ENQ", "--answer", f"name={NAME}", "--as", "I-02"
    )["reference"]
    office.done("note", ref, ADVICE, "--as", "I-02")
    office.done(
        "contact", ref, "--direction", "outbound", "--channel", "phone", "--kind", "reassurance",
        "--as", "I-02",
    )  # fmt: skip
    return ref


@pytest.fixture
def inquiry(office: CommandLine, case: str) -> dict[str, Any]:
    said: dict[str, Any] = office.asked(
        "inquiry", "open", case, "--office", "OMB-NS", "--reference", "2026-88", "--recipient",
        "Marie Doucet", "--purpose", "Why it took so long", "--expires", in_days(90), *AS_LINK,
    )  # fmt: skip
    return {**said, "case": case}


def test_an_inquiry_holds_its_cases_which_do_not_say_why(
    office: CommandLine, inquiry: dict[str, Any]
) -> None:
    trail = office.done("trail", inquiry["case"]).out
    assert "The case is on hold." in " ".join(trail.split())
    assert "inquiry" not in trail
    (listed,) = office.asked("inquiry", *AS_LINK)["inquiries"]
    assert (listed["cases"], listed["overdue"], listed["closed"]) == ([inquiry["case"]], [], False)
    outsider = office("inquiry", "--as", "R-02")
    assert "Inquiries are for link officers" in outsider.err


def test_within_it_the_ombudsman_reads_its_cases_and_no_others_and_not_once_it_is_closed(
    office: CommandLine, inquiry: dict[str, Any]
) -> None:
    reading = ("--open", "--purpose", "To see why", "--for", "inquiry", "--as", "O-01")
    within = (*reading, "--inquiry", inquiry["inquiry_id"])
    assert NAME in office.done("case", inquiry["case"], *within).out
    assert "the inquiry does not name it" in office("case", _another(office), *within).err
    assert office("case", inquiry["case"], *reading).code == 2
    office.done("inquiry", "close", inquiry["inquiry_id"], *AS_LINK)
    assert "the inquiry has expired" in office("case", inquiry["case"], *within).err
    assert office.asked("accesses", inquiry["case"])["refusals"] == 2
    assert "on hold" not in office.done("case", inquiry["case"]).out


def test_an_ombudsman_of_another_office_reads_nothing_within_an_inquiry_and_is_not_told_of_it(
    office: CommandLine, inquiry: dict[str, Any], tmp_path: Path
) -> None:
    role = 'roles = ["ombudsman"]'
    text = OFFICE.read_text("utf-8")
    policy, wrong = tmp_path / "offices.toml", tmp_path / "wrong.toml"
    policy.write_text(text.replace(role, f'{role}, inquires_for = "HRC"'), "utf-8")
    wrong.write_text(text.replace(role, 'roles = ["auditor"], inquires_for = "HRC"'), "utf-8")
    assert "inquires_for is of an ombudsman" in office("policy", "check", str(wrong)).out
    office.done("policy", "publish", str(policy), "--as", "D-01")
    reading = ("--open", "--purpose", "To see why", "--for", "inquiry", "--as", "O-01")
    refused = office("case", inquiry["case"], *reading, "--inquiry", inquiry["inquiry_id"])
    assert (refused.code, "the inquiry is of another office" in refused.err) == (2, True)
    assert office.asked("inquiry", "--as", "O-01")["inquiries"] == []
    assert len(office.asked("inquiry", *AS_LINK)["inquiries"]) == 1


def _another(office: CommandLine) -> str:
    ref: str = office.asked("open", "phone", "--request-type", "GEN-ENQ", "--as", "I-02")[
        "reference"
    ]
    return ref


def test_the_file_tells_of_care_what_was_said_at_the_door_and_what_was_settled_about_it(
    office: CommandLine,
) -> None:
    ref = office.asked(
        "open", "phone", "--request-type", "INC-APP", "--answer", "safe_contact=Not by telephone.", "--as", "I-02",
    )["reference"]  # fmt: skip
    office.done("confirm", ref, "--as", "I-03")
    office.done("safe-contact", ref, "--channel", "phone", "--as", "I-02")
    office.done("note", ref, "She called.", "--as", "I-02")
    id_ = office.asked(
        "inquiry", "open", ref, "--office", "OMB-NS", "--reference", "2026-89", "--recipient", "Marie Doucet",
        "--purpose", "Whether she was called", "--expires", in_days(90), *AS_LINK,
    )["inquiry_id"]  # fmt: skip
    file = {
        each["code"]: each["lines"]
        for each in office.asked("inquiry", "file", id_, *AS_LINK)["rows"]
    }
    versions = {each["topic"]: each["version"] for each in office.asked("trail", ref)["trail"]}
    told = [line["cites"][0]["version"] for line in file["vulnerability"]]
    assert told == [versions[each] for each in ("CaseOpened", "RoutingConfirmed", "SafeContactSet")]


def test_the_file_answers_the_first_letter_row_by_row_and_cites_its_entries(
    office: CommandLine, inquiry: dict[str, Any], tmp_path: Path
) -> None:
    id_, ref = inquiry["inquiry_id"], inquiry["case"]
    question = office.asked("inquiry", "ask", id_, "Why so late?", *AS_LINK)["question_id"]
    office.done(
        "inquiry", "answer", id_, question, "Nobody was there.", "--fault", "accepted", "--cites",
        f"{ref}:1", *AS_LINK,
    )  # fmt: skip
    versions = {line["topic"]: line["version"] for line in office.asked("trail", ref)["trail"]}
    office.done(
        "inquiry", "privileged", id_, ref, str(versions["NoteAdded"]), "--privilege",
        "solicitor_client", "--on", "2026-03-01", "--author", "Counsel", "--recipients", "Us",
        "--nature", "Advice", "--holder", "The Crown", *AS_LINK,
    )  # fmt: skip
    office.done("inquiry", "mark", id_, ref, "1", "--reason", "Names a neighbour", *AS_LINK)
    made = office.asked("inquiry", "recommend", id_, "Apologise", "--due-on", in_days(30), *AS_LINK)
    office.done(
        "inquiry", "respond", id_, made["recommendation_id"], "accepted", "--due-on", in_days(60),
        *AS_LINK,
    )  # fmt: skip
    out = tmp_path / "file.json"
    office.done("inquiry", "file", id_, "--out", str(out), *AS_LINK)
    text = out.read_text("utf-8")
    found = json.loads(text)
    rows = {row["code"]: row["lines"] for row in found["rows"]}
    assert list(rows) == list(ROWS)
    assert found["recipient"] == "Marie Doucet"
    assert "Nobody was there." in rows["account"][1]["en"]
    assert rows["account"][1]["cites"][1]["stream"].startswith("case/")
    assert all(line["en"] != line["fr"] for line in rows["chronology"])
    assert NAME in text
    assert ADVICE not in text, "what is privileged stands in its log alone"
    assert "solicitor and client" in rows["privilege"][0]["en"]
    assert rows["policy"][0]["values"]["document"]["format"] == "caseledger.policy/1"
    assert [line["values"] for line in rows["told"]] != []
    assert rows["delay"][0]["en"].startswith(f"{ref}: with INT, in its queue, from ")
    assert rows["delay"][0]["fr"].startswith(f"{ref} : chez INT, en file, du ")
    total = rows["delay"][-1]["values"]
    assert total["seconds"] == sum(line["values"]["seconds"] for line in rows["delay"][:-1])
    assert "fewer than 5 other cases" in rows["others"][0]["en"]
    assert "Apologise" in rows["commitments"][0]["en"]
    assert {line["values"]["member"] for line in rows["people"]} >= {"I-02"}
    assert len(rows["unaltered"]) == 1
    read = office.asked("accesses", ref, "--member", "L-01", *AS_AUDITOR)
    assert read["listed"][-1]["row"]["inquiry"] == id_
    (seen,) = office.asked("accesses", ref)["listed"]
    assert (seen["row"]["reader"], seen["row"]["inquiry"]) == (None, None)
    assert seen["row"]["purpose_code"] == "compartment"
    apart = " ".join(office.done("accesses", ref, "--member", "L-01").out.split())
    assert f"The ledger records no opening of {ref} by L-01, compartments apart, between" in apart
    again = office("inquiry", "file", id_, "--out", str(out), *AS_LINK)
    assert "There is a file" in again.err
    before = office("inquiry", "file", id_, "--known-at", "2020-01-01", *AS_LINK)
    assert f"Nothing was known of {id_} then: ask about a later instant." in before.err
    shown = office.done("inquiry", "file", id_, "--known-at", in_days(1), *AS_LINK).out
    assert "Nobody was there." in shown
    assert "Up to date as of entry" in " ".join(shown.split())
    assert ", as known at" in " ".join(shown.split())


def test_the_file_says_from_when_until_when_somebody_had_the_case_and_when_each_thing_was_said(
    office: CommandLine,
) -> None:
    """It gave whole hours, which missed the sum below them, no dates, and left out what was asked and promised."""
    ref = office.asked(
        "open", "letter", "--request-type", "GEN-ENQ", "--reached-body-at", "2026-03-02T09:30-04:00", "--as", "I-02",
    )["reference"]  # fmt: skip
    office.done("ask", ref, "--as", "I-02")
    office.done("promise", ref, in_days(30), "--as", "I-02")
    office.done(
        "contact", ref, "--direction", "outbound", "--channel", "phone", "--kind", "reassurance",
        "--at", "2026-03-03T10:15-04:00", "--as", "I-02",
    )  # fmt: skip
    id_ = office.asked(
        "inquiry", "open", ref, "--office", "OMB-NS", "--reference", "2026-90", "--recipient", "Marie Doucet",
        "--purpose", "What she was told", "--expires", in_days(90), *AS_LINK,
    )["inquiry_id"]  # fmt: skip
    rows = {
        each["code"]: each["lines"]
        for each in office.asked("inquiry", "file", id_, *AS_LINK)["rows"]
    }
    first, *_, total = rows["delay"]
    began = f"{ref}: with nobody, routed nowhere yet, from 2 March 2026 at 09:30 until "
    assert first["en"].startswith(began)
    assert first["en"].endswith(f": {_hours(first)} h.")
    assert first["fr"].startswith(f"{ref} : chez personne, pas encore acheminé, du 2 mars 2026 à ")
    assert total["en"].startswith(f"{ref}: {_hours(total)} h in all")
    versions = {each["topic"]: each["version"] for each in office.asked("trail", ref)["trail"]}
    assert [line["cites"][0]["version"] for line in rows["told"]] == [
        versions[each] for each in ("ContactLogged", "InformationRequested", "ContactPromised")
    ]
    read = office.done("inquiry", "file", id_, *AS_LINK).out.splitlines()
    assert any(each.startswith("2026-03-03 10:15  A contact was logged: from us") for each in read)
    assert any(each.startswith("I-02 acted for INT, ") for each in read)


def _hours(line: dict[str, Any]) -> str:
    return shown(Fraction(line["values"]["seconds"], 3600))


def test_a_bundle_of_it_shows_the_cases_whole_but_for_what_is_privileged(
    office: CommandLine, inquiry: dict[str, Any]
) -> None:
    id_, ref = inquiry["inquiry_id"], inquiry["case"]
    versions = {line["topic"]: line["version"] for line in office.asked("trail", ref)["trail"]}
    office.done(
        "inquiry", "privileged", id_, ref, str(versions["NoteAdded"]), "--privilege", "litigation",
        "--on", "2026-03-01", "--author", "Counsel", "--recipients", "Us", "--nature", "Advice",
        "--holder", "The Crown", *AS_LINK,
    )  # fmt: skip
    with office.ledger() as ledger:
        link = Actor("person", "L-01", role="liaison", team="INT")
        source = source_of(ledger, UUID(id_), actor=link, adjustments=False)
    selection, index = selection_of(source)
    refuse_unsound(selection, index)
    (stream,) = selection.streams
    withheld = [each.version for each in stream.entries if each.line is not None]
    assert withheld == [versions["NoteAdded"]]
    assert (selection.recipient, selection.claim) == ("Marie Doucet", "whole_stream")
    assert [each.said["kind"] for each in index] == ["litigation"]


def test_what_was_privileged_when_it_was_made_is_in_no_file_until_its_holder_waives_that(
    office: CommandLine, inquiry: dict[str, Any], tmp_path: Path
) -> None:
    """It could be seen until somebody had entered it in the log of that very inquiry."""
    id_, ref = inquiry["inquiry_id"], inquiry["case"]
    advice = "Settle, says counsel."
    noted = ("note", ref, advice, "--privilege", "litigation", "--as", "I-02")
    version = str(office.asked(*noted)["version"])
    out = tmp_path / "file.json"
    office.done("inquiry", "file", id_, "--out", str(out), *AS_LINK)
    text = out.read_text("utf-8")
    assert ADVICE in text
    assert advice not in text
    rows = {row["code"]: row["lines"] for row in json.loads(text)["rows"]}
    assert f"Entry {version} of {ref}" in rows["privilege"][0]["en"]
    waived = (
        "inquiry", "privileged", id_, ref, version, "--privilege", "litigation", "--on",
        "2026-03-01", "--author", "Counsel", "--recipients", "Us", "--nature", "Advice",
        "--holder", "The Crown", "--waived", *AS_LINK,
    )  # fmt: skip
    office.done(*waived)
    after = tmp_path / "after.json"
    office.done("inquiry", "file", id_, "--out", str(after), *AS_LINK)
    assert advice in after.read_text("utf-8")


def test_to_the_ombudsman_what_is_privileged_stays_sealed_until_its_holder_waives_that(
    office: CommandLine, inquiry: dict[str, Any]
) -> None:
    """The file left it out, and within the inquiry they read it in the case itself."""
    id_, ref = inquiry["inquiry_id"], inquiry["case"]
    topics = [line["topic"] for line in office.asked("trail", ref)["trail"]]
    noted = str(topics.index("NoteAdded") + 1)
    made = "Settle, says counsel."
    version = str(
        office.asked("note", ref, made, "--privilege", "litigation", "--as", "I-02")["version"]
    )

    def read(*whom: str) -> str:
        purpose = ("--open", "--purpose", "To see why", "--for", "inquiry", "--inquiry", id_)
        return office.done("trail", ref, *purpose, *whom).out

    assert ADVICE in read("--as", "O-01")
    assert made not in read("--as", "O-01")
    assert made in read("--as", "L-01")
    log = (
        "--privilege", "litigation", "--on", "2026-03-01", "--author", "Counsel", "--recipients",
        "Us", "--nature", "Advice", "--holder", "The Crown", *AS_LINK,
    )  # fmt: skip
    office.done("inquiry", "privileged", id_, ref, noted, *log)
    assert ADVICE not in read("--as", "O-01")
    office.done("inquiry", "privileged", id_, ref, version, *log, "--waived")
    assert made in read("--as", "O-01")


def test_its_cases_go_out_in_a_bundle_that_proves_itself_without_what_is_withheld(
    office: CommandLine, inquiry: dict[str, Any], tmp_path: Path
) -> None:
    id_, ref = inquiry["inquiry_id"], inquiry["case"]
    versions = {line["topic"]: line["version"] for line in office.asked("trail", ref)["trail"]}
    office.done("adjust", ref, "Letters in large print", *AS_LINK)
    office.done(
        "inquiry", "privileged", id_, ref, str(versions["NoteAdded"]), "--privilege", "litigation",
        "--on", "2026-03-01", "--author", "Counsel", "--recipients", "Us", "--nature", "Advice",
        "--holder", "The Crown", *AS_LINK,
    )  # fmt: skip
    out = tmp_path / "inquiry.zip"
    made = office.asked("inquiry", "bundle", id_, "--out", str(out), *AS_LINK)
    assert made["verdict"] == "confirmed"
    with ZipFile(out) as bag:
        said = b"".join(bag.read(name) for name in bag.namelist()).decode("utf-8", "replace")
    assert NAME in said
    assert "Marie Doucet" in said
    assert "Counsel thinks" not in said
    assert "large print" not in said
    again = office("inquiry", "bundle", id_, "--out", str(out), *AS_LINK)
    assert again.code == 2


def test_the_watch_alarms_once_for_a_late_reply_and_again_for_its_end(tmp_path: Path) -> None:
    place = place_in(tmp_path)
    link = Actor("person", "L-01", role="liaison", team="INT")
    outbox = OutboxFolder(tmp_path / "outbox")
    with place.office() as ledger, Views.open(tmp_path / "home") as views:
        case_id, inquiry_id = ledger.new_id(), ledger.new_id()
        opening = OpenCase(case_id=case_id, channel="phone", request_type="GEN-ENQ")
        ledger.handle(opening, actor=INTAKE)
        asked = OpenInquiry(
            inquiry_id=inquiry_id,
            office="OMB-NS",
            cases=(case_id,),
            hold_id=ledger.new_id(),
            expires_at=place.clock.at + timedelta(days=60),
            reference="2026-88",
            recipient="Marie Doucet",
            purpose="Why it took so long",
        )
        open_inquiry(ledger, Request(asked, link))
        found: list[int] = []
        told: list[int] = []
        for days in (1, 40, 1, 30):
            place.clock.pass_by(days=days)
            found.append(watch_once(ledger, views).counts["inquiries"])
            told.append(len(deliver_owed(ledger, views, outbox).office))
        assert found == [0, 1, 0, 1]
        assert told == [0, 0, 1, 1]  # the reply was late on a Sunday, which is told of on Monday
        topics = [each.entry.topic for each in ledger.read(f"inquiry/{inquiry_id}")]
        assert topics == ["InquiryOpened", *("InquiryAlarmed", "InquiryAlertDelivered") * 2]
    alerts = [json.loads(path.read_bytes()) for path in outbox.folder.glob("*.json")]
    of_it = [each for each in alerts if each.get("inquiry_id") == str(inquiry_id)]
    assert {each["reason"] for each in of_it} == {"reply", "expiry"}
    assert {tuple(each["recipients"]) for each in of_it} == {("L-01",)}
    assert not any("too long" in str(each) for each in of_it)
    (expired,) = (each for each in of_it if each["reason"] == "expiry")
    at_the_office = asked.expires_at.astimezone(ZoneInfo("America/Halifax"))
    assert expired["text"]["en"].endswith(
        f"it has expired, since {at_the_office:%-d %B %Y at %H:%M}."
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ask", "7", "Why?"), "is not a UUID"),
        (("ask", "00019caf-0000-7000-8000-000000000001", "Why?"), "No such inquiry was opened"),
        (("file", "00019caf-0000-7000-8000-000000000001"), "No such inquiry was opened"),
        (("close", "00019caf-0000-7000-8000-000000000001"), "No such inquiry was opened"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(
    office: CommandLine, words: tuple[str, ...], said: str
) -> None:
    answer = office("inquiry", *words, *AS_LINK)
    assert (answer.code, len(answer.sentences)) == (2, 1)
    assert said in answer.err
