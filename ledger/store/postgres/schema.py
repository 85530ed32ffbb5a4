"""The schemas `ledger` and `vault` on PostgreSQL, and the functions and triggers that guard them.

Appending is one call of one function, so that the lock, the look at the tip, the inserts and the
commit cost one round trip. Triggers are ENABLE ALWAYS, so that a session in replica mode cannot
pass them by.
"""

from __future__ import annotations

from ledger.store.migrations import Migration

WRITER_LOCK = 0x6361_7365_6C65_6467
"""The advisory lock whose holder alone may append."""

_META = """
CREATE TABLE {schema}.meta (
    name text PRIMARY KEY,
    value text NOT NULL
)
"""

_GUARD = """
CREATE TRIGGER {what}
BEFORE {events} ON ledger.{table}
FOR EACH STATEMENT
EXECUTE FUNCTION ledger.refuse('{sentence}')
"""


_EMPTIED = """
DO $$
DECLARE
    made text;
BEGIN
    FOR made IN
        SELECT tablename
        FROM pg_tables
        WHERE schemaname = '{schema}'
    LOOP
        EXECUTE format('DROP TABLE {schema}.%I', made);
    END LOOP;
    IF to_regnamespace('{schema}') IS NULL THEN
        CREATE SCHEMA {schema};
    END IF;
END
$$
"""


def emptied(schema: str) -> str:
    """The statement that leaves a schema without tables, and makes it only if it is not there.

    Making a schema takes a right over the whole database, which an account that may make tables has not.
    """
    return _EMPTIED.format(schema=schema)


def _never_sampled(column: str) -> tuple[str, str]:
    """No plan looks at a sealed column, and what the planner samples outlives whatever an erasure sweeps.

    Giving it the type that it has forgets what was sampled before, and how it is stored.
    """
    table, _, name = column.rpartition(".")
    return (
        f"ALTER TABLE {table} ALTER COLUMN {name} TYPE bytea",
        f"ALTER TABLE {table} ALTER COLUMN {name} SET STATISTICS 0",
    )


def _guard(table: str, events: str, what: str, *, sentence: str) -> tuple[str, str]:
    return (
        _GUARD.format(what=what, events=events, table=table, sentence=sentence),
        f"ALTER TABLE ledger.{table} ENABLE ALWAYS TRIGGER {what}",
    )


_TIP_WITH_THE_LOST = """greatest(
        (SELECT coalesce(max(notification_id), 0) FROM ledger.entries),
        (SELECT coalesce(max(position), 0) FROM ledger.lost)
    )"""


def _appending(verb: str, *, tip: str) -> str:
    """The statement that makes the function that appends, or makes it anew with another look at the tip of the log.

    Released migrations are made of it, so that it is never edited.
    """
    return f"""
{verb} FUNCTION ledger.append(
    expected_tip bigint,
    streams text[],
    versions bigint[],
    topics text[],
    states bytea[],
    sealed_positions bigint[],
    sealed_key_ids bytea[],
    sealed_blobs bytea[],
    reserved_keys bytea[],
    reserved_positions bigint[]
) RETURNS boolean
LANGUAGE plpgsql
AS $$
BEGIN
    PERFORM ledger.refuse_maintenance();
    PERFORM pg_advisory_xact_lock({WRITER_LOCK});
    PERFORM ledger.refuse_maintenance();
    IF {tip} <> expected_tip THEN
        RETURN false;
    END IF;
    INSERT INTO ledger.entries (
        notification_id, originator_id, originator_version, topic, state
    )
    SELECT expected_tip + place, stream, version, topic, state
    FROM unnest(streams, versions, topics, states) WITH ORDINALITY
        AS appended (stream, version, topic, state, place);
    IF cardinality(sealed_positions) > 0 THEN
        INSERT INTO ledger.sealed (position, key_id, blob)
        SELECT *
        FROM unnest(sealed_positions, sealed_key_ids, sealed_blobs);
    END IF;
    IF cardinality(reserved_keys) > 0 THEN
        INSERT INTO ledger.reservations (key, position)
        SELECT *
        FROM unnest(reserved_keys, reserved_positions);
    END IF;
    NOTIFY entries;
    RETURN true;
END
$$
"""


