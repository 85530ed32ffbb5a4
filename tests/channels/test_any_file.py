"""For all files: each row is read or set aside, once, or the file is refused in one sentence."""

from __future__ import annotations

import gzip
import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from ledger.errors import InvalidCommand
from tests.channels.logs import event, log_of, read, trace, xes

SOUND_XES = xes(
    trace("A-1", event(actor="ann"), event(actor="bob"), channel="Counter"),
    trace("A-2", event("2024-03-04T10:00:00", "write"), end="2024-03-05T00:00:00Z"),
).encode()
SOUND_CSV = (
    b"case:concept:name;channel;start;due;end;time:timestamp;concept:name;org:resource;org:group\n"
    b'A-1;Counter;;;;2024-03-04T09:00:00Z;"look; twice";ann;desk\n'
    b"A-2;Letters;;;;2024-03-04T09:30:00Z;look;bob;desk\n"
    b"A-1;Counter;;;;2024-03-04T10:00:00Z;write;bob;desk\n"
)

edits = st.lists(
    st.tuples(
        st.integers(0, len(SOUND_XES)),
        st.integers(0, 40),
        st.one_of(st.binary(max_size=6), st.sampled_from([b'"', b"<", b"&", b"\n", b";", b"\xff"])),
    ),
    max_size=4,
)


def read_or_refused(content: bytes) -> str:
    """What is said if a log of this content is refused; its rows are checked to add up if not."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            read(log_of(Path(folder), content))
        except InvalidCommand as refusal:
            return str(refusal)
    return "read."


@given(st.sampled_from([SOUND_XES, SOUND_CSV]), edits, st.sampled_from([bytes, gzip.compress]))
@example(SOUND_XES, [], bytes)
@example(SOUND_CSV, [], bytes)
def test_a_file_with_any_bytes_changed_is_read_whole_or_refused(
    sound: bytes, changes: list[tuple[int, int, bytes]], pack: Callable[[bytes], bytes]
) -> None:
    content = sound
    for start, length, put in changes:
        at = start % (len(content) + 1)
        content = content[:at] + put + content[at + length :]
    said = read_or_refused(pack(content))
    assert said.endswith(".")
    assert "\n" not in said


@given(st.sampled_from([SOUND_XES, SOUND_CSV]), st.data())
def test_a_packed_file_with_any_byte_changed_or_cut_off_is_read_whole_or_refused(
    sound: bytes, data: st.DataObject
) -> None:
    content = bytearray(gzip.compress(sound, mtime=0))
    at = data.draw(st.integers(2, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))
    end = data.draw(st.integers(at, len(content)))
    said = read_or_refused(bytes(content[:end]))
    assert said.endswith(".")
    assert "\n" not in said
