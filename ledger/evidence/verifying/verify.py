"""Verification: every stored byte is hashed again and held against what the lines, heads and slots say.

Reads the whole log once, in the order of positions. A finding says what is wrong, where, and what it
means; nothing is ever repaired in place.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from functools import partial

from ledger.errors import IntegrityFailure, UnreadableEntry
from ledger.evidence.signing.signer import Signer
from ledger.evidence.verifying.ahead import Ahead, looking_ahead
from ledger.evidence.verifying.anchoring import Anchoring, Stretch
from ledger.evidence.verifying.examining import Examiner, Finding, Keys, Reached, unclaimed_parts
from ledger.evidence.verifying.kept_notes import FIRST
from ledger.evidence.verifying.vouching import Vouched
from ledger.input.quoting import in_entries
from ledger.sealing.erased import destroyed_off_record, erased_on_record
from ledger.sealing.slots import b64u
from ledger.sealing.vault import Vault
from ledger.sealing.whose import misgiven, parts_at
from ledger.store import LedgerStore, Location

Progress = Callable[[int, int], None]
ALONE_UPTO = 45_000
"""A log so short is verified in this process alone: another takes as long to start."""
_A_RANGE = 15_000
_NAMED = 5


@dataclass(slots=True)
class Verification:
    """What was verified and what was found; `root` is the Merkle root over the entries (base64url).

    `opened` says whether the first part under each key was opened, which takes the master key.
    """

    entries: int = 0
    streams: int = 0
    sealed_parts: int = 0
    erased_parts: int = 0
    lost: int = 0
    checkpoints: int = 0
    opened: bool = True
    root: str = ""
    findings: list[Finding] = field(default_factory=list[Finding])


class Pass:
    """One pass over the log, range by range, from the first entry to what was the last when it began."""

    def __init__(self, store: LedgerStore, vault: Vault, signer: Signer | None = None) -> None:
        self._store = store
        self._vault = vault
        self._reached = Reached()
        damaged = vault.damaged()
        self._keys = Keys(
            _destroyed(store, vault),
            lambda each: vault.is_absent or (each not in damaged and vault.holds(each)),
            partial(misgiven, ledger_id=store.ledger_id, vault=vault),
        )
        self._examiner = Examiner(store, self._keys, self._reached)
        self._anchoring = Anchoring(store, signer, self._report)
        self.tip = store.tip()
        self._examiner.findings += [
            Finding(
                "guard-altered", f"The store lacks {name}, has it changed, or should not have it."
            )
            for name in store.altered
        ]

    @property
    def destroyed(self) -> frozenset[bytes]:
        """The ids of the keys that are destroyed."""
        return self._keys.destroyed

    @property
    def position(self) -> int:
        """The last entry that was examined."""
        return self._reached.position

    def go_on(self, upto: int, vouched: Vouched | None = None) -> bool:
        """Takes in the entries up to a position: as vouched for, where that holds, else by examining them.

        Answers whether it was vouched for.
        """
        if (
            vouched is not None
            and vouched.holds_after(self._reached)
            and self._rightly_given(vouched.keys_first_met(self._reached))
        ):
            self._take_over(vouched)
            return True
        self._examiner.examine(upto)
        self._anchoring.take(self._examiner.stretch)
        self._examiner.stretch = Stretch()
        return False

    def end(self) -> Verification:
        """What there is to say once all entries are taken in."""
        examiner, reached = self._examiner, self._reached
        examiner.end()
        if not examiner.findings:  # else it is known already that streams are not what they were
            self._check_streams()
        self._check_reservations()
        self._check_sealed_elsewhere()
        self._check_erasures()
        self._anchoring.end()
        self._check_losses()
        if reached.position != self.tip:
            self._report(
                "entry-missing", f"the log should go on to position {self.tip}", reached.position
            )
        return Verification(
            entries=examiner.counted.entries,
            streams=len(reached.heads),
            sealed_parts=examiner.counted.sealed_parts,
            erased_parts=examiner.counted.erased_parts,
            lost=examiner.counted.lost,
            checkpoints=self._anchoring.checkpoints,
            opened=not self._vault.is_shut,
            root=b64u(self._anchoring.tree.root()),
            findings=examiner.findings,
        )

    def _rightly_given(self, first_parts: Mapping[bytes, int]) -> bool:
        """Whether each of these keys is the one of whom it sealed something about, at the position that is given."""
        return not any(self._keys.misgiven(parts_at(self._store, first_parts)))

    def _take_over(self, vouched: Vouched) -> None:
        reached, left = self._reached, vouched.left
        reached.position, reached.recorded_at = left.position, left.recorded_at
        reached.policies, reached.command = left.policies, left.command
        reached.heads.update(left.heads)
        reached.keys.update(left.keys)
        self._examiner.counted.add(vouched.counted)
        self._anchoring.take(vouched.stretch)

    def _check_streams(self) -> None:
        """A stream that is read by itself has the entries that the log has of it, and no others."""
        heads = self._reached.heads
        met = set[str]()
        for stream, entries, newest, versions in self._store.by_stream(upto=self.tip):
            met.add(stream)
            expected = heads[stream][0] if stream in heads else 0
            if (entries, newest, versions) != (expected, expected, expected * (expected + 1) / 2):
                self._differs(stream, entries, expected)
        for stream in heads.keys() - met:
            self._differs(stream, 0, heads[stream][0])

    def _differs(self, stream: str, entries: int, expected: int) -> None:
        self._examiner.findings.append(
            Finding(
                "stream-disagrees",
                f"Read by itself {stream} has {in_entries(entries)}, and the log has {expected} of it: one was put "
                "where no position is, or the index by which streams are read is damaged.",
                stream=stream,
            )
        )

    def _check_losses(self) -> None:
        """Every place of which only a digest is left is in a loss that was recorded."""
        recorded = self._anchoring.signing.lost
        for position, _ in self._store.lost(after=FIRST):
            if not any(first <= position <= last for first, last in recorded):
                self._report(
                    "loss-unrecorded",
                    "it is lost, and no entry says so: run `caseledger recover`",
                    position,
                )

    def _check_reservations(self) -> None:
        """Every reservation was made by an entry that is there: one that was taken off the end left its own behind."""
        count, beyond = 0, set[int]()
        for _, position in self._store.reservations():
            count += position <= self.tip
            if position > self.tip:
                beyond.add(position)
        now = self._store.tip()
        for position in sorted(each for each in beyond if each > now):
            self._report("entry-missing", "the entry that reserved this place is gone", position)
        unclaimed = count - self._examiner.counted.reserved
        if unclaimed > 0:
            self._report(
                "reservation-unclaimed",
                f"reservations up to here that were made by no entry: {unclaimed}",
                self.tip,
            )

    def _check_sealed_elsewhere(self) -> None:
        """No sealed part lies before the first entry or behind the last one, where nobody would look at it."""
        before = self._store.sealed_positions(after=FIRST, upto=0)
        beyond = self._store.sealed_positions(after=self.tip)
        now = self._store.tip()
        unclaimed = [*before, *(each for each in beyond if each > now)]
        self._examiner.findings += unclaimed_parts(unclaimed)

    def _check_erasures(self) -> None:
        """Whatever was destroyed was erased on an authority that is recorded, and whatever was erased stays so."""
        try:
            recorded = erased_on_record(self._store)
        except IntegrityFailure:
            return  # an erasure that cannot be read is reported where it stands
        unrecorded = self._keys.destroyed - recorded.begun
        if unrecorded:
            self._report(
                "erasure-unrecorded",
                f"keys that were destroyed while no entry says on what authority: {len(unrecorded)}{self._whose()}",
                self.tip,
            )
        returned = [each for each in recorded.carried_out if self._vault.holds(each)]
        if returned:
            self._report(
                "key-returned", f"keys that were destroyed and are back: {len(returned)}", self.tip
            )
        for position in [at for at, key in self._examiner.kept if key in recorded.carried_out]:
            self._report(
                "sealed-returned", "a sealed part lies there that was erased and deleted", position
            )

    def _whose(self) -> str:
        """Whose they were, and what to do if an erasure is lost that the vault remembers; "" where none can tell."""
        if self._vault.is_shut:
            return ""
        try:
            subjects = sorted(destroyed_off_record(self._store, self._vault))
        except (IntegrityFailure, UnreadableEntry):
            return ""
        named = [*subjects[:_NAMED], *(["others"] if len(subjects) > _NAMED else [])]
        if not named:
            return ""
        return (
            f" (of {', '.join(named)}): if these entries are from before an erasure, as after a restore, propose "
            "it again and carry it out, which puts it on record"
        )

    def _report(self, code: str, sentence: str, position: int) -> None:
        self._examiner.findings.append(
            Finding(code, f"At position {position}: {sentence}.", position)
        )


def verify(
    store: LedgerStore,
    vault: Vault,
    *,
    signer: Signer | None = None,
    location: Location | None = None,
    cores: int | None = None,
    progress: Progress = lambda _done, _all: None,
) -> Verification:
    """Verifies every entry of a ledger; the findings are empty if all is as it was recorded.

    With the signer's memory, whatever was signed for and is another entry now is named. With the
    location of the store a long log is verified on all cores, or on so many. The answer is
    the same on any number of them.
    """
    passing = Pass(store, vault, signer)
    tip = passing.tip
    with _ahead(location, vault, tip, cores, destroyed=passing.destroyed) as ahead:
        number = 0
        while (after := number * _A_RANGE) < tip:
            upto = min(after + _A_RANGE, tip)
            vouched = ahead.vouched(number) if ahead else None
            passing.go_on(upto, vouched)
            progress(min(tip, upto + (ahead.entries if ahead else 0)), tip)
            number += 1
            if passing.position <= after:  # a gap: on to the next entry, however far
                (following,) = store.entries(after=upto, limit=1) or (None,)
                if following is None:  # nor is there any, however far what is lost is said to go
                    break
                number = (following.position - 1) // _A_RANGE
    return passing.end()


def _destroyed(store: LedgerStore, vault: Vault) -> frozenset[bytes]:
    """The keys that are destroyed: by the vault, or where that is absent by the entries."""
    if not vault.is_absent:
        return vault.destroyed()
    try:
        return erased_on_record(store).begun
    except IntegrityFailure:
        return frozenset()  # an erasure that cannot be read is reported where it stands


def _ahead(
    location: Location | None,
    vault: Vault,
    tip: int,
    cores: int | None,
    *,
    destroyed: frozenset[bytes],
) -> AbstractContextManager[Ahead | None]:
    if location is None or (cores is None and tip <= ALONE_UPTO):
        return nullcontext()
    others = (cores or os.cpu_count() or 1) - 1
    if others < 1:
        return nullcontext()
    return looking_ahead(
        location,
        processes=others,
        tip=tip,
        a_range=_A_RANGE,
        destroyed=destroyed,
        held=None if vault.is_absent else vault.held() - vault.damaged(),
        master=None if vault.is_shut else vault.master,
    )
