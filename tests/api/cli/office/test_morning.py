"""A team's morning on one page, now and as of another morning, and what is promised on it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.api.command_line import CommandLine
from tests.api.disclosing import DEPARTMENT


def opened(office: CommandLine, at: str) -> str:
    asked = (
        "open",
        "phone",
        "--request-type",
        "RDW-POT",
        "--answer",
        "danger_now=no",
        "--as",
        "I-02",
    )
    return str(office.asked(*asked, "--reached-body-at", at, "--at", at)["reference"])


def references(found: Any) -> set[str]:
    return {each["row"]["reference"] for each in found}


def test_a_leader_sees_what_came_since_the_office_closed_what_is_due_and_who_can_do_it(
    office: CommandLine,
) -> None:
    late, evening = (opened(office, f"2026-{at}-04:00") for at in ("01-05T09:00", "03-02T18:00"))
    then = office.asked("morning", "RDW", "--as-of", "2026-03-03T09:00-04:00")
    assert then["closed_at"] == "2026-03-02T20:30:00.000000Z"
    assert (references(then["came"]), references(then["due"])) == ({evening}, {late})
    assert references(then["unowned"]) == {late, evening}
    assert (then["away"], then["strained"], then["escalations"], then["rates"]) == ([], [], [], [])
    assert office.asked("pull", "RDW", "--as", "R-02")["reference"] == late
    office.done("escalate", late, "--party", "leader", "--reason", "act", "--as", "R-02")
    office.done("absent", "R-03", "--substitute", "R-02", "--as", "L-02")
    office.done("rate", "set", "RDW", "1", "2029-06-29", "--as", "L-02")
    now = office.asked("morning", "RDW")
    assert references(now["unowned"]) == {evening}
    assert [each["member"] for each in now["away"]] == ["R-03"]
    assert [each["member"] for each in now["strained"]] == ["R-02"]
    assert [each["reference"] for each in now["escalations"]] == [late]
    assert [each["day"]["team"] for each in now["rates"]] == ["RDW"]
    said = office.done("morning", "RDW").out
    assert "Waiting: 2 (queued 1, in hand 1, in transit 0, paused 0); overdue: 2." in said
    for each in ("Came since", "Overdue, or due today", "With nobody yet", "absent", "Rate: "):
        assert each in said
    office.done("wait", evening, "weather", "--as", "L-02")
    said = office.done("morning", "RDW").out
    assert "Waiting: 2 (queued 0, in hand 1, in transit 0, paused 1); overdue: 2." in said


def test_a_team_sees_what_it_was_handed_until_somebody_takes_it_over(office: CommandLine) -> None:
    """It stood in no list of the team that was to accept it, until the time for that was over."""
    ref = opened(office, "2026-03-02T10:00-04:00")
    office.done("pull", "RDW", "--as", "R-02")
    office.done("transfer", ref, "INC", "--reason", "skill", "--as", "R-02")
    assert references(office.asked("morning", "INC")["handed"]) == {ref}
    assert references(office.asked("cases", "--handed-to", "INC")["cases"]) == {ref}
    assert references(office.asked("cases", "--handed-to", "RDW")["cases"]) == set()
    as_of = office.asked("cases", "--handed-to", "INC", "--as-of", "2090-01-01")["cases"]
    assert references(as_of) == {ref}
    assert "Handed to the team, and not taken over yet" in office.done("morning", "INC").out
    assert "INC to accept by end of 20" in " ".join(office.done("cases").out.split())
    assert "INC, to accept by end of 20" in office.done("case", ref).out
    assert "à accepter par INC : fin du 20" in office.done("queue", "RDW", "--language", "fr").out
    office.done("accept", ref, "--as", "N-02")
    assert office.asked("morning", "INC")["handed"] == []
    assert office("cases", "--handed-to", "NAVY").code == 2


def test_what_one_member_was_handed_is_listed_with_their_name(office: CommandLine) -> None:
    """Whoever looked for it read the team alone, and asked everybody."""
    ref = opened(office, "2026-03-02T10:00-04:00")
    office.done("pull", "RDW", "--as", "R-02")
    handed = ("transfer", ref, "INC", "--to-owner", "N-02", "--reason", "skill", "--as", "R-02")
    office.done(*handed)
    assert "N-02, INC to accept by end of 20" in " ".join(office.done("cases").out.split())
    assert "N-02, INC, to accept by end of 20" in office.done("case", ref).out
    office.done("recuse", ref, "--as", "N-02")
    assert "N-02" not in office.done("cases").out


def test_nothing_is_said_of_a_team_that_nobody_knows(office: CommandLine) -> None:
    said = office("morning", "NAVY")
    assert (said.code, said.err.count("\n")) == (2, 1)
    assert "'NAVY' is not a team" in said.err


def test_a_promise_by_a_date_is_by_the_end_of_that_day(office: CommandLine) -> None:
    ref = opened(office, "2026-03-02T10:00-04:00")
    office.done("promise", ref, "2090-04-06", "--as", "I-02")
    assert "by the end of 6 April 2090" in office.done("trail", ref).out
    assert "le 6 avril 2090, fin de journée" in office.done("trail", ref, "--language", "fr").out
    assert "by 6 April 2090" in office.done("status", ref).out
    assert "end of 2090-04-06" in office.done("case", ref).out


def test_a_morning_and_the_board_say_which_delegation_ends_soon_with_none_in_its_place(
    empty: CommandLine, tmp_path: Path
) -> None:
    """Only a check of the policy said so, and whoever decided learned it by being refused."""
    soon = (datetime.now(UTC) + timedelta(days=30)).date()
    text = DEPARTMENT.read_text("utf-8")
    first, of_roads, rest = text.partition("[delegations.DEL-RDW-2025]")
    policy = tmp_path / "department.toml"
    ending = rest.replace("ends_on = 2029-12-31", f"ends_on = {soon}", 1)
    policy.write_text(first + of_roads + ending, "utf-8")
    empty.done("policy", "publish", str(policy), "--as", "DIR-01")
    ends = {"what": "delegation", "code": "DEL-RDW-2025", "ends_on": f"{soon}"}
    said = f"Delegation DEL-RDW-2025 has its last day on {soon}, and none takes its place"
    in_french = f"La délégation DEL-RDW-2025 prend fin le {soon}"
    for command in (("morning", "RDP"), ("board",)):
        assert ends in empty.asked(*command)["running_out"]
        assert said in " ".join(empty.done(*command).out.split())
        assert in_french in " ".join(empty.done(*command, "--language", "fr").out.split())


def test_a_leader_sees_what_may_have_come_back_the_same_morning_and_decides(
    office: CommandLine,
) -> None:
    """It stood nowhere until an alarm told of it a working day later."""
    ref = opened(office, "2026-03-02T10:00-04:00")
    office.done("pull", "RDW", "--as", "R-02")
    office.done("resolve", ref, "done", "--as", "R-02")
    again = ("contact", ref, "--direction", "inbound", "--channel", "phone", "--kind", "complaint")
    office.done(*again, "--as", "I-02")
    assert references(office.asked("morning", "RDW")["returning"]) == {ref}
    assert references(office.asked("morning", "RDW", "--as-of", "2090-01-01")["returning"]) == {ref}
    assert "Heard of after their resolution" in office.done("morning", "RDW").out
    office.done(
        "decide-return", ref, "return", "--reason", "returned", "--clock-policy", "continue", "--as", "L-02"
    )  # fmt: skip
    assert office.asked("morning", "RDW")["returning"] == []
