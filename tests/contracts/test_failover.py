"""A primary dies under load and its synchronous standby is promoted: everything that was acknowledged is there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from threading import Condition, Event, Thread
from urllib.parse import quote

import psycopg
import pytest

from ledger.commands import Request
from ledger.entry import Receipt
from ledger.errors import LedgerUnavailable, OutcomeUnknown
from ledger.evidence.verifying.verify import verify
from ledger.service import Ledger
from ledger.store.postgres import standby as postgres_standby
from ledger.writer.writer import Outcome
from tests.benchmarks.office import publication
from tests.benchmarks.work import opening
from tests.contracts.recorded import cases_opened_by_half, is_there
from tests.contracts.served import Acknowledged, Loading, loaded, nth_request
from tests.patience import WITHIN_SECONDS
from tests.servers.postgresql import SUPERUSER, PostgresqlServer, running
from tests.servers.standby import StandbyServer, synchronous_standby

PROCESSES, CALLERS_EACH = 3, 2
CALLERS = PROCESSES * CALLERS_EACH
ACKNOWLEDGED_BEFORE, ACKNOWLEDGED_AFTER = 40, 40


@pytest.fixture
def primary() -> Iterator[PostgresqlServer]:
    with running(fsync=False) as started:
        yield started


@pytest.fixture
def standby(primary: PostgresqlServer) -> Iterator[StandbyServer]:
    with synchronous_standby(primary) as started:
        yield started


def either(*servers: PostgresqlServer) -> str:
    """The address of whichever of these servers takes writes."""
    hosts = ",".join(quote(str(each.folder), safe="") for each in servers)
    return f"postgresql://{SUPERUSER}@/postgres?host={hosts}&target_session_attrs=read-write"


@dataclass
class Heard:
    """What processes under load acknowledge, as it comes."""

    acknowledged: list[Acknowledged] = field(default_factory=list[Acknowledged])
    changed: Condition = field(default_factory=Condition)

    def listen(self, loading: Loading) -> Thread:
        """Hears one process out, in a thread that ends with it."""
        thread = Thread(target=self._hear, args=(loading,))
        thread.start()
        return thread

    def _hear(self, loading: Loading) -> None:
        for each in loading.acknowledged():
            with self.changed:
                self.acknowledged.append(each)
                self.changed.notify_all()

    def await_from_all(self, count: int, *, after: int = 0) -> int:
        """Returns once so many more were acknowledged, some by each process; how many there are now."""

        def enough() -> bool:
            fresh = self.acknowledged[after:]
            heard_of = {each.caller // CALLERS_EACH for each in fresh}
            return len(fresh) >= count and len(heard_of) == PROCESSES

        with self.changed:
            assert self.changed.wait_for(enough, WITHIN_SECONDS), "the load does not go on"
            return len(self.acknowledged)


def missing(ledger: Ledger, acknowledged: Sequence[Acknowledged]) -> list[Acknowledged]:
    """What was acknowledged and does not stand where its receipt says, with that digest."""
    return [each for each in acknowledged if not is_there(ledger, each.receipt)]


def is_answered_again(ledger: Ledger, said: Acknowledged) -> bool:
    """Whether the command, asked again, gets the receipt it got before."""
    (again,) = ledger.handle_all([nth_request(said.caller, said.nth, of=CALLERS)])
    return isinstance(again, Receipt) and again == said.receipt and not again.fresh


def test_when_the_primary_is_killed_under_load_no_acknowledged_entry_is_missing(
    primary: PostgresqlServer, standby: StandbyServer, tmp_path: Path
) -> None:
    url, master_key, heard = either(primary, standby), tmp_path / "master.key", Heard()
    with (
        Ledger.create(url, master_key=master_key) as ledger,
        ExitStack() as processes,
    ):
        ledger.handle_all([publication(ledger.policy_id)])
        loads = [
            processes.enter_context(
                loaded(
                    url,
                    master_key,
                    [0] * CALLERS_EACH,
                    first=CALLERS_EACH * number,
                    of=CALLERS,
                    persistent=True,
                )
            )
            for number in range(PROCESSES)
        ]
        listening = [heard.listen(each) for each in loads]
        heard.await_from_all(ACKNOWLEDGED_BEFORE)
        primary.kill()
        before = len(heard.acknowledged)
        standby.promote()
        heard.await_from_all(ACKNOWLEDGED_AFTER, after=before)
        for each in loads:
            each.kill()
        for thread in listening:
            thread.join()
        assert missing(ledger, heard.acknowledged) == []
        found = verify(ledger.store, ledger.vault)
        assert (found.findings, found.entries) == ([], ledger.store.tip())
        assert cases_opened_by_half(ledger) == set()
        assert [each for each in heard.acknowledged if not is_answered_again(ledger, each)] == []


def test_what_waits_for_a_standby_that_is_away_is_not_acknowledged_until_the_standby_has_it(
    primary: PostgresqlServer,
    standby: StandbyServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    url, asked = either(primary, standby), opening(1)
    with Ledger.create(url, master_key=tmp_path / "master.key") as ledger:
        ledger.handle_all([publication(ledger.policy_id)])
        tip = ledger.store.tip()
        standby.stop()
        waits = Thread(target=let_the_commit_go, args=(url,))
        waits.start()
        with pytest.raises(OutcomeUnknown, match="may be on record or not"):
            ledger.handle_all([asked])
        waits.join()
        assert ledger.store.tip() > tip, "the primary has it"
        with monkeypatch.context() as limits:
            limits.setattr(postgres_standby, "_WITHIN_SECONDS", 0.3)
            with pytest.raises(LedgerUnavailable, match="No synchronous standby has flushed"):
                ledger.handle_all([asked])
        standby.start()
        receipt = answered_in_time(ledger, asked)
        assert isinstance(receipt, Receipt)
        assert not receipt.fresh
        primary.kill()
        standby.promote()
        assert is_there(ledger, receipt)


WAITING = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'"


def let_the_commit_go(url: str) -> None:
    """Tells whichever commit waits for its standby to wait no longer, as an administrator might."""
    with psycopg.connect(url, autocommit=True) as connection:
        for _ in range(WITHIN_SECONDS * 100):
            found = connection.execute(WAITING.encode()).fetchone()
            if found is not None:
                connection.execute("SELECT pg_cancel_backend(%s)", found)
                return
            Event().wait(0.01)
    raise AssertionError("no commit waits")


def answered_in_time(ledger: Ledger, asked: Request) -> Outcome:
    """The answer once the ledger is available again."""
    for _ in range(WITHIN_SECONDS * 10):
        try:
            (outcome,) = ledger.handle_all([asked])
        except LedgerUnavailable:
            Event().wait(0.1)
        else:
            return outcome
    raise AssertionError("the ledger stays unavailable")
