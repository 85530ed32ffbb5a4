"""Identifiers: UUIDv7 from a given instant and given bits, and the reference that people read out.

Nothing here draws randomness or reads a clock: both are arguments (RFC 9562 for UUIDv7).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from ledger.errors import InvalidCommand
from ledger.quoting import quoted
from ledger.times import EPOCH

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
    symbols = reference.strip().upper().translate(_READ_AS)
    try:
        number = 0
        for symbol in symbols[:-1]:
            number = number << 5 | _CROCKFORD.index(symbol)
        if len(symbols) == _REFERENCE_LENGTH + 1 and _CHECK[number % 37] == symbols[-1]:
            return number
    except ValueError:
        pass
    raise InvalidCommand(
        f"{quoted(reference)} is not a case reference: it has ten letters or digits and a check symbol, "
        "like 7ZK3Q-0M9TB-4; read it again."
    )


def case_stream(case_id: UUID) -> str:
    """The stream in which a case's entries stand."""
    return f"case/{case_id}"
