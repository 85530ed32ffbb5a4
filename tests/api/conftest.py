"""Every test of the command line gets it on a home of its own; what gives up after seconds is patient here too."""

from __future__ import annotations

from api.http.identity import issuer_keys
from api.http.serving import health
from api.webhooks import deliveries
from api.witnesses import giving_out
from tests.api.command_line import bare, empty, office
from tests.patience import LIMIT_SECONDS

__all__ = ["bare", "empty", "office"]
issuer_keys._ANSWER_SECONDS = LIMIT_SECONDS
health._TURN_SECONDS = LIMIT_SECONDS
deliveries._BUSY_SECONDS = LIMIT_SECONDS
giving_out._WAITS_SECONDS = LIMIT_SECONDS
