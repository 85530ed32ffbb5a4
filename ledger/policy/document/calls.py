"""Call terms of a policy: whom nobody calls about the service."""

from __future__ import annotations

from ledger.policy.values import Code, Section


class CallTerms(Section):
    """Request types whose requesters are never drawn to be called, such as access requests.

    `complaint_types` are complaints and reviews: while one of somebody's is open, nobody calls them about
    any other case of theirs.
    """

    excluded_types: tuple[Code, ...] = ()
    complaint_types: tuple[Code, ...] = ()
