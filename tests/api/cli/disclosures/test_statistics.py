"""What an access office did in a year, from the command line: as a table in both languages, as CSV, as a report."""

from __future__ import annotations

import csv
import io

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] (lxml ships no types)

from projections.lists.listing import cases_of_types
from tests.api.command_line import CommandLine
from tests.api.disclosing import OFFICER, department, letter

__all__ = ["department"]


def test_statistics_are_told_as_a_table_as_csv_and_as_the_annual_report(
    department: CommandLine,
) -> None:
    ref, another = letter(department), letter(department)
    window = ("--from", "2020-01-01", "--until", "2099-12-31")
    assert "record the decision first" in department("milestone", ref, "access_given", *OFFICER).err
    department.done("override", ref, "searched", "--reason", "One record.", "--as", "IAP-01")
    department.done("ready", ref, "--as", "IAP-01")
    department.done(
        "decide", ref, "granted", "--legal-basis", "s. 7", "--reasons", "All of it.",
        "--as", "IAP-01", "--delegation", "DEL-IAC-2025",
    )  # fmt: skip
    department.done("milestone", ref, "access_given", *OFFICER)
    found = department.asked("disclosure", "statistics", *window)
    assert (found["received"], found["completed"], found["on_time"]) == (2, 1, 1)
    assert (found["pending_at_end"], found["median_days"]) == (1, "0")
    assert "median days" in department.done("disclosure", "statistics", *window).out
    french = department.done("disclosure", "statistics", *window, "--language", "fr").out
    assert ("jours, médiane" in french, "Demandes d'accès" in french) == (True, True)
    assert ("median" in french, "received" in french) == (False, False)
    rows = list(
        csv.DictReader(
            io.StringIO(department.done("disclosure", "statistics", *window, "--format", "csv").out)
        )
    )
    assert {each["figure"]: each["value"] for each in rows}["completed"] == "1"
    with department.ledger_and_views() as (ledger, views):
        asked_for = {ledger.find_case(ref), ledger.find_case(another)}
        assert {*cases_of_types(views, ["IAC-GEN", "RDW-POT"])} == asked_for
        assert cases_of_types(views, []) == []
    report = department.done("disclosure", "statistics", *window, "--format", "xml").out
    root = etree.fromstring(report.encode())
    foia = "{http://leisp.usdoj.gov/niem/FoiaAnnualReport/extension/1.03}"
    counted = {each.tag.removeprefix(foia): each.text for each in root.iter() if each.text}
    assert counted["ProcessingStatisticsReceivedQuantity"] == "2"
    assert counted["ProcessingStatisticsProcessedQuantity"] == "1"
    assert counted["RequestDispositionTotalQuantity"] == "1"
    assert counted["ResponseTimeMedianDaysCode"] == "LT1"
