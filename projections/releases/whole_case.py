"""One case as an auditor or an ombudsman receives it: every entry shown, personal values shown or withheld as one."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.errors import InvalidCommand
from ledger.evidence.proving.proofs import Proofs
from ledger.evidence.sealing.disclosing import Salted
from ledger.policy.values import Language
from ledger.service import Ledger
from projections.releases.selection import (
    EntrySelection,
    Ground,
    IndexLine,
    Selection,
    StreamSelection,
)

PERSONAL = Ground(1, "personal")
_INDEX = (
    IndexLine(
        PERSONAL.line,
        PERSONAL.exemption,
        {"what": "Personal values and free text", "shown": "their number and their digests"},
    ),
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
            f"The checkpoint of {proofs.size} entries that would be cited covers nothing of this case: "
            "sign a new one by `caseledger checkpoint`, and have it cosigned by your witnesses."
        )
    disclosed = ledger.disclosed(stream, versions=range(1, upto + 1))
    entries = tuple(
        EntrySelection(
            each.entry.version,
            slots={}
            if opened
            else {
                name: PERSONAL for name, slot in each.slots.items() if not isinstance(slot, Salted)
            },
        )
        for each in disclosed
    )
    selection = Selection(
        streams=(StreamSelection(stream, upto, entries),),
        claim="whole_stream",
        audience=audience,
        purpose=purpose,
        recipient=recipient,
        languages=languages,
    )
    return selection, () if opened else _INDEX
