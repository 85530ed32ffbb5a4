"""Personal values travel only where role and purpose allow them, and then that they did is on record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, get_args

import httpx
import pytest

from api.http.matrix import ROLES, asked_by_route, cells
from api.http.rooms.evidence import COMPARTMENTS
from ledger.ids import case_stream
from ledger.policy.access import Purpose, Role, Seen, may_open
from ledger.policy.acting.acts import Attempt, Relation, may
from tests.api.http.asking import Asking, Question, answers_to
from tests.api.http.roles import PROTECTED, OfficeOfRoles, code_of, office_of_roles
from tests.ledgers import place_in

PURPOSES: tuple[Purpose, ...] = get_args(Purpose)
OPENING = {
    "case.values",
    "case.people",
    "case.duplicates",
    "inquiry.read",
    "inquiry.file",
    "inquiry.bundle",
}
"""What opens personal values, to those whom a second table allows it, and puts on record that it did."""
READS = tuple(
    each for each in cells() if each.asked.method == "GET" and each.asked.act not in OPENING
)
VALUES = tuple(each for each in cells() if each.asked.act == "case.values")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficeOfRoles]:
    with office_of_roles(place_in(tmp_path_factory.mktemp("protected"))) as found:
        yield found


def shown(answer: httpx.Response) -> list[str]:
    """Which personal values stand anywhere in an answer, its headers too."""
    whole = f"{answer.text}\n{answer.headers}"
    return [each for each in PROTECTED if each in whole or each.split()[0] in whole]


def test_the_values_are_there_to_be_found(office: OfficeOfRoles) -> None:
    case = office.shared["programme"]
    answer = office.served.as_member(code_of("foi")).get(
        f"/v1/cases/{case.reference}/values?purpose=disclosure", Audit_Reason="Request 12."
    )
    assert answer.status_code == 200
    assert {*shown(answer)} >= {*PROTECTED[:9]} - {PROTECTED[6], PROTECTED[8]}


@pytest.mark.parametrize("role", ROLES)
def test_no_read_shows_a_personal_value_to_anybody(office: OfficeOfRoles, role: Role) -> None:
    asking = Asking(office)
    mine = [each for each in READS if each.role == role and asking.can_be_asked(each)]
    questions = [asking.question(each) for each in mine]
    answers = answers_to(office, role, questions)
    assert {each.path for each in questions if each.cell.asked.path.endswith("/trail")}
    leaks = [
        (each.path, shown(answer))
        for each, answer in zip(questions, answers, strict=True)
        if shown(answer)
    ]
    assert leaks == []
    read = [each.status_code for each in answers if each.status_code == 200]
    assert read or role in ("minister", "integrator", "ombudsman")


@pytest.mark.parametrize("role", ["auditor", "foi"])
def test_no_entry_of_the_log_shows_a_personal_value_by_its_place(
    office: OfficeOfRoles, role: Role
) -> None:
    caller = office.served.as_member(code_of(role))
    left = {
        case_stream(office.case(role, "recused").case_id),
        f"disclosure/{office.disclosures[role, 'recused']}",
    }
    apart = {kind for kind, act in COMPARTMENTS.items() if not _looks_at(role, act)}
    assert "inquiry" in apart
    for entry in office.served.service.ledger.entries(upto=office.tip):
        answer = caller.get(f"/v1/entries/{entry.position}")
        closed = entry.stream in left or entry.stream.partition("/")[0] in apart
        assert (entry.position, answer.status_code) == (entry.position, 403 if closed else 200)
        assert shown(answer) == [], entry.position


def _looks_at(role: Role, act: str) -> bool:
    return may(Attempt(act, (role,), frozenset({"none"}))).allowed


def test_what_anybody_may_ask_says_nothing_of_anybody(office: OfficeOfRoles) -> None:
    cases = [*office.shared.values(), *office.by_role.values()]
    for asked in asked_by_route():
        if not asked.is_public or asked.method != "GET":
            continue
        for case in cases if "service_request_id" in asked.path else cases[:1]:
            named = {"service_request_id": case.reference, "token": str(case.case_id)}
            path = asked.path.format(code="refused", service_code="RDW-POT", **named)
            answer = office.served.nobody().get(path)
            assert answer.status_code < 500
            assert shown(answer) == [], path


@pytest.mark.parametrize("role", ROLES)
def test_values_are_opened_where_both_tables_allow_it_and_every_answer_is_on_record(
    office: OfficeOfRoles, role: Role
) -> None:
    asking, ledger = Asking(office), office.served.service.ledger
    for cell in (each for each in VALUES if each.role == role):
        for purpose in PURPOSES:
            asked = asking.question(cell)
            question = replace(asked, path=asked.path.replace("=task", f"={purpose}"))
            before = ledger.store.tip()
            caller = office.served.as_member(code_of(role))
            answer = caller.get(question.path, **question.headers)
            (entry,) = ledger.entries(after=before)
            fact: Any = entry.fact
            assert entry.actor.id == code_of(role)
            if not question.allowed:
                assert (answer.status_code, entry.topic) == (403, "ActRefused")
                assert (fact.act, fact.ground) == ("case.values", question.ground)
                assert shown(answer) == []
                continue
            verdict = may_open(_seen(question, role, purpose, office))
            if verdict.allowed:
                assert (answer.status_code, entry.topic) == (200, "PersonalValuesRead")
                assert (fact.reader, fact.purpose_code, fact.ground) == (
                    code_of(role),
                    purpose,
                    verdict.ground,
                )
                assert [each.stream for each in fact.opened] == [question.about]
                assert PROTECTED[4] in shown(answer)
                assert answer.headers["Cache-Control"] == "no-store", "once erased no cache has it"
                assert "ETag" not in answer.headers, "whoever has a digest of little can guess it"
            else:
                assert (answer.status_code, entry.topic) == (403, "ReadingRefused")
                assert (fact.reader, fact.ground) == (code_of(role), verdict.ground)
                assert shown(answer) == []


def _seen(question: Question, role: Role, purpose: Purpose, office: OfficeOfRoles) -> Seen:
    relation: Relation = question.cell.relation
    case = office.case(role, relation)
    assert question.about == case_stream(case.case_id)
    return Seen(
        "case",
        (role,),
        purpose,
        with_team="team" in case.holds,
        recused="recused" in case.holds,
        inquiry=None if case.inquiry is None else "open",
    )


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("?purpose=casework", {}, 400),
        ("", {"Audit-Reason": "To answer."}, 422),
        ("?purpose=curiosity", {"Audit-Reason": "To answer."}, 422),
        ("?purpose=casework", {"Audit-Reason": ""}, 400),
    ],
)
def test_values_are_asked_for_with_a_purpose_and_a_reason_or_not_at_all(
    office: OfficeOfRoles, path: str, headers: dict[str, str], status: int
) -> None:
    reference = office.shared["team"].reference
    caller = office.served.as_member(code_of("caseworker"))
    answer = caller.get(f"/v1/cases/{reference}/values{path}", **headers)
    assert answer.status_code == status
    assert shown(answer) == []
