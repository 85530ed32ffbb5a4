"""Verification of a ledger that signs: what is recorded meanwhile, altered anchors, what is missing or came back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from ledger.case.contact.contacts import AddNote
from ledger.evidence.signing.checkpoints import make_checkpoint
from ledger.evidence.signing.notes import Checkpoint, Note
from ledger.evidence.signing.signing_keys import introduce_key, retire_key
from ledger.evidence.signing.signing_state import signing_of
from ledger.store import open_vault_store
from tests.erasing.house import erased, two_people
from tests.evidence import by_the_book as book
from tests.evidence.altered import altered_office
from tests.evidence.attacked import attack, office, rows_of, signed
from tests.evidence.signing_office import SigningOffice, opened_cases
from tests.ledgers import DIRECTOR, INTAKE, WATCH

__all__ = ["office", "signed"]


def test_what_is_recorded_while_an_anchor_is_made_is_of_the_next_map_of_heads(
    office: SigningOffice,
) -> None:
    """Nobody waits for an anchor: a new case and a note on an old one come between what it covers and itself."""
    (stream,) = office.works(1)
    met: list[str] = []
    with office.opened() as (ledger, trees):

        def meanwhile(_done: int, _all: int) -> None:
            if not met:
                met.extend(opened_cases(ledger, 1))
                case_id = UUID(stream.partition("/")[2])
                note = AddNote(case_id=case_id, note_id=ledger.new_id(), text="called again")
                ledger.handle(note, actor=INTAKE)

        made = make_checkpoint(ledger, trees, office.signer, actor=WATCH, progress=meanwhile)
        assert made.fresh
    assert met
    assert office.found() == []
    office.works(1)
    office.signs()
    assert office.found() == []


def anchors(office: SigningOffice) -> list[tuple[int, bytes]]:
    return [
        (position, state)
        for position, _, _, topic, state in rows_of(office)
        if topic == "LogAnchored"
    ]


def altered(office: SigningOffice, position: int, state: bytes, **values: Any) -> None:
    said = altered_office(state, lambda part: part["values"].update(values))
    attack(office, ("UPDATE entries SET state = ? WHERE rowid = ?", (said, position)))


@pytest.mark.parametrize("leaves", [-1, "itself", "7", None])
def test_an_anchor_over_what_does_not_come_before_it_is_found(
    office: SigningOffice, leaves: object
) -> None:
    position, state = anchors(office)[1]
    altered(office, position, state, leaves=position if leaves == "itself" else leaves)
    assert office.found() == [("content-altered", position), ("anchor-misplaced", position)]


def test_an_anchor_that_cites_a_witness_nobody_heard_is_found(office: SigningOffice) -> None:
    position, state = anchors(office)[1]
    altered(office, position, state, witnessed=book.b64u(bytes(32)))
    assert office.found() == [("content-altered", position), ("witness-unknown", position)]


def test_where_an_entry_is_missing_that_is_said_and_nothing_of_all_those_after_it(
    office: SigningOffice,
) -> None:
    """What stands after a gap is at other leaves: each would seem to be another than the one that was signed for."""
    position = next(row[0] for row in rows_of(office) if row[3] == "NoteAdded")
    attack(office, ("DELETE FROM entries WHERE rowid = ?", (position,)))
    findings = office.verified().findings
    missing = next(each for each in findings if each.code == "entry-missing")
    assert missing.position == position + 1
    assert f"positions {position} to {position} are not there" in missing.sentence
    assert not {each.code for each in findings} & {"entry-not-signed", "log-rewritten"}


def test_digests_that_the_signer_lost_are_said_to_be_unreadable_once(
    office: SigningOffice,
) -> None:
    leaves = office.place.master_key.parent / "signer" / "leaves"
    leaves.write_bytes(leaves.read_bytes()[:-1])
    ((code, position),) = office.found()
    assert (code, position) == ("signer-unreadable", 1)


def test_a_destroyed_key_that_came_back_is_found_and_so_is_what_it_sealed(
    office: SigningOffice,
) -> None:
    """As from a copy of the vault that somebody kept: what was erased could be read again."""
    home = office.place.location
    assert isinstance(home, Path)
    with office.opened() as (ledger, _):
        people = two_people(ledger)
    with closing(open_vault_store(home)) as vault:
        before = {row[0]: row for row in vault.all_keys()}
    with closing(sqlite3.connect(home / "ledger.db")) as connection:
        parts = connection.execute("SELECT * FROM sealed").fetchall()
    with office.opened() as (ledger, _):
        erased(ledger, people)
        tip = ledger.store.tip()
    assert office.found() == []
    with closing(open_vault_store(home)) as vault:
        back = next(before[key_id] for key_id in vault.destroyed() if key_id in before)
    part = next(each for each in parts if each[1] == back[0])
    attack(office, ("INSERT INTO sealed VALUES (?, ?, ?)", part))
    assert office.found() == [("sealed-returned", part[0])]
    attack(office, ("DELETE FROM sealed WHERE position = ? AND key_id = ?", part[:2]))
    with closing(sqlite3.connect(home / "vault.db", isolation_level=None)) as connection:
        connection.execute("INSERT INTO keys (key_id, epoch, wrapped) VALUES (?, ?, ?)", back)
        connection.execute("DELETE FROM destroyed WHERE key_id = ?", back[:1])
    last = office.verified().findings[-1]
    assert (last.code, last.position) == ("key-returned", tip)
    assert "keys that were destroyed and are back: 1" in last.sentence


def test_a_checkpoint_signed_by_a_key_that_was_retired_before_it_is_found(
    office: SigningOffice,
) -> None:
    """Whoever kept the secret half of such a key could put a history of their own under it."""
    with office.opened() as (ledger, _):
        (old,) = signing_of(ledger.store).in_force("checkpoint")
        kept, name = office.signer.key(old), old.partition("+")[0]
        introduce_key(ledger, office.signer, "checkpoint", origin=name, actor=DIRECTOR)
        retire_key(ledger, office.signer, "checkpoint", key=old, actor=DIRECTOR)
    office.works(1)
    note = office.signs()
    assert office.found() == []
    size, forged = Checkpoint.read(note.text).size, Note(note.text, (kept.sign(note.text),))
    attack(office, ("UPDATE checkpoints SET note = ? WHERE size = ?", (str(forged), size)))
    assert office.found() == [("checkpoint-unsigned", size)]


def test_a_guard_of_the_store_that_was_taken_off_is_found(office: SigningOffice) -> None:
    home = office.place.location
    assert isinstance(home, Path)
    with closing(sqlite3.connect(home / "ledger.db", isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER entries_are_never_changed")
    (finding,) = office.verified().findings
    assert (finding.code, finding.position) == ("guard-altered", None)
    assert "lacks entries_are_never_changed, has it changed" in finding.sentence


def test_a_version_that_is_none_is_found_and_does_not_end_verification(
    office: SigningOffice,
) -> None:
    first = {row[3]: row[0] for row in reversed(rows_of(office))}
    for position in (first["NoteAdded"], first["PolicyPublished"]):
        version = "UPDATE entries SET originator_version = -3 WHERE rowid = ?"
        attack(office, (version, (position,)))
        assert ("columns-disagree", position) in office.found()
