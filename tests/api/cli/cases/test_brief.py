"""The brief from the command line: one page, personal values sealed until they are opened on a purpose."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.api.command_line import CommandLine
from tests.ledgers import OFFICE

CHECKLIST = """judgement = true
complete_needs = ["identity", "particulars"]
checklist = [
  { code = "means", en = "Means tested", fr = "Ressources vérifiées", fields = ["income"] },
  { code = "heard", en = "She was heard", fr = "Elle a été entendue", confirmed = true },
]
"""


@pytest.fixture
def checking(empty: CommandLine, tmp_path: Path) -> CommandLine:
    """The command line on a ledger whose office checks that cases are ready."""
    text = OFFICE.read_text(encoding="utf-8").replace('complete_needs = ["particulars"]\n', "")
    file = tmp_path / "checking.toml"
    file.write_text(text.replace("judgement = true\n", CHECKLIST, 1), encoding="utf-8")
    empty.done("policy", "publish", str(file), "--as", "D-01")
    return empty


def test_a_case_is_prepared_for_its_decider_and_decided(checking: CommandLine) -> None:
    ref = checking.asked(
        "open", "phone", "--request-type", "INC-APP", "--language", "en", "--answer",
        "name=Ada Lind", "--answer", "contact=902-555-0188", "--answer", "language=en", "--answer",
        "description=The rent is due.", "--answer", "income=90000", "--answer", "household_size=2",
        "--as", "I-02",
    )["reference"]  # fmt: skip
    deciding = (
        "decide", ref, "granted", "--legal-basis", "Rules, section 4", "--reasons", "Eligible.",
        "--delegation", "DEL-INC-2026", "--as", "N-02",
    )  # fmt: skip
    refused = checking(*deciding)
    assert refused.code == 2
    assert "not ready to be decided (complete, heard)" in refused.err
    line = r"^not confirmed +identity$"
    told = checking.done("brief", ref).out
    assert re.search(line, told, re.MULTILINE), "it said that it was not complete, and not why"
    checking.done("confirm-need", ref, "identity", "--words", "Passport seen.", "--as", "I-02")
    assert checking("ready", ref, "--as", "N-02").code == 2
    checking.done("override", ref, "means", "--reason", "Known to us.", "--as", "N-02")
    checking.done("ready", ref, "--confirm", "heard", "--as", "N-02")
    told = checking.done("brief", ref).out
    assert not re.search(line, told, re.MULTILINE)
    assert re.search(r"^Means tested \(means\) +overridden", told, re.MULTILINE)
    assert "Ada Lind" not in told
    assert "[sealed]" in told
    opened = checking.done("brief", ref, "--open", "--purpose", "To decide", "--as", "N-02").out
    assert "Ada Lind" in opened
    assert "Known to us." in opened
    in_french = checking.done("brief", ref, "--language", "fr").out
    assert ("Ressources vérifiées" in in_french, "Up to date" in in_french) == (True, False)
    said = checking.asked("brief", ref)["brief"]
    assert (said["ready"], said["reference"]) == (True, ref)
    checking.done(*deciding)
    for asked in (("case", ref), ("brief", ref)):  # as `sla` counts it, and the practice says
        assert re.search(r"^(DEC-15|Decide) +met", checking.done(*asked).out, re.MULTILINE), asked
        dit = checking.done(*asked, "--language", "fr").out
        assert re.search(r"^(DEC-15|Décider) +à temps", dit, re.MULTILINE), asked


def test_a_brief_says_that_a_clock_has_run_out_and_that_nobody_may_decide(
    empty: CommandLine, tmp_path: Path
) -> None:
    """The clock stood there as running until a watch had recorded it, and the heading of who decides was empty."""
    text = OFFICE.read_text(encoding="utf-8")
    begins = 'types = ["INC-APP"]\nbegins_on = 2025-01-01\n'
    assert begins in text
    file = tmp_path / "lapsed.toml"
    file.write_text(text.replace(begins, f"{begins}ends_on = 2025-12-31\n"), encoding="utf-8")
    empty.done("policy", "publish", str(file), "--as", "D-01")
    new = ("open", "phone", "--request-type", "INC-APP", "--language", "en", "--as", "I-02")
    ref = empty.asked(*new)
    told = empty.done("brief", ref["reference"], "--as-of", "2029-06-01").out
    assert "nobody: no delegation for it is valid" in told
    assert re.search(r"late, due the end of", told)
    assert "running" not in told


def test_of_a_case_that_was_not_known_there_is_no_brief(office: CommandLine) -> None:
    ref = office.asked("open", "phone", "--request-type", "GEN-ENQ", "--as", "I-02")["reference"]
    assert "Nothing was known" in office.done("brief", ref, "--known-at", "2020-01-01").out
    assert office("brief", "NO-SUCH").code == 2
