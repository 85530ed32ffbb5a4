"""Subscriptions that another system makes over HTTP."""

from __future__ import annotations

from ipaddress import ip_network
from typing import Any

from api.webhooks.settings import WebhookSettings
from tests.api.http.served import Caller

SYSTEM, OTHER = "watch", "X-01"
SETTINGS = WebhookSettings(allow_http=True, allowed_networks=(ip_network("127.0.0.0/8"),))


def made(caller: Caller, url: str, **more: Any) -> Any:
    """A new subscription of a system."""
    answer = caller.post("/v1/webhooks", {"url": url, **more})
    assert answer.status_code == 201, answer.text
    return answer.json()
