"""Checkpoints from the command line: signed, shown for people or for paper, carried to witnesses and back."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Annotated, Literal

import segno
from cyclopts import Parameter

from api.cli.edge import DONE
from api.cli.evidence.witnessing import given_text
from api.cli.ledgers import opened, opened_with_trees
from api.cli.progress import progress_bar
from api.cli.showing import say, show_json
from api.cli.wording.as_refused import as_spoken
from api.cli.wording.in_french import numbered, told
from api.machines import machine
from ledger.errors import InvalidCommand, Refusal
from ledger.evidence.proving.cosigning import asking, last_cosigned, take_in
from ledger.evidence.proving.proofs import proving
from ledger.evidence.signing.checkpoints import Signed, anchor_of, make_checkpoint
from ledger.evidence.signing.notes import Checkpoint, read_note
from ledger.evidence.signing.signer import Signer
from ledger.evidence.verifying import recovering
from ledger.registers.anchors import LogAnchored
from ledger.service import Ledger
from ledger.settings import Settings

AsJson = Annotated[bool, Parameter(name="--json", negative="", help="Answer as JSON.")]


def checkpoint(
    *,
    show: Annotated[Literal["summary", "text", "qr"], Parameter(name="--as")] = "summary",
    cosigned: Annotated[str | None, Parameter(name="--cosigned")] = None,
    for_witness: Annotated[bool, Parameter(name="--for-witness", negative="")] = False,
    since: Annotated[int | None, Parameter(name="--since")] = None,
    as_json: AsJson = False,
) -> int:
    """Signs the head of the log, over all that is recorded; shows the last one where nothing is new.

    Parameters
    ----------
    show
        In a few sentences, or the signed note itself: as text to be printed or mailed, or a QR code to photograph.
    cosigned
        Take in a checkpoint that a witness has cosigned, from a file; - reads it from standard input.
    for_witness
        Write out what to ask a witness, for `caseledger witness cosign`.
    since
        How many entries that witness last saw, if not those of the last checkpoint that came back cosigned.
    """
    if since is not None and not (for_witness and since >= 0):
        raise InvalidCommand("--since says what a witness last saw: give it with --for-witness.")
    signer = Signer.beside(Settings().master_key_file)
    if cosigned is not None:
        return _take_in(cosigned, signer, as_json=as_json)
    with opened_with_trees() as (ledger, trees), progress_bar("entries") as tell:
        found = make_checkpoint(ledger, trees, signer, actor=machine("signer"), progress=tell)
        head = Checkpoint.read(found.note.text)
        _, anchor = anchor_of(ledger.store, head.size)
        if for_witness:
            seen = last_cosigned(ledger.store) if since is None else since
            with proving(ledger.store, trees, size=head.size) as proofs:
                asked = str(asking(proofs, since=seen))
            sys.stdout.write(asked)
            return DONE
    _show(found, head, anchor, show=show, as_json=as_json)
    return DONE


def _take_in(file: str, signer: Signer, *, as_json: bool) -> int:
    note = read_note(given_text(file))
    with opened() as ledger:
        kept = take_in(ledger.store, signer, note)
    if as_json:
        show_json({"size": kept.size, "cosignatures": kept.cosignatures, "note": kept.note})
    else:
        say(
            told(
                "The checkpoint of {entries} is cosigned by {count} of our witnesses.",
                entries=numbered(kept.size, "{count} entry", "{count} entries"),
                count=kept.cosignatures,
            )
        )
    return DONE


def _show(
    found: Signed, head: Checkpoint, anchor: LogAnchored, *, show: str, as_json: bool
) -> None:
    if as_json:
        show_json(
            {
                "note": str(found.note),
                "origin": head.origin,
                "size": head.size,
                "fresh": found.fresh,
                "leaves": anchor.leaves,
                "streams": anchor.streams,
                "signed_at": anchor.signed_at,
                "witnessed": anchor.witnessed,
            }
        )
    elif show == "text":
        sys.stdout.write(str(found.note))
    elif show == "qr":
        segno.make(str(found.note), error="m", micro=False).terminal(out=sys.stdout, compact=True)
    else:
        say(*_sentences_of(found, head, anchor))


def _sentences_of(found: Signed, head: Checkpoint, anchor: LogAnchored) -> Iterator[str]:
    yield told(
        "Signed just now: {entries}, {streams}, as of {at} UTC."
        if found.fresh
        else "Nothing is new; last signed: {entries}, {streams}, as of {at} UTC.",
        entries=numbered(head.size, "{count} entry", "{count} entries"),
        streams=numbered(anchor.streams, "{count} stream", "{count} streams"),
        at=f"{anchor.signed_at:%Y-%m-%d %H:%M:%S}",
    )
    yield told("Log: {origin}", origin=head.origin)
    yield told("Root: {root}", root=head.root.hex())


def recover(
    *,
    without_keys: Annotated[bool, Parameter(name="--without-keys", negative="")] = False,
    as_json: AsJson = False,
) -> int:
    """Records which entries that were signed for are gone, as after a restore: then all can be written to again.

    Parameters
    ----------
    without_keys
        The vault of these entries is lost for good: what its keys sealed stays closed, and work goes on.
    """
    signer = Signer.beside(Settings().master_key_file)
    with opened() as ledger:
        if without_keys:
            return _go_on_without_keys(ledger, as_json=as_json)
        found = recovering.recover(ledger, signer, actor=machine("signer"))
    if as_json:
        show_json({"lost": found.lost})
    elif found.lost is None:
        say(
            told(
                "All that was signed for is here: nothing was lost, and the ledger can be written to."
            )
        )
    else:
        first, last = found.lost
        say(
            told(
                "Entries {first} to {last} are lost; their digests keep their places, and the loss is recorded.",
                first=first,
                last=last,
            ),
            told(
                "Enter again what was received then, from receipts, mail and paper. The ledger can be written to."
            ),
            told(
                "Was an erasure among them, what it erased may be readable again here: propose it again, by its "
                "certificate or order, and carry it out; `caseledger verify` names whose keys are destroyed already."
            ),
        )
    return DONE


def _go_on_without_keys(ledger: Ledger, *, as_json: bool) -> int:
    if ledger.lacks_keys is None and not ledger.vault.damaged():
        raise Refusal("No key is lacking: there is nothing to go on without.", rule="keys-lacking")
    recovering.go_on_without_keys(ledger)
    if as_json:
        show_json({"read_only": ledger.read_only})
        return DONE
    say(
        told("What the lost keys sealed stays closed, and `caseledger verify` goes on naming it."),
        as_spoken(ledger.read_only) if ledger.read_only else told("The ledger can be written to."),
    )
    return DONE
