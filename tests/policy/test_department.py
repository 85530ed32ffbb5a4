"""The sample department says all that its tables say: areas, types, teams, clocks, forms."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from ledger.case.clocks.waiting import BeginWaiting, WaitingBegan
from ledger.case.contact.filing import AddRecordItem
from ledger.case.intake.opening import CaseOpened, OpenCase
from ledger.policy.checking import check
from ledger.policy.compiled.policy import compile_policy
from ledger.policy.document.stored import digest_policy
from tests.deciding import CASE_ID, MONDAY, given, number, some
from tests.policy.department import TEXT, TYPES, department, published

TODAY = date(2026, 11, 22)

EVERY_INTAKE = ("name", "contact", "language", "description")


EFFORT = """
INT 8  RDW-HAL 6  RDW-CBE 4  RDW-NOR 4  RDW-WES 4  RDP 4  INC-HAL 14  INC-REG 12  INE 3  HSA 7  HSM 9
TEN 6  LIV 6  LIB 5  ENI-E 6  ENI-W 6  ENX 2  IAP 3  CRU 3  MCU 2
"""
"""Full-time people by team."""


def lawful_clocks(said: str) -> list[str]:
    """The clocks of the table as they are published: each DEC-n with its shadow, access under either Act."""
    published: list[str] = []
    for code in said.split():
        if code == "FOI-NS":
            published += ["FOI-NS-1993", "FOI-NS-2025"]
        elif code.startswith("DEC-") and code != "DEC-60":
            published += [code, f"{code}-WAITED"]
        else:
            published.append(code)
    return published


@pytest.mark.parametrize(
    "row", TYPES.strip().splitlines(), ids=lambda row: row.partition(" ")[0]
)  # fmt: skip
def test_a_type_asks_promises_and_keeps_what_the_table_says(row: str) -> None:
    code, asked, clocks, retention, judgement = (part.strip() for part in row.split("|"))
    kind = department().types[code]
    single, _, group = asked.partition("(")
    assert kind.required == tuple(single.split())
    assert kind.one_of == ((tuple(group.rstrip(")").split()),) if group else ())
    assert [each.clock for each in kind.clocks] == lawful_clocks(clocks)
    assert (kind.retention, kind.judgement) == (retention, judgement == "J")
    assert kind.settle_days == {"LIC-CRT": 5}.get(code, 20 if judgement == "J" else 10)
    assert kind.person_confirms == (code in ("INC-EMG", "ENV-SPL"))
    assert kind.other_decider == (code == "IAC-REV")
    assert kind.deadline_bearing


def test_there_are_six_areas_with_all_their_types_and_no_other() -> None:
    policy = department()
    assert tuple(policy.programmes) == ("RDW", "INC", "HSG", "LIC", "ENV", "IAC")
    assert list(policy.types) == [row.partition(" ")[0] for row in TYPES.strip().splitlines()]
    assert all(code.startswith(kind.programme) for code, kind in policy.types.items())
    assert policy.office.asks == EVERY_INTAKE


def test_each_team_has_the_people_that_the_table_gives_it() -> None:
    policy = department()
    percent = Counter[str]()
    for member in policy.members.values():
        if member.points_a_day:
            percent[member.teams[0]] += member.fte_percent
    said = EFFORT.split()
    table = dict(zip(said[::2], map(int, said[1::2]), strict=True))
    assert percent == {team: 100 * people for team, people in table.items()}
    assert set(policy.teams) == set(table)
    for code, team in policy.teams.items():
        assert team.leader is not None
        assert policy.members[team.leader].teams[0] == code, "a leader is of the team"
    assert not any(member.name for member in policy.members.values())


def test_somebody_is_on_call_for_every_immediate_danger() -> None:
    policy = department()
    for team in ("RDW-HAL", "RDW-CBE", "RDW-NOR", "RDW-WES", "HSM", "INE", "ENX"):
        assert len(policy.teams[team].on_call) >= 2


def test_the_web_forms_lead_to_every_type_in_both_languages_but_to_enquiries_of_members() -> None:
    policy = department()
    for form in ("web", "web-fr"):
        leads_to = {*policy.channels[form].categories.values()}
        assert leads_to == {*policy.types, "triage"} - {"IAC-MBR"}


def test_only_what_waits_on_the_requester_stops_a_service_clock() -> None:
    policy = department()
    on_requester = {
        code for code, reason in policy.reasons.wait.items() if reason.on == "requester"
    }
    assert on_requester == {"particulars", "identity", "fee"}
    for code, clock in policy.clocks.items():
        if clock.pack != "SERVICE":
            continue
        stopped = code.startswith(("FIX-", "VISIT-", "DEC-")) and not clock.shadow
        assert set(clock.effects) == (on_requester if stopped else set())
        assert {each.effect for each in clock.effects.values()} <= {"pause"}
        assert clock.pause_limit == (20 if stopped and code != "DEC-60" else None)


def test_each_promise_to_decide_has_a_shadow_that_runs_from_receipt() -> None:
    clocks = department().clocks
    for code, clock in clocks.items():
        if code.startswith("DEC-") and not clock.shadow and code != "DEC-60":
            shadow = clocks[f"{code}-WAITED"]
            assert (clock.starts_on, shadow.starts_on) == ("complete", "reached_body")
            assert (shadow.amount, shadow.unit, shadow.effects) == (clock.amount, clock.unit, {})


def test_each_clock_of_access_says_what_nobody_verified() -> None:
    clocks = department().clocks
    for code in ("FOI-NS-1993", "FOI-NS-2025", "FOI-NS-COR", "LIMITATION"):
        assert "verified" in clocks[code].citation
    assert {each.status for each in department().exemptions.values()} == {"unverified"}


def test_the_department_is_sound_and_has_nothing_to_find() -> None:
    assert check(department(), TODAY, text=TEXT) == []
    assert compile_policy(department(), version=1).digest == digest_policy(department())


def test_a_wait_is_entered_up_to_two_weeks_afterwards_on_evidence_and_no_further_back() -> None:
    opening = OpenCase(case_id=CASE_ID, channel="phone", request_type="RDW-DRN", region="HAL")
    envelope = AddRecordItem(
        case_id=CASE_ID, item_id=number(8), digest="ab" * 32, media_type="image/png", size_bytes=9,
        custodian="Intake", place_kept="Archive",
    )  # fmt: skip
    case = given(policies=published()).asked(opening).asked(envelope)
    waits = BeginWaiting(
        case_id=CASE_ID, wait_id=number(9), reason="weather", evidence=(number(8),)
    )
    began_at = MONDAY + timedelta(days=1)
    case.when(waits, at=began_at + timedelta(days=14), happened_at=began_at).then(
        some(WaitingBegan)
    )
    case.when(waits, at=began_at + timedelta(days=15), happened_at=began_at).refused(
        saying="of at most 14)", rule="backdating-limit"
    )
    unfounded = waits.model_copy(update={"evidence": ()})
    case.when(unfounded, at=began_at + timedelta(days=14), happened_at=began_at).refused(
        rule="backdating-evidence"
    )


def test_what_every_type_offers_is_in_every_case_answered_or_not() -> None:
    opening = OpenCase(case_id=CASE_ID, channel="phone", request_type="LIC-CRT", region="HAL")
    (opened, *_) = given(policies=published()).when(opening).happened
    assert isinstance(opened.fact, CaseOpened)
    answers = opened.fact.answers
    offered = department().office.offers
    assert set(offered) <= {*answers.office, *answers.personal}
    assert not {*offered} & {*opened.fact.missing}, "nothing that is offered is required"
