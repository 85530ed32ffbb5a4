"""Called: which cases other systems call by an id of theirs, found without opening anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from api.channels.histories import CalledSo
from api.channels.imported_ids import case_called
from api.verbs.records import called_by
from ledger.policy.in_force import Policies
from ledger.service import Ledger


def systems_of(policies: Policies) -> frozenset[str]:
    """Every system that was a member of a policy."""
    return frozenset(
        code
        for version in policies.versions
        for code, member in version.policy.members.items()
        if member.kind == "machine"
    )


def cases_called(
    ledger: Ledger, systems: Iterable[str], external_id: str, source: str | None
) -> tuple[UUID, ...]:
    """The cases that these systems, or a log or an export that was imported under this source, call so.

    What people wrote down stands under the case alone: whoever has it is found by `duplicates`.
    """
    return tuple(dict.fromkeys(_called(ledger, sorted(systems), external_id, source)))


def _called(
    ledger: Ledger, systems: Iterable[str], external_id: str, source: str | None
) -> Iterator[UUID]:
    for system in systems:
        if (case_id := called_by(ledger, system, external_id, source)) is not None:
            yield case_id
    if source is not None:
        case_id = case_called(ledger, CalledSo(source, external_id))
        if case_id is not None:
            yield case_id
