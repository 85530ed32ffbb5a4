"""The sample department from the command line: checked, published and shown so that a policy officer can read it."""

from __future__ import annotations

from tests.api.command_line import CommandLine
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
