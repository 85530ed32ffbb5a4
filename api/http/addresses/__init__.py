"""Addresses: where each verb is asked over HTTP, by what it is asked of."""

from __future__ import annotations

from api.http.addresses.cases import CASES
from api.http.addresses.directory import DIRECTORY
from api.http.addresses.flow import FLOW
from api.http.addresses.inquiries import INQUIRIES
from api.http.addresses.keeping import KEEPING
from api.http.addresses.parties import PARTIES
from api.http.addresses.policies import POLICIES

__all__ = ["ADDRESSES"]

ADDRESSES = {**CASES, **PARTIES, **DIRECTORY, **FLOW, **KEEPING, **INQUIRIES, **POLICIES}
"""The address of every verb."""
