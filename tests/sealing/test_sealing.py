"""Sealed entries: nothing in them can be altered or moved, and each part is about one person."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.case.contact.contacts import ContactLogged, NoteAdded
from ledger.errors import IntegrityFailure, LedgerError
from ledger.facts import Concealed
from ledger.sealing.reading import office_entry, sealed_names, verified_entry
from ledger.store import StoredRow
from projections.fold.told import told_by
from tests.evidence import by_the_book as book
from tests.sealing.sealed_entries import (
    ADA,
    BOB,
    CASE,
    LEDGER,
    MeetingHeldInATest,
    SealingDesk,
)

TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=60)


@pytest.fixture(scope="module")
def note(desk: SealingDesk) -> StoredRow:
    return desk.note("il neige encore\x1f")


@given(TEXTS)
def test_a_text_is_read_as_it_was_sealed(desk: SealingDesk, text: str) -> None:
    row = desk.note(text)
    found = desk.read(row).entry.fact
    assert isinstance(found, NoteAdded)
    assert found.text == text


def test_without_a_vault_personal_values_stay_sealed(desk: SealingDesk) -> None:
    row = desk.note("in confidence")
    found = verified_entry(row, LEDGER).entry
    assert found == office_entry(row.position, row.stream, row.version, row.topic, row.state)
    assert found.fact == NoteAdded(note_id=UUID(int=row.position), text=Concealed.SEALED)
    assert b"confidence" not in row.state + desk.blobs[row.position][0]


NO_ENTRY = "Entry 7 \\(case/x version 1\\): what is stored there is no entry; stop, keep the files"


@pytest.mark.parametrize("broken", [b"", b"{}", b"no line\n{", b'{"schema":1,}'])
def test_of_what_is_no_entry_any_more_is_told_that_it_is_not_what_was_recorded(
    broken: bytes,
) -> None:
    with pytest.raises(IntegrityFailure, match=NO_ENTRY):
        office_entry(7, "case/x", 1, "NoteAdded", broken)


@pytest.mark.parametrize(
    "office",
    [
        b'{"seed":', b"[]", b"null", b"{}", b'{"sealed":{},"seed":"","values":{}}',
        b'{"sealed":{},"seed":"","values":[]}',
        b'{"sealed":{},"seed":"","values":{"actor":{},"context":{}}}',
        b'{"seed":"","values":{"actor":{},"context":{},"sealed":{}}}',
    ],
)  # fmt: skip
def test_whoever_looks_at_a_board_is_told_of_an_entry_whose_office_part_is_gone(
    office: bytes,
) -> None:
    """It was told as a defect of the software, which sent whoever runs the ledger the wrong way."""
    state = b'{"schema":1,}\n' + office
    with pytest.raises(IntegrityFailure, match=NO_ENTRY):
        office_entry(7, "case/x", 1, "NoteAdded", state)
    with pytest.raises(IntegrityFailure, match=NO_ENTRY):
        told_by(7, "case/x", 1, "NoteAdded", state)


def test_a_blob_tells_no_more_of_a_text_s_length_than_256_bytes_allow(desk: SealingDesk) -> None:
    rows = [desk.note("no, " * times) for times in range(1, 400, 19)]
    sizes = {len(desk.blobs[row.position][0]) for row in rows}
    assert {size - min(sizes) for size in sizes} <= set(range(0, 4_096, 256))


def test_the_same_note_twice_has_nothing_in_common(desk: SealingDesk) -> None:
    fact = NoteAdded(note_id=UUID(int=1), text="again")
    rows = [desk.seal(fact), desk.seal(fact)]
    offices = [book.split_state(row.state)[1] for row in rows]
    assert offices[0]["seed"] != offices[1]["seed"]
    assert offices[0]["sealed"]["text"] != offices[1]["sealed"]["text"]
    assert desk.blobs[rows[0].position][0][17:] != desk.blobs[rows[1].position][0][17:]


@given(st.data(), st.integers(1, 255))
def test_a_flipped_byte_anywhere_in_what_is_stored_is_found_or_changes_the_digest(
    desk: SealingDesk, note: StoredRow, data: st.DataObject, change: int
) -> None:
    """Of the line, structure that only the head commits to changes the digest, which the next entry cites."""
    digest = desk.read(note).digest
    place = data.draw(st.integers(0, len(note.state) - 1))
    altered = flipped(note.state, place, change)
    try:
        found = desk.read(note._replace(state=altered)).digest
    except LedgerError:
        return
    assert found != digest, f"byte {place} of {len(note.state)}"
    assert place < note.state.index(b"\n"), f"byte {place} is of the office part"


@given(st.data(), st.integers(1, 255))
def test_a_flipped_byte_anywhere_in_a_sealed_part_is_found(
    desk: SealingDesk, note: StoredRow, data: st.DataObject, change: int
) -> None:
    (blob,) = desk.blobs[note.position]
    place = data.draw(st.integers(0, len(blob) - 1))
    with pytest.raises(IntegrityFailure):
        desk.read(note, [flipped(blob, place, change)])


def test_a_sealed_part_cut_short_or_left_empty_is_found(desk: SealingDesk) -> None:
    row = desk.note("whole")
    (blob,) = desk.blobs[row.position]
    for cut in (blob[:-1], blob[:20], b""):
        with pytest.raises(IntegrityFailure):
            desk.read(row, [cut])


def test_a_sealed_part_does_not_open_beside_another_entry(desk: SealingDesk) -> None:
    first, second = desk.note("mine"), desk.note("yours")
    with pytest.raises(IntegrityFailure, match="is not the one that was recorded"):
        desk.read(second, desk.blobs[first.position])


@pytest.mark.parametrize("moved", [{"version": 99}, {"stream": f"case/{UUID(int=8)}"}])
def test_a_sealed_part_is_bound_to_its_stream_and_version(
    desk: SealingDesk, moved: dict[str, object]
) -> None:
    row = desk.note("bound")
    (blob,) = desk.blobs[row.position]
    assert sealed_names(blob, row, LEDGER, desk.vault).names == ["text"]
    with pytest.raises(IntegrityFailure, match="does not open under its key"):
        sealed_names(blob, row._replace(**moved), LEDGER, desk.vault)
    with pytest.raises(IntegrityFailure, match="does not open under its key"):
        sealed_names(blob, row, bytes(16), desk.vault)


def test_an_entry_whose_office_part_is_not_whole_is_refused(desk: SealingDesk) -> None:
    row = desk.note("whole")
    line, _, office = row.state.partition(b"\n")
    parts = (
        b"", b"[]", b"null", office[:-1], b'{"seed":"","values":{}}', office + b" ",
        b'{"seed":9007199254740993}', b'{"sealed":{},"seed":"!","values":{}}',
        b'{"sealed":[],"seed":"AA","values":{}}', b'{"sealed":{},"seed":7,"values":{}}',
        b'{"sealed":{"a":"AA"},"seed":"AA","values":{"a":1}}',
    )  # fmt: skip
    for broken in parts:
        with pytest.raises(IntegrityFailure):
            verified_entry(row._replace(state=line + b"\n" + broken), LEDGER)
    for broken in (b"", b"\n" + office, office, b"\xff\xfe\n" + office):
        with pytest.raises(IntegrityFailure):
            verified_entry(row._replace(state=broken), LEDGER)


def test_the_parts_of_an_entry_about_several_persons_lie_under_the_key_of_each(
    desk: SealingDesk,
) -> None:
    fact = MeetingHeldInATest(
        first=ADA, second=BOB, words_of_first="a a", words_of_second="b b", minutes="c c"
    )
    row = desk.seal(fact)
    parts = [sealed_names(blob, row, LEDGER, desk.vault).names for blob in desk.blobs[row.position]]
    assert sorted(parts) == [["minutes"], ["words_of_first"], ["words_of_second"]]
    keys = {desk.key_of(blob) for blob in desk.blobs[row.position]}
    assert len(keys) == 3
    again = desk.seal(
        MeetingHeldInATest(
            first=BOB, second=BOB, words_of_first="b", words_of_second=None, minutes=None
        )
    )
    assert {desk.key_of(blob) for blob in desk.blobs[again.position]} < keys


def test_what_a_requester_said_is_sealed_under_the_requester_s_key_and_not_the_case_s(
    desk: SealingDesk,
) -> None:
    logged = ContactLogged(
        contact_id=UUID(int=1),
        direction="inbound",
        channel="phone",
        kinds=("chase",),
        reached=True,
        minutes=None,
        party=ADA,
        words="still nothing",
    )
    row = desk.seal(logged)
    (key,) = [desk.key_of(blob) for blob in desk.blobs[row.position]]
    assert key == desk.vault.key_for(f"party/{ADA}", CASE).key_id
    assert desk.read(row).entry.subject_of("words") == f"party/{ADA}"


def test_the_key_of_a_person_in_one_stream_opens_nothing_in_another(desk: SealingDesk) -> None:
    other = f"case/{UUID(int=9)}"
    keys = {
        desk.vault.key_for(subject, stream).key_id
        for subject in (CASE, f"party/{ADA}")
        for stream in (CASE, other)
    }
    assert len(keys) == 4


def flipped(raw: bytes, place: int, change: int) -> bytes:
    return raw[:place] + bytes([raw[place] ^ change]) + raw[place + 1 :]
