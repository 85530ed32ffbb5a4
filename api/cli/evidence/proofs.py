"""Evidence for strangers from the command line: proofs and receipts written out, and checked without a ledger."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from api.cli.edge import DONE, NOT_DONE
from api.cli.evidence.witnessing import given_bytes, key_itself, text_of
from api.cli.ledgers import opened, opened_with_trees, stream_meant
from api.cli.showing import say, show_json, warn
from api.cli.wording.in_french import numbered, told
from api.new_files import new_file, refuse_taken
from api.witnesses.giving_out import receipt_to_give_out
from ledger.evidence.proving.checking import Proved, Trusted, read_keys
from ledger.evidence.proving.checking import check_proof as checked
from ledger.evidence.proving.proof_files import LONGEST_BYTES, proof_file, read_proof_file
from ledger.evidence.proving.proofs import proving
from ledger.evidence.proving.receipts import FORMAT as RECEIPT
from ledger.evidence.proving.receipts import NAMED, Received, check_receipt
from ledger.evidence.signing.notes import VerifierKey, read_note
from ledger.evidence.signing.signer import Signer
from ledger.sealing.slots import b64u
from ledger.settings import Settings

AsJson = Annotated[bool, Parameter(name="--json", negative="", help="Answer as JSON.")]

_ONE_LATER = (
    "{count} later entry is not in the checkpoint: make a new one with `caseledger checkpoint` to prove it, "
    "too."
)
_SEVERAL_LATER = (
    "{count} later entries are not in the checkpoint: make a new one with `caseledger checkpoint` to prove them, "
    "too."
)
_CONFIRMED = "Confirmed: it is signed under the key that was given."
_UNCONFIRMED = "Consistent, the key unconfirmed: give --key with the office's public key."


def prove(
    reference: str,
    *,
    as_of: Annotated[int | None, Parameter(name="--checkpoint")] = None,
    out: Annotated[Path | None, Parameter(name="--out")] = None,
) -> int:
    """Proves what stands in a stream, or that there is no such stream, as JSON for `caseledger check-proof`.

    Parameters
    ----------
    reference
        A case, by its reference or id, or any stream as KIND/ID.
    as_of
        The checkpoint of so many entries, if not the newest.
    out
        A new file for the proof; standard output if left out.
    """
    if out is not None:
        refuse_taken(out)
    with opened_with_trees() as (ledger, trees):
        stream = stream_meant(ledger, reference)
        rows = ledger.store.stream(stream)
        with proving(ledger.store, trees, size=as_of) as proofs:
            count = proofs.count(stream)
            found = proof_file(proofs, stream, rows[:count])
    proof = found.model_dump_json(indent=2) + "\n"
    if out is None:
        sys.stdout.write(proof)
    else:
        with new_file(out) as file:
            file.write(proof.encode())
        said = "The proof of {stream} is in {out}: `caseledger check-proof {out}` checks it."
        say(told(said, stream=stream, out=out))
    if (later := len(rows) - count) > 0:
        warn(_ONE_LATER if later == 1 else _SEVERAL_LATER, count=later)
    return DONE


def receipt(
    reference: str, *, entry: Annotated[int, Parameter(name="--entry")] = 1, as_json: AsJson = False
) -> int:
    """Signs a receipt for what was received, for the requester to keep.

    Parameters
    ----------
    reference
        A case, by its reference or id, or any stream as KIND/ID.
    entry
        For which entry of the stream, if not the first.
    """
    signer = Signer.beside(Settings().master_key_file)
    with opened() as ledger:
        stream = stream_meant(ledger, reference)
        note = receipt_to_give_out(ledger, signer, stream, entry)
    if as_json:
        show_json({"note": str(note), **_received(Received.read(note.text))})
    else:
        sys.stdout.write(str(note))
    return DONE


def check_proof(
    file: str,
    *,
    key: Annotated[list[str] | None, Parameter(name="--key", negative="")] = None,
    witness: Annotated[list[str] | None, Parameter(name="--witness", negative="")] = None,
    quorum: int = 0,
    as_json: AsJson = False,
) -> int:
    """Checks a proof or a receipt without any ledger: the exit code is 0 confirmed, 1 failed, 2 key unconfirmed.

    Parameters
    ----------
    file
        What `caseledger prove` or `caseledger receipt` wrote; - reads it from standard input.
    key
        The office's public key, or the file of them, as it publishes it, and not from whoever gave the proof.
    witness
        A witness's public key.
    quorum
        How many of the witnesses must have cosigned.
    """
    given = given_bytes(file, at_most=LONGEST_BYTES)
    of_receipts = given.startswith(RECEIPT.encode())
    keys = read_keys(
        [found for said in key or () for found in _written(said, of_receipts=of_receipts)]
    )
    if of_receipts:
        return _check_receipt(given, keys, as_json=as_json)
    proved = checked(read_proof_file(given), Trusted(keys, read_keys(witness or []), quorum))
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
    return DONE if proved.confirmed else NOT_DONE


def _written(said: str, *, of_receipts: bool) -> Iterator[str]:
    """The key that was given or, of a file, its lines that sign what is checked: receipts, or checkpoints."""
    if not Path(said).is_file():
        yield key_itself(said)
        return
    for line in text_of(given_bytes(said, at_most=LONGEST_BYTES)).split():
        if line.partition("+")[0].endswith(NAMED) == of_receipts:
            yield line


def _check_receipt(given: bytes, keys: Sequence[VerifierKey], *, as_json: bool) -> int:
    received, confirmed = check_receipt(read_note(text_of(given)), keys)
    if as_json:
        show_json({"confirmed": confirmed, **_received(received)})
    else:
        say(
            told(
                "{origin} received entry {version} of {stream}, recorded {at} UTC,",
                origin=received.origin,
                version=received.version,
                stream=received.stream,
                at=f"{received.recorded_at:%Y-%m-%d %H:%M:%S}",
            ),
            told(
                "and promised that it is in a checkpoint by {at} UTC.",
                at=f"{received.merged_by:%Y-%m-%d %H:%M:%S}",
            ),
            told(_CONFIRMED if confirmed else _UNCONFIRMED),
        )
    return DONE if confirmed else NOT_DONE


def _received(received: Received) -> dict[str, object]:
    return {**received._asdict(), "digest": b64u(received.digest)}


def _proved(proved: Proved) -> Iterator[str]:
    for each in proved.streams:
        yield told(_all_of(each.count), stream=each.stream, count=each.count)
    yield told(
        "As of the checkpoint of {entries} of {origin}, anchored {at} UTC.",
        entries=numbered(proved.checkpoint.size, "{count} entry", "{count} entries"),
        origin=proved.checkpoint.origin,
        at=f"{proved.signed_at:%Y-%m-%d %H:%M:%S}",
    )
    for at in proved.witnessed_at:
        yield told("A witness saw it on {at} UTC.", at=f"{_second(at):%Y-%m-%d %H:%M:%S}")
    yield told(_CONFIRMED if proved.confirmed else _UNCONFIRMED)
    yield told("Not proved: that it is true, or that everything was written down.")


def _all_of(count: int) -> str:
    match count:
        case 0:
            return "{stream}: there is no such stream."
        case 1:
            return "{stream}: this entry is all there is, unaltered and in order."
        case _:
            return "{stream}: these {count} entries are all there are, unaltered and in order."


def _second(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC)
