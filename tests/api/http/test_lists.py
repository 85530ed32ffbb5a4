"""Every list over many cases: it is filtered before it is cut, and shows nobody what they stepped back from."""

from __future__ import annotations

import csv
import io
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, get_args
from uuid import UUID

import httpx
import orjson
import pytest
from fastapi.routing import APIRoute
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.http.app import every_route
from api.http.matrix import ROLES
from api.http.reading.reads import LIMIT_AT_MOST
from api.http.routing.routes import ACT, PUBLIC
from ledger.case.custody.recusal import RecuseFromCase
from ledger.case.escalation.reaching import EscalateCase
from ledger.commands import Request
from ledger.ids import reference_of
from ledger.keeping import open_inquiry
from ledger.personal.opening import Reading
from ledger.policy.access import Role
from ledger.policy.acting.acts import Attempt, Relation, may
from ledger.registers.disclosures.opening import OpenDisclosure
from ledger.registers.inquiries.opening import OpenInquiry
from ledger.registers.keeping.holds import PlaceHold
from ledger.registers.tray import ReceiveMachineMail
from ledger.service import Ledger
from projections.lists.sla import ClockStatus
from tests.api.http.roles import LINK, OTHER, TEAM, actor_of, code_of, opened, policy_of_roles
from tests.api.http.served import Caller, Served, serving
from tests.ledgers import INCOME, INTAKE, place_in
from tests.patience import WITHIN_SECONDS

OF_CASES = {
    "/v1/accesses",
    "/v1/cases",
    "/v1/disclosures",
    "/v1/escalations",
    "/v1/exceptions",
    "/v1/feed",
    "/v1/holds",
    "/v1/inquiries",
    "/v1/queues/{team}",
    "/v1/tray",
}
"""The lists in which a case can be named."""
AUDITOR = "A-01"
"""Somebody who sees all of them but those of inquiries, and stepped back from nothing."""
LIAISON = "L-01"
"""Somebody who sees those."""
PEOPLE: tuple[Role, ...] = tuple(role for role in ROLES if role != "integrator")
IN_PAGES = (
    "/v1/accesses",
    "/v1/cases",
    "/v1/escalations",
    "/v1/exceptions",
    f"/v1/queues/{TEAM}",
    "/v1/tray",
)
ASKED: dict[str, tuple[str, ...]] = {
    "/v1/exceptions": tuple(f"&status={each}" for each in get_args(ClockStatus)),
    "/v1/escalations": ("", "&reason=act", f"&team={OTHER}"),
    "/v1/cases": ("", "&standing=open", f"&team={TEAM}"),
    f"/v1/queues/{TEAM}": ("", "&as_of=2027-01-04"),
}

OF_A_PERIOD = {
    f"/v1/disclosures/statistics{form}": "?from=2026-01-01&until=2030-12-31"
    for form in ("", ".csv", ".xml")
}
"""Lists that are of a period which has to be said."""


@dataclass(frozen=True)
class Listed:
    """A served office: its cases by team, and one of the first team's that each member of a role stepped back from."""

    served: Served
    left: UUID
    cases: dict[str, tuple[UUID, ...]]

    def team_of(self, case_id: UUID) -> str:
        return next(team for team, cases in self.cases.items() if case_id in cases)

    def every_case(self) -> tuple[UUID, ...]:
        return tuple(case_id for cases in self.cases.values() for case_id in cases)

    def named_in(self, text: str) -> set[UUID]:
        """The cases that an answer names, by reference or id."""
        return {
            each for each in self.every_case() if str(each) in text or reference_of(each) in text
        }


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Listed]:
    with serving(place_in(tmp_path_factory.mktemp("lists")), policy=policy_of_roles()) as served:
        ledger = served.service.ledger
        cases: dict[str, list[UUID]] = {TEAM: [], OTHER: []}
        for team, kind in ((OTHER, "RDW-POT"), (TEAM, "INC-APP")) * 3:
            cases[team].append(opened(ledger, kind))
            served.clock.pass_by(minutes=1)
        left = cases[TEAM][1]
        for each in (*cases[TEAM], *cases[OTHER]):
            for _ in range(2):
                _escalated(ledger, each)
        _named_everywhere(ledger, (left, cases[TEAM][0]))
        served.clock.pass_by(days=400)
        for role in PEOPLE:
            actor = actor_of(role)
            ledger.handle(RecuseFromCase(case_id=left, member=actor.id), actor=actor)
        served.service.projector.catch_up(seconds=WITHIN_SECONDS)
        yield Listed(served, left, {team: tuple(each) for team, each in cases.items()})


