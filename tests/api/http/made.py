"""What tests of other instants make in a served office: an inquiry, the answer to a request, a subscription."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import httpx

from ledger.entry import Actor
from ledger.registers.disclosures.opening import OpenDisclosure
from ledger.registers.integrations.webhooks import MakeSubscription
from tests.api.http.served import Served
from tests.ledgers import OPENS_AT, WATCH

NAME = "Adelheid Quillfeather"
OFFICER = Actor("person", "L-01", role="foi", team="INT")


def did(answer: httpx.Response) -> Any:
    """What a command is answered with, which must be done."""
    assert answer.status_code in (200, 201), answer.text
    return answer.json()


def inquiry_about(reference: str, **said: object) -> dict[str, object]:
    return {
        "cases": [reference],
        "office": "OMB-NS",
        "reference": "2026-88",
        "recipient": "Marie Doucet",
        "purpose": "Why it took so long",
        "expires_at": (OPENS_AT + timedelta(days=900)).isoformat(),
        **said,
    }


def disclosed(office: Served, reference: str) -> UUID:
    """The answer to a request, begun."""
    ledger = office.service.ledger
    disclosure_id = ledger.new_id()
    begun = OpenDisclosure(disclosure_id=disclosure_id, case_id=ledger.find_case(reference))
    ledger.handle(begun, actor=OFFICER)
    return disclosure_id


def subscribed(office: Served) -> UUID:
    """A system that is told of entries."""
    webhook_id = office.service.ledger.new_id()
    url = "https://crm.example/hooks"
    asked = MakeSubscription(webhook_id=webhook_id, member=WATCH.id, url=url, after=0)
    office.service.ledger.handle(asked, actor=WATCH)
    return webhook_id


def told(instant: datetime) -> str:
    return instant.isoformat().replace("+00:00", "Z")
