"""Reading a long log: verification, the rebuild of every view, and the answers that views and streams give."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256
from itertools import islice
from random import Random
from statistics import median
from typing import Any

import orjson

from ledger.evidence.verifying.verify import verify
from ledger.sealing.slots import canonical
from ledger.service import Ledger
from ledger.store import LedgerStore, Location
from projections.lists.queues import counts, queue
from projections.one_case.trail import trail
from projections.views import Views
from tests.benchmarks.built_log import BEGINS_AT, ENDS_AT, BuiltLog
from tests.benchmarks.measuring import (
    Measured,
    once,
    peak_mb,
    peak_mb_of_children,
    ratio_of,
    short,
    taking_turns,
)
from tests.benchmarks.office import TEAMS

ROUNDS = 3
ASKED = 100

_CHUNK = 5_000
_SALT_BYTES = 25
_HEAD_BYTES = 65
_DIGESTED_SLOT = 34


def measure_verify(log: BuiltLog) -> list[Measured]:
    """Verification beside a scan that does the SHA-256 work the format needs, and nothing else."""
    with log.open() as ledger:
        slots = _slots_by_topic(ledger.store)
        took = taking_turns(
            {
                "ours": lambda _: once(lambda: _verified(ledger, log.location)),
                "alone": lambda _: once(lambda: _verified(ledger)),
                "bare": lambda _: once(lambda: _hashed_bare(ledger.store, slots)),
            },
            rounds=ROUNDS,
        )
    bare = f"scan and the same SHA-256 work done bare, in one process {short(median(took['bare']))}"
    return [
        Measured(
            f"{log.name}: verify {log.entries:,} entries, all cores",
            _with_rate(took["ours"], log.entries),
            bare,
            ratio_of(took["ours"], took["bare"]),
            "<= 2",
        ),
        Measured(
            f"{log.name}: the same in one process",
            _with_rate(took["alone"], log.entries),
            bare,
            ratio_of(took["alone"], took["bare"]),
        ),
    ]


def measure_rebuild(log: BuiltLog) -> list[Measured]:
    """The rebuild of every view beside a scan that parses the JSON of the same log."""
    with log.open() as ledger, Views.open(log.location) as views:
        took = taking_turns(
            {
                "ours": lambda _: once(lambda: views.rebuild(ledger.store)),
                "alone": lambda _: once(lambda: views.rebuild(ledger.store, shards=1)),
                "bare": lambda _: once(lambda: _parsed_bare(ledger.store)),
            },
            rounds=ROUNDS,
        )
    bare = f"scan and orjson.loads {short(median(took['bare']))}"
    return [
        Measured(
            f"{log.name}: rebuild every view from {log.entries:,} entries, all cores",
            f"{_with_rate(took['ours'], log.entries)}, {_held_by_a_process(log)} MB a process",
            bare,
            ratio_of(took["ours"], took["bare"]),
            "<= 4",
        ),
        Measured(
            f"{log.name}: the same in one process",
            _with_rate(took["alone"], log.entries),
            bare,
            ratio_of(took["alone"], took["bare"]),
        ),
    ]


def measure_questions(log: BuiltLog) -> list[Measured]:
    """Queues and counts, now and as known at any instant of the two years, and one case's trail."""
    chance = Random(log.entries)
    with log.open() as ledger, Views.open(log.location) as views:
        if views.position() < ledger.store.tip():
            views.rebuild(ledger.store)
        instants = [BEGINS_AT + (ENDS_AT - BEGINS_AT) * chance.random() for _ in range(ASKED)]
        teams = [chance.choice(TEAMS) for _ in range(ASKED)]
        positions = [1 + int(chance.random() * log.entries) for _ in range(ASKED)]
        streams = [ledger.store.entries(after=at - 1, limit=1)[0].stream for at in positions]
        cases = [stream for stream in streams if stream.startswith("case/")]
        policies = ledger.policies()
        asked: dict[str, tuple[str, list[Callable[[], object]]]] = {
            "the queue of a team now": (
                "<= 5 ms",
                [_asking(queue, views, team, at=ENDS_AT) for team in teams],
            ),
            "the queue of a team as known at an instant": (
                "<= 20 ms",
                [
                    _asking(queue, views, team, at=instant, known_at=instant)
                    for team, instant in zip(teams, instants, strict=True)
                ],
            ),
            "the counts of all teams now": (
                "<= 5 ms",
                [_asking(counts, views, at=ENDS_AT) for _ in teams],
            ),
            "the counts of all teams as known at an instant": (
                "<= 20 ms",
                [_asking(counts, views, at=instant, known_at=instant) for instant in instants],
            ),
            "one case's trail, every entry verified": (
                "<= 5 ms",
                [_asking(_told, ledger, stream, policies=policies) for stream in cases],
            ),
        }
        return [
            _answered(f"{log.name}, {log.entries:,} entries: {name}", questions, budget)
            for name, (budget, questions) in asked.items()
        ]


