"""The days of the two offices, from their opening to the last answer that is heard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from structlog.testing import capture_logs

from tests.api.http.access_office import department_policy
from tests.examples.access import disclosing
from tests.examples.asking import Office, office_at
from tests.examples.casework import DIRECTS, LEADS_ROADS, ROADS, casework
from tests.examples.leading import closed, disposed, dropped, leading
from tests.examples.reading import read_all, read_disclosed
from tests.examples.repeatable import repeatable
from tests.examples.systems import CITY, followed, key_of, looks, systems
from tests.examples.terms import terms, written
from tests.examples.trimmed import trimmed
from tests.examples.troubles import troubles, troubles_at_last
from tests.ledgers import place_in


@dataclass(frozen=True)
class Heard:
    """What was heard: answers by operation and kind, and problems by name.

    `differing` are writes that answered their key otherwise when they were asked again.
    """

    document: Mapping[str, Any]
    answers: Mapping[str, Mapping[str, Any]]
    problems: Mapping[str, Any]
    differing: Mapping[str, Any]

    def kept(self) -> dict[str, Any]:
        """What is kept of it, each answer made short."""
        answers = {
            operation: {
                kind: {**said, "body": trimmed(operation, kind, said["body"])}
                for kind, said in sorted(kinds.items())
            }
            for operation, kinds in sorted(self.answers.items())
        }
        return {"answers": answers, "problems": dict(sorted(self.problems.items()))}


def heard() -> Heard:
    """The days of both offices."""
    with repeatable(), capture_logs(), TemporaryDirectory() as folder:
        with office_at(place_in(Path(folder) / "office"), terms()) as office:
            problems = _days_of_the_office(office)
        access_office = place_in(Path(folder) / "access")
        with office_at(access_office, department_policy(), document=office.document) as access:
            read_disclosed(access, disclosing(access))
    return Heard(
        office.document,
        {**access.answers, **office.answers},
        problems,
        {**access.differing, **office.differing},
    )


_CALLED = {"external_id": "2026-117-4", "source": "police"}
_DUE = {
    "clock": "UK-FOIA",
    "received": "2026-12-11",
    "waits": [{"reason": "fee", "begins": "2026-12-15", "ends": "2026-12-16"}],
    "at": "2026-12-18",
}


def _next_policy(office: Office) -> None:
    """A review takes more effort from now on."""
    toml = written().replace(
        'effort_points = 5\nclocks = ["ACK-2"]', 'effort_points = 6\nclocks = ["ACK-2"]'
    )
    for path in ("check", "rehearse", "replay"):
        office.ask("POST", f"/v1/policies/{path}", by=DIRECTS, json={"toml": toml})
    office.did("/v1/policies", {"toml": toml}, by=DIRECTS)


def _days_of_the_office(office: Office) -> dict[str, Any]:
    """All that is asked there but of the access office; what went wrong, by name."""
    worked = casework(office)
    led = leading(office, worked)
    hook = systems(office)
    looks(office)
    position = followed(office, worked.in_work)
    named = {
        "ref": worked.in_work,
        "party_id": worked.ada,
        "hold_id": led.hold,
        "inquiry_id": led.inquiry,
        "erasure_id": led.erasure,
        "webhook_id": hook,
        "position": str(position),
        "digest": office.service.in_force().digest,
        "team": "RDW",
        "request_type": "RDW-POT",
        "code": "refused",
    }
    read_all(office, named)
    office.did("/v1/teams/RDW/escalations/acknowledge", by=LEADS_ROADS)
    office.ask("POST", "/v1/cases/called", by=LEADS_ROADS, json=_CALLED)
    office.ask("POST", "/v1/due", by=ROADS, json=_DUE)
    _next_policy(office)
    dropped(office)
    closed(office, led.inquiry)
    pulled = office.did("/v1/queues/RDW/pull", by=ROADS)
    case = f"/v1/cases/{pulled['reference']}"
    problems = troubles(office, key_of(office, CITY), case)
    disposed(office)
    return problems | troubles_at_last(office, case, f"/v1/cases/{worked.pothole}")
