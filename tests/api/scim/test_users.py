"""SCIM: an identity system finds people, proposes them and says who has left; a person publishes who is a member."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from api.channels.directories.files import WORK
from api.http.scim.users import STANDING, USER
from ledger.registers.integrations.provisioned import MemberProposed
from tests.api.http.served import Caller, Served, serving
from tests.api.scim.system import USERS, ask, operations, policy_with, system_of
from tests.ledgers import place_in

OF_ITS_SCHEMA = f"{USER}:active"
"""The attribute with the schema that it is of, as a client may name it (RFC 7644, section 3.10)."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    place = place_in(tmp_path_factory.mktemp("scim"))
    with serving(place, policy=policy_with(system="hr")) as served:
        yield served


@pytest.fixture(scope="module")
def hr(office: Served) -> Caller:
    return system_of(office, "hr", "directory.provision")


def test_a_client_finds_nobody_creates_somebody_and_finds_them_as_proposed(
    office: Served, hr: Caller
) -> None:
    found = ask(hr, "GET", f'{USERS}?filter=userName eq "R-09"&startIndex=1&count=100')
    assert (found.status_code, found.json()["totalResults"]) == (200, 0)
    new = {
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
        "userName": "R-09",
        "externalId": "00u1xyz",
        "name": {"givenName": "Ada", "familyName": "Qzexample"},
        "emails": [{"primary": True, "value": "ada@example.org", "type": "work"}],
        "groups": [{"value": "RDW"}],
        "roles": [{"value": "caseworker"}],
        "active": True,
    }
    made = ask(hr, "POST", USERS, new)
    assert made.status_code == 201, made.text
    assert made.headers["Content-Type"] == "application/scim+json"
    assert made.headers["Location"] == made.json()["meta"]["location"]
    user = made.json()
    assert (user["id"], user["userName"], user["active"]) == ("R-09", "R-09", True)
    assert user[STANDING] == {"standing": "proposed"}
    assert ask(hr, "GET", f"{USERS}/R-09").json() == user
    listed = ask(hr, "GET", f'{USERS}?filter=USERNAME EQ "R-09"').json()
    assert listed["Resources"] == [user]
    ledger = office.service.ledger
    entry = [each for each in ledger.entries() if each.topic == "MemberProposed"][-1]
    proposed = MemberProposed(member="R-09", active=True, teams=("RDW",), roles=("caseworker",))
    assert (entry.fact, entry.actor.id) == (proposed, "hr")
    again = ask(hr, "POST", USERS, new)
    assert (again.status_code, again.json()["scimType"]) == (409, "uniqueness")


def test_whoever_was_provisioned_is_found_by_the_id_that_the_identity_system_has_for_them(
    office: Served, hr: Caller
) -> None:
    """As Entra ID and Okta look somebody up before they create them: by externalId, or else twice over."""
    own = "ada.qzexample@example.org"
    by_own_id = f'{USERS}?filter=externalId eq "{own}"'
    assert ask(hr, "GET", by_own_id).json()["totalResults"] == 0
    made = ask(hr, "POST", USERS, {"userName": "R-15", "externalId": own})
    assert made.status_code == 201, made.text
    (found,) = ask(hr, "GET", by_own_id).json()["Resources"]
    assert found == made.json()
    assert ask(hr, "GET", f'{USERS}?filter=externalId eq "R-15"').json()["totalResults"] == 0
    tip = office.service.ledger.store.tip()
    again = operations({"op": "Add", "path": "externalId", "value": own})
    assert ask(hr, "PATCH", f"{USERS}/R-15", again).status_code == 200
    assert ask(hr, "PUT", f"{USERS}/R-15", {"userName": "R-15", "active": True}).status_code == 200
    assert office.service.ledger.store.tip() == tip, "said again, or not said, it adds nothing"

    other = operations({"op": "replace", "value": {"externalId": "00u9", "displayName": "Ada"}})
    assert ask(hr, "PATCH", f"{USERS}/R-03", other).status_code == 200
    listed = ask(hr, "GET", f'{USERS}?filter=externalId eq "00u9"').json()["Resources"]
    assert [each["id"] for each in listed] == ["R-03"]
    none = operations({"op": "remove", "path": "externalId"})
    assert ask(hr, "PATCH", f"{USERS}/R-03", none).status_code == 200
    assert ask(hr, "GET", f'{USERS}?filter=externalId eq "00u9"').json()["totalResults"] == 0
    for wrong in ("", 7, "x" * 201, 'a"b'):
        refused = ask(hr, "POST", USERS, {"userName": "R-16", "externalId": wrong})
        assert (refused.status_code, refused.json()["scimType"]) == (400, "invalidValue")
    stored = b"".join(
        row.state
        for row in office.service.ledger.store.entries(after=0, limit=10_000)
        if row.stream.startswith("directory/")
    )
    assert b"MemberNamedElsewhere" in stored
    assert own.encode() not in stored, "it may be an address: a pseudonym of it is kept"


