"""Erasing: an erasure carried out from its approval to its certificate, and brought to its end after any crash.

Once `ErasureBegun` is recorded there is no way back: whoever opens the ledger next finishes it before
anything else. The order is: new master key on disk, keys destroyed, sealed parts deleted, files swept,
certificate recorded; each step finds what the one before left.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import orjson

from ledger.case.erased import MarkErased
from ledger.commands import Request
from ledger.entry import Actor, Receipt
from ledger.errors import Refusal
from ledger.evidence.erased import erased_on_record
from ledger.evidence.slots import b64u, from_b64u
from ledger.ids import case_stream, reference_of
from ledger.keeping import command_id, in_one_write
from ledger.registers.erasures import (
    ERASURE,
    ApproveErasure,
    BeginErasure,
    Erasure,
    ErasureCommand,
    ProposeErasure,
    RecordErasureCarriedOut,
)
from ledger.store import SealedRow, vaults

if TYPE_CHECKING:
    from ledger.service import Ledger

_GIVE_OUT = ("release", "disclosure", "inquiry")
"""Kinds of streams by which something is given out of the house."""
FINISHER = Actor("machine", "erasure", version="1")
"""Who brings an interrupted erasure to its end."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What an erasure reaches: the ids of keys, and the streams in which they sealed something."""

    keys: frozenset[bytes]
    streams: tuple[str, ...]

    @property
    def cases(self) -> tuple[UUID, ...]:
        """The cases among the streams."""
        named = (each.partition("/") for each in self.streams)
        return tuple(UUID(key) for kind, _, key in named if kind == "case")


def reach_of(ledger: Ledger, *, party: UUID | None, cases: Iterable[UUID]) -> Reach:
    """The keys under which anything about a person lies, and all keys used in whole cases."""
    keys: dict[bytes, str] = {}
    if party is not None:
        keys |= ledger.vault.keys_of(f"party/{party}")
    for case_id in cases:
        stream = case_stream(case_id)
        keys |= {each.key_id: stream for each in _sealed_in(ledger, stream)}
    return Reach(frozenset(keys), tuple(sorted(set(keys.values()))))


def erasure_of(ledger: Ledger, erasure_id: UUID) -> Erasure:
    """An erasure as it stands."""
    erasure = ERASURE.initial
    for read in ledger.read(f"erasure/{erasure_id}"):
        erasure = ERASURE.evolve(erasure, read.entry)
    return erasure


def propose(ledger: Ledger, asked: ProposeErasure, *, actor: Actor) -> Receipt:
    """Proposes an erasure; Refusal, on record, if anything that it reaches is held."""
    cases = {*asked.cases, *(each.case_id for each in asked.disposal)}
    reach = reach_of(ledger, party=asked.party, cases=cases)
    return _asked(ledger, asked.model_copy(update={"touched": reach.cases}), actor)


def approve(ledger: Ledger, erasure_id: UUID, *, actor: Actor) -> Receipt:
    """Approves an erasure as the second person; Refusal, on record, if anything that it reaches is held."""
    reach = _reach(ledger, erasure_of(ledger, erasure_id))
    return _asked(ledger, ApproveErasure(erasure_id=erasure_id, touched=reach.cases), actor)


def carry_out(ledger: Ledger, erasure_id: UUID, *, actor: Actor, master_key: Path) -> Receipt:
    """Carries out an approved erasure; Refusal, on record, if anything that it reaches is held.

    Interrupted, it is finished by asking again, or when the ledger is opened next.
    """
    erasure = erasure_of(ledger, erasure_id)
    if not erasure.begun:
        reach = _reach(ledger, erasure)
        begin = BeginErasure(
            erasure_id=erasure_id,
            keys=tuple(sorted(b64u(each) for each in reach.keys)),
            streams=reach.streams,
            touched=reach.cases,
        )
        _asked(ledger, begin, actor)
    return finish(ledger, erasure_id, actor=actor, master_key=master_key)


def finish(ledger: Ledger, erasure_id: UUID, *, actor: Actor, master_key: Path) -> Receipt:
    """Destroys the keys of an erasure that was begun, deletes what they sealed, sweeps the files, and certifies it."""
    erasure = erasure_of(ledger, erasure_id)
    keys = frozenset(from_b64u(each) for each in erasure.keys or ())
    ledger.destroy_keys(keys, master_key=master_key)
    gone = [
        (each.position, each.key_id)
        for stream in erasure.streams
        for each in _sealed_in(ledger, stream)
        if each.key_id in keys
    ]
    ledger.store.erase_sealed(gone)
    done = RecordErasureCarriedOut(
        erasure_id=erasure_id,
        keys_destroyed=len(keys),
        parts_deleted=_parts(ledger, erasure, keys),
        epoch=ledger.vault.epoch,
        releases=given_out(ledger, erasure.streams),
    )
    cases = Reach(keys, erasure.streams).cases
    return in_one_write(
        ledger,
        [
            Request(done, actor),
            *(
                Request(
                    MarkErased(case_id=each, erasure_id=erasure_id),
                    actor,
                    command_id(erasure_id, each),
                )
                for each in cases
            ),
        ],
    )


def given_out(ledger: Ledger, streams: Iterable[str]) -> tuple[str, ...]:
    """The streams of releases, disclosures and inquiries that name any of these: what they gave out no key reaches."""
    named = [each.partition("/")[2].encode() for each in streams]
    return tuple(
        stream
        for kind in _GIVE_OUT
        for stream in ledger.store.streams(kind)
        if any(each in row.state for row in ledger.store.stream(stream) for each in named)
    )


def finish_begun(ledger: Ledger, *, master_key: Path) -> None:
    """Finishes what was begun and interrupted; IntegrityFailure where a key that was destroyed is back."""
    recorded = erased_on_record(ledger.store)
    if ledger.vault.holds_any(recorded.carried_out):
        raise vaults.destroyed_returned()
    if recorded.begun == recorded.carried_out:
        return
    for stream in ledger.store.streams("erasure"):
        erasure_id = UUID(stream.partition("/")[2])
        erasure = erasure_of(ledger, erasure_id)
        if erasure.begun and not erasure.carried_out:
            finish(ledger, erasure_id, actor=FINISHER, master_key=master_key)


def _reach(ledger: Ledger, erasure: Erasure) -> Reach:
    return reach_of(ledger, party=erasure.party, cases=erasure.whole_cases)


def _asked(ledger: Ledger, command: ErasureCommand, actor: Actor) -> Receipt:
    receipt = ledger.handle(command, actor=actor)
    held = erasure_of(ledger, command.erasure_id).refused
    if held:
        listed = ", ".join(reference_of(each) for each in held[:5])
        raise Refusal(
            f"{len(held)} cases that this reaches are on hold ({listed}), so nothing of it is erased, and "
            "that it was asked is recorded: wait until the holds are released.",
            rule="held",
        )
    return receipt


def _sealed_in(ledger: Ledger, stream: str) -> list[SealedRow]:
    return ledger.store.sealed([row.position for row in ledger.store.stream(stream)])


def _parts(ledger: Ledger, erasure: Erasure, keys: frozenset[bytes]) -> int:
    """How many sealed parts these keys had, as the entries themselves say."""
    return sum(
        len(keys.intersection(_sealed_under(row.state)))
        for stream in erasure.streams
        for row in ledger.store.stream(stream)
    )


def _sealed_under(state: bytes) -> list[bytes]:
    """The ids of the keys under which a stored entry has, or had, sealed parts."""
    sealed: dict[str, Any] = orjson.loads(state.partition(b"\n")[2])["values"]["sealed"]
    return [from_b64u(key) for key in sealed]
