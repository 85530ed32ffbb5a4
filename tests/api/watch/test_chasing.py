"""Chasing, seen from the watch, the outbox and the command line."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import UUID

import pytest

from api.outbox import deliver_owed
from api.outbox.alert import OutboxFolder
from api.watch import watch_once
from ledger.case.intake.information import ReceiveInformation, RequestInformation
from ledger.case.intake.opening import OpenCase
from ledger.case.outcome.reopening import ReopenCase
from ledger.case.outcome.resolving import ResolveCase
from ledger.ids import case_stream
from ledger.policy.document.policy import Policy
from ledger.service import Ledger
from projections.views import Views
from tests.api.command_line import CommandLine
from tests.deciding import chased, edition
from tests.ledgers import INCOME, INTAKE, OFFICE, Place, place_in, publish

PLAN = """
[chases.in-20-days]
en = "Twenty working days"
fr = "Vingt jours ouvrables"
steps = [
  { act = "ask", after_working_days = 0 },
  { act = "remind", after_working_days = 5 },
  { act = "remind", after_working_days = 10 },
  { act = "warn", after_working_days = 15 },
  { act = "lapse", after_working_days = 20 },
]
"""
APPLICATION = 'en = "Income assistance application"\n'


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return place_in(tmp_path)


def the_rules() -> Policy:
    return Policy.model_validate(edition(chased("INC-APP")).document)


def opened(ledger: Ledger) -> UUID:
    case_id = ledger.new_id()
    asked = OpenCase(case_id=case_id, channel="letter", request_type="INC-APP")
    ledger.handle(asked, actor=INTAKE)
    return case_id


def topics(ledger: Ledger, case_id: UUID) -> list[str]:
    return [read.entry.topic for read in ledger.read(case_stream(case_id))]


def test_a_plan_published_later_begins_on_the_open_cases_that_lack_something_and_once(
    place: Place,
) -> None:
    with place.office() as ledger, Views.open(place.location) as views:
        lacking, other, done, again = (opened(ledger) for _ in range(4))
        whole = dict.fromkeys(("name", "contact", "description"), "x")
        receive = ReceiveInformation(
            case_id=other, channel="letter",
            answers={**whole, "language": "en", "household_size": 3, "income": 9},
        )  # fmt: skip
        ledger.handle(receive, actor=INTAKE)
        for each in (done, again):
            ledger.handle(ResolveCase(case_id=each, outcome="withdrawn"), actor=INTAKE)
        reopen = ReopenCase(case_id=again, reason="our-error", clock_policy="continue")
        ledger.handle(reopen, actor=INTAKE)
        assert watch_once(ledger, views).counts["chases_begun"] == 0
        place.clock.pass_by(days=9)
        publish(ledger, the_rules(), effective_from=place.clock())
        assert watch_once(ledger, views).counts["chases_begun"] == 2
        assert watch_once(ledger, views).counts["chases_begun"] == 0
        assert "ChaseBegun" in topics(ledger, again), "opened again before there was one"
        said = topics(ledger, lacking)
        assert said.index("ChaseBegun") < said.index("ChaseStepReached"), "it is asked for at once"
        assert {"ChaseBegun"}.isdisjoint({*topics(ledger, other), *topics(ledger, done)})


def test_the_watch_walks_a_chase_to_its_lapse_and_records_each_step_once(place: Place) -> None:
    with place.office(the_rules()) as ledger, Views.open(place.location) as views:
        case_id = opened(ledger)
        found: list[int] = []
        for day in range(32):
            found.append(watch_once(ledger, views).counts["chase"])
            assert watch_once(ledger, views).counts["chase"] == 0
            if day == 21:
                notice = RequestInformation(
                    case_id=case_id, request_id=ledger.new_id(), fields=("income",)
                )
                ledger.handle(notice, actor=INCOME)
            place.clock.pass_by(days=1)
        assert [day for day, count in enumerate(found) if count] == [0, 7, 14, 21, 29]
        told = topics(ledger, case_id)
        assert told.count("ChaseStepReached") == 4
        assert told[told.index("ChaseLapsed") + 1] == "CaseResolved"


def test_an_alert_says_what_is_missing_and_by_when(place: Place, tmp_path: Path) -> None:
    with place.office(the_rules()) as ledger, Views.open(place.location) as views:
        opened(ledger)
        watch_once(ledger, views)
        deliver_owed(ledger, views, OutboxFolder(tmp_path / "outbox"))
        files = [file.read_text(encoding="utf-8") for file in (tmp_path / "outbox").iterdir()]
        (said,) = [each for each in map(json.loads, files) if each["reason"] == "chase_ask"]
        assert said["recipients"] == ["INC"]
        assert "income" in said["missing"]
        assert "missing: contact, description" in said["text"]["en"]
        assert "it is to lapse by the end of 30 March 2026" in said["text"]["en"]
        assert "il manque" in said["text"]["fr"]
        assert "(2 March 2026 at 08:30)" in said["text"]["en"], "as the office's clock shows it"


def test_a_case_shows_where_its_chase_stands_and_a_person_stops_it(
    empty: CommandLine, tmp_path: Path
) -> None:
    office = empty
    rules = tmp_path / "rules.toml"
    text = OFFICE.read_text(encoding="utf-8")
    text = text.replace(APPLICATION, f'{APPLICATION}chase = "in-20-days"\n')
    rules.write_text(text + PLAN, encoding="utf-8")
    office.done("policy", "publish", str(rules), "--as", "D-01")
    ref = office.asked("open", "letter", "--request-type", "INC-APP", "--as", "I-02")["reference"]
    assert "Recorded: 1 step of a chase" in office("watch").out
    chase = office.asked("case", ref)["chase"]
    assert (chase["plan"], chase["reached"], chase["stopped"]) == ("in-20-days", 1, False)
    assert "Chase by the plan in-20-days" in office.done("case", ref).out
    assert "ask for it" in office.done("trail", ref).out
    assert "a person decides" not in office.done("case", ref).out
    office.done("adjust", ref, "A slow pace.", "--as", "I-02")
    assert "does not lapse by itself: a person decides" in office.done("case", ref).out
    office.done("stop-chase", ref, "It comes on Friday.", "--as", "I-02")
    assert office.asked("case", ref)["chase"]["stopped"]
    assert ", stopped" in office.done("case", ref).out
    refused = office("stop-chase", ref, "Again.", "--as", "watch")
    assert (refused.code, len(refused.sentences)) == (2, 1)
