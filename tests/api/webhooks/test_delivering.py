"""Deliveries: each entry at least once, in order for each case, whatever becomes of the receiver and of us."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest
from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError

from api.feed import Feed, cloud_event
from api.webhooks.settings import WebhookSettings
from api.webhooks.shown import all_shown
from ledger.case.intake.opening import OpenCase
from ledger.policy.acting.feeding import Follower
from ledger.policy.document.policy import Policy
from ledger.registers.directory import RecordLeaver
from ledger.registers.integrations.webhooks import (
    EndSubscription,
    MoveSubscription,
    OweAgain,
    PauseSubscription,
    RenewSecret,
    ResumeSubscription,
)
from projections.views import Views
from tests.api.webhooks.office import SYSTEM, Told, telling
from tests.api.webhooks.receiving import Answer, Delivery, Receiver, receiving
from tests.ledgers import DIRECTOR, INTAKE, office_policy, place_in, publish
from tests.servers.ports import port_for_later

REFUSED, AWAY = Answer(422), Answer(503)


def topics(told: Told) -> list[str]:
    """What the ledger recorded of subscriptions."""
    return [entry.topic for entry in told.ledger.entries() if entry.kind == "webhook"]


def test_each_entry_is_told_once_signed_as_the_library_verifies_with_the_event_of_the_feed(
    told: Told, receiver: Receiver
) -> None:
    webhook_id = told.subscribed(receiver.url)
    stream = told.opened()
    told.noted(stream, "Mrs Confidential called.")
    assert told.deliver().delivered == len(told.positions(stream))
    assert told.deliver().delivered == 0
    assert receiver.positions() == told.positions(stream)
    follower = Follower(SYSTEM, "machine", ("integrator",))
    shown = Feed(told.ledger).page(follower, after=0, limit=100).entries
    events = [cloud_event(each, ledger_id=told.ledger.store.ledger_id) for each in shown]
    (secret,) = told.secrets(webhook_id)
    verified = [Webhook(secret).verify(each.body, each.headers) for each in receiver.accepted]
    assert verified == orjson.loads(orjson.dumps(events))
    assert not any("Confidential" in each.body for each in receiver.accepted)
    first = receiver.accepted[0].headers
    assert first["Content-Type"] == "application/cloudevents+json; charset=utf-8"
    assert len({each.headers["webhook-id"] for each in receiver.accepted}) == len(events)


def test_all_that_is_owed_is_told_at_once_however_much_it_is(
    told: Told, receiver: Receiver
) -> None:
    told.subscribed(receiver.url)
    for _ in range(40):
        told.opened()
    assert told.deliver().delivered == len(told.positions()) > 100
    assert sorted(receiver.positions()) == told.positions()


def test_on_postgresql_it_is_the_same(
    tmp_path: Path, postgresql_url: str, receiver: Receiver
) -> None:
    with telling(place_in(tmp_path, database=postgresql_url)) as office:
        receiver.answers = lambda _delivery: AWAY
        webhook_id = office.subscribed(receiver.url)
        stream = office.opened()
        tally = office.deliver()
        assert (tally.failed, tally.resting) == (1, 1)
        receiver.answers = lambda _delivery: Answer()
        office.deliver_for(hours=1)
        assert receiver.positions() == office.positions(stream)
        backlog = office.deliveries.load(webhook_id)
        assert backlog is not None
        assert (backlog.owed, backlog.failures) == ((), 0)


def test_another_secret_verifies_nothing(told: Told, receiver: Receiver) -> None:
    told.subscribed(receiver.url)
    other = told.subscribed(receiver.url, topics=("CaseReopened",))
    told.opened()
    told.deliver()
    with pytest.raises(WebhookVerificationError):
        Webhook(told.secrets(other)[0]).verify(
            receiver.accepted[0].body, receiver.accepted[0].headers
        )


def test_a_receiver_that_is_down_for_a_day_loses_nothing(told: Told) -> None:
    port, streams = port_for_later(), list[str]()
    webhook_id = told.subscribed(f"http://127.0.0.1:{port}/hooks")
    for _ in range(24):
        streams.append(told.opened())
        told.noted(streams[0])
        told.deliver_for(hours=1)
    assert told.stands(webhook_id).given_up == {}
    with receiving(port=port) as back:
        told.deliver_for(hours=1)
        assert back.positions() != []
        assert sorted(back.positions()) == told.positions()
        for stream in streams:
            assert back.positions(stream) == told.positions(stream)


def test_while_one_case_is_refused_its_entries_wait_in_order_and_other_cases_go_on(
    told: Told, receiver: Receiver
) -> None:
    told.subscribed(receiver.url)
    stuck, other = told.opened(), told.opened()
    tries: list[int] = []

    def refuse_twice(delivery: Delivery) -> Answer:
        if delivery.stream == stuck and len(tries) < 2:
            tries.append(delivery.position)
            return REFUSED
        return Answer()

    receiver.answers = refuse_twice
    told.noted(stuck)
    told.noted(other)
    told.deliver()
    assert (receiver.positions(stuck), receiver.positions(other)) == ([], told.positions(other))
    told.deliver_for(hours=1)
    assert len(set(tries)) == 1
    assert receiver.positions(stuck) == told.positions(stuck)


def test_what_is_refused_for_days_is_given_up_and_those_after_it_go_on(
    told: Told, receiver: Receiver
) -> None:
    webhook_id = told.subscribed(receiver.url)
    stream = told.opened()
    first, *others = told.positions(stream)
    receiver.answers = lambda each: REFUSED if each.position == first else Answer()
    told.deliver_for(hours=71)
    assert told.stands(webhook_id).given_up == {}
    assert receiver.positions() == []
    assert told.deliver_for(hours=8).given_up == 1
    ((entry, lost),) = told.stands(webhook_id).given_up.items()
    assert (entry, lost.about, lost.status) == (first, stream, 422)
    assert lost.attempts >= 10
    assert receiver.positions() == others


def test_what_was_given_up_is_delivered_when_it_is_asked_again_and_that_is_recorded(
    told: Told, receiver: Receiver
) -> None:
    webhook_id = told.subscribed(receiver.url)
    told.opened()
    first, *others = told.positions()
    receiver.answers = lambda each: REFUSED if each.position == first else Answer()
    told.deliver_for(hours=80)
    receiver.answers = lambda _delivery: Answer()
    told.deliver_for(hours=1)
    assert first not in receiver.positions()
    told.ask(OweAgain(webhook_id=webhook_id))
    told.deliver()
    assert receiver.positions() == [*others, first]
    assert told.stands(webhook_id).given_up == {}
    assert topics(told)[-1] == "DeliveryMadeGood"
    sent = [each.headers["webhook-id"] for each in receiver.received if each.position == first]
    assert len(sent) > 10
    assert len(set(sent)) == 1


def test_a_receiver_that_is_gone_is_paused_and_goes_on_once_somebody_says_so(
    told: Told, receiver: Receiver
) -> None:
    webhook_id = told.subscribed(receiver.url)
    told.opened()
    receiver.answers = lambda _delivery: Answer(410)
    told.deliver()
    assert told.stands(webhook_id).paused == "gone"
    told.deliver_for(hours=5)
    assert len(receiver.received) == 1
    receiver.answers = lambda _delivery: Answer()
    told.ask(ResumeSubscription(webhook_id=webhook_id))
    told.deliver()
    assert receiver.positions() == told.positions()


def test_while_a_secret_is_replaced_both_sign_and_then_the_new_one_alone(
    told: Told, receiver: Receiver
) -> None:
    webhook_id = told.subscribed(receiver.url)
    (old,) = told.secrets(webhook_id)
    told.ask(RenewSecret(webhook_id=webhook_id, both_hours=24))
    new, former = told.secrets(webhook_id)
    assert (former, new != old) == (old, True)
    told.opened()
    told.deliver()
    both = receiver.accepted[-1]
    assert Webhook(old).verify(both.body, both.headers)
    assert Webhook(new).verify(both.body, both.headers)
    told.clock.pass_by(hours=25)
    told.opened()
    told.deliver()
    last = receiver.accepted[-1]
    assert Webhook(new).verify(last.body, last.headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(old).verify(last.body, last.headers)


def test_how_far_deliveries_are_is_recorded_once_a_day_and_not_when_nothing_was_told(
    told: Told, receiver: Receiver
) -> None:
    told.subscribed(receiver.url)
    told.opened()
    told.deliver_for(hours=30)
    assert topics(told).count("DeliveriesReached") == 1
    told.deliver_for(hours=72)
    assert topics(told).count("DeliveriesReached") == 1


def test_a_rebuild_sends_nothing_and_nobody_is_told_what_was_before(
    told: Told, receiver: Receiver, tmp_path: Path
) -> None:
    told.opened()
    told.subscribed(receiver.url)
    later = told.opened()
    told.deliver()
    assert receiver.positions() == told.positions(later)
    with Views.open(tmp_path / "home") as views:
        views.catch_up(told.ledger.store)
        views.rebuild(told.ledger.store)
    told.deliver_for(hours=30)
    assert receiver.positions() == told.positions(later)


def test_whoever_asks_for_the_past_is_told_it_from_a_position_on(
    told: Told, receiver: Receiver
) -> None:
    before, asked = told.opened(), told.opened()
    told.subscribed(receiver.url, after=max(told.positions(before)))
    told.deliver()
    assert receiver.positions() == told.positions(asked)


def test_what_is_paused_is_held_back_and_what_has_ended_is_over(
    told: Told, receiver: Receiver
) -> None:
    webhook_id = told.subscribed(receiver.url)
    told.ask(PauseSubscription(webhook_id=webhook_id))
    told.opened()
    told.deliver()
    assert receiver.received == []
    told.ask(ResumeSubscription(webhook_id=webhook_id))
    told.deliver()
    assert receiver.positions() == told.positions()
    told.ask(EndSubscription(webhook_id=webhook_id))
    told.opened()
    told.deliver()
    assert len(receiver.received) < len(told.positions())
    assert told.deliveries.load(webhook_id) is None


def test_what_is_owed_goes_to_the_new_address_when_it_moves(told: Told, receiver: Receiver) -> None:
    receiver.answers = lambda _delivery: AWAY
    webhook_id = told.subscribed(receiver.url)
    told.opened()
    told.deliver()
    with receiving() as other:
        told.ask(MoveSubscription(webhook_id=webhook_id, url=other.url))
        told.deliver_for(hours=1)
        assert other.positions() == told.positions()


def test_a_system_is_told_of_its_own_cases_of_its_topics_and_within_its_scopes(
    told: Told, receiver: Receiver
) -> None:
    with receiving() as notes:
        told.subscribed(receiver.url, scopes=("case.*", "feed.read"))
        told.subscribed(notes.url, topics=("NoteAdded",))
        stream, note = told.opened(), 0
        note = told.noted(stream)
        opened_by_phone(told)
        told.deliver()
        assert receiver.positions() == told.positions(stream)
        assert notes.positions() == [note]


def opened_by_phone(told: Told) -> None:
    """A case that did not come from the other system."""
    case_id = told.ledger.new_id()
    opening = OpenCase(case_id=case_id, channel="phone", request_type="RDW-POT", region="HAL")
    told.ledger.handle(opening, actor=INTAKE)


def test_what_goes_wrong_with_a_subscription_is_told_of_it(told: Told, tmp_path: Path) -> None:
    webhook_id = told.subscribed("https://hooks.example/")
    told.settings = WebhookSettings(ca_file=tmp_path / "none.pem")
    assert told.deliver().errors == {str(webhook_id): "invalid-command"}


AUDITOR = "A-01"


@pytest.mark.parametrize("by", ["no member any more", "no auditor any more", "somebody who left"])
def test_a_member_who_may_follow_the_log_no_longer_is_told_nothing(
    told: Told, receiver: Receiver, by: str
) -> None:
    told.subscribed(receiver.url, member=AUDITOR)
    told.opened()
    told.deliver()
    before = len(receiver.received)
    assert before > 0
    told.clock.pass_by(minutes=1)
    if by == "somebody who left":
        today = told.clock().date()
        leaves = RecordLeaver(
            directory_id=told.ledger.directory_id, member=AUDITOR, left_on=today, successor=None
        )
        told.ledger.handle(leaves, actor=DIRECTOR)
    else:
        publish(told.ledger, without_the_auditor(by), effective_from=told.clock())
    told.opened()
    told.deliver()
    assert len(receiver.received) == before
    (stands,) = all_shown(told.ledger, told.deliveries, at=told.clock())
    assert stands.stands == "sees_nothing"


def without_the_auditor(by: str) -> Policy:
    """The office's policy, by which one of its auditors is nobody, or a caseworker."""
    policy = office_policy()
    members = {code: each for code, each in policy.members.items() if code != AUDITOR}
    if by == "no auditor any more":
        caseworker = policy.members[AUDITOR].model_copy(update={"roles": ("caseworker",)})
        members[AUDITOR] = caseworker
    return policy.model_copy(update={"members": members})
