"""The tables of ledger.db and vault.db, and the triggers that refuse to change what is recorded.

REPLACE removes rows without firing DELETE triggers, so the guards against it stand before INSERT.
"""

from __future__ import annotations

from ledger.store.migrations import Migration

LEDGER = (
    Migration(
        1,
        (
            """
CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID, STRICT
""",
            """
CREATE TRIGGER ledger_id_is_never_changed
BEFORE UPDATE ON meta
WHEN OLD.name = 'ledger_id'
BEGIN
    SELECT RAISE(ABORT, 'the id of a ledger is never changed');
END
""",
            """
CREATE TRIGGER ledger_id_is_never_removed
BEFORE DELETE ON meta
WHEN OLD.name = 'ledger_id'
BEGIN
    SELECT RAISE(ABORT, 'the id of a ledger is never removed');
END
""",
            # The columns as the library selects them; its position is a column that must be
            # named rowid, and is explicit so that VACUUM keeps it.
            """
CREATE TABLE entries (
    rowid INTEGER PRIMARY KEY,
    originator_id TEXT NOT NULL,
    originator_version INTEGER NOT NULL,
    topic TEXT NOT NULL,
    state BLOB NOT NULL
) STRICT
""",
            """
CREATE UNIQUE INDEX entries_by_stream
ON entries (originator_id, originator_version)
""",
            """
CREATE TRIGGER entries_are_only_appended
BEFORE INSERT ON entries
WHEN NEW.rowid IS NOT (SELECT coalesce(max(rowid), 0) + 1 FROM entries)
OR EXISTS (
    SELECT 1
    FROM entries
    WHERE originator_id = NEW.originator_id
    AND originator_version = NEW.originator_version
)
BEGIN
    SELECT RAISE(ABORT, 'an entry goes to the next position, as a new version of its stream');
END
""",
            """
CREATE TRIGGER entries_are_never_changed
BEFORE UPDATE ON entries
BEGIN
    SELECT RAISE(ABORT, 'an entry is never changed');
END
""",
            """
CREATE TRIGGER entries_are_never_removed
BEFORE DELETE ON entries
BEGIN
    SELECT RAISE(ABORT, 'an entry is never removed');
END
""",
            """
CREATE TABLE sealed (
    position INTEGER NOT NULL,
    key_id BLOB NOT NULL,
    blob BLOB NOT NULL,
    PRIMARY KEY (position, key_id)
) WITHOUT ROWID, STRICT
""",
            """
CREATE TRIGGER sealed_parts_are_never_replaced
BEFORE INSERT ON sealed
WHEN EXISTS (SELECT 1 FROM sealed WHERE position = NEW.position AND key_id = NEW.key_id)
BEGIN
    SELECT RAISE(ABORT, 'a sealed part is never replaced');
END
""",
            """
CREATE TRIGGER sealed_parts_are_never_changed
BEFORE UPDATE ON sealed
BEGIN
    SELECT RAISE(ABORT, 'a sealed part is never changed');
END
""",
            """
CREATE TABLE reservations (
    key BLOB PRIMARY KEY,
    position INTEGER NOT NULL
) WITHOUT ROWID, STRICT
""",
            """
CREATE TRIGGER reservations_are_taken_once
BEFORE INSERT ON reservations
WHEN EXISTS (SELECT 1 FROM reservations WHERE key = NEW.key)
BEGIN
    SELECT RAISE(ABORT, 'a reservation is taken once');
END
""",
            """
CREATE TRIGGER reservations_are_never_changed
BEFORE UPDATE ON reservations
BEGIN
    SELECT RAISE(ABORT, 'a reservation is never changed');
END
""",
            """
CREATE TRIGGER reservations_are_never_removed
BEFORE DELETE ON reservations
BEGIN
    SELECT RAISE(ABORT, 'a reservation is never removed');
END
""",
        ),
    ),
)

VAULT = (
    Migration(
        1,
        (
            """
CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID, STRICT
""",
            "INSERT INTO meta (name, value) VALUES ('assigned_upto', '0')",
            """
CREATE TABLE keys (
    key_id BLOB PRIMARY KEY,
    epoch INTEGER NOT NULL,
    wrapped BLOB NOT NULL,
    person_id BLOB,
    stream TEXT
) WITHOUT ROWID, STRICT
""",
            """
CREATE UNIQUE INDEX keys_by_person
ON keys (person_id, stream)
WHERE person_id IS NOT NULL
""",
            """
CREATE INDEX keys_unassigned
ON keys (key_id)
WHERE person_id IS NULL
""",
            """
CREATE TABLE secrets (
    name TEXT PRIMARY KEY,
    epoch INTEGER NOT NULL,
    wrapped BLOB NOT NULL
) WITHOUT ROWID, STRICT
""",
            """
CREATE TABLE destroyed (
    key_id BLOB PRIMARY KEY,
    epoch INTEGER NOT NULL
) WITHOUT ROWID, STRICT
""",
        ),
    ),
)
