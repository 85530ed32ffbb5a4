"""Several processes seal in turns under one vault: whoever does, a person has one key in a stream, and it is theirs."""

from __future__ import annotations

from contextlib import ExitStack, closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal, NamedTuple

import pytest
from hypothesis import example
from hypothesis import given as for_all
from hypothesis import strategies as st

from ledger.errors import StartAgain
from ledger.sealing.master_key import MasterKey
from ledger.sealing.vault import Vault
from ledger.store.sqlite.vault import SqliteVaultStore
from tests.sealing.sealed_entries import CASE, LEDGER, vault_in

PROCESSES = 2


class Turn(NamedTuple):
    """A process seals about some people; then it is recorded, or refused, or what was to record it fails.

    About `others` it looks for keys too, since what asked for them was refused before anything was sealed.
    """

    process: int
    about: tuple[str, ...]
    ends: Literal["recorded", "refused", "failed", "failed at the log"]
    others: tuple[str, ...] = ()


PEOPLE = [f"party/{number}" for number in range(4)]
A, B, C = ((each,) for each in PEOPLE[:3])
TURNS = st.lists(
    st.builds(
        Turn,
        process=st.integers(0, PROCESSES - 1),
        about=st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=3).map(tuple),
        ends=st.sampled_from(["recorded", "refused", "failed", "failed at the log"]),
        others=st.lists(st.sampled_from(PEOPLE), max_size=2).map(tuple),
    ),
    max_size=8,
)


def taken(vault: Vault, turn: Turn, *, tip: int) -> dict[str, bytes]:
    """Under which key each was sealed in a turn, as the writer takes it."""
    vault.begin()
    vault.fetch((subject, CASE) for subject in turn.others)
    sealed = {subject: vault.key_for(subject, CASE).key_id for subject in turn.about}
    if turn.ends in ("recorded", "failed at the log"):
        vault.keep_assignments(tip=tip)
    if turn.ends in ("failed", "failed at the log"):
        vault.abandon()
    return sealed


@for_all(TURNS)
@example([Turn(0, A, "refused"), Turn(1, A, "recorded"), Turn(0, A, "recorded")])
@example([Turn(0, A, "recorded", others=B), Turn(1, B, "recorded"), Turn(0, B, "recorded")])
@example(
    [Turn(0, A, "failed"), *(Turn(n % 2, each, "recorded") for n, each in enumerate([A, B, C]))]
)
def test_a_person_has_one_key_in_a_stream_whichever_process_seals(turns: list[Turn]) -> None:
    master, given, tip = MasterKey.new(), dict[str, bytes](), 0
    with TemporaryDirectory() as folder, ExitStack() as opened:
        SqliteVaultStore.create(Path(folder)).close()
        vaults = [
            opened.enter_context(closing(vault_in(Path(folder), master, LEDGER)))
            for _ in range(PROCESSES)
        ]
        for turn in turns:
            sealed = taken(vaults[turn.process], turn, tip=tip)
            if turn.ends == "recorded":
                tip += 1
            if turn.ends in ("recorded", "failed at the log"):
                assert sealed == {each: given.setdefault(each, sealed[each]) for each in sealed}
        assert len(set(given.values())) == len(given), "no key is given to two"
        for vault in (
            *vaults,
            opened.enter_context(closing(vault_in(Path(folder), master, LEDGER))),
        ):
            for subject, key_id in given.items():
                assert vault.keys_of(subject) == {key_id: CASE}


def test_whoever_holds_keys_that_another_process_has_destroyed_seals_no_more(
    tmp_path: Path,
) -> None:
    master = MasterKey.new()
    SqliteVaultStore.create(tmp_path).close()
    with (
        closing(vault_in(tmp_path, master, LEDGER)) as one,
        closing(vault_in(tmp_path, master, LEDGER)) as other,
    ):
        key_id = taken(one, Turn(0, ("party/1",), "recorded"), tip=0)["party/1"]
        other.destroy(frozenset({key_id}), successor=master.successor())
        with pytest.raises(StartAgain, match=r"start again with the master key"):
            one.begin()
