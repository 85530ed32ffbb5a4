"""Signing deliveries as Standard Webhooks has it; while a secret is being replaced both sign."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from standardwebhooks import Webhook

from ledger.registers.integrations.subscriptions import Subscription
from ledger.service import Ledger

_MARK = "whsec_"


def secret_of(ledger: Ledger, webhook_id: UUID, generation: int) -> str:
    """The secret of one generation of a subscription: the vault makes it anew each time, the same again."""
    secret = ledger.vault.derived_secret("webhook", str(webhook_id), str(generation))
    return _MARK + b64encode(secret).decode()


def secrets_of(
    ledger: Ledger, webhook_id: UUID, found: Subscription, *, at: datetime
) -> tuple[str, ...]:
    """The secrets that sign at an instant, the newest first."""
    return tuple(secret_of(ledger, webhook_id, each) for each in found.generations(at=at))


def signed(message_id: str, body: str, secrets: Sequence[str], *, at: datetime) -> dict[str, str]:
    """The headers by which a receiver knows whose a delivery is, and one that comes again."""
    signatures = [Webhook(secret).sign(message_id, at, body) for secret in secrets]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signatures),
    }