LEDGER = (
    Migration(
        1,
        (
            "CREATE SCHEMA ledger",
            _META.format(schema="ledger"),
            """
CREATE FUNCTION ledger.refuse() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'CL001', MESSAGE = TG_ARGV[0];
END
$$
""",
            """
CREATE TRIGGER ledger_id_is_never_changed
BEFORE UPDATE OR DELETE ON ledger.meta
FOR EACH ROW
WHEN (OLD.name = 'ledger_id')
EXECUTE FUNCTION ledger.refuse('the id of a ledger is never changed')
""",
            "ALTER TABLE ledger.meta ENABLE ALWAYS TRIGGER ledger_id_is_never_changed",
            # The columns as the library selects them. Streams compare by their bytes.
            """
CREATE TABLE ledger.entries (
    notification_id bigint PRIMARY KEY,
    originator_id text COLLATE "C" NOT NULL,
    originator_version bigint NOT NULL,
    topic text NOT NULL,
    state bytea NOT NULL,
    CONSTRAINT entries_by_stream UNIQUE (originator_id, originator_version)
)
""",
            *_guard(
                "entries",
                "UPDATE OR DELETE OR TRUNCATE",
                "entries_are_never_changed",
                sentence="an entry is never changed or removed",
            ),
            """
CREATE TABLE ledger.sealed (
    position bigint NOT NULL,
    key_id bytea NOT NULL,
    blob bytea NOT NULL,
    PRIMARY KEY (position, key_id)
)
""",
            # Sealed under random keys: trying to compress it would be work for nothing.
            "ALTER TABLE ledger.sealed ALTER COLUMN blob SET STORAGE EXTERNAL",
            *_guard(
                "sealed",
                "UPDATE OR TRUNCATE",
                "sealed_parts_are_never_changed",
                sentence="a sealed part is never changed",
            ),
            """
CREATE TABLE ledger.reservations (
    key bytea PRIMARY KEY,
    position bigint NOT NULL
)
""",
            *_guard(
                "reservations",
                "UPDATE OR DELETE OR TRUNCATE",
                "reservations_are_never_changed",
                sentence="a reservation is never changed or removed",
            ),
            """
CREATE FUNCTION ledger.refuse_maintenance() RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
    reason text := (SELECT value FROM ledger.meta WHERE name = 'maintenance');
BEGIN
    IF reason IS NOT NULL THEN
        RAISE EXCEPTION USING ERRCODE = 'CL002', MESSAGE = reason;
    END IF;
END
$$
""",
            # Asked before as well, so that nobody waits for the end of a maintenance.
            f"""
CREATE FUNCTION ledger.await_turn() RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
    PERFORM ledger.refuse_maintenance();
    PERFORM pg_advisory_lock({WRITER_LOCK});
    PERFORM ledger.refuse_maintenance();
END
$$
""",
            _appending(
                "CREATE", tip="(SELECT coalesce(max(notification_id), 0) FROM ledger.entries)"
            ),
        ),
    ),
    Migration(
        2,
        (
            # Entries that a restore has lost, as far as what was signed still tells their digests.
            """
CREATE TABLE ledger.lost (
    position bigint PRIMARY KEY,
    digest bytea NOT NULL
)
""",
            *_guard(
                "lost",
                "UPDATE OR DELETE OR TRUNCATE",
                "lost_places_are_never_changed",
                sentence="a lost place is never changed or removed",
            ),
            # Signed heads of the log, each as it was signed and again with what witnesses added.
            """
CREATE TABLE ledger.checkpoints (
    size bigint NOT NULL,
    cosignatures bigint NOT NULL,
    note text NOT NULL,
    PRIMARY KEY (size, cosignatures)
)
""",
            *_guard(
                "checkpoints",
                "UPDATE OR DELETE OR TRUNCATE",
                "checkpoints_are_never_changed",
                sentence="a checkpoint is never changed or removed",
            ),
            _appending("CREATE OR REPLACE", tip=_TIP_WITH_THE_LOST),
        ),
    ),
    Migration(
        3,
        (
            *_never_sampled("ledger.sealed.blob"),
            "ALTER TABLE ledger.sealed ALTER COLUMN blob SET STORAGE EXTERNAL",
        ),
    ),
)

