"""What was marked as privileged when it was made: shown in no release, file or bundle unless its holder waived that."""

from __future__ import annotations

from collections.abc import Iterable

from ledger.case.contact.contacts import NoteAdded
from ledger.case.contact.filing import RecordItemAdded
from ledger.case.corrections import EntryCorrected
from ledger.entry import Entry


def privileged_in(entries: Iterable[Entry]) -> dict[int, str]:
    """Which entries of a case, in order, are privileged and of which kind: by their mark, or as they correct one."""
    found: dict[int, str] = {}
    for entry in entries:
        fact = entry.fact
        if isinstance(fact, NoteAdded | RecordItemAdded) and fact.privilege is not None:
            found[entry.version] = fact.privilege
        elif isinstance(fact, EntryCorrected) and fact.corrects in found:
            found[entry.version] = found[fact.corrects]
    return found
