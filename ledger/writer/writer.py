"""The one writer: decides what was asked under the ledger's lock and appends it in one durable write.

Callers in many threads are gathered by group commit, callers in many processes by the store's lock.
Nothing is answered before it is durable; a refusal records nothing and harms no neighbour.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from ledger.commands import ONE_REFERENCE_A_CASE, Circumstances, Command, Kind, Request
from ledger.entry import Happened, Receipt
from ledger.errors import (
    IntegrityFailure,
    LedgerError,
    LedgerUnavailable,
    Refusal,
    UnreadableEntry,
    VersionConflict,
)
from ledger.ids import uuid7
from ledger.policy.load import Carried, Load
from ledger.sealing.heads import next_head
from ledger.sealing.rows import digest_of
from ledger.sealing.sealing import Sealer
from ledger.sealing.slots import b64u
from ledger.sealing.vault import Vault
from ledger.store.interface import Batch, LedgerStore, SealedRow, StoredRow
from ledger.writer.asked import Known, body_of, command_key, receipt_again, written_by
from ledger.writer.group_commit import GroupCommit
from ledger.writer.loads import LoadFarBehind, Loads, Wanted, always
from ledger.writer.streams import Streams, StreamTip, entry_of, rows_between

Outcome = Receipt | LedgerError
Decided = Outcome | LoadFarBehind


@dataclass(slots=True)
class _Staged:
    """What this batch will write, over what is written."""

    recorded_at: datetime
    load: Load | None
    tips: dict[str, StreamTip] = field(default_factory=dict[str, StreamTip])
    taken: dict[bytes, int] = field(default_factory=dict[bytes, int])
    receipts: dict[bytes, Known] = field(default_factory=dict[bytes, Known])
    rows: list[StoredRow] = field(default_factory=list[StoredRow])
    sealed: list[SealedRow] = field(default_factory=list[SealedRow])
    reserved: list[tuple[bytes, int]] = field(default_factory=list[tuple[bytes, int]])
    repeats: bool = False
    """A receipt is given for what somebody else wrote, who may never have heard whether it was durable."""


class Writer:
    """Decides and records commands for one ledger, in this process; other processes may write beside it."""

    def __init__(
        self,
        store: LedgerStore,
        vault: Vault,
        *,
        kinds: Iterable[Kind[Any]],
        policy_stream: str,
        directory_stream: str,
        carried: Callable[[Any], Carried | None],
        standing: Callable[[], tuple[int, Load]],
        refuse_behind: Callable[[], object],
        clock: Callable[[], datetime],
        random: Callable[[int], bytes],
    ) -> None:
        """`standing` gives the load as of a position; `carried` what a case's state adds to it.

        `refuse_behind` is asked under the lock once a session is new, behind which entries may be gone.
        """
        self._store = store
        self._vault = vault
        self._policy_stream = policy_stream
        self._directory_stream = directory_stream
        self._refuse_behind = refuse_behind
        self._clock = clock
        self._random = random
        self._sealer = Sealer(vault, store.ledger_id)
        self._streams = Streams(store, {kind.name: kind for kind in kinds})
        case = self._streams.kind_of("case/")
        self._loads = Loads(store, case, standing=standing, carried=carried)
        self._load: Load | None = None
        self._session = 0
        self._group = GroupCommit[tuple[Request, bool], Decided](self._write)

    def submit(self, requests: Sequence[Request]) -> Sequence[Outcome]:
        """Decides and records these requests, in order; each is answered with its receipt or its refusal.

        Raises LedgerUnavailable or IntegrityFailure, and has recorded nothing of them, if they cannot be
        written; OutcomeUnknown if they may have been, which asking again under the same command ids tells.
        """
        if len(requests) != 1:  # what is written at once or not at all
            asked = [(each, False) for each in requests]
            return cast("Sequence[Outcome]", self._group.submit(asked)) if asked else ()
        while isinstance(decided := self.submit_apart(requests)[0], LoadFarBehind):
            self.fold_load()
        return (decided,)

    def submit_apart(self, requests: Sequence[Request]) -> Sequence[Decided]:
        """The same of requests of which none belongs with another, and none waits for a load that takes long to fold.

        One that needs it is answered LoadFarBehind, and nothing of it is recorded: ask it again after `fold_load`.
        """
        return self._group.submit([(each, True) for each in requests])

    def fold_load(self, *, wanted: Wanted = always) -> None:
        """Folds the load if that takes long, while others write; any thread may ask."""
        self._loads.fold(wanted=wanted)

    def look(self) -> None:
        """Takes its turn and writes nothing; raises what whoever asks for anything would hear now."""
        self._group.submit(())

    def first_receipt(self, request: Request) -> Receipt | None:
        """What a command id that was used before is answered with, without asking again; None if it was not.

        A Refusal where it was used for something else.
        """
        if request.command_id is None:
            return None
        key = command_key(request.command_id)
        position = self._store.reserved([key]).get(key)
        if position is None:
            return None
        self._store.settled()
        return receipt_again(
            self._written(position), request, self._body_of(request), self._body_of
        )

    def receipt_of(self, command_id: UUID) -> Receipt | None:
        """What a command of this id was answered with, whatever it asked; None if none was recorded."""
        key = command_key(command_id)
        position = self._store.reserved([key]).get(key)
        if position is None:
            return None
        self._store.settled()
        return replace(self._written(position).receipt, fresh=False)

    def state_of(self, stream: str) -> Any:
        """The state of a stream over all its entries, as any thread may ask it; nobody's turn is awaited."""
        return self._streams.now(stream).state

    def _write(self, asked: Sequence[tuple[Request, bool]]) -> Sequence[Decided]:
        while True:
            try:
                return self._write_in_turn(asked)
            except LoadFarBehind:
                self._loads.fold()

    def _write_in_turn(self, asked: Sequence[tuple[Request, bool]]) -> Sequence[Decided]:
        try:
            with self._store.exclusive() as session:
                if session != self._session:  # another server may lack what the one before had
                    self._forget()
                    self._vault.abandon()
                    self._refuse_behind()
                    self._session = session
                self._catch_up()
                self._vault.begin()
                recorded_at = max(self._clock(), self._streams.recorded_at)
                staged = _Staged(recorded_at, self._load)
                outcomes = self._decide_all(asked, staged)
                if staged.rows:
                    self._append(staged)
                elif staged.repeats:
                    self._store.settled()
                self._load = staged.load
                return outcomes
        except BaseException:
            self._forget()
            self._vault.abandon()
            raise

    def _forget(self) -> None:
        """Lets go of all that is held of the log: only the store knows how it stands."""
        self._streams.forget()
        self._load = None
        self._session = 0

    def _append(self, staged: _Staged) -> None:
        tip = self._streams.position
        self._vault.keep_assignments(tip=tip)
        batch = Batch(tuple(staged.rows), tuple(staged.sealed), tuple(staged.reserved))
        if not self._store.append(batch, expected_tip=tip):
            raise IntegrityFailure(
                "The log grew while its writer's lock was held: run `caseledger verify`."
            )
        self._streams.wrote(staged.tips, staged.rows[-1].position, staged.recorded_at)

    def _decide_all(self, asked: Sequence[tuple[Request, bool]], staged: _Staged) -> list[Decided]:
        requests = [request for request, _ in asked]
        reserves = [each.command.reserves for each in requests]
        keys = [command_key(each.command_id) for each in requests if each.command_id is not None]
        keys += [key for each in reserves for key in each]
        if keys:
            staged.taken.update(self._store.reserved(keys))
        self._fetch(requests, staged)
        outcomes: list[Decided] = []
        behind = set[str]()
        for (request, apart), reserved in zip(asked, reserves, strict=True):
            try:
                if not behind.isdisjoint(written_by(request.command)):
                    raise LoadFarBehind  # what is asked of a stream is decided in its order
                outcomes.append(self._decide(request, reserved, staged))
            except (IntegrityFailure, LedgerUnavailable):
                raise
            except LedgerError as refused:
                outcomes.append(refused)
            except LoadFarBehind as waits:
                if not apart:
                    raise
                behind.update(written_by(request.command))
                outcomes.append(waits)
        return outcomes

    def _fetch(self, requests: Sequence[Request], staged: _Staged) -> None:
        """Reads together what deciding these will ask for; what cannot be read is told to whoever asks for it alone."""
        streams = dict.fromkeys(
            stream
            for each in requests
            if each.command_id is None or command_key(each.command_id) not in staged.taken
            for stream in written_by(each.command)
        )
        with suppress(UnreadableEntry):
            self._streams.fetch(streams)
        self._vault.fetch((stream, stream) for stream in streams)

    def _decide(self, request: Request, reserves: tuple[bytes, ...], staged: _Staged) -> Receipt:
        command = request.command
        command_id = request.command_id or uuid7(self._clock(), self._random(10))
        key = command_key(command_id)
        body = self._body_of(request)
        if request.command_id is not None and key in staged.taken:
            return receipt_again(self._known(key, staged), request, body, self._body_of)
        if any(reserved in staged.taken for reserved in reserves):
            raise Refusal(
                "This reference is already taken: ask again with a new id.",
                rule=ONE_REFERENCE_A_CASE,
            )
        stream = self._stream_for(command, staged)
        tip = self._at(stream, staged)
        if request.expected_version is not None and request.expected_version != tip.version:
            raise VersionConflict(expected=request.expected_version, actual=tip.version)
        told: list[tuple[str, Sequence[Happened]]] = []
        for of, each in ((stream, command), *((other.stream, other) for other in command.also)):
            around = self._circumstances(request, command_id, body, of, staged)
            state = self._at(of, staged).state
            told.append((of, self._streams.kind_of(of).decide(state, each, around)))
        if not any(happened for _, happened in told):
            return Receipt(stream, tip.version, tip.position, b64u(tip.digest), fresh=False)
        stream, tip = self._stage_all(told, staged)
        for reserved in (key, *reserves):
            staged.reserved.append((reserved, tip.position))
            staged.taken[reserved] = tip.position
        receipt = Receipt(stream, tip.version, tip.position, b64u(tip.digest))
        staged.receipts[key] = Known(body, request.actor, receipt)
        return receipt

    def _stage_all(
        self, told: Sequence[tuple[str, Sequence[Happened]]], staged: _Staged
    ) -> tuple[str, StreamTip]:
        """Seals what happened, stream by stream; answers where the last of it stands.

        The stream of the command comes last, since the command's id names the last of its entries.
        """
        tips: dict[str, StreamTip] = {}
        for stream, happened in reversed(told):
            kind, tip = self._streams.kind_of(stream), self._at(stream, staged)
            for each in happened:
                tip = tips[stream] = self._stage(each, stream, tip, kind, staged)
        for stream, tip in tips.items():
            if staged.load is not None and stream.startswith("case/"):
                before = self._at(stream, staged).state
                staged.load = self._loads.moved(staged.load, before, tip.state)
        staged.tips |= tips
        return next(reversed(tips.items()))

    def _stage(
        self, each: Happened, stream: str, tip: StreamTip, kind: Kind[Any], staged: _Staged
    ) -> StreamTip:
        """Seals one fact at the next place of its stream and of the log."""
        position, version = self._streams.position + len(staged.rows) + 1, tip.version + 1
        sealed = self._sealer.seal(
            each.fact,
            actor=each.actor,
            context=each.context,
            stream=stream,
            version=version,
            previous=tip.head,
            recorded_at=staged.recorded_at,
        )
        staged.rows.append(StoredRow(position, stream, version, each.fact.topic, sealed.state))
        staged.sealed += [SealedRow(position, key_id, blob) for key_id, blob in sealed.blobs]
        return StreamTip(
            version,
            next_head(tip.head, sealed.digest),
            position,
            sealed.digest,
            each.context.known_at,
            kind.evolve(tip.state, each) if each.after is None else each.after,
        )

    def _known(self, key: bytes, staged: _Staged) -> Known:
        """What a command id that is taken stands for."""
        found = staged.receipts.get(key)
        if found is None:
            staged.repeats = True
            found = self._written(staged.taken[key])
        return found

    def _written(self, position: int) -> Known:
        """What the command that recorded an entry stands for."""
        (row,) = self._store.entries(after=position - 1, limit=1)
        receipt = Receipt(row.stream, row.version, row.position, b64u(digest_of(row)))
        entry = entry_of(row)
        return Known(entry.context.body, entry.actor, receipt)

    def _body_of(self, request: Request) -> str:
        return b64u(self._vault.command_digest(body_of(request)))

    def _circumstances(
        self,
        request: Request,
        command_id: UUID,
        body: str,
        stream: str,
        staged: _Staged,
    ) -> Circumstances:
        known_at = max(staged.recorded_at, self._at(stream, staged).known_at)
        context = request.context(known_at=known_at, command_id=command_id, body=body)
        policies = self._at(self._policy_stream, staged).state
        directory = self._at(self._directory_stream, staged).state
        return Circumstances(
            stream,
            request.actor,
            context,
            policies,
            lambda: self._load_of(staged),
            directory,
            lambda other: self._state_of(other, staged),
            lambda version: self._topic_of(stream, version, staged),
            lambda kind, position: self._begun_since(kind, position, staged),
        )

    def _state_of(self, stream: str, staged: _Staged) -> Any:
        """The state of a stream over all that is written and staged; None if it has no entry."""
        tip = self._at(stream, staged)
        return tip.state if tip.version else None

    def _begun_since(self, kind: str, position: int, staged: _Staged) -> Iterator[tuple[str, Any]]:
        """The streams of a kind that were begun after a position, written or staged, with their states."""
        for row in (*rows_between(self._store, position, self._streams.position), *staged.rows):
            if row.version == 1 and row.stream.startswith(f"{kind}/"):
                yield row.stream, self._at(row.stream, staged).state

    def _topic_of(self, stream: str, version: int, staged: _Staged) -> str:
        """The topic of an entry that is written or staged."""
        for row in staged.rows:
            if (row.stream, row.version) == (stream, version):
                return row.topic
        return self._store.stream(stream, upto_version=version)[-1].topic

    def _stream_for(self, command: Command, staged: _Staged) -> str:
        candidates = command.candidates
        if len(candidates) == 1:
            return candidates[0]
        for stream in candidates:
            if self._streams.kind_of(stream).can_take(self._at(stream, staged).state, command):
                return stream
        raise Refusal("Nothing of what was offered waits any more: pull again.", rule="pull-order")

    def _at(self, stream: str, staged: _Staged) -> StreamTip:
        return staged.tips.get(stream) or self._streams.at(stream)

    def _catch_up(self) -> None:
        before = self._streams.position
        if self._streams.catch_up() and self._load is not None:
            tip = self._streams.position
            far = self._loads.is_far(before, tip)
            self._load = None if far else self._loads.between(before, tip, self._load)

    def _load_of(self, staged: _Staged) -> Load:
        """The load over all that is written and staged; seeded once, then kept exact."""
        if staged.load is None:
            load = self._loads.at(self._streams.position)
            for stream, tip in staged.tips.items():
                if stream.startswith("case/"):
                    load = self._loads.moved(load, self._streams.at(stream).state, tip.state)
            staged.load = load
        return staged.load
