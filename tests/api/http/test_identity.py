"""Who asks: leavers and ended keys open nothing, nobody acts for whom they may not, and refusals are on record."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from api.cli import main
from api.http import create_app
from api.http.demo_login import DemoLogin
from api.http.keys import ApiKeys, new_key
from api.http.principals import Unauthenticated
from ledger.entry import Actor
from ledger.errors import NotAuthorised
from ledger.registers.api_keys import IssueApiKey, RevokeApiKey
from ledger.registers.directory import EndAbsence, RecordAbsence, RecordLeaver
from tests.api.http.issuer import AUDIENCE, Issuer, issuing
from tests.api.http.served import SECRET, Served, serving
from tests.ledgers import DIRECTOR, INTAKE, place_in

MACHINE = "watch"


@pytest.fixture(scope="module")
def issuer() -> Iterator[Issuer]:
    with issuing() as found:
        found.new_key()
        yield found


@pytest.fixture(scope="module")
def office(issuer: Issuer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    place = place_in(tmp_path_factory.mktemp("identity"))
    with serving(place, oidc_issuer=issuer.url, oidc_audience=AUDIENCE) as served:
        yield served


def today(office: Served) -> date:
    """The date, which is the same at the office while it is open."""
    return office.clock().date()


def key_of(office: Served, member: str, *scopes: str, lasts: timedelta = timedelta(days=1)) -> str:
    """A key that was issued to a member."""
    ledger = office.service.ledger
    key_id = ledger.new_id()
    key, digest = new_key(key_id)
    command = IssueApiKey(
        key_id=key_id,
        member=member,
        scopes=scopes,
        expires_at=office.clock() + lasts,
        digest=digest,
    )
    ledger.handle(command, actor=DIRECTOR)
    return key


def leaves(office: Served, member: str, on: date, successor: str | None = None) -> None:
    ledger = office.service.ledger
    ledger.handle(
        RecordLeaver(
            directory_id=ledger.directory_id, member=member, left_on=on, successor=successor
        ),
        actor=DIRECTOR,
    )


def absent(office: Served, member: str, substitute: str | None) -> UUID:
    ledger, on = office.service.ledger, today(office)
    absence_id = ledger.new_id()
    ledger.handle(
        RecordAbsence(
            directory_id=ledger.directory_id,
            absence_id=absence_id,
            member=member,
            from_on=on,
            until_on=on,
            substitute=substitute,
        ),
        actor=DIRECTOR,
    )
    return absence_id


def back(office: Served, member: str, absence_id: UUID) -> None:
    ledger, on = office.service.ledger, today(office)
    ended = EndAbsence(
        directory_id=ledger.directory_id, absence_id=absence_id, member=member, back_on=on
    )
    ledger.handle(ended, actor=DIRECTOR)


def last_refusal(office: Served) -> tuple[str, str, str, str | None]:
    """Of the last entry, which is a refusal: who asked, the act, the ground, and what it was about."""
    ledger = office.service.ledger
    (last,) = ledger.entries(after=ledger.store.tip() - 1)
    assert last.topic == "ActRefused"
    fact: Any = last.fact
    assert fact.asker == last.actor.id
    return fact.asker, fact.act, fact.ground, fact.about


# Leavers


def test_whoever_has_left_is_refused_whatever_they_show(office: Served, issuer: Issuer) -> None:
    shown = {
        "demo": office.as_member("N-04"),
        "token": office.with_token(issuer.token("N-04")),
        "key": office.with_token(key_of(office, "N-04", "*")),
    }
    assert {each.get("/v1/board").status_code for each in shown.values()} == {200}
    leaves(office, "N-04", today(office))
    for caller in shown.values():
        answers = (caller.get("/v1/board"), caller.post("/v1/cases", {"channel": "phone"}))
        for answer, act in zip(answers, ("figures.board", "case.open"), strict=True):
            assert (answer.status_code, answer.json()["code"]) == (403, "not-authorised")
            assert "has left" in answer.json()["detail"]
            assert last_refusal(office)[0] == "N-04" or act == "figures.board"
        assert last_refusal(office) == ("N-04", "case.open", "left", None)


def test_whoever_leaves_later_works_until_then(office: Served) -> None:
    leaves(office, "I-03", today(office) + timedelta(days=1))
    caller = office.as_member("I-03")
    assert caller.get("/v1/board").status_code == 200
    office.clock.pass_by(days=1)
    assert caller.get("/v1/board").status_code == 403


# In another's stead


def test_a_substitute_acts_for_whoever_is_absent_and_the_entry_says_so(office: Served) -> None:
    absence = absent(office, "N-02", "N-03")
    reference = office.as_member("I-02").opened(request_type="INC-APP")
    substitute = office.as_member("N-03", On_Behalf_Of="N-02")
    noted = substitute.post(f"/v1/cases/{reference}/note", {"text": "Looked at."})
    assert noted.status_code == 201
    (entry,) = office.service.ledger.entries(
        after=noted.json()["position"] - 1, upto=noted.json()["position"]
    )
    assert (entry.actor.id, entry.actor.on_behalf_of) == ("N-03", "N-02")
    back(office, "N-02", absence)
    refused = substitute.post(f"/v1/cases/{reference}/note", {"text": "Once more."})
    assert refused.status_code == 403
    assert last_refusal(office)[:3] == ("N-03", "case.note", "not-in-their-stead")


@pytest.mark.parametrize("whom", ["N-02", "L-03", "R-02", "D-01", "N-03"])
def test_nobody_acts_for_somebody_who_is_there_or_for_themselves(office: Served, whom: str) -> None:
    refused = office.as_member("N-03", On_Behalf_Of=whom).get("/v1/board")
    assert refused.status_code == 403
    assert last_refusal(office)[:3] == ("N-03", "figures.board", "not-in-their-stead")


def test_whoever_is_absent_without_a_substitute_is_stood_in_for_by_nobody(office: Served) -> None:
    absence = absent(office, "R-03", None)
    assert office.as_member("R-02", On_Behalf_Of="R-03").get("/v1/board").status_code == 403
    back(office, "R-03", absence)


def test_whoever_stands_in_for_a_leader_leads_meanwhile(office: Served) -> None:
    acknowledging = "/v1/cases/{}/acknowledge"
    reference = office.as_member("I-02").opened(request_type="INC-APP")
    path, said = acknowledging.format(reference), {"action": "act"}
    assert office.as_member("N-02").post(path, said).status_code == 403
    absence = absent(office, "L-03", "N-02")
    standing_in = office.as_member("N-02", On_Behalf_Of="L-03")
    assert standing_in.post(path, said).status_code not in (401, 403)
    back(office, "L-03", absence)
    assert standing_in.post(path, said).status_code == 403


def test_the_director_is_acted_for_under_a_delegation_that_one_holds(office: Served) -> None:
    held = office.as_member("N-02", On_Behalf_Of="D-01", Acting_Delegation="DEL-INC-2026")
    assert held.get("/v1/board").status_code == 200
    not_held = office.as_member("R-02", On_Behalf_Of="D-01", Acting_Delegation="DEL-INC-2026")
    assert not_held.get("/v1/board").status_code == 403
    for_another = office.as_member("N-02", On_Behalf_Of="L-03", Acting_Delegation="DEL-INC-2026")
    assert for_another.get("/v1/board").status_code == 403


@pytest.mark.parametrize(
    ("headers", "status", "ground"),
    [
        ({"Acting-Team": "INC"}, 403, "not-of-that-team"),
        ({"Acting-Role": "director"}, 403, "role-not-held"),
        ({"Acting-Role": "anything at all"}, 403, "role-not-held"),
        ({"Acting-Team": "NOWHERE"}, 422, None),
        ({"Acting-Delegation": "DEL-NOWHERE"}, 422, None),
        ({"On-Behalf-Of": "nobody we know"}, 422, None),
        ({"Inquiry": "no uuid"}, 422, None),
        ({"Acting-Team": "RDW", "Acting-Role": "caseworker"}, 200, None),
    ],
)
def test_nobody_takes_a_team_a_role_or_a_delegation_by_saying_so(
    office: Served, headers: dict[str, str], status: int, ground: str | None
) -> None:
    answer = office.as_member("R-02", **headers).get("/v1/board")
    assert answer.status_code == status, answer.text
    if ground is not None:
        assert last_refusal(office)[:3] == ("R-02", "figures.board", ground)


def test_a_decision_that_its_rules_refuse_to_somebody_is_on_record_too(office: Served) -> None:
    reference = office.as_member("I-02").opened(request_type="INC-APP")
    caller = office.as_member("N-02")
    answer = caller.post(f"/v1/cases/{reference}/recuse", {"member": "N-03"}, If_Match="*")
    assert answer.status_code == 403
    asker, act, ground, about = last_refusal(office)
    assert (asker, act, ground) == ("N-02", "case.recuse", "not-by-its-rules")
    assert about is not None
    assert about.startswith("case/")


# Keys


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


def test_the_widest_scope_gives_no_more_than_the_table(office: Served) -> None:
    widest = office.with_token(key_of(office, MACHINE, "*"))
    foreign = office.as_member("I-02").opened()
    assert widest.get(f"/v1/cases/{foreign}").status_code == 403
    assert last_refusal(office)[:3] == (MACHINE, "case.read", "not-theirs")
    assert widest.get(f"/v1/cases/{foreign}/values?purpose=integration").status_code == 403
    assert widest.get("/v1/board").status_code == 403


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
    said = httpx.get(f"{office.url}/v1/cases", headers={"X-API-Key": token}, timeout=30)
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

    monkeypatch.setattr("api.http.keys.compare_digest", compare)
    known = key_of(office, MACHINE, "*")
    for key in (known[:-3], f"clk_{'0' * 32}_{'x' * 43}"):
        with pytest.raises(Unauthenticated):
            keys(key)
    assert [len(one) == len(other) == 64 for one, other in compared] == [True, True]


# The demo login


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {"Host": "localhost:8420"}, 200),
        ("127.0.0.1", {"Host": "[::1]:8420"}, 200),
        ("203.0.113.7", {}, 404),
        ("203.0.113.7", {"X-Forwarded-For": "127.0.0.1"}, 404),
        ("203.0.113.7", {"Forwarded": "for=127.0.0.1"}, 404),
        ("203.0.113.7", {"X-Real-IP": "127.0.0.1"}, 404),
        ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}, 404),
        ("127.0.0.1", {"Forwarded": "for=203.0.113.7"}, 404),
        ("127.0.0.1", {"Host": "rebound.example:8420"}, 404),
    ],
)
def test_the_demo_login_is_for_whoever_sits_at_this_machine(
    office: Served, address: str, headers: dict[str, str], status: int
) -> None:
    async def asked() -> int:
        transport = httpx.ASGITransport(create_app(office.service), client=(address, 50_000))
        url = "http://127.0.0.1:8420"
        async with httpx.AsyncClient(transport=transport, base_url=url) as client:
            said = await client.post("/demo/login", json={"member": "R-02"}, headers=headers)
        return said.status_code

    assert asyncio.run(asked()) == status


def test_a_forwarded_address_does_not_help_at_the_real_server(office: Served) -> None:
    said = httpx.post(
        f"{office.url}/demo/login",
        json={"member": "R-02"},
        headers={"X-Forwarded-For": "127.0.0.1"},
        timeout=30,
    )
    assert said.status_code == 404


def test_a_demo_login_of_another_secret_opens_nothing(office: Served) -> None:
    forged = DemoLogin("another secret, and long enough for HMAC").token("D-01")
    assert office.with_token(forged).get("/v1/board").status_code == 401


@pytest.mark.parametrize("given", ["option", "secret"])
def test_the_demo_login_is_refused_at_start_on_another_host(
    given: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    if given == "secret":
        monkeypatch.setenv("CASELEDGER_HTTP_DEMO_SECRET", SECRET)
    option = ["--demo-login"] if given == "option" else []
    assert main(["serve", "--host", "0.0.0.0", "--port", "0", *option]) == 2
    assert "loopback" in capsys.readouterr().err


def test_a_short_secret_of_the_demo_login_is_refused_at_start(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASELEDGER_HTTP_DEMO_SECRET", "guessed")
    assert main(["serve", "--port", "0"]) == 2
    said = capsys.readouterr().err
    assert "CASELEDGER_HTTP_DEMO_SECRET" in said
    assert "guessed" not in said
