"""The address of policies, at which one is published."""

from __future__ import annotations

from api.http.addresses.address import Address

POLICIES = {
    "policy-publish": Address(
        "/policies",
        "policy.publish",
        example={"toml": '[office]\nen = "Town office"\nfr = "Bureau de la ville"\n'},
    )
}
