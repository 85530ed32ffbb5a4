"""Leaving over SCIM: however an identity system says that somebody is inactive, nobody stays by what is passed over."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest

from api.http.scim.users import USER
from tests.api.http.served import Caller, Served, serving
from tests.api.scim.system import USERS, ask, operations, policy_with, system_of
from tests.ledgers import place_in

_CODES = (f"X-{number}" for number in count(1))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(
        place_in(tmp_path_factory.mktemp("leaving")), policy=policy_with(system="hr")
    ) as served:
        yield served


@pytest.fixture(scope="module")
def hr(office: Served) -> Caller:
    return system_of(office, "hr", "directory.provision")


def somebody(hr: Caller) -> str:
    """Somebody who is to join."""
    code = next(_CODES)
    assert ask(hr, "POST", USERS, {"userName": code}).status_code == 201
    return code


def patch(**operation: Any) -> tuple[str, dict[str, Any]]:
    return "PATCH", operations({"op": "Replace", **operation})


def put(**said: Any) -> tuple[str, dict[str, Any]]:
    return "PUT", said


OFF = [False, "False", "false", 0, "0"]
"""As the protocol has it, as Entra ID and Okta send it, and as older systems do."""


@pytest.mark.parametrize(
    ("method", "said"),
    [
        *(patch(path="active", value=off) for off in OFF),
        *(patch(value={"active": off}) for off in OFF),
        *(put(active=off) for off in OFF),
        patch(value={USER: {"active": False}}),
        patch(value={f"{USER}:active": False}),
        put(**{USER: {"active": False}}),
        put(**{f"{USER}:active": False}),
        put(active=False, displayName="x" * 300, preferredLanguage=["en"]),
    ],
)
def test_whoever_is_said_to_be_inactive_in_any_way_is(
    hr: Caller, method: str, said: dict[str, Any]
) -> None:
    code = somebody(hr)
    answer = ask(hr, method, f"{USERS}/{code}", said)
    assert (answer.status_code, answer.json()["active"]) == (200, False), answer.text


@pytest.mark.parametrize(
    ("method", "said", "why"),
    [
        *(
            (*each, "This user says of `active` neither true nor false: say one of the two.")
            for odd in (None, {"value": False}, [False], "inactive", "", 2)
            for each in (patch(path="active", value=odd), put(active=odd))
        ),
        (*patch(path="active"), "This user says of `active` neither true nor false: say one of the two."),
        (*patch(path="active.value", value=False), "active has no parts: its path is active."),
        (*patch(path='active[value eq "true"]', value=False), "active has no parts: its path is active."),
    ],
)  # fmt: skip
def test_what_cannot_be_understood_of_active_is_refused_and_nothing_is_passed_over(
    hr: Caller, method: str, said: dict[str, Any], why: str
) -> None:
    answer = ask(hr, method, f"{USERS}/{somebody(hr)}", said)
    assert (answer.status_code, answer.json()["detail"]) == (400, why)


def test_nobody_else_leaves_than_whom_the_address_names(office: Served, hr: Caller) -> None:
    code = somebody(hr)
    said = {"userName": code, "active": False, "code": "R-03"}
    assert ask(hr, "PUT", f"{USERS}/{code}", said).json()["active"] is False
    assert ask(hr, "GET", f"{USERS}/R-03").json()["active"] is True
