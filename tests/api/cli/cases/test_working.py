"""Working a case from the command line, from the door to the answer."""

from __future__ import annotations

import re

import pytest

from tests.api.command_line import CommandLine
from tests.api.opening import OPENING, opened


def topics(office: CommandLine, reference: str) -> list[str]:
    return [line["topic"] for line in office.asked("trail", reference)["trail"]]


def test_a_case_goes_from_the_door_to_its_answer(office: CommandLine) -> None:
    ref = opened(office)
    office.done("ask", ref, "--reply-by", "2030-01-01", "--as", "I-02")
    office.done("wait", ref, "particulars", "--as", "I-02")
    office.done(
        "receive", ref, "--channel", "phone", "--answer", "income=120000", "--answer",
        "household_size=3", "--as", "I-02",
    )  # fmt: skip
    ended = office("resume", ref, "--as", "I-02")
    assert ended.sentences == ["The case does not wait: there is nothing to end."]
    team = office.asked("case", ref)["case"]["team"]
    member = {"INC": "N-02", "INT": "I-03"}[team]
    assert office.asked("pull", team, "--as", member)["reference"] == ref
    office.done("note", ref, "All is there.", "--as", member)
    office.done(
        "contact", ref, "--direction", "outbound", "--channel", "phone", "--kind", "reassurance",
        "--as", member,
    )  # fmt: skip
    office.done(
        "decide", ref, "granted", "--legal-basis", "Rules, section 4", "--reasons", "Eligible.",
        "--delegation", "DEL-INC-2026", "--as", member,
    )  # fmt: skip
    office.done("resolve", ref, "granted", "--as", member)
    case = office.asked("case", ref)
    assert (case["status"], case["case"]["outcome"]) == ("resolved", "granted")
    told = topics(office, ref)
    assert told[0] == "CaseOpened"
    assert {"InformationRequested", "CasePulled", "DecisionRecorded", "CaseResolved"} <= {*told}


def test_whoever_opens_a_case_is_told_where_it_went_and_what_is_due_first(
    office: CommandLine,
) -> None:
    """They had to look it up to tell the requester who has it."""
    new = ("open", "phone", "--region", "HAL", "--language", "en", "--as", "I-02")
    said = office.done(*new, "--request-type", "INC-APP").out.splitlines()[-1]
    assert said.startswith("Waits for its turn with INC Income supports; first due end of ")
    assert re.search(
        r"\(\S+\); missing contact, description, household_size, income, name\.$", said
    )
    cared_for = office.done(*new, "--request-type", "INC-APP", "--flag", "adjustment").out
    assert "It is to be confirmed by somebody of " in cared_for.splitlines()[-1]
    assert office.asked(*new, "--request-type", "INC-APP")["fresh"]


def test_whoever_takes_in_what_was_missing_is_told_what_is_due_by_it(office: CommandLine) -> None:
    """That a clock had begun was said nowhere until somebody looked."""
    new = ("open", "phone", "--request-type", "INC-APP", "--language", "en", "--as", "I-02")
    ref = office.asked(*new)["reference"]
    given = ("description=Rent", "contact=902-555-0100", "household_size=3", "name=Ada")
    answers = [each for answer in given for each in ("--answer", answer)]
    last = ("receive", ref, "--channel", "phone", *answers, "--as", "I-02")
    assert office.done(*last).out.splitlines()[-1].endswith("; missing income.")
    rest = ("receive", ref, "--channel", "phone", "--answer", "income=100", "--as", "I-02")
    assert "; first due end of " in office.done(*rest).out.splitlines()[-1]


def test_whoever_takes_over_a_case_that_bounces_is_told_that_it_stands_still(
    office: CommandLine,
) -> None:
    """The receipt said nothing, and the next who wanted to hand it on was refused."""
    new = ("open", "phone", "--request-type", "GEN-ENQ", "--language", "en", "--as", "I-02")
    ref = office.asked(*new, "--answer", "description=Where is it?")["reference"]
    office.done("pull", "INT", "--as", "I-03")
    moves = (("RDW", "I-03", "R-02"), ("INC", "R-02", "N-02"), ("RDW", "N-02", "R-02"))
    said = [""]
    for team, sender, taker in moves:
        handed = office.done("transfer", ref, team, "--reason", "wrong-team", "--as", sender).out
        assert f"It is to be accepted by {team} " in handed, (
            "by when it was to be taken was not told"
        )
        said = office.done("accept", ref, "--owner", taker, "--as", taker).out.splitlines()
        assert said[1].startswith(f"With {taker} of {team} ")
    assert said[2].startswith("It stands still until it is adjudicated, by end of ")
    ask = ("ask", ref, "--field", "description", "--words", "What is it?", "--channel", "phone")
    told = office.done(*ask, "--as", "R-02").out
    assert "They gave this before, and the handover of the case held it: description." in told
    placed = office.done("adjudicate", ref, "INT", "--reason", "wrong-team", "--as", "D-01").out
    assert "Waits for its turn with INT Intake; first due " in placed


