"""What is shipped: every policy arms a clock for each type that bears a deadline, and every pack can be reckoned."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from api.policy_files import read_policy_file, shipped_packs
from ledger.policy.checking import check
from ledger.policy.clocks.arming import armed
from ledger.policy.clocks.certificates import recheck
from ledger.policy.clocks.history import ClockHistory
from ledger.policy.clocks.reckoning import reckon
from ledger.policy.compiled.policy import compile_policy
from ledger.policy.document.conditions import RoutingFacts
from ledger.policy.document.policy import KNOWN_MILESTONES, Policy
from ledger.policy.reading.packs import compile_pack, completed, edition_on, editions
from tests.ledgers import OFFICE

POLICIES = sorted(
    path
    for path in OFFICE.parent.glob("*.toml")
    if "format" in tomllib.loads(path.read_text(encoding="utf-8"))
)
"""Whole policies: what changes another one names no format."""
PACKS = shipped_packs()
CLOCKS = [(name, code) for name, pack in PACKS.items() for code in pack.clocks]
MONTHS = [datetime(2027, month, 10, 15, tzinfo=UTC) for month in range(1, 13)]


def policy_of(path: Path) -> Policy:
    return read_policy_file(path)[0]


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.name)
def test_each_type_that_bears_a_deadline_arms_a_clock_in_every_month_whatever_is_answered(
    path: Path,
) -> None:
    policy = policy_of(path)
    compiled = compile_policy(policy, version=1)
    yes_or_no = [code for code, field in policy.fields.items() if field.kind == "yes_no"]
    bearing = [code for code, kind in policy.types.items() if kind.deadline_bearing]
    assert bearing
    for code in bearing:
        for at in MONTHS:
            moments: dict[str, datetime] = {
                "reached_body": at,
                "reached_office": at,
                "complete": at,
            }
            for answer in (None, True, False):
                facts = RoutingFacts(
                    type=code,
                    answers=dict.fromkeys(yes_or_no, answer) if answer is not None else {},
                )
                assert [
                    each for each in armed(compiled, facts, moments) if not each.clock.shadow
                ], f"{code} arms no clock in {at:%B}, all questions answered {answer}"


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.name)
def test_each_shipped_policy_arms_before_it_is_complete_so_that_nothing_waits_unseen(
    path: Path,
) -> None:
    policy = policy_of(path)
    compiled = compile_policy(policy, version=1)
    for code, kind in policy.types.items():
        if kind.deadline_bearing and kind.clocks:
            moments = {"reached_body": MONTHS[0], "reached_office": MONTHS[0]}
            armed_now = armed(compiled, RoutingFacts(type=code), moments)
            law = [
                each for each in kind.clocks if compiled.clocks[each.clock].starts_on == "complete"
            ]
            assert armed_now or law, code


@pytest.mark.parametrize(("pack", "code"), CLOCKS)
def test_each_clock_of_a_pack_is_reckoned_cited_and_marked(pack: str, code: str) -> None:
    calendars, clocks = compile_pack(PACKS[pack])
    clock = clocks[code]
    for year in (2026, 2027, 2028):
        answer = reckon(clock, calendars, ClockHistory(datetime(year, 3, 12, 15, tzinfo=UTC)))
        every = (*calendars.counting.values(), *calendars.hours.values())
        assert recheck(answer.certificate, *every)
    assert clock.citation
    assert clock.marks
    assert clock.fr
    known = {*KNOWN_MILESTONES, *PACKS[pack].milestones}
    assert known.issuperset(clock.stops_on)
    assert set(clock.effects) <= PACKS[pack].reasons.wait.keys()
    for extension in clock.extensions:
        assert set(extension.reasons) <= PACKS[pack].reasons.extension.keys()


@pytest.mark.parametrize("pack", PACKS)
def test_a_pack_completes_a_policy_without_a_problem_and_reaches_two_years_ahead(pack: str) -> None:
    text = OFFICE.read_text(encoding="utf-8")
    document = completed(
        policy_of(OFFICE).model_dump(mode="json", exclude_defaults=True), [PACKS[pack]]
    )
    policy = Policy.model_validate(document)
    assert PACKS[pack].clocks.keys() <= policy.clocks.keys()
    short = [
        each for each in check(policy, date(2026, 11, 22), text=text) if "calendars" in each.key
    ]
    assert short == []


@pytest.mark.parametrize(
    ("pack", "code"),
    [
        ("uk", "UK-FOIA"), ("uk", "UK-FOISA"), ("uk", "UK-SAR"), ("canada", "ATIA"),
        ("us", "US-FOIA"), ("ns", "FOI-NS-1993"), ("ns", "FOI-NS-2025"),
    ],
)  # fmt: skip
def test_a_request_for_information_is_answered_by_the_letter_or_by_giving_access(
    pack: str, code: str
) -> None:
    """By which the statistics know what such a request is: those of the United States were never in time nor late."""
    assert PACKS[pack].clocks[code].stops_on == ("decision_given", "access_given")


def test_what_a_policy_says_itself_stands_against_its_packs() -> None:
    own = {"clocks": {"UK-FOIA": {"own": True}}, "reasons": {"wait": {"fee": {"own": True}}}}
    said = completed(own, [PACKS["uk"]])
    assert said["clocks"]["UK-FOIA"] == {"own": True}
    assert said["reasons"]["wait"]["fee"] == {"own": True}
    assert "UK-SAR" in said["clocks"]
    assert completed({"clocks": "wrong"}, [PACKS["uk"]])["clocks"] == "wrong"


def test_the_two_acts_of_nova_scotia_follow_each_other_without_a_gap() -> None:
    _, clocks = compile_pack(PACKS["ns"])
    acts = editions(clocks, "FOI-NS")
    for on, version in ((date(2027, 3, 31), "1993"), (date(2027, 4, 1), "2025")):
        assert [each.version for each in edition_on(acts, start_on=on)] == [version]
