"""As of another instant each case is folded anew: for a few at a time, and it ends where it takes too long."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from api.http.service import FOLDS_AT_ONCE
from api.http.serving import middleware
from tests.api.http.served import serving
from tests.ledgers import place_in

FOLDED_ANEW = (
    "/v1/board",
    "/v1/queues/RDW",
    "/v1/cases",
    "/v1/sla",
    "/v1/flow",
    "/v1/exceptions",
    "/v1/escalations",
    "/v1/sequence",
)


def test_what_would_be_told_too_late_is_ended_by_itself_and_says_what_to_ask_instead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before, its thread went on for nobody once the answer had timed out, one more for each who asked again."""
    with serving(place_in(tmp_path)) as office:
        reference = office.as_member("I-02").opened()
        director, now = office.as_member("D-01"), "2026-03-02T23:00:00Z"
        office.clock.pass_by(hours=12)
        tip = office.service.ledger.store.tip()
        assert director.get(f"/v1/cases?min_position={tip}").status_code == 200
        monkeypatch.setattr(middleware, "_SAID_SOONER", 0.0)
        for address in FOLDED_ANEW:
            refused = director.get(f"{address}?as_of={now}")
            assert refused.status_code == 503, address
            assert (
                "takes longer than an answer may: ask with `known_at`" in refused.json()["detail"]
            )
            assert director.get(f"{address}?known_at={now}").status_code == 200
        assert office.as_member("I-02").get(f"/v1/cases/{reference}?as_of={now}").status_code == 200


def test_while_others_have_all_cases_folded_whoever_asks_for_it_hears_so_and_nobody_else(
    tmp_path: Path,
) -> None:
    """Before, twelve who asked so at once held every thread for half a minute, and nobody else was answered."""
    now = "2026-03-02T23:00:00Z"
    with serving(place_in(tmp_path), wait_seconds=0.2) as office:
        service, director = office.service, office.as_member("D-01")
        office.as_member("I-02").opened()
        barred = office.as_member("O-01")
        with ThreadPoolExecutor(FOLDS_AT_ONCE) as pool:
            # That they may not is recorded once the block ends.
            with service.ledger.store.exclusive():
                begun = [
                    pool.submit(barred.get, f"/v1/board?as_of={now}") for _ in range(FOLDS_AT_ONCE)
                ]
                while service.folds.borrowed_tokens < FOLDS_AT_ONCE:
                    Event().wait(0.005)
                for address in FOLDED_ANEW:
                    refused = director.get(f"{address}?as_of={now}")
                    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
                    assert "Others have all cases folded anew" in refused.json()["detail"]
                    assert director.get(f"{address}?known_at={now}").status_code == 200
            assert [each.result().status_code for each in begun] == [403] * FOLDS_AT_ONCE
        assert director.get(f"/v1/board?as_of={now}").status_code == 200
