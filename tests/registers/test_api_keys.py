"""API keys: another system acts as a member, within acts that there are, for a time, until its key is taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from ledger.errors import InvalidCommand, UnlawfulTransition
from ledger.registers.integrations.api_keys import (
    API_KEY,
    ApiKey,
    ApiKeyIssued,
    ApiKeyRevoked,
    IssueApiKey,
    RevokeApiKey,
)
from tests.deciding import DIRECTOR, MONDAY, History, by, given, number

KEY = number(50)
TOMORROW = MONDAY + timedelta(days=1)
ISSUE = IssueApiKey(
    key_id=KEY, member="city", scopes=("case.open",), expires_at=TOMORROW, digest="0a" * 32
)
REVOKE = RevokeApiKey(key_id=KEY, reason="It was in a mail.")


def no_key() -> History[ApiKey]:
    return given(of=API_KEY, stream=ISSUE.stream)


def issued() -> History[ApiKey]:
    return no_key().asked(by(DIRECTOR, ISSUE))


def test_a_key_is_issued_once_and_taken_back_once() -> None:
    once = no_key().when(ISSUE, actor=DIRECTOR)
    out = once.then(
        ApiKeyIssued(
            member="city", scopes=("case.open",), expires_at=TOMORROW, digest="0a" * 32, label=None
        )
    )
    out.when(ISSUE, actor=DIRECTOR).refused(UnlawfulTransition, rule="key-issued-once")
    back = out.when(REVOKE, actor=DIRECTOR).then(ApiKeyRevoked(reason="It was in a mail."))
    back.when(REVOKE, actor=DIRECTOR).nothing()
    no_key().when(REVOKE, actor=DIRECTOR).refused(UnlawfulTransition, rule="of-an-issued-key")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"member": "nobody"}, "not a member of the policy"),
        ({"expires_at": MONDAY}, "a time that is to come"),
        *(({"scopes": ("*", each)}, "is not a scope") for each in ("case", "case.", "case.nothing", "nothing.*", ".*")),
    ],
    ids=str,
)  # fmt: skip
def test_a_key_is_for_a_member_for_acts_that_there_are_and_for_a_time_to_come(
    said: dict[str, Any], why: str
) -> None:
    given_so = ISSUE.model_copy(update=said)
    no_key().when(given_so, actor=DIRECTOR).refused(InvalidCommand, saying=why)


@pytest.mark.parametrize("scope", ["*", "case.*", "case.open"])
def test_a_scope_is_every_act_a_kind_of_acts_or_one(scope: str) -> None:
    asked = ISSUE.model_copy(update={"scopes": (scope,)})
    assert no_key().when(asked, actor=DIRECTOR).after.state.scopes == {scope}


@for_all(after=st.timedeltas(timedelta(0), timedelta(days=3)))
def test_a_key_opens_until_its_time_is_over_and_not_once_it_is_taken_back(after: timedelta) -> None:
    key = issued().state
    assert key.opens(at=MONDAY + after) == (MONDAY + after < TOMORROW)
    assert not issued().asked(by(DIRECTOR, REVOKE)).state.opens(at=MONDAY + after)
    assert not no_key().state.opens(at=MONDAY + after)
