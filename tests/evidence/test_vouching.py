"""Whoever examines ahead, and however much of it: verification finds the same, in the same order."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from time import monotonic

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.evidence.verifying.ahead import Ahead, looking_ahead
from ledger.evidence.verifying.examining import Keys
from ledger.evidence.verifying.verify import Pass, Verification, verify
from ledger.evidence.verifying.vouching import examined_ahead, published_policies
from ledger.sealing.master_key import MasterKey
from ledger.sealing.vault import Vault
from ledger.sealing.whose import misgiven
from ledger.store import open_ledger_store
from ledger.store.sqlite.vault import SqliteVaultStore
from tests.evidence.altered import AlteredStore, Copy, altered_office, mixed_history
from tests.ledgers import Place, place_in
from tests.patience import WITHIN_SECONDS

A_RANGE = 15


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Place:
    place = place_in(tmp_path_factory.mktemp("office"))
    with place.office() as ledger:
        mixed_history(ledger, place)
    return place


def home(place: Place) -> Path:
    assert isinstance(place.location, Path)
    return place.location


def vault_of(place: Place, ledger_id: bytes) -> Vault:
    return Vault(SqliteVaultStore(home(place)), MasterKey.read(place.master_key), ledger_id)


def passed(
    store: AlteredStore, vault: Vault, *, a_range: int, helped: Callable[[int], bool]
) -> tuple[Verification, int]:
    """What a pass finds that is helped in these ranges, and how many it did not examine itself."""
    whose = partial(misgiven, ledger_id=store.ledger_id, vault=vault)
    keys = Keys(vault.destroyed(), vault.held().__contains__, whose)
    passing, taken_over = Pass(store, vault), 0
    published = published_policies(store)
    for number, after in enumerate(range(0, passing.tip, a_range)):
        upto = min(after + a_range, passing.tip)
        vouched = (
            examined_ahead(store, keys, published, after=after, upto=upto)
            if helped(number)
            else None
        )
        taken_over += passing.go_on(upto, vouched)
    return passing.end(), taken_over


@pytest.mark.parametrize("a_range", [1, 2, 7, 40, 1000])
def test_in_a_sound_ledger_every_range_is_vouched_for(office: Place, a_range: int) -> None:
    with (
        closing(AlteredStore(home(office))) as store,
        closing(vault_of(office, store.ledger_id)) as vault,
    ):
        store.states = {}
        alone, nobody = passed(store, vault, a_range=a_range, helped=lambda _: False)
        helped, ranges = passed(store, vault, a_range=a_range, helped=lambda _: True)
        assert alone == helped == verify(store, vault)
        assert alone.findings == []
        assert (nobody, ranges) == (0, -(-alone.entries // a_range))


@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(st.data(), st.integers(1, 40), st.integers(1, 255))
def test_help_changes_nothing_in_what_is_found_in_a_damaged_ledger(
    office: Place, data: st.DataObject, a_range: int, change: int
) -> None:
    with (
        closing(AlteredStore(home(office))) as store,
        closing(vault_of(office, store.ledger_id)) as vault,
    ):
        store.states = {}
        rows = store.entries(after=0, limit=10_000)
        for row in data.draw(st.lists(st.sampled_from(rows), max_size=3)):
            place = data.draw(st.integers(0, len(row.state) - 1))
            flipped = bytes([row.state[place] ^ change])
            store.states[row.position] = row.state[:place] + flipped + row.state[place + 1 :]
        helped = data.draw(st.sets(st.integers(0, len(rows) // a_range)))
        alone, _ = passed(store, vault, a_range=a_range, helped=lambda _: False)
        together, _ = passed(store, vault, a_range=a_range, helped=helped.__contains__)
        assert together == alone
        assert bool(alone.findings) or not store.states


Attack = tuple[tuple[str, tuple[object, ...]], ...]

DROPPED: Attack = (("DELETE FROM entries WHERE rowid = 20", ()),)
CLOSED_GAP: Attack = (
    ("DELETE FROM entries WHERE rowid = 20", ()),
    ("UPDATE entries SET rowid = -rowid + 1 WHERE rowid > 20", ()),
    ("UPDATE entries SET rowid = -rowid WHERE rowid < 0", ()),
)
SWAPPED: Attack = (
    ("UPDATE entries SET rowid = -1 WHERE rowid = 15", ()),
    ("UPDATE entries SET rowid = 15 WHERE rowid = 31", ()),
    ("UPDATE entries SET rowid = 31 WHERE rowid = -1", ()),
)
A_WHOLE_RANGE: Attack = (("DELETE FROM entries WHERE rowid BETWEEN 31 AND 45", ()),)
FAR_AWAY: Attack = (("UPDATE entries SET rowid = 1000000000000 WHERE rowid = 40", ()),)
OTHER_STREAM: Attack = (("UPDATE entries SET originator_version = 99 WHERE rowid = 16", ()),)
SEALED_LOST: Attack = (("DELETE FROM sealed WHERE position > 16", ()),)
RESERVED_LOST: Attack = (("DELETE FROM reservations WHERE position > 16", ()),)
RESERVED_MOVED: Attack = (("UPDATE reservations SET position = 15 WHERE position > 30", ()),)
BEHEADED: Attack = (("DELETE FROM entries WHERE topic = 'PolicyPublished'", ()),)
POLICY_SPOILT: Attack = (
    (
        """UPDATE entries SET state = CAST(' ' || CAST(state AS TEXT) AS BLOB)
        WHERE topic = 'PolicyPublished'""",
        (),
    ),
)
"""Its line is none, so it publishes nothing; its digest can be read all the same."""
BEGINNING_LOST: Attack = (("DELETE FROM entries WHERE rowid BETWEEN 8 AND 12", ()),)
"""Of one case, which goes on a long way behind."""
KNOWN_LATER: Attack = (
    (
        """UPDATE entries SET state = CAST(replace(CAST(state AS TEXT),
        '"known_at":"2026-03-02T12:44', '"known_at":"2026-03-02T14:00') AS BLOB)
        WHERE rowid = 12""",
        (),
    ),
)
"""Later than the entry that comes next on its case was known, and not than the one after that."""
OTHER_FORM: Attack = (
    (
        """UPDATE entries SET state = CAST(
        substr(CAST(state AS TEXT), 1, instr(state, '","recorded_at"') - 2) || 'B' ||
        substr(CAST(state AS TEXT), instr(state, '","recorded_at"')) AS BLOB)
        WHERE rowid = 34""",
        (),
    ),
)
"""Its line says in letters that stand for no digest what it follows."""


GIVEN_TO_NOBODY: Attack = (
    ("UPDATE keys SET person_id = NULL, stream = NULL WHERE stream LIKE 'case/%'", ()),
)
"""The keys of all cases, of which ranges meet some in the middle of a stream."""


@pytest.mark.parametrize(
    "attack",
    [
        DROPPED,
        CLOSED_GAP,
        SWAPPED,
        A_WHOLE_RANGE,
        OTHER_STREAM,
        SEALED_LOST,
        RESERVED_LOST,
        RESERVED_MOVED,
        BEHEADED,
        POLICY_SPOILT,
        BEGINNING_LOST,
        KNOWN_LATER,
        OTHER_FORM,
        GIVEN_TO_NOBODY,
    ],
)
def test_help_changes_nothing_in_what_is_found_after_an_attack(
    office: Place, tmp_path: Path, attack: Attack
) -> None:
    copy = attacked(office, tmp_path, attack)
    with (
        closing(AlteredStore(copy.home)) as store,
        closing(Vault(SqliteVaultStore(copy.home), copy.master, store.ledger_id)) as vault,
    ):
        store.states = {}
        for a_range in (1, A_RANGE, 37):
            alone, _ = passed(store, vault, a_range=a_range, helped=lambda _: False)
            assert alone.findings
            for helped in (lambda _: True, lambda number: number % 2 == 1):
                together, _ = passed(store, vault, a_range=a_range, helped=helped)
                assert together == alone


def attacked(office: Place, folder: Path, attack: Attack) -> Copy:
    shutil.copytree(home(office), folder / "home")
    copy = Copy(folder / "home", MasterKey.read(office.master_key))
    copy.attack(*attack, file="vault.db" if attack == GIVEN_TO_NOBODY else "ledger.db")
    return copy


def test_an_entry_or_a_loss_put_a_long_way_off_does_not_keep_verification_busy(
    office: Place, tmp_path: Path
) -> None:
    copy = attacked(office, tmp_path, FAR_AWAY)
    assert ("entry-missing", 10**12) in copy.found()
    copy.attack(("INSERT INTO lost VALUES (?, ?)", (2**60, bytes(32))))
    assert ("loss-unrecorded", 2**60) in copy.found()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("context", {"command": "00000000-0000-0000-0000-000000000000", "known_at": 7}),
        ("sealed", {"not base64": 7}),
        ("sealed", []),
        ("digest", ["not a digest"]),
    ],
)
def test_values_of_another_kind_are_found_and_do_not_end_verification(
    office: Place, tmp_path: Path, name: str, value: object
) -> None:
    copy = attacked(office, tmp_path, ())
    position, _, _, state = copy.row("PolicyPublished")
    copy.put_state(position, altered_value(state, name, value))
    assert position in {place for _, place in copy.found()}


def altered_value(state: bytes, name: str, value: object) -> bytes:
    return altered_office(state, lambda office: office["values"].update({name: value}))


@pytest.mark.parametrize("attack", [(), DROPPED])
def test_other_processes_examine_a_home_and_the_answer_is_the_same(
    office: Place, tmp_path: Path, attack: Attack
) -> None:
    copy = attacked(office, tmp_path, attack)
    with (
        closing(AlteredStore(copy.home)) as store,
        closing(vault_of(office, store.ledger_id)) as vault,
    ):
        store.states = {}
        alone, _ = passed(store, vault, a_range=A_RANGE, helped=lambda _: False)
        together, taken_over = _with_processes(copy.home, store, vault)
        assert together == alone
        assert taken_over > 0


def test_other_processes_examine_a_postgresql_database(postgresql_url: str, tmp_path: Path) -> None:
    place = place_in(tmp_path, database=postgresql_url)
    with place.office() as ledger:
        mixed_history(ledger, place)
        alone = verify(ledger.store, ledger.vault)
        assert verify(ledger.store, ledger.vault, location=postgresql_url, cores=2) == alone


def test_ranges_whose_process_dies_are_left_to_the_pass(office: Place, tmp_path: Path) -> None:
    with (
        closing(open_ledger_store(home(office))) as store,
        looking_ahead(
            tmp_path / "nowhere",
            processes=1,
            tip=store.tip(),
            a_range=A_RANGE,
            destroyed=frozenset(),
            held=frozenset(),
            master=MasterKey.read(office.master_key),
        ) as ahead,
    ):
        assert [ahead.vouched(number) for number in range(3)] == [None] * 3


def test_ranges_are_given_from_the_end_until_they_meet_the_pass() -> None:
    ahead = Ahead(4)
    assert ahead.vouched(0) is None
    numbers: list[int] = []
    while (taken := ahead.take_last()) is not None:
        numbers.append(taken[0])
        ahead.settle(taken[1], None)
    assert numbers == [3, 2, 1]
    assert [ahead.vouched(number) for number in (1, 2, 3)] == [None] * 3


def _with_processes(location: Path, store: AlteredStore, vault: Vault) -> tuple[Verification, int]:
    """As `verify` does, in small ranges; it waits for each, so that the others do have a part in it."""
    passing, taken_over = Pass(store, vault), 0
    with looking_ahead(
        location,
        processes=2,
        tip=passing.tip,
        a_range=A_RANGE,
        destroyed=vault.destroyed(),
        held=vault.held(),
        master=vault.master,
    ) as ahead:
        ranges = list(range(0, passing.tip, A_RANGE))
        gives_up_at = monotonic() + WITHIN_SECONDS
        while ahead.entries == 0 and monotonic() < gives_up_at:
            pass
        for number, after in enumerate(ranges):
            upto = min(after + A_RANGE, passing.tip)
            taken_over += passing.go_on(upto, ahead.vouched(number))
    return passing.end(), taken_over