def test_a_department_in_words_keeps_nobody_out_and_one_that_is_a_team_is_theirs(
    hr: Caller,
) -> None:
    """As Entra ID and Okta send it unless told otherwise: whoever had one was refused, for a group that nobody sent."""
    for code, department, teams in (("R-18", "Roads and Works", []), ("R-19", "RDW", ["RDW"])):
        said = {"userName": code, "active": True, WORK: {"department": department}}
        made = ask(hr, "POST", USERS, said)
        assert made.status_code == 201, made.text
        assert [each["value"] for each in made.json()["groups"]] == teams
    stays = {"userName": "L-03", "active": True, WORK: {"department": "Head Office"}}
    assert ask(hr, "PUT", f"{USERS}/L-03", stays).status_code == 200


@pytest.mark.parametrize("op", ["add", "Replace", "remove"])
@pytest.mark.parametrize("path", ['roles[primary eq "True"].value', "groups.value"])
def test_a_part_of_roles_and_groups_is_refused_and_not_passed_over(
    hr: Caller, op: str, path: str
) -> None:
    """Answered as done, an auditor whom Entra ID makes a caseworker stayed one."""
    asked = operations({"op": op, "path": path, "value": "caseworker"})
    refused = ask(hr, "PATCH", f"{USERS}/L-03", asked)
    assert (refused.status_code, refused.json()["scimType"]) == (400, "invalidPath")


def test_what_the_office_does_not_know_is_refused_of_whoever_joins_and_keeps_nobody_who_leaves(
    office: Served, hr: Caller
) -> None:
    unknown = ({"groups": [{"value": "Everyone"}]}, {"roles": [{"value": "Global Administrator"}]})
    tip = office.service.ledger.store.tip()
    for said in unknown:
        for method, path in (("POST", USERS), ("PUT", f"{USERS}/L-03")):
            user = {"userName": "R-17" if method == "POST" else "L-03", "active": True, **said}
            refused = ask(hr, method, path, user)
            assert (refused.status_code, refused.json()["scimType"]) == (400, "invalidValue")
            assert "send the codes of" in refused.json()["detail"]
    assert office.service.ledger.store.tip() == tip
    left = ask(hr, "PUT", f"{USERS}/L-03", {"userName": "L-03", "active": False, **unknown[0]})
    assert (left.status_code, left.json()["active"]) == (200, False)


def test_nobody_proposed_opens_anything_before_a_person_publishes_them(
    office: Served, hr: Caller
) -> None:
    assert ask(hr, "POST", USERS, {"userName": "R-11", "active": True}).status_code == 201
    demo = office.service.demo
    assert demo is not None
    assert office.with_token(demo.token("R-11")).get("/v1/cases").status_code == 403
    assert "R-11" not in office.service.in_force().policy.members


