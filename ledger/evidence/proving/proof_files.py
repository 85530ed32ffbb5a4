"""Proof files: what a checkpoint proves of a stream, as one JSON document that a stranger can check offline.

`proof-format.md` beside this says all that a second program needs. It shows lines, which say the structure of
entries alone, and the slots of the anchor. Digests are unpadded base64url; `path` goes from the leaf up, `siblings`
from the root down.
"""

from __future__ import annotations

from typing import Annotated, Literal

import orjson
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from ledger.errors import InvalidCommand
from ledger.evidence.proving.proofs import Proofs
from ledger.evidence.trees.stream_map import MapProof, Member
from ledger.input.given_twice import given_twice
from ledger.input.quoting import quoted
from ledger.sealing.slots import b64u, from_b64u
from ledger.store import StoredRow

FORMAT = "caseledger.proof/1"
LONGEST_BYTES = 64_000_000
_DIGEST_BYTES = 32


def _a_digest(text: str) -> str:
    if len(from_b64u(text)) != _DIGEST_BYTES:
        raise ValueError("this is no digest of 32 bytes")
    return text


Digest = Annotated[str, AfterValidator(_a_digest)]
"""32 bytes in unpadded base64url."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class ShownEntry(_Part):
    """An entry's line and its place in the log."""

    line: str
    index: int = Field(ge=0)
    path: list[Digest] = Field(max_length=64)


class Office(_Part):
    """All slots of an anchor: none of them is ever withheld."""

    seed: str
    values: dict[str, object]


class ShownAnchor(ShownEntry):
    """The anchor, with its slots."""

    office: Office


class ShownMember(_Part):
    """A member of the map: a stream by its key, how many entries it has, and its running head."""

    key: Digest
    entries: int = Field(ge=1)
    head: Digest


class ShownStream(_Part):
    """How far a stream goes, or that there is none."""

    stream: str
    siblings: list[Digest] = Field(max_length=256)
    end: ShownMember | None

    def proof(self) -> MapProof:
        """The proof as the map's own functions take it."""
        end = self.end
        member = Member(from_b64u(end.key), end.entries, from_b64u(end.head)) if end else None
        return MapProof(tuple(from_b64u(each) for each in self.siblings), member)


class ProofFile(_Part):
    """A proof as it is handed over."""

    format: Literal["caseledger.proof/1"]
    note: str
    anchor: ShownAnchor
    entries: list[ShownEntry]
    streams: list[ShownStream] = Field(min_length=1)


def proof_file(proofs: Proofs, stream: str, rows: list[StoredRow]) -> ProofFile:
    """What a checkpoint proves of a stream whose entries, as far as it covers them, are these rows."""
    return ProofFile(
        format=FORMAT,
        note=str(proofs.note),
        anchor=shown_anchor(proofs),
        entries=[shown_entry(proofs, row) for row in rows],
        streams=[shown_stream(proofs, stream)],
    )


def shown_entry(proofs: Proofs, row: StoredRow) -> ShownEntry:
    """An entry with its place."""
    index, path = proofs.inclusion(row.position)
    line = row.state.partition(b"\n")[0].decode()
    return ShownEntry(line=line, index=index, path=[b64u(each) for each in path])


def shown_anchor(proofs: Proofs) -> ShownAnchor:
    """The anchor with its place and its slots."""
    office = orjson.loads(proofs.anchor_row.state.partition(b"\n")[2])
    return ShownAnchor(
        **shown_entry(proofs, proofs.anchor_row).model_dump(),
        office=Office(seed=office["seed"], values=office["values"]),
    )


def shown_stream(proofs: Proofs, stream: str) -> ShownStream:
    """A stream with its place in the map."""
    siblings, end = proofs.head(stream)
    return ShownStream(
        stream=stream,
        siblings=[b64u(each) for each in siblings],
        end=ShownMember(key=b64u(end.key), entries=end.entries, head=b64u(end.head))
        if end
        else None,
    )


def read_proof_file(given: bytes) -> ProofFile:
    """The proof that a file holds; InvalidCommand if it holds none."""
    try:
        if len(given) > LONGEST_BYTES:
            raise ValueError("it is too long")
        found = ProofFile.model_validate_json(given)
        if (name := given_twice(given)) is not None:
            raise ValueError(f"it gives {quoted(name, otherwise='a key')} more than once")
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(each) for each in first["loc"])
        raise _no_proof(f"{where or 'the file'}: {first['msg']}") from error
    except ValueError as error:
        raise _no_proof(str(error)) from error
    return found


def _no_proof(why: str) -> InvalidCommand:
    return InvalidCommand(
        f"This is no proof of a case ledger ({why}): give the file that `caseledger prove` wrote."
    )
