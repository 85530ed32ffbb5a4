"""A server that lacks the end of what the one before it had: that end is told by nobody, nor written over if signed."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from ledger.errors import CaseNotFound, LedgerUnavailable, StartAgain
from ledger.evidence.signing.checkpoints import make_checkpoint
from ledger.evidence.signing.signer import Signer
from ledger.evidence.trees.trees import Trees
from ledger.evidence.verifying.recovering import recover
from ledger.evidence.verifying.verify import verify
from ledger.ids import case_stream, reference_of
from tests.contracts.recorded import run
from tests.ledgers import WATCH, office_policy, place_in, publish
from tests.servers.postgresql import PostgresqlServer, running
from tests.writer.office_work import add_note, open_case


@pytest.fixture
def server() -> Iterator[PostgresqlServer]:
    with running(fsync=False) as started:
        yield started


def copied(server: PostgresqlServer, name: str, into: str) -> None:
    """Copies what a server that is stopped has, its owner and rights too."""
    shutil.rmtree(server.folder / into, ignore_errors=True)
    subprocess.run(["cp", "-a", server.folder / name, server.folder / into], check=True)


def test_what_a_lost_server_alone_had_is_told_by_nobody_once_another_answers(
    server: PostgresqlServer, tmp_path: Path
) -> None:
    with place_in(tmp_path, database=server.url()).office() as ledger:
        case = case_stream(case_id := open_case(ledger))
        before = ledger.state_of(case)
        server.stop()
        copied(server, "data", "standby")
        server.start()
        add_note(ledger, case_id)
        lost = open_case(ledger)
        policy = office_policy()
        members = {**policy.members, "R-99": policy.members["R-02"]}
        later = ledger.clock() + timedelta(hours=1)
        publish(ledger, policy.model_copy(update={"members": members}), effective_from=later)
        assert ledger.state_of(case) != before
        assert ledger.find_case(reference_of(lost)) == lost
        assert ledger.begun_by(case_stream(lost)) is not None
        assert len(ledger.policies().versions) == 2
        server.stop()
        copied(server, "standby", "data")
        server.start()
        assert ledger.state_of(case) == before
        assert not ledger.state_of(case_stream(lost)).opened
        assert len(ledger.policies().versions) == 1
        assert ledger.begun_by(case_stream(lost)) is None
        with pytest.raises(CaseNotFound):
            ledger.find_case(reference_of(lost))
        assert add_note(ledger, case_id).version == len(ledger.read(case))


def test_nothing_is_written_over_what_was_signed_for_where_a_database_is_restored_beneath_whoever_has_it_open(
    server: PostgresqlServer, tmp_path: Path
) -> None:
    """Before, only whoever opened the ledger anew looked: all others began a second history."""
    place = place_in(tmp_path, database=server.url())
    signer = Signer.beside(place.master_key)
    with place.office() as ledger, Trees.open(place.location, ledger.store) as trees:
        case_id = open_case(ledger)
        server.stop()
        copied(server, "data", "standby")
        server.start()
        add_note(ledger, case_id)
        make_checkpoint(ledger, trees, signer, actor=WATCH)
        signed = ledger.store.tip()
        server.stop()
        copied(server, "standby", "data")
        server.start()
        tip = ledger.store.tip()
        for _ in range(2):
            with pytest.raises(LedgerUnavailable, match="and what is here to entry 3"):
                add_note(ledger, case_id)
        assert ledger.store.tip() == tip == 3
        with place.open() as other:
            recover(other, signer, actor=WATCH)
        assert add_note(ledger, case_id).position > signed + 1
        assert verify(ledger.store, ledger.vault).findings == []


def test_whoever_finds_the_log_shorter_than_it_was_starts_again(
    server: PostgresqlServer, tmp_path: Path
) -> None:
    """As where its schemas are dropped and taken in from a dump while the sessions last."""
    with place_in(tmp_path, database=server.url()).office() as ledger:
        case_id = open_case(ledger)
        tip = ledger.store.tip()
        add_note(ledger, case_id)
        run(server.url(), "ALTER TABLE entries DISABLE TRIGGER USER")
        run(server.url(), f"DELETE FROM entries WHERE notification_id > {tip}")
        with pytest.raises(StartAgain, match=f"ended at entry {tip + 1} and ends at {tip} now"):
            ledger.look()
