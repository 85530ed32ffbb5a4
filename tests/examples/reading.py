"""What can be read once all that was done: every address, asked by somebody who may."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from api.machines import machine
from api.watch import watch_once
from ledger.evidence.signing.checkpoints import make_checkpoint
from tests.api.http.access_office import OFFICER
from tests.examples.access import Disclosing
from tests.examples.asking import Office
from tests.examples.casework import DIRECTS, INTAKE, LEADS_INTAKE, LEADS_ROADS, ROADS, opened
from tests.examples.systems import WATCH

AUDITS = "A-01"
_WHY = {"Audit_Reason": "To answer the requester"}
_BY_TAG: Mapping[str, str | None] = {
    "Service": None,
    "Cases": AUDITS,
    "Clocks": AUDITS,
    "Office": AUDITS,
    "Evidence": AUDITS,
    "Registers": DIRECTS,
    "Keeping": DIRECTS,
    "Tray": INTAKE,
    "Inquiries": LEADS_INTAKE,
    "Guided intake": ROADS,
    "Webhooks": WATCH,
}
"""Who reads what stands under a heading."""
_BY: Mapping[str, str] = {
    "/v1/cases/{ref}/values": ROADS,
    "/v1/cases/{ref}/people": ROADS,
    "/v1/cases/{ref}/duplicates": INTAKE,
    "/v1/parties/{party_id}": INTAKE,
    "/v1/teams/{team}/calls": LEADS_ROADS,
    "/v1/policies": AUDITS,
    "/v1/policies/{digest}": AUDITS,
}
"""Who reads what those do not."""
_QUERY: Mapping[str, str] = {
    "/v1/cases": "team=RDW&limit=2",
    "/v1/cases/{ref}/values": "purpose=casework",
    "/v1/cases/{ref}/people": "purpose=casework",
    "/v1/escalations": "reason=never_opened",
    "/v1/flow": "from=2026-03-02&until=2026-04-30&team=RDW",
    "/v1/disclosures/statistics": "from=2026-01-01&until=2026-12-31",
}
_ELSEWHERE = ("/open311/", "/scim/", "/v1/feed", "/openapi.json", "/v1/disclosures", "/v1/releases")
"""What is asked by its own systems, in the access office, or is this description."""
_BINARY = ("/bundle", "/archives", "/original")


def read_all(office: Office, named: Mapping[str, str]) -> None:
    """Every read of the office; `named` says what the holes in the addresses are."""
    young = opened(office)
    watch_once(office.service.ledger, office.service.views)
    service = office.service
    make_checkpoint(service.ledger, service.trees, service.signer, actor=machine("signer"))
    office.read(f"{young}/proof", by=AUDITS)
    for kind in ("text/html", "application/json"):
        for path in ("/", f"/problems/{named['code']}"):
            office.read(path, by=None, Accept=kind)
    for kind in ("text/plain", "application/json"):
        office.read("/v1/checkpoint", by=None, Accept=kind)
    for path, tag in _addresses(office):
        bare = path.removesuffix(".csv")
        by = _BY.get(bare, _BY_TAG[tag])
        office.read(_with_query(path.format(**named)), by=by, **_WHY)


def read_disclosed(office: Office, given: Disclosing) -> None:
    """Every read of the access office."""
    assert given.release is not None
    named = {"disclosure_id": given.disclosure, "release_id": given.release}
    for path, _ in _addresses(office, elsewhere=("/v1/disclosures", "/v1/releases")):
        office.read(_with_query(path.format(**named)), by=OFFICER, **_WHY)


def _addresses(office: Office, *, elsewhere: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Addresses of reads that are not kept yet, with the heading under which they stand."""
    for path, methods in office.document["paths"].items():
        if "get" not in methods or path.endswith(_BINARY) or f"GET {path}" in office.answers:
            continue
        if path.startswith(elsewhere) if elsewhere else not path.startswith(_ELSEWHERE):
            yield path, methods["get"]["tags"][0]


def _with_query(path: str) -> str:
    query = next((said for begins, said in _QUERY.items() if _is(path, begins)), "")
    return f"{path}?{query}" if query else path


def _is(path: str, template: str) -> bool:
    parts, meant = path.removesuffix(".csv").removesuffix(".xml").split("/"), template.split("/")
    return len(parts) == len(meant) and all(
        said == part or part.startswith("{") for said, part in zip(parts, meant, strict=True)
    )
