"""Asking: each witness that has an address is sent the newest checkpoint, until it has cosigned it (C2SP tlog-witness).

One that is away keeps nobody: it is asked again at the next pass, and the others count meanwhile.
"""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from dataclasses import dataclass

from api.webhooks.reaching import Answered, Endpoint, NotReached
from api.webhooks.settings import WebhookSettings
from ledger.errors import IntegrityFailure, InvalidCommand
from ledger.evidence.proving.cosigning import asking, last_cosigned, take_in
from ledger.evidence.proving.proofs import Proofs, proving
from ledger.evidence.signing.checkpoints import newest
from ledger.evidence.signing.notes import Note, VerifierKey, read_note
from ledger.evidence.signing.signer import Signer
from ledger.evidence.signing.signing_state import signing_of
from ledger.evidence.trees.trees import Trees
from ledger.input.quoting import in_entries
from ledger.service import Ledger

ADD_CHECKPOINT = "add-checkpoint"
SIZE = "text/x.tlog.size"
"""In what a witness says how many entries it saw last, where it is asked to go on from others."""
_SIZE = re.compile(rb"(0|[1-9]\d{0,18})\n")
_HEADERS = {"Content-Type": "text/plain; charset=utf-8", "Accept-Encoding": "identity"}
_SAYS: dict[int, str] = {
    400: "it does not understand what it is asked, or takes no log such as this one",
    403: "it knows none of the keys that sign here: let whoever runs it trust them",
    404: "it does not watch this log: let whoever runs it trust its key",
    422: "it says that this log does not go on from what it cosigned: run `caseledger verify`, and compare the two",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What came of asking a witness: nothing failed, or what did."""

    witness: str
    failed: str | None = None


class _Failed(Exception):
    """What is said of a witness that did not cosign."""


def ask_witnesses(
    ledger: Ledger, trees: Trees, signer: Signer, settings: WebhookSettings
) -> list[Told]:
    """Asks those who have an address and have not cosigned the newest checkpoint, at once, and keeps what they say.

    IntegrityFailure as of `take_in`.
    """
    store, note = ledger.store, newest(ledger.store)
    if note is None:
        return []
    signing = signing_of(store)
    owed = [
        (key, signing.addresses[written])
        for written in signing.in_force("witness")
        if written in signing.addresses
        and (key := VerifierKey.read(written)).cosigned_at(note) is None
    ]
    if not owed:
        return []
    seen = last_cosigned(store)

    async def all_asked(proofs: Proofs) -> list[Note | _Failed]:
        each = (_asked(_endpoint(url, settings), key, proofs, seen=seen) for key, url in owed)
        return await asyncio.gather(*each)

    with proving(store, trees, note=note) as proofs:
        answers = asyncio.run(all_asked(proofs))
    told: list[Told] = []
    for (key, _), answer in zip(owed, answers, strict=True):
        if isinstance(answer, Note):
            take_in(store, signer, answer)
        told.append(Told(key.name, None if isinstance(answer, Note) else str(answer)))
    return told


def _endpoint(prefix: str, settings: WebhookSettings) -> Endpoint:
    return Endpoint(f"{prefix.rstrip('/')}/{ADD_CHECKPOINT}", settings)


async def _asked(
    endpoint: Endpoint, key: VerifierKey, proofs: Proofs, *, seen: int
) -> Note | _Failed:
    """The checkpoint as this witness cosigned it; asked once more where it saw another one last."""
    try:
        answer = await _posted(endpoint, proofs, seen=seen)
        if answer.status == 409:
            answer = await _posted(endpoint, proofs, seen=_seen_last(answer, proofs))
        return _cosigned(answer, key, proofs.note)
    except _Failed as failed:
        return failed
    except NotReached as error:
        return _Failed(f"{error}; it is asked again")
    finally:
        await endpoint.close()


async def _posted(endpoint: Endpoint, proofs: Proofs, *, seen: int) -> Answered:
    return await endpoint.post(str(asking(proofs, since=seen)).encode(), _HEADERS)


def _seen_last(answer: Answered, proofs: Proofs) -> int:
    """How many entries a witness saw last, by what it says itself."""
    found = _SIZE.fullmatch(answer.content)
    if found is None or not answer.headers.get("content-type", "").startswith(SIZE):
        raise _Failed("it saw another checkpoint last, and does not say which")
    size = int(found.group(1))
    if size > proofs.size:
        raise _Failed(
            f"it has cosigned {in_entries(size)} of this log, and signed here are {proofs.size}: this ledger is "
            "behind what was signed; run `caseledger verify`"
        )
    return size


def _cosigned(answer: Answered, key: VerifierKey, note: Note) -> Note:
    """The note with what this witness signed, whatever else it sent along."""
    if answer.status != 200:
        raise _Failed(_SAYS.get(answer.status, f"it answered {answer.status}; it is asked again"))
    signed = Note(note.text)
    with suppress(InvalidCommand, UnicodeDecodeError):
        signed = read_note(f"{note.text}\n{answer.content.decode()}")
    theirs = [
        each for each in signed.signatures if (each.name, each.key_id) == (key.name, key.key_id)
    ]
    found = note.with_signatures(theirs)
    try:
        if key.cosigned_at(found) is not None:
            return found
    except IntegrityFailure as error:
        raise _Failed("what it sent is no cosignature of this checkpoint") from error
    raise _Failed("it sent no cosignature under its key")
