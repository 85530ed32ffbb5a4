"""Call terms of a policy: whom nobody calls about the service."""

from __future__ import annotations

from ledger.policy.values import Code, Section


class CallTerms(Section):
    """Request types whose requesters are never drawn to be called, such as access requests."""

    excluded_types: tuple[Code, ...] = ()
