"""The id under which a case of another system's log is recorded: the same whatever else is said of it."""

from __future__ import annotations

from uuid import UUID

from ledger.service import Ledger
from ledger.times import EPOCH


def imported_as(ledger: Ledger, source: str, external_id: str) -> UUID:
    """The command id of a case's import, whatever its times, so that a later delivery opens it no second time."""
    return ledger.derived_id(EPOCH, "import-case", source, external_id)
