"""A key opens what its scopes name and the table allows, while it lasts, and nothing made up opens anything."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64decode
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from api.http.identity.keys import ApiKeys, new_key
from api.http.identity.principals import Unauthenticated
from api.http.rooms import finding
from ledger.entry import Actor
from ledger.errors import NotAuthorised
from ledger.policy.access import Role
from ledger.policy.acting.acts import Attempt, Relation, may
from ledger.registers.integrations.api_keys import IssueApiKey, RevokeApiKey
from tests.api.http.identities import MACHINE, issuer, key_of, last_refusal, office
from tests.api.http.served import Served
from tests.ledgers import DIRECTOR, INTAKE
from tests.patience import WITHIN_SECONDS

__all__ = ["issuer", "office"]


@pytest.fixture
def keys(office: Served) -> ApiKeys:
    return ApiKeys(office.service.ledger, trust_seconds=0.0)


def test_a_key_opens_what_its_scopes_name_and_nothing_else(office: Served) -> None:
    caller = office.with_token(key_of(office, MACHINE, "case.open", "case.read"))
    reference = caller.opened()
    assert caller.get(f"/v1/cases/{reference}").status_code == 200
    assert caller.get(f"/v1/cases/{reference}/trail").status_code == 403
    assert last_refusal(office)[:3] == (MACHINE, "case.trail", "out-of-scope")
    every_case = office.with_token(key_of(office, MACHINE, "case.*"))
    assert every_case.get(f"/v1/cases/{reference}/trail").status_code == 200
    assert every_case.get("/v1/cases").status_code == 403


@pytest.mark.parametrize("header", ["Authorization", "X-API-Key"])
def test_whoever_shows_a_key_that_lacks_a_scope_is_told_which(office: Served, header: str) -> None:
    """By it clients know that another key is needed, and not another person (RFC 6750, section 3.1)."""
    key = key_of(office, MACHINE, "case.open")
    shown = {header: f"Bearer {key}" if header == "Authorization" else key}
    for path, scope in (("/v1/cases", "search.cases"), ("/v1/feed", "feed.read")):
        refused = office.nobody().get(path, **shown)
        challenge = f'Bearer realm="caseledger", error="insufficient_scope", scope="{scope}"'
        assert (refused.status_code, refused.headers["WWW-Authenticate"]) == (403, challenge)
        assert f"was not issued for {scope}; ask the director" in refused.json()["detail"]
    told = office.nobody().get("/scim/v2/Users", **shown)
    assert (told.status_code, 'error="insufficient_scope"' in told.headers["WWW-Authenticate"]) == (
        403,
        True,
    )


def test_whom_the_table_refuses_no_other_key_would_help(office: Served) -> None:
    foreign = office.as_member("I-02").opened()
    for caller, path in (
        (office.with_token(key_of(office, MACHINE, "*")), f"/v1/cases/{foreign}/trail"),
        (office.as_member("I-02"), "/v1/feed"),
    ):
        refused = caller.get(path)
        assert (refused.status_code, refused.headers.get("WWW-Authenticate")) == (403, None)


def test_the_widest_scope_gives_no_more_than_the_table(office: Served) -> None:
    widest = office.with_token(key_of(office, MACHINE, "*"))
    foreign = office.as_member("I-02").opened()
    assert widest.get(f"/v1/cases/{foreign}").status_code == 403
    assert last_refusal(office)[:3] == (MACHINE, "case.read", "not-theirs")
    assert widest.get(f"/v1/cases/{foreign}/values?purpose=integration").status_code == 403
    assert widest.get("/v1/board").status_code == 403


def test_a_person_looks_by_a_key_and_acts_only_after_logging_in(office: Served) -> None:
    by_key, themselves = office.with_token(key_of(office, "R-02", "*")), office.as_member("R-02")
    reference = office.as_member("I-02").opened()
    for part in ("", "/trail", "/entries"):
        assert by_key.get(f"/v1/cases/{reference}{part}").status_code == 200
    assert by_key.get("/v1/queues/RDW").status_code == 200
    opened = f"/v1/cases/{reference}/values?purpose=casework"
    for refused in (
        by_key.get(opened, Audit_Reason="To call back"),
        by_key.post("/v1/queues/RDW/pull", {}),
        by_key.post(f"/v1/cases/{reference}/note", {"text": "a"}),
        by_key.post(f"/v1/cases/{reference}/resolve", {"outcome": "done"}),
    ):
        assert (refused.status_code, refused.json()["code"]) == (403, "not-authorised")
        assert "logging in" in refused.json()["detail"]
    assert last_refusal(office)[:3] == ("R-02", "case.resolve", "by-a-key")
    assert themselves.post(f"/v1/cases/{reference}/note", {"text": "a"}).status_code == 201


def test_a_person_who_is_a_system_too_does_by_a_key_what_a_system_does_and_no_more() -> None:
    both: tuple[Role, ...] = ("caseworker", "integrator")

    def answered(act: str, relation: Relation, scopes: frozenset[str] | None) -> tuple[bool, str]:
        found = may(Attempt(act, both, frozenset({relation}), scopes))
        return found.allowed, found.reason

    anything = frozenset({"*"})
    assert answered("case.resolve", "team", anything) == (False, "by-a-key")
    assert answered("case.values", "team", anything) == (False, "by-a-key")
    assert answered("case.read", "team", anything) == (True, "caseworker.team")
    assert answered("case.open", "none", anything) == (True, "integrator.none")
    assert answered("evidence.checkpoint", "none", anything) == (True, "everybody.none")
    assert answered("case.resolve", "team", None) == (True, "caseworker.team")


def test_a_key_finds_the_cases_that_came_from_its_system_and_no_others(office: Served) -> None:
    caller = office.with_token(key_of(office, MACHINE, "*"))
    own, foreign = caller.opened(), office.as_member("I-02").opened()
    position = office.service.ledger.store.tip()
    found = [
        each["row"]["reference"]
        for each in caller.get(f"/v1/cases?limit=1000&min_position={position}").json()["cases"]
    ]
    assert own in found
    assert foreign not in found
    one = caller.get("/v1/cases?limit=1")
    (only,) = one.json()["cases"]
    assert only["row"]["reference"] in found
    assert "next" in one.links


def test_the_way_to_the_next_page_tells_another_system_of_no_case_that_is_not_its_own(
    office: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "_READ_ON_AT_MOST", 3)
    caller = office.with_token(key_of(office, MACHINE, "*"))
    desk = office.as_member("I-02")
    foreign = [desk.opened() for _ in range(3)]
    office.clock.pass_by(seconds=1)
    own = [caller.opened() for _ in range(2)]
    office.clock.pass_by(seconds=1)
    foreign += [desk.opened() for _ in range(7)]
    known = office.service.ledger.find_case
    hidden = {str(known(each)) for each in foreign}
    path, seen = f"/v1/cases?limit=5&min_position={office.service.ledger.store.tip()}", list[str]()
    while not set(own) <= set(seen):
        page = caller.get(path)
        assert page.status_code == 200, page.text
        seen += [each["row"]["reference"] for each in page.json()["cases"]]
        path = page.links["next"]["url"]
        cursor = page.links["next"]["url"].rpartition("cursor=")[2]
        said = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        assert not [each for each in hidden if each in said]
        assert "2026-" not in said
    assert len(seen) == len(set(seen))
    assert not set(seen) & set(foreign)
    other = office.with_token(key_of(office, "city", "*")).get(path)
    assert (other.status_code, other.json()["code"]) == (422, "invalid-command")


def test_a_caseworker_finds_what_is_with_their_team_or_nobody_and_a_director_everything(
    office: Served,
) -> None:
    desk = office.as_member("I-02")
    roads, income = desk.opened(), desk.opened(request_type="INC-APP")
    position = office.service.ledger.store.tip()
    path = f"/v1/cases?limit=1000&min_position={position}"

    def found(member: str) -> set[str]:
        listed = office.as_member(member).get(path).json()["cases"]
        return {each["row"]["reference"] for each in listed} & {roads, income}

    assert found("R-02") == {roads}
    assert found("N-02") == {income}
    assert found("D-01") == found("I-02") == found("A-01") == {roads, income}


def test_another_system_changes_only_the_parties_that_it_recorded(office: Served) -> None:
    caller = office.with_token(key_of(office, MACHINE, "*"))
    own = caller.post("/v1/parties", {"name": "Ada Example"}).json()["stream"].partition("/")[2]
    foreign = office.as_member("I-02").post("/v1/parties", {"name": "Bo Example"}).json()["stream"]
    said = {"contact": {"phone": "902-555-0188"}}
    assert caller.post(f"/v1/parties/{own}/contact", said).status_code == 201
    refused = caller.post(f"/v1/parties/{foreign.partition('/')[2]}/contact", said)
    assert refused.status_code == 403
    assert last_refusal(office) == (MACHINE, "party.party-contact", "not-theirs", foreign)
    assert caller.post("/v1/parties/Ada Example/contact", said).status_code == 422


def test_a_key_ends_at_its_time_and_when_it_is_taken_back(office: Served) -> None:
    token = key_of(office, MACHINE, "*", lasts=timedelta(minutes=5))
    caller = office.with_token(token)
    assert caller.get("/v1/cases").status_code == 200
    office.clock.pass_by(minutes=5)
    assert caller.get("/v1/cases").status_code == 401
    token = key_of(office, MACHINE, "*")
    caller = office.with_token(token)
    assert caller.get("/v1/cases").status_code == 200
    key_id = UUID(hex=token.removeprefix("clk_").partition("_")[0])
    office.service.ledger.handle(RevokeApiKey(key_id=key_id), actor=DIRECTOR)
    answer = caller.get("/v1/cases")
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")


def test_only_the_director_lets_another_system_act(office: Served) -> None:
    key_id = office.service.ledger.new_id()
    command = IssueApiKey(
        key_id=key_id,
        member=MACHINE,
        scopes=("*",),
        expires_at=office.clock() + timedelta(days=1),
        digest=new_key(key_id)[1],
    )
    for actor in (INTAKE, Actor("machine", MACHINE, version="1")):
        with pytest.raises(NotAuthorised, match="director"):
            office.service.ledger.handle(command, actor=actor)


def test_a_key_may_come_in_a_header_of_its_own(office: Served) -> None:
    token = key_of(office, MACHINE, "search.cases")
    said = httpx.get(f"{office.url}/v1/cases", headers={"X-API-Key": token}, timeout=WITHIN_SECONDS)
    assert said.status_code == 200


@pytest.mark.parametrize(
    "change",
    [
        lambda key: key[:-1] + ("A" if key[-1] != "A" else "B"),
        lambda key: key + "x",
        lambda key: key.rpartition("_")[0],
        lambda key: key.rpartition("_")[0] + "_",
        lambda key: "clk_" + "0" * 32 + "_" + key.rpartition("_")[2],
        lambda key: "clk_nothing_at_all",
        lambda key: "clk_é_é",
        lambda key: "clk_",
    ],
)
def test_a_key_that_is_nearly_one_opens_nothing(office: Served, keys: ApiKeys, change: Any) -> None:
    key = key_of(office, MACHINE, "*")
    assert keys(key) is not None
    with pytest.raises(Unauthenticated):
        keys(change(key))


def test_the_ledger_holds_nothing_that_a_key_could_be_made_from(office: Served) -> None:
    key = key_of(office, MACHINE, "*")
    stream = f"apikey/{UUID(hex=key.removeprefix('clk_').partition('_')[0])}"
    (read,) = office.service.ledger.read(stream)
    secret = key.partition("_")[2].partition("_")[2]
    assert secret not in str(read.entry.fact)
    assert hashlib.sha256(secret.encode()).hexdigest() in str(read.entry.fact)


def test_an_id_that_somebody_makes_up_is_compared_like_any_other(
    office: Served, keys: ApiKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[tuple[str, str]] = []

    def compare(one: str, other: str) -> bool:
        compared.append((one, other))
        return one == other

    monkeypatch.setattr("api.http.identity.keys.compare_digest", compare)
    known = key_of(office, MACHINE, "*")
    for key in (known[:-3], f"clk_{'0' * 32}_{'x' * 43}"):
        with pytest.raises(Unauthenticated):
            keys(key)
    assert [len(one) == len(other) == 64 for one, other in compared] == [True, True]
