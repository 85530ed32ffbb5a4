"""A case given out: written whole as a bundle that proves itself, verified, and recorded before anybody has it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from api.verbs.disclosures.making import verified
from api.verifier import Verdict
from ledger.entry import Receipt
from ledger.evidence.proving.proofs import Proofs
from ledger.ids import case_stream
from ledger.policy.values import Language
from ledger.registers.keeping.given_out import RecordCaseGivenOut
from ledger.sealing.slots import b64u
from ledger.service import Ledger
from projections.releases.bundle import bundle
from projections.releases.streams import Reader
from projections.releases.whole_case import whole_case

LANGUAGES: tuple[Language, ...] = ("en", "fr")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseBundle:
    """Which case is given out, for whom, whether opened, and since which checkpoint nothing was rewritten.

    `recipient` is named inside; `since` is the size of the checkpoint that an earlier bundle cites.
    """

    case_id: UUID
    opened: bool
    audience: str
    recipient: str | None = None
    since: int | None = None
    languages: tuple[Language, ...] = LANGUAGES


@dataclass(frozen=True, slots=True)
class CaseGivenOut:
    """How a bundle verified, where that it was given out is recorded, and how many entries it does not cover."""

    verdict: Verdict
    receipt: Receipt
    later: int


def give_case_out(
    ledger: Ledger,
    asked: CaseBundle,
    *,
    reader: Reader,
    proofs: Proofs,
    keep: Callable[[Iterable[bytes]], Path | BinaryIO],
) -> CaseGivenOut:
    """Makes the bundle; `keep` writes what it is made of and answers with where it lies.

    Who reads the values that it shows, and why, is recorded before they are opened.
    """
    stream = case_stream(asked.case_id)
    selection, index = whole_case(
        ledger,
        stream,
        proofs=proofs,
        opened=asked.opened,
        audience=asked.audience,
        purpose=reader.purpose,
        recipient=asked.recipient,
        languages=asked.languages,
    )
    earlier = () if asked.since is None else (asked.since,)
    made = bundle(ledger, selection, index=index, proofs=proofs, reader=reader, earlier=earlier)
    verdict = verified(ledger, keep(made))
    recorded = RecordCaseGivenOut(
        release_id=ledger.new_id(),
        case_id=asked.case_id,
        shows_values=asked.opened,
        bundle=verdict.file or "",
        checkpoint_size=proofs.size,
        checkpoint_root=b64u(proofs.checkpoint.root),
        audience=asked.audience,
        purpose=reader.purpose,
        given_to=asked.recipient,
    )
    receipt = ledger.handle(recorded, actor=reader.actor)
    later = len(ledger.store.stream(stream)) - selection.streams[0].upto_version
    return CaseGivenOut(verdict, receipt, later)
