"""Bundles: of one case, of a thousand in flat memory, and their verification beside a bare hash of the file."""

from __future__ import annotations

import multiprocessing
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from statistics import median

from api.verifier import Trusted, trusted_keys, verify_bundle
from ledger.entry import Actor
from ledger.evidence.proving.proofs import Proofs, proving
from ledger.evidence.signing.checkpoints import make_checkpoint
from ledger.evidence.signing.signer import Signer
from ledger.evidence.signing.signing_state import signing_of
from ledger.evidence.trees.trees import Trees
from ledger.service import Ledger
from projections.releases.bundle import bundle
from projections.releases.selection import EntrySelection, Selection, StreamSelection
from projections.releases.streams import Reader
from tests.benchmarks.built_log import BuiltLog
from tests.benchmarks.measuring import Measured, once, peak_mb, short
from tests.benchmarks.office import AUDITOR

ONE_BY_ONE, MANY, FEWER = 20, 1_000, 250
_MAKER = Actor("machine", "bench", version="1")
_READER = Reader(AUDITOR, "a benchmark", "audit")


@dataclass(frozen=True, slots=True)
class Made:
    """A bundle that was made in a process of its own: the time, the peak of its memory, and what it was of."""

    seconds: float
    peak_mb: int
    bytes: int
    entries: int


def measure(log: BuiltLog) -> list[Measured]:
    """One case after another, then many in one bundle, then a verification."""
    name = log.name
    with log.open() as ledger, Trees.open(log.location, ledger.store) as trees:
        signer = Signer.beside(log.master_key)
        signing = once(lambda: make_checkpoint(ledger, trees, signer, actor=_MAKER))
        (key,) = signing_of(ledger.store).in_force("checkpoint")
    with tempfile.TemporaryDirectory(prefix="caseledger-") as folder:
        out = Path(folder) / "release.zip"
        one = [_in_a_process(log, out, first=number, cases=1) for number in range(2)]
        singles = _one_by_one(log, out)
        fewer = _in_a_process(log, out, first=0, cases=FEWER)
        many = _in_a_process(log, out, first=0, cases=MANY)
        trusted = Trusted(trusted_keys(key))
        verified = once(lambda: _confirmed(out, trusted))
        bare = once(lambda: _hashed(out))
    return [
        Measured(
            f"{name}: sign a checkpoint of {log.entries:,} entries, from nothing", short(signing)
        ),
        Measured(
            f"{name}: bundle of one case, two languages, personal values opened",
            f"{short(median(singles))}, {short(median(each.seconds for each in one))} in a new process",
            budget="<= 300 ms",
        ),
        Measured(
            f"{name}: bundle of {MANY:,} cases, {many.entries:,} entries, {many.bytes / 1e6:.0f} MB",
            f"{short(many.seconds)}, peak {many.peak_mb} MB",
            f"{FEWER} cases: {short(fewer.seconds)}, peak {fewer.peak_mb} MB",
            f"{many.peak_mb / fewer.peak_mb:.2f} of the memory",
            "flat",
        ),
        Measured(
            f"{name}: verify-bundle of it",
            short(verified),
            f"SHA-256 of the file, bare {short(bare)}",
            f"{verified / bare:.0f}",
        ),
    ]


def _in_a_process(log: BuiltLog, out: Path, *, first: int, cases: int) -> Made:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_made, (log, out, first, cases))


def _made(log: BuiltLog, out: Path, first: int, cases: int) -> Made:
    with _opened(log) as (ledger, proofs):
        streams = ledger.store.streams("case")[first : first + cases]
        selection = _whole(proofs, streams)
        took = once(lambda: _write(ledger, selection, proofs, out))
    entries = sum(len(each.entries) for each in selection.streams)
    return Made(took, peak_mb(), out.stat().st_size, entries)


def _one_by_one(log: BuiltLog, out: Path) -> list[float]:
    with _opened(log) as (ledger, proofs):
        streams = ledger.store.streams("case")[: ONE_BY_ONE + 1]
        took = [
            once(lambda each=each: _write(ledger, _whole(proofs, [each]), proofs, out))
            for each in streams
        ]
    return took[1:]


@contextmanager
def _opened(log: BuiltLog) -> Iterator[tuple[Ledger, Proofs]]:
    with (
        log.open() as ledger,
        Trees.open(log.location, ledger.store) as trees,
        proving(ledger.store, trees) as proofs,
    ):
        yield ledger, proofs


def _whole(proofs: Proofs, streams: Sequence[str]) -> Selection:
    chosen: list[StreamSelection] = []
    for stream in streams:
        count = proofs.count(stream)
        entries = tuple(EntrySelection(version) for version in range(1, count + 1))
        chosen.append(StreamSelection(stream, count, entries))
    return Selection(tuple(chosen), "whole_stream", "auditor", "a benchmark")


def _write(ledger: Ledger, selection: Selection, proofs: Proofs, out: Path) -> None:
    with out.open("wb") as file:
        for chunk in bundle(ledger, selection, index=(), proofs=proofs, reader=_READER):
            file.write(chunk)


def _confirmed(out: Path, trusted: Trusted) -> None:
    verdict = verify_bundle(out, trusted)
    assert verdict.word == "confirmed", verdict.failure


def _hashed(out: Path) -> None:
    with out.open("rb") as file:
        file_digest(file, "sha256")
