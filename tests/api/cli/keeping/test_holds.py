"""Holds from the command line: placed by a records officer, seen on the case, listed for whom they concern."""

from __future__ import annotations

from ledger.policy.access import SEE_COMPARTMENTS
from ledger.policy.acting.acts import TABLE
from tests.api.command_line import CommandLine

AS_RECORDS = ("--as", "D-01", "--role", "records")


def test_a_case_on_hold_says_so_and_why_until_its_holds_are_released(office: CommandLine) -> None:
    ref = office.asked("open", "phone", "--request-type", "GEN-ENQ", "--as", "I-02")["reference"]
    words = ("hold", "place", ref, "--ground", "litigation", "--reason", "Doucet v. us")
    first, second = (office.asked(*words, *AS_RECORDS)["hold_id"] for _ in range(2))
    assert "on hold" in office.done("case", ref).out
    assert "The case is on hold: litigation." in office.done("trail", ref).out
    listed = office.asked("hold", *AS_RECORDS)["held"]
    assert {each["hold_id"] for each in listed} == {first, second}
    office.done("hold", "release", first, *AS_RECORDS)
    assert "on hold" in office.done("case", ref).out
    office.done("hold", "release", second, *AS_RECORDS)
    assert "on hold" not in office.done("case", ref).out
    assert office.asked("hold", ref, *AS_RECORDS)["held"] == []


def test_nobody_places_or_lists_holds_whom_they_do_not_concern(office: CommandLine) -> None:
    ref = office.asked("open", "phone", "--request-type", "GEN-ENQ", "--as", "I-02")["reference"]
    placing = office("hold", "place", ref, "--ground", "audit", "--as", "I-02")
    assert placing.code == 2
    assert "Only somebody with the role 'records' may place a hold" in placing.err
    listing = office("hold", "--as", "I-02")
    assert listing.code == 2
    assert "is for records officers, access officers, link officers and auditors" in listing.err
    over_http = {line.role for line in TABLE if "registers.holds" in line.acts}
    assert over_http == SEE_COMPARTMENTS
    unknown = office("hold", "release", "7", *AS_RECORDS)
    assert unknown.err == "HOLD is not a UUID: read it again.\n"
