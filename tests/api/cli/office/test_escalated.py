"""Escalations over all cases from the command line: listed, and many answered at once, which is counted."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from tests.api.command_line import CommandLine


def escalated(office: CommandLine, *, cases: int = 3) -> list[str]:
    """Cases of the intake desk, each escalated to its leader."""
    found: list[str] = []
    for _ in range(cases):
        ref = office.asked("open", "phone", "--request-type", "GEN-ENQ", "--as", "I-02")[
            "reference"
        ]
        office.done("escalate", ref, "--party", "leader", "--reason", "act", "--as", "I-02")
        found.append(ref)
    return found


def test_what_waits_for_an_answer_is_listed_over_all_cases_with_its_reason_and_party(
    office: CommandLine,
) -> None:
    refs = escalated(office)
    assert "None: every escalation was answered." in office.done("escalations", "--team", "RDW").out
    told = office.asked("escalations", "--team", "INT")["escalations"]
    assert [each["reference"] for each in told] == refs
    assert {each["escalation"]["reason"] for each in told} == {"act"}
    shown = office.done("escalations").out
    assert all(ref in shown for ref in refs)
    assert "Act by a date" in shown
    assert "Agir avant une date" in office.done("escalations", "--language", "fr").out
    assert office.asked("escalations", "--known-at", "2020-01-01")["escalations"] == []
    assert office.asked("escalations", "--reason", "never_opened")["escalations"] == []
    slip = office("escalations", "--reason", "never-opened")
    assert slip.code == 2
    assert "'never-opened' is no alarm, and no rung or reason of any policy" in slip.err
    assert "never_opened" in slip.err


def test_many_answered_at_once_are_each_an_entry_that_says_so_and_are_counted(
    office: CommandLine,
) -> None:
    refs = escalated(office)
    one = office.asked("trail", refs[0])["trail"]
    alone = escalated(office, cases=1)[0]
    office.done("acknowledge", alone, "accept_breach", "--words", "As agreed.", "--as", "L-01")
    said = office.asked(
        "acknowledge-all", "act", "--act-by", "2029-01-05", "--team", "INT", "--reason", "act",
        "--as", "L-01",
    )  # fmt: skip
    assert said["answered"] == 3
    after = office.asked("trail", refs[0])["trail"][len(one) :]
    assert [line["topic"] for line in after] == ["EscalationAcknowledged"]
    assert "in bulk, 3 at once" in after[0]["sentence"]
    french = office.asked("trail", refs[0], "--language", "fr")["trail"][-1]["sentence"]
    assert "en bloc, 3 à la fois" in french
    counts = office.asked("escalations")
    assert (counts["escalations"], counts["answered"], counts["in_bulk"]) == ([], 4, 3)
    assert "before: 4, of them in bulk: 3." in office.done("escalations").out


def test_of_several_that_wait_each_is_named_by_what_it_is_and_since_when(
    office: CommandLine,
) -> None:
    """Their ids stood there alone, which nothing else shows."""
    (ref,) = escalated(office, cases=1)
    office.done("escalate", ref, "--party", "director", "--reason", "act", "--as", "I-02")
    refused = office("acknowledge", ref, "accept_breach", "--words", "As agreed.", "--as", "L-01")
    assert refused.code == 2
    each = r"[0-9a-f-]{36} \((\w+), \d{4}-\d\d-\d\d \d\d:\d\d\)"
    found = re.fullmatch(rf"Say which with --escalation-id: {each}, {each}\.", refused.err.strip())
    assert found is not None
    assert found.groups() == ("leader", "director")


def test_an_answer_in_bulk_says_which_are_meant_and_what_each_answer_must_say(
    office: CommandLine,
) -> None:
    escalated(office)
    for words, says in (
        (("acknowledge-all", "act", "--as", "L-01"), "give --team, --reason, or both"),
        (("acknowledge-all", "act", "--team", "INT", "--as", "L-01"), "give a time to come"),
        (("acknowledge-all", "accept_breach", "--team", "INT", "--as", "L-01"), "takes a reason"),
        (("acknowledge-all", "reassign", "--team", "RDW", "--as", "L-01"), "lists those that do"),
        (("escalations", "--team", "NAVY"), "is not a team"),
        (("escalations", "--limit", "0"), "--limit must be"),
    ):
        said = office(*words)
        assert (said.code, len(said.sentences)) == (2, 1), said
        assert says in said.err
    found = office.asked("escalations")["escalations"]
    assert len(found) == 3
    as_of = datetime.now(UTC).isoformat()
    assert office.asked("escalations", "--as-of", as_of)["escalations"] == found
    assert office.asked("escalations", "--as-of", "2026-03-02")["escalations"] == []


def test_a_list_that_ends_before_its_last_line_says_so(office: CommandLine) -> None:
    escalated(office, cases=3)
    more = "There may be more than these 2: --limit says how many are shown."
    for words in (("escalations",), ("queue", "INT"), ("cases",), ("sla", "--status", "open")):
        assert more in office.done(*words, "--limit", "2").out
        assert "There may be more" not in office.done(*words).out
    french = office.done("escalations", "--limit", "2", "--language", "fr").out
    assert "Il peut y en avoir plus que ces 2" in french
    assert len(office.asked("queue", "INT", "--limit", "2", "--as-of", "2090-01-01")["cases"]) == 2


def test_the_page_of_a_resolved_case_says_that_nobody_is_asked_any_more(
    office: CommandLine,
) -> None:
    """The list asked nobody, and the page looked as if an answer were waited for."""
    (ref,) = escalated(office, cases=1)
    assert "not asked now" not in office.done("case", ref).out
    office.done("resolve", ref, "no-action", "--as", "I-02")
    assert office.asked("escalations", "--reason", "act")["escalations"] == []
    assert "not asked now" in office.done("case", ref).out
    assert "pas demandé maintenant" in office.done("case", ref, "--language", "fr").out
