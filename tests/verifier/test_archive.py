"""The zip of a release has one form; slips, bombs and every other form are refused in one sentence."""

from __future__ import annotations

import io
import stat
import warnings
from collections.abc import Callable
from datetime import date
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest

from api.verifier import verify_bundle
from api.verifier.archive import Archive
from api.verifier.failures import NotProven
from projections.releases.packing import File, packed_bag

HONEST = b"".join(packed_bag([File("data/a.txt", b"hello")], [], bagged_on=date(2026, 3, 2)))


def opened(made: bytes) -> Archive:
    return Archive(io.BytesIO(made))


def zipped(
    *names: str, content: bytes = b"x", compression: int = ZIP_STORED, mode: int = 0o644
) -> bytes:
    """A zip as the standard library writes it, with our times and modes."""
    written = io.BytesIO()
    with warnings.catch_warnings(), ZipFile(written, "w") as archive:
        warnings.simplefilter("ignore", UserWarning)  # of names that stand there twice
        for name in names:
            info = ZipInfo(name)
            info.external_attr = mode << 16
            info.create_system = 3
            info.flag_bits = 0x800
            archive.writestr(info, content, compress_type=compression)
    return written.getvalue()


def test_the_honest_zip_opens() -> None:
    archive = opened(HONEST)
    assert archive.names()[:2] == ["release/bagit.txt", "release/data/a.txt"]
    assert b"".join(archive.chunks("release/data/a.txt")) == b"hello"


@pytest.mark.parametrize(
    "name",
    [
        "../evil", "release/../../evil", "/etc/passwd", "C:\\evil", "release\\evil", "release//x",
        "release/./x", "release/.hidden", "release/", "release/é", "release/a\nb", "r" * 300, "~/x",
    ],
)  # fmt: skip
def test_a_name_that_leads_out_of_the_folder_is_refused(name: str) -> None:
    with pytest.raises(NotProven):
        opened(zipped(name))


def test_a_bomb_is_refused_before_anything_of_it_is_unpacked() -> None:
    for compression in (ZIP_DEFLATED, ZIP_BZIP2):
        bomb = zipped("release/data/a", content=bytes(50_000_000), compression=compression)
        assert len(bomb) < 100_000
        with pytest.raises(NotProven, match="compressed"):
            opened(bomb)


def test_two_files_of_one_name_are_refused_even_if_only_capitals_differ() -> None:
    for names in (("release/a", "release/a"), ("release/a", "release/A")):
        with pytest.raises(NotProven):
            opened(zipped(*names))


def test_a_link_in_a_zip_is_refused() -> None:
    with pytest.raises(NotProven):
        opened(zipped("release/a", content=b"/etc/passwd", mode=stat.S_IFLNK | 0o777))


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda made: made + b"\n",
        lambda made: b"#!/bin/sh\n" + made,
        lambda made: made[:-1],
        lambda made: made[:-22],
        lambda made: made[:-2] + b"\x05\x00hello",
        lambda made: made + made,
        lambda made: b"",
        lambda made: b"PK\x05\x06" + bytes(18),
        lambda made: b"%PDF-1.7",
    ],
)
def test_what_is_not_exactly_a_release_s_zip_is_refused_in_one_sentence(
    spoilt: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    file = tmp_path / "release.zip"
    file.write_bytes(spoilt(HONEST))
    verdict = verify_bundle(file)
    assert verdict.word == "failed"
    assert verdict.failure is not None
    assert verdict.failure.sentence.count(".") == 1


def test_every_byte_of_a_zip_counts() -> None:
    for at in range(len(HONEST)):
        raw = bytearray(HONEST)
        raw[at] ^= 0x20
        with pytest.raises(NotProven):  # noqa: PT012 - the bytes are read when they are asked for
            archive = opened(bytes(raw))
            if archive.names() != opened(HONEST).names():
                raise NotProven("another name", step=0)
            for name in archive.names():
                list(archive.chunks(name))
