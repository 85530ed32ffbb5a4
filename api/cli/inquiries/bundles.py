"""The cases of an inquiry written out as a bundle that proves itself to the office that inquires."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from api.cli.as_of_checkpoint import proofs_to_give_out
from api.cli.edge import DONE
from api.cli.evidence.bundling import write_bundle
from api.cli.inquiries.asking import Inquiry
from api.cli.ledgers import opened
from api.cli.showing import say, show_json
from api.cli.wording.in_french import numbered, told
from api.cli.writing.acting import Acting
from api.moments import id_of
from api.shown.inquiry_files import source_of
from api.verifier import Trusted, trusted_keys
from api.verifier import verify_bundle as verdict_on
from ledger.evidence.signing.signing_state import signing_of
from projections.inquiries.release import selection_of
from projections.releases.bundle import bundle as bundled
from projections.releases.streams import Reader


def bundle(
    inquiry: Inquiry,
    /,
    *,
    out: Annotated[Path, Parameter(name="--out")],
    adjustments: Annotated[bool, Parameter(name="--adjustments", negative="")] = False,
    acting: Acting = Acting(),
) -> int:
    """Writes the cases of an inquiry out whole but for what is privileged, its recipient named inside.

    Parameters
    ----------
    out
        A new zip file.
    adjustments
        Show what was adjusted for somebody too, which lies in a compartment of its own.
    """
    inquiry_id = id_of(inquiry, option="INQUIRY")
    with opened() as ledger:
        actor = acting.actor(ledger)
        source = source_of(ledger, inquiry_id, actor=actor, adjustments=adjustments)
        selection, index = selection_of(source, adjustments=adjustments)
        reader = Reader(actor, selection.purpose, "inquiry", inquiry_id)
        with proofs_to_give_out(ledger) as proofs:
            write_bundle(bundled(ledger, selection, index=index, proofs=proofs, reader=reader), out)
        keys = "\n".join(signing_of(ledger.store).ever("checkpoint"))
    verdict = verdict_on(out, Trusted(trusted_keys(keys)))
    if acting.as_json:
        show_json(
            {
                "file": str(out),
                "verdict": verdict.word,
                "manifest_sha256": verdict.manifest,
                "counted": verdict.counted,
            }
        )
        return DONE
    say(
        told(
            "{out}: {entries} shown, {withheld} withheld in its index; verified: {verdict}.",
            out=out,
            entries=numbered(verdict.counted.shown, "{count} entry", "{count} entries"),
            withheld=len(index),
            verdict=verdict.word,
        ),
        told(
            "SHA-256 of its list of files, to be told to whoever receives it: {digest}",
            digest=verdict.manifest,
        ),
    )
    return DONE
