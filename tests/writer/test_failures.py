"""When the store fails, every waiting caller hears it, nothing is recorded, and the next command works."""

from __future__ import annotations

import multiprocessing
import sqlite3
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from ledger.case.contact.contacts import AddNote
from ledger.case.in_words import Passage
from ledger.case.people.concerned import AddCaseParty
from ledger.commands import Request
from ledger.entry import Receipt
from ledger.errors import IntegrityFailure, LedgerUnavailable, UnreadableEntry
from ledger.ids import case_stream, reference_of
from ledger.registers.people.parties import RecordParty
from ledger.sealing.reading import ReadEntry
from ledger.sealing.whose import sealed_about
from ledger.service import Ledger
from ledger.store.sqlite.vault import SqliteVaultStore
from tests.contracts.recorded import end_sessions
from tests.ledgers import FORM, INTAKE, Place, place_in
from tests.writer.left import leave, leave_unreadable
from tests.writer.no_room import no_room_for_entries
from tests.writer.office_work import (
    add_note,
    all_at_once,
    assert_clean,
    in_another_process,
    note,
    numbered_note,
    on_the_vault,
    open_case,
)

SPAWN = multiprocessing.get_context("spawn")


def fill(ledger: Ledger) -> None:
    """Records until there is no room."""
    for _ in range(40):
        ledger.handle(RecordParty(party_id=ledger.new_id(), name="Élise " * 300), actor=FORM)


def numbered_notes(ledger: Ledger, case_id: UUID, answered: list[Receipt]) -> None:
    """Puts numbered notes on a case until there is no room, keeping each answer."""
    answered.extend(numbered_note(ledger, case_id, number) for number in range(200))


def failing(ledger: Ledger) -> str:
    """What a caller hears who asks in vain."""
    with pytest.raises(LedgerUnavailable) as told:
        fill(ledger)
    return str(told.value)


def test_every_waiting_caller_hears_of_a_failed_write_and_nothing_is_recorded(
    place: Place, ledger: Ledger
) -> None:
    case_id = open_case(ledger)
    with no_room_for_entries(place, ledger):
        told = all_at_once([partial(failing, ledger)] * 8)
        tip = ledger.store.tip()
        assert failing(ledger)
        assert ledger.store.tip() == tip
    assert len(told) == 8
    assert all(sentence.endswith(".") for sentence in told)
    assert any("disk" in sentence and "full" in sentence for sentence in told), told
    receipt = add_note(ledger, case_id)
    assert (receipt.position, receipt.fresh) == (tip + 1, True)
    assert_clean(ledger)


def test_what_failed_can_be_asked_again_under_its_id(place: Place, ledger: Ledger) -> None:
    case_id = open_case(ledger)
    with no_room_for_entries(place, ledger):
        failing(ledger)
        answered: list[Receipt] = []
        with pytest.raises(LedgerUnavailable):
            numbered_notes(ledger, case_id, answered)
    again = [numbered_note(ledger, case_id, number) for number in range(len(answered) + 2)]
    assert [receipt.fresh for receipt in again] == [False] * len(answered) + [True, True]
    assert_clean(ledger)


def test_a_vault_that_cannot_keep_a_key_stops_the_entry_that_needs_it(tmp_path: Path) -> None:
    place = place_in(tmp_path)
    with place.office() as ledger:
        case_id = open_case(ledger)
        kept = ledger.vault._store
        assert isinstance(kept, SqliteVaultStore)
        with closing(sqlite3.connect(tmp_path / "home" / "vault.db", isolation_level=None)) as held:
            held.execute("BEGIN IMMEDIATE")
            kept._quick.execute("PRAGMA busy_timeout = 20")
            tip = ledger.store.tip()
            with pytest.raises(LedgerUnavailable):
                open_case(ledger)
            assert ledger.store.tip() == tip
            assert add_note(ledger, case_id).fresh, "the key of this case is kept already"
        other = open_case(ledger)
        assert_clean(ledger)
        assert_opens(ledger, [f"case/{case_id}", f"case/{other}"])


def assert_opens(ledger: Ledger, streams: list[str]) -> list[ReadEntry]:
    """Every personal value of these streams opens."""
    read: list[ReadEntry] = []
    for stream in streams:
        read += ledger.read_opened(stream, actor=INTAKE, purpose="a test")
    assert all(not each.erased for each in read)
    return read


