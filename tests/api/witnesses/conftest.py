"""An office that signs, and a witness that answers over HTTP and watches its log."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from api.witnesses.answering import witness_app
from ledger.evidence.signing.signing_state import signing_of
from ledger.evidence.signing.witness import Witness
from ledger.registers.signing import AddressWitness, IntroduceKey, signing_id
from tests.api.http.served import answering
from tests.evidence.signing_office import SigningOffice, signed_once
from tests.ledgers import DIRECTOR, OPENS_AT

AT = OPENS_AT + timedelta(hours=2)


@dataclass(frozen=True)
class Listening:
    """A witness, and where it answers."""

    witness: Witness
    url: str


def made(folder: Path, name: str, *, of: SigningOffice | None) -> Witness:
    """A new witness that watches the log of an office, if one is given."""
    witness = Witness(folder)
    witness.make(name)
    if of is not None:
        with of.opened() as (ledger, _):
            witness.trust(signing_of(ledger.store).in_force("checkpoint")[0])
    return witness


@contextmanager
def witnessing(folder: Path, name: str, *, of: SigningOffice | None) -> Generator[Listening]:
    """A new witness that answers until the block ends."""
    witness = made(folder, name, of=of)
    with answering(witness_app(witness, clock=lambda: AT)) as url:
        yield Listening(witness, url)


def introduced(office: SigningOffice, witness: Witness, url: str | None) -> None:
    """Names a witness, and where it is asked."""
    with office.opened() as (ledger, _):
        signing, key = signing_id(ledger.store.ledger_id), str(witness.key)
        ledger.handle(IntroduceKey(signing_id=signing, purpose="witness", key=key), actor=DIRECTOR)
        ledger.handle(AddressWitness(signing_id=signing, key=key, url=url), actor=DIRECTOR)


@pytest.fixture
def office(tmp_path: Path) -> SigningOffice:
    return signed_once(tmp_path / "office")


@pytest.fixture
def witness(office: SigningOffice, tmp_path: Path) -> Witness:
    """A witness that watches the office's log, and answers nobody."""
    return made(tmp_path / "witness", "witness.example.org", of=office)


@pytest.fixture
def listening(office: SigningOffice, tmp_path: Path) -> Iterator[Listening]:
    with witnessing(tmp_path / "witness", "witness.example.org", of=office) as found:
        yield found