def _asking(ask: Callable[..., object], *given: object, **named: object) -> Callable[[], object]:
    return lambda: ask(*given, **named)


def _told(ledger: Ledger, stream: str, *, policies: Any) -> object:
    return trail(ledger.read(stream), policies=policies, language="en")


def _answered(work: str, questions: list[Callable[[], object]], budget: str) -> Measured:
    took = sorted(once(question) for question in questions)
    slow = took[int(len(took) * 0.95)]
    return Measured(work, f"{short(median(took))}, 95 % within {short(slow)}", "-", "-", budget)


def _with_rate(took: list[float], entries: int) -> str:
    middle = median(took)
    return f"{short(middle)}, {short(middle / entries)} an entry"


def _held_by_a_process(log: BuiltLog) -> int:
    """The most that a process of a rebuild holds, in MB; a small one starts it, whose own mark is passed on."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_held, log).result()


def _held(log: BuiltLog) -> int:
    with log.open() as ledger, Views.open(log.location) as views:
        views.rebuild(ledger.store)
    return max(peak_mb(), peak_mb_of_children())


def _verified(ledger: Ledger, location: Location | None = None) -> None:
    found = verify(ledger.store, ledger.vault, location=location)
    if found.findings:
        raise AssertionError(found.findings[0].sentence)


def _parsed_bare(store: LedgerStore) -> None:
    for chunk in store.scan():
        for row in chunk:
            orjson.loads(row[4].partition(b"\n")[2])


def _slots_by_topic(store: LedgerStore) -> dict[str, list[bytes]]:
    """For each topic what its slots have hashed: for a typical entry, messages of the right lengths."""
    found: dict[str, list[bytes]] = {}
    for row in (row for chunk in islice(store.scan(chunk=_CHUNK), 4) for row in chunk):
        topic, office = row[3], orjson.loads(row[4].partition(b"\n")[2])
        if topic in found:
            continue
        names = [*office["values"], *office["sealed"]]
        found[topic] = [b"\0" * (_SALT_BYTES + len(name)) for name in office["values"]]
        found[topic] += [
            b"\0" * (_SALT_BYTES + len(name) + len(canonical(value)))
            for name, value in office["values"].items()
        ]
        found[topic].append(b"\0" * sum(_DIGESTED_SLOT + len(name) for name in names))
    return found


def _hashed_bare(store: LedgerStore, slots: dict[str, list[bytes]]) -> None:
    """Of each entry its line, two heads' worth (stream and tree), its slots and its blobs: hashed, not looked at."""
    head = b"\0" * _HEAD_BYTES
    for chunk in store.scan(chunk=_CHUNK):
        for row in chunk:
            state = row[4]
            sha256(state[: state.index(b"\n")]).digest()
            sha256(head).digest()
            sha256(head).digest()
            for message in slots[row[3]]:
                sha256(message).digest()
        for sealed in store.sealed([row[0] for row in chunk]):
            sha256(sealed.blob).digest()
