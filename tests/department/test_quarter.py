"""The department lives through winter and spring: what must hold of it then, and what must have happened."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

from ledger.case.alarms import CaseAlarmed
from ledger.case.contact.contacts import ContactLogged
from ledger.case.contact.notices import NoticeIssued
from ledger.case.intake.opening import CaseOpened
from ledger.case.links import CaseLinked
from ledger.entry import Entry
from ledger.facts import topics
from tests.department.laws import (
    counts_what_waits_by_what_came_and_went,
    has_one_accountable_at_every_second,
    is_as_it_was_recorded,
    is_routed_again_the_same,
    tells_of_each_team_what_its_days_add_up_to,
)
from tests.department.living import Lived, lived

NEVER = {
    "ActivityRecorded": "comes with the history of another system alone",
    "CaseImported": "comes with the history of another system alone",
    "OwnershipTransferred": "comes with the history of another system alone",
    "ImportBegun": "comes with the history of another system alone",
    "ImportFinished": "comes with the history of another system alone",
    "DecisionAppealed": "nobody takes a decision of the sample department to a court in these months",
    "AppealEnded": "nobody takes a decision of the sample department to a court in these months",
    "TaskGivenBack": "whoever takes a task in the sample department does it",
    "ReferralEnded": "other bodies take what the sample department sends them, if late",
    "ExternalIdGiven": "no other system or office works on the cases of the sample department",
    "MemberProposed": "comes from the identity system of an office alone",
    "MemberNamedElsewhere": "comes from the identity system of an office alone",
    "MemberUnlisted": "comes from the identity system of an office alone",
    "DutyDone": "no clock of the sample department makes anybody but the requester be told of an extension",
}
"""Facts of the practice that do not occur in the simulated department, and why not."""
_REGISTERS = frozenset(
    {
        "countermeasures", "directory", "draws", "imports", "people", "policies", "provisioned", "rates", "sequences",
        "tray",
    }
)  # fmt: skip
"""The registers that an office works its cases by; the others keep records and prove them."""
_RECORDS_OF_CASES = frozenset({"erased", "holding"})
"""Chapters of a case that records officers work: tested with theirs."""


def of_the_practice() -> set[str]:
    """Every fact of cases and of the registers that an office works by."""
    found: set[str] = set()
    for topic, kind in topics().items():
        _, package, *rooms = kind.__module__.split(".")
        of_a_case = package == "case" and rooms[-1] not in _RECORDS_OF_CASES
        if of_a_case or (package == "registers" and not _REGISTERS.isdisjoint(rooms)):
            found.add(topic)
    return found


def test_every_fact_of_the_practice_occurs_or_is_said_not_to(quarter: Lived) -> None:
    happened = {entry.topic for entry in quarter.entries()}
    assert of_the_practice() - happened == NEVER.keys()


def test_all_is_as_it_was_recorded(quarter: Lived) -> None:
    is_as_it_was_recorded(quarter)


def test_every_case_goes_where_it_went_when_routed_again(quarter: Lived) -> None:
    assert is_routed_again_the_same(quarter) > 100


def test_somebody_is_accountable_for_each_case_at_every_second(quarter: Lived) -> None:
    assert has_one_accountable_at_every_second(quarter) > 100


def test_what_waits_is_what_waited_and_what_came_less_what_went(quarter: Lived) -> None:
    assert counts_what_waits_by_what_came_and_went(quarter) > 500


def test_the_figures_of_a_team_stand_on_what_its_days_count(quarter: Lived) -> None:
    assert tells_of_each_team_what_its_days_add_up_to(quarter) > 100


def test_people_come_by_every_door_in_both_languages_and_from_every_region(quarter: Lived) -> None:
    opened = [each.fact for each in quarter.entries() if isinstance(each.fact, CaseOpened)]
    families = {fact.channel_family for fact in opened}
    assert families == {"phone", "email", "web", "walk_in", "mail", "referral"}
    assert {fact.language for fact in opened} == {"en", "fr"}
    halifax = sum(fact.region == "HAL" for fact in opened) * 100 // len(opened)
    assert 40 <= halifax <= 64


def test_few_of_what_people_ask_is_forbidden_by_a_rule(quarter: Lived) -> None:
    """People know the rules they work by; nobody to be called on a day is no rule broken."""
    refused = sum(
        count for rule, count in quarter.refused.items() if "frame-is-not-empty" not in rule
    )
    assert refused * 50 < quarter.asked
    told = Counter(entry.topic for entry in quarter.entries())
    assert told["CaseResolved"] * 4 > told["CaseOpened"] * 3


def test_a_repeat_is_linked_with_the_similarity_that_was_found(quarter: Lived) -> None:
    linked = [each.fact for each in quarter.entries() if isinstance(each.fact, CaseLinked)]
    repeats = [fact.similarity for fact in linked if fact.relation in ("same_matter", "follows")]
    found = [similarity for similarity in repeats if similarity is not None]
    assert len(found) * 2 > len(repeats) > 0
    assert min(found) >= 600


def test_whoever_has_heard_nothing_for_four_weeks_is_alarmed_about_and_mostly_hears_from_us_then(
    quarter: Lived,
) -> None:
    alarmed, heard = dict[str, Entry](), set[str]()
    for entry in quarter.entries():
        match entry.fact:
            case CaseAlarmed(alarm="no_contact"):
                assert entry.context.known_at - entry.fact.since > timedelta(days=28)
                alarmed[entry.stream] = entry
            case ContactLogged(acts=acts) if acts and entry.stream in alarmed:
                heard.add(entry.stream)
            case NoticeIssued(to_requester=True) if entry.stream in alarmed:
                heard.add(entry.stream)
    assert alarmed
    assert len(heard) * 3 >= len(alarmed) * 2


def facts(house: Lived) -> list[tuple[object, ...]]:
    """What happened, to what, when, by whom and by which command; what differs by ledger left out.

    Whom the five calls fall on is drawn from the log's own digests, which nobody chooses.
    """
    return [
        (
            entry.stream,
            entry.fact.model_dump_json(),
            entry.context.effective_at,
            entry.context.known_at,
            entry.context.command_id,
            entry.actor,
        )
        for entry in house.entries()
        if entry.kind in ("case", "party", "tray")
        and entry.topic not in ("RequesterCalled", "CasePulled", "PersonalValuesRead")
    ]


def test_the_same_seed_gives_the_same_facts(tmp_path: Path) -> None:
    with (
        lived(tmp_path / "one", months=1, cases=8) as one,
        lived(tmp_path / "same", months=1, cases=8) as same,
    ):
        assert facts(one) == facts(same)
