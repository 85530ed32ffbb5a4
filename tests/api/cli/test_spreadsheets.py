"""What is written for a spreadsheet runs in none: the words of people outside stand there as text."""

from __future__ import annotations

import csv
import io

import pytest

from api.spreadsheets import as_text
from tests.api.command_line import CommandLine
from tests.api.disclosing import OFFICER, WHY, department, letter, pothole

__all__ = ["department"]


@pytest.mark.parametrize("sign", ["=", "+", "\uff1d"])
def test_no_cell_of_the_index_is_one_that_a_spreadsheet_would_run(
    department: CommandLine, sign: str
) -> None:
    """Titles of documents and much else are in the words of people outside."""
    case, ref = pothole(department), letter(department)
    department.done("disclosure", "begin", ref, *OFFICER)
    department.done("disclosure", "scope", ref, "--case", case, *OFFICER)
    department.done("disclosure", "propose", ref, *OFFICER)
    why = (f"{sign}SUM(1,1)" if each == WHY[1] else each for each in WHY)
    department.done("disclosure", "accept", ref, "--all", *why, *OFFICER)
    said = department.done(
        "disclosure", "index", ref, "--audience", "regulator", "--purpose", "A complaint.", "--csv",
        *OFFICER,
    ).out  # fmt: skip
    assert {each["harm"] for each in csv.DictReader(io.StringIO(said))} == {f"'{sign}SUM(1,1)"}


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("a hole;=SUM(1,1)", "a hole;'=SUM(1,1)"),
        ('a hole; "@SUM(1,1)"', 'a hole; "\'@SUM(1,1)"'),
        ("a hole\r\n+1;-2", "a hole\r\n'+1;'-2"),
        ("=1;=2", "'=1;'=2"),
        ('["a;=1"]', '["a;\'=1"]'),
        ("a=b; c - d, e@f.example", "a=b; c - d, e@f.example"),
    ],
)
def test_nor_does_what_a_spreadsheet_splits_at_semicolons_run_in_it(said: str, told: str) -> None:
    """Where decimals have a comma a spreadsheet takes semicolons for the ends of cells, and quotes for nothing."""
    assert as_text(said) == told
