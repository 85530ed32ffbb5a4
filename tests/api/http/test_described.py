"""The description as integrators take it, at its word: its examples fit, its headers come, it says who may ask."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from api.http.described.headers import opens_values
from api.http.refusing.problems import MEDIA_TYPE
from api.http.rooms.teams import AS_KNOWN
from api.http.routing import instants
from api.http.routing.instants import INSTANTS
from ledger.ids import reference_bits
from ledger.policy.acting.acts import EVERY_ACT
from tests.api.http.description import operations, resolved, wrong_with
from tests.api.http.served import Served

WHY_NOW = {*(said for name, said in vars(instants).items() if name.startswith("OF_")), AS_KNOWN}
_SHOWN = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-Z*~$=]")


@pytest.fixture(scope="module")
def document(office: Served) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(office.nobody().get("/openapi.json").content)
    return found


def shown(document: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """Each example with its schema."""
    for path, method, operation in operations(document):
        contents = [operation.get("requestBody", {}), *operation["responses"].values()]
        for each in contents:
            for said in each.get("content", {}).values():
                if "example" in said:
                    yield f"{method} {path}", said["schema"], said["example"]
        for each in operation["parameters"]:
            if "example" in each:
                yield f"{method} {path}: {each['name']}", each["schema"], each["example"]
    for name, schema in document["components"]["schemas"].items():
        if "example" in schema:
            yield name, schema, schema["example"]


def test_every_example_fits_its_schema_and_shows_what_has_to_be_said(
    document: Mapping[str, Any],
) -> None:
    examples = [*shown(document)]
    assert len(examples) > 900
    broken = {
        where: wrong
        for where, schema, example in examples
        if (wrong := wrong_with(document, schema, example))
    }
    assert broken == {}


_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ANY_TEXT = ("Idempotency-Key", "{token}")
"""What is an id because whoever asked chose one, and a token as GeoReport has it: any text."""


def test_every_text_of_which_all_examples_are_ids_says_that_it_is_one(
    document: Mapping[str, Any],
) -> None:
    """A client that is made of the description has such a text as an id, or compares them as somebody wrote them."""
    formats, seen = dict[str, set[str]](), dict[str, list[str]]()
    for where, schema, example in shown(document):
        for place, kinds, said in texts_in(document, [schema], example, where):
            formats.setdefault(place, set()).update(each.get("format", "") for each in kinds)
            seen.setdefault(place, []).append(said)
    ids = {place for place, said in seen.items() if all(map(_ID.fullmatch, said))}
    assert len(ids) > 300
    unsaid = {each for each in ids if "uuid" not in formats[each]}
    assert [
        each for each in sorted(unsaid) if not any(any_text in each for any_text in _ANY_TEXT)
    ] == []


def texts_in(
    document: Mapping[str, Any], schemas: list[Any], example: Any, where: str
) -> Iterator[tuple[str, list[Any], str]]:
    """Each text of an example that is described: its place, what is said of it, and the text."""
    kinds = [*alternatives(document, schemas)]
    match example:
        case str() if kinds:
            yield where, kinds, example
        case list():
            items = [each["items"] for each in kinds if "items" in each]
            for each in example:
                yield from texts_in(document, items, each, f"{where}[]")
        case dict():
            for name, each in example.items():
                named = [
                    kind["properties"][name] for kind in kinds if name in kind.get("properties", {})
                ]
                yield from texts_in(document, named, each, f"{where}.{name}")
        case _:
            return


def alternatives(document: Mapping[str, Any], schemas: list[Any]) -> Iterator[Any]:
    """What a value may be, wherever that is said."""
    for each in schemas:
        said = resolved(document, each)
        if nested := [*said.get("anyOf", ()), *said.get("oneOf", ()), *said.get("allOf", ())]:
            yield from alternatives(document, nested)
        elif "type" in said:
            yield said


def test_each_answer_is_described_as_of_its_own_kind_alone(document: Mapping[str, Any]) -> None:
    kinds = {
        ".csv": "text/csv",
        ".xml": "xml",
        "/bundle": "application/zip",
        "/metrics": "text/plain",
    }
    for path, method, operation in operations(document):
        good = {status: said for status, said in operation["responses"].items() if status < "300"}
        assert good, path
        for said in good.values():
            content = said.get("content", {})
            assert all(each.get("schema") for each in content.values()), (path, method)
            for ending, kind in kinds.items():
                if path.endswith(ending):
                    assert [each for each in content if kind not in each] == [], (path, method)
    deleted = document["paths"]["/scim/v2/Users/{user_id}"]["delete"]["responses"]
    assert "200" not in deleted
    assert "content" not in deleted["204"]


def test_each_read_takes_other_instants_or_says_why_not(document: Mapping[str, Any]) -> None:
    for path, method, operation in operations(document):
        names = {each["name"] for each in operation["parameters"] if each["in"] == "query"}
        assert "x-told-now" not in operation
        if method == "get" and not names.issuperset(INSTANTS):
            assert any(said in operation["description"] for said in WHY_NOW), path


def test_every_reference_that_is_shown_is_one(document: Mapping[str, Any]) -> None:
    found = set(_SHOWN.findall(json.dumps(document)))
    assert found
    for reference in found:
        assert reference_bits(reference)


def test_the_example_of_an_opening_opens_a_case(
    office: Served, document: Mapping[str, Any]
) -> None:
    content = document["paths"]["/v1/cases"]["post"]["requestBody"]["content"]
    answer = office.as_member("I-02").post("/v1/cases", content["application/json"]["example"])
    assert answer.status_code == 201, answer.text


def test_the_headers_that_are_described_come(office: Served, document: Mapping[str, Any]) -> None:
    intake, auditor = office.as_member("I-02"), office.as_member("A-01")
    first, again = (intake.post("/v1/parties", {"name": "Ada"}, key="described") for _ in range(2))
    reference = intake.opened()
    intake.opened()
    tip = office.service.ledger.store.tip()
    board = auditor.get(f"/v1/board?min_position={tip}")
    answers = {
        ("/v1/parties", "post", "201"): first,
        ("/v1/parties", "post", "200"): again,
        ("/v1/cases/{ref}", "get", "200"): auditor.get(f"/v1/cases/{reference}"),
        ("/v1/cases", "get", "200"): auditor.get(f"/v1/cases?limit=1&min_position={tip}"),
        ("/v1/feed", "get", "200"): auditor.get("/v1/feed?limit=1"),
        ("/v1/board", "get", "304"): auditor.get("/v1/board", If_None_Match=board.headers["ETag"]),
        ("/v1/board", "get", "401"): office.nobody().get("/v1/board"),
        ("/v1/board", "get", "422"): auditor.get("/v1/board?colour=red"),
    }
    for (path, method, status), answer in answers.items():
        assert str(answer.status_code) == status, path
        said = resolved(document, document["paths"][path][method]["responses"][status])["headers"]
        assert said
        assert not [name for name in said if name not in answer.headers], path


def test_each_operation_says_more_than_its_summary(document: Mapping[str, Any]) -> None:
    of_all = (*WHY_NOW, "Who may: ", "Recorded once under its `Idempotency-Key`: ")
    silent = [
        f"{method} {path}"
        for path, method, operation in operations(document)
        if not [
            each
            for each in operation.get("description", "").split("\n\n")
            if each and not each.startswith(of_all) and each.rstrip(".") != operation["summary"]
        ]
    ]
    assert silent == []
    waiting = document["paths"]["/v1/cases/{ref}/wait"]["post"]["description"]
    rule = "A wait takes a coded reason; what it does to each clock is in the clock's own table."
    assert waiting.startswith(f"{rule}\n\n")


def test_each_operation_says_in_words_who_may_ask_it(document: Mapping[str, Any]) -> None:
    for path, method, operation in operations(document):
        last = operation["description"].rpartition("\n\n")[2]
        told = re.findall(r"[a-z]+(?= \(|,|\.)", re.sub(r"\([^)]*\)", "(", last))
        assert last.startswith("Who may: ") == ("x-who" in operation), (method, path)
        assert "x-who" not in operation or {*operation["x-who"]} <= {*told}, (method, path, last)
    taking = document["paths"]["/v1/queues/{team}/pull"]["post"]["description"]
    assert taking.endswith("\n\nWho may: caseworker (own, team), dispatcher (own, team).")


def test_each_operation_says_in_which_roles_it_may_be_asked(document: Mapping[str, Any]) -> None:
    closed = [each for *_, each in operations(document) if each["x-act"] != "public"]
    assert {each["x-act"] for each in closed} <= EVERY_ACT
    assert all(each["x-who"] for each in closed)
    taking = document["paths"]["/v1/queues/{team}/pull"]["post"]["x-who"]
    assert taking == {"caseworker": ["own", "team"], "dispatcher": ["own", "team"]}


def test_what_a_write_makes_is_named_in_what_it_is_answered_with(
    office: Served, document: Mapping[str, Any]
) -> None:
    schema = document["paths"]["/v1/cases"]["post"]["responses"]["201"]["content"]
    answer = office.as_member("I-02").post("/v1/cases", {"channel": "phone"})
    assert wrong_with(document, schema["application/json"]["schema"], answer.json()) == []
    named = document["components"]["schemas"]["Receipt-case"]["properties"]
    assert answer.json().keys() <= named.keys()


def test_a_name_with_a_slash_in_it_is_answered_as_each_operation_describes(
    office: Served, document: Mapping[str, Any]
) -> None:
    tried = 0
    for path, method, operation in operations(document):
        if "{" not in path:
            continue
        answer = office.nobody().ask(method.upper(), re.sub(r"\{\w+\}", "a%2Fb", path), headers={})
        said = resolved(document, operation["responses"][str(answer.status_code)])
        kind = answer.headers["Content-Type"].partition(";")[0]
        told = next(each for name, each in said["content"].items() if name.startswith(kind))
        if kind == MEDIA_TYPE:
            assert answer.json()["code"] in told["examples"], path
        tried += 1
    assert tried > 100


def test_what_opens_personal_values_is_told_anew_each_time(document: Mapping[str, Any]) -> None:
    opening = [
        (path, each) for path, method, each in operations(document)
        if method == "get" and (opens_values(path) or path.endswith("/file"))
    ]  # fmt: skip
    assert len(opening) == 11
    for path, operation in opening:
        assert "304" not in operation["responses"], path
        assert "ETag" not in operation["responses"]["200"].get("headers", {}), path


def test_whatever_names_somebody_says_that_they_may_be_nobody_on_record(
    document: Mapping[str, Any],
) -> None:
    """To begin a disclosure for somebody without a record was answered with a problem that was not described."""
    naming, untold = set[str](), set[str]()
    for path, method, operation in operations(document):
        content = operation.get("requestBody", {}).get("content", {})
        for each in content.values():
            fields = resolved(document, each["schema"]).get("properties", {})
            if not {"party", "requester", "representative", "other_party"} & {
                name for name, field in fields.items() if '"uuid"' in str(field).replace("'", '"')
            }:
                continue
            naming.add(path)
            missing = resolved(document, operation["responses"].get("404", {}))
            told = missing.get("content", {}).get("application/problem+json", {})
            if "party-not-found" not in told.get("examples", {}):
                untold.add(f"{method} {path}")
    assert len(naming) > 8
    assert untold == {"post /v1/cases/{ref}/concerns-not"}, (
        "whoever stands on the case is taken off"
    )


def test_whatever_can_be_sent_is_said_in_words(document: Mapping[str, Any]) -> None:
    untold = set[str]()
    for path, method, operation in operations(document):
        for each in operation["parameters"]:
            if not resolved(document, each).get("description"):
                untold.add(f"{method} {path}: {each}")
        said = operation.get("requestBody", {}).get("content", {})
        for each in said.values():
            for name, field in resolved(document, each["schema"]).get("properties", {}).items():
                if "$ref" not in field and not field.get("description"):
                    untold.add(f"{method} {path}: {name}")
    assert untold == set()


def test_each_tag_is_told_once_and_no_two_of_them_are_written_into_one_client(
    document: Mapping[str, Any],
) -> None:
    used = {tag for _, _, operation in operations(document) for tag in operation["tags"]}
    (sent,) = (each["post"] for each in document["webhooks"].values())
    assert used.isdisjoint(sent["tags"])
    assert {each["name"] for each in document["tags"]} == used | {*sent["tags"]}
    assert all(each["description"] for each in document["tags"])


def test_a_client_made_from_the_description_can_say_as_whom_it_reads(
    document: Mapping[str, Any],
) -> None:
    acting = {"Acting-Role", "Acting-Team", "Acting-Delegation", "On-Behalf-Of"}
    for path, method, operation in operations(document):
        if operation["x-act"] != "public" and not path.startswith(("/open311/", "/scim/")):
            named = [each["name"] for each in operation["parameters"]]
            assert acting <= {*named}, (method, path)
            assert len(named) == len({*named}), (method, path)


def test_what_is_sent_and_answered_in_scim_is_described_by_the_names_of_its_standard(
    document: Mapping[str, Any],
) -> None:
    paths = document["paths"]
    sent = {
        "ScimUserBody": {"userName", "externalId", "active", "groups", "roles", "schemas"},
        "ScimPatchOp": {"Operations", "schemas"},
    }
    asked = (
        ("ScimUserBody", paths["/scim/v2/Users"]["post"]),
        ("ScimUserBody", paths["/scim/v2/Users/{user_id}"]["put"]),
        ("ScimPatchOp", paths["/scim/v2/Users/{user_id}"]["patch"]),
    )
    for name, operation in asked:
        for said in operation["requestBody"]["content"].values():
            assert said["schema"] == {"$ref": f"#/components/schemas/{name}"}
            assert sent[name] <= resolved(document, said["schema"])["properties"].keys()
    for path, method, operation in operations(document):
        for response in operation["responses"].values() if path.startswith("/scim/") else ():
            for said in resolved(document, response).get("content", {}).values():
                assert resolved(document, said["schema"])["properties"], (method, path)


def test_what_stands_in_an_address_and_its_query_is_of_the_kind_that_answers_have(
    document: Mapping[str, Any],
) -> None:
    told = {
        (each["in"], each["name"]): each["schema"]
        for path, _, operation in operations(document)
        for each in operation["parameters"]
        if path.startswith("/v1/")
    }
    ids = {
        name: schema
        for (where, name), schema in told.items()
        if name.endswith("_id") and where == "path"
    }
    assert len(ids) == 8
    assert all(each == {"type": "string", "format": "uuid"} for each in ids.values())
    assert told["path", "position"]["type"] == told["query", "min_position"]["type"] == "integer"
    assert told["query", "limit"] == {"type": "integer", "minimum": 1, "maximum": 1000}
    for name in ("standing", "status", "purpose", "language"):
        assert told["query", name]["enum"], name
    assert told["query", "on"]["format"] == "date"


def test_a_list_of_so_many_of_one_kind_says_of_which(document: Mapping[str, Any]) -> None:
    box = document["components"]["schemas"]["Redaction"]["properties"]["box"]["anyOf"][0]
    assert box == {"type": "array", "items": {"type": "integer"}, "minItems": 4, "maxItems": 4}


def test_a_header_that_says_who_asks_does_in_the_place_of_an_api_key(
    document: Mapping[str, Any],
) -> None:
    sent = [
        resolved(document, said["schema"])
        for path, _, operation in operations(document)
        if path.startswith("/open311/")
        for said in operation.get("requestBody", {}).get("content", {}).values()
    ]
    assert len(sent) == 8, "each as a form, and in parts with files"
    assert all("api_key" in each["properties"] for each in sent)
    assert all("api_key" not in each["required"] for each in sent)
