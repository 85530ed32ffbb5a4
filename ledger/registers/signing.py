"""Signing: under which keys the office signs, whose cosignatures it asks for and where, what it lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from ledger.commands import Circumstances, Command, Kind
from ledger.entry import Entry, Happened
from ledger.errors import InvalidCommand, Refusal
from ledger.facts import Fact, fact
from ledger.ids import derived_uuid
from ledger.times import EPOCH

Purpose = Literal["checkpoint", "receipt", "witness"]


@fact
class KeyIntroduced(Fact):
    """From now on signatures under this key count; it is written as C2SP writes a verifier's key.

    Keys for checkpoints and receipts are the office's own, a witness's is another office's.
    """

    purpose: Purpose
    key: str


@fact
class KeyRetired(Fact):
    """From now on nothing is signed under this key any more; what was signed before stands."""

    purpose: Purpose
    key: str


@fact
class WitnessQuorumSet(Fact):
    """From now on a checkpoint counts as witnessed once so many of the witnesses have cosigned it."""

    quorum: int


@fact
class WitnessAddressed(Fact):
    """From now on checkpoints are sent to this witness at this address (C2SP tlog-witness); None: to none any more."""

    key: str
    url: str | None = None


@fact
class EntriesLost(Fact):
    """Entries that had been signed for are gone, as after a restore; their digests stand in their places.

    `signed_root` is the root (base64url) of the checkpoint of `last_position` entries, the last one signed.
    """

    first_position: int
    last_position: int
    signed_root: str


class SigningCommand(Command):
    """Something asked of the stream of keys, of which a ledger has one."""

    asked_of = ("signing", "signing_id")

    signing_id: UUID


class IntroduceKey(SigningCommand):
    """Introduce a key."""

    purpose: Purpose
    key: str = Field(pattern=r"^[^+\s]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]+=*$")


class RetireKey(SigningCommand):
    """Sign under a key no more."""

    purpose: Purpose
    key: str


class SetWitnessQuorum(SigningCommand):
    """Say how many witnesses must cosign a checkpoint."""

    quorum: int = Field(ge=0)


class AddressWitness(SigningCommand):
    """Say at which address a witness is asked, or that it is asked at none."""

    key: str
    url: str | None = Field(default=None, pattern=r"^https?://\S+$", max_length=2_000)


class RecordLoss(SigningCommand):
    """Record that entries are lost of which only the digests are known."""

    first_position: int = Field(ge=1)
    last_position: int
    signed_root: str


@dataclass(frozen=True, slots=True)
class Signing:
    """The keys of each purpose, in force and retired, in the order in which they were introduced, and what was lost."""

    keys: Mapping[Purpose, tuple[str, ...]] = field(default_factory=dict[Purpose, tuple[str, ...]])
    retired: frozenset[str] = frozenset()
    wanted: int | None = None
    """How many witnesses must cosign, where that was said."""
    addresses: Mapping[str, str] = field(default_factory=dict[str, str])
    """Of witnesses that are asked by themselves, by key, where."""
    lost: tuple[tuple[int, int], ...] = ()
    """The first and the last position of each loss."""

    def ever(self, purpose: Purpose) -> tuple[str, ...]:
        """All keys of a purpose, retired ones included: what was signed under them stands."""
        return self.keys.get(purpose, ())

    def in_force(self, purpose: Purpose) -> tuple[str, ...]:
        """The keys of a purpose under which is signed now."""
        return tuple(key for key in self.ever(purpose) if key not in self.retired)

    @property
    def quorum(self) -> int:
        """How many witnesses must cosign what is given out: as was said, else one where any is named."""
        return min(1, len(self.in_force("witness"))) if self.wanted is None else self.wanted

    @property
    def origin(self) -> str | None:
        """The name of the log, which its first key fixed."""
        keys = self.ever("checkpoint")
        return keys[0].partition("+")[0] if keys else None


def introduce_key(
    signing: Signing, asked: IntroduceKey, around: Circumstances
) -> Sequence[Happened]:
    """A key is introduced once; keys for checkpoints all bear the one name of the log."""
    if asked.key in signing.ever(asked.purpose):
        if asked.key in signing.retired:
            raise Refusal("This key was retired: make another.", rule="retired-for-good")
        return ()
    name = asked.key.partition("+")[0]
    if asked.purpose == "checkpoint" and signing.origin not in (None, name):
        raise Refusal(
            f"The log is called {signing.origin} for good: make a key of that name.",
            rule="one-origin",
        )
    return (around.happened(KeyIntroduced(purpose=asked.purpose, key=asked.key)),)


def retire_key(signing: Signing, asked: RetireKey, around: Circumstances) -> Sequence[Happened]:
    """A key in force is retired, but never the last under which the office signs."""
    if asked.key not in signing.ever(asked.purpose):
        raise InvalidCommand(
            f"No such key was introduced for the purpose '{asked.purpose}': name one that was."
        )
    if asked.key in signing.retired:
        return ()
    if asked.purpose != "witness" and len(signing.in_force(asked.purpose)) == 1:
        raise Refusal(
            "It is the last key that signs: introduce another before this one is retired.",
            rule="never-without-a-key",
        )
    if asked.purpose == "witness" and len(signing.in_force("witness")) == signing.wanted:
        raise Refusal(
            f"There would be fewer witnesses than must cosign ({signing.wanted}): set the quorum first.",
            rule="quorum-within-witnesses",
        )
    return (around.happened(KeyRetired(purpose=asked.purpose, key=asked.key)),)


def set_quorum(
    signing: Signing, asked: SetWitnessQuorum, around: Circumstances
) -> Sequence[Happened]:
    """No more witnesses can be asked for than there are."""
    there = len(signing.in_force("witness"))
    if asked.quorum > there:
        raise Refusal(
            f"There are fewer witnesses ({there}) than {asked.quorum}: introduce their keys first.",
            rule="quorum-within-witnesses",
        )
    if asked.quorum == signing.wanted:
        return ()
    return (around.happened(WitnessQuorumSet(quorum=asked.quorum)),)


def address_witness(
    signing: Signing, asked: AddressWitness, around: Circumstances
) -> Sequence[Happened]:
    """A witness that counts is asked at one address, or at none."""
    if asked.key not in signing.in_force("witness"):
        raise InvalidCommand(
            "No such witness counts here: name one by the key that was introduced."
        )
    if asked.url == signing.addresses.get(asked.key):
        return ()
    return (around.happened(WitnessAddressed(key=asked.key, url=asked.url)),)


def record_loss(signing: Signing, asked: RecordLoss, around: Circumstances) -> Sequence[Happened]:
    """A loss is recorded once."""
    if (asked.first_position, asked.last_position) in signing.lost:
        return ()
    return (around.happened(EntriesLost(**asked.for_fact())),)


def evolve(signing: Signing, happened: Happened | Entry) -> Signing:
    """The keys after one more fact."""
    match happened.fact:
        case KeyIntroduced(purpose=purpose, key=key):
            return replace(signing, keys={**signing.keys, purpose: (*signing.ever(purpose), key)})
        case KeyRetired(key=key):
            return replace(signing, retired=signing.retired | {key})
        case WitnessQuorumSet(quorum=quorum):
            return replace(signing, wanted=quorum)
        case WitnessAddressed(key=key, url=url):
            others = {each: at for each, at in signing.addresses.items() if each != key}
            return replace(signing, addresses=others if url is None else {**others, key: url})
        case EntriesLost(first_position=first, last_position=last):
            return replace(signing, lost=(*signing.lost, (first, last)))
        case _:
            return signing


def signing_id(ledger_id: bytes) -> UUID:
    """The id of the stream in which a ledger's keys are introduced."""
    return derived_uuid(EPOCH, "signing", ledger_id.hex())


_DECISIONS: Mapping[type[Command], Callable[[Signing, Any, Circumstances], Sequence[Happened]]] = {
    IntroduceKey: introduce_key,
    RetireKey: retire_key,
    SetWitnessQuorum: set_quorum,
    AddressWitness: address_witness,
    RecordLoss: record_loss,
}
SIGNING = Kind("signing", Signing(), _DECISIONS, evolve)
