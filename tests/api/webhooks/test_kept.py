"""What is kept of deliveries: it comes back as it was, on every store, and of two who save one loses."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from api.webhooks.backlog import Backlog, Owed
from api.webhooks.deliveries import Deliveries, TurnLost
from ledger.errors import LedgerUnavailable
from ledger.store import Location
from tests.servers.impatient import given_up_soon
from tests.servers.postgresql import PostgresqlServer

WEBHOOK, OTHER = UUID(int=7), UUID(int=8)
AT = datetime(2026, 3, 2, 12, 30, 0, 1, tzinfo=UTC)
BACKLOG = Backlog(
    looked=2**53 - 1,
    digest="d" * 43,
    owed=(
        Owed(3, "case/é"),
        Owed(9, "case/2", attempts=4, refused_since=AT, next_at=AT),
    ),
    told=8,
    failures=2,
    rests_until=AT,
    said="no answer in time",
)


@pytest.fixture(params=["sqlite", "postgresql"])
def location(request: pytest.FixtureRequest, tmp_path: Path) -> Location:
    """Where deliveries are kept: a home folder, then a database."""
    if request.param == "sqlite":
        return tmp_path
    url: str = request.getfixturevalue("postgresql_url")
    return url


def test_a_backlog_comes_back_as_it_was_saved_last(location: Location) -> None:
    with Deliveries.open(location) as deliveries:
        assert deliveries.load(WEBHOOK) is None
        deliveries.save(WEBHOOK, Backlog(looked=1))
        deliveries.save(WEBHOOK, BACKLOG)
    with Deliveries.open(location) as again:
        assert again.load(WEBHOOK) == BACKLOG
        assert again.load(OTHER) is None


def test_of_two_who_save_the_one_who_lost_the_turn_hears_it_and_changes_nothing(
    location: Location,
) -> None:
    with Deliveries.open(location) as one, Deliveries.open(location) as other:
        for each in (one, other):
            each.load(WEBHOOK)
        one.save(WEBHOOK, BACKLOG)
        with pytest.raises(TurnLost):
            other.save(WEBHOOK, Backlog(looked=1))
        other.load(WEBHOOK)
        other.save(WEBHOOK, Backlog(looked=2))
        with pytest.raises(TurnLost):
            one.save(WEBHOOK, BACKLOG)
        assert one.load(WEBHOOK) == Backlog(looked=2)


def test_what_ended_is_forgotten_alone(location: Location) -> None:
    with Deliveries.open(location) as deliveries:
        for each in (WEBHOOK, OTHER):
            deliveries.load(each)
            deliveries.save(each, BACKLOG)
        deliveries.forget(WEBHOOK)
        assert (deliveries.load(WEBHOOK), deliveries.load(OTHER)) == (None, BACKLOG)


def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    with Deliveries.open(tmp_path):
        assert (tmp_path / "webhooks.db").stat().st_mode & 0o777 == 0o600


def test_a_damaged_file_is_told_in_a_sentence_that_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "webhooks.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(LedgerUnavailable, match="take it away"):
        Deliveries.open(tmp_path)


def test_without_a_home_there_is_nothing_to_keep_it_in(tmp_path: Path) -> None:
    with pytest.raises(LedgerUnavailable, match="caseledger init"):
        Deliveries.open(tmp_path / "nowhere")


def test_a_server_that_stalls_is_told_in_time(
    postgresql_url: str, server: PostgresqlServer
) -> None:
    """Before, whoever delivers waited as long as the server did, and so did the service that was to end."""
    with given_up_soon(), Deliveries.open(postgresql_url) as deliveries:
        deliveries.load(WEBHOOK)
        deliveries.save(WEBHOOK, BACKLOG)
        with server.stalled(), pytest.raises(LedgerUnavailable, match="does not answer"):
            deliveries.load(WEBHOOK)
        assert deliveries.load(WEBHOOK) == BACKLOG
