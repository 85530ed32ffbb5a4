"""Which policy is in force when: published versions, each read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any

from pydantic import ValidationError

from ledger.errors import Refusal, UnreadableEntry
from ledger.policy.compiled.policy import CompiledPolicy, compile_policy
from ledger.policy.document.policy import Policy
from ledger.times import EPOCH

_KEPT = 32
"""How many policies are kept as they were read: whoever writes and whoever reads in a process ask for the same."""


@dataclass(frozen=True)
class PolicyVersion:
    """A published policy: its number, digest, when it takes effect, and the document as published."""

    number: int
    digest: str
    effective_from: datetime
    tz_version: str
    document: Mapping[str, Any] = field(hash=False)

    @property
    def from_the_beginning(self) -> bool:
        """Whether it holds for whatever happened before it too, as the first one does unless it says otherwise."""
        return self.effective_from <= EPOCH

    @cached_property
    def policy(self) -> Policy:
        """The document, validated; UnreadableEntry where a later version of this software published it."""
        return _read(self)

    @cached_property
    def compiled(self) -> CompiledPolicy:
        """The document ready for use, under the edition of the time-zone data at hand; `tz_version` is the one it was
        published with."""
        return _compiled(self)


@lru_cache(maxsize=_KEPT)
def _read(version: PolicyVersion) -> Policy:
    try:
        return Policy.model_validate(version.document)
    except ValidationError as error:
        raise UnreadableEntry(
            f"Policy {version.number} is intact but does not fit this version: upgrade caseledger to read it."
        ) from error


@lru_cache(maxsize=_KEPT)
def _compiled(version: PolicyVersion) -> CompiledPolicy:
    return compile_policy(version.policy, version=version.number)


@dataclass(frozen=True, slots=True)
class Policies:
    """Every published policy, in order of publication."""

    versions: tuple[PolicyVersion, ...] = ()

    @property
    def latest(self) -> PolicyVersion | None:
        """The version that was published last, in force or not yet; None before the first."""
        return self.versions[-1] if self.versions else None

    def with_version(self, version: PolicyVersion) -> Policies:
        """These and one more."""
        return Policies((*self.versions, version))

    def ever_had(self, section: str) -> frozenset[str]:
        """The codes that a section of any of them had: what a team did is asked about once it is gone too."""
        return frozenset(code for each in self.versions for code in getattr(each.policy, section))

    def in_force(self, at: datetime) -> PolicyVersion:
        """The last published version that is in force at an instant; Refusal if there is none yet."""
        for version in reversed(self.versions):
            if version.effective_from <= at:
                return version
        raise Refusal(
            "No policy is in force: publish one with `caseledger policy publish FILE`.",
            rule="policy-in-force",
        )

    def cited(self, digest: str, *, number: int | None = None) -> PolicyVersion:
        """The version with this digest, which a recorded fact cites; Refusal if it was never published here.

        A document may be published again after another one: `number` says which time is meant.
        """
        for version in reversed(self.versions):
            if version.digest == digest and number in (None, version.number):
                return version
        raise Refusal(f"No policy with the digest {digest} was published.", rule="policy-cited")
