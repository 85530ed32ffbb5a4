"""The form of a bundle's JSON: what each of its files says, as `bundle-format.md` lays it down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ledger.errors import InvalidCommand
from ledger.evidence.proving.proofs import Inclusion
from ledger.evidence.trees.stream_map import MapProof
from ledger.sealing.disclosing import Committed, Disclosed, Salted
from ledger.sealing.slots import b64u, piece_digest, shown_digest
from projections.releases.selection import EntrySelection, IndexLine, PieceRange

FORMAT = "caseledger.bundle/1"


def entry_shown(entry: Disclosed, chosen: EntrySelection) -> dict[str, Any]:
    """An entry whose line is shown: its slots and words, or the digests of those that are withheld."""
    where = f"{entry.entry.stream} version {entry.entry.version}"
    _refuse_what_is_not_there(entry, chosen, where)
    said: dict[str, Any] = {
        "line": entry.line.decode(),
        "slots": {
            name: _slot(name, slot, withheld=name in chosen.slots)
            for name, slot in entry.slots.items()
        },
        "texts": {
            name: _pieces(words, chosen.pieces.get(name, ()))
            for name, words in entry.texts.items()
            if name not in chosen.slots
        },
        "version": entry.entry.version,
    }
    pieces = {
        name: [[each.first, each.end, each.ground.line] for each in ranges]
        for name, ranges in chosen.pieces.items()
        if name in said["texts"]
    }
    withheld: dict[str, Any] = {}
    if chosen.slots:
        withheld["slots"] = {name: ground.line for name, ground in chosen.slots.items()}
    if pieces:
        withheld["pieces"] = pieces
    if withheld:
        said["withheld"] = withheld
    if erased := sorted(entry.erased - chosen.slots.keys()):
        said["erased"] = erased
    return said


def _refuse_what_is_not_there(entry: Disclosed, chosen: EntrySelection, where: str) -> None:
    for name in (*chosen.slots, *chosen.pieces):
        if name not in entry.slots:
            raise InvalidCommand(f"{where} has no slot '{name}' that could be withheld.")
    for name, ranges in chosen.pieces.items():
        if name in chosen.slots:
            raise InvalidCommand(
                f"The slot '{name}' of {where} is withheld whole: not word by word."
            )
        words = entry.texts.get(name)
        if words is None and name not in entry.erased:
            raise InvalidCommand(f"The slot '{name}' of {where} holds no text: withhold it whole.")
        if words is not None and ranges and ranges[-1].end > len(words):
            raise InvalidCommand(
                f"The text '{name}' of {where} ends after word {len(words)}: no more can be withheld."
            )


def _slot(name: str, slot: Committed, *, withheld: bool) -> list[Any]:
    if not isinstance(slot, Salted):
        return [b64u(slot)]
    if withheld:
        return [b64u(shown_digest(slot.salt, name, slot.value))]
    return [b64u(slot.salt), slot.value]


def _pieces(words: Sequence[Committed], ranges: Sequence[PieceRange]) -> list[list[str]]:
    hidden = {number for each in ranges for number in range(each.first, each.end)}
    return [
        [b64u(word)]
        if not isinstance(word, Salted)
        else [b64u(piece_digest(word.salt, word.value))]
        if number in hidden
        else [b64u(word.salt), word.value]
        for number, word in enumerate(words)
    ]


def index_as_json(index: Sequence[IndexLine]) -> dict[str, Any]:
    """The withholding index."""
    columns = list(index[0].said) if index else []
    return {
        "columns": columns,
        "lines": [
            {
                "exemption": each.exemption,
                "number": each.number,
                "said": [each.said[column] for column in columns],
            }
            for each in index
        ],
    }


def index_as_rows(index: Sequence[IndexLine]) -> list[Sequence[str]]:
    """The withholding index as rows of cells, the names of its columns first."""
    columns = list(index[0].said) if index else []
    return [
        ["number", "exemption", *columns],
        *(
            [str(each.number), each.exemption, *(_cell(each.said[column]) for column in columns)]
            for each in index
        ),
    ]


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def proof_of(version: int, found: Inclusion) -> list[Any]:
    """The proof that an entry is in the log."""
    return [version, found.leaf, [b64u(each) for each in found.path]]


def map_proof(found: MapProof) -> Mapping[str, Any]:
    """The proof that a stream has so many entries, the last of them with this head."""
    assert found.end is not None
    siblings = [b64u(each) for each in found.siblings]
    return {"head": b64u(found.end.head), "n": found.end.entries, "siblings": siblings}
