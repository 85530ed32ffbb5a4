"""As of another instant each case is folded anew: where that takes longer than an answer may, it ends and is told."""

from __future__ import annotations

from pathlib import Path

import pytest

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
