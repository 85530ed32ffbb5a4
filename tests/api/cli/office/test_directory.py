"""The directory of staff from the command line: leavers are recorded, never deleted; the rest is proposed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from api.channels.directories.files import LEAVING
from ledger.entry import Actor
from ledger.registers.integrations.provisioned import ProposeMember
from tests.api.command_line import CommandLine
from tests.ledgers import OFFICE

AS = ("--as", "D-01", "--role", "director")


def staff(folder: Path, *users: dict[str, Any]) -> str:
    """A file of users."""
    file = folder / "staff.json"
    file.write_text(json.dumps({"totalResults": len(users), "Resources": users}))
    return str(file)


def test_a_leaver_is_recorded_with_who_takes_over_and_their_cases_move(
    office: CommandLine, tmp_path: Path
) -> None:
    opened = office.done("open", "phone", "--request-type", "RDW-POT", "--as", "I-02", "--json")
    reference = opened.json["reference"]
    office.done("pull", "RDW", "--as", "R-02")
    gone = {"externalId": "R-02", "active": False, LEAVING: {"successor": "R-03"}}
    file = staff(tmp_path, gone, {"externalId": "R-03", "groups": [{"value": "RDW"}]})
    first = office.done("directory", "import", file, *AS, "--json").json
    assert [(each["member"], each["successor"], each["rehomed"]) for each in first["left"]] == [
        ("R-02", "R-03", 1)
    ]
    assert office.asked("case", reference)["case"]["owner"] == "R-03"
    again = office.done("directory", "import", file, *AS, "--json").json
    assert (again["left"], again["unchanged"]) == ([], 2)
    members = {each["member"]: each for each in office.asked("directory")["members"]}
    assert (members["R-02"]["stands"], members["R-02"]["stands_on"] is None) == ("left", False)
    assert members["R-03"]["stands"] == "there"
    assert office("note", reference, "Seen.", "--as", "R-03").code == 0


def test_joiners_and_changes_become_a_policy_that_can_be_published(
    office: CommandLine, tmp_path: Path
) -> None:
    file = staff(
        tmp_path,
        {"externalId": "R-09", "displayName": "Ada Example", "groups": [{"display": "RDW"}]},
        {"externalId": "N-03", "groups": [{"value": "INC"}]},
    )
    out = tmp_path / "proposed.toml"
    said = office.done("directory", "import", file, *AS, "--policy", str(OFFICE), "--out", str(out))
    assert "joins" in said.out
    assert "Ada Example" not in said.out
    assert "Ada Example" in out.read_text(encoding="utf-8")
    office.done("policy", "publish", str(out), "--as", "D-01")
    members = {each["member"]: each for each in office.asked("directory")["members"]}
    assert members["R-09"]["teams"] == ["RDW"]
    assert members["N-03"]["teams"] == ["INC"]
    assert office.done("directory", "import", file, *AS, "--json").json["proposed"] == []


def test_a_dry_run_says_what_would_follow_and_records_nothing(
    office: CommandLine, tmp_path: Path
) -> None:
    file = staff(tmp_path, {"externalId": "R-02", "active": False})
    said = office.done("directory", "import", file, *AS, "--dry-run")
    assert "would leave" in said.out
    assert office.asked("absences")["away"] == []


def test_what_waits_for_a_person_is_exit_code_1_and_says_why(
    office: CommandLine, tmp_path: Path
) -> None:
    unfit = {"externalId": "R-02", "active": False, LEAVING: {"successor": "N-02"}}
    file = staff(tmp_path, unfit, {"externalId": "X-1"}, {"active": True})
    said = office("directory", "import", file, *AS, "--json")
    assert said.code == 1
    assert {each["member"] for each in said.json["waiting"]} == {"R-02", "X-1"}
    assert [each["row"] for each in said.json["set_aside"]] == [3]
    assert said.json["left"] == []


def test_only_whoever_leads_lets_somebody_leave(office: CommandLine, tmp_path: Path) -> None:
    file = staff(tmp_path, {"externalId": "R-02", "active": False})
    said = office("directory", "import", file, "--as", "N-02", "--json")
    assert said.code == 1
    assert "may not say that R-02 leaves" in said.json["waiting"][0]["why"]
    assert office.asked("absences")["away"] == []


def test_nobody_has_left_where_what_is_proposed_cannot_be_written(
    office: CommandLine, tmp_path: Path
) -> None:
    """It was said that nothing was done, and the leavers were on record: who has left comes back as somebody else."""
    file = staff(tmp_path, {"externalId": "R-02", "active": False})
    away = str(tmp_path / "nowhere" / "p.toml")
    for policy, out in ((str(OFFICE), away), (away, str(tmp_path / "p.toml"))):
        said = office("directory", "import", file, *AS, "--policy", policy, "--out", out)
        assert (said.code, len(said.sentences)) == (2, 1)
    members = {each["member"]: each for each in office.asked("directory")["members"]}
    assert members["R-02"]["stands"] == "there"


def test_bad_input_gets_one_sentence(office: CommandLine, tmp_path: Path) -> None:
    missing = office("directory", "import", str(tmp_path / "nowhere.json"), *AS)
    assert (missing.code, len(missing.sentences)) == (2, 1)
    file = staff(tmp_path, {"externalId": "R-02"})
    alone = office("directory", "import", file, *AS, "--out", str(tmp_path / "p.toml"))
    assert (alone.code, "--policy" in alone.err) == (2, True)
    taken = tmp_path / "taken.toml"
    taken.write_text("kept")
    again = office("directory", "import", file, *AS, "--policy", str(OFFICE), "--out", str(taken))
    assert (again.code, taken.read_text()) == (2, "kept")


def test_whom_a_system_proposes_is_shown_until_a_person_has_published_them(
    office: CommandLine, tmp_path: Path
) -> None:
    director = 'director = "D-01"\n'
    named = tmp_path / "named.toml"
    text = OFFICE.read_text(encoding="utf-8")
    named.write_text(text.replace(director, f'{director}directory_system = "watch"\n'))
    office.done("policy", "publish", str(named), "--as", "D-01")
    with office.ledger() as ledger:
        for code, teams in (("R-09", ("RDW",)), ("R-10", ()), ("N-03", ("INC",))):
            command = ProposeMember(directory_id=ledger.directory_id, member=code, teams=teams)
            ledger.handle(command, actor=Actor("machine", "watch", version="1"))
    found = office("directory", "proposals", "--json")
    assert found.code == 1
    assert {each["member"] for each in found.json["proposed"]} == {"R-09", "N-03"}
    assert [each["member"] for each in found.json["waiting"]] == ["R-10"]
    out = tmp_path / "proposed.toml"
    said = office("directory", "proposals", "--policy", str(named), "--out", str(out))
    assert "R-09" in said.out
    office.done("policy", "publish", str(out), "--as", "D-01")
    after = office("directory", "proposals", "--json").json
    assert (after["proposed"], after["unchanged"]) == ([], 2)