def test_whoever_takes_in_what_comes_after_a_resolution_is_told_that_it_is_resolved(
    office: CommandLine,
) -> None:
    """It was said to wait for its turn, and nobody was asked whether it had come back."""
    new = ("open", "phone", "--request-type", "INC-APP", "--language", "en", "--as", "I-02")
    ref = office.asked(*new)["reference"]
    office.done("resolve", ref, "lapsed", "--as", "L-03")
    late = ("receive", ref, "--channel", "phone", "--answer", "income=100", "--as", "I-02")
    said = office.done(*late).out.splitlines()[-1]
    assert said.startswith("It is resolved; somebody says by `caseledger decide-return` whether")
    other = office.done("decide-return", ref, "new_matter", "--as", "L-03").out
    assert f"then `caseledger link` that one to {ref}." in other, "nobody was told to open it"
    office.done(*late[:-3], "income=200", *late[-2:])
    office.done(
        "decide-return", ref, "return", "--reason", "returned", "--clock-policy", "resume",
        "--as", "L-03",
    )  # fmt: skip
    assert office.asked("case", ref)["status"] == "queued"


def test_asking_names_what_is_missing_by_itself(office: CommandLine) -> None:
    ref = opened(office)
    office.done("ask", ref, "--as", "I-02")
    asked = office.asked("trail", ref)["trail"][-1]
    assert (asked["topic"], sorted(asked["fields"]["fields"])) == (
        "InformationRequested",
        ["household_size", "income"],
    )


def test_answers_are_taken_in_the_kind_that_their_field_has(office: CommandLine) -> None:
    ref = office.asked(
        "open", "phone", "--request-type", "RDW-POT", "--answer", "danger_now=yes", "--as", "I-02"
    )["reference"]
    opening = office.asked("trail", ref)["trail"][0]
    assert opening["fields"]["answers"]["office"]["danger_now"] is True


def test_a_transfer_is_handed_over_and_accepted(office: CommandLine) -> None:
    ref = opened(office)
    here = office.asked("case", ref)["case"]["team"]
    there, leader = ("INT", "L-01") if here == "INC" else ("INC", "L-03")
    office.done("transfer", ref, there, "--reason", "skill", "--as", "I-02")
    assert office.asked("case", ref)["case"]["transit_to"] == there
    office.done("accept", ref, "--as", leader)
    assert office.asked("case", ref)["case"]["team"] == there


def test_what_bounces_between_teams_is_adjudicated_by_the_director(office: CommandLine) -> None:
    ref = office.asked("open", "phone", "--request-type", "RDW-WIN", "--as", "I-02")["reference"]
    office.done("return", ref, "misrouted", "--as", "R-02")
    office.done("classify", ref, "INC-CHG", "--as", "I-02")
    returned = office.done("return", ref, "misrouted", "--as", "N-02").out
    assert "It stands still until it is adjudicated, by end of" in returned
    refused = office("transfer", ref, "RDW", "--reason", "skill", "--as", "I-02")
    assert (refused.code, "stands still until D-01" in refused.err) == (2, True)
    assert "adjudication by end of" in office.done("queue", "INT").out, (
        "it stood there as any other"
    )
    pulled = office("pull", "INT", "--as", "I-03").err
    assert f"{ref} is next in the queue of INT and stands still until it is adjudicated" in pulled
    office.done("adjudicate", ref, "RDW", "--reason", "wrong-team", "--as", "D-01")
    assert office.asked("case", ref)["case"]["team"] == "RDW"
    answered = office("acknowledge", ref, "accept_breach", "--words", "Late.", "--as", "D-01")
    assert answered.sentences == ["No escalation of this case waits for an answer."]


def test_the_same_command_id_records_nothing_twice(office: CommandLine) -> None:
    ref, given = opened(office), ("--command-id", "0192f5d4-0000-7000-8000-000000000001")
    first = office.asked("note", ref, "Once.", *given, "--as", "I-02")
    second = office.asked("note", ref, "Once.", *given, "--as", "I-02")
    assert (first["fresh"], second["fresh"]) == (True, False)
    assert first["position"] == second["position"]
    assert topics(office, ref).count("NoteAdded") == 1


