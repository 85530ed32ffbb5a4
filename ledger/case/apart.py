"""Apart: what was marked as privileged when it was made, and what corrects it, which is given out to nobody."""

from __future__ import annotations

from ledger.case.known.items import PrivilegeKind
from ledger.case.state import Case, changed


def keep_apart(case: Case, kind: PrivilegeKind | None) -> Case:
    """The case with the entry that is being looked at among those that are privileged, if it is of a kind."""
    if kind is None:
        return case
    return changed(case, privileged={**case.privileged, case.version + 1: kind})
