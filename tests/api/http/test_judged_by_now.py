"""Who may see a case is judged by how it stands now, whatever instant is asked about, in every list alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.api.http.served import Caller, Served, serving
from tests.ledgers import place_in
from tests.patience import WITHIN_SECONDS

LISTS = ("/v1/exceptions?status=overdue", "/v1/escalations?limit=50", "/v1/cases?limit=50")


@dataclass(frozen=True)
class Moved:
    """A case that was late and escalated in one team, and is with another by now; an instant of before."""

    office: Served
    reference: str
    before: str

    def shown_in(self, caller: Caller, path: str, how: str) -> bool:
        answer = caller.get(f"{path}&{how}={self.before}")
        assert answer.status_code == 200, answer.text
        return self.reference in answer.text


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Moved]:
    with serving(place_in(tmp_path_factory.mktemp("moved"))) as office:
        roads, income = office.as_member("R-02"), office.as_member("N-02")
        reference = office.as_member("I-02").opened()
        said = {"party": "leader", "reason": "act", "words": "Late."}
        assert roads.post(f"/v1/cases/{reference}/escalate", said).status_code == 201
        office.clock.pass_by(days=60)
        office.service.projector.catch_up(seconds=WITHIN_SECONDS)
        found = Moved(office, reference, office.clock.at.strftime("%Y-%m-%dT%H:%M:%SZ"))
        for path in LISTS:
            assert reference in roads.get(path).text
        assert reference in roads.get("/v1/queues/RDW").text
        office.clock.pass_by(days=1)
        handed = {"to_team": "INC", "reason": "wrong-team", "handover": "It is theirs."}
        for caller, path, asked in (
            (roads, "/v1/queues/RDW/pull", {}),
            (roads, f"/v1/cases/{reference}/transfer", handed),
            (income, f"/v1/cases/{reference}/accept", {"owner": "N-02"}),
        ):
            answer = caller.post(path, asked, If_Match="*")
            assert answer.status_code == 201, answer.text
        office.service.projector.catch_up(seconds=WITHIN_SECONDS)
        yield found


@pytest.mark.parametrize("how", ["known_at", "as_of"])
@pytest.mark.parametrize("path", LISTS)
def test_a_case_is_shown_to_the_team_that_has_it_and_not_to_the_one_that_had_it(
    moved: Moved, path: str, how: str
) -> None:
    office = moved.office
    assert not moved.shown_in(office.as_member("R-02"), path, how)
    assert moved.shown_in(office.as_member("N-02"), path, how)
    assert moved.shown_in(office.as_member("D-01"), path, how)


@pytest.mark.parametrize("how", ["known_at", "as_of"])
def test_a_queue_of_before_shows_what_its_team_may_see_today(moved: Moved, how: str) -> None:
    path = "/v1/queues/RDW?limit=50"
    assert not moved.shown_in(moved.office.as_member("R-02"), path, how)
    assert moved.shown_in(moved.office.as_member("D-01"), path, how)
