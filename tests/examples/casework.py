"""Days at the office: every command of a case, asked where it is lawful, by whoever would ask it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests.examples.asking import Office

INTAKE, ROADS, ROADS_TOO, INCOME = "I-02", "R-02", "R-03", "N-02"
LEADS_INTAKE, LEADS_ROADS, LEADS_INCOME, DIRECTS = "L-01", "L-02", "L-03", "D-01"
DELEGATION = "DEL-INC-2026"
APPLICATION: Mapping[str, Any] = {
    "request_type": "INC-APP",
    "answers": {
        "name": "Ada Tremblay",
        "contact": "902-555-0147",
        "language": "en",
        "description": "The rent is due.",
        "household_size": 3,
        "income": 120_000,
    },
}


@dataclass(frozen=True)
class Worked:
    """What is there after these days."""

    ada: str
    """The id of a party."""
    pothole: str
    """The reference of a case that was worked from its opening on, and came back."""
    application: str
    in_work: str
    """The reference of a case that somebody works on."""


def casework(office: Office) -> Worked:
    """All of it, in the order of the days."""
    ada = office.did("/v1/parties", by=INTAKE)["party_id"]
    pothole = office.did("/v1/cases", by=INTAKE)["reference"]
    _worked(office, f"/v1/cases/{pothole}", ada)
    _moved(office)
    _bounced(office)
    in_work = _dated_back(office)
    _cared_for(office)
    application = _applied(office, ada)
    _never_complete(office)
    _lapsed(office)
    _came_back(office, f"/v1/cases/{pothole}")
    _tray(office, pothole)
    return Worked(ada, pothole, application, in_work)


def opened(office: Office, said: Mapping[str, Any] | None = None) -> str:
    """The address of a new case, about a pothole if nothing else is said."""
    return f"/v1/cases/{office.did('/v1/cases', said, by=INTAKE)['reference']}"


def _worked(office: Office, case: str, ada: str) -> None:
    """A pothole, which the depot pulls and works on."""
    office.did("/v1/queues/RDW/pull", by=ROADS)
    office.did(f"{case}/milestone", by=ROADS)
    office.did(f"{case}/concerns", {"party": ada}, by=ROADS)
    office.did(f"{case}/concerns-not", {"party": ada}, by=ROADS)
    office.did(f"{case}/external-id", by=ROADS)
    office.did(f"{case}/concerns", {"party": ada, "role": "requester"}, by=ROADS)
    office.did(f"{case}/stop-chase", by=ROADS)
    office.did(f"{case}/ask", by=ROADS)
    office.did(f"{case}/receive", by=INTAKE)
    office.did(f"{case}/severity", by=ROADS)
    office.did(f"{case}/contact", by=INTAKE)
    office.did(f"{case}/promise", by=INTAKE)
    office.did(f"{case}/safe-contact", by=INTAKE)
    office.did(f"{case}/speak", by=INTAKE)
    office.did(f"{case}/note", by=ROADS)
    office.did(f"{case}/link", {"other_case": opened(office).rpartition("/")[2]}, by=ROADS)
    for ending in ("complete", "cancel"):
        office.did(f"{case}/task", by=ROADS)
        office.did(f"{case}/take", by=ROADS_TOO)
        office.did(f"{case}/give-back", by=ROADS_TOO)
        office.did(f"{case}/take", by=ROADS_TOO)
        office.did(f"{case}/{ending}", by=ROADS_TOO if ending == "complete" else ROADS)
    office.did(f"{case}/follow-up", by=ROADS)
    office.did(f"{case}/reassign", by=ROADS)
    office.did(f"{case}/followed-up", by=ROADS_TOO)
    office.did(f"{case}/wait", by=ROADS)
    office.did(f"{case}/resume", by=ROADS)
    office.did(f"{case}/escalate", by=ROADS)
    office.did(f"{case}/acknowledge", by=LEADS_ROADS)
    office.did(f"{case}/notice", by=ROADS)
    office.did(f"{case}/failed", by=ROADS)
    office.did(f"{case}/correct", by=ROADS)
    item = office.did(f"{case}/item", {"language": "en"}, by=ROADS)["item_id"]
    translated = {
        "language": "fr",
        "translation_of": item,
        "translated_by": "person",
        "translator": ROADS,
        "digest": "0b" * 32,
    }
    again = office.did(f"{case}/item", translated, by=ROADS)["item_id"]
    office.did(f"{case}/reviewed", {"item_id": again}, by=ROADS_TOO)
    office.did(f"{case}/resolve", by=ROADS)


def _dated_back(office: Office) -> str:
    """A danger was made safe in time, which is entered too late; the leader looks at what shows it.

    Of another one nothing does.
    """
    not_so, case = opened(office), opened(office)
    office.did(f"{case}/assign", by=LEADS_ROADS)
    in_time = (office.clock.at + timedelta(hours=1)).isoformat()
    office.clock.pass_by(days=1)
    entered = {"happened_at": in_time, "approved_by": LEADS_ROADS}
    for each in (not_so, case):
        office.did(f"{each}/milestone", entered, by=ROADS_TOO)
    office.did(f"{not_so}/refuse-approval", by=LEADS_ROADS)
    office.did(f"{case}/approve", {"dated_at": None}, by=LEADS_ROADS)
    return case.rpartition("/")[2]


def _moved(office: Office) -> None:
    """Cases that are assigned, passed over, handed over, taken, declined and referred."""
    case = opened(office)
    office.did(f"{case}/skip", by=ROADS)
    office.did(f"{case}/assign", by=LEADS_ROADS)
    office.did(f"{case}/transfer", by=ROADS_TOO)
    office.did(f"{case}/decline", by=LEADS_INCOME)
    office.did(f"{case}/transfer", by=ROADS_TOO)
    office.did(f"{case}/accept", by=INCOME)
    office.did(f"{case}/refer", by=INCOME)
    office.did(f"{case}/referral-end", by=INCOME)
    office.did(f"{case}/refer", by=INCOME)
    office.did(f"{case}/received-there", by=INCOME)
    enquiry = opened(office, {"request_type": "GEN-ENQ"})
    office.did(f"{enquiry}/classify", by=INTAKE)
    came_by_mistake = opened(office)
    office.did(f"{came_by_mistake}/transfer", by=ROADS)
    office.did(f"{came_by_mistake}/accept", by=LEADS_INCOME)
    office.did(f"{came_by_mistake}/route", by=INCOME)
    office.did(f"{opened(office)}/recuse", by=ROADS_TOO)


def _bounced(office: Office) -> None:
    """A case that two teams return, for the director to decide where it belongs."""
    case = opened(office, {"request_type": "RDW-WIN"})
    office.did(f"{case}/return", by=ROADS)
    office.did(f"{case}/classify", {"request_type": "INC-CHG"}, by=INTAKE)
    office.did(f"{case}/return", by=INCOME)
    office.did(f"{case}/adjudicate", by=DIRECTS)


def _cared_for(office: Office) -> None:
    """A case of somebody who needs an adjustment, which a person confirms before it goes anywhere."""
    answers = {"description": "About a permit", "adjustment": "An interpreter"}
    case = opened(office, {"request_type": "INC-APP", "answers": answers})
    office.did(f"{case}/confirm", by=LEADS_INTAKE)
    office.did(f"{case}/adjust", by=INCOME)
    office.did(f"{case}/clear-flag", by=INCOME)


def _applied(office: Office, ada: str) -> str:
    """An application that is decided, reviewed and found upon."""
    case = opened(office, {**APPLICATION, "requester": ada})
    office.did(f"{case}/assign", {"owner": INCOME}, by=LEADS_INCOME)
    evidence = office.did(f"{case}/item", by=INCOME)["item_id"]
    office.did(f"{case}/confirm-need", by=INCOME)
    at = office.clock.at.isoformat()
    office.did(f"{case}/correct-start", {"started_at": at, "evidence": [evidence]}, by=INCOME)
    given = {"notice_given_at": office.clock.at.isoformat(), "notice_method": "letter"}
    office.did(f"{case}/extend", given, by=LEADS_INCOME)
    office.did(f"{case}/told", by=LEADS_INCOME)
    office.did(f"{case}/override", by=INCOME)
    office.did(f"{case}/ready", {"confirmed": ["adds-up"]}, by=INCOME)
    office.did(f"{case}/decide", by=INCOME, Acting_Delegation=DELEGATION)
    letter = {
        "template": "DECISION",
        "channel": "letter",
        "values": {"reasons": "All of it is met."},
    }
    office.did(f"{case}/notice", letter, by=INCOME)
    office.did(f"{case}/given", by=INCOME)
    office.did(f"{case}/resolve", {"outcome": "granted", "words": "It is paid."}, by=INCOME)
    review = office.did(f"{case}/review", {"requester": ada}, by=LEADS_INTAKE)
    found = f"/v1/cases/{review['reference']}"
    office.did(f"{found}/finding", by=LEADS_INCOME, Acting_Delegation=DELEGATION)
    office.did(f"{case}/appeal", by=INTAKE)
    office.did(f"{case}/appeal-end", by=INCOME)
    return case.rpartition("/")[2]


def _never_complete(office: Office) -> None:
    """An application that was taken for complete, until somebody turned the page."""
    case = opened(office, APPLICATION)
    office.did(f"{case}/confirm-need", by=INCOME)
    evidence = office.did(f"{case}/item", by=INCOME)["item_id"]
    office.did(f"{case}/incomplete", {"evidence": [evidence]}, by=INCOME)


def _lapsed(office: Office) -> None:
    """An application whose requester was waited for as long as the law says."""
    case = opened(office, APPLICATION)
    office.did(f"{case}/confirm-need", by=INCOME)
    office.did(f"{case}/wait", by=INCOME)
    office.clock.pass_by(days=30)
    office.did(f"{case}/lapse", {"notice_id": None}, by=INCOME)


def _came_back(office: Office, case: str) -> None:
    """A pothole that was filled: it comes back twice, and then stands."""
    office.did(f"{case}/reopen", by=ROADS)
    office.did(f"{case}/resolve", by=ROADS)
    office.did(f"{case}/contact", {"kinds": ["complaint"]}, by=INTAKE)
    office.did(f"{case}/decide-return", by=ROADS)
    office.did(f"{case}/resolve", by=ROADS)
    office.clock.pass_by(days=40)
    office.did(f"{case}/settle", by=ROADS)


def _tray(office: Office, pothole: str) -> None:
    """Mail of a machine, which a person looks at."""
    item = office.did("/v1/tray", by=INTAKE)["item_id"]
    office.did(f"/v1/tray/{item}/handle", {"about_case": pothole}, by=INTAKE)
    office.did("/v1/tray", by=INTAKE)