def test_a_home_that_was_moved_away_takes_nothing_and_goes_on_once_it_is_back(
    tmp_path: Path,
) -> None:
    with place_in(tmp_path).office() as ledger:
        case_id = open_case(ledger)
        tip = ledger.store.tip()
        (tmp_path / "home").rename(tmp_path / "away")
        with pytest.raises(LedgerUnavailable, match=r"\.$"):
            add_note(ledger, case_id)
        (tmp_path / "away").rename(tmp_path / "home")
        assert add_note(ledger, case_id).position == tip + 1
        assert_clean(ledger)


def test_a_home_under_maintenance_takes_nothing_until_it_is_over(tmp_path: Path) -> None:
    with place_in(tmp_path).office() as ledger:
        case_id = open_case(ledger)
        mark = tmp_path / "home" / "maintenance"
        mark.write_text("being restored")
        with pytest.raises(LedgerUnavailable, match="being restored"):
            add_note(ledger, case_id)
        mark.unlink()
        assert add_note(ledger, case_id).fresh
        assert_clean(ledger)


def test_a_lost_database_session_loses_nothing_that_was_acknowledged(
    postgresql_url: str, tmp_path: Path
) -> None:
    place = place_in(tmp_path, database=postgresql_url)
    with place.office() as ledger:
        case_id = open_case(ledger)
        receipts: list[Receipt] = []
        for number in range(4):
            end_sessions(postgresql_url)
            while True:
                try:
                    receipts.append(numbered_note(ledger, case_id, number))
                    break
                except LedgerUnavailable:
                    continue
        stored = {row.position for row in ledger.store.stream(f"case/{case_id}")}
        assert {receipt.position for receipt in receipts} <= stored
        assert len({receipt.position for receipt in receipts}) == 4
        assert_clean(ledger)


