"""Requests: cases as anybody may see them, in the words of GeoReport: never anything personal."""

from __future__ import annotations

from datetime import datetime, tzinfo
from math import isfinite
from typing import Any

from ledger.case.known.answers import Answer
from ledger.ids import reference_of
from ledger.policy.document.open311 import Given, OfferedService, Shown
from ledger.policy.document.policy import Policy
from ledger.policy.in_force import PolicyVersion
from ledger.policy.telling.offering import taking_field
from ledger.policy.values import Language
from projections.one_case.requester_status import is_promised, requester_status
from projections.public.requests import PublicRequest
from projections.public.updates import PublicUpdate


def shown_request(
    found: PublicRequest, version: PolicyVersion, *, at: datetime, language: Language
) -> dict[str, Any]:
    """A case as a service request."""
    row, policy = found.row, version.policy
    status = requester_status(row, found.details, version, at=at, language=language, publicly=True)
    service = policy.open311.services.get(row.request_type or "") or OfferedService()
    zone = version.compiled.calendars.days_of(policy.office.zone).zone
    deadlines = [
        each.due_at
        for each in row.clocks
        if each.due_at is not None and is_promised(version, each.code)
    ]
    expected = min(deadlines, default=None) if row.open else None
    team = policy.teams.get(row.team or "")
    return {
        "service_request_id": reference_of(found.case_id),
        "status": _status(is_open=row.open),
        "status_notes": " ".join(status.sentences),
        "service_name": status.request_type,
        "service_code": row.request_type or "",
        "description": _public(found, policy, "description"),
        "agency_responsible": team.say(language) if team else None,
        "service_notice": service.notice.say(language) if service.notice else None,
        "requested_datetime": stamped(row.received_at, zone),
        "updated_datetime": stamped(found.updated_at, zone),
        "expected_datetime": stamped(expected, zone) if expected else None,
        "address": _public(found, policy, "address_string"),
        "address_id": _public(found, policy, "address_id"),
        "zipcode": None,
        "lat": _degrees(_public(found, policy, "lat")),
        "long": _degrees(_public(found, policy, "long")),
        "media_url": _public(found, policy, "media_url"),
    }


def shown_update(found: PublicUpdate, version: PolicyVersion) -> dict[str, Any]:
    """What changed for a requester, as an update of their request."""
    zone = version.compiled.calendars.days_of(version.policy.office.zone).zone
    reference = reference_of(found.case_id)
    return {
        "update_id": f"{reference}.{found.version}",
        "service_request_id": reference,
        "status": _status(is_open=found.open),
        "updated_datetime": stamped(found.at, zone),
        "description": " ".join(found.status.sentences),
        "media_url": None,
    }


def _status(*, is_open: bool) -> str:
    return "open" if is_open else "closed"


def stamped(at: datetime, zone: tzinfo) -> str:
    """An instant in the W3C's subset of ISO 8601, by the office's clock."""
    return at.astimezone(zone).isoformat(timespec="seconds")


def _public(found: PublicRequest, policy: Policy, shown: Shown) -> str | None:
    """What the policy lets anybody see of an answer; the office tier alone, whatever it once said."""
    given: Given = shown
    field = taking_field(policy, given)
    if shown not in policy.open311.shows or field is None or policy.fields[field].tier != "office":
        return None
    answer: Answer = found.answers.get(field)
    return None if answer is None else str(answer)


def _degrees(said: str | None) -> float | None:
    try:
        found = float(said or "")
    except ValueError:
        return None
    return found if isfinite(found) else None
