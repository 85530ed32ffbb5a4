"""An office of one approves its own releases where its policy says so, and whoever keeps records is told of it."""

from __future__ import annotations

from pathlib import Path

from tests.api.command_line import CommandLine
from tests.api.disclosing import DEPARTMENT, OFFICER, WHY, letter, pothole

RECORDS = ("--as", "IAP-01")


def test_what_the_only_officer_approved_is_told_whoever_keeps_records(
    empty: CommandLine, tmp_path: Path
) -> None:
    """The entry said that it is reported, and no list did."""
    policy = DEPARTMENT.read_text("utf-8").replace(
        'approvers = ["IAP-01", "DIR-01"]', "sole_officer = true"
    )
    (tmp_path / "alone.toml").write_text(policy, "utf-8")
    empty.done("policy", "publish", str(tmp_path / "alone.toml"), "--as", "DIR-01")
    case, ref = pothole(empty), letter(empty)
    for words in (
        ("begin", ref), ("scope", ref, "--case", case), ("propose", ref),
        ("accept", ref, "--all", *WHY), ("decide", ref, "release", "--rest"),
        ("claim", ref, "whole_stream"), ("compare", ref),
        ("approve", ref, "--sole-officer", "--words", "The other post is vacant."),
    ):  # fmt: skip
        empty.done("disclosure", *words, *OFFICER)
    empty.done("disclosure", "begin", letter(empty), *OFFICER)
    listed = empty.asked("disclosure", "show", *RECORDS)
    assert [each["approved_alone"] for each in listed] == [1, 0]
    assert "approved alone" in empty.done("disclosure", "show", *RECORDS).out
