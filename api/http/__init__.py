"""The HTTP interface: cases, queues and evidence for other systems, in the conventions that they know."""

from __future__ import annotations

from api.http.app import create_app
from api.http.service import Service, opened_service
from api.http.settings import HttpSettings

__all__ = ["HttpSettings", "Service", "create_app", "opened_service"]