def _escalated(ledger: Ledger, case_id: UUID) -> None:
    command = EscalateCase(
        case_id=case_id, escalation_id=ledger.new_id(), party="leader", reason="act"
    )
    ledger.handle(command, actor=INTAKE)


def _named_everywhere(ledger: Ledger, cases: tuple[UUID, ...]) -> None:
    """Holds, an inquiry, a disclosure, readings and mail in the tray name these cases."""
    hold = PlaceHold(hold_id=ledger.new_id(), cases=cases, ground="litigation")
    ledger.handle(hold, actor=actor_of("records"))
    inquiry = OpenInquiry(
        inquiry_id=ledger.new_id(),
        office="OMB",
        cases=cases,
        hold_id=ledger.new_id(),
        expires_at=ledger.clock() + timedelta(days=900),
        reference="OMB-1",
        recipient="Marie Doucet",
        purpose="Why it took so long",
    )
    open_inquiry(ledger, Request(inquiry, LINK))
    for case_id in cases:
        disclosure = OpenDisclosure(
            disclosure_id=ledger.new_id(), case_id=case_id, applicant_class="media"
        )
        ledger.handle(disclosure, actor=actor_of("foi"))
        reading = Reading((f"case/{case_id}",), "To decide it", "casework")
        ledger.open_values(reading, actor=INCOME)
        for _ in range(3):
            mail = ReceiveMachineMail(
                item_id=ledger.new_id(), mail_kind="bounce", about_case=case_id
            )
            ledger.handle(mail, actor=INTAKE)


def lists() -> Iterator[tuple[str, str]]:
    """Every address that is not about one thing alone, and its act; what streams for ever is tested with the feed."""
    for routes in every_route():
        for route in routes.router.routes:
            assert isinstance(route, APIRoute)
            said = (route.openapi_extra or {})[ACT]
            path = route.path.replace("{team}", TEAM)
            if said == PUBLIC or "{" in path or path == "/v1/feed/events":
                continue
            if "GET" in (route.methods or ()):
                yield route.path, str(said)


def asked(caller: Caller, path: str) -> httpx.Response:
    """A list as long as it can be asked for."""
    path = path.replace("{team}", TEAM)
    found = caller.get(f"{path}?limit={LIMIT_AT_MOST}")
    return caller.get(path + OF_A_PERIOD.get(path, "")) if found.status_code == 422 else found


def test_no_list_shows_a_case_to_whoever_stepped_back_from_it(office: Listed) -> None:
    shown, addresses = set[str](), [path for path, _ in lists()]
    assert len(addresses) > 20
    for path in addresses:
        for member in (AUDITOR, LIAISON):
            answer = asked(office.served.as_member(member), path)
            if answer.status_code == 200 and office.left in office.named_in(answer.text):
                shown.add(path.removesuffix(".csv"))
        for role in PEOPLE:
            answer = asked(office.served.as_member(code_of(role)), path)
            assert answer.status_code in (200, 403), (path, role, answer.text)
            assert office.left not in office.named_in(answer.text), (path, role)
    assert shown == OF_CASES, "whatever names a case is asked here, and stands in the list above"


def test_neither_its_readings_nor_an_entry_of_it_are_theirs_to_read(office: Listed) -> None:
    auditor = office.served.as_member(code_of("auditor"))
    reference = reference_of(office.left)
    assert auditor.get(f"/v1/accesses?case={reference}").status_code == 403
    entries = office.served.service.ledger.read(f"case/{office.left}")
    assert auditor.get(f"/v1/entries/{entries[0].entry.position}").status_code == 403
    log = office.served.service.ledger.entries()
    mail = [each for each in log if getattr(each.fact, "about_case", None) == office.left]
    assert mail
    for each in mail:
        assert auditor.get(f"/v1/entries/{each.position}").status_code == 403
    everything = office.served.as_member(AUDITOR)
    assert everything.get(f"/v1/entries/{mail[0].position}").status_code == 200
    assert everything.get(f"/v1/accesses?case={reference}").status_code == 200
    assert everything.get(f"/v1/entries/{entries[0].entry.position}").status_code == 200


