"""An office whose calendars have ended is told to publish more of them: no defect, and nothing half-done."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from api.http.app import every_route
from api.http.refusing.problems import TITLES
from ledger.errors import LedgerError
from tests.api.http.served import serving
from tests.ledgers import place_in


def kinds(of: type[LedgerError] = LedgerError) -> Iterator[type[LedgerError]]:
    """Every class of error that there is."""
    for kind in of.__subclasses__():
        yield kind
        yield from kinds(kind)


def test_every_kind_of_error_is_a_type_of_problem_with_its_status() -> None:
    assert every_route(), "all that can be asked is imported"
    known = {kind.code: kind.status for kind in kinds() if kind.__module__.startswith("ledger.")}
    assert known.items() <= {code: status for code, (status, *_) in TITLES.items()}.items()


def test_what_reaches_beyond_the_calendars_is_refused_as_that_and_opens_nothing(
    tmp_path: Path,
) -> None:
    with serving(place_in(tmp_path)) as office:
        opened, leader = office.as_member("I-02").opened(), office.as_member("L-02")
        rate = {"target": 1, "target_on": "2029-06-29"}
        assert leader.post("/v1/teams/RDW/rate", rate).status_code == 201
        office.clock.pass_by(days=5 * 366)
        tip = office.service.ledger.store.tip()
        body = {"channel": "phone", "request_type": "RDW-POT", "region": "HAL"}
        refused = office.as_member("I-02").post("/v1/cases", body, Accept_Language="fr")
        read = leader.get("/v1/teams/RDW/rate")
        for answer in (refused, read):
            assert (answer.status_code, answer.json()["code"]) == (409, "beyond-calendar")
        assert refused.json()["title"] == "Les calendriers du bureau ne vont pas jusque-là."
        assert office.service.ledger.store.tip() == tip
        assert office.as_member("I-02").get(f"/v1/cases/{opened}").status_code == 200


def test_the_board_says_which_calendars_end_before_anything_is_refused_for_want_of_them(
    tmp_path: Path,
) -> None:
    """Whoever opened a case learned it first, by being refused."""
    with serving(place_in(tmp_path)) as office:
        leader = office.as_member("L-02")
        assert leader.get("/v1/board").json()["running_out"] == []
        office.clock.pass_by(days=1365)
        later = office.as_member("L-02")
        ends = {"what": "calendar", "code": "NS-SAMPLE", "ends_on": "2029-12-31"}
        assert ends in later.get("/v1/board").json()["running_out"]
        assert office.as_member("I-02").opened()
