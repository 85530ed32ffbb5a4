"""On PostgreSQL with a synchronous standby only what the standby has flushed is signed."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from ledger.errors import LedgerUnavailable
from ledger.evidence.signing.notes import Checkpoint
from ledger.store.postgres import standby as postgres_standby
from tests.evidence.signing_office import SigningOffice
from tests.ledgers import place_in
from tests.servers.postgresql import running
from tests.servers.standby import synchronous_standby


def test_nothing_is_signed_that_a_promotion_could_lose(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(fsync=False) as primary, primary.database() as url:
        office = SigningOffice(place_in(tmp_path, database=url))
        with office.place.office():
            pass
        office.works(2)
        office.signs()
        with synchronous_standby(primary) as standby:
            office.works(1)
            signed = Checkpoint.read(office.signs().text)
            with psycopg.connect(standby.url(url.partition("@/")[2].partition("?")[0])) as there:
                found = there.execute("SELECT max(notification_id) FROM ledger.entries").fetchone()
            assert found == (signed.size,)
            with psycopg.connect(url, autocommit=True) as connection:
                name = connection.info.dbname
                # As an administrator might: commits no longer wait for the standby.
                connection.execute(
                    f'ALTER DATABASE "{name}" SET synchronous_commit = local'.encode()
                )
            standby.stop()
            office.works(1)
            with monkeypatch.context() as limits:
                limits.setattr(postgres_standby, "_WITHIN_SECONDS", 0.3)
                with pytest.raises(LedgerUnavailable, match="No synchronous standby has flushed"):
                    office.signs()
            so_far = office.signer.signed_so_far()
            assert so_far is not None
            assert so_far.size == signed.size
        assert Checkpoint.read(office.signs().text).size > signed.size
        assert office.found() == []
