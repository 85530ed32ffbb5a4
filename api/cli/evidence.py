"""Evidence from the command line: checkpoints signed and shown, proofs written out and checked."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal
from uuid import UUID

from cyclopts import Parameter

from api.cli.edge import DONE, FOUND, STANDARD_INPUT
from api.cli.ledgers import opened
from api.cli.progress import progress_bar
from api.cli.showing import say, show_json
from api.machines import machine
from ledger.errors import InvalidCommand
from ledger.evidence.checking import Proved, Trusted, read_keys
from ledger.evidence.checking import check_proof as checked
from ledger.evidence.checkpoints import Signed, anchor_of, make_checkpoint
from ledger.evidence.notes import Checkpoint
from ledger.evidence.proof_files import proof_file, read_proof_file
from ledger.evidence.proofs import proving
from ledger.evidence.signer import Signer
from ledger.evidence.trees import Trees
from ledger.ids import case_stream
from ledger.service import Ledger
from ledger.settings import Settings

AsJson = Annotated[bool, Parameter(name="--json", negative="", help="Answer as JSON.")]


@contextmanager
def _with_trees() -> Iterator[tuple[Ledger, Trees]]:
    with opened() as ledger, Trees.open(Settings().location, ledger.store) as trees:
        yield ledger, trees


def checkpoint(
    *,
    show: Annotated[Literal["summary", "text"], Parameter(name="--as")] = "summary",
    as_json: AsJson = False,
) -> int:
    """Signs the head of the log, over all that is recorded; shows the last one where nothing is new.

    Parameters
    ----------
    show
        As what it is shown: in a few sentences, or as the signed note itself, to be printed or mailed.
    """
    signer = Signer.beside(Settings().master_key_file)
    with _with_trees() as (ledger, trees), progress_bar("entries") as tell:
        found = make_checkpoint(ledger, trees, signer, actor=machine("signer"), progress=tell)
        head = Checkpoint.read(found.note.text)
        _, anchor = anchor_of(ledger.store, head.size)
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
    else:
        say(*_told(found, head, anchor.streams, anchor.signed_at))
    return DONE


def _told(found: Signed, head: Checkpoint, streams: int, at: datetime) -> Iterator[str]:
    said = "Signed just now" if found.fresh else "Nothing is new; last signed"
    yield f"{said}: {head.size} entries, {streams} streams, as of {at:%Y-%m-%d %H:%M:%S} UTC."
    yield f"Log: {head.origin}"
    yield f"Root: {head.root.hex()}"


def prove(
    reference: str, *, as_of: Annotated[int | None, Parameter(name="--checkpoint")] = None
) -> int:
    """Proves what stands in a stream, or that there is no such stream, as JSON for `caseledger check-proof`.

    Parameters
    ----------
    reference
        A case, by its reference or id, or any stream as KIND/ID.
    as_of
        The checkpoint of so many entries, if not the newest.
    """
    with _with_trees() as (ledger, trees):
        stream = _stream(ledger, reference)
        rows = ledger.store.stream(stream)
        with proving(ledger.store, trees, size=as_of) as proofs:
            count = proofs.count(stream)
            found = proof_file(proofs, stream, rows[:count])
    sys.stdout.write(found.model_dump_json(indent=2) + "\n")
    if len(rows) > count:
        sys.stderr.write(
            f"{len(rows) - count} later entries are not in the checkpoint: make a new one with "
            "`caseledger checkpoint` to prove them, too.\n"
        )
    return DONE


def _stream(ledger: Ledger, reference: str) -> str:
    kind, slash, stream_id = reference.partition("/")
    if not slash:
        return case_stream(ledger.find_case(reference))
    try:
        return f"{kind}/{UUID(stream_id)}"
    except ValueError as error:
        raise InvalidCommand(
            f"'{reference}' is no stream: give a case's reference, or KIND/ID such as case/0198..."
        ) from error


def check_proof(
    file: str,
    *,
    key: Annotated[list[str] | None, Parameter(name="--key", negative="")] = None,
    witness: Annotated[list[str] | None, Parameter(name="--witness", negative="")] = None,
    quorum: int = 0,
    as_json: AsJson = False,
) -> int:
    """Checks a proof without any ledger: the office's public key is all it takes.

    Parameters
    ----------
    file
        What `caseledger prove` wrote; - reads it from standard input.
    key
        The office's public key, as it publishes it, and not from whoever gave the proof.
    witness
        A witness's public key.
    quorum
        How many of the witnesses must have cosigned.
    """
    trusted = Trusted(read_keys(key or []), read_keys(witness or []), quorum)
    given = sys.stdin.buffer.read() if file == STANDARD_INPUT else Path(file).read_bytes()
    proved = checked(read_proof_file(given), trusted)
    if as_json:
        show_json(
            {
                "confirmed": proved.confirmed,
                "origin": proved.checkpoint.origin,
                "size": proved.checkpoint.size,
                "signed_at": proved.signed_at,
                "witnessed_at": [_second(at) for at in proved.witnessed_at],
                "streams": [
                    {"stream": each.stream, "entries": each.count} for each in proved.streams
                ],
            }
        )
    else:
        say(*_proved(proved))
    return DONE if proved.confirmed else FOUND


def _proved(proved: Proved) -> Iterator[str]:
    for each in proved.streams:
        yield (
            f"{each.stream}: these {each.count} entries are all there are, unaltered and in order."
            if each.count
            else f"{each.stream}: there is no such stream."
        )
    yield (
        f"As of the checkpoint of {proved.checkpoint.size} entries of {proved.checkpoint.origin}, "
        f"anchored {proved.signed_at:%Y-%m-%d %H:%M:%S} UTC."
    )
    for at in proved.witnessed_at:
        yield f"A witness saw it on {_second(at):%Y-%m-%d %H:%M:%S} UTC."
    yield (
        "Confirmed: it is signed under the key that was given."
        if proved.confirmed
        else "Consistent, the key unconfirmed: give --key with the office's public key."
    )
    yield "Not proved: that it is true, or that everything was written down."


def _second(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC)
