"""Evidence over HTTP: what was answered can be proved with the office's public key and nothing else."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from ledger.entry import Actor
from ledger.evidence.proving.checking import Trusted, check_proof, read_keys
from ledger.evidence.proving.proof_files import read_proof_file
from ledger.evidence.signing.checkpoints import make_checkpoint
from ledger.evidence.signing.signer import Signer
from tests.api.http.served import Served

SIGNER = Actor("machine", "signer", version="1")


@pytest.fixture
def signed(office: Served, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The reference of a case that a checkpoint covers."""
    reference = office.as_member("I-02").opened()
    ledger = office.service.ledger
    folder: Path = _signer_of(office, tmp_path_factory)
    make_checkpoint(ledger, office.service.trees, Signer(folder), actor=SIGNER)
    return reference


def _signer_of(office: Served, factory: pytest.TempPathFactory) -> Path:
    folder = factory.getbasetemp() / f"signer-{office.service.ledger.policy_id}"
    folder.mkdir(exist_ok=True)
    return folder


def test_the_proof_of_a_case_is_checked_by_whoever_has_the_published_key(
    office: Served, signed: str
) -> None:
    keys = office.nobody().get("/v1/keys").json()["checkpoint"]
    said = office.as_member("A-01").get(f"/v1/cases/{signed}/proof")
    assert said.status_code == 200, said.text
    proved = check_proof(read_proof_file(said.content), Trusted(read_keys(keys), read_keys([]), 0))
    assert proved.confirmed
    assert [each.count for each in proved.streams] == [4]


def test_an_entry_comes_with_the_path_that_leads_to_the_checkpoint(
    office: Served, signed: str
) -> None:
    entries = office.as_member("A-01").get(f"/v1/cases/{signed}/entries").json()["entries"]
    said = office.as_member("A-01").get(f"/v1/entries/{entries[0]['position']}").json()
    assert said["entry"] == entries[0]
    assert said["inclusion"]["leaf"] == entries[0]["position"] - 1
    assert said["checkpoint"]["size"] >= entries[0]["position"]
    assert orjson.loads(said["line"])


def test_the_newest_checkpoint_is_the_signed_note_itself(office: Served, signed: str) -> None:
    said = office.nobody().get("/v1/checkpoint")
    assert said.headers["Content-Type"].startswith("text/plain")
    assert "\u2014 " in said.text
    as_json = office.nobody().get("/v1/checkpoint", Accept="application/json").json()
    assert as_json["note"] == said.text


@pytest.mark.parametrize("position", ["0", "999999999", "none", "9" * 40])
def test_an_entry_that_is_not_there_is_not_found(office: Served, position: str) -> None:
    assert office.as_member("A-01").get(f"/v1/entries/{position}").json()["code"] == "not-found"
