"""Identifiers: UUIDv7 from a given instant and given bits, and the reference that people read out.

Nothing here draws randomness or reads a clock: both are arguments (RFC 9562 for UUIDv7).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Annotated, TypeAlias
from uuid import UUID

from ledger.errors import InvalidCommand
from ledger.input.quoting import quoted
from ledger.times import EPOCH

IdText: TypeAlias = Annotated[str, UUID]
"""The text of a UUID, as rows keep it."""

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CHECK = _CROCKFORD + "*~$=U"
_READ_AS = str.maketrans("OIL", "011", "- ")
_REFERENCE_BITS = 50
_REFERENCE_LENGTH = _REFERENCE_BITS // 5


def uuid7(at: datetime, bits: bytes) -> UUID:
    """The UUIDv7 of an instant, its 74 free bits taken from the first ten of `bits`."""
    milliseconds = (at - EPOCH) // timedelta(milliseconds=1)
    free = int.from_bytes(bits[:10], "big")
    value = (milliseconds & 0xFFFF_FFFF_FFFF) << 80
    value |= 0x7 << 76 | (free >> 62 & 0xFFF) << 64
    value |= 0b10 << 62 | free & 0x3FFF_FFFF_FFFF_FFFF
    return UUID(int=value)


def derived_uuid(at: datetime, *causes: str) -> UUID:
    """The one UUIDv7 that these causes at this instant always give: said twice, it is the same."""
    return uuid7(at, sha256("\0".join(causes).encode()).digest())


def reference_of(case_id: UUID) -> str:
    """The reference for people, `XXXXX-XXXXX-C`: 50 bits of the id in Crockford base32 and a check symbol."""
    number = case_id.int & ((1 << _REFERENCE_BITS) - 1)
    symbols = [_CROCKFORD[number >> shift & 31] for shift in range(_REFERENCE_BITS - 5, -1, -5)]
    return f"{''.join(symbols[:5])}-{''.join(symbols[5:])}-{_CHECK[number % 37]}"


def stream_or_bits(said: str) -> str:
    """What names a case, however it was written: its stream for its id, the bits in digits for its reference."""
    try:
        return case_stream(UUID(said))
    except ValueError:
        return str(reference_bits(said))


def reference_bits(reference: str) -> int:
    """The 50 bits a reference stands for; InvalidCommand if it is misread (its check symbol disagrees)."""
    symbols = _symbols(reference)
    if not _is_whole(symbols):
        raise InvalidCommand(
            f"{quoted(reference)} is not a case reference: it has ten letters or digits and a check symbol, "
            "like 7ZK3Q-0M9TB-R; read it again.",
            misread=reference,
        )
    number = _number(symbols)
    if _CHECK[number % 37] != symbols[-1]:
        raise InvalidCommand(
            f"{quoted(reference)} is not a case reference: its check symbol does not fit, so one symbol is "
            "misread or two have changed places; read it again.",
            misread=reference,
        )
    return number


def references_like(misread: str) -> Sequence[str]:
    """The references from which a misread one differs by one symbol: another, one too many or few, or two swapped."""
    said = _symbols(misread)[: _REFERENCE_LENGTH + 2]
    places = range(len(said))
    tried = {said[:at] + symbol + said[at + 1 :] for at in places for symbol in _CHECK}
    tried |= {said[:at] + symbol + said[at:] for at in range(len(said) + 1) for symbol in _CHECK}
    tried |= {said[:at] + said[at + 1 :] for at in places}
    tried |= {said[:at] + said[at + 1 : at + 2] + said[at] + said[at + 2 :] for at in places}
    fit = (each for each in tried if _is_whole(each) and _CHECK[_number(each) % 37] == each[-1])
    return sorted(f"{each[:5]}-{each[5:10]}-{each[10]}" for each in fit)


def _symbols(reference: str) -> str:
    """What was written, as it is read: in capitals, without gaps, a letter that looks like a digit as that."""
    return reference.strip().upper().translate(_READ_AS)


def _is_whole(symbols: str) -> bool:
    return (
        len(symbols) == _REFERENCE_LENGTH + 1
        and set(symbols[:-1]) <= set(_CROCKFORD)
        and symbols[-1] in _CHECK
    )


def _number(symbols: str) -> int:
    number = 0
    for symbol in symbols[:_REFERENCE_LENGTH]:
        number = number << 5 | _CROCKFORD.index(symbol)
    return number


def case_stream(case_id: UUID) -> str:
    """The stream in which a case's entries stand."""
    return f"case/{case_id}"


def subject_id_of(stream: str) -> UUID:
    """The id of the case, party or other thing whose entries stand in a stream."""
    return UUID(stream.partition("/")[2])
