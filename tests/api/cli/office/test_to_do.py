"""What is to be done on cases besides deciding them: in sight before it is late, and of whoever owes it."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from tests.api.command_line import CommandLine


def test_a_task_that_nobody_took_and_what_comes_forward_today_stand_on_a_list_and_on_the_morning(
    office: CommandLine,
) -> None:
    """A case alone told of them, and what was to be brought forward was heard of once it was overdue."""
    new = ("open", "phone", "--request-type", "RDW-POT", "--as", "I-02")
    ref = office.asked(*new)["reference"]
    before = datetime.now(UTC).isoformat()
    office.done("pull", "RDW", "--as", "R-02")
    task = office.asked("task", ref, "Phone them.", "--team", "INT", "--as", "R-02")["task_id"]
    today = datetime.now(ZoneInfo("America/Halifax")).date().isoformat()
    office.done("follow-up", ref, "--due-at", today, "--as", "R-02")
    office.done("follow-up", ref, "--due-at", "2090-01-01", "--as", "R-02")
    owed = office.asked("to-do")["to_do"]
    assert [(each["kind"], each["team"], each["member"]) for each in owed] == [
        ("follow_up", "RDW", "R-02"),
        ("follow_up", "RDW", "R-02"),
        ("task", "INT", None),
    ]
    assert [each["owed_id"] for each in office.asked("to-do", "--nobody")["to_do"]] == [task]
    assert len(office.asked("to-do", "--member", "R-02", "--due-by", "today")["to_do"]) == 1
    assert [each["due_at"] for each in office.asked("morning", "RDW")["to_do"]] == [
        owed[0]["due_at"]
    ]
    assert [each["owed_id"] for each in office.asked("morning", "INT")["to_do"]] == [task]
    office.done("promise", ref, today, "--as", "R-02")
    assert "contact promis" in office.done("to-do", "--member", "R-02", "--language", "fr").out
    assert "promise" in [each["kind"] for each in office.asked("morning", "RDW")["to_do"]]
    called = (
        "contact",
        ref,
        "--direction",
        "outbound",
        "--channel",
        "phone",
        "--kind",
        "reassurance",
    )
    office.done(*called, "--no-reached", "--as", "R-02")
    kinds = [each["kind"] for each in office.asked("to-do", "--member", "R-02")["to_do"]]
    assert "promise" in kinds, "nobody was reached, and it was in no list of whoever promised it"
    office.done(*called, "--as", "R-02")
    kinds = [each["kind"] for each in office.asked("to-do", "--member", "R-02")["to_do"]]
    assert "promise" not in kinds
    office.done("take", ref, "--as", "I-02")
    assert office.asked("morning", "INT")["to_do"] == []
    assert office.asked("to-do", "--member", "I-02")["to_do"][0]["reference"] == ref
    for then in ("--known-at", "--as-of"):
        assert office.asked("to-do", then, before)["to_do"] == []
    assert "En retard" not in office.done("to-do", "--language", "fr").out


def test_whoever_stands_in_is_told_where_that_stands_which_the_absent_owe(
    office: CommandLine,
) -> None:
    """An adjudication lay with a director who was away, and their substitute was told that nothing was to be done."""
    office.done("absent", "R-02", "--substitute", "R-03", "--as", "L-02")
    said = office.done("to-do", "--member", "R-03").out
    assert "R-03 stands in for R-02: `caseledger to-do --member R-02` lists what is theirs." in said
    assert (
        "R-03 supplée R-02 : " in office.done("to-do", "--member", "R-03", "--language", "fr").out
    )
    for others in (
        ("--member", "R-02"),
        ("--team", "RDW"),
        ("--member", "R-03", "--as-of", "2026-01-05"),
    ):
        assert "stands in for" not in office.done("to-do", *others).out
