"""One case as an auditor or an ombudsman receives it: every entry shown, personal values shown or withheld as one."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.errors import InvalidCommand
from ledger.evidence.proving.proofs import Proofs
from ledger.input.quoting import in_entries
from ledger.policy.values import Language
from ledger.sealing.disclosing import Disclosed, Salted
from ledger.service import Ledger
from projections.releases.privileged import privileged_in
from projections.releases.selection import (
    EntrySelection,
    Ground,
    IndexLine,
    Selection,
    StreamSelection,
)

PERSONAL = Ground(1, "personal")
PRIVILEGED = Ground(2, "privilege")
_PERSONAL_LINE = IndexLine(
    PERSONAL.line,
    PERSONAL.exemption,
    {"what": "Personal values and free text", "shown": "their number and their digests"},
)
_PRIVILEGED_LINE = IndexLine(
    PRIVILEGED.line,
    PRIVILEGED.exemption,
    {"what": "Privileged notes and record items", "shown": "their number and their digests"},
)


def whole_case(
    ledger: Ledger,
    stream: str,
    *,
    proofs: Proofs,
    opened: bool,
    audience: str,
    purpose: str,
    recipient: str | None,
    languages: tuple[Language, ...],
) -> tuple[Selection, Sequence[IndexLine]]:
    """The selection of a whole case as far as the checkpoint covers it, and its withholding index.

    InvalidCommand if it covers nothing of the case.
    """
    upto = proofs.count(stream)
    if not upto:
        raise InvalidCommand(
            f"The checkpoint of {in_entries(proofs.size)} that would be cited covers nothing of this case: sign a "
            "new one by `caseledger checkpoint`, and have it cosigned by your witnesses."
        )
    disclosed = ledger.disclosed(stream, versions=range(1, upto + 1))
    apart = privileged_in(each.entry for each in disclosed)
    entries = tuple(
        _selection_of(each, opened=opened, apart=each.entry.version in apart) for each in disclosed
    )
    index = [] if opened else [_PERSONAL_LINE]
    if any(PRIVILEGED in each.slots.values() for each in entries):
        index.append(_PRIVILEGED_LINE)
    selection = Selection(
        streams=(StreamSelection(stream, upto, entries),),
        claim="whole_stream",
        audience=audience,
        purpose=purpose,
        recipient=recipient,
        languages=languages,
    )
    return selection, index


def _selection_of(each: Disclosed, *, opened: bool, apart: bool) -> EntrySelection:
    """What is shown of an entry: personal values where they are opened, and none of what is privileged."""
    ground = PRIVILEGED if apart else PERSONAL
    sealed = [name for name, slot in each.slots.items() if not isinstance(slot, Salted)]
    withheld = sealed if apart or not opened else []
    return EntrySelection(each.entry.version, slots=dict.fromkeys(withheld, ground))
