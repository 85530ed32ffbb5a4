"""Erasing: an erasure carried out from its approval to its certificate, and brought to its end after any crash.

Once `ErasureBegun` is recorded there is no way back: whoever opens the ledger next finishes it before
anything else. The order is: new master key on disk, keys destroyed, sealed parts deleted, files swept,
certificate recorded; each step finds what the one before left.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from ledger.case.erased import MarkErased
from ledger.commands import Request
from ledger.entry import Actor, Receipt
from ledger.errors import DiskFull, KeysDamaged, NotSwept, Refusal
from ledger.ids import case_stream, reference_of, subject_id_of
from ledger.interface import AnyLedger
from ledger.keeping import command_id, in_one_write
from ledger.personal.opening import sealed_slots
from ledger.registers.keeping.erasures import (
    BeginErasure,
    Erasure,
    ErasureRefused,
    RecordErasureCarriedOut,
)
from ledger.sealing.erased import destroyed_off_record, erased_on_record, sealed_under
from ledger.sealing.reading import verified_entry
from ledger.sealing.slots import b64u, from_b64u
from ledger.sealing.whose import first_parts, parts_under
from ledger.store import SealedRow, vaults
from ledger.then import NOW, Then

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


def reach_of(ledger: AnyLedger, *, party: UUID | None, cases: Iterable[UUID]) -> Reach:
    """The keys under which anything about a person lies, and all keys used in whole cases.

    Those of a person that an erasure destroyed of which no entry tells are among them: it is put on record again so.
    """
    keys: dict[bytes, str] = {}
    if party is not None:
        subject = f"party/{party}"
        keys |= ledger.vault.keys_of(subject)
        keys |= destroyed_off_record(ledger.store, ledger.vault).get(subject, {})
    for case_id in cases:
        stream = case_stream(case_id)
        keys |= {each.key_id: stream for each in _sealed_in(ledger, stream)}
    return Reach(frozenset(keys), tuple(sorted(set(keys.values()))))


def shared_with_others(ledger: AnyLedger, reach: Reach, *, party: UUID) -> int:
    """How many entries hold words about a person in a text about others: those words go, and the text stays."""
    own, found = f"party/{party}", 0
    for stream in reach.streams:
        for row in ledger.store.stream(stream):
            if not reach.keys.intersection(sealed_under(row)):
                continue
            entry = verified_entry(row, ledger.store.ledger_id).entry
            found += own not in (stream, *(entry.subject_of(slot) for slot in sealed_slots(entry)))
    return found


def erasure_of(ledger: AnyLedger, erasure_id: UUID, then: Then = NOW) -> Erasure:
    """An erasure as it stands, or stood then."""
    return ledger.state_of(f"erasure/{erasure_id}", then)


def touched(
    ledger: AnyLedger, *, party: UUID | None = None, cases: Iterable[UUID] = ()
) -> tuple[UUID, ...]:
    """The cases in which something is sealed that an erasure of these would reach, as the vault knows them."""
    return reach_of(ledger, party=party, cases=cases).cases


def touched_by(ledger: AnyLedger, erasure_id: UUID) -> tuple[UUID, ...]:
    """The same of an erasure that was proposed."""
    return _reach(ledger, erasure_of(ledger, erasure_id)).cases


def beginning_of(ledger: AnyLedger, erasure_id: UUID) -> BeginErasure:
    """What begins an erasure: the keys that it is to destroy, where they sealed something, and what it touches."""
    reach = _reach(ledger, erasure_of(ledger, erasure_id))
    return BeginErasure(
        erasure_id=erasure_id,
        keys=tuple(sorted(b64u(each) for each in reach.keys)),
        streams=reach.streams,
        touched=reach.cases,
    )


def carry_out(ledger: AnyLedger, request: Request) -> Receipt:
    """Begins an approved erasure and brings it to its end; Refusal, on record, if anything that it reaches is held.

    The receipt is that of its beginning. Interrupted, it is finished by asking again, or when the
    ledger is opened next.
    """
    asked = request.command
    assert isinstance(asked, BeginErasure)
    keys = [from_b64u(each) for each in asked.keys]
    ledger.vault.refuse_damaged(apart_from=keys)
    _refuse_of_others(ledger, erasure_of(ledger, asked.erasure_id), keys)
    receipt = in_one_write(ledger, [request])
    if erasure_of(ledger, asked.erasure_id).begun:
        finish(ledger, asked.erasure_id, actor=request.actor)
    return receipt


def _refuse_of_others(ledger: AnyLedger, erasure: Erasure, keys: Collection[bytes]) -> None:
    """KeysDamaged where a key has sealed anything that is not to be erased, as where the vault gives it to another.

    And where another has sealed something that is, which would stay though it is certified to be gone.
    And where one is not in the index of the vault: that is not destroyed, and once it is begun nobody could go on.
    """
    assignments = ledger.vault.assignments
    if assignments.not_found(assignments.owners(keys)):
        raise vaults.index_damaged()
    whole = {case_stream(each) for each in erasure.whole_cases}
    own = erasure.party and f"party/{erasure.party}"
    for row, about in parts_under(ledger.store, ledger.vault, keys):
        if row.stream not in whole and about != own:
            raise vaults.of_another(row.position)
    for row, about in first_parts(ledger.store, ledger.vault, apart_from=keys) if own else ():
        if about == own:
            raise vaults.given_to_another(row.position)


def refuse_held(ledger: AnyLedger, receipt: Receipt) -> None:
    """Refusal where what was recorded is that something was to be erased which is held."""
    read = ledger.read(receipt.stream, upto_version=receipt.version)
    fact = read[-1].entry.fact if read else None
    if isinstance(fact, ErasureRefused):
        listed = ", ".join(reference_of(each) for each in fact.held[:5])
        raise Refusal(
            f"Of the cases that this reaches some are on hold ({listed}), so nothing of it is erased, "
            "and that it was asked is recorded: wait until the holds are released.",
            rule="held",
        )


def finish(ledger: AnyLedger, erasure_id: UUID, *, actor: Actor) -> None:
    """Destroys the keys of an erasure that was begun, deletes what they sealed, sweeps the files, and certifies it."""
    erasure = erasure_of(ledger, erasure_id)
    keys = frozenset(from_b64u(each) for each in erasure.keys or ())
    ledger.destroy_keys(keys)
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
    in_one_write(
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


def given_out(ledger: AnyLedger, streams: Iterable[str]) -> tuple[str, ...]:
    """The streams of releases, disclosures and inquiries that name any of these: what they gave out no key reaches."""
    named = [each.partition("/")[2].encode() for each in streams]
    return tuple(
        stream
        for kind in _GIVE_OUT
        for stream in ledger.store.streams(kind)
        if any(each in row.state for row in ledger.store.stream(stream) for each in named)
    )


def finish_begun(ledger: AnyLedger) -> None:
    """Finishes what was begun and interrupted; IntegrityFailure where a key that was destroyed is back.

    What cannot be swept while somebody reads, as who takes a backup does, or while the disk has no room for it, or is
    not wrapped anew while other keys are damaged, is left for whoever asks or opens the ledger next: it keeps nobody
    from working.
    """
    recorded = erased_on_record(ledger.store)
    if ledger.vault.holds_any(recorded.carried_out):
        raise vaults.destroyed_returned()
    if recorded.begun == recorded.carried_out:
        return
    for stream in ledger.store.streams("erasure"):
        erasure_id = subject_id_of(stream)
        erasure = erasure_of(ledger, erasure_id)
        if erasure.begun and not erasure.carried_out:
            with suppress(NotSwept, KeysDamaged, DiskFull):
                finish(ledger, erasure_id, actor=FINISHER)


def _reach(ledger: AnyLedger, erasure: Erasure) -> Reach:
    return reach_of(ledger, party=erasure.party, cases=erasure.whole_cases)


def _sealed_in(ledger: AnyLedger, stream: str) -> list[SealedRow]:
    return ledger.store.sealed([row.position for row in ledger.store.stream(stream)])


def _parts(ledger: AnyLedger, erasure: Erasure, keys: frozenset[bytes]) -> int:
    """How many sealed parts these keys had, as the entries themselves say."""
    return sum(
        len(keys.intersection(sealed_under(row)))
        for stream in erasure.streams
        for row in ledger.store.stream(stream)
    )
