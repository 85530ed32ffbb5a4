"""What is owed on a case, from the command line: tasks, follow-ups, referrals and stepping back."""

from __future__ import annotations

from tests.api.command_line import CommandLine


def opened(office: CommandLine) -> str:
    return office.asked("open", "phone", "--request-type", "RDW-WIN", "--as", "I-02")["reference"]


def owed(office: CommandLine, reference: str) -> list[tuple[str, str, str | None]]:
    found = office.asked("case", reference)["owed"]
    return [(each["kind"], each["what"], each["member"]) for each in found]


def test_a_task_is_added_taken_and_completed_and_shown_while_it_is_open(
    office: CommandLine,
) -> None:
    ref = opened(office)
    office.done("task", ref, "Call her back.", "--due-at", "2099-01-05", "--as", "I-02")
    assert owed(office, ref) == [("task", "preparatory", None)]
    office.done("take", ref, "--as", "R-03")
    assert owed(office, ref) == [("task", "preparatory", "R-03")]
    assert "2099-01-05" in office.done("case", ref).out
    office.done("complete", ref, "--words", "She knows.", "--as", "R-03")
    assert owed(office, ref) == []
    said = office("complete", ref, "--as", "R-03")
    assert (said.code, said.err) == (2, "No task of this case is open.\n")


def test_a_task_that_is_given_back_is_nobodys_and_says_why(office: CommandLine) -> None:
    ref = opened(office)
    office.done("task", ref, "Call her back.", "--member", "R-03", "--as", "I-02")
    back = ("give-back", ref, "workload", "--as", "R-03")
    office.done(*back, "--words", "Three others are due today.")
    assert owed(office, ref) == [("task", "preparatory", None)]
    (nobodys,) = office.asked("to-do", "--team", "RDW", "--nobody")["to_do"]
    assert (nobodys["reference"], nobodys["kind"]) == (ref, "task")
    assert "there is none to give back" in office(*back).err
    english, french = (
        office.done("trail", ref, "--language", each).out.replace("\n", " ")
        for each in ("en", "fr")
    )
    assert "R-03 gave a task back to its team: Workload." in english
    assert "R-03 a rendu une tâche à son équipe : Charge de travail." in french
    office.done("take", ref, "--as", "R-02")
    assert owed(office, ref) == [("task", "preparatory", "R-02")]


def test_of_several_open_tasks_one_is_named(office: CommandLine) -> None:
    ref = opened(office)
    first = office.asked("task", ref, "One.", "--as", "I-02")["task_id"]
    office.done("task", ref, "Another.", "--kind", "judgement", "--as", "I-02")
    assert "--task-id" in office("cancel", ref, "--as", "I-02").err
    office.done("cancel", ref, "--task-id", first, "--as", "I-02")
    refused = office("resolve", ref, "done", "--as", "R-02")
    assert "complete or cancel them first" in refused.err
    assert refused.code == 2


def test_a_follow_up_stays_owed_after_the_case_is_closed(office: CommandLine) -> None:
    ref = opened(office)
    office.done("follow-up", ref, "--due-at", "2099-01-05", "--as", "R-02")
    office.done("resolve", ref, "done", "--as", "R-02")
    office.done("reassign", ref, "R-03", "--as", "L-02")
    assert owed(office, ref) == [("follow_up", "bring_forward", "R-03")]
    office.done("followed-up", ref, "--as", "R-03")
    assert owed(office, ref) == []


def test_a_referral_waits_for_its_receipt(office: CommandLine) -> None:
    ref = opened(office)
    office.done(
        "refer", ref, "Town of Truro", "--kind", "transfer", "--consent", "given", "--as", "R-02"
    )
    assert owed(office, ref) == [("referral", "transfer", None)]
    office.done("received-there", ref, "--their-reference", "T-17", "--as", "R-02")
    case = office.asked("case", ref)
    assert case["owed"] == []
    assert {clock["state"] for clock in case["clocks"]} == {"transferred"}


def test_a_referral_that_is_declined_is_owed_no_more_and_the_case_goes_elsewhere(
    office: CommandLine,
) -> None:
    ref = opened(office)
    sent = ("--kind", "transfer", "--consent", "given", "--as", "R-02")
    office.done("refer", ref, "Town of Truro", *sent)
    office.done("referral-end", ref, "declined", "--words", "Not ours.", "--as", "R-02")
    assert owed(office, ref) == []
    office.done("refer", ref, "The province", *sent)
    assert owed(office, ref) == [("referral", "transfer", None)]
    assert "the other body declined. Words:" in office.done("trail", ref).out.replace("\n", " ")
    french = office.done("trail", ref, "--language", "fr").out.replace("\n", " ")
    assert "est resté sans suite : l'autre organisme a refusé." in french


def test_of_two_bodies_that_were_asked_each_is_named_by_what_it_is_called(
    office: CommandLine,
) -> None:
    """Which was meant could be told by an id alone."""
    ref = opened(office)
    asked = ("--kind", "consultation", "--consent", "given", "--as", "R-02")
    for body in ("Town of Truro", "The province"):
        office.done("refer", ref, body, *asked)
    for verb in (("received-there", ref), ("resume", ref), ("referral-end", ref, "unanswered")):
        refused = office(*verb, "--as", "R-02").err
        assert "Town of Truro, " in refused
        assert "The province, " in refused


def test_stepping_back_takes_no_reason(office: CommandLine) -> None:
    opened(office)
    ref = office.asked("pull", "RDW", "--as", "R-02")["reference"]
    office.done("recuse", ref, "--as", "R-02")
    assert office.asked("case", ref)["case"]["owner"] is None
    assert office("pull", "RDW", "--as", "R-02").code == 2
    office.done("pull", "RDW", "--as", "R-03")


def test_the_tasks_and_follow_ups_of_a_leaver_move_with_their_cases(office: CommandLine) -> None:
    task, follow_up = opened(office), opened(office)
    office.done("task", task, "Look.", "--member", "R-02", "--as", "I-02")
    office.done("follow-up", follow_up, "--due-at", "2099-01-05", "--as", "R-02")
    office.done("resolve", follow_up, "done", "--as", "R-02")
    said = office.asked("leaver", "R-02", "--successor", "R-03", "--as", "L-02")
    assert said["rehomed"] == 2
    assert owed(office, task) == [("task", "preparatory", "R-03")]
    assert owed(office, follow_up) == [("follow_up", "bring_forward", "R-03")]


def test_the_trail_says_it_in_both_languages(office: CommandLine) -> None:
    ref = opened(office)
    office.done("task", ref, "Look.", "--needs-delegation", "--as", "I-02")
    office.done("recuse", ref, "--as", "R-02")
    english, french = (
        office.done("trail", ref).out,
        office.done("trail", ref, "--language", "fr").out,
    )
    assert "it takes delegated authority" in english.replace("\n", " ")
    assert "R-02 stepped back from the case." in english
    assert "s'est récusé." in french
