"""Two services on one database of which one's clock jumps: the log goes on in order, and nothing is lost or refused."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from api.http import HttpSettings, opened_service
from ledger.sealing.heads import decode_line
from ledger.settings import Settings
from tests.api.http.served import SECRET, Caller, Served, listening, serving
from tests.ledgers import Place, place_in
from tests.patience import WITHIN_SECONDS
from tests.writer.office_work import assert_clean

OPENING = {"channel": "phone", "request_type": "RDW-POT", "language": "en", "region": "HAL"}
_AT_ONCE, _EACH = 2, 4
Sent = tuple[str, dict[str, str], str, dict[str, Any]]
"""Where what was asked under which key, and what was answered."""


@pytest.fixture
def two(postgresql_url: str, tmp_path: Path) -> Iterator[tuple[Served, Served]]:
    """Two services over one database, each with a clock of its own."""
    place = place_in(tmp_path, database=postgresql_url)
    with serving(place) as one, beside(place) as other:
        yield one, other


@contextmanager
def beside(place: Place) -> Iterator[Served]:
    there = Place(place.location, place.master_key)
    http = HttpSettings(demo_secret=SecretStr(SECRET), trust_seconds=0.0)
    where = Settings(database_url=SecretStr(str(place.location)), master_key=place.master_key)
    with (
        opened_service(where, http, clock=there.clock) as service,
        listening(service) as url,
        httpx.Client(base_url=url, timeout=WITHIN_SECONDS) as client,
    ):
        yield Served(url, service, there.clock, client, there)


def works(caller: Caller, case: str, of: str) -> list[Sent]:
    """Cases are opened and one case is called about, one after the other."""
    done = list[Sent]()
    for nth in range(_EACH):
        note = f"/v1/cases/{case}/note", {"text": f"{of} {nth}"}
        path, said = ("/v1/cases", OPENING) if nth % 2 else note
        answer = caller.post(path, said, key=f"{of} {nth}")
        assert answer.status_code == 201, answer.text
        done.append((path, said, f"{of} {nth}", answer.json()))
    return done


def test_a_clock_that_jumps_beside_another_takes_the_log_with_it_neither_way(
    two: tuple[Served, Served],
) -> None:
    one, other = two
    callers = [served.as_member("I-02") for served in two]
    case, sent, behind = callers[0].opened(), list[Sent](), list[list[float]]()
    with ThreadPoolExecutor(2 * _AT_ONCE) as pool:
        for turn, hours in enumerate((0, 1, -2, 1)):  # together, ahead, back, together again
            for served in two:
                served.clock.pass_by(seconds=1)
            other.clock.pass_by(hours=hours)
            at_work = [
                pool.submit(works, caller, case, f"{turn} {place} {nth}")
                for place, caller in enumerate(callers)
                for nth in range(_AT_ONCE)
            ]
            sent += [each for work in at_work for each in work.result()]
            health = [served.nobody().get("/health") for served in two]
            behind.append([each.json()["clock_behind_seconds"] for each in health])
    assert behind == [[0, 0], [3600, 0], [3599, 7199], [3598, 3598]], "the log waits for the clocks"

    store, known = one.service.ledger.store, defaultdict[str, list[datetime]](list)
    rows = store.entries(after=0, limit=store.tip())
    assert [each.position for each in rows] == list(range(1, store.tip() + 1))
    recorded = [decode_line(each.state.partition(b"\n")[0]).recorded_at for each in rows]
    assert recorded == sorted(recorded)
    for each in one.service.ledger.entries():
        known[each.stream].append(each.context.known_at)
    assert all(times == sorted(times) for times in known.values())
    for place, (path, said, key, receipt) in enumerate(sent):
        row = rows[receipt["position"] - 1]
        assert (row.stream, row.version) == (receipt["stream"], receipt["version"])
        again = callers[place % 2].post(path, said, key=key)
        assert (again.status_code, again.json()) == (200, {**receipt, "fresh": False})
    version = len(known[f"case/{one.service.ledger.find_case(case)}"])
    for caller in callers:  # what was recorded in the future of either is there now, for both
        shown = caller.get(f"/v1/cases/{case}?min_position={store.tip()}")
        assert shown.headers["ETag"].startswith(f'"{version}-')
        listed = caller.get(f"/v1/cases?limit=1000&min_position={store.tip()}").json()["cases"]
        assert len(listed) == 1 + len(sent) // 2
    assert_clean(one.service.ledger)
