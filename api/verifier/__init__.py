"""A verifier of releases that needs no ledger and shares no code with one: the standard library and Ed25519 alone."""

from __future__ import annotations

from api.verifier.failures import NotProven
from api.verifier.verdict import Verdict
from api.verifier.verifying import Trusted, trusted_keys, verify_bundle, verify_open

__all__ = ["NotProven", "Trusted", "Verdict", "trusted_keys", "verify_bundle", "verify_open"]
