"""What an entry tells a projection: its fact, who acted, when it happened and when it was known.

A rebuild reads a million of these, so they are made straight from the office part of what is stored,
and of the envelope only what projections look at.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from pydantic import ValidationError

from ledger.entry import Entry
from ledger.errors import UnreadableEntry
from ledger.facts import ANSWERS, Concealed, Fact, topics
from ledger.sealing.reading import stored_office
from ledger.times import instant
from projections.fold.trusting import fact_trusted


class Told(NamedTuple):
    """An entry as projections see it; the place of the entry is in `stream` (`kind/key`), `version` and `position`."""

    position: int
    stream: str
    version: int
    fact: Fact
    by_person: bool
    effective_at: datetime
    known_at: datetime
    command: str = ""
    """The id of the command by which it was recorded."""

    @property
    def topic(self) -> str:
        return self.fact.topic


def told(entry: Entry) -> Told:
    """What an entry tells."""
    return Told(
        entry.position,
        entry.stream,
        entry.version,
        entry.fact,
        entry.actor.kind == "person",
        entry.context.effective_at,
        entry.context.known_at,
        str(entry.context.command_id),
    )


def told_by(position: int, stream: str, version: int, topic: str, state: bytes) -> Told:
    """What a stored entry tells, personal values sealed. Trusts the store: nothing is verified.

    Raises IntegrityFailure where what is stored has not the form of an entry.
    """
    schema, office = stored_office(position, stream, version, state)
    values: dict[str, Any] = office["values"]
    try:
        actor, context = values.pop("actor"), values.pop("context")
        del values["sealed"]
        sealed: dict[str, Any] = office["sealed"]
        if sealed:
            values |= dict.fromkeys(sealed, Concealed.SEALED)
        kind = topics().get(topic)
        if kind is not None and kind.plan.answers:
            values[ANSWERS] = _answers(values, sealed)
        effective_at, known_at = context["effective_at"], context["known_at"]
        known = instant(known_at)
        return Told(
            position,
            stream,
            version,
            fact_trusted(topic, schema, values),
            actor["kind"] == "person",
            known if effective_at == known_at else instant(effective_at),
            known,
            context["command"],
        )
    except (ValidationError, KeyError, TypeError, ValueError) as error:
        raise UnreadableEntry(
            f"Entry {position} ({topic}, schema {schema}) is intact but does not fit this version: "
            "upgrade caseledger to read it."
        ) from error


def _answers(values: dict[str, Any], sealed: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The slots `answers.NAME` gathered by tier."""
    answers: dict[str, dict[str, Any]] = {"office": {}, "personal": {}}
    for name in [name for name in values if name.startswith("answers.")]:
        tier = answers["personal" if name in sealed else "office"]
        tier[name.removeprefix("answers.")] = values.pop(name)
    return answers
