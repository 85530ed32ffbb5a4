"""What was marked as privileged when it was made: shown in no release, file or bundle unless its holder waived that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ledger.case import CASE
from ledger.case.known.items import PrivilegeKind
from ledger.case.state import Case, changed
from ledger.entry import Entry


def privileged_in(entries: Iterable[Entry]) -> Mapping[int, PrivilegeKind]:
    """Which of these entries of a case, in order, are privileged and of which kind, as the case itself knows."""
    case: Case = CASE.initial
    for each in entries:
        case = CASE.evolve(changed(case, version=each.version - 1), each)
    return case.privileged
