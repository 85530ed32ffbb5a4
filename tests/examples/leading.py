"""What is led and kept: the people in cases, the rates and calls of teams, holds, erasures, and an inquiry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from api.watch import watch_once
from tests.examples.asking import Office, done
from tests.examples.casework import (
    DIRECTS,
    INTAKE,
    LEADS_INCOME,
    LEADS_INTAKE,
    LEADS_ROADS,
    Worked,
    opened,
)

_CALLS_AT = datetime(2026, 5, 20, 14, tzinfo=UTC)
"""A Wednesday on which the office is open."""
YEARS_LATER = {"days": 366 * 4}


@dataclass(frozen=True)
class Led:
    """What is there after that."""

    hold: str
    inquiry: str
    erasure: str


def leading(office: Office, worked: Worked) -> Led:
    """All of it but what comes years later."""
    _people(office, worked.ada)
    _flow(office)
    case = {"cases": [worked.pothole]}
    hold = office.did("/v1/holds", case, by=DIRECTS)["hold_id"]
    office.did(f"/v1/holds/{hold}/release", by=DIRECTS)
    hold = office.did("/v1/holds", {"cases": [worked.application]}, by=DIRECTS)["hold_id"]
    inquiry = _inquired(office, worked.pothole)
    return Led(hold, inquiry, _erased(office))


def _people(office: Office, ada: str) -> None:
    bea = office.did("/v1/parties", {"name": "Bea Example"}, by=INTAKE)["party_id"]
    at = f"/v1/parties/{ada}"
    office.did(f"{at}/contact", by=INTAKE)
    office.did(f"{at}/identify", by=INTAKE)
    office.did(f"{at}/represent", {"representative": bea}, by=INTAKE)
    office.did(f"{at}/represent-no-more", {"representative": bea}, by=INTAKE)
    office.did(f"{at}/same-person", {"other_party": bea}, by=INTAKE)
    office.did(f"{at}/born", by=INTAKE)
    office.did(f"{at}/safe-contact", by=INTAKE)
    office.did(f"/v1/parties/{bea}/died", by=INTAKE)
    office.did(f"/v1/parties/{bea}/died-not", by=INTAKE)


def _flow(office: Office) -> None:
    """The depot sets its rate, misses it, answers that, and calls whom it served; backlogs follow each other."""
    rate = "/v1/teams/RDW/rate"
    office.did(rate, {"target": 1}, by=LEADS_ROADS)
    office.did(f"{rate}/effort", by=LEADS_ROADS)
    _missed_day(office)
    office.did(f"{rate}/answer", by=LEADS_ROADS)
    office.did(f"{rate}/close", by=LEADS_ROADS)
    _served(office)
    office.did("/v1/teams/RDW/calls", by=LEADS_ROADS)
    for drawn in office.read("/v1/teams/RDW/calls", by=LEADS_ROADS).json()["calls"]:
        office.did(f"/v1/cases/{drawn['reference']}/call", by=LEADS_ROADS)
    office.did("/v1/members/R-02/absent", by=LEADS_ROADS)
    office.did("/v1/members/R-02/back", by=LEADS_ROADS)
    office.did("/v1/members/N-04/leaver", {"successor": "N-03"}, by=LEADS_INCOME)
    office.did("/v1/sequence", by=LEADS_ROADS)
    office.did("/v1/sequence/advance", by=LEADS_ROADS)


def dropped(office: Office) -> None:
    """The rate is there no longer."""
    office.did("/v1/teams/RDW/rate/drop", by=LEADS_ROADS)


def _missed_day(office: Office) -> None:
    """A working day on which nothing leaves the depot."""
    office.clock.pass_by(days=3)
    watch_once(office.service.ledger, office.service.views)


def _served(office: Office) -> None:
    """A case whose requester can be called."""
    party = office.did("/v1/parties", {"name": "Cal Example"}, by=INTAKE)["party_id"]
    quiet = {"danger_now": False, "description": "A worn marking"}
    opened(office, {"requester": party, "answers": quiet})
    office.wait_until(_CALLS_AT)


def _inquired(office: Office, pothole: str) -> str:
    """An inquiry from its opening on, as far as its recommendation was followed."""
    said = {"cases": [pothole], "office": "OMB-NS"}
    inquiry = office.did("/v1/inquiries", said, by=LEADS_INTAKE)["inquiry_id"]
    at = f"/v1/inquiries/{inquiry}"
    question = office.did(f"{at}/ask", by=LEADS_INTAKE)["question_id"]
    answer = {"question_id": question, "cites": [f"{pothole}:3"]}
    office.did(f"{at}/answer", answer, by=LEADS_INTAKE)
    draft = office.did(f"{at}/draft", by=LEADS_INTAKE)["draft_id"]
    office.did(f"{at}/comment", {"draft_id": draft}, by=LEADS_INTAKE)
    office.did(f"{at}/mark", {"case_id": pothole}, by=LEADS_INTAKE)
    office.did(f"{at}/privileged", {"case_id": pothole}, by=LEADS_INTAKE)
    made = office.did(f"{at}/recommend", by=LEADS_INTAKE)
    named = {"recommendation_id": made["recommendation_id"]}
    office.did(f"{at}/respond", named, by=LEADS_INTAKE)
    office.did(f"{at}/done", named, by=LEADS_INTAKE)
    office.did(f"{at}/extend", by=LEADS_INTAKE)
    return inquiry


def closed(office: Office, inquiry: str) -> None:
    """The inquiry is over."""
    office.did(f"/v1/inquiries/{inquiry}/close", by=LEADS_INTAKE)


def _erased(office: Office) -> str:
    """Somebody's records, erased by an order."""
    party = office.did("/v1/parties", {"name": "Dan Example"}, by=INTAKE)["party_id"]
    opened(office, {"requester": party})
    erasure = office.did("/v1/erasures", {"party": party}, by=DIRECTS)["erasure_id"]
    office.did(f"/v1/erasures/{erasure}/approve", by=LEADS_INTAKE)
    office.did(f"/v1/erasures/{erasure}/carry-out", by=DIRECTS)
    return erasure


def disposed(office: Office) -> None:
    """Years later what is due is proposed, and the archives take it over."""
    case = opened(office, {"request_type": "GEN-ENQ"})
    office.did(f"{case}/resolve", {"outcome": "no-action"}, by=INTAKE)
    office.clock.pass_by(days=40)
    office.did(f"{case}/settle", by=INTAKE)
    office.clock.pass_by(**YEARS_LATER)
    office.read("/v1/retention.csv", by=DIRECTS)
    office.read("/v1/retention", by=DIRECTS)
    erasure = office.did("/v1/retention/propose", by=DIRECTS)["erasure_id"]
    at = f"/v1/erasures/{erasure}"
    office.did(f"{at}/approve", by=LEADS_INTAKE)
    tag = done(office.ask("GET", f"{at}/archives", by=DIRECTS)).headers["ETag"].strip('"')
    office.did(f"{at}/transfer", {"digest": tag}, by=DIRECTS)
