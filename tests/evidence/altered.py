"""A ledger of all kinds of entries, and copies of it to be altered as somebody with the database's own tools would."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ledger.case.contact.contacts import AddNote, LogContact
from ledger.case.custody.pulling import PullCase
from ledger.case.history.imported import ImportCase, ImportedStep
from ledger.case.intake.opening import OpenCase
from ledger.case.outcome.resolving import ResolveCase
from ledger.commands import Request
from ledger.evidence.verifying.verify import Verification, verify
from ledger.ids import derived_uuid
from ledger.registers.people.parties import RecordParty
from ledger.sealing.master_key import MasterKey
from ledger.sealing.vault import Vault
from ledger.service import Ledger
from ledger.store.sqlite.ledger import SqliteLedgerStore
from ledger.store.sqlite.vault import SqliteVaultStore
from tests.evidence import by_the_book as book
from tests.ledgers import FORM, INTAKE, OPENS_AT, Place, place_in

TRIGGERS = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"


def mixed_history(ledger: Ledger, place: Place) -> None:
    """Cases of our own and of another system, a party, refusals, readings of personal data."""
    requester = ledger.new_id()
    ledger.handle(RecordParty(party_id=requester, name="Élise Doe"), actor=FORM)
    cases = [ledger.new_id() for _ in range(6)]
    for case_id in cases:
        place.clock.pass_by(minutes=7)
        opened = OpenCase(
            case_id=case_id,
            channel="phone",
            request_type="GEN-ENQ",
            requester=requester,
            answers={"name": "Élise Doe", "description": "Il neige encore."},
        )
        ledger.handle(opened, actor=FORM, command_id=derived_uuid(OPENS_AT, str(case_id)))
        note = AddNote(case_id=case_id, note_id=ledger.new_id(), text="called back, no answer")
        ledger.handle_all([Request(note, INTAKE)])
    pull = PullCase(case_ids=tuple(cases), team="INT", owner="I-02")
    ledger.handle_all([Request(pull, INTAKE)] * 20)
    for case_id in cases[:2]:
        place.clock.pass_by(hours=1)
        contact = LogContact(
            case_id=case_id,
            contact_id=ledger.new_id(),
            direction="outbound",
            channel="phone",
            kinds=("chase",),
            words="All is well.",
        )
        ledger.handle(contact, actor=INTAKE)
        ledger.handle(ResolveCase(case_id=case_id, outcome="done"), actor=INTAKE)
    ledger.handle(imported_case(ledger), actor=FORM)
    ledger.read_opened(f"case/{cases[0]}", actor=INTAKE, purpose="complaint")


def imported_case(ledger: Ledger) -> ImportCase:
    """A case of another system, of years ago."""
    began = OPENS_AT - timedelta(days=4000)
    return ImportCase(
        case_id=derived_uuid(began, "import", "old", "17"),
        batch=derived_uuid(began, "batch"),
        source="old",
        external_id="17",
        channel="Balie",
        channel_family="walk_in",
        received_at=began,
        deadline_at=began + timedelta(days=10),
        ended_at=began + timedelta(days=12),
        team="Groep 1",
        steps=tuple(
            ImportedStep(
                at=began + timedelta(days=number),
                activity=f"stap {number}",
                actor=ledger.pseudonym("old", f"Resource{number}"),
                takes_over=True,
                rows=(number,),
            )
            for number in range(1, 4)
        ),
    )


@contextmanager
def without_triggers(file: Path) -> Iterator[sqlite3.Connection]:
    """A file to be changed: triggers are dropped before, and put back after."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        triggers = connection.execute(TRIGGERS).fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        for _, trigger in triggers:
            connection.execute(trigger)


@dataclass(frozen=True)
class Copy:
    """A copy of the office's home that an attacker may do anything with."""

    home: Path
    master: MasterKey

    def attack(self, *statements: tuple[str, tuple[Any, ...]], file: str = "ledger.db") -> None:
        """Changes the file behind the ledger's back."""
        with without_triggers(self.home / file) as connection:
            for statement, values in statements:
                changed = connection.execute(statement, values).rowcount
                assert changed > 0, statement

    def row(self, topic: str, *, last: bool = False) -> tuple[int, str, int, bytes]:
        """Position, stream, version and state of the first entry of a topic, or the last."""
        order = "DESC" if last else "ASC"
        statement = f"""
        SELECT rowid, originator_id, originator_version, state
        FROM entries WHERE topic = ? ORDER BY rowid {order} LIMIT 1
        """
        with closing(sqlite3.connect(self.home / "ledger.db")) as connection:
            return connection.execute(statement, (topic,)).fetchone()

    def put_state(self, position: int, state: bytes) -> None:
        """Puts another state in an entry's place."""
        self.attack(("UPDATE entries SET state = ? WHERE rowid = ?", (state, position)))

    def verified(self, *, shut: bool = False) -> Verification:
        """What verification says of the copy, by its master key or while the vault is shut."""
        master = None if shut else self.master
        with (
            closing(SqliteLedgerStore(self.home)) as store,
            closing(Vault(SqliteVaultStore(self.home), master, store.ledger_id)) as vault,
        ):
            return verify(store, vault)

    def found(self, *, shut: bool = False) -> list[tuple[str, int | None]]:
        """The code and position of each finding; each has its sentence."""
        findings = self.verified(shut=shut).findings
        for finding in findings:
            assert finding.sentence.endswith("."), finding
            assert str(finding.position) in finding.sentence
            assert len(finding.sentence) > 20
        return [(finding.code, finding.position) for finding in findings]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Place:
    place = place_in(tmp_path_factory.mktemp("office"))
    with place.office() as ledger:
        mixed_history(ledger, place)
        assert verify(ledger.store, ledger.vault).findings == []
    return place


@pytest.fixture
def copy(office: Place, tmp_path: Path) -> Copy:
    assert isinstance(office.location, Path)
    shutil.copytree(office.location, tmp_path / "home")
    return Copy(tmp_path / "home", MasterKey.read(office.master_key))


def store_tip(copy: Copy) -> int:
    with closing(SqliteLedgerStore(copy.home)) as store:
        return store.tip()


class AlteredStore(SqliteLedgerStore):
    """The store of a home in whose file some states are other bytes."""

    states: dict[int, bytes]

    def scan(
        self, *, after: int = 0, upto: int | None = None, chunk: int = 10_000
    ) -> Iterator[list[tuple[int, str, int, str, bytes]]]:
        for rows in super().scan(after=after, upto=upto, chunk=chunk):
            yield [(*row[:4], self.states.get(row[0], row[4])) for row in rows]


def altered_office(state: bytes, change: Callable[[dict[str, Any]], None]) -> bytes:
    """The state with its office part changed, canonical again."""
    line, office = book.split_state(state)
    change(office)
    return line + b"\n" + book.canonical(office)
