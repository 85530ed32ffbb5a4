"""What is read without being checked again is what checking it would give."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ledger.case.contact.contacts import ContactLogged
from ledger.errors import UnreadableEntry
from ledger.facts import dump
from ledger.sealing.reading import office_entry
from projections.fold.told import told, told_by
from projections.fold.trusting import fact_trusted
from tests.golden import stored
from tests.golden.examples import examples

FILES = stored.golden_files()


def each_file(path: Path) -> str:
    return path.stem


@pytest.mark.parametrize("name", sorted(examples()))
def test_a_fact_that_is_trusted_is_the_fact_that_is_validated(name: str) -> None:
    fact = examples()[name]
    values: dict[str, Any] = json.loads(json.dumps(dump(fact)))
    trusted = fact_trusted(name, fact.schema_version, json.loads(json.dumps(values)))
    assert trusted == type(fact).model_validate(values)
    assert trusted.model_dump() == type(fact).model_validate(values).model_dump()


@pytest.mark.parametrize("path", FILES, ids=each_file)
def test_what_a_stored_entry_tells_is_what_the_entry_itself_tells(path: Path) -> None:
    row = stored.read(path).row
    assert told_by(*row) == told(office_entry(*row))


def test_what_has_not_the_fields_of_today_is_refused_in_words() -> None:
    row = stored.read(stored.path_of("CasePulled", 1)).row
    for change in ((b'"offered"', b'"coffered"'), (b'"schema":1', b'"schema":9')):
        assert change[0] in row.state
        state = row.state.replace(*change)
        with pytest.raises(UnreadableEntry, match="upgrade caseledger"):
            told_by(row.position, row.stream, row.version, row.topic, state)


def test_what_was_recorded_before_a_fact_gained_optional_fields_is_trusted_too() -> None:
    """Else a ledger of some years would be rebuilt at the pace of validation."""
    values: dict[str, Any] = json.loads(json.dumps(dump(examples()["ContactLogged"])))
    before = {name: value for name, value in values.items() if name not in ("language", "acts")}
    validated = ContactLogged.model_validate(before)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ContactLogged, "model_validate", None)
        trusted = fact_trusted("ContactLogged", ContactLogged.schema_version, before)
    assert trusted == validated
    assert (validated.language, validated.acts) == (None, ())
