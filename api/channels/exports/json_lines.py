"""Exports as JSON lines: every entry that is asked for, in the order of the log, its sealed fields by name alone."""

from __future__ import annotations

from typing import IO, Any

import orjson

from api.channels.exports.seen import Cited, Seen
from ledger.facts import ANSWERS, Concealed, Fact, dump
from ledger.service import Ledger


def write_json_lines(ledger: Ledger, out: IO[bytes], seen: Seen) -> int:
    """Writes an object a line and answers how many."""
    count = 0
    for cited in seen.entries(ledger):
        out.write(orjson.dumps(entry_as_json(cited), option=orjson.OPT_APPEND_NEWLINE))
        count += 1
    return count


def entry_as_json(cited: Cited) -> dict[str, Any]:
    """An entry's office part; `sealed` names the fields of the fact that are there and not shown."""
    entry, digest = cited
    values, hidden = shown(entry.fact)
    return {
        "position": entry.position,
        "stream": entry.stream,
        "version": entry.version,
        "topic": entry.topic,
        "digest": digest,
        "actor": entry.actor.slot(),
        "context": entry.context.slot(),
        "fact": values,
        "sealed": hidden,
    }


def shown(fact: Fact) -> tuple[dict[str, Any], list[str]]:
    """The values of a fact that may be shown, and the names of those that are sealed."""
    values = dump(fact)
    hidden = [name for name in values if isinstance(getattr(fact, name), Concealed)]
    kept = {name: value for name, value in values.items() if name not in hidden}
    if fact.plan.answers:
        hidden += [f"{ANSWERS}.{name}" for name in kept[ANSWERS]["personal"]]
        kept[ANSWERS] = kept[ANSWERS]["office"]
    return kept, hidden
