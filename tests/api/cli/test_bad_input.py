"""Bad input: one clear sentence on stderr, exit code 2, nothing half-written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ledger.sealing.master_key import MasterKey
from ledger.store import under_maintenance
from tests.api.command_line import CommandLine, in_a_process, refuses
from tests.ledgers import OFFICE

MISSING = "7ZK3Q-0M9TB-4"
LOG = "case,activity,time\nA-1,Received,2026-03-02T09:30:00+00:00\n"
MAPPING = """
[log]
name = "small"

[case]
id = "case"
received = "time"

[event]
activity = "activity"
time = "time"
"""


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("bord",), 'Did you mean "board"'),
        (("queue",), "TEAM"),
        (
            ("queue", "RDW", "and", "INC"),
            "'and INC' is more than this command takes. See `caseledger queue",
        ),
        (("board", "--knwon-at", "2026-01-01"), "--known-at"),
        (("board", "--knwon-at", "2026-01-01"), "See `caseledger board --help`."),
        (("disclosure", "begin"), "See `caseledger disclosure begin --help`."),
        (("board", "--known-at", "2026-03-02T09:30"), "says no offset"),
        (("board", "--known-at", "2026-02-30"), "no time that exists"),
        (("board", "--as-of", "soon"), "no time that exists"),
        (("flow", "--from", "2026-13-01"), "no time that exists"),
        (("flow", "--until", "2090-01-01"), "--until 2090-01-01 is still to come"),
        (("flow", "--from", "2026-03-02", "--until", "2026-03-01"), "--from must not be after"),
        (("queue", "XYZ"), "'XYZ' is not a team"),
        (("queue", "RDW", "--limit", "0"), "--limit"),
        (("queue", "RDW", "--limit", "7.6"), "--limit takes a whole number: '7.6' is none."),
        (
            ("disclosure", "pay", MISSING, "5.00", "--as", "I-02"),
            "CENTS takes whole cents, such as 500 for 5.00: '5.00' is none.",
        ),
        (
            (
                "decide",
                MISSING,
                "done",
                "--legal-basis",
                "s. 1",
                "--reasons",
                "So.",
                "--amount-cents",
                "412.00",
                "--as",
                "I-02",
            ),
            "--amount-cents takes whole cents",
        ),
        (("sla", "--status", "lost"), "Choose from"),
        (("trail", "no-reference"), "not a case reference"),
        (("trail", MISSING), "case"),
        (("case", "01999999-0000-7000-8000-000000000000"), "No case"),
        (("note", MISSING, "Hello."), "--as MEMBER"),
        (("notice", MISSING, "ACK"), "`caseledger notice` needs --channel."),
        (("notice", MISSING, "ACK", "--channel"), "needs a value after --channel."),
        (("note", MISSING, "Hello.", "--as", "Z-99"), "'Z-99' is not a member"),
        (("open", "telex", "--as", "I-02"), "'telex' is not a channel"),
        (("open", "phone", "--request-type", "X", "--as", "I-02"), "not a request type"),
        (("open", "phone", "--answer", "name", "--as", "I-02"), "write it as --answer name=Ada."),
        (("party", "--contact", "x", "--as", "I-02"), "write it as --contact phone=902-555-0188."),
        (("open", "phone", "--answer", "shoe=44", "--as", "I-02"), "'shoe' is not a field"),
        (("open", "phone", "--answer", "household_size=much", "--as", "I-02"), "a whole number"),
        (
            ("open", "phone", "--answer", "household_size=9007199254740992", "--as", "I-02"),
            "answers holds",
        ),
        (
            ("open", "phone", "--answer", f"household_size={10**30}", "--as", "I-02"),
            "answers holds",
        ),
        (("open", "phone", "--answer", "danger_now=3", "--as", "I-02"), "yes or no"),
        (("open", "phone", "--severity", "dire", "--as", "I-02"), "Choose from"),
        (("open", "phone", "--requester", "Ada", "--as", "I-02"), "--requester"),
        (("open", "phone", "--reached-body-at", "2026-03-02T09:00", "--as", "I-02"), "no offset"),
        (("open", "phone", "--at", "2126-03-02T09:00Z", "--as", "I-02"), "has passed"),
        (("open", "phone", "--command-id", "7", "--as", "I-02"), "not a UUID"),
        (("pull", "RDW", "--as", "R-02"), "Nothing waits"),
        (("pull", "XYZ", "--as", "R-02"), "'XYZ' is not a team"),
        (("policy", "check", "nowhere.toml"), "cannot be read"),
        (("policy", "publish", "nowhere.toml", "--as", "D-01"), "cannot be read"),
        (("policy", "publish", str(OFFICE)), "--as MEMBER"),
        (("import", "nowhere.csv", "--mapping", "receipt"), "nowhere.csv"),
        (("import", "nowhere.csv", "--mapping", "nothing"), "There is no mapping 'nothing'"),
        (("export", "--format", "csv", "--out", "log.xes"), ".csv"),
        (("watch", "--every", "0"), "--every"),
        (("rebuild", "--shards", "0"), "--shards"),
        (("demo", "--cases", "0"), "--cases"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_sentence(
    office: CommandLine, words: tuple[str, ...], says: str
) -> None:
    with office.ledger() as ledger:
        tip = ledger.store.tip()
    refuses(office(*words), says)
    with office.ledger() as ledger:
        assert ledger.store.tip() == tip


@pytest.mark.parametrize("words", [("board",), ("verify",), ("watch",), ("export",)])
def test_without_a_ledger_it_says_how_to_make_one(bare: CommandLine, words: tuple[str]) -> None:
    refuses(bare(*words), "caseledger init")
    assert not (bare.home / "views.db").exists()


def test_a_ledger_is_made_once(office: CommandLine) -> None:
    key = (office.home / "master.key").read_bytes()
    refuses(in_a_process("init"), "A ledger is here already: work with it")
    assert (office.home / "master.key").read_bytes() == key


def test_a_case_cannot_be_opened_before_there_is_a_policy(empty: CommandLine) -> None:
    refuses(empty("open", "phone", "--as", "I-02"), "caseledger policy publish")


def test_the_first_policy_is_published_by_a_member_of_it(empty: CommandLine) -> None:
    refuses(
        empty("policy", "publish", str(OFFICE), "--as", "D-1"),
        "'D-1' is not a member of this policy, and whoever publishes the first one is; it knows A-01, D-01,",
    )
    assert empty.asked("policy", "show") is None


@pytest.mark.parametrize(
    "act", [("policy", "publish", str(OFFICE)), ("keys", "new"), ("keys", "quorum", "0")]
)
def test_whoever_the_policy_in_force_does_not_know_does_nothing_for_the_office(
    office: CommandLine, act: tuple[str, ...]
) -> None:
    refuses(office(*act, "--as", "D-1"), "'D-1' is not a member of the policy in force")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ('team = "RDW"', "rouge"),
        ("default = true", "default"),
        ('counting_calendar = "NS-SAMPLE"', "calendar"),
    ],
)
def test_a_policy_with_a_slip_is_told_by_file_line_and_key(
    empty: CommandLine, tmp_path: Path, wrong: str, says: str
) -> None:
    text = OFFICE.read_text("utf-8")
    slips = {
        'team = "RDW"': 'team = "rouge"',
        "default = true": "",
        'counting_calendar = "NS-SAMPLE"': 'counting_calendar = "NOWHERE"',
    }
    policy = tmp_path / "slip.toml"
    policy.write_text(text.replace(wrong, slips[wrong]), "utf-8")
    published = empty("policy", "publish", str(policy), "--as", "D-01")
    assert published.code == 2
    assert "slip.toml, line " in published.err
    assert says in published.err
    checked = empty("policy", "check", str(policy), "--json")
    assert checked.code == 1
    assert all({"line", "key", "sentence"} == each.keys() for each in checked.json["problems"])
    assert empty.asked("policy", "show") is None


def test_a_wrong_master_key_is_refused(office: CommandLine) -> None:
    (office.home / "master.key").unlink()
    MasterKey.new().write(office.home / "master.key")
    refuses(in_a_process("board"), "key")


def test_a_missing_master_key_is_refused_where_something_is_to_be_recorded(
    office: CommandLine,
) -> None:
    (office.home / "master.key").unlink()
    refuses(in_a_process("checkpoint"), "The master key is missing")


def test_a_home_under_maintenance_is_refused_with_the_reason(office: CommandLine) -> None:
    with under_maintenance(office.home, reason="It is being restored."):
        refuses(office("board"), "It is being restored")
        refuses(office("verify"), "It is being restored")


def test_a_home_that_cannot_be_made_is_refused(
    bare: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("CASELEDGER_HOME", os.fspath(tmp_path / "file" / "home"))
    said = bare("init")
    assert (said.code, len(said.sentences)) == (2, 1)


def test_a_log_with_an_unknown_column_is_refused_whole(empty: CommandLine, tmp_path: Path) -> None:
    log, mapping = tmp_path / "log.csv", tmp_path / "map.toml"
    log.write_text(LOG.replace("activity", "deed"), "utf-8")
    mapping.write_text(MAPPING, "utf-8")
    said = empty("import", str(log), "--mapping", str(mapping))
    assert (said.code, len(said.sentences)) == (2, 1)
    with empty.ledger() as ledger:
        assert ledger.store.tip() == 0


def test_a_policy_that_is_not_text_is_refused(empty: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "policy.toml").write_bytes(b"\xff\xfe\x00")
    refuses(empty("policy", "publish", str(tmp_path / "policy.toml"), "--as", "D-01"), "UTF-8")
