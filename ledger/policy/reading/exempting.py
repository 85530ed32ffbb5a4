"""Exempting: what in a policy's terms of disclosure names something that is not there."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.policy.document.locating import KeyPath
from ledger.policy.document.naming import Wrong, each_unknown, unknown
from ledger.policy.document.policy import Policy


def wrong_disclosing(policy: Policy) -> Iterator[Wrong]:
    """Teams, approvers, exemptions, reasons and clocks that the policy does not have."""
    path: KeyPath = ("disclosure",)
    terms = policy.disclosure
    yield from each_unknown((*path, "teams"), terms.teams, policy.teams, "team")
    yield from each_unknown((*path, "approvers"), terms.approvers, policy.members, "member")
    for name in ("personal", "staff"):
        yield from unknown((*path, name), getattr(terms, name), policy.exemptions, "exemption")
    for name in ("fee_wait", "clarify_wait"):
        reason = getattr(terms, name)
        yield from unknown((*path, name), reason, policy.reasons.wait, "reason to wait")
    yield from unknown((*path, "publish"), terms.publish, policy.clocks, "clock")
    for kind, consulted in policy.consultations.items():
        for name in ("represent", "decide", "release"):
            where: KeyPath = ("consultations", kind, name)
            yield from unknown(where, getattr(consulted, name), policy.clocks, "clock")
