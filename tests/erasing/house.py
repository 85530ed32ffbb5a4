"""An office in which two people have cases, a records officer proposes to erase one of them, and another approves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from ledger.case.contact.contacts import AddNote
from ledger.case.in_words import Passage
from ledger.case.intake.opening import OpenCase
from ledger.case.people.concerned import AddCaseParty
from ledger.commands import Request
from ledger.entry import Actor, Context
from ledger.facts import Concealed, Fact
from ledger.personal.erasing import beginning_of, refuse_held, touched, touched_by
from ledger.personal.erasing import carry_out as carry_out_asked
from ledger.registers.keeping.erasures import ApproveErasure, ProposeErasure
from ledger.registers.people.parties import RecordParty
from ledger.sealing.heads import first_head
from ledger.sealing.reading import ReadEntry
from ledger.sealing.sealing import Sealer
from ledger.service import Ledger
from ledger.store.interface import Batch, SealedRow, StoredRow
from tests.ledgers import INTAKE

FIRST = Actor("person", "D-01", role="records", team="INT")
SECOND = Actor("person", "L-01", role="records", team="INT")
ADA, BOB = "Adelheid Quillfeather", "Bartholomew Trunchpole"


@dataclass(frozen=True)
class People:
    """Two people and the case of each."""

    ada: UUID
    bob: UUID
    her_case: UUID
    his_case: UUID


def two_people(ledger: Ledger) -> People:
    """Ada and Bob are recorded, each with a case that says where they live."""
    ids = [ledger.new_id() for _ in range(4)]
    for party, case_id, name in ((ids[0], ids[2], ADA), (ids[1], ids[3], BOB)):
        ledger.handle(RecordParty(party_id=party, name=name), actor=INTAKE)
        opening = OpenCase(
            case_id=case_id,
            channel="phone",
            request_type="GEN-ENQ",
            requester=party,
            answers={"name": name, "description": f"{name} lives at 7 Nowhere Lane."},
        )
        ledger.handle(opening, actor=INTAKE)
        note = AddNote(case_id=case_id, note_id=ledger.new_id(), text=f"Spoke to {name}.")
        ledger.handle(note, actor=INTAKE)
    return People(*ids)


def written_before(ledger: Ledger, stream: str, fact: Fact) -> None:
    """Begins a stream with a fact as it was recorded when less was refused."""
    store, vault, at = ledger.store, ledger.vault, ledger.clock()
    with store.exclusive():
        tip = store.tip()
        sealed = Sealer(vault, store.ledger_id).seal(
            fact,
            actor=INTAKE,
            context=Context(at, at, ledger.new_id(), ledger.policies().versions[-1].digest),
            stream=stream,
            version=1,
            previous=first_head(store.ledger_id, stream),
            recorded_at=at,
        )
        vault.keep_assignments(tip=tip)
        row = StoredRow(tip + 1, stream, 1, fact.topic, sealed.state)
        parts = tuple(SealedRow(tip + 1, *each) for each in sealed.blobs)
        assert store.append(Batch((row,), parts), expected_tip=tip)


MET = f"Met {ADA} and {BOB} at noon."


def met(ledger: Ledger, people: People) -> None:
    """In his case a note says that he met her: a text about the case, about her and about him."""
    ledger.handle(
        AddCaseParty(case_id=people.his_case, party=people.ada, role="witness"), actor=INTAKE
    )
    note = AddNote(
        case_id=people.his_case,
        note_id=ledger.new_id(),
        text=MET,
        passages=(
            Passage(party=people.ada, first=1, end=3),
            Passage(party=people.bob, first=4, end=6),
        ),
    )
    ledger.handle(note, actor=INTAKE)


def propose(ledger: Ledger, asked: ProposeErasure, *, actor: Actor) -> None:
    """Proposes it with what it touches; a Refusal if any of that is held."""
    reached = touched(ledger, party=asked.party, cases=asked.cases)
    refuse_held(ledger, ledger.handle(asked.model_copy(update={"touched": reached}), actor=actor))


def approve(ledger: Ledger, erasure_id: UUID, *, actor: Actor) -> None:
    """Approves it, likewise."""
    asked = ApproveErasure(erasure_id=erasure_id, touched=touched_by(ledger, erasure_id))
    refuse_held(ledger, ledger.handle(asked, actor=actor))


def carry_out(ledger: Ledger, erasure_id: UUID, *, actor: Actor) -> None:
    """Carries it out, likewise."""
    refuse_held(ledger, carry_out_asked(ledger, Request(beginning_of(ledger, erasure_id), actor)))


def proposed(ledger: Ledger, people: People, *, cases: tuple[UUID, ...] = ()) -> UUID:
    """An erasure of Ada, proposed on an order."""
    erasure_id = ledger.new_id()
    asked = ProposeErasure(
        erasure_id=erasure_id,
        authority="order",
        party=people.ada,
        cases=cases,
        instrument="Order 2026-7",
    )
    propose(ledger, asked, actor=FIRST)
    return erasure_id


def erased(ledger: Ledger, people: People, *, cases: tuple[UUID, ...] = ()) -> UUID:
    """Ada, erased with these cases whole."""
    erasure_id = proposed(ledger, people, cases=cases)
    approve(ledger, erasure_id, actor=SECOND)
    carry_out(ledger, erasure_id, actor=FIRST)
    return erasure_id


def personal(entries: list[ReadEntry]) -> Iterator[object]:
    """Every personal value of these entries that says anything."""
    for each in entries:
        fact = each.entry.fact
        plan = type(fact).plan
        values = [getattr(fact, name) for name, _ in plan.personal]
        if plan.answers:
            values += fact.__dict__["answers"].personal.values()
        yield from (value for value in values if value is not None)


def opened(ledger: Ledger, stream: str) -> list[object]:
    """The personal values of a stream, opened."""
    return list(personal(ledger.read_opened(stream, actor=INTAKE, purpose="To see what is left")))


def gone(values: list[object]) -> bool:
    return bool(values) and set(values) == {Concealed.ERASED}


def every_byte(*folders: Path) -> dict[str, bytes]:
    """Every file below these folders, as it lies on the disk."""
    return {
        str(path): path.read_bytes()
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file()
    }
