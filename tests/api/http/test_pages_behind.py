"""Pages while the views are behind the log: each is told by what the first one was told by, and loses nothing."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import httpx
from pydantic import SecretStr

from api.http import HttpSettings, opened_service
from ledger.settings import Settings
from ledger.store import turn_at
from tests.api.http.served import SECRET, Served, listening
from tests.ledgers import office_policy, place_in
from tests.patience import WITHIN_SECONDS


def test_what_the_views_did_not_know_yet_at_the_first_page_moves_nothing_off_the_next(
    tmp_path: Path,
) -> None:
    place = place_in(tmp_path)
    place.lay(office_policy())
    assert isinstance(place.location, Path)
    where = Settings(home=place.location, master_key=place.master_key)
    http = HttpSettings(demo_secret=SecretStr(SECRET), trust_seconds=0.0)
    with ExitStack() as resources:
        turn = resources.enter_context(turn_at(place.location, "projector"))
        assert turn.take(), "so that the service itself brings no view on"
        service = resources.enter_context(opened_service(where, http, clock=place.clock))
        url = resources.enter_context(listening(service))
        client = resources.enter_context(httpx.Client(base_url=url, timeout=WITHIN_SECONDS))
        office = Served(url, service, place.clock, client, place)
        intake, income = office.as_member("I-02"), office.as_member("N-02")

        def brought_on() -> None:
            service.views.catch_up(service.ledger.store)
            place.clock.pass_by(seconds=1)

        opened = list[str]()
        for _ in range(4):
            opened.append(intake.opened(request_type="INC-CHG"))
            brought_on()
        severe = {"severity": "immediate_danger", "criterion": "life"}
        raised = income.post(f"/v1/cases/{opened[-1]}/severity", severe)
        assert raised.status_code == 201, raised.text
        place.clock.pass_by(seconds=1)
        first = income.get("/v1/queues/INC?limit=2")
        brought_on()
        second = income.get(first.links["next"]["url"])
        seen = [
            each["row"]["reference"] for page in (first, second) for each in page.json()["cases"]
        ]
        assert seen == opened
        by_now = income.get("/v1/queues/INC").json()["cases"]
        assert by_now[0]["row"]["reference"] == opened[-1]
