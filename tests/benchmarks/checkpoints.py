"""Checkpoints and proofs of a long log: the trees from nothing, the next checkpoint, and a proof by itself."""

from __future__ import annotations

from functools import partial
from hashlib import sha256
from pathlib import Path
from random import Random
from statistics import median

from ledger.entry import Actor
from ledger.evidence.proving.proofs import Proofs, proving
from ledger.evidence.signing.checkpoints import make_checkpoint
from ledger.evidence.signing.notes import Checkpoint
from ledger.evidence.signing.signer import FOLDER, Signer
from ledger.evidence.trees.trees import Trees
from ledger.registers.people.parties import RecordParty
from ledger.service import Ledger
from ledger.store import LedgerStore, open_trees_store
from tests.benchmarks.built_log import BuiltLog
from tests.benchmarks.measuring import Measured, once, ratio_of, short, taking_turns

ROUNDS = 3
ASKED = 1_000
SIGNER = Actor("machine", "signer", version="1")

_NODE = b"\0" * 65
_MAP_LEAF = b"\0" * 73


def measure(log: BuiltLog) -> list[Measured]:
    """A first checkpoint beside a scan that does the same SHA-256 work bare; the next one; a proof."""
    with (
        log.open() as ledger,
        Trees.open(log.location, ledger.store) as trees,
    ):
        folder = log.master_key.parent / FOLDER
        signer = Signer(folder)
        _next(ledger, trees, signer)  # introduces the keys
        streams = _count_streams(ledger, trees)
        took = taking_turns(
            {
                "ours": lambda _: once(partial(_first, ledger, log, folder)),
                "bare": lambda _: once(partial(_hashed_bare, ledger.store, streams)),
            },
            rounds=ROUNDS,
        )
        after = [once(partial(_next, ledger, trees, signer)) for _ in range(ROUNDS)]
        with proving(ledger.store, trees) as proofs:
            entry, head = _asked(ledger.store, proofs)
    place, entries = log.name, log.entries
    return [
        Measured(
            f"{place}: the first checkpoint of {entries:,} entries, {streams:,} streams",
            f"{short(median(took['ours']))}, {short(median(took['ours']) / entries)} an entry",
            f"scan and the same SHA-256 work done bare {short(median(took['bare']))}",
            ratio_of(took["ours"], took["bare"]),
            "seconds",
        ),
        Measured(f"{place}: the next one, after one more entry", short(median(after))),
        Measured(
            f"{place}: the proof of an entry / of a stream's head",
            f"{short(entry)} / {short(head)}",
            budget="microseconds",
        ),
    ]


def _first(ledger: Ledger, log: BuiltLog, folder: Path) -> None:
    """A checkpoint for which everything has to be made: the trees, and the signer's memory."""
    kept = open_trees_store(log.location)
    kept.start_anew()
    kept.close()
    for memory in ("head.json", "leaves"):
        (folder / memory).unlink(missing_ok=True)
    with Trees.open(log.location, ledger.store) as trees:
        _next(ledger, trees, Signer(folder))


def _next(ledger: Ledger, trees: Trees, signer: Signer) -> None:
    ledger.handle(RecordParty(party_id=ledger.new_id(), name="One more"), actor=SIGNER)
    made = make_checkpoint(ledger, trees, signer, actor=SIGNER)
    if Checkpoint.read(made.note.text).size != ledger.store.tip():
        raise AssertionError("the checkpoint is not over all that is recorded")


def _count_streams(ledger: Ledger, trees: Trees) -> int:
    with proving(ledger.store, trees) as proofs:
        return proofs.anchor.streams


def _asked(store: LedgerStore, proofs: Proofs) -> tuple[float, float]:
    """What a proof of an entry and one of a stream's head take, of any in the log."""
    chance = Random(proofs.size)
    positions = [chance.randint(1, proofs.leaves) for _ in range(ASKED)]
    streams = [store.entries(after=each - 1, limit=1)[0].stream for each in positions]
    entries = [once(partial(proofs.inclusion, position)) for position in positions]
    heads = [once(partial(proofs.head, stream)) for stream in streams]
    return median(entries), median(heads)


def _hashed_bare(store: LedgerStore, streams: int) -> None:
    """Of each entry its line, a node of our tree and one of the signer's; of each stream key, head, leaf, node."""
    for chunk in store.scan():
        for row in chunk:
            state = row[4]
            sha256(state[: state.index(b"\n")]).digest()
            sha256(_NODE).digest()
            sha256(_NODE).digest()
    for _ in range(streams):
        sha256(_NODE).digest()
        sha256(_NODE).digest()
        sha256(_MAP_LEAF).digest()
        sha256(_NODE).digest()
