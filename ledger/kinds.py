"""Every kind of stream that a ledger has: what the writer can decide on."""

from __future__ import annotations

from typing import Any

from ledger.case import CASE
from ledger.commands import Kind
from ledger.registers.anchors import ANCHOR
from ledger.registers.directory import DIRECTORY
from ledger.registers.disclosures import DISCLOSURE
from ledger.registers.flow.draws import CALLS
from ledger.registers.flow.rate_streams import RATE
from ledger.registers.flow.routing_weeks import ROUTING
from ledger.registers.flow.sequences import SEQUENCE
from ledger.registers.inquiries import INQUIRY
from ledger.registers.integrations.api_keys import API_KEY
from ledger.registers.integrations.imports import IMPORT
from ledger.registers.integrations.webhooks import WEBHOOK
from ledger.registers.keeping.accesses import ACCESS
from ledger.registers.keeping.erasures import ERASURE
from ledger.registers.keeping.given_out import RELEASE
from ledger.registers.keeping.holds import HOLD
from ledger.registers.people.parties import PARTY
from ledger.registers.policies import POLICY
from ledger.registers.signing import SIGNING
from ledger.registers.tray import TRAY

KINDS: tuple[Kind[Any], ...] = (
    ACCESS,
    ANCHOR,
    API_KEY,
    CALLS,
    CASE,
    DIRECTORY,
    DISCLOSURE,
    ERASURE,
    HOLD,
    IMPORT,
    INQUIRY,
    PARTY,
    POLICY,
    RATE,
    RELEASE,
    ROUTING,
    SEQUENCE,
    SIGNING,
    TRAY,
    WEBHOOK,
)
_BY_NAME = {kind.name: kind for kind in KINDS}


def kind_of(stream: str) -> Kind[Any]:
    """The kind of a stream, which its name begins with."""
    return _BY_NAME[stream.partition("/")[0]]