@pytest.mark.parametrize(
    ("member", "team", "method", "said"),
    [
        ("R-02", "RDW", "PATCH", operations({"op": "replace", "value": {"active": False}})),
        ("N-02", "INC", "PATCH", operations({"op": "Replace", "path": "active", "value": "False"})),
        ("N-04", "INC", "PUT", {"userName": "N-04", "active": False, "displayName": "Somebody"}),
        (
            "N-03",
            "INC",
            "PATCH",
            operations({"op": "replace", "path": OF_ITS_SCHEMA, "value": False}),
        ),
        ("L-01", "INT", "PATCH", operations({"op": "replace", "value": {OF_ITS_SCHEMA: False}})),
    ],
)
def test_whoever_leaves_is_shut_out_at_once_and_never_deleted(
    office: Served, hr: Caller, member: str, team: str, method: str, said: Any
) -> None:
    token = office.as_member(member)
    assert token.get(f"/v1/queues/{team}").status_code == 200
    answer = ask(hr, method, f"{USERS}/{member}", said)
    assert answer.status_code == 200, answer.text
    assert token.get(f"/v1/queues/{team}").status_code == 403
    after = ask(hr, "GET", f"{USERS}/{member}").json()
    left_on = office.clock().date().isoformat()
    assert (after["active"], after[STANDING]) == (False, {"standing": "left", "leftOn": left_on})
    assert office.service.in_force().policy.members[member].teams[0] == team
    tip = office.service.ledger.store.tip()
    assert ask(hr, method, f"{USERS}/{member}", said).status_code == answer.status_code
    assert office.service.ledger.store.tip() == tip, "said again it adds nothing"
    returned = ask(
        hr,
        "PATCH",
        f"{USERS}/{member}",
        operations({"op": "replace", "path": "active", "value": True}),
    )
    assert (returned.status_code, returned.json()["scimType"]) == (400, "mutability")


def test_whose_record_is_deleted_has_left_and_is_there_no_more_but_in_history(
    office: Served, hr: Caller
) -> None:
    ledger, token = office.service.ledger, office.as_member("L-02")
    assert token.get("/v1/queues/RDW").status_code == 200
    assert ask(hr, "POST", USERS, {"userName": "R-14"}).status_code == 201
    for code in ("L-02", "R-14"):
        assert ask(hr, "DELETE", f"{USERS}/{code}").status_code == 204
        tip = ledger.store.tip()
        gone = operations({"op": "replace", "path": "active", "value": False})
        for method, said in (("GET", None), ("DELETE", None), ("PATCH", gone)):
            answer = ask(hr, method, f"{USERS}/{code}", said)
            assert (answer.status_code, answer.json()["status"]) == (404, "404")
        found = ask(hr, "GET", f'{USERS}?filter=userName eq "{code}"').json()
        assert (found["totalResults"], found["Resources"]) == (0, [])
        assert ledger.store.tip() == tip
    assert token.get("/v1/queues/RDW").status_code == 403
    assert "L-02" in office.service.in_force().policy.members
    assert ledger.directory().gone("L-02", office.clock().date())
    again = ask(hr, "POST", USERS, {"userName": "L-02"})
    assert (again.status_code, again.json()["scimType"]) == (409, "uniqueness")
    assert ask(hr, "POST", USERS, {"userName": "R-14"}).status_code == 201
    assert ask(hr, "GET", f"{USERS}/R-14").json()["active"] is True


def test_a_successor_is_named_in_the_extension(office: Served, hr: Caller) -> None:
    said = operations(
        {"op": "add", "path": f"{STANDING}:successor", "value": "I-03"},
        {"op": "replace", "path": "active", "value": False},
    )
    after = ask(hr, "PATCH", f"{USERS}/I-02", said)
    assert after.status_code == 200, after.text
    assert after.json()[STANDING]["successor"] == "I-03"
    assert office.service.ledger.directory().leavers["I-02"].successor == "I-03"


