"""What is read of the ledger on PostgreSQL: entries, streams, what is reserved and what is sealed."""

from __future__ import annotations

ENTRIES = """
SELECT notification_id, originator_id, originator_version, topic, state
FROM ledger.entries
WHERE notification_id > %s::bigint
AND notification_id <= %s::bigint
ORDER BY notification_id
LIMIT %s::bigint
"""
STREAM = """
SELECT notification_id, originator_id, originator_version, topic, state
FROM ledger.entries
WHERE originator_id = %s
AND originator_version > %s::bigint
AND originator_version <= %s::bigint
ORDER BY originator_version
"""
ENTRIES_OF = """
SELECT notification_id, originator_id, originator_version, topic, state
FROM ledger.entries
WHERE originator_id = ANY(%s)
ORDER BY originator_id, originator_version
"""
OF_STREAMS = """
SELECT notification_id, originator_id, originator_version, topic, state
FROM ledger.entries
WHERE originator_id >= %s
AND originator_id < %s
AND notification_id <= %s::bigint
ORDER BY originator_id, originator_version
"""
BY_STREAM = """
SELECT originator_id, count(*), max(originator_version), sum(originator_version)::double precision
FROM (
    SELECT originator_id, originator_version
    FROM ledger.entries
    WHERE notification_id <= %s::bigint
    ORDER BY originator_id, originator_version
) AS by_stream
GROUP BY originator_id
"""
STREAMS = """
SELECT originator_id
FROM ledger.entries
WHERE originator_id >= %s || '/'
AND originator_id < %s || '0'
GROUP BY originator_id
ORDER BY min(notification_id)
"""
LATEST_STREAMS = """
SELECT originator_id
FROM ledger.entries
WHERE originator_id >= %s || '/'
AND originator_id < %s
AND originator_version = 1
ORDER BY originator_id DESC
LIMIT %s::bigint
"""
RESERVED = """
SELECT key, position
FROM ledger.reservations
WHERE key = ANY(%s)
"""
RESERVATIONS = """
SELECT key, position
FROM ledger.reservations
WHERE key > %s
ORDER BY key
LIMIT %s::bigint
"""
SEALED = """
SELECT position, key_id, blob
FROM ledger.sealed
WHERE position = ANY(%s::bigint[])
ORDER BY position, key_id
"""
SEALED_POSITIONS = """
SELECT DISTINCT position
FROM ledger.sealed
WHERE position > %s
AND position <= %s
ORDER BY position
"""
