"""A department that is asked for information, from the command line."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.api.command_line import ROOT, CommandLine

DEPARTMENT = ROOT / "api" / "department" / "department.toml"
OFFICER, APPROVER = ("--as", "IAP-02"), ("--as", "IAP-01")
WHY = (
    "--harm", "Their privacy is invaded.", "--override", "does_not_prevail",
    "--override-reason", "Nobody else is concerned.", "--severability", "It is one value.",
)  # fmt: skip
SAID = (
    "A deep hole in front of the house of Ada Lind, who is at 902-555-0199 or ada@example.org today"
)
FORMS = ("--answer", "records_wanted=All about the hole", "--answer", "date_range=2026")


@pytest.fixture
def department(empty: CommandLine) -> CommandLine:
    """The command line on a ledger of the department."""
    empty.done("policy", "publish", str(DEPARTMENT), "--as", "DIR-01")
    return empty


def opened(department: CommandLine, kind: str, *answers: str) -> str:
    asked = department.asked(
        "open", "email", "--request-type", kind, "--region", "HAL", "--language", "en", *answers,
        "--as", "INT-02",
    )  # fmt: skip
    return asked["reference"]


def pothole(department: CommandLine) -> str:
    """A case that is asked about."""
    ref = opened(
        department, "RDW-POT", "--answer", "name=Ada Lind", "--answer", f"description={SAID}"
    )
    department.done("note", ref, "Bob of the depot agrees with Ada Lind.", "--as", "RDW-HAL-02")
    return ref


def letter(department: CommandLine) -> str:
    """A request for information, complete so that its clock runs."""
    ref = opened(
        department, "IAC-GEN", "--answer", "name=Rita Press", "--answer", "contact=rita@press.example",
        "--answer", "description=About a hole", "--answer", "fee_paid=5.00",
        "--answer", "language=en", *FORMS,
    )  # fmt: skip
    department.done("confirm-need", ref, "fee", *OFFICER)
    return ref


def clock(department: CommandLine, ref: str) -> str:
    (found,) = [
        each for each in department.asked("case", ref)["clocks"] if each["clock"].startswith("FOI")
    ]
    return found["state"]


def id_of(department: CommandLine, ref: str) -> str:
    with department.ledger() as ledger:
        return str(ledger.find_case(ref))


def reviewed(department: CommandLine) -> str:
    """A request of which everything is decided and approved."""
    case, ref = pothole(department), letter(department)
    for words in (
        ("begin", ref), ("scope", ref, "--case", case), ("propose", ref),
        ("accept", ref, "--all", *WHY), ("decide", ref, "release", "--rest"),
        ("claim", ref, "whole_stream"), ("compare", ref),
    ):  # fmt: skip
        department.done("disclosure", *words, *OFFICER)
    department.done("disclosure", "approve", ref, *APPROVER)
    return ref


def answered(department: CommandLine, ref: str) -> str:
    """What is said beside the receipt as the applicant is given the decision."""
    return department.done(
        "disclosure", "answer", ref, "part", "--complain-to", "The Commissioner", "--contact", "I. Ntake",
        "--reasons", "Names are withheld.", *OFFICER,
    ).err  # fmt: skip


def approved(department: CommandLine) -> str:
    """A request of which everything is decided, approved and answered."""
    ref = reviewed(department)
    answered(department, ref)
    return ref


def without_digests(text: str) -> str:
    """A text without its digests and salts, in some of which any four letters stand by chance."""
    return re.sub(r"[A-Za-z0-9+/_=-]{22,}", "", text)


def everything_in(file: Path) -> str:
    with ZipFile(file) as archive:
        files = (archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
        return without_digests("\n".join(files))
