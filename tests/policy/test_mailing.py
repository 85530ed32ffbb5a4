"""What a policy says of mail: checked when it is read, and what holds where it says nothing."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.policy.document.policy import Policy
from ledger.policy.document.stored import document_of
from ledger.policy.reading.references import wrong_references
from ledger.policy.telling.mailing import (
    contact_kind,
    mail_channel,
    robot_channel,
    takes_personal_text,
    wanting_for_mail,
)
from tests.ledgers import office_policy


def with_mail(channels: dict[str, Any] | None = None, **said: Any) -> Policy:
    document: Any = document_of(office_policy())
    document["channels"] |= channels or {}
    document["mail"] = said
    return Policy.model_validate(document)


def robots(*senders: str) -> dict[str, Any]:
    return {"family": "email", "en": "Robots", "senders": list(senders)}


def test_people_s_mail_comes_by_the_first_mail_channel_that_is_no_robot_s() -> None:
    assert mail_channel(office_policy()) == "email"
    assert mail_channel(with_mail(channel="letter")) == "letter"
    document: Any = document_of(office_policy())
    document["channels"] = {"a": robots("r@x"), "b": {"family": "email", "en": "Mail"}}
    assert mail_channel(Policy.model_validate(document)) == "b"
    document["channels"] = {"a": robots("r@x")}
    assert mail_channel(Policy.model_validate(document)) is None


def test_a_robot_is_known_by_its_address_whatever_its_case() -> None:
    policy = with_mail({"robots": robots("Robot@Sensors.example")})
    found = robot_channel(policy, "robot@sensors.EXAMPLE")
    assert found is not None
    assert found[0] == "robots"
    assert robot_channel(policy, "ada@example.org") is None


def test_words_go_into_sealed_text_alone() -> None:
    policy = office_policy()
    assert takes_personal_text(policy, "description")
    assert not takes_personal_text(policy, "language")
    assert not takes_personal_text(policy, "income")
    assert not takes_personal_text(policy, "no-such-field")


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        ({}, None),
        ({"channels": {"a": robots("r@x")}}, "has no channel for mail"),
        ({"reasons": {}}, "no kind of contact"),
        ({"mail": {"words": "language"}}, "no field for what a mail says"),
    ],
)
def test_what_a_policy_lacks_for_mail_is_one_sentence(left_out: Any, said: str | None) -> None:
    policy = Policy.model_validate(document_of(office_policy()) | left_out)
    assert (wanting_for_mail(policy) or "").startswith("The policy in force has no" if said else "")
    assert said is None or said in (wanting_for_mail(policy) or "")


def test_a_mail_on_a_case_is_of_a_kind_that_the_policy_has() -> None:
    assert contact_kind(office_policy()) == "new-information"
    document: Any = document_of(office_policy())
    document["reasons"]["contact"] = {"heard": {"en": "Heard"}}
    assert contact_kind(Policy.model_validate(document)) == "heard"


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        (with_mail(channel="pigeon"), "names the channel 'pigeon'"),
        (with_mail(contact_kind="howl"), "names the kind of contact 'howl'"),
        (with_mail(words="language"), "names 'language', which is no field for a personal text"),
        (
            with_mail({"one": robots("r@x"), "two": robots("R@X")}),
            "is the sender 'R@X' of one already",
        ),
    ],
)
def test_what_is_not_there_is_named(policy: Policy, said: str) -> None:
    assert [said in sentence for _, sentence in wrong_references(policy)] == [True]


def test_a_policy_that_says_nothing_of_mail_is_sound() -> None:
    assert wrong_references(office_policy()) == []
