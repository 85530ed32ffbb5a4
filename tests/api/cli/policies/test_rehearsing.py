"""A change of law rehearsed on open cases, and a revision that the watch carries through."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from api.cli.policies.rehearsing import show_rehearsal
from api.policy_files import shipped_packs
from api.watch import watch_once
from ledger.case.intake.opening import OpenCase
from ledger.policy.compiled.policy import compile_policy
from ledger.policy.document.policy import Policy
from ledger.policy.document.stored import document_of
from ledger.policy.reading.toml import read_policy
from ledger.service import Ledger
from projections.policies.rehearsal import RehearsedClock, rehearsed
from projections.rows.clocks import ClockRow
from projections.views import Views
from tests.api.command_line import CommandLine
from tests.ledgers import INTAKE, OFFICE, Place, place_in, publish

SPRING = datetime(2027, 3, 30, 14, tzinfo=UTC)
ACCESS = """
[types.IAC-GEN]
en = "Access request"
fr = "Demande d'accès"
programme = "GEN"
clocks = ["FOI-NS-1993", "FOI-NS-2025"]
deadline_bearing = true
"""
WHO = {"name": "Ada", "contact": "x", "language": "en", "description": "Records."}


def access_policy(**said: Any) -> Policy:
    """The office's policy with access requests by the shipped pack, its edition of 2025 changed."""
    text = OFFICE.read_text(encoding="utf-8").replace("\n[office]", 'packs = ["ns"]\n\n[office]', 1)
    policy = read_policy(text + ACCESS, file="access.toml", packs=shipped_packs)
    document = deepcopy(document_of(policy))
    document["clocks"]["FOI-NS-2025"] |= said
    return Policy.model_validate(document)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    place = place_in(tmp_path)
    place.clock.at = SPRING
    return place


def opened(ledger: Ledger) -> None:
    asked = OpenCase(case_id=ledger.new_id(), channel="letter", request_type="IAC-GEN", answers=WHO)
    ledger.handle(asked, actor=INTAKE)


def clocks(views: Views, ledger: Ledger) -> dict[str, ClockRow]:
    views.catch_up(ledger.store)
    with views.reading("clocks") as reading:
        (key,) = (key for (key,) in reading.rows("SELECT DISTINCT key FROM {clocks}"))
        return {row.clock: row for row in reading.rows_of(ClockRow, [key])[key]}


