"""What was stored stays readable: every topic's golden file gives today exactly the fact it always gave."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import rfc8785

import ledger.service
from ledger.case.contact.contacts import NoteAdded
from ledger.entry import Actor, Context
from ledger.errors import IntegrityFailure, UnreadableEntry
from ledger.facts import Concealed, Fact, PartlyErased, dump, fact_from, topics
from ledger.sealing.reading import office_entry, verified_entry
from ledger.sealing.vault import Vault
from tests.evidence import by_the_book as book
from tests.golden import stored
from tests.golden.examples import examples

FILES = stored.golden_files()
TOPICS = {topic: kind for topic, kind in topics().items() if kind.__module__.startswith("ledger.")}
assert ledger.service.KINDS, "importing the service registers every topic"


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    with stored.opened_vault(tmp_path_factory.mktemp("golden")) as opened:
        yield opened


def each_file(path: Path) -> str:
    return path.stem


def test_every_schema_version_of_every_topic_has_its_golden_file() -> None:
    expected = {
        stored.path_of(topic, version)
        for topic, kind in TOPICS.items()
        for version in range(1, kind.schema_version + 1)
    }
    assert set(FILES) == expected, "run `python -m tests.golden`, and remove no file"


def test_the_golden_facts_of_today_are_the_examples() -> None:
    """An example may change only with a new schema version: its golden file is never made again."""
    for topic, fact in examples().items():
        golden = stored.read(stored.path_of(topic, fact.schema_version))
        today = stored.as_read(fact, sealed=False)
        assert golden.opened == {name: today[name] for name in golden.opened}, topic


def test_a_golden_file_is_never_made_again() -> None:
    for path in FILES:
        with pytest.raises(FileExistsError):
            stored.write(path, stored.read(path))


@pytest.mark.parametrize("path", FILES, ids=each_file)
def test_a_golden_entry_opens_to_exactly_the_fact_that_was_sealed(path: Path, vault: Vault) -> None:
    golden = stored.read(path)
    found = verified_entry(golden.row, stored.ledger_id(), blobs=golden.blobs, vault=vault)
    assert found.entry.fact == fact_from(golden.row.topic, golden.schema, golden.opened)
    assert dump(found.entry.fact) == stored.as_read(found.entry.fact, sealed=False)
    if golden.schema == type(found.entry.fact).schema_version:
        assert dump(found.entry.fact) == golden.opened | _added_since(found.entry.fact, golden)
    assert (found.entry.actor, found.entry.context) == _envelope(golden)
    assert found.erased == frozenset()
    assert found.line.schema == golden.schema


@pytest.mark.parametrize("path", FILES, ids=each_file)
def test_a_golden_entry_gives_projections_its_office_part_with_personal_values_sealed(
    path: Path,
) -> None:
    row = stored.read(path).row
    golden = stored.read(path)
    found = office_entry(row.position, row.stream, row.version, row.topic, row.state)
    assert stored.as_read(found.fact, sealed=True) == dump(found.fact)
    if golden.schema == type(found.fact).schema_version:
        assert dump(found.fact) == golden.office | _added_since(found.fact, golden)
    assert (found.actor, found.context) == _envelope(golden)
    for name, _ in type(found.fact).plan.personal:
        assert getattr(found.fact, name) is Concealed.SEALED


def _added_since(fact: Fact, golden: stored.GoldenEntry) -> dict[str, Any]:
    """The defaults of the optional fields that the fact has gained since its golden file was made."""
    added = {
        name: each for name, each in type(fact).model_fields.items() if name not in golden.opened
    }
    told = {name: each.get_default(call_default_factory=True) for name, each in added.items()}
    return {name: [*each] if isinstance(each, tuple) else each for name, each in told.items()}


@pytest.mark.parametrize("path", FILES, ids=each_file)
def test_a_stranger_finds_the_digests_of_a_golden_entry_from_the_format_s_document_alone(
    path: Path,
) -> None:
    said = json.loads(path.read_text(encoding="utf-8"))
    keys = json.loads(stored.KEYS.read_text(encoding="utf-8"))
    ledger_id = bytes.fromhex(keys["ledger"])
    raw, office = book.split_state(said["state"].encode())
    line = book.parse_line(raw)
    assert (line["stream"], line["version"], line["topic"], line["schema"], line["ledger"]) == (
        said["stream"],
        said["version"],
        said["topic"],
        said["schema"],
        book.b64u(ledger_id),
    )
    assert line["previous"] == book.b64u(book.first_head(ledger_id, said["stream"]))
    assert line["content"] == book.content(book.office_digests(office))
    assert office["values"]["sealed"] == {
        book.b64u(book.bytes_of(blob)[1:17]): book.b64u(book.h(book.bytes_of(blob)))
        for blob in said["sealed"]
    }
    opened = dict(office["values"])
    for blob in said["sealed"]:
        opened |= _opened_by_a_stranger(book.bytes_of(blob), said, keys, office["sealed"])
    assert opened.keys() == office["values"].keys() | office["sealed"].keys()
    assert _as_fact(opened, office["sealed"]) == said["opened"]


@pytest.mark.parametrize("path", FILES, ids=each_file)
def test_the_canonical_json_of_a_golden_entry_is_that_of_rfc_8785(path: Path) -> None:
    state = stored.read(path).row.state
    line, _, office = state.partition(b"\n")
    assert rfc8785.dumps(json.loads(line)) == line
    assert rfc8785.dumps(json.loads(office)) == office
    for value in json.loads(office)["values"].values():
        assert rfc8785.dumps(value) == book.canonical(value)


@pytest.mark.parametrize("path", FILES, ids=each_file)
def test_a_golden_entry_of_another_ledger_or_place_is_not_this_one(
    path: Path, vault: Vault
) -> None:
    golden = stored.read(path)
    with pytest.raises(IntegrityFailure, match="another ledger"):
        verified_entry(golden.row, bytes(16), blobs=golden.blobs, vault=vault)
    moved = golden.row._replace(version=2)
    with pytest.raises(IntegrityFailure, match="columns"):
        verified_entry(moved, stored.ledger_id(), blobs=golden.blobs, vault=vault)


def test_a_golden_text_about_several_people_is_read_whole_or_without_one_of_them(
    vault: Vault,
) -> None:
    golden = stored.read(stored.SHARED)
    ledger_id = stored.ledger_id()
    found = verified_entry(golden.row, ledger_id, blobs=golden.blobs, vault=vault)
    assert dump(found.entry.fact) == golden.opened | _added_since(found.entry.fact, golden)
    left = verified_entry(golden.row, ledger_id, blobs=golden.blobs[:-1], vault=vault).entry.fact
    assert isinstance(left, NoteAdded)
    parts = ("It is said: Zoë hit ", Concealed.ERASED, "twice.")
    assert left.text == PartlyErased(parts, (2,))


def test_a_stranger_finds_the_digest_of_a_golden_text_about_several_people_in_any_part_of_it() -> (
    None
):
    said = json.loads(stored.SHARED.read_text(encoding="utf-8"))
    keys = json.loads(stored.KEYS.read_text(encoding="utf-8"))
    raw, office = book.split_state(said["state"].encode())
    assert book.parse_line(raw)["content"] == book.content(book.office_digests(office))
    plains = [_plain_of(book.bytes_of(blob), said, keys) for blob in said["sealed"]]
    whose = [plain["about"] for plain in plains]
    assert whose[0] == said["stream"]
    assert [each.partition("/")[0] for each in whose] == ["case", "party", "party"]
    salt = book.salt(book.bytes_of(office["seed"]), "text")
    for plain in plains:
        digests = list[bytes]()
        for number, words in plain["texts"]["text"]:
            assert number == len(digests)
            if isinstance(words, list):
                digests += map(book.bytes_of, words)
                continue
            for place, word in enumerate(book.pieces_of(words), number):
                salted = book.piece_salt(book.bytes_of(plain["seed"]), "text", place)
                digests.append(book.piece_digest(salted, word))
        slot = book.slot_digest(salt, "text", book.text_slot(digests))
        assert office["sealed"]["text"] == book.b64u(slot)


def test_the_golden_values_are_those_that_are_easily_got_wrong() -> None:
    kept = "".join(path.read_text(encoding="utf-8") for path in FILES)
    for hard in ("\\u0000", "\\u001f", "e\u0301", "\U0001f9ca", "9007199254740991", "null", " 0,"):
        assert hard in kept


def test_an_entry_of_a_schema_that_is_newer_than_this_version_is_not_guessed_at() -> None:
    row = stored.read(stored.path_of("NoteAdded", 1)).row
    newer = row.state.replace(b'"schema":1,', b'"schema":2,', 1)
    with pytest.raises(UnreadableEntry, match="upgrade caseledger"):
        office_entry(row.position, row.stream, row.version, row.topic, newer)


def _envelope(golden: stored.GoldenEntry) -> tuple[Actor, Context]:
    return Actor(**golden.actor), Context.from_slot(golden.context)


def _opened_by_a_stranger(
    blob: bytes, said: dict[str, Any], keys: dict[str, Any], digests: dict[str, str]
) -> dict[str, Any]:
    values, _ = book.personal_values(_plain_of(blob, said, keys), digests)
    return values


def _plain_of(blob: bytes, said: dict[str, Any], keys: dict[str, Any]) -> dict[str, Any]:
    ledger_id = bytes.fromhex(keys["ledger"])
    (wrapped,) = [
        bytes.fromhex(each["wrapped"])
        for each in keys["keys"]
        if each["key_id"] == blob[1:17].hex()
    ]
    key = book.unwrap(
        bytes.fromhex(keys["master"]["key"]),
        wrapped,
        ledger=ledger_id,
        key_id=blob[1:17],
        epoch=keys["master"]["epoch"],
    )
    return book.unseal(blob, key, ledger=ledger_id, stream=said["stream"], version=said["version"])


def _as_fact(slots: dict[str, Any], sealed: dict[str, str]) -> dict[str, Any]:
    """Slots put together as a fact's fields: the envelope left out, answers gathered by tier."""
    fields = {
        name: value
        for name, value in slots.items()
        if name not in ("actor", "context", "sealed") and not name.startswith("answers.")
    }
    answers: dict[str, dict[str, Any]] = {"office": {}, "personal": {}}
    for name, value in slots.items():
        if name.startswith("answers."):
            tier = "personal" if name in sealed else "office"
            answers[tier][name.removeprefix("answers.")] = value
    return fields | ({"answers": answers} if any(answers.values()) else {})
