"""Verification of what was signed: whatever an insider changes after a checkpoint is found and named."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from ledger.errors import LedgerUnavailable
from ledger.evidence.signing.checkpoints import make_checkpoint
from ledger.evidence.signing.notes import Checkpoint
from ledger.evidence.verifying.examining import Keys
from ledger.evidence.verifying.verify import Pass
from ledger.evidence.verifying.vouching import examined_ahead, published_policies
from ledger.registers.anchors import AnchorLog
from ledger.sealing.heads import decode_line, encode_line, leaf_digest, next_head
from ledger.sealing.slots import b64u, from_b64u
from ledger.sealing.whose import misgiven
from ledger.store import open_trees_store
from ledger.store.sqlite.ledger import SqliteLedgerStore
from tests.evidence.attacked import attack, rows_of
from tests.evidence.attacked import office as office
from tests.evidence.attacked import signed as signed
from tests.evidence.cosigned import asked, taken_in, watching
from tests.evidence.signing_office import SigningOffice, opened_cases
from tests.ledgers import WATCH


def cut_off(office: SigningOffice, after: int) -> None:
    """Takes the last entries off, with all that was recorded with them: nothing in the store tells of them."""
    attack(
        office,
        ("DELETE FROM entries WHERE rowid > ?", (after,)),
        ("DELETE FROM sealed WHERE position > ?", (after,)),
        ("DELETE FROM reservations WHERE position > ?", (after,)),
        ("DELETE FROM checkpoints WHERE size > ?", (after,)),
    )


def last_of_commands(office: SigningOffice) -> list[int]:
    """The positions at which a command ended."""
    home = office.place.location
    assert isinstance(home, Path)
    with closing(SqliteLedgerStore(home)) as store:
        return sorted({position for _, position in store.reservations()})


def test_what_was_signed_and_is_as_it_was_is_clean(office: SigningOffice) -> None:
    for by_signer in (True, False):
        verified = office.verified(by_signer=by_signer)
        assert (verified.findings, verified.checkpoints) == ([], 3)


def test_entries_cut_off_with_all_that_tells_of_them_are_named_by_the_signer(
    office: SigningOffice,
) -> None:
    so_far = office.signer.signed_so_far()
    assert so_far is not None
    after = next(each for each in reversed(last_of_commands(office)) if each < so_far.size - 1)
    cut_off(office, after)
    assert office.found() == [("entries-hidden", after)]
    (finding,) = office.verified().findings
    assert f"entries {after + 1} to {so_far.size} are gone" in finding.sentence


def test_entries_cut_off_are_named_by_a_checkpoint_that_was_left_behind(
    office: SigningOffice,
) -> None:
    so_far = office.signer.signed_so_far()
    assert so_far is not None
    after = next(each for each in reversed(last_of_commands(office)) if each < so_far.size - 1)
    home = office.place.location
    assert isinstance(home, Path)
    with closing(SqliteLedgerStore(home)) as store:
        notes = list(store.checkpoints())
    cut_off(office, after)
    attack(
        office, *(("INSERT OR IGNORE INTO checkpoints VALUES (?, ?, ?)", tuple(n)) for n in notes)
    )
    assert office.found(by_signer=False) == [("entries-hidden", after)]


def rewritten(
    rows: list[tuple[int, str, int, str, bytes]], number: int, at: str
) -> dict[int, bytes]:
    """Every line from one entry on that follows from another time in it, as an insider would write them anew."""
    states: dict[int, bytes] = {}
    heads: dict[str, bytes] = {}
    for position, stream, _, _, state in rows[number:]:
        raw, _, office = state.partition(b"\n")
        line = decode_line(raw)
        if stream in heads:
            line = line._replace(previous=b64u(heads[stream]))
        elif position == rows[number][0]:
            line = line._replace(recorded_at=at)
        else:
            continue
        new = encode_line(line)
        heads[stream] = next_head(from_b64u(line.previous), leaf_digest(new))
        states[position] = new + b"\n" + office
    return states


def test_a_history_written_anew_with_all_its_heads_is_named_where_it_begins(
    office: SigningOffice,
) -> None:
    """The values are the same, and every running head was made to fit: only what was signed tells."""
    rows = rows_of(office)
    number = next(n for n, row in enumerate(rows) if row[3] == "PolicyPublished")
    line = decode_line(rows[number][4].partition(b"\n")[0])
    earlier = line.recorded_at.replace("2026-", "2025-")
    states = rewritten(rows, number, earlier)
    for position, state in states.items():
        attack(office, ("UPDATE entries SET state = ? WHERE rowid = ?", (state, position)))
    assert ("entry-not-signed", rows[number][0]) in office.found()
    assert "log-rewritten" in {code for code, _ in office.found(by_signer=False)}


def test_anchored_heads_that_leave_a_stream_s_end_out_are_found(office: SigningOffice) -> None:
    """An insider signs an anchor that hides the end of a stream; the log itself is whole."""
    home = office.place.location
    assert isinstance(home, Path)
    with office.opened() as (ledger, trees):
        key = ledger.store.streams("case")[0]
        last = ledger.store.stream(key)[-1]
        tip = ledger.store.tip()
        with trees.alone():
            trees.grow(log=tip, heads=tip)
    statement = "UPDATE members SET entries = entries - 1 WHERE stream = ?"
    with closing(sqlite3.connect(home / "trees.db", isolation_level=None)) as connection:
        assert connection.execute(statement, (key,)).rowcount == 1
        connection.execute("DELETE FROM map_tiles")
        connection.execute("UPDATE marks SET value = '0' WHERE name = 'map'")
    with office.opened() as (ledger, trees):
        with trees.alone():
            trees.grow(heads=tip)
        with trees.reading() as found:
            root, streams = b64u(found.heads().root()), found.count_streams()
        hiding = AnchorLog(anchor_id=ledger.new_id(), heads=root, leaves=tip, streams=streams)
        ledger.handle(hiding, actor=WATCH)
    note = Checkpoint.read(office.signs().text)
    assert last.position < note.size
    assert office.found() == [("heads-altered", note.size)]


def test_a_checkpoint_that_no_key_signed_or_no_anchor_closes_is_found(
    office: SigningOffice,
) -> None:
    with office.opened() as (ledger, _):
        notes = list(ledger.store.checkpoints())
    text = notes[0].note.replace("\u2014 ", "\u2014 x", 1)
    attack(office, ("UPDATE checkpoints SET note = ? WHERE size = ?", (text, notes[0].size)))
    assert office.found() == [("checkpoint-unsigned", notes[0].size)]
    attack(
        office,
        ("UPDATE checkpoints SET note = ? WHERE size = ?", (notes[0].note, notes[0].size)),
        ("UPDATE checkpoints SET size = ? WHERE size = ?", (notes[1].size - 1, notes[1].size)),
    )
    assert ("checkpoint-unanchored", notes[1].size - 1) in office.found()
    last = notes[-1].size
    attack(office, ("UPDATE checkpoints SET size = ? WHERE size = ?", (last + 1, last)))
    assert ("checkpoint-unanchored", last + 1) in office.found()


def test_a_checkpoint_that_was_signed_and_is_not_kept_is_found(office: SigningOffice) -> None:
    with office.opened() as (ledger, _):
        *_, before, size = [each.size for each in ledger.store.checkpoints()]
    attack(office, ("DELETE FROM checkpoints WHERE size = ?", (size,)))
    assert office.found() == [("checkpoint-missing", size)]
    office.signs()
    assert office.found() == []
    attack(office, ("DELETE FROM checkpoints WHERE size = ?", (before,)))
    assert office.found() == [("checkpoint-missing", before)]


def test_a_time_outside_its_bracket_is_flagged(office: SigningOffice, tmp_path: Path) -> None:
    witness = watching(office, tmp_path / "witness")
    early = office.clock.at - timedelta(hours=1)
    size = Checkpoint.read(office.signs().text).size
    taken_in(office, witness.cosign(asked(office, 0), at=early))
    assert office.found() == [("outside-its-bracket", size)]


def test_a_checkpoint_that_more_witnesses_are_said_to_have_cosigned_is_found(
    office: SigningOffice, tmp_path: Path
) -> None:
    """By that number alone the newest one that was witnessed is chosen, which the next anchor cites for good."""
    witness = watching(office, tmp_path / "witness")
    size = Checkpoint.read(office.signs().text).size
    taken_in(office, witness.cosign(asked(office, 0), at=office.clock.at))
    assert office.found() == []
    attack(office, ("UPDATE checkpoints SET cosignatures = 2 WHERE cosignatures = 1", ()))
    assert office.found() == [("checkpoint-uncosigned", size)]
    attack(office, ("DELETE FROM checkpoints WHERE cosignatures = 0 AND size = ?", (size,)))
    assert office.found()[0] == ("checkpoint-missing", size)


def test_an_anchor_from_before_the_checkpoint_that_it_cites_was_seen_is_flagged(
    office: SigningOffice, tmp_path: Path
) -> None:
    """A clock that went back: what a witness saw tomorrow is cited today."""
    witness = watching(office, tmp_path / "witness")
    office.signs()
    tomorrow = office.clock.at + timedelta(days=1)
    taken_in(office, witness.cosign(asked(office, 0), at=tomorrow))
    office.works(1)
    note = Checkpoint.read(office.signs().text)
    assert office.found() == [("outside-its-bracket", note.size)]


def test_a_signer_s_memory_that_is_damaged_is_said_to_be(office: SigningOffice) -> None:
    head = office.place.master_key.parent / "signer" / "head.json"
    whole = head.read_text()
    head.write_text(whole.replace("caseledger/", "caseledges/"))
    assert [code for code, _ in office.found()] == ["signer-unreadable"]
    head.write_text(whole.replace('"size":', '"size":1'))
    assert [code for code, _ in office.found()] == ["signer-unreadable"]
    with office.opened() as (ledger, _):
        assert ledger.read_only is not None
    shutil.rmtree(head.parent)
    assert office.found() == []


def test_the_same_is_found_on_any_number_of_cores(office: SigningOffice) -> None:
    """Ranges that others vouch for carry the anchors and the streams that moved."""
    with office.opened() as (ledger, _):
        whose = partial(misgiven, ledger_id=ledger.store.ledger_id, vault=ledger.vault)
        keys = Keys(ledger.vault.destroyed(), ledger.vault.holds, whose)
        tip = ledger.store.tip()
        published = published_policies(ledger.store)
        passing = Pass(ledger.store, ledger.vault, office.signer)
        after = 0
        while after < tip:
            upto = min(after + 7, tip)
            vouched = examined_ahead(ledger.store, keys, published, after=after, upto=upto)
            assert passing.go_on(upto, vouched)
            after = upto
        found = passing.end()
    assert (found.findings, found.checkpoints) == ([], 3)
    assert found == office.verified()


@pytest.mark.parametrize("topic", ["KeyIntroduced", "LogAnchored"])
@pytest.mark.parametrize("damage", [b"", b"{}", b"null", b"\xff"])
def test_damage_to_what_signing_rests_on_is_a_finding_and_no_defect(
    office: SigningOffice, topic: str, damage: bytes
) -> None:
    position, *_, state = next(row for row in rows_of(office) if row[3] == topic)
    line = state.partition(b"\n")[0]
    put = "UPDATE entries SET state = ? WHERE rowid = ?"
    attack(office, (put, (line + b"\n" + damage, position)))
    assert ("office-unreadable", position) in office.found()
    attack(office, (put, (damage + state, position)))
    if damage:
        assert position in {at for _, at in office.found()}


def test_trees_that_are_damaged_are_said_to_be_made_anew(office: SigningOffice) -> None:
    home = office.place.location
    assert isinstance(home, Path)
    with closing(sqlite3.connect(home / "trees.db", isolation_level=None)) as connection:
        connection.execute("DELETE FROM log_tiles")
    with pytest.raises(LedgerUnavailable, match="made anew and nothing is lost"):
        office.signs()
    for each in home.glob("trees.db*"):
        each.unlink()
    assert Checkpoint.read(office.signs().text).size
    (home / "trees.db").write_bytes(b"something else altogether")
    office.works(1)
    assert Checkpoint.read(office.signs().text).size
    assert office.found() == []


DAMAGE = (
    "DELETE FROM members WHERE entries > 1",
    "UPDATE members SET head = zeroblob(32), entries = entries + 1",
    "UPDATE map_tiles SET nodes = zeroblob(length(nodes)) WHERE depth = 0",
    "UPDATE log_tiles SET nodes = CAST(x'00' || substr(nodes, 2) AS BLOB)",
)


@pytest.mark.parametrize("damage", DAMAGE)
def test_what_damaged_trees_say_is_never_anchored_and_proves_nothing(
    office: SigningOffice, damage: str
) -> None:
    """An anchor says it for good: what could be made anew at any time stood in the log as altered heads for ever."""
    home = office.place.location
    assert isinstance(home, Path)
    (stream, *_) = office.works(1)
    office.signs()
    with closing(sqlite3.connect(home / "trees.db", isolation_level=None)) as connection:
        assert connection.execute(damage).rowcount
    with office.proofs() as proofs:
        ask = partial(proofs.inclusion, 1) if "log" in damage else partial(proofs.head, stream)
        with pytest.raises(LedgerUnavailable, match="made anew and nothing is lost"):
            ask()
    office.works(1)
    office.signs()
    assert office.found() == []
    for each in home.glob("trees.db*"):
        each.unlink()
    with office.proofs() as proofs:
        assert proofs.count(stream) > 1
        assert proofs.inclusion(1)


def test_trees_that_another_process_threw_away_meanwhile_are_made_anew(
    office: SigningOffice,
) -> None:
    with office.opened() as (ledger, trees):
        other = open_trees_store(office.place.location)
        other.start_anew()
        other.close()
        opened_cases(ledger, 1)
        assert make_checkpoint(ledger, trees, office.signer, actor=WATCH).fresh
    assert office.found() == []