@pytest.mark.parametrize("path", ["/v1/escalations", "/v1/exceptions"])
def test_of_a_list_everybody_is_shown_what_the_table_of_acts_allows(
    office: Listed, path: str
) -> None:
    act = next(act for route, act in lists() if route == path)
    everything = office.named_in(asked(office.served.as_member(AUDITOR), path).text)
    assert everything == set(office.every_case())
    for role in PEOPLE:
        expected = {
            each
            for each in everything - {office.left}
            if may(Attempt(act, (role,), _stands(office.team_of(each)))).allowed
        }
        answer = asked(office.served.as_member(code_of(role)), path)
        assert office.named_in(answer.text) == expected, role


def _stands(team: str) -> frozenset[Relation]:
    return frozenset({"team" if team == TEAM else "other"})


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    path=st.sampled_from(IN_PAGES),
    role=st.sampled_from([*PEOPLE, None]),
    limit=st.integers(1, 13),
    form=st.sampled_from(["", ".csv"]),
    data=st.data(),
)
def test_the_pages_joined_are_the_whole_list_whoever_asks_and_however_long_a_page_is(
    office: Listed, path: str, role: Role | None, limit: int, form: str, data: st.DataObject
) -> None:
    caller = office.served.as_member(AUDITOR if role is None else code_of(role))
    more = data.draw(st.sampled_from(ASKED.get(path, ("",))))
    office.served.service.projector.catch_up(
        seconds=WITHIN_SECONDS
    )  # refusals before are on record
    whole = caller.get(f"{path}{form}?limit={LIMIT_AT_MOST}{more}")
    if whole.status_code == 403:
        return
    expected = _rows(whole)
    found, address = list[Any](), f"{path}{form}?limit={limit}{more}"
    while address:
        page = caller.get(address)
        assert page.status_code == 200, page.text
        rows = _rows(page)
        assert len(rows) <= limit
        found += rows
        address = page.links.get("next", {}).get("url", "")
        assert rows or not address
    assert found == expected


def _rows(answer: httpx.Response) -> list[Any]:
    if answer.headers["Content-Type"].startswith("text/csv"):
        return [*csv.reader(io.StringIO(answer.text))][1:]
    said = answer.json().items()
    return next(each for name, each in said if isinstance(each, list) and name != "kinds")


@pytest.mark.parametrize("form", ["", ".csv"])
def test_the_tray_is_read_by_whoever_handles_it_a_page_at_a_time(office: Listed, form: str) -> None:
    desk, address = office.served.as_member("I-02"), f"/v1/tray{form}?limit=4"
    whole = _rows(desk.get(f"/v1/tray{form}?limit=1000"))
    first = desk.get(address)
    after = desk.get(first.links["next"]["url"])
    assert [*_rows(first), *_rows(after)] == whole
    assert len(whole) == 6
    assert "next" not in after.links
    waiting = desk.get("/v1/tray?limit=1").json()
    assert (waiting["waiting"], waiting["kinds"][0]["kind"]) == (6, "bounce")
    assert office.served.as_member("R-02").get(f"/v1/tray{form}").status_code == 403


@pytest.mark.parametrize("path", IN_PAGES)
def test_a_page_goes_on_only_the_list_that_it_is_of(office: Listed, path: str) -> None:
    """Whoever goes on with another choice would be shown the end of that list, as if it were all of it."""
    reader = office.served.as_member(INTAKE.id if path == "/v1/tray" else AUDITOR)
    following = reader.get(f"{path}?limit=1").links["next"]["url"]
    cursor = following.rpartition("cursor=")[2]
    for same in (following, f"{path}.csv?limit=2&cursor={cursor}"):
        assert reader.get(same).status_code == 200, same
    others = {each for each in IN_PAGES if reader.get(each).status_code == 200} - {path}
    for other in (f"{path}?known_at=2031-01-04&", *(f"{each}?" for each in others)):
        refused = reader.get(f"{other}cursor={cursor}").json()
        assert refused["detail"].startswith("cursor: it goes on another list than this"), other


def test_a_cursor_that_says_of_no_list_goes_on_as_it_did(office: Listed) -> None:
    auditor = office.served.as_member(AUDITOR)
    cursor = auditor.get("/v1/cases?limit=1").links["next"]["url"].rpartition("cursor=")[2]
    mark = orjson.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    del mark["of"]
    before = urlsafe_b64encode(orjson.dumps(mark)).decode().rstrip("=")
    pages = [auditor.get(f"/v1/cases?cursor={each}").json()["cases"] for each in (cursor, before)]
    assert pages[0] == pages[1] != []
