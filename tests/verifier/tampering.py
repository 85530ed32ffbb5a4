"""Tamperings with a bundle: bytes anywhere, and whatever those forge who know the format and pack it anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ledger.evidence.signing.notes import SignerKey
from tests.verifier.forged_entries import ForgedEntries
from tests.verifier.forged_proofs import ForgedProofs
from tests.verifier.packing import Draw, packed, unpacked


@dataclass(frozen=True)
class Tampering:
    """What was done, and the bytes that came of it."""

    what: str
    made: bytes


def byte_tamperings(made: bytes, draw: Draw, count: int) -> Iterator[Tampering]:
    """Bytes flipped, lost, doubled, put in and cut off, anywhere."""
    for _ in range(count):
        raw, at = bytearray(made), draw.randrange(len(made))
        kind = draw.choice(["flip"] * 6 + ["bit", "lose", "double", "insert", "cut", "append"])
        match kind:
            case "flip":
                raw[at] ^= draw.randrange(1, 256)
            case "bit":
                raw[at] ^= 1 << draw.randrange(8)
            case "lose":
                del raw[at : at + draw.randrange(1, 64)]
            case "double":
                raw[at:at] = raw[at : at + draw.randrange(1, 64)]
            case "insert":
                raw[at:at] = draw.randbytes(draw.randrange(1, 9))
            case "cut":
                del raw[at:]
            case _:
                raw += draw.randbytes(draw.randrange(1, 64))
        yield Tampering(f"{kind} at {at}", bytes(raw))


class Forger:
    """Changes what a bundle says and packs it anew."""

    def __init__(self, made: bytes, *, bagged_on: date, stranger: SignerKey) -> None:
        self._files = unpacked(made)
        self._bagged_on = bagged_on
        entries = sorted(name for name in self._files if name.startswith("data/entries/"))
        self._kinds = [*ForgedEntries(entries).kinds(), *ForgedProofs(entries, stranger).kinds()]

    def forged(self, draw: Draw, count: int) -> Iterator[Tampering]:
        """So many forgeries, each of a kind drawn, each another bundle than the true one."""
        done = 0
        while done < count:
            files, kind = dict(self._files), draw.choice(self._kinds)
            reordered = kind.__name__ == "_files_swapped"  # the same files, which are equal
            if (kind(files, draw) and files != self._files) or reordered:
                done += 1
                made = packed(files, bagged_on=self._bagged_on)
                yield Tampering(kind.__name__.strip("_"), made)