def test_a_pull_is_answered_again_under_its_command_id_though_the_queue_has_moved_on(
    office: CommandLine,
) -> None:
    ref, given = opened(office), ("--command-id", "0192f5d4-0000-7000-8000-000000000002")
    team = office.asked("case", ref)["case"]["team"]
    asked = ("pull", team, *given, "--as", "N-02")
    first = office.asked(*asked)
    assert (first["reference"], first["fresh"]) == (ref, True)
    assert "nothing to pull" in office("pull", team, "--as", "N-02").err
    again = office.asked(*asked)
    assert again == {**first, "fresh": False}
    opened(office)
    assert office.asked(*asked) == again, "nor is another case pulled under it"
    other = office("pull", "RDW", *given, "--as", "N-02")
    assert (other.code, len(other.sentences)) == (2, 1)


def test_what_a_duty_person_is_to_confirm_first_is_said_where_somebody_would_take_it(
    office: CommandLine,
) -> None:
    ref = office.asked(*OPENING, "--answer", "adjustment=Somebody beside her.")["reference"]
    kept = office.asked("case", ref)
    assert (kept["case"]["team"], kept["case"]["confirm_team"]) == ("INT", "INT")
    assert "to be confirmed  by INT, until" in office.done("case", ref).out
    assert "à confirmer" in office.done("case", ref, "--language", "fr").out
    for words in (("queue", "INT"), ("morning", "INT"), ("cases",)):
        assert "confirmation by 2" in office.done(*words).out, words
    assert "confirmation avant le" in office.done("queue", "INT", "--language", "fr").out
    refused = office("pull", "INT", "--as", "I-03")
    assert refused.code == 2
    (sentence,) = refused.sentences
    assert sentence.startswith(f"{ref} is next in the queue of INT and is to be confirmed")
    assert "`caseledger confirm`" in sentence
    office.done("confirm", ref, "--as", "I-03")
    assert office.asked("case", ref)["case"]["confirm_team"] is None
    assert "confirmation by" not in office.done("cases").out


def test_whoever_passed_over_all_that_waits_is_told_so_and_not_to_pull_again(
    office: CommandLine,
) -> None:
    """They pulled again and again, and were told each time that the case waits no longer."""
    new = ("open", "phone", "--request-type", "GEN-ENQ", "--as", "I-02")
    first, second = (office.asked(*new)["reference"] for _ in range(2))
    office.done("skip", first, "language", "--as", "I-03")
    office.done("recuse", second, "--as", "I-03")
    refused = office("pull", "INT", "--as", "I-03")
    (sentence,) = refused.sentences
    assert sentence.startswith(
        "I-03 passed over, or stepped back from, all that waits in the queue of INT"
    )
    third = office.asked(*new)["reference"]
    assert office.asked("pull", "INT", "--as", "I-03")["reference"] == third


def test_what_waits_for_a_duty_person_holds_up_nothing_behind_it(office: CommandLine) -> None:
    office.done(*OPENING, "--answer", "adjustment=Somebody beside her.")
    enquiry = office.asked("open", "phone", "--request-type", "GEN-ENQ", "--as", "I-02")
    assert office.asked("pull", "INT", "--as", "I-03")["reference"] == enquiry["reference"]


def test_a_case_is_closed_with_the_case_that_it_repeats(office: CommandLine) -> None:
    first, again = (
        office.asked("open", "phone", "--request-type", "GEN-ENQ", "--as", "I-02")["reference"]
        for _ in range(2)
    )
    office.done("resolve", again, "duplicate-of", "--other-case", first, "--as", "I-02")
    linked = next(
        each for each in office.asked("trail", again)["trail"] if each["topic"] == "CaseLinked"
    )
    assert first in linked["sentence"]


def test_what_has_a_place_and_no_option_is_called_as_the_help_shows_it(office: CommandLine) -> None:
    refused = office("note", opened(office), "", "--as", "I-02")
    assert refused.err.startswith("TEXT: must have 1 or more characters")
    assert "TEXT" in office("note", "--help").out


def test_a_stale_version_is_told_with_what_was_expected_and_what_is(office: CommandLine) -> None:
    ref = opened(office)
    said = office("note", ref, "Late.", "--expected-version", "1", "--as", "I-02")
    assert said.code == 2
    assert said.err.startswith("Expected version 1, but the stream is at version ")


