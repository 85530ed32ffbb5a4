"""Who may ask what: every route, every role and every way in which a case can stand to somebody, asked over HTTP."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from fastapi.routing import APIRoute

from api.http.commands.asking import DRY_RUN
from api.http.identity.principals import Principal
from api.http.matrix import ROLES, asked_by_route, cells
from api.http.routing.routes import ACT, PUBLIC
from api.http.standing import relations_to_case
from ledger.case.work.followups import CompleteFollowUp, SetFollowUp
from ledger.policy.access import Role
from ledger.policy.acting.acts import EVERY_ACT, TABLE, Attempt, Relation, may
from tests.api.command_line import CommandLine
from tests.api.http.asking import Asking, Question, answers_to
from tests.api.http.roles import TEAM, OfficeOfRoles, actor_of, code_of, office_of_roles, opened
from tests.ledgers import INTAKE, place_in

ANYBODY = {
    "GET /",
    "GET /verify.html",
    "GET /health",
    "GET /metrics",
    "GET /health/live",
    "GET /health/ready",
    "GET /openapi.json",
    "GET /problems/{code}",
    "POST /demo/login",
    "GET /v1/checkpoint",
    "GET /v1/keys",
    *(
        f"GET /open311/{name}.{form}"
        for form in ("xml", "json")
        for name in (
            "discovery",
            "v2/discovery",
            "v2/services",
            "v2/services/{service_code}",
            "v2/requests",
            "v2/requests/{service_request_id}",
            "v2/tokens/{token}",
            "v2/servicerequestupdates",
        )
    ),
}
"""What may be asked without saying who one is: nothing of any person, and of cases what a city publishes."""
OPENING = {
    "case.values",
    "case.people",
    "case.duplicates",
    "case.original",
    "case.bundle",
    "tray.original",
    "inquiry.file",
    "inquiry.bundle",
}
"""Acts of which a second table says what is opened."""
ASKED_BY_POST = {
    "form.check",
    "form.read",
    "search.people",
    "search.cases",
    "policy.check",
    "policy.rehearse",
    "policy.replay",
    "case.bundle",
}
"""Acts that are asked with a body and change nothing of what they are about."""
CELLS = tuple(cells())


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficeOfRoles]:
    with office_of_roles(place_in(tmp_path_factory.mktemp("roles"))) as found:
        yield found


@pytest.mark.parametrize("role", ROLES)
def test_every_route_answers_a_role_as_the_table_says_and_puts_each_refusal_on_record(
    office: OfficeOfRoles, role: Role
) -> None:
    asking, ledger = Asking(office), office.served.service.ledger
    mine = [each for each in CELLS if each.role == role and asking.can_be_asked(each)]
    questions = [asking.question(each) for each in mine]
    before = ledger.store.tip()
    statuses = [each.status_code for each in answers_to(office, role, questions)]
    wrong = [
        f"{each.cell.asked.method} {each.path} ({each.cell.relation}): {status}, by the table {each.ground}"
        for each, status in zip(questions, statuses, strict=True)
        if (status != 403) is not each.allowed and not _opens_nothing(each, status)
    ]
    assert not wrong, "\n".join(wrong)
    assert 401 not in statuses
    assert max(statuses) < 500
    recorded = Counter[tuple[str, str | None, str]]()
    for entry in ledger.entries(after=before):
        if entry.topic == "ActRefused":
            fact: Any = entry.fact
            assert fact.asker == entry.actor.id == code_of(role)
            recorded[fact.act, fact.about, fact.ground] += 1
    assert recorded == Counter(
        (each.cell.asked.act, each.about, each.ground) for each in questions if not each.allowed
    )


def _opens_nothing(question: Question, status: int) -> bool:
    """Whether the other table refused personal values to somebody who got as far as asking for them."""
    opens = question.cell.asked.act in OPENING
    return opens and status == 403


def test_what_is_allowed_changes_nothing_here_for_its_version_is_stale(
    office: OfficeOfRoles,
) -> None:
    ledger = office.served.service.ledger
    asking = Asking(office)
    writes = [
        asking.question(each)
        for each in CELLS
        if each.role == "caseworker" and each.answer.allowed and each.asked.path.startswith("/v1/")
        if each.asked.method == "POST" and each.asked.act not in ASKED_BY_POST
    ]
    before = ledger.store.tip()
    statuses = [each.status_code for each in answers_to(office, "caseworker", writes)]
    assert len(writes) > 80
    assert {*statuses} <= {404, 409, 412, 422}
    assert statuses.count(412) > len(writes) // 2
    assert ledger.store.tip() == before


def test_no_route_can_be_reached_that_the_matrix_does_not_name(office: OfficeOfRoles) -> None:
    named = {(each.method, each.path): each.act for each in asked_by_route()}
    reached: dict[tuple[str, str], str] = {}
    for route in _routes_of(office.app):
        assert isinstance(route, APIRoute), f"{route} is reached without an act"
        for method in route.methods or ():
            reached[method, route.path] = (route.openapi_extra or {})[ACT]
    assert reached == named
    assert {act for act in named.values() if act != PUBLIC} <= EVERY_ACT
    public = {f"{method} {path}" for (method, path), act in named.items() if act == PUBLIC}
    assert public == ANYBODY, "whatever is open to anybody stands in the list above, on purpose"


def _routes_of(app: Any) -> Iterator[Any]:
    """Every route, those within another too."""
    for route in app.routes:
        yield from getattr(route, "routes", None) or [route]


def test_every_line_of_the_table_lets_somebody_in_who_would_not_be_let_in_without_it() -> None:
    for line in TABLE:
        others = [each for each in TABLE if each is not line and each.role == line.role]
        left = {
            (act, relation)
            for act in line.acts
            for relation in line.relations
            if not any(act in each.acts and relation in each.relations for each in others)
        }
        assert left, f"a line of {line.role} says nothing: {sorted(line.acts)[:3]}"


def test_whoever_stepped_back_has_no_way_in_whatever_else_they_are() -> None:
    everything: frozenset[Relation] = frozenset({"own", "team", "theirs", "inquiry", "recused"})
    for asked in asked_by_route():
        if asked.about == "case":
            answer = may(Attempt(asked.act, ROLES, everything))
            assert (answer.allowed, answer.reason) == (False, "recused"), asked


def test_an_inquiry_opens_what_it_names_while_it_lasts_and_a_follow_up_its_case_until_it_is_done(
    office: OfficeOfRoles,
) -> None:
    service, ledger, named = office.served.service, office.served.service.ledger, office.shared
    asked_about = named["inquiry"]
    ombudsman = Principal(
        actor_of("ombudsman"), ("ombudsman",), frozenset(), inquiry=asked_about.inquiry
    )
    assert relations_to_case(service, ombudsman, asked_about.case_id) == {"inquiry"}
    assert relations_to_case(service, ombudsman, named["other"].case_id) == {"other"}
    ended = replace(ombudsman, inquiry=office.inquiries["other"])
    assert relations_to_case(service, ended, asked_about.case_id) == {"other"}

    case_id, follow_up_id = opened(ledger, "RDW-POT"), ledger.new_id()
    due_at = ledger.clock() + timedelta(days=1)
    follow = SetFollowUp(
        case_id=case_id, follow_up_id=follow_up_id, member=code_of("caseworker"), due_at=due_at
    )
    ledger.handle(follow, actor=INTAKE)
    member = Principal(actor_of("caseworker"), ("caseworker",), frozenset({TEAM}))
    assert relations_to_case(service, member, case_id) == {"task"}
    done = CompleteFollowUp(case_id=case_id, follow_up_id=follow_up_id)
    ledger.handle(done, actor=actor_of("caseworker"))
    assert relations_to_case(service, member, case_id) == {"other"}


@pytest.mark.parametrize("role", ROLES)
def test_what_would_come_of_a_command_is_told_to_nobody_who_may_not_read_the_case(
    office: OfficeOfRoles, role: Role
) -> None:
    """A dry run shows how the case stands, and from any case whoever has nothing to do with it may step back."""
    asking, paths, read = Asking(office), office.app.openapi()["paths"], set[tuple[str, str]]()
    for each in CELLS:
        if each.role == role and each.asked.act == "case.read" and each.answer.allowed:
            read.add((each.asked.about, each.relation))
    unread = [
        asking.question(each)
        for each in CELLS
        if each.role == role and each.answer.allowed and each.asked.method == "POST"
        if (each.asked.about, each.relation) not in read
        if DRY_RUN in str(paths[each.asked.path]["post"].get("parameters"))
    ]
    tried = [replace(each, path=f"{each.path}?{DRY_RUN}=true") for each in unread]
    assert tried or role not in ("caseworker", "dispatcher", "supervisor")
    assert {each.status_code for each in answers_to(office, role, tried)} <= {403}


def test_what_is_somebodys_stands_so_to_whoever_has_their_place_and_to_no_delegate_of_theirs(
    office: OfficeOfRoles,
) -> None:
    owned = office.case("caseworker", "own").case_id
    in_their_name = replace(actor_of("intake"), on_behalf_of=code_of("caseworker"))
    delegate = Principal(in_their_name, ("intake",), frozenset())
    stands_in = replace(delegate, stands_in_for=code_of("caseworker"))
    assert relations_to_case(office.served.service, delegate, owned) == {"other"}
    assert relations_to_case(office.served.service, stands_in, owned) == {"own"}
    left = office.case("caseworker", "recused").case_id
    for each in (delegate, stands_in):
        assert relations_to_case(office.served.service, each, left) == {"recused"}


def test_an_act_that_a_key_does_not_name_is_out_of_its_scope_whoever_holds_it() -> None:
    for asked in asked_by_route():
        if not asked.is_public:
            attempt = Attempt(asked.act, ROLES, frozenset({"own"}), frozenset({"nothing.here"}))
            assert may(attempt).reason == ("out-of-scope")


def test_the_matrix_is_printed_whole(bare: CommandLine) -> None:
    found = bare("access-matrix", "--json").json
    assert len(found["cells"]) == len(CELLS) > 4_000
    assert {f"{each['method']} {each['path']}" for each in found["public"]} == ANYBODY
    markdown = bare("access-matrix", "--markdown").out.splitlines()
    routes = {(each.method, each.path) for each in asked_by_route() if not each.is_public}
    assert sum(line.startswith("| ") for line in markdown) == len(routes) + 2
    assert "| GET /v1/cases/{ref} | all | ot" in "\n".join(markdown)
    assert bare("access-matrix", "--json", "--markdown").code == 2


def test_a_refused_act_says_why_in_the_callers_language(office: OfficeOfRoles) -> None:
    caller = office.served.as_member(code_of("minister"), Accept_Language="fr")
    answer = caller.get(f"/v1/cases/{office.shared['other'].reference}")
    assert (answer.status_code, answer.json()["code"]) == (403, "not-authorised")
    assert answer.json()["title"] == "Cet acteur n'y est pas autorisé."
