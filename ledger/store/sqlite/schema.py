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
    Migration(
        2,
        (
            # Entries that a restore has lost, as far as what was signed still tells their digests.
            """
CREATE TABLE lost (
    position INTEGER PRIMARY KEY,
    digest BLOB NOT NULL
) STRICT
""",
            """
CREATE TRIGGER lost_places_are_only_appended
BEFORE INSERT ON lost
WHEN NEW.position IS NOT (
    SELECT max(
        coalesce((SELECT max(rowid) FROM entries), 0),
        coalesce((SELECT max(position) FROM lost), 0)
    ) + 1
)
BEGIN
    SELECT RAISE(ABORT, 'what is lost lies after all that is there');
END
""",
            """
CREATE TRIGGER lost_places_are_never_changed
BEFORE UPDATE ON lost
BEGIN
    SELECT RAISE(ABORT, 'a lost place is never changed');
END
""",
            """
CREATE TRIGGER lost_places_are_never_removed
BEFORE DELETE ON lost
BEGIN
    SELECT RAISE(ABORT, 'a lost place is never removed');
END
""",
            "DROP TRIGGER entries_are_only_appended",
            """
CREATE TRIGGER entries_are_only_appended
BEFORE INSERT ON entries
WHEN NEW.rowid IS NOT (
    SELECT max(
        coalesce((SELECT max(rowid) FROM entries), 0),
        coalesce((SELECT max(position) FROM lost), 0)
    ) + 1
)
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
            # Signed heads of the log, each as it was signed and again with what witnesses added.
            """
CREATE TABLE checkpoints (
    size INTEGER NOT NULL,
    cosignatures INTEGER NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (size, cosignatures)
) WITHOUT ROWID, STRICT
""",
            """
CREATE TRIGGER checkpoints_are_never_replaced
BEFORE INSERT ON checkpoints
WHEN EXISTS (
    SELECT 1 FROM checkpoints WHERE size = NEW.size AND cosignatures = NEW.cosignatures
)
BEGIN
    SELECT RAISE(ABORT, 'a checkpoint is never replaced');
END
""",
            """
CREATE TRIGGER checkpoints_are_never_changed
BEFORE UPDATE ON checkpoints
BEGIN
    SELECT RAISE(ABORT, 'a checkpoint is never changed');
END
""",
            """
CREATE TRIGGER checkpoints_are_never_removed
BEFORE DELETE ON checkpoints
BEGIN
    SELECT RAISE(ABORT, 'a checkpoint is never removed');
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