def test_who_acts_comes_from_the_environment_if_it_is_not_said(
    office: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = opened(office)
    refused = office("note", ref, "Who?")
    assert (refused.code, len(refused.sentences)) == (2, 1)
    assert "--as MEMBER" in refused.err
    monkeypatch.setenv("CASELEDGER_ACTOR", "I-03")
    office.done("note", ref, "I.")
    assert office.asked("trail", ref)["trail"][-1]["actor"].startswith("I-03")


def test_opening_personal_values_is_itself_recorded(office: CommandLine) -> None:
    ref = opened(office)
    sealed = office.asked("case", ref)["personal"]
    assert {each["value"] for each in sealed} == {"sealed"}
    opening = ("case", ref, "--open", "--purpose", "To call back.", "--as", "N-02")
    values = {each["field"]: each["value"] for each in office.asked(*opening)["personal"]}
    assert values["name"] == "Ada Lind"
    with office.ledger() as ledger:
        last = [*ledger.entries()][-1]
    assert (last.topic, last.actor.id) == ("PersonalValuesRead", "N-02")


def test_personal_values_are_not_opened_without_a_purpose(office: CommandLine) -> None:
    ref = opened(office)
    said = office("case", ref, "--open", "--as", "N-02")
    assert (said.code, said.err) == (
        2, "Say what the personal values are read for: give --purpose.\n"
    )  # fmt: skip


def test_the_log_line_of_a_command_holds_no_personal_data(office: CommandLine) -> None:
    said = office.done(*OPENING, "--verbose")
    assert '"command": "OpenCase"' in said.err
    assert '"outcome": "recorded"' in said.err
    assert "Ada" not in said.err
    assert "902-555" not in said.err


def test_spans_add_up_to_the_time_that_has_passed(office: CommandLine) -> None:
    ref = opened(office)
    office.done("wait", ref, "particulars", "--as", "I-02")
    answer = office.asked("spans", ref)
    ends = [each["span"]["to_at"] for each in answer["spans"][:-1]]
    begins = [each["span"]["from_at"] for each in answer["spans"][1:]]
    assert ends == begins
    assert answer["spans"][-1]["span"]["kind"] == "waiting:particulars"


def test_the_time_in_which_a_case_was_resolved_is_a_span_like_others_so_that_none_is_missing(
    office: CommandLine,
) -> None:
    """Between a resolution and the reopening there was a hole, and nobody was told who answered for the case."""
    asked = ("open", "phone", "--request-type", "RDW-POT", "--region", "HAL", "--as", "I-02")
    ref = office.asked(*asked)["reference"]
    office.done("pull", "RDW", "--as", "R-02")
    office.done("resolve", ref, "done", "--as", "R-02")
    office.done(
        "reopen", ref, "--reason", "new-facts", "--clock-policy", "continue", "--as", "R-02"
    )
    answer = office.asked("spans", ref)
    spans = [each["span"] for each in answer["spans"]]
    assert [each["kind"] for each in spans][-3:] == ["with_owner", "resolved", "with_owner"]
    assert [each["owner"] for each in spans][-3:] == ["R-02", "R-02", "R-02"]
    assert [each["to_at"] for each in spans[:-1]] == [each["from_at"] for each in spans[1:]]
    assert answer["seconds"] == sum(each["seconds"] for each in answer["spans"])
    assert "of them while it was not resolved." in office.done("spans", ref).out


def test_a_trail_is_told_in_french_too(office: CommandLine) -> None:
    ref = opened(office)
    assert "dossier" in office.done("trail", ref, "--language", "fr").out


def test_a_severity_is_assessed_also_where_nobody_says_what_the_requester_calls_it(
    office: CommandLine,
) -> None:
    """Without the flag that may be left out, the command ended in words about a validation error."""
    asked = ("open", "phone", "--request-type", "RDW-POT", "--as", "I-02")
    ref = office.asked(*asked)["reference"]
    severity = ("severity", ref, "harm_within_days", "health", "--as", "R-02")
    office.done(*severity)
    office.done(*severity, "--urgency-stated")
    told = office.done("case", ref).out
    assert "harm within days, by the criterion health" in told
    assert re.search(r"said to be urgent +by the requester", told)
    french = office.done("case", ref, "--language", "fr").out
    assert "selon le critère Santé" in french
    office.done(*severity, "--no-urgency-stated")
    assert "said to be urgent" not in office.done("case", ref).out
    said = [each["sentence"] for each in office.asked("trail", ref)["trail"]]
    assert len([each for each in said if "harm within days" in each.lower()]) == 3
