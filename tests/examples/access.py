"""The access office of the department: a request for information, from its letter to its publication."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.api.http.access_office import (
    APPROVER,
    CLERK,
    NOTED,
    OFFICER,
    ROADS,
    SAID,
    WHY,
    proposed_in,
    undecided_in,
)
from tests.examples.asking import Office

_LETTER: Mapping[str, Any] = {
    "channel": "email",
    "request_type": "IAC-GEN",
    "answers": {
        "name": "Rita Press",
        "contact": "rita@press.example",
        "description": "About a hole",
        "fee_paid": 500,
        "language": "en",
        "records_wanted": "All about the hole",
        "date_range": "2026",
    },
}


@dataclass(frozen=True)
class Disclosing:
    """One disclosure, as its officers ask it on."""

    office: Office
    disclosure: str
    release: str | None = None

    @property
    def path(self) -> str:
        return f"/v1/disclosures/{self.disclosure}"

    def seen(self) -> dict[str, Any]:
        """It as it stands."""
        found: dict[str, Any] = self.office.ask("GET", self.path, by=OFFICER).json()
        return found

    def did(
        self, verb: str, said: Mapping[str, Any] | None = None, *, by: str = OFFICER
    ) -> dict[str, Any]:
        """What a verb is answered with, which is done."""
        return self.office.did(f"{self.path}/{verb}", said, by=by)

    def proposed(self) -> list[str]:
        """The proposals that wait for an answer."""
        return proposed_in(self.seen())

    def undecided(self) -> list[dict[str, Any]]:
        """The slots of which nobody has decided."""
        return undecided_in(self.seen())


def disclosing(office: Office) -> Disclosing:
    """All of it; the disclosure whose release was given out."""
    said = {"channel": "email", "answers": {"name": "Ada Lind", "description": SAID}}
    pothole = office.did("/v1/cases", said, by=CLERK)["reference"]
    office.did(f"/v1/cases/{pothole}/note", {"text": NOTED}, by=ROADS)
    letter = _letter(office, {})
    begun = _begun(office, letter)
    _drawn(begun, pothole)
    _paid(begun)
    _listed(begun)
    _consulted(begun)
    _approved(begun)
    given = Disclosing(office, begun.disclosure, _released(begun))
    given.did("publish")
    _given_otherwise(office, pothole)
    _begun_by_mistake(office)
    return given


def _letter(office: Office, answers: Mapping[str, str]) -> str:
    """A request for information, complete so that its clock runs."""
    said = {**_LETTER, "answers": {**_LETTER["answers"], **answers}}
    reference: str = office.did("/v1/cases", said, by=CLERK)["reference"]
    office.did(f"/v1/cases/{reference}/confirm-need", {"need": "fee"}, by=OFFICER)
    return reference


def _begun(office: Office, letter: str) -> Disclosing:
    answer = office.did(f"/v1/cases/{letter}/disclosures", by=OFFICER)
    return Disclosing(office, answer["disclosure_id"])


def _drawn(begun: Disclosing, pothole: str) -> None:
    begun.did("search")
    begun.did("time")
    begun.did("clarify")
    begun.did("scope", {"cases": [pothole]})
    begun.did("draw")
    begun.did("propose")


def _paid(begun: Disclosing) -> None:
    begun.did("estimate")
    begun.did("waiver")
    begun.did("decide-waiver")
    begun.did("pay")
    begun.did("settle")
    begun.did("refund")


def _listed(begun: Disclosing) -> None:
    lead = begun.did("item")["item_id"]
    draft = begun.did("item", {"digest": "0b" * 32})["item_id"]
    begun.did("duplicate", {"item_id": draft, "lead": lead})
    begun.did("dispose", {"item_id": lead, "reasons": WHY})
    advice = begun.did("item", {"digest": "0c" * 32, "privilege": "solicitor_client"})["item_id"]
    begun.did("privilege", {"item_id": advice})
    withheld = {"disposition": "withhold_in_full", "redactions": None}
    counsel = {
        **WHY,
        "exemptions": ["NS-16"],
        "factors_for": "The matter is old.",
        "factors_against": "It is still in dispute.",
    }
    begun.did("dispose", {"item_id": advice, **withheld, "reasons": counsel})


def _consulted(begun: Disclosing) -> None:
    begun.did("consult")
    begun.did("heard")
    begun.did("conclude")
    begun.did("seek-review")
    begun.did("end-review")


def _approved(begun: Disclosing) -> None:
    first, *others = begun.proposed()
    begun.did("reject", {"proposals": [first]})
    begun.did("accept", {"proposals": others, "reasons": WHY})
    begun.did("decide", {"targets": begun.undecided(), "reasons": WHY})
    begun.did("claim")
    begun.did("compare")
    begun.did("refuse", by=APPROVER)
    begun.did("claim", {"claim": "stated_scope"})
    begun.did("compare")
    begun.did("approve", by=APPROVER)
    begun.did("answer")


def _released(begun: Disclosing) -> str:
    begun.office.clock.pass_by(days=30)
    begun.did("heads-up")
    release: str = begun.did("release")["release_id"]
    begun.did("make")
    begun.did("deliver")
    begun.did("undelivered")
    begun.did("deliver", {"method": "download"})
    return release


def _given_otherwise(office: Office, pothole: str) -> None:
    """Somebody else asks for the same and is to be given more of it, for which there is a reason; he withdraws."""
    letter = _letter(office, {"name": "Rolf Example", "contact": "rolf@example.org"})
    again = _begun(office, letter)
    again.did("scope", {"cases": [pothole]})
    again.did("draw")
    again.did("decide", {"targets": again.undecided(), "outcome": "release", "reasons": None})
    again.did("claim")
    again.did("compare")
    again.did("explain")
    again.did("approve", by=APPROVER)
    again.did("answer", {"outcome": "granted", "reasons": "All of it is given."})
    office.clock.pass_by(days=30)
    again.did("release", {"given_to": "Rolf Example", "purpose": "His request of April"})
    again.did("abandon")


def _begun_by_mistake(office: Office) -> None:
    _begun(office, _letter(office, {"name": "Rosa Example", "contact": "rosa@example.org"})).did(
        "end"
    )
