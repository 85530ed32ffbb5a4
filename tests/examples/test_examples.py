"""The examples of the description are what an office answers: each operation has one, and none is out of date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

import pytest

from ledger.sealing.slots import from_b64u
from tests.api.http.description import operations, resolved, wrong_with
from tests.examples.days import Heard, heard
from tests.examples.kept import FILE, different, kept, without_chance

_NO_TEXT = ("application/zip", "application/octet-stream")
_LARGE_BYTES = 300_000
_WRITE_ANEW = "run `python -m tests.examples`, and read what it changed"


@pytest.fixture(scope="module")
def office() -> Heard:
    return heard()


def answers(document: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Each kind of answer to what could be done."""
    for path, method, operation in operations(document):
        for status, response in operation["responses"].items():
            for kind, content in response.get("content", {}).items():
                if status < "300" and kind not in _NO_TEXT and path != "/openapi.json":
                    yield f"{method.upper()} {path} {status}", kind, content


def test_every_answer_is_shown_by_an_example_that_fits_its_schema(office: Heard) -> None:
    shown = [*answers(office.document)]
    lacking = [(where, kind) for where, kind, content in shown if "example" not in content]
    assert lacking == [], f"ask them in tests/examples, then {_WRITE_ANEW}"
    broken = {
        where: wrong
        for where, _, content in shown
        if (wrong := wrong_with(office.document, content["schema"], content["example"]))
    }
    assert broken == {}


def test_every_failure_refers_to_examples_of_just_what_may_fail(office: Heard) -> None:
    examples, met = office.document["components"]["examples"], set[str]()
    for path, method, operation in operations(office.document):
        for status, response in operation["responses"].items():
            if status < "400":
                continue
            (content,) = resolved(office.document, response)["content"].values()
            for name, reference in content["examples"].items():
                assert reference == {"$ref": f"#/components/examples/{name}"}
                met.add(name)
                told = examples[name]["value"]
                assert wrong_with(office.document, content["schema"], told) == [], name
                assert status in str(told), (method, path, name)
    assert met == examples.keys()


def test_what_is_kept_is_what_the_office_answers_now(office: Heard) -> None:
    was, now = kept(), office.kept()
    for part, named in now.items():
        assert was[part].keys() == named.keys(), _WRITE_ANEW
        old = [name for name, said in named.items() if different(was[part][name], said, of=name)]
        assert old == [], f"{_WRITE_ANEW}: these {part} are out of date"
    assert FILE.stat().st_size < _LARGE_BYTES


def altered(said: str) -> Iterator[str]:
    """The text with one number altered, each in turn."""
    for found in re.finditer(r"(?<![\w.+/-])[0-9]+(?![\w+/-])", said):
        yield f"{said[: found.start()]}{int(found.group()) + 1}{said[found.end() :]}"


def test_a_number_alone_that_is_wrong_is_noticed() -> None:
    shown = kept()["answers"]
    for operation in (
        "GET /v1/board",
        "GET /v1/flow",
        "GET /v1/sla.csv",
        "GET /v1/teams/{team}/rate",
    ):
        text = str(shown[operation])
        others = [*altered(text)]
        assert len(others) > 10, operation
        assert all(without_chance(each) != without_chance(text) for each in others), operation


def test_another_id_in_the_same_places_is_the_same_answer() -> None:
    one, other = "019de001-4c00-7000-8000-000000000001", "019de001-4c00-7000-8000-000000000002"
    assert not different([one, other, one], [other, one, other])
    assert different([one, other, one], [one, other, other])
    took = 'request_seconds_bucket{{le="0.001",status="201"}} {}.0\n'
    assert not different(took.format(3), took.format(41))
    at_once = 'batch_commands_bucket{{le="1.0"}} {}.0\n'
    assert not different(at_once.format(199), at_once.format(198))


def test_how_far_the_views_were_while_somebody_was_sought_is_by_chance_and_there_alone() -> None:
    at, then = ({"found": 1, "up_to_date": {"position": each}} for each in (416, 418))
    assert not different(at, then, of="POST /v1/people/search")
    assert different(at, {**at, "found": 2}, of="POST /v1/people/search")
    assert different(at, then, of="GET /v1/cases")


def test_a_write_asked_again_under_its_key_answers_with_its_receipt(office: Heard) -> None:
    assert office.differing == {}


def test_the_entry_that_is_shown_is_proved_by_the_checkpoint_that_is_shown_with_it() -> None:
    shown = kept()["answers"]["GET /v1/entries/{position}"]["application/json"]["body"]
    digest = sha256(b"\0" + shown["line"].encode()).digest()
    at, last = shown["inclusion"]["leaf"], shown["checkpoint"]["size"] - 1
    for other in map(from_b64u, shown["inclusion"]["path"]):  # RFC 9162, section 2.1.3.2
        if at % 2 or at == last:
            digest = sha256(b"\1" + other + digest).digest()
            while at and not at % 2:
                at, last = at // 2, last // 2
        else:
            digest = sha256(b"\1" + digest + other).digest()
        at, last = at // 2, last // 2
    assert (last, digest) == (0, from_b64u(shown["checkpoint"]["root"]))
