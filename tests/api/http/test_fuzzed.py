"""The whole interface under schemathesis: whatever is sent, with or without a token, is answered as it is described."""

from __future__ import annotations

import string
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.parameters import ParameterLocation
from schemathesis.core.result import Ok
from schemathesis.core.transport import Response
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.http import create_app
from api.http.refusing.problems import MEDIA_TYPE
from tests.api.http.description import resolved
from tests.api.http.served import Served, serving
from tests.ledgers import place_in

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
SLOW = (HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large)
LASTING, FOLLOWERS = "/v1/feed/events", ("A-01", "watch")
"""An answer that ends when its reader leaves has tests of its own; whoever may not follow is tried here too."""
SENDABLE = frozenset(string.printable) - frozenset("\r\n\t\x0b\x0c")
_TAKES_ANY_WORDS = (ParameterLocation.HEADER, ParameterLocation.PATH)
_WORDS = {"type": "string"}
_KEYS = count(1)


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An office of its own, which what is sent at random may fill."""
    folder: Path = tmp_path_factory.mktemp("fuzzed")
    with serving(place_in(folder)) as office:
        yield office


def try_all(office: Served, *, members: Sequence[str | None], examples: int) -> Counter[str | None]:
    """Sends so much of what fits each operation and of what does not, as each of these; how much, and how it went."""
    reference = office.as_member("I-02").opened()
    begun = office.as_member("L-01").post(f"/v1/cases/{reference}/disclosures", {})
    there = {"ref": reference, "disclosure_id": str(begun.json()["disclosure_id"])}
    tokens = {each: None if each is None else office.as_member(each).token for each in members}
    sent, tries = Counter[str | None](), count()
    document = create_app(office.service).openapi()
    with requests.Session() as session:
        for found in schemathesis.openapi.from_dict(document).get_all_operations():
            assert isinstance(found, Ok), found
            for mode in MODES if _can_be_given_wrong(found.ok()) else MODES[:1]:

                @settings(
                    max_examples=examples,
                    deadline=None,
                    database=None,
                    derandomize=True,
                    phases=[Phase.generate],
                    suppress_health_check=SLOW,
                )
                @given(case=found.ok().as_strategy(generation_mode=mode))
                def send(case: Case) -> None:
                    _about(case, there if next(tries) % 2 else {})
                    for member, token in tokens.items():
                        if case.operation.path == LASTING and member in FOLLOWERS:
                            continue
                        sent[member] += 1
                        _dressed(case, token)
                        answer = case.call(base_url=office.url, session=session)
                        case.validate_response(answer, checks=CHECKS)
                        sent["problems"] += _told_as_described(document, case, answer)

                send()
    return sent


def _can_be_given_wrong(operation: APIOperation) -> bool:
    """Whether there is what does not fit it: to find that there is none takes hundreds of tries."""
    return bool(operation.body) or any(
        each.location not in _TAKES_ANY_WORDS or each.definition["schema"] != _WORDS
        for each in operation.iter_parameters()
    )


def _about(case: Case, there: Mapping[str, str]) -> None:
    """Names what is there in its path."""
    for name in there.keys() & (case.path_parameters or {}).keys():
        case.path_parameters[name] = there[name]


def _told_as_described(document: Mapping[str, Any], case: Case, answer: Response) -> bool:
    """Whether it is a problem, which is one of those that the operation names for its status."""
    if MEDIA_TYPE not in answer.headers.get("content-type", ()):
        return False
    operation = document["paths"][case.operation.path][case.operation.method.lower()]
    described = resolved(document, operation["responses"][str(answer.status_code)])
    assert answer.json()["code"] in described["content"][MEDIA_TYPE]["examples"], answer.text
    return True


def _dressed(case: Case, token: str | None) -> None:
    """Under a fresh key, as whoever asks."""
    headers: dict[str, Any] = {
        name: said
        for name, said in dict(case.headers or {}).items()
        if SENDABLE.issuperset(str(said))
    }
    headers["Idempotency-Key"] = f"fuzz-{next(_KEYS)}"
    headers.pop("Authorization", None)
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    case.headers = headers  # type: ignore[assignment]  # its own kind of mapping takes any


def test_whatever_is_sent_is_answered_as_it_is_described(fuzzed: Served) -> None:
    sent = try_all(fuzzed, members=(None, "L-01"), examples=1)
    assert min(sent[None], sent["L-01"], sent["problems"]) > 300


@pytest.mark.soak
def test_however_much_is_sent_is_answered_as_it_is_described(fuzzed: Served) -> None:
    members = (None, "I-02", "R-02", "L-01", "D-01", "A-01", "O-01", "watch")
    sent = try_all(fuzzed, members=members, examples=40)
    assert min(sent[each] for each in members) > 5_000