def test_other_teams_are_proposed_and_those_in_force_stay(office: Served, hr: Caller) -> None:
    said = operations({"op": "replace", "path": "groups", "value": [{"value": "INC"}]})
    after = ask(hr, "PATCH", f"{USERS}/R-03", said)
    assert after.json()["groups"] == [{"value": "RDW"}]
    assert office.service.ledger.directory().proposals["R-03"].teams == ("INC",)
    nothing = operations(
        {"op": "replace", "path": 'emails[type eq "work"].value', "value": "r@example.org"},
        {"op": "replace", "path": "name.givenName", "value": "Rita"},
    )
    tip = office.service.ledger.store.tip()
    assert ask(hr, "PATCH", f"{USERS}/R-03", nothing).status_code == 200
    assert office.service.ledger.store.tip() == tip


def test_who_does_not_join_after_all_is_withdrawn_and_may_be_proposed_again(hr: Caller) -> None:
    assert ask(hr, "POST", USERS, {"userName": "R-10"}).status_code == 201
    off = operations({"op": "replace", "path": "active", "value": False})
    gone = ask(hr, "PATCH", f"{USERS}/R-10", off).json()
    assert (gone["active"], gone[STANDING]["standing"]) == (False, "withdrawn")
    assert ask(hr, "POST", USERS, {"userName": "R-10"}).json()["active"] is True


def test_a_list_pages_by_place_and_shows_the_attributes_that_are_asked_for(hr: Caller) -> None:
    whole = ask(hr, "GET", USERS).json()
    codes = [each["id"] for each in whole["Resources"]]
    assert whole["totalResults"] == len(codes) > 5
    assert "watch" not in codes
    pages = [
        ask(hr, "GET", f"{USERS}?startIndex={first}&count=3").json()
        for first in range(1, len(codes) + 1, 3)
    ]
    assert [each["id"] for page in pages for each in page["Resources"]] == codes
    few = ask(hr, "GET", f"{USERS}/R-03?attributes=userName,active").json()
    assert few.keys() == {"schemas", "id", "userName", "active"}
    assert ask(hr, "GET", f"{USERS}/R-03?attributes={USER}:userName,{USER}:active").json() == few
    (found,) = ask(hr, "GET", f'{USERS}?filter={USER}:userName eq "R-03"').json()["Resources"]
    assert found["id"] == "R-03"
    assert "groups" not in ask(hr, "GET", f"{USERS}/R-03?excludedAttributes=groups").json()


@pytest.mark.parametrize(
    ("method", "path", "said", "status", "kind"),
    [
        ("GET", f"{USERS}/Qz-nobody", None, 404, None),
        ("GET", f'{USERS}?filter=emails co "qz"', None, 400, "invalidFilter"),
        ("GET", f"{USERS}?count=qz", None, 400, "invalidValue"),
        ("GET", "/scim/v2/Schemas/qz", None, 404, None),
        ("POST", USERS, {"userName": "qz@example.org"}, 400, "invalidValue"),
        ("POST", USERS, {"displayName": "Qz"}, 400, "invalidValue"),
        ("POST", USERS, {"userName": "R-12", "active": "qz"}, 400, "invalidValue"),
        ("POST", USERS, {"userName": "watch"}, 409, "uniqueness"),
        ("PUT", f"{USERS}/R-03", {"userName": "Qz-01"}, 400, "mutability"),
        ("PATCH", f"{USERS}/R-03", {"qz": 1}, 400, "invalidSyntax"),
        ("PATCH", f"{USERS}/R-03", operations({"op": "qz"}), 400, "invalidSyntax"),
        (
            "PATCH",
            f"{USERS}/R-03",
            operations({"op": "add", "path": 'roles[value eq "qz"]', "value": "x"}),
            400,
            "invalidPath",
        ),
        (
            "PATCH",
            f"{USERS}/R-03",
            operations({"op": "remove", "path": "active"}),
            400,
            "mutability",
        ),
    ],
)
def test_what_cannot_be_done_is_said_as_scim_says_it_without_what_was_sent(
    hr: Caller, method: str, path: str, said: Any, status: int, kind: str | None
) -> None:
    answer = ask(hr, method, path, said)
    assert answer.headers["Content-Type"] == "application/scim+json"
    body = answer.json()
    assert (answer.status_code, body["status"]) == (status, str(status)), answer.text
    assert body["schemas"] == ["urn:ietf:params:scim:api:messages:2.0:Error"]
    assert body.get("scimType") == kind
    assert "qz" not in answer.text.lower()