VAULT = (
    Migration(
        1,
        (
            "CREATE SCHEMA vault",
            _META.format(schema="vault"),
            "INSERT INTO vault.meta (name, value) VALUES ('assigned_upto', '0')",
            """
CREATE TABLE vault.keys (
    key_id bytea PRIMARY KEY,
    epoch bigint NOT NULL,
    wrapped bytea NOT NULL,
    person_id bytea,
    stream text COLLATE "C"
)
""",
            """
CREATE UNIQUE INDEX keys_by_person
ON vault.keys (person_id, stream)
WHERE person_id IS NOT NULL
""",
            """
CREATE INDEX keys_unassigned
ON vault.keys (key_id)
WHERE person_id IS NULL
""",
            """
CREATE TABLE vault.secrets (
    name text PRIMARY KEY,
    epoch bigint NOT NULL,
    wrapped bytea NOT NULL
)
""",
            """
CREATE TABLE vault.destroyed (
    key_id bytea PRIMARY KEY,
    epoch bigint NOT NULL
)
""",
            # The only write that need not outlive a loss of power: the log tells it again.
            """
CREATE FUNCTION vault.assign(
    key_ids bytea[],
    person_ids bytea[],
    streams text[],
    upto_position bigint
) RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
    assigned bigint;
BEGIN
    PERFORM set_config('synchronous_commit', 'off', true);
    UPDATE vault.keys AS key
    SET person_id = given.person_id, stream = given.stream
    FROM unnest(key_ids, person_ids, streams) AS given (key_id, person_id, stream)
    WHERE key.key_id = given.key_id
    AND (
        key.person_id IS NULL
        OR (key.person_id = given.person_id AND key.stream = given.stream)
    );
    GET DIAGNOSTICS assigned = ROW_COUNT;
    IF assigned <> cardinality(key_ids) THEN
        RAISE EXCEPTION USING ERRCODE = 'CL003', MESSAGE = 'the key is assigned already';
    END IF;
    UPDATE vault.meta
    SET value = greatest(value::bigint, upto_position)::text
    WHERE name = 'assigned_upto';
END
$$
""",
        ),
    ),
    Migration(
        2,
        (*_never_sampled("vault.keys.wrapped"), *_never_sampled("vault.secrets.wrapped")),
    ),
)

INDEXES = {
    "ledger": (
        "CREATE UNIQUE INDEX meta_pkey ON meta USING btree (name)",
        "CREATE UNIQUE INDEX entries_pkey ON entries USING btree (notification_id)",
        "CREATE UNIQUE INDEX entries_by_stream ON entries USING btree (originator_id, originator_version)",
        'CREATE UNIQUE INDEX sealed_pkey ON sealed USING btree ("position", key_id)',
        "CREATE UNIQUE INDEX reservations_pkey ON reservations USING btree (key)",
        'CREATE UNIQUE INDEX lost_pkey ON lost USING btree ("position")',
        "CREATE UNIQUE INDEX checkpoints_pkey ON checkpoints USING btree (size, cosignatures)",
    ),
    "vault": (
        "CREATE UNIQUE INDEX meta_pkey ON meta USING btree (name)",
        "CREATE UNIQUE INDEX keys_pkey ON keys USING btree (key_id)",
        "CREATE UNIQUE INDEX keys_by_person ON keys USING btree (person_id, stream) WHERE (person_id IS NOT NULL)",
        "CREATE INDEX keys_unassigned ON keys USING btree (key_id) WHERE (person_id IS NULL)",
        "CREATE UNIQUE INDEX secrets_pkey ON secrets USING btree (name)",
        "CREATE UNIQUE INDEX destroyed_pkey ON destroyed USING btree (key_id)",
    ),
}
"""The indexes that the migrations of each schema leave, those of its constraints included, as the server tells them."""
