"""The sample department from the command line: checked, published and shown so that a policy officer can read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.api.command_line import CommandLine
from tests.ledgers import OFFICE
from tests.policy.department import DEPARTMENT, department


def test_the_department_is_checked_published_and_shown(
    empty: CommandLine,
) -> None:
    checked = empty.done("policy", "check", str(DEPARTMENT)).out
    assert "Nothing: it can be published." in checked
    assert checked.rstrip().endswith("Nothing."), "nothing could be better"

    empty.done("policy", "publish", str(DEPARTMENT), "--as", "DIR-01")
    rows = [line.split() for line in empty.done("policy", "show").out.splitlines()]
    policy = department()
    shown = {row[0] for row in rows if row}
    assert {*policy.types, *policy.clocks, *policy.teams} <= shown
    assert {rule.code for rule in policy.routing} <= shown
    said = {row[0]: " ".join(row) for row in rows if row}
    assert said["ENX"].endswith("ENX-01 4 2 spill ENX-01, ENX-02, ENI-E-02, ENI-W-02 4 4")
    assert said["care"].endswith("where the rules below say, once INE confirms")
    assert said["income-halifax"].endswith("INC-HAL, else INC-REG")
    assert said["DEC-20"] == (
        "DEC-20 Decide 20 working days complete decision given fee, identity, particulars"
    )
    assert said["RDW-CLM"].endswith("6 R7")


def test_whose_team_a_policy_dissolves_is_told_as_it_is_published(
    office: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their cases stayed with a code that nobody's page shows, and nothing was said, or in English alone."""
    office.done("open", "phone", "--request-type", "RDW-WIN", "--as", "I-02")
    file = tmp_path / "later.toml"
    file.write_text(
        OFFICE.read_text(encoding="utf-8")
        .replace("[teams.RDW]", "[teams.ROADS]")
        .replace('teams = ["RDW"]', 'teams = ["ROADS"]')
        .replace('\nteam = "RDW"', '\nteam = "ROADS"'),
        encoding="utf-8",
    )
    said = office.done("policy", "publish", str(file), "--as", "D-01").out
    assert "1 open case is with RDW, which is no team of this policy" in said
    assert "no team of" not in office.done("policy", "publish", str(OFFICE), "--as", "D-01").out
    monkeypatch.setenv("CASELEDGER_LANGUAGE", "fr")
    en_francais = office.done("policy", "publish", str(file), "--as", "D-01").out
    assert "1 dossier ouvert est à RDW, qui n'est pas une équipe" in en_francais
    assert "La politique 4 est en vigueur à partir du " in en_francais
