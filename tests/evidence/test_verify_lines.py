"""Verification finds what an attacker wrote into an entry with its digests in agreement, or beside what they are of."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ledger.errors import IntegrityFailure
from ledger.sealing.heads import decode_line
from ledger.sealing.master_key import MasterKey
from ledger.sealing.slots import content_of
from ledger.store.sqlite.ledger import SqliteLedgerStore
from tests.erasing.house import erased, two_people
from tests.evidence import by_the_book as book
from tests.evidence.altered import Copy, altered_office, copy, office
from tests.ledgers import Place, place_in

__all__ = ["copy", "office"]


def written_anew(state: bytes, **values: Any) -> bytes:
    """The entry with other values, and its line made to agree with them."""
    line, office = book.split_state(state)
    office["values"] |= values
    content = content_of(book.bytes_of(office["seed"]), office["values"], office["sealed"])
    said = line[: len(b'{"content":"')] + book.b64u(content).encode() + line[55:]
    return said + b"\n" + book.canonical(office)


def after(copy: Copy, stream: str, version: int) -> int:
    """The position of the entry that follows in a stream."""
    with closing(SqliteLedgerStore(copy.home)) as store:
        return next(row.position for row in store.stream(stream) if row.version == version + 1)


def test_what_is_written_beside_the_values_of_an_entry_is_found(copy: Copy) -> None:
    """No digest is of it, and so nothing else would tell."""
    position, _, _, state = copy.row("NoteAdded")
    copy.put_state(position, altered_office(state, lambda part: part.update(also="By hand.")))
    assert copy.found() == [("office-unclaimed", position)]


def test_an_entry_that_was_written_anew_is_found_by_the_one_after_it(copy: Copy) -> None:
    position, stream, version, state = copy.row("CaseRouted")
    copy.put_state(position, written_anew(state))
    assert copy.found() == [], "the very same was written"
    copy.put_state(position, written_anew(state, team="RDW"))
    found = copy.found()
    assert found[0] == ("head-broken", after(copy, stream, version))
    assert {code for code, _ in found} == {"head-broken"}


def test_a_line_in_other_words_is_found(copy: Copy) -> None:
    position, _, _, state = copy.row("CaseResolved", last=True)
    copy.put_state(position, state.replace(b'"schema":', b'"schema": ', 1))
    assert ("line-not-canonical", position) in copy.found()


def test_a_line_whose_digits_are_of_another_script_is_no_line(copy: Copy) -> None:
    *_, state = copy.row("CaseResolved")
    line = state.partition(b"\n")[0]
    assert decode_line(line).recorded_at.startswith("2026-")
    with pytest.raises(IntegrityFailure, match="not a canonical line"):
        decode_line(line.replace(b'_at":"2026-', '_at":"202\N{ARABIC-INDIC DIGIT SIX}-'.encode()))


def test_an_entry_of_a_schema_that_nobody_has_written_yet_is_found(copy: Copy) -> None:
    position, _, _, state = copy.row("CaseResolved", last=True)
    copy.put_state(position, state.replace(b'"schema":2', b'"schema":9', 1))
    assert ("topic-unknown", position) in copy.found()


@pytest.mark.parametrize("part", [b"", b"{}", b'{"sealed":{},"seed":"","values":{}}'])
def test_an_erasure_that_cannot_be_read_is_found_and_no_ledger_opens_over_it(
    tmp_path: Path, part: bytes
) -> None:
    """Verification itself ended by it, as by a defect, and said nothing of the rest."""
    place, home = an_erasure(tmp_path)
    position, _, _, state = home.row("ErasureBegun")
    home.put_state(position, state.partition(b"\n")[0] + b"\n" + part)
    assert ("office-unreadable", position) in home.found()
    refuses_to_open(place, position)


def test_an_erasure_that_names_no_keys_any_more_is_found(tmp_path: Path) -> None:
    place, home = an_erasure(tmp_path)
    position, _, _, state = home.row("ErasureBegun")
    home.put_state(position, altered_office(state, lambda part: part["values"].pop("keys")))
    assert home.found() == [("content-altered", position)]
    refuses_to_open(place, position)


def an_erasure(folder: Path) -> tuple[Place, Copy]:
    """An office in which somebody was erased, and its files."""
    place = place_in(folder / "office")
    with place.office() as ledger:
        erased(ledger, two_people(ledger))
    assert isinstance(place.location, Path)
    return place, Copy(place.location, MasterKey.read(place.master_key))


def refuses_to_open(place: Place, position: int) -> None:
    with pytest.raises(IntegrityFailure, match=f"Entry {position} .*what is stored there is no"):
        place.open()
