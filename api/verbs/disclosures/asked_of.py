"""What a verb of a disclosure is asked of: the disclosure and the case of its request, as they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from api.verbs.verb import Around
from ledger.case.state import Case
from ledger.entry import Entry
from ledger.ids import subject_id_of
from ledger.keeping import case_of
from ledger.personal.opening import Reading
from ledger.policy.access import Purpose
from ledger.registers.disclosures import STREAM, Disclosure
from ledger.registers.disclosures.opening import DisclosureOpened
from ledger.sealing.reading import ReadEntry
from ledger.service import Ledger
from ledger.then import NOW, Then


def disclosure_as_it_stands(ledger: Ledger, disclosure_id: UUID) -> Disclosure:
    """A disclosure over all its entries; one that was never opened if there are none."""
    return disclosure_then(ledger, disclosure_id, NOW)


def disclosure_then(ledger: Ledger, disclosure_id: UUID, then: Then) -> Disclosure:
    """The same over those entries that count then."""
    return ledger.state_of(f"{STREAM}/{disclosure_id}", then)


def entries_then(ledger: Ledger, disclosure_id: UUID, then: Then) -> list[Entry]:
    """The entries of a disclosure, or those that count then."""
    return [each.entry for each in then.of(ledger.read(f"{STREAM}/{disclosure_id}"))]


def disclosures(ledger: Ledger) -> Iterator[tuple[UUID, Disclosure]]:
    """Every disclosure with how it stands, those first that were begun first."""
    for stream in ledger.store.streams(STREAM):
        found = subject_id_of(stream)
        yield found, disclosure_as_it_stands(ledger, found)


def answering(ledger: Ledger, case_id: UUID) -> Iterator[tuple[UUID, Disclosure]]:
    """Those that answer the request that this case is, as they stand, the first begun first."""
    for stream in ledger.store.streams(STREAM):
        (first,) = ledger.read(stream, upto_version=1)
        if isinstance(opened := first.entry.fact, DisclosureOpened) and opened.case_id == case_id:
            found = subject_id_of(stream)
            yield found, disclosure_as_it_stands(ledger, found)


def is_published(ledger: Ledger, disclosure_id: UUID, state: Disclosure, then: Then = NOW) -> bool:
    """Whether another disclosure gave its answer to everybody by then."""
    if not state.published or state.case_id is None:
        return False
    others = (key for key, _ in answering(ledger, state.case_id))
    known = (disclosure_then(ledger, key, then) for key in others)
    return any(each.publishes == disclosure_id and each.last_release for each in known)


def disclosure_of(around: Around) -> Disclosure:
    """The disclosure that is asked of; DisclosureNotFound if there is none."""
    return disclosure_as_it_stands(around.ledger, around.given["disclosure_id"]).known()


def request_of(around: Around) -> Case:
    """How the case of the request stands."""
    case_id = disclosure_of(around).case_id
    return Case() if case_id is None else case_of(around.ledger, case_id)


def purpose_of(state: Disclosure) -> Purpose:
    """For which task of the access office personal values are opened."""
    return "subject_access" if state.audience == "subject" else "disclosure"


def opened(around: Around, streams: Sequence[str], *, purpose: str) -> list[list[ReadEntry]]:
    """The entries of these streams with personal values opened, recorded before as one reading."""
    reading = Reading(tuple(streams), purpose, purpose_of(disclosure_of(around)))
    return around.ledger.open_values(reading, actor=around.actor)
