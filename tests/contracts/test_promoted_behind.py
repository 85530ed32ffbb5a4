"""A server that lacks the end of what the one before it had: of that end nothing is told, before any write too."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from ledger.errors import CaseNotFound
from ledger.ids import case_stream, reference_of
from tests.ledgers import office_policy, place_in, publish
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