def test_only_the_system_that_the_policy_names_keeps_the_directory(office: Served) -> None:
    """A key with every scope is not enough; the refusal is on record."""
    other, tip = system_of(office, "crm", "*"), office.service.ledger.store.tip()
    assert ask(other, "DELETE", f"{USERS}/R-03").status_code == 403
    assert ask(other, "POST", USERS, {"userName": "R-12"}).status_code == 403
    refused = [
        each for each in office.service.ledger.entries(after=tip) if each.topic == "ActRefused"
    ]
    grounds = [(each.actor.id, getattr(each.fact, "ground", None)) for each in refused]
    assert grounds == [("crm", "not-by-its-rules")] * 2
    unscoped = system_of(office, "hr", "case.open")
    assert ask(unscoped, "GET", USERS).status_code == 403
    assert ask(office.as_member("D-01"), "GET", USERS).status_code == 403
    assert ask(office.nobody(), "GET", USERS).status_code == 401


@pytest.mark.parametrize(
    ("method", "path", "raw"),
    [
        ("POST", USERS, b'{"userName": "R-12", "userName": "R-13"}'),
        ("POST", USERS, b'{"userName": "R-12", "username": "R-13"}'),
        ("PUT", f"{USERS}/R-03", b'{"active": true, "ACTIVE": false}'),
        ("PATCH", f"{USERS}/R-03", b'{"Operations": [{"op": "add", "op": "remove"}]}'),
    ],
)
def test_an_attribute_that_is_given_twice_is_refused_whatever_its_capitals(
    office: Served, hr: Caller, method: str, path: str, raw: bytes
) -> None:
    """Capitals do not matter in the name of an attribute (RFC 7643, section 2.1)."""
    tip = office.service.ledger.store.tip()
    refused = hr.ask(method, path, headers={"Content-Type": "application/scim+json"}, content=raw)
    assert (refused.status_code, refused.json()["status"]) == (400, "400")
    assert "more than once in one object" in refused.json()["detail"]
    assert office.service.ledger.store.tip() == tip


def test_a_policy_that_names_no_system_lets_none_keep_the_directory(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with serving(
        place_in(tmp_path_factory.mktemp("none")), policy=policy_with(system=None)
    ) as found:
        system = system_of(found, "hr", "*")
        assert ask(system, "POST", USERS, {"userName": "R-12"}).status_code == 403


def test_a_client_is_told_what_is_spoken(hr: Caller) -> None:
    provider = ask(hr, "GET", "/scim/v2/ServiceProviderConfig").json()
    assert [provider[each]["supported"] for each in ("patch", "filter", "bulk")] == [
        True,
        True,
        False,
    ]
    kinds = ask(hr, "GET", "/scim/v2/ResourceTypes").json()
    assert [each["endpoint"] for each in kinds["Resources"]] == ["/Users"]
    schemas = ask(hr, "GET", "/scim/v2/Schemas").json()["Resources"]
    named = {kinds["Resources"][0]["schema"]} | {
        each["schema"] for each in kinds["Resources"][0]["schemaExtensions"]
    }
    assert named == {each["id"] for each in schemas}
    for each in schemas:
        assert ask(hr, "GET", f"/scim/v2/Schemas/{each['id']}").json() == each
    shown = ask(hr, "GET", f"{USERS}/R-03").json().keys() - {"schemas", "id", "meta", STANDING}
    told = {
        attribute["name"]: attribute["returned"]
        for attribute in next(each for each in schemas if each["id"] != STANDING)["attributes"]
    }
    assert {name for name, returned in told.items() if returned == "default"} == shown
    assert told["externalId"] == "never"
    assert "displayName" not in told, "what is not kept is not promised"
