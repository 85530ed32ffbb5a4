"""Offering: what a policy may offer by Open311, and what it may let anybody see."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.policy.document.policy import Policy
from ledger.policy.document.problems import PolicyError
from ledger.policy.document.stored import document_of
from ledger.policy.reading.toml import read_policy
from ledger.policy.telling.offering import open311_channel, wrong_open311
from tests.ledgers import OFFICE, office_policy


def _offering(**terms: Any) -> Policy:
    document = document_of(office_policy())
    return Policy.model_validate({**document, "open311": terms})


def test_a_policy_that_says_nothing_offers_nothing() -> None:
    policy = _offering()
    assert (policy.open311.services, policy.open311.shows) == ({}, ())
    assert open311_channel(policy) == "web"


@pytest.mark.parametrize(
    ("terms", "where", "said"),
    [
        ({"services": {"RDW-POTT": {}}}, "services", "did you mean 'RDW-POT'"),
        ({"channel": "wbe"}, "channel", "'wbe', which is not defined"),
        ({"contact_kind": "chatter"}, "contact_kind", "'chatter', which is not defined"),
        ({"fields": {"place": "nowhere"}}, "fields", "'nowhere', which is not defined"),
        ({"fields": {"place": "danger_now"}}, "fields", "takes no text"),
        ({"shows": ["description"]}, "shows", "no field of the office tier"),
        ({"shows": ["lat"]}, "shows", "no field of the office tier"),
    ],
)
def test_what_is_wrong_with_it_is_said_with_its_place(
    terms: dict[str, Any], where: str, said: str
) -> None:
    found = list(wrong_open311(_offering(**terms)))
    assert [(path[:2], said in sentence) for path, sentence in found] == [
        (("open311", where), True)
    ]


def test_services_need_a_channel_to_come_by() -> None:
    policy = _offering(services={"RDW-POT": {}})
    channels = {code: each for code, each in policy.channels.items() if each.family != "web"}
    without = policy.model_copy(update={"channels": channels})
    assert [path for path, _ in wrong_open311(without)] == [("open311", "services")]


def test_a_policy_file_that_would_show_what_is_personal_is_refused() -> None:
    text = OFFICE.read_text("utf-8").replace(
        "[open311.fields]", 'shows = ["description"]\n[open311.fields]'
    )
    with pytest.raises(PolicyError, match="shows 'description' to anybody"):
        read_policy(text, file="office.toml")
