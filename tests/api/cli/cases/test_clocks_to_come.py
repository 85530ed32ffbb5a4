"""Clocks that have not started: the page of a case says what each waits for, so that nobody thinks there is none."""

from __future__ import annotations

from pathlib import Path

from tests.api.command_line import CommandLine
from tests.api.disclosing import department as department
from tests.policy.department import DEPARTMENT

REQUEST = ("open", "phone", "--request-type", "IAC-GEN", "--language", "en", "--as", "IAP-02")
FIELDS = (
    "--answer", "name=Ada", "--answer", "contact=902-555-0100", "--answer", "records_wanted=All",
    "--answer", "date_range=2026", "--answer", "fee_paid=5", "--answer", "description=All of it",
)  # fmt: skip


def asked_for(department: CommandLine) -> str:
    """A request for records whose fee nobody has seen yet."""
    return department.asked(*REQUEST, *FIELDS)["reference"]


def test_a_clock_that_waits_for_a_complete_request_says_so_and_what_is_not_met(
    department: CommandLine,
) -> None:
    ref = asked_for(department)
    said = department.done("case", ref, "--as-of", "2100-01-01").out
    assert "None has started." in said
    waits = "FOI-NS-2025 has not started: it does once the request is complete. Not there yet: fee."
    assert waits in said
    assert "PUBLISH-14 has not started: it waits for 'sent to applicant'." in said


def test_the_same_in_french_and_in_plain_values(department: CommandLine) -> None:
    ref = asked_for(department)
    said = department.done("case", ref, "--language", "fr").out
    assert "Aucun n'a commencé." in said
    assert "il court dès que la demande est complète. Il manque encore : les droits." in said
    assert {
        "clock": "PUBLISH-14", "starts_on": "sent_to_applicant", "of_an_act": True, "unmet": [],
    } in department.asked("case", ref)["to_come"]  # fmt: skip


def test_what_a_complete_request_needs_is_said_though_each_need_is_confirmed(
    department: CommandLine,
) -> None:
    """Once the fee was confirmed it was not said any more what the clock waited for."""
    ref = department.asked(*REQUEST, *FIELDS[:-2])["reference"]
    department.done("confirm-need", ref, "fee", "--as", "IAP-02")
    said = department.done("case", ref).out
    assert "once the request is complete. Not there yet: description." in said


def test_once_it_has_started_nothing_is_said_to_be_waited_for(department: CommandLine) -> None:
    ref = asked_for(department)
    department.done("confirm-need", ref, "fee", "--as", "IAP-02")
    known = department.asked("case", ref)
    (running,) = known["clocks"]
    assert running["clock"].startswith("FOI-NS-")
    assert [each["clock"] for each in known["to_come"]] == ["PUBLISH-14"]


def test_a_case_that_is_resolved_waits_for_no_clock(department: CommandLine) -> None:
    ref = asked_for(department)
    department.done("resolve", ref, "withdrawn", "--as", "IAP-02")
    assert department.asked("case", ref)["to_come"] == []


def test_of_a_case_that_is_not_classified_the_type_is_what_lacks(department: CommandLine) -> None:
    ref = department.asked("open", "phone", "--as", "IAP-02")["reference"]
    assert "or the case is not classified yet." in department.done("case", ref).out


def test_before_any_policy_is_in_force_no_clock_is_to_come(
    empty: CommandLine, tmp_path: Path
) -> None:
    log, mapping = tmp_path / "legacy.csv", tmp_path / "legacy.toml"
    log.write_text("id,at,what\nL-7,2026-03-02T13:00:00Z,Received\n", "utf-8")
    mapping.write_text(
        '[log]\nname = "legacy"\ntitle = "Before"\nsource = "ours"\n[case]\nid = "id"\n'
        '[event]\ntime = "at"\nactivity = "what"\n[activities]\nclosed = ["Done"]\n',
        "utf-8",
    )
    empty.done("policy", "publish", str(DEPARTMENT), "--as", "DIR-01", "--from", "2100-01-01")
    empty.done("import", str(log), "--mapping", str(mapping))
    (case,) = empty.asked("cases")["cases"]
    assert empty.asked("case", case["case_id"])["to_come"] == []
