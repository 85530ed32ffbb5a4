"""Drawing a scope: what it selects of the ledger, stream by stream, with the personal slots to be decided."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from pydantic import ValidationError

from api.verbs.disclosures.asked_of import disclosure_of, opened
from api.verbs.verb import Around
from ledger.entry import Entry
from ledger.errors import InvalidCommand, Refusal
from ledger.facts import topics
from ledger.input.quoting import quoted
from ledger.registers.disclosures import STREAM
from ledger.registers.disclosures.opening import (
    DisclosureScoped,
    DrawnStream,
    SetDisclosureScope,
)
from projections.disclosures.scope import Scope, case_streams, drawn, streams_about

_PURPOSE = "To draw the scope of a disclosure."


def whom_it_is_about(around: Around) -> UUID | None:
    """The person of a request for one's own."""
    return disclosure_of(around).party


def refuse_nothing_to_cover(around: Around) -> None:
    """Refuses a scope of kinds of entry that there are not, or one that selects nothing by its words."""
    for each in around.given.get("topics", ()):
        if each not in topics():
            raise InvalidCommand(
                f"{quoted(each)} is no kind of entry; see the topics in `caseledger trail REF --json`."
            )
    state = disclosure_of(around)
    if not around.given.get("cases") and state.party is None and not state.items:
        raise Refusal(
            f"The scope selects nothing: name cases with {around.named('cases')}, or list documents with "
            "`caseledger disclosure item`.",
            rule="scope-selects-something",
        )
    if state.party is None and _selects_nothing(around):
        raise Refusal(
            "The scope selects nothing: widen it, or answer that there is no record.",
            rule="scope-selects-something",
        )


def _selects_nothing(around: Around) -> bool:
    """Whether none of the cases that are named has an entry in scope, which is looked at before what was drawn goes."""
    try:
        asked = SetDisclosureScope.model_validate(around.given)
    except ValidationError:  # which is said where the command is built
        return False
    within = Scope(asked.from_at, asked.until_at, frozenset(asked.topics))
    return bool(asked.cases) and not any(
        within.covers(each.entry)
        for stream in case_streams(asked.cases)
        for each in around.ledger.read(stream)
    )


def last_scope(around: Around) -> DisclosureScoped | None:
    """The scope that was agreed last."""
    entries = around.ledger.read(f"{STREAM}/{around.given['disclosure_id']}")
    found = [each.entry.fact for each in entries if isinstance(each.entry.fact, DisclosureScoped)]
    return found[-1] if found else None


def streams_in_scope(around: Around) -> tuple[DrawnStream, ...]:
    """What the scope selects of the ledger; that it was read for this is recorded."""
    scope = last_scope(around)
    if scope is None:
        disclosure_of(around)
        return ()
    within = Scope(scope.from_at, scope.until_at, frozenset(scope.topics))
    return tuple(_drawn(around, scope, within))


def _drawn(around: Around, scope: DisclosureScoped, within: Scope) -> Iterator[DrawnStream]:
    streams = case_streams(scope.cases)
    if scope.party is not None:
        streams = tuple(dict.fromkeys((*streams, *_about(around, scope.party))))
    for stream, entries in zip(streams, opened(around, streams, purpose=_PURPOSE), strict=True):
        if found := drawn(stream, [each.entry for each in entries], within):
            yield found


def _about(around: Around, party: UUID) -> tuple[str, ...]:
    """The streams that name a person, found in the whole log."""
    last = around.ledger.store.tip()

    def told() -> Iterator[Entry]:
        with around.progress("entries") as tell:
            for entry in around.ledger.entries(upto=last):
                yield entry
                if entry.position % 1000 == 0:
                    tell(entry.position, last)

    return streams_about(told(), party)