def test_two_ledgers_on_one_place_never_give_one_key_to_two_persons(place: Place) -> None:
    with place.office() as one, place.open() as other, place.open() as third:
        ledgers = (one, other, third)
        cases = [open_case(ledgers[number % 3], request_type="GEN-ENQ") for number in range(12)]
        for number, case_id in enumerate(cases * 2):
            add_note(ledgers[number // 2 % 3], case_id)
        all_at_once([partial(open_case, ledgers[number % 3]) for number in range(9)])
        streams = one.store.streams("case")
        assert len(streams) == 21
        owners = keys_by_owner(one)
        assert len(set(owners.values())) == len(owners)
        for ledger in ledgers:
            assert_opens(ledger, streams)
        assert_clean(other)
    with place.open() as again:
        assert_opens(again, streams)


def test_a_ledger_in_another_process_gives_keys_of_its_own(place: Place) -> None:
    with place.office() as ledger, ProcessPoolExecutor(1, mp_context=SPAWN) as pool:
        cases = [open_case(ledger) for _ in range(2)]
        theirs = pool.submit(
            in_another_process, place.location, place.master_key, cases[0], notes=12, first=0
        )
        ours = [numbered_note(ledger, cases[1], 100 + number) for number in range(12)]
        assert {receipt.stream for receipt in theirs.result()} == {f"case/{cases[0]}"}
        assert {receipt.stream for receipt in ours} == {f"case/{cases[1]}"}
        owners = keys_by_owner(ledger)
        assert len(set(owners.values())) == len(owners)
        assert_opens(ledger, [f"case/{case_id}" for case_id in cases])
        assert_clean(ledger)


def keys_by_owner(ledger: Ledger) -> dict[tuple[str, str], bytes]:
    """The one key of each (stream, person) that sealed something; the test fails if there are two."""
    found: dict[tuple[str, str], bytes] = {}
    for chunk in ledger.store.scan():
        streams = {position: stream for position, stream, *_ in chunk}
        for key_id, subject, stream in sealed_about(ledger.store, ledger.vault, chunk[0][0] - 1):
            assert subject is not None
            assert found.setdefault((stream, subject), key_id) == key_id
            assert stream in streams.values()
    return found


def test_keys_assigned_in_what_a_loss_of_power_took_are_found_in_the_entries_again(
    place: Place,
) -> None:
    """The latest assignments may be lost; the entries are there, and so are the keys."""
    with place.office() as ledger:
        cases = [open_case(ledger) for _ in range(3)]
        for case_id in cases:
            add_note(ledger, case_id)
        owners = keys_by_owner(ledger)
    forget_assignments(place)
    with place.open() as again:
        more = [add_note(again, case_id) for case_id in cases]
        assert all(receipt.fresh for receipt in more)
        assert keys_by_owner(again) == owners
        assert_opens(again, [f"case/{case_id}" for case_id in cases])
        assert_clean(again)


def test_whose_words_of_a_text_about_several_are_is_found_again_after_a_loss_of_power(
    place: Place,
) -> None:
    with place.office() as ledger:
        case_id, bob = open_case(ledger), ledger.new_id()
        ledger.handle(RecordParty(party_id=bob, name="Bob"), actor=INTAKE)
        ledger.handle(AddCaseParty(case_id=case_id, party=bob, role="witness"), actor=INTAKE)
        note = AddNote(
            case_id=case_id,
            note_id=ledger.new_id(),
            text="Bob saw it",
            passages=(Passage(party=bob, first=0, end=1),),
        )
        ledger.handle(note, actor=INTAKE)
        keys = ledger.vault.keys_of(f"party/{bob}")
        assert set(keys.values()) == {f"party/{bob}", f"case/{case_id}"}
    forget_assignments(place)
    with place.open() as again:
        assert again.vault.keys_of(f"party/{bob}") == keys


def test_after_a_restore_of_an_older_log_whose_a_key_is_outlives_a_loss_of_power_too(
    place: Place,
) -> None:
    """The vault said of entries to come that their keys are assigned, which were then given to others."""
    with place.office() as ledger:
        case_id = open_case(ledger)
    on_the_vault(place, "UPDATE {}meta SET value = '10000' WHERE name = 'assigned_upto'")
    with place.open() as ledger:
        add_note(ledger, case_id)
    on_the_vault(place, "UPDATE {}keys SET person_id = NULL, stream = NULL")
    with place.open() as ledger:
        add_note(ledger, open_case(ledger))
        owners = keys_by_owner(ledger)
        assert len(set(owners.values())) == len(owners)


def forget_assignments(place: Place) -> None:
    """Leaves the vault as it was before any key was given away."""
    on_the_vault(
        place,
        "UPDATE {}keys SET person_id = NULL, stream = NULL",
        "UPDATE {}meta SET value = '0' WHERE name = 'assigned_upto'",
    )


def test_what_this_version_cannot_read_is_told_to_whoever_asks_about_it_and_harms_no_neighbour(
    place: Place, ledger: Ledger
) -> None:
    theirs, ours = open_case(ledger), open_case(ledger)
    leave_unreadable(ledger, theirs)
    with place.open() as again:
        told = again.handle_all([Request(note(again, each), INTAKE) for each in (theirs, ours)])
        assert [type(each) for each in told] == [UnreadableEntry, Receipt]


def test_a_stream_that_lacks_an_entry_is_not_gone_on_with(place: Place, ledger: Ledger) -> None:
    """Neither by who held where it stood before, nor by who reads it anew."""
    case_id = open_case(ledger)
    leave(ledger, case_id, ahead=2)
    tip = ledger.store.tip()
    with place.open() as again:
        for each in (ledger, again):
            with pytest.raises(
                IntegrityFailure, match=r"lacks version \d+: run `caseledger verify`"
            ):
                each.handle_all([Request(note(each, case_id), INTAKE)])
        assert again.store.tip() == tip


def test_a_server_that_lost_whom_a_key_was_given_to_is_asked_again(
    tmp_path: Path, postgresql_url: str
) -> None:
    """As after a standby was promoted that lacked the end of the log: else an erasure would find no key."""
    place = place_in(tmp_path, database=postgresql_url)
    with place.office() as ledger:
        case_id = open_case(ledger)
        add_note(ledger, case_id)
        end_sessions(postgresql_url)
        with psycopg.connect(postgresql_url, autocommit=True) as connection:
            connection.execute(_LOSE_WHOM, (case_stream(case_id),))
            connection.execute("UPDATE vault.meta SET value = '0' WHERE name = 'assigned_upto'")
        assert ledger.vault.keys_of(case_stream(case_id)) == {}
        add_note(ledger, case_id)
        assert list(ledger.vault.keys_of(case_stream(case_id)).values()) == [case_stream(case_id)]


_LOSE_WHOM = """
UPDATE vault.keys
SET person_id = NULL, stream = NULL
WHERE stream = %s
"""


def test_a_case_is_found_by_every_spelling_of_its_reference_and_remembered_once(
    ledger: Ledger,
) -> None:
    case_id = open_case(ledger)
    reference = reference_of(case_id)
    plain = reference.replace("-", "")
    spelled = [reference, plain, plain.lower(), f" {reference} ", "-".join(plain), str(case_id)]
    spelled += [case_id.hex, f"{{{case_id}}}", *(plain[:3] + "-" * n + plain[3:] for n in range(9))]
    assert {ledger.find_case(each) for each in spelled} == {case_id}
    assert len(ledger._cases._told[1]) == 2, "its id and its reference"
