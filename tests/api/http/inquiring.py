"""An office of which an ombudsman inquires."""

from __future__ import annotations

from tests.api.http.served import Caller, Served

NAME = "Adelheid Quillfeather"


def link(office: Served) -> Caller:
    """The officer who answers for the office."""
    return office.as_member("L-01")


def case_of(office: Served) -> str:
    """The reference of a new enquiry, which names her."""
    return office.as_member("I-02").opened(
        request_type="GEN-ENQ", answers={"description": f"{NAME} waits since March."}
    )


def opened(office: Served, /, *references: str, **said: object) -> str:
    """The address of a new inquiry about these cases."""
    expires = office.clock.at.replace(year=office.clock.at.year + 1).isoformat()
    body: dict[str, object] = {
        "cases": [*references],
        "office": "OMB-NS",
        "reference": "2026-88",
        "recipient": "Marie Doucet",
        "purpose": "Why it took so long",
        "expires_at": expires,
        **said,
    }
    answer = link(office).post("/v1/inquiries", body)
    assert answer.status_code == 201, answer.text
    return answer.headers["Location"]
