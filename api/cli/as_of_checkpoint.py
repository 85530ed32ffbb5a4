"""As of which checkpoint the command line gives something out, by the trees and the signer of its environment."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from api.witnesses.giving_out import proofs_to_give_out as proofs_of
from ledger.evidence.proving.proofs import Proofs
from ledger.evidence.signing.signer import Signer
from ledger.evidence.trees.trees import Trees
from ledger.service import Ledger
from ledger.settings import Settings


@contextmanager
def proofs_to_give_out(ledger: Ledger) -> Generator[Proofs]:
    """What a release cites, within one block."""
    settings = Settings()
    with (
        Trees.open(settings.location, ledger.store) as trees,
        proofs_of(ledger, trees, Signer.beside(settings.master_key_file)) as proofs,
    ):
        yield proofs