def test_days_between_two_dates_are_those_of_the_clock_whatever_time_its_zone_keeps(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Four days were three where summer time began between them, and the end of a day was eight in the evening."""
    spring = RehearsedClock(
        case_id=UUID(int=1), request_type=None, team=None, clock="UK-FOIA", state="running",
        started_on=date(2026, 3, 2), due_at=datetime(2026, 3, 28, tzinfo=UTC), resumed_at=None,
        other="UK-FOIA", other_due_at=datetime(2026, 3, 31, 23, tzinfo=UTC), other_resumed_at=None,
        effect="law", then_due_at=None,
    )  # fmt: skip
    halifax, london = ZoneInfo("America/Halifax"), ZoneInfo("Europe/London")
    show_rehearsal([spring], [spring], date(2026, 3, 2), halifax, {"UK-FOIA": london})
    said = capsys.readouterr().out
    for each in ("end of 2026-03-27 (Europe/London)", "end of 2026-03-31 (Europe/London)", " +4 "):
        assert each in said, said


def test_the_change_of_law_of_april_2027_is_rehearsed_on_the_open_access_requests(
    place: Place,
) -> None:
    with place.office(access_policy()) as ledger, Views.open(place.location) as views:
        opened(ledger)
        place.clock.pass_by(days=3)
        opened(ledger)
        views.catch_up(ledger.store)
        tip = ledger.store.tip()
        other = compile_policy(access_policy(), version=2)
        found = sorted(
            rehearsed(ledger, views, other, on=datetime(2027, 4, 1, tzinfo=UTC).date()),
            key=lambda each: each.started_on,
        )
        said = [(each.clock, each.other, each.moves, each.effect) for each in found]
        assert said == [
            ("FOI-NS-1993", "FOI-NS-2025", 1, "keeps"),
            ("FOI-NS-2025", "FOI-NS-2025", 0, "keeps"),
        ]
        assert [str(each.due_at) for each in found] == [
            "2027-04-30 03:00:00+00:00",
            "2027-05-15 03:00:00+00:00",
        ]
        assert ledger.store.tip() == tip


def test_a_law_that_takes_over_says_so_before_it_does(place: Place) -> None:
    with place.office(access_policy()) as ledger, Views.open(place.location) as views:
        opened(ledger)
        views.catch_up(ledger.store)
        other = compile_policy(access_policy(transition="open_clocks"), version=2)
        on = datetime(2027, 4, 1, tzinfo=UTC).date()
        (found,) = rehearsed(ledger, views, other, on=on)
        assert (found.effect, found.then_due_at) == ("law", found.other_due_at)


def test_when_it_is_in_force_the_watch_carries_it_through_once(place: Place) -> None:
    with place.office(access_policy()) as ledger, Views.open(place.location) as views:
        opened(ledger)
        soon = place.clock.at + timedelta(hours=1)
        publish(ledger, access_policy(transition="open_clocks"), effective_from=soon)
        place.clock.pass_by(hours=2)
        assert watch_once(ledger, views).counts["revised"] == 0
        place.clock.pass_by(days=3)
        assert watch_once(ledger, views).counts["revised"] == 1
        found = clocks(views, ledger)
        assert (found["FOI-NS-1993"].state, found["FOI-NS-2025"].state) == ("superseded", "running")
        assert watch_once(ledger, views).counts["revised"] == 0


def test_a_revised_calendar_restates_the_open_clocks_and_keeps_the_promise_in_sight(
    place: Place,
) -> None:
    def struck(policy: Policy) -> Policy:
        document = deepcopy(document_of(policy))
        held = document["calendars"]["NS-SAMPLE"]
        held["holidays"] = [each for each in held["holidays"] if each["on"] != "2027-05-24"]
        return Policy.model_validate(document)

    with place.create() as ledger, Views.open(place.location) as views:
        place.clock.at = datetime(2027, 4, 20, 14, tzinfo=UTC)
        publish(ledger, access_policy())
        opened(ledger)
        before = clocks(views, ledger)["FOI-NS-2025"]
        revised = struck(access_policy())
        publish(ledger, revised, effective_from=place.clock.at + timedelta(hours=1))
        other = compile_policy(revised, version=2)
        (found,) = rehearsed(ledger, views, other, on=place.clock.at.date())
        assert (found.effect, found.moves) == ("calendar", -1)
        place.clock.pass_by(hours=2)
        assert watch_once(ledger, views).counts["revised"] == 1
        after = clocks(views, ledger)["FOI-NS-2025"]
        assert after.due_at == found.then_due_at
        assert after.promised_at == before.due_at
        assert "CaseAlarmed" in {entry.topic for entry in ledger.entries()}
        assert watch_once(ledger, views).counts["revised"] == 0


def test_the_rehearsal_is_shown_with_totals_and_records_nothing(office: CommandLine) -> None:
    office.done(
        "open", "phone", "--request-type", "GEN-ENQ", "--as", "I-02",
        "--answer", "name=Ada", "--answer", "contact=x", "--answer", "language=en",
        "--answer", "description=Help",
    )  # fmt: skip
    said = office.done("policy", "rehearse", str(OFFICE)).out
    assert "2 open clocks by the law of" in said
    assert "Nothing was recorded." in said
    answer = office.asked("policy", "rehearse", str(OFFICE), "--moved")
    assert (answer["totals"]["same"], answer["clocks"]) == (2, [])
    wrong = office("policy", "rehearse", str(OFFICE), "--on", "soon")
    assert (wrong.code, len(wrong.sentences)) == (2, 1)
