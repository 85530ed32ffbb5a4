"""The shape of a schema as its migrations made it, and what of it is not so any more: guards that guard nothing.

A trigger, a rule, a row policy or another variant of a function that is none of ours may keep what is to be erased,
drop what is recorded, or hide it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ledger.store.migrations import Migration
from ledger.store.postgres.connection import Connection
from ledger.store.postgres.schema import INDEXES

_TABLE = re.compile(r"CREATE TABLE \w+\.(\w+)")
_FUNCTION = re.compile(
    r"CREATE (?:OR REPLACE )?FUNCTION \w+\.(\w+)\(.*?AS \$\$(.*?)\$\$", re.DOTALL
)
_TRIGGER = re.compile(r"CREATE TRIGGER (\w+) BEFORE ([A-Z ]+) ON ")
_WHEN = re.compile(r"WHEN \(OLD\.(\w+) = ('[^']*')\)")
_IN_ORDER = ("INSERT", "DELETE", "UPDATE", "TRUNCATE").index
"""The order in which the server tells the events of a trigger."""

_HERE = """
SELECT 'table', relname::text, relpersistence::text || relrowsecurity || relforcerowsecurity
FROM pg_class
WHERE relnamespace = to_regnamespace(%(schema)s)
AND relkind = 'r'
UNION ALL
SELECT 'index', index.relname, pg_get_indexdef(index.oid)
FROM pg_index
JOIN pg_class AS index ON index.oid = indexrelid
WHERE index.relnamespace = to_regnamespace(%(schema)s)
AND indisvalid
AND indisready
AND indislive
UNION ALL
SELECT 'function', proname, prosrc
FROM pg_proc
WHERE pronamespace = to_regnamespace(%(schema)s)
UNION ALL
SELECT
    'trigger',
    tgname,
    CASE tgenabled WHEN 'A' THEN pg_get_triggerdef(pg_trigger.oid) ELSE 'disabled' END
FROM pg_trigger
JOIN pg_class ON pg_class.oid = tgrelid
WHERE relnamespace = to_regnamespace(%(schema)s)
AND NOT tgisinternal
UNION ALL
SELECT 'rule', rulename, ''
FROM pg_rewrite
JOIN pg_class ON pg_class.oid = ev_class
WHERE relnamespace = to_regnamespace(%(schema)s)
AND relkind = 'r'
UNION ALL
SELECT 'policy', polname, ''
FROM pg_policy
JOIN pg_class ON pg_class.oid = polrelid
WHERE relnamespace = to_regnamespace(%(schema)s)
"""
_AS_MADE = "pfalsefalse"
"""A table that outlives a loss of power and shows its rows to whoever may read it."""
_RIGHTS = """
SELECT DISTINCT format(
    'the right of %s to %s %s',
    CASE grantee WHEN 0 THEN 'everybody' ELSE pg_get_userbyid(grantee) END,
    privilege_type,
    relname
)
FROM (
    SELECT relname, relowner, relacl AS given
    FROM pg_class
    WHERE relnamespace = to_regnamespace('ledger')
    AND relkind = 'r'
    UNION ALL
    SELECT relname, relowner, attacl
    FROM pg_attribute
    JOIN pg_class ON pg_class.oid = attrelid
    WHERE relnamespace = to_regnamespace('ledger')
    AND relkind = 'r'
) AS tables, aclexplode(given)
WHERE grantee <> relowner
AND privilege_type IN ('UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER')
AND NOT (relname = 'sealed' AND privilege_type = 'DELETE')
ORDER BY 1
"""

_Object = tuple[str, str, str]
"""A table, index, function or trigger, its name, and how the server tells it."""


def altered(
    connection: Connection, schema: str, migrations: tuple[Migration, ...]
) -> tuple[str, ...]:
    """The names of what a schema lacks, has changed or disabled, or should not have."""
    made = {*_made(migrations, schema)}
    rows: list[_Object] = connection.execute(_HERE, {"schema": schema}).fetchall()
    here = {(kind, name, says.replace(f"{schema}.", "")) for kind, name, says in rows}
    functions = {name for kind, name, _ in made if kind == "function"}
    foreign = {
        name
        for kind, name, _ in here - made
        if kind in ("trigger", "rule", "policy") or (kind == "function" and name in functions)
    }
    return tuple(sorted(foreign | {name for _, name, _ in made - here}))


def rights_beyond(connection: Connection) -> tuple[str, ...]:
    """The rights to change what is recorded that anybody but the owner has: no account that works here needs any."""
    return tuple(said for (said,) in connection.execute(_RIGHTS))


def _made(migrations: tuple[Migration, ...], schema: str) -> Iterator[_Object]:
    functions: dict[str, str] = {}
    for statement in (each for migration in migrations for each in migration.statements):
        if found := _TABLE.search(statement):
            yield "table", found[1], _AS_MADE
        if found := _FUNCTION.search(statement):
            functions[found[1]] = found[2].replace(f"{schema}.", "")
        told = " ".join(statement.split())
        if found := _TRIGGER.match(told):
            yield "trigger", found[1], _as_told(told, events=found[2]).replace(f"{schema}.", "")
    for name, source in functions.items():
        yield "function", name, source
    for definition in INDEXES[schema]:
        yield "index", definition.partition(" ON ")[0].rpartition(" ")[2], definition


def _as_told(statement: str, *, events: str) -> str:
    """The statement that makes a trigger as the server tells it again."""
    in_order = " OR ".join(sorted(events.split(" OR "), key=_IN_ORDER))
    return _WHEN.sub(r"WHEN ((old.\1 = \2::text))", statement.replace(events, in_order, 1))
