"""What is derived is derived alike for ever: by it a ledger finds its own registers, keys and secrets again."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest

from ledger.policy.flow.draws import seed_of
from ledger.registers.directory import directory_id
from ledger.registers.flow.draws import draws_id
from ledger.registers.flow.rates import rate_id
from ledger.registers.flow.routing_weeks import routing_id
from ledger.registers.flow.sequences import sequence_id
from ledger.registers.policies import policy_id
from ledger.registers.signing import signing_id
from ledger.sealing.vault import Vault
from tests.golden import stored

LEDGER = stored.ledger_id()


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    with stored.opened_vault(tmp_path_factory.mktemp("derived")) as opened:
        yield opened


@pytest.mark.parametrize(
    ("found", "kept"),
    [
        (policy_id(LEDGER), "00000000-0000-7861-94e6-9465477905b2"),
        (directory_id(LEDGER), "00000000-0000-7c25-9d4b-da38d0ce5ba0"),
        (signing_id(LEDGER), "00000000-0000-78ee-8724-c89c965b04ce"),
        (routing_id(LEDGER), "00000000-0000-7f8b-b4e8-0318e8aeb0e2"),
        (sequence_id(LEDGER), "00000000-0000-7464-af8f-4875bd2a55de"),
        (rate_id(LEDGER, "RDW"), "00000000-0000-7f7b-8150-7b444f66d1a2"),
        (draws_id(LEDGER, "RDW"), "00000000-0000-7b87-9e1d-51f9f7e720ae"),
    ],
    ids=["policy", "directory", "signing", "routing", "sequence", "rate", "calls"],
)
def test_a_register_of_a_ledger_is_found_where_it_was_kept_first(found: UUID, kept: str) -> None:
    assert found == UUID(kept)


def test_the_key_of_whom_an_entry_is_about_is_found_when_they_are_to_be_erased(
    vault: Vault,
) -> None:
    golden = stored.read(stored.path_of("NoteAdded", 1))
    (blob,) = golden.blobs
    assert vault.keys_of(golden.row.stream) == {blob[1:17]: golden.row.stream}


def test_a_subscription_keeps_its_secret_and_a_command_its_digest(vault: Vault) -> None:
    secret = vault.derived_secret("webhook", str(UUID(int=7)), "1").hex()
    assert secret == "e424af058d3cc06f12dadee0a5a0da06343df4e3bf82b0b8f692260c38ede69f"
    assert vault.command_digest(b"body").hex() == "6ce3977e404a2de44f1b4b6d8c219da1"


def test_a_draw_that_was_made_is_made_again_from_the_same_seed() -> None:
    seed = seed_of(LEDGER, "RDW", "2026-03-02", "h" * 43)
    assert seed == "7de4a6175e4d9f93a44d76d7a063517171538c3f5b3064e41c886c418b9808e8"
