"""Reading: bytes, digest, open what the reader may see, upcast, validate. Stored bytes are never encoded again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import groupby
from typing import Any, NamedTuple, cast

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import ValidationError

from ledger.entry import Actor, Context, Entry
from ledger.errors import IntegrityFailure, UnreadableEntry
from ledger.facts import ANSWERS, ENVELOPE_SLOTS, Concealed, PartlyErased, Stretch, fact_from
from ledger.sealing.heads import Line, decode_line, leaf_digest
from ledger.sealing.sealing import SEAL_FORMAT, sealed_with
from ledger.sealing.slots import (
    OFFICE_KEYS,
    b64u,
    canonical,
    content_root,
    from_b64u,
    piece_digests,
    pieces,
    slot_digests,
    text_value,
)
from ledger.sealing.vault import Vault
from ledger.store import StoredRow

_ID, _IV = slice(1, 17), slice(17, 29)


@dataclass(frozen=True, slots=True)
class ReadEntry:
    """An entry that was verified as it was read: it, its line, its digest, and what of it is erased, even in part.

    `shared` tells of each text about several people, where it was opened, which words are about whom.
    """

    entry: Entry
    line: Line
    digest: bytes
    erased: frozenset[str]
    shared: Mapping[str, tuple[Stretch, ...]] = field(
        default_factory=dict[str, tuple[Stretch, ...]]
    )


def office_entry(position: int, stream: str, version: int, topic: str, state: bytes) -> Entry:
    """The entry as its office part says it, personal values sealed. Trusts the store: nothing is verified.

    Raises IntegrityFailure where nothing can be read of it.
    """
    schema, office = stored_office(position, stream, version, state)
    return _entry(position, stream, version, topic, schema, office, {})


def stored_office(
    position: int, stream: str, version: int, state: bytes
) -> tuple[int, dict[str, Any]]:
    """The schema of an entry and its office part, as they are stored. Trusts the store: nothing is verified.

    Raises IntegrityFailure where what is stored has not the form of an entry.
    """
    try:
        at = state.index(b'"schema":') + 9
        schema = int(state[at : state.index(b",", at)])
        office: Any = orjson.loads(state[state.index(b"\n", at) :])
        if office.keys() == OFFICE_KEYS and office["values"].keys() >= ENVELOPE_SLOTS:
            return schema, office
    except (ValueError, AttributeError) as error:
        raise no_entry(position, stream, version) from error
    raise no_entry(position, stream, version)


def no_entry(position: int, stream: str, version: int) -> IntegrityFailure:
    """What is said where what is stored at a place has not the form of an entry."""
    where = f"Entry {position} ({stream} version {version})"
    return IntegrityFailure(
        f"{where}: what is stored there is no entry; stop, keep the files, and run `caseledger verify`."
    )


def verified_entry(
    row: StoredRow, ledger_id: bytes, *, blobs: Sequence[bytes] = (), vault: Vault | None = None
) -> ReadEntry:
    """The entry, its line and every slot checked; with a vault, personal values too are opened and checked.

    Raises IntegrityFailure where the bytes are not what was recorded.
    """
    where = f"Entry {row.position} ({row.stream} version {row.version})"
    raw, _, stored = row.state.partition(b"\n")
    line = decode_line(raw)
    if (line.stream, line.version, line.topic) != (row.stream, row.version, row.topic):
        raise IntegrityFailure(f"{where}: the line and the columns beside it disagree.")
    if line.ledger != b64u(ledger_id):
        raise IntegrityFailure(f"{where}: it belongs to another ledger.")
    office = office_part(stored, where)
    digests = _digests(office)
    if digests is None or b64u(content_root(digests)) != line.content:
        raise IntegrityFailure(f"{where}: its values are not those that were recorded.")
    values = office["values"]
    opened: dict[str, Any] = {}
    shared: dict[str, list[_Told]] = {}
    shut: list[bytes] = []
    if vault is not None:
        for blob in blobs:
            if values["sealed"].get(b64u(blob[_ID])) != b64u(sha256(blob).digest()):
                raise IntegrityFailure(f"{where}: a sealed part is not the one that was recorded.")
            part = _open(blob, row, ledger_id, vault, from_b64u(office["seed"]))
            _check(part, digests, where)
            shut += [blob[_ID]] if part is _NOTHING else []
            opened |= part.values
            for name, words in part.shared.items():
                told = shared.setdefault(name, [None] * len(words))
                for number, word in enumerate(words):
                    told[number] = told[number] if word is None else (word, part.about)
        deleted = len(values["sealed"]) - len(blobs)
        gone = Concealed.ERASED if deleted else _why_gone(shut, vault)
        opened |= {name: _put_together(told, gone) for name, told in shared.items()}
        opened = {name: opened.get(name, gone) for name in office["sealed"]}
    entry = _entry(row.position, row.stream, row.version, row.topic, line.schema, office, opened)
    erased = frozenset(
        name for name, value in opened.items() if isinstance(value, Concealed | PartlyErased)
    )
    stretches = {name: _stretches(told) for name, told in shared.items()}
    return ReadEntry(entry, line, leaf_digest(raw), erased, stretches)


def office_part(stored: bytes, where: str) -> dict[str, Any]:
    """The office part as an object; IntegrityFailure unless it is canonical and complete."""
    try:
        office: Any = orjson.loads(stored)
        canonically = canonical(office)
    except (orjson.JSONDecodeError, orjson.JSONEncodeError) as error:
        raise IntegrityFailure(f"{where}: its office part is not JSON.") from error
    if canonically != stored:
        raise IntegrityFailure(f"{where}: its office part is not in canonical form.")
    if not isinstance(office, dict) or cast("dict[str, Any]", office).keys() != OFFICE_KEYS:
        raise IntegrityFailure(f"{where}: its office part is not complete.")
    return cast("dict[str, Any]", office)


def _digests(office: Mapping[str, Any]) -> dict[str, bytes] | None:
    """The digest of every slot by its name; None if the office part is not of the form that is recorded."""
    try:
        digests = slot_digests(from_b64u(office["seed"]), office["values"])
        sealed = {name: from_b64u(digest) for name, digest in office["sealed"].items()}
    except (ValueError, TypeError, AttributeError):
        return None
    return None if digests.keys() & sealed.keys() else digests | sealed


_Words = tuple[str | None, ...]
"""A text in its pieces; None stands for one that lies in another sealed part."""
_Told = tuple[str, str] | None
"""A piece of a text with the stream of whom it is about; None for one that is erased."""


class _Part(NamedTuple):
    """What one sealed part holds: values, its pieces of shared texts, and the digest that each slot must have by it."""

    values: Mapping[str, Any]
    shared: Mapping[str, _Words]
    digests: Mapping[str, bytes]
    about: str


_NOTHING = _Part({}, {}, {}, "")


def _open(blob: bytes, row: StoredRow, ledger_id: bytes, vault: Vault, office_seed: bytes) -> _Part:
    """What lies in one blob; nothing if its key was destroyed."""
    plain = decrypted(blob, row, ledger_id, vault)
    if plain is None:
        return _NOTHING
    seed = from_b64u(plain["seed"])
    values: dict[str, Any] = dict(plain["values"])
    shown: dict[str, Any] = dict(values)
    shared: dict[str, _Words] = {}
    shown_shared: dict[str, Any] = {}
    for name, runs in plain["texts"].items():
        words, committed = _pieces_of(seed, name, runs)
        if all(isinstance(said, str) for _, said in runs):
            values[name], shown[name] = "".join(map(str, words)), text_value(committed)
        else:
            shared[name], shown_shared[name] = words, text_value(committed)
    found = slot_digests(seed, shown) | slot_digests(office_seed, shown_shared)
    return _Part(values, shared, found, plain.get("about", row.stream))


def _pieces_of(seed: bytes, name: str, runs: Sequence[Any]) -> tuple[_Words, list[bytes]]:
    """The pieces of a text that lie in one sealed part, and the digest of every piece of it.

    A run is `[number of the first piece, text]`, or `[number, [digest, ...]]` where the pieces are about
    somebody else and lie under that person's key.
    """
    words: list[str | None] = []
    committed: list[bytes] = []
    for number, said in runs:
        if isinstance(said, str):
            own = pieces(said)
            words += own
            committed += piece_digests(seed, name, own, start=number)
        else:
            words += [None] * len(said)
            committed += [from_b64u(digest) for digest in said]
    return tuple(words), committed


def _why_gone(shut: Sequence[bytes], vault: Vault) -> Concealed:
    """What stands for the values of sealed parts that are all here, some of which do not open.

    An erasure deletes what its keys sealed. Where it has, or is about to, and another key of the same entry
    is lost, nobody can tell which value was under which.
    """
    if not shut or not vault.destroyed().isdisjoint(shut):
        return Concealed.ERASED
    return Concealed.LOST


def _put_together(words: Sequence[_Told], gone: Concealed) -> str | PartlyErased:
    """A shared text from all parts that open: whole, or with what is gone between what is left."""
    parts: list[str | Concealed] = []
    gaps: list[int] = []
    for there, stretch in groupby(words, key=lambda word: word is not None):
        said = list(stretch)
        parts.append("".join(word[0] for word in said if word) if there else gone)
        gaps += [] if there else [len(said)]
    return PartlyErased(tuple(parts), tuple(gaps)) if gaps else "".join(map(str, parts))


def _stretches(words: Sequence[_Told]) -> tuple[Stretch, ...]:
    """About whom which words of a shared text are, in order."""
    found: list[Stretch] = []
    for about, stretch in groupby(words, key=lambda word: word and word[1]):
        first = found[-1].end if found else 0
        found.append(Stretch(first, first + len(list(stretch)), about))
    return tuple(found)


def _check(part: _Part, digests: Mapping[str, bytes], where: str) -> None:
    for name, digest in part.digests.items():
        if digest != digests.get(name):
            raise IntegrityFailure(
                f"{where}: the sealed value of '{name}' is not the recorded one."
            )


class Sealed(NamedTuple):
    """Which slots lie in a sealed part, and about whom it says that it is; mostly the fact itself tells."""

    names: list[str]
    about: str | None = None


def sealed_names(blob: bytes, row: StoredRow, ledger_id: bytes, vault: Vault) -> Sealed:
    """The names of the slots sealed in a blob, or parts of them; none if its key was destroyed."""
    cipher = vault.cipher(blob[_ID])
    return Sealed([]) if cipher is None else names_under(cipher, blob, row, ledger_id)


def names_under(cipher: AESGCM, blob: bytes, row: StoredRow, ledger_id: bytes) -> Sealed:
    """The same under a key that is in hand; IntegrityFailure where it does not open it."""
    plain = _opened(blob, row, ledger_id, cipher)
    return Sealed(sorted([*plain["texts"], *plain["values"]]), plain.get("about"))


def values_sealed(blob: bytes, row: StoredRow, ledger_id: bytes, vault: Vault) -> dict[str, Any]:
    """The values sealed in a blob by slot; none if its key was destroyed.

    For comparison alone: nothing is verified, and pieces that are about somebody else are left out.
    """
    plain = decrypted(blob, row, ledger_id, vault)
    if plain is None:
        return {}
    return plain["values"] | {
        name: "".join(said for _, said in runs if isinstance(said, str))
        for name, runs in plain["texts"].items()
    }


def decrypted(blob: bytes, row: StoredRow, ledger_id: bytes, vault: Vault) -> dict[str, Any] | None:
    """What a blob holds, or None if its key was destroyed."""
    cipher = vault.cipher(blob[_ID])
    return None if cipher is None else _opened(blob, row, ledger_id, cipher)


def _opened(blob: bytes, row: StoredRow, ledger_id: bytes, cipher: AESGCM) -> dict[str, Any]:
    bound = sealed_with(ledger_id, row.stream, row.version, blob[_ID])
    try:
        if blob[:1] != SEAL_FORMAT:
            raise InvalidTag
        return orjson.loads(cipher.decrypt(blob[_IV], blob[_IV.stop :], bound))
    except InvalidTag as error:
        raise IntegrityFailure(
            f"Entry {row.position} ({row.stream} version {row.version}): "
            "a sealed part does not open under its key."
        ) from error


def _entry(
    position: int,
    stream: str,
    version: int,
    topic: str,
    schema: int,
    office: dict[str, Any],
    opened: Mapping[str, Any],
) -> Entry:
    values: dict[str, Any] = office["values"]
    actor, context = values.pop("actor"), values.pop("context")
    values.pop("sealed")
    for name in office["sealed"]:
        values[name] = opened.get(name, Concealed.SEALED)
    if any(name.startswith("answers.") for name in values):
        _gather_answers(values, office["sealed"])
    try:
        fact = fact_from(topic, schema, values)
        return Entry(position, stream, version, fact, Actor(**actor), Context.from_slot(context))
    except (ValidationError, KeyError, TypeError) as error:
        raise UnreadableEntry(
            f"Entry {position} ({topic}, schema {schema}) is intact but does not fit this version: "
            "upgrade caseledger to read it."
        ) from error


def _gather_answers(values: dict[str, Any], sealed: Mapping[str, Any]) -> None:
    answers: dict[str, dict[str, Any]] = {"office": {}, "personal": {}}
    for name in [name for name in values if name.startswith("answers.")]:
        tier = answers["personal" if name in sealed else "office"]
        tier[name.removeprefix("answers.")] = values.pop(name)
    values[ANSWERS] = answers
