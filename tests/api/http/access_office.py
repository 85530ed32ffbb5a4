"""An access office that is served: a case that is asked about, a letter that asks, and the officers who answer it."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from ledger.policy.document.policy import Policy
from ledger.policy.reading.toml import read_policy
from tests.api.command_line import ROOT
from tests.api.http.served import Caller, Served, serving
from tests.ledgers import Place

DEPARTMENT = ROOT / "api" / "department" / "department.toml"
OFFICER, APPROVER, DIRECTOR, CLERK, ROADS = "IAP-02", "IAP-01", "DIR-01", "INT-02", "RDW-HAL-02"
SAID = (
    "A deep hole in front of the house of Ada Lind, who is at 902-555-0199 or ada@example.org today"
)
NOTED = "Bob of the depot agrees with Ada Lind."
APPLICANT = "Rita Press"
WITHHELD = ("Ada Lind", "Lind", "902-555-0199", "ada@example.org")
WHY = {
    "exemptions": ["NS-20"],
    "harm": "Their privacy is invaded.",
    "override": "does_not_prevail",
    "override_reason": "Nobody else is concerned.",
    "severability": "It is one value.",
}


def department_policy() -> Policy:
    """The policy of the department, which has an access office."""
    return read_policy(DEPARTMENT.read_text(encoding="utf-8"), file=DEPARTMENT.name)


@dataclass(frozen=True)
class AccessOffice:
    """The served department, and who works there."""

    served: Served

    @property
    def officer(self) -> Caller:
        return self.served.as_member(OFFICER)

    @property
    def approver(self) -> Caller:
        return self.served.as_member(APPROVER)

    def pothole(self) -> str:
        """A case that is asked about."""
        clerk = self.served.as_member(CLERK)
        ref = clerk.opened(channel="email", answers={"name": "Ada Lind", "description": SAID})
        done(self.served.as_member(ROADS).post(f"/v1/cases/{ref}/note", {"text": NOTED}))
        return ref

    def letter(self) -> str:
        """A request for information, complete so that its clock runs."""
        answers = {
            "name": APPLICANT,
            "contact": "rita@press.example",
            "description": "About a hole",
            "fee_paid": 500,
            "language": "en",
            "records_wanted": "All about the hole",
            "date_range": "2026",
        }
        clerk = self.served.as_member(CLERK)
        ref = clerk.opened(channel="email", request_type="IAC-GEN", answers=answers)
        done(self.officer.post(f"/v1/cases/{ref}/confirm-need", {"need": "fee"}))
        return ref

    def clock(self, ref: str) -> str:
        """How the statutory clock of a request stands."""
        shown = self.officer.get(f"/v1/cases/{ref}/clocks").json()["clocks"]
        (found,) = [each for each in shown if each["clock"].startswith("FOI")]
        return str(found["state"])

    def begun(self, ref: str, **said: object) -> Process:
        """The answer to a request, begun."""
        answer = done(self.officer.post(f"/v1/cases/{ref}/disclosures", said))
        return Process(self, answer.json()["disclosure_id"])


@dataclass(frozen=True)
class Process:
    """One disclosure, as its officers ask it on."""

    office: AccessOffice
    disclosure_id: str

    @property
    def path(self) -> str:
        return f"/v1/disclosures/{self.disclosure_id}"

    def seen(self) -> dict[str, Any]:
        """It as it stands."""
        return dict(done(self.office.officer.get(self.path)).json())

    def asked(
        self, verb: str, said: object = None, *, by: str = OFFICER, **more: str
    ) -> httpx.Response:
        """What a verb is answered with, by whoever has just seen how the disclosure stands."""
        caller = self.office.served.as_member(by)
        if "If_Match" not in more:
            more["If_Match"] = f'"{self.seen()["version"]}"'
        return caller.post(f"{self.path}/{verb}", said or {}, **more)

    def did(self, verb: str, said: object = None, *, by: str = OFFICER, **more: str) -> Any:
        """The same, which must be done."""
        return done(self.asked(verb, said, by=by, **more)).json()

    def approved(self, *cases: str) -> None:
        """Everything is drawn, proposed, decided, approved and answered."""
        self.did("scope", {"cases": list(cases)})
        self.did("draw")
        self.did("propose")
        self.did("accept", {"proposals": self.proposed(), "reasons": WHY})
        self.did("decide", {"targets": self.undecided(), "outcome": "release"})
        self.did("claim", {"claim": "whole_stream"})
        self.did("compare")
        self.did("approve", by=APPROVER)
        self.did("answer", ANSWER)

    def proposed(self) -> list[str]:
        """The proposals that wait for an answer."""
        return proposed_in(self.seen())

    def undecided(self) -> list[dict[str, Any]]:
        """The slots of which nobody has decided."""
        return undecided_in(self.seen())


def proposed_in(seen: Mapping[str, Any]) -> list[str]:
    """Of a disclosure as it is seen, the proposals that wait for an answer."""
    return [each["proposal_id"] for each in seen["proposals"] if not each["answered"]]


def undecided_in(seen: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Of a disclosure as it is seen, the slots of which nobody has decided."""
    return [
        {"in_stream": each["stream"], "in_version": each["entry"], "slot": each["slot"]}
        for each in seen["slots"]
        if each["outcome"] is None
    ]


DOCUMENT = {
    "digest": "0a" * 32,
    "pages": 12,
    "media_type": "application/pdf",
    "custodian": "Roads",
    "description": "A memorandum",
    "title": "About Ada Lind",
}
CONSULT = {
    "consultation": "third_party",
    "body": "Acme Ltd.",
    "slots": 1,
    "provision": "s. 22",
    "words": "We intend to release a letter of yours.",
}
ANSWER = {
    "outcome": "part",
    "complain_to": "The Commissioner",
    "complain_within_days": 60,
    "contact": "I. Ntake",
    "reasons": "Names are withheld.",
}
RELEASE = {"given_to": APPLICANT, "purpose": "Her request of January"}


def done(answer: httpx.Response) -> httpx.Response:
    """An answer that is no refusal."""
    assert answer.status_code in (200, 201), f"{answer.request.url}: {answer.text}"
    return answer


@contextmanager
def access_office(place: Place) -> Generator[AccessOffice]:
    """It, served until the block ends."""
    with serving(place, policy=department_policy()) as served:
        yield AccessOffice(served)


def kept(answer: httpx.Response, folder: Path) -> Path:
    """What was downloaded, in a file."""
    path = folder / "release.zip"
    path.write_bytes(answer.content)
    return path
