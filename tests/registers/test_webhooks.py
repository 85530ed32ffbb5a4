"""Subscriptions: made for those who may follow the log, given another secret, paused, and what was given up."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from ledger.errors import InvalidCommand, LedgerError, NotAuthorised, Refusal, UnlawfulTransition
from ledger.registers.integrations.subscriptions import (
    DeliveriesReached,
    DeliveryGivenUp,
    DeliveryMadeGood,
    DeliveryOwedAgain,
    SecretRenewed,
    Subscription,
    SubscriptionEnded,
    SubscriptionMade,
    SubscriptionMoved,
    SubscriptionPaused,
    SubscriptionResumed,
)
from ledger.registers.integrations.webhooks import (
    WEBHOOK,
    EndSubscription,
    GiveUpDelivery,
    MakeSubscription,
    MoveSubscription,
    OweAgain,
    PauseSubscription,
    RecordDeliveriesReached,
    RecordMadeGood,
    RenewSecret,
    ResumeSubscription,
    WebhookCommand,
)
from tests.deciding import DIRECTOR, MONDAY, WATCH, History, by, given, number

ID = number(40)
MAKE = MakeSubscription(webhook_id=ID, member="watch", url="https://hooks.example/", after=7)
GIVE_UP = GiveUpDelivery(
    webhook_id=ID, entry=9, about="case/x", attempts=12, refused_since=MONDAY, status=422
)


def nothing_yet() -> History[Subscription]:
    return given(of=WEBHOOK, stream=MAKE.stream)


def made(*asked: WebhookCommand) -> History[Subscription]:
    found = nothing_yet()
    for each in (MAKE, *asked):
        found = found.asked(by(DIRECTOR, each))
    return found


def test_it_is_made_once_for_a_member_who_may_follow_the_log() -> None:
    nothing_yet().when(MAKE, actor=DIRECTOR).then(
        SubscriptionMade(
            member="watch", scopes=None, url="https://hooks.example/", topics=(), after=7
        )
    )
    made().when(MAKE, actor=DIRECTOR).refused(UnlawfulTransition, saying="made already")


@pytest.mark.parametrize(
    ("change", "error", "saying"),
    [
        ({"member": "R-02"}, NotAuthorised, "may not follow"),
        ({"member": "nobody"}, InvalidCommand, "not a member"),
        ({"scopes": ("case.*",)}, NotAuthorised, "scopes of their keys"),
        ({"topics": ("CaseOpened", "Nonsense")}, InvalidCommand, "Nonsense"),
        ({"scopes": ("feed.read", "case.read")}, NotAuthorised, "told nothing"),
        (
            {"topics": ("CaseOpened", "PolicyPublished")},
            InvalidCommand,
            "no entries of the topic PolicyPublished,",
        ),
    ],
)
def test_it_is_made_for_nobody_else_and_of_nothing_else(
    change: dict[str, Any], error: type[LedgerError], saying: str
) -> None:
    asked = MAKE.model_copy(update=change)
    nothing_yet().when(asked, actor=DIRECTOR).refused(error, saying=saying)


def test_of_two_secrets_both_sign_for_a_while_and_a_third_waits() -> None:
    renewed = made().when(RenewSecret(webhook_id=ID, both_hours=24), actor=DIRECTOR)
    history = renewed.then(SecretRenewed(generation=2, former_until=MONDAY + timedelta(hours=24)))
    found = history.state
    assert found.generations(at=MONDAY + timedelta(hours=23)) == (2, 1)
    assert found.generations(at=MONDAY + timedelta(hours=24)) == (2,)
    history.when(RenewSecret(webhook_id=ID), actor=DIRECTOR).refused(Refusal, saying="Two secrets")
    day = timedelta(hours=24)
    third = history.when(RenewSecret(webhook_id=ID), actor=DIRECTOR, at=MONDAY + day)
    third.then(SecretRenewed(generation=3, former_until=MONDAY + 2 * day))


def test_it_is_paused_and_resumed_once_and_ends_for_good() -> None:
    pause, resume = PauseSubscription(webhook_id=ID), ResumeSubscription(webhook_id=ID)
    paused = made().when(pause, actor=DIRECTOR).then(SubscriptionPaused(why="asked"))
    assert not paused.state.delivers
    paused.when(pause, actor=DIRECTOR).nothing()
    resumed = paused.when(resume, actor=DIRECTOR).then(SubscriptionResumed())
    assert resumed.state.delivers
    resumed.when(resume, actor=DIRECTOR).nothing()
    ended = resumed.when(EndSubscription(webhook_id=ID), actor=DIRECTOR).then(SubscriptionEnded())
    ended.when(EndSubscription(webhook_id=ID), actor=DIRECTOR).nothing()
    for asked in (pause, resume, RenewSecret(webhook_id=ID), OweAgain(webhook_id=ID), GIVE_UP):
        ended.when(asked, actor=DIRECTOR).refused(UnlawfulTransition, saying="has ended")
    ended.when(RecordDeliveriesReached(webhook_id=ID, upto=99), actor=WATCH).nothing()


def test_it_moves_to_another_address_once() -> None:
    move = MoveSubscription(webhook_id=ID, url="https://other.example/")
    moved = made().when(move, actor=DIRECTOR).then(SubscriptionMoved(url="https://other.example/"))
    moved.when(move, actor=DIRECTOR).nothing()


def test_deliveries_go_forwards_alone() -> None:
    made().when(RecordDeliveriesReached(webhook_id=ID, upto=7), actor=WATCH).nothing()
    reached = made().when(RecordDeliveriesReached(webhook_id=ID, upto=9), actor=WATCH)
    history = reached.then(DeliveriesReached(upto=9))
    history.when(RecordDeliveriesReached(webhook_id=ID, upto=8), actor=WATCH).nothing()


def test_what_was_given_up_is_owed_again_once_and_made_good_or_given_up_once_more() -> None:
    fact = DeliveryGivenUp(**GIVE_UP.model_dump(exclude={"webhook_id"}))
    lost = made().when(GIVE_UP, actor=WATCH).then(fact)
    lost.when(GIVE_UP, actor=WATCH).nothing()
    again = lost.when(OweAgain(webhook_id=ID), actor=DIRECTOR).then(DeliveryOwedAgain(entries=(9,)))
    assert again.state.owed_again == (9,)
    again.when(OweAgain(webhook_id=ID, entries=(9,)), actor=DIRECTOR).nothing()
    again.when(GIVE_UP, actor=WATCH).then(fact)
    good = again.when(RecordMadeGood(webhook_id=ID, entry=9), actor=WATCH)
    history = good.then(DeliveryMadeGood(entry=9))
    assert history.state == replace(made().state, given_up={})
    history.when(RecordMadeGood(webhook_id=ID, entry=9), actor=WATCH).nothing()
    lost.when(OweAgain(webhook_id=ID, entries=(9, 10)), actor=DIRECTOR).refused(
        InvalidCommand, saying="entry 10"
    )


def test_of_what_was_given_up_that_alone_is_owed_again_which_is_named() -> None:
    lost = made(GIVE_UP, GIVE_UP.model_copy(update={"entry": 12}))
    named = lost.when(OweAgain(webhook_id=ID, entries=(12,)), actor=DIRECTOR)
    history = named.then(DeliveryOwedAgain(entries=(12,)))
    history.when(OweAgain(webhook_id=ID), actor=DIRECTOR).then(DeliveryOwedAgain(entries=(9,)))


def test_of_one_that_has_ended_nothing_is_made_good_any_more() -> None:
    ended = made(GIVE_UP, EndSubscription(webhook_id=ID))
    ended.when(RecordMadeGood(webhook_id=ID, entry=9), actor=WATCH).nothing()


@pytest.mark.parametrize(
    "asked",
    [PauseSubscription(webhook_id=ID), EndSubscription(webhook_id=ID), RenewSecret(webhook_id=ID), GIVE_UP],
)  # fmt: skip
def test_nothing_can_be_asked_of_one_that_was_never_made(asked: WebhookCommand) -> None:
    nothing_yet().when(asked, actor=DIRECTOR).refused(UnlawfulTransition, saying="No such")
