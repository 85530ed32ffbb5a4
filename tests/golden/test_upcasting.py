"""A stored entry of an older schema version is read as today's fact; its bytes stay as they are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import pytest
from pydantic import InstanceOf

from ledger.entry import Actor, Context
from ledger.errors import UnreadableEntry
from ledger.facts import (
    Concealed,
    Fact,
    Personal,
    PersonalText,
    fact,
    fact_version,
    topics,
)
from ledger.sealing.heads import first_head
from ledger.sealing.master_key import MasterKey
from ledger.sealing.reading import office_entry, verified_entry
from ledger.sealing.sealing import SealedEntry, Sealer
from ledger.sealing.vault import Vault
from ledger.store import StoredRow
from ledger.store.sqlite.vault import SqliteVaultStore
from tests.evidence.made_up import forget, registry_kept

LEDGER = bytes(range(16))
STREAM = f"case/{UUID(int=7)}"
NOON = datetime(2026, 3, 8, 16, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clean_registry() -> Iterator[None]:
    before = dict(topics())
    with registry_kept():
        yield
    assert dict(topics()) == before


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    opened = Vault(SqliteVaultStore.create(tmp_path), MasterKey.new(), LEDGER)
    yield opened
    opened.close()


def first_version() -> type[Fact]:
    @fact
    class SnowMeasuredInATest(Fact):
        """Snow lay so many inches deep."""

        inches: int
        seen_by: UUID
        words: PersonalText

    return SnowMeasuredInATest


def third_version() -> Any:
    def to_millimetres(values: dict[str, Any]) -> dict[str, Any]:
        inches = values.pop("inches")
        return {**values, "millimetres": inches * 254 // 10}

    def with_place(values: dict[str, Any]) -> dict[str, Any]:
        return {**values, "place": None}

    @fact_version(3, from_1=to_millimetres, from_2=with_place)
    class SnowMeasuredInATest(Fact):
        """Snow lay so many millimetres deep, at a place."""

        millimetres: int
        place: str | None
        seen_by: UUID
        words: Annotated[str | InstanceOf[Concealed] | None, Personal("seen_by")]

    return SnowMeasuredInATest


def stored(kind: type[Fact], vault: Vault, **fields: Any) -> SealedEntry:
    return Sealer(vault, LEDGER).seal(
        kind(**fields),
        actor=Actor("person", "I-02"),
        context=Context(NOON, NOON, UUID(int=1)),
        stream=STREAM,
        version=1,
        previous=first_head(LEDGER, STREAM),
        recorded_at=NOON,
    )


def row_of(sealed: SealedEntry) -> StoredRow:
    return StoredRow(1, STREAM, 1, "SnowMeasuredInATest", sealed.state)


def test_an_entry_of_version_1_is_read_as_the_fact_of_version_3(vault: Vault) -> None:
    seen_by = UUID(int=3)
    old = stored(first_version(), vault, inches=10, seen_by=seen_by, words="il neige")
    blobs = [blob for _, blob in old.blobs]
    forget("SnowMeasuredInATest")
    today = third_version()
    found = verified_entry(row_of(old), LEDGER, blobs=blobs, vault=vault)
    assert found.entry.fact == today(millimetres=254, place=None, seen_by=seen_by, words="il neige")
    assert found.line.schema == 1
    office = office_entry(1, STREAM, 1, "SnowMeasuredInATest", old.state).fact
    assert office == today(millimetres=254, place=None, seen_by=seen_by, words=Concealed.SEALED)


def test_an_entry_of_today_passes_no_upcaster(vault: Vault) -> None:
    today = third_version()
    fields = {"millimetres": 0, "place": "Clare", "seen_by": UUID(int=3), "words": None}
    new = stored(today, vault, **fields)
    found = verified_entry(row_of(new), LEDGER, blobs=[blob for _, blob in new.blobs], vault=vault)
    assert found.entry.fact == today(**fields)
    assert found.line.schema == 3


def test_an_entry_of_a_topic_that_this_version_does_not_know_is_unreadable_but_intact(
    vault: Vault,
) -> None:
    old = stored(first_version(), vault, inches=0, seen_by=UUID(int=3), words=None)
    forget("SnowMeasuredInATest")
    with pytest.raises(UnreadableEntry, match=r"SnowMeasuredInATest.*upgrade caseledger"):
        verified_entry(row_of(old), LEDGER)


def test_two_facts_of_one_name_are_refused() -> None:
    first_version()
    with pytest.raises(TypeError, match="SnowMeasuredInATest"):
        first_version()


def test_a_fact_cannot_name_a_field_of_the_envelope() -> None:
    with pytest.raises(TypeError, match="actor"):

        @fact
        class ActorNamedInATest(Fact):
            """Has a field that belongs to the envelope."""

            actor: str
