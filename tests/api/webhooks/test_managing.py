"""Subscriptions over HTTP: another system makes its own, sees and ends them, and is told as entries come."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from standardwebhooks import Webhook
from structlog.testing import capture_logs

from api.webhooks.worker import deliver_once, delivering
from ledger.registers.integrations.webhooks import STANDING_AT_MOST
from tests.api.http.description import wrong_with
from tests.api.http.identities import key_of
from tests.api.http.served import Caller, Served, serving
from tests.api.webhooks.managed import OTHER, SETTINGS, SYSTEM, made
from tests.api.webhooks.receiving import Answer, Delivery, Receiver
from tests.ledgers import office_policy, place_in


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An office that may tell systems on this machine."""
    folder: Path = tmp_path_factory.mktemp("webhooks")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("CASELEDGER_WEBHOOK_ALLOWED_NETWORKS", "127.0.0.0/8")
        environment.setenv("CASELEDGER_WEBHOOK_ALLOW_HTTP", "true")
        policy = office_policy()
        members = {**policy.members, OTHER: policy.members[SYSTEM]}
        with serving(
            place_in(folder), policy=policy.model_copy(update={"members": members})
        ) as served:
            yield served


def test_a_system_is_told_of_its_cases_as_they_come(office: Served, receiver: Receiver) -> None:
    system, service = office.as_member(SYSTEM), office.service
    secret = made(system, receiver.url, topics=["CaseOpened"])["secret"]
    with delivering(
        service.views.location, service.ledger, service.feed, service.arrivals, SETTINGS
    ):
        reference = system.opened(channel="web")
        (delivery,) = receiver.wait_for(1)
    assert delivery.event["data"]["reference"] == reference
    Webhook(secret).verify(delivery.body, delivery.headers)
    position = int(delivery.event["sequence"])
    (fed,) = system.get(f"/v1/feed?after={position - 1}&limit=1").json()
    assert fed == delivery.event
    arrives_as_described(office, delivery)


def arrives_as_described(office: Served, delivery: Delivery) -> None:
    """Whoever makes a receiver from the description alone takes what comes."""
    document = office.nobody().get("/openapi.json").json()
    said = document["webhooks"]["entry"]["post"]
    headers = {name.lower(): value for name, value in delivery.headers.items()}
    assert {each["name"] for each in said["parameters"]} <= headers.keys()
    content = said["requestBody"]["content"]
    ((kind, told),) = content.items()
    assert headers["content-type"].startswith(kind)
    for event in (delivery.event, told["example"]):
        assert wrong_with(document, told["schema"], event) == []
    assert {"2XX", "410", "default"} <= said["responses"].keys()


def test_while_two_deliver_nothing_comes_twice_and_the_other_takes_over(
    office: Served, receiver: Receiver
) -> None:
    system, service = office.as_member(SYSTEM), office.service
    made(system, receiver.url, topics=["CaseOpened"])
    where = (service.views.location, service.ledger, service.feed, service.arrivals, SETTINGS)
    with delivering(*where):
        with delivering(*where):
            for _ in range(3):
                system.opened(channel="web")
            receiver.wait_for(3)
        system.opened(channel="web")
        receiver.wait_for(4)
    assert len(set(receiver.positions())) == len(receiver.received) == 4


def test_the_same_key_again_gives_the_same_subscription_and_the_same_secret(
    office: Served, receiver: Receiver
) -> None:
    system, said = office.as_member(SYSTEM), {"url": receiver.url}
    first = system.post("/v1/webhooks", said, key="subscribe once")
    system.opened(channel="web")
    again = system.post("/v1/webhooks", said, key="subscribe once")
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.headers["Idempotency-Replayed"] == "true"
    for name in ("webhook_id", "secret", "position"):
        assert again.json()[name] == first.json()[name]
    with ThreadPoolExecutor(8) as pool:
        at_once = pool.map(lambda _: system.post("/v1/webhooks", said, key="at once"), range(8))
        replayed = sorted("Idempotency-Replayed" in each.headers for each in at_once)
    assert replayed == [False, *[True] * 7]
    other = system.post("/v1/webhooks", {"url": f"{receiver.url}/2"}, key="subscribe once")
    assert (other.status_code, other.json()["rule"]) == (409, "one-command-an-id")


def test_a_topic_may_be_named_as_the_events_name_it(office: Served, receiver: Receiver) -> None:
    system = office.as_member(SYSTEM)
    said = {"url": receiver.url, "topics": ["caseledger.CaseOpened", "CaseResolved"]}
    webhook_id = system.post("/v1/webhooks", said).json()["webhook_id"]
    shown = system.get(f"/v1/webhooks/{webhook_id}").json()
    assert shown["topics"] == ["CaseOpened", "CaseResolved"]


def test_it_begins_after_no_entry_that_is_yet_to_come(office: Served, receiver: Receiver) -> None:
    system, tip = office.as_member(SYSTEM), office.service.ledger.store.tip()
    refused = system.post("/v1/webhooks", {"url": receiver.url, "after": tip + 9})
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid-command")
    assert "leave it out" in refused.json()["detail"]
    assert system.post("/v1/webhooks", {"url": receiver.url, "after": tip}).status_code == 201
    twice = system.get(f"/v1/feed?after=0&after={tip}")
    assert (twice.status_code, twice.json()["detail"]) == (422, "after: give it once.")


def test_how_it_stands_is_shown_without_the_secret_and_it_can_be_ended(
    office: Served, receiver: Receiver
) -> None:
    system = office.as_member(SYSTEM)
    webhook_id = made(system, receiver.url)["webhook_id"]
    address = f"/v1/webhooks/{webhook_id}"
    found = system.get(address)
    assert (found.json()["stands"], found.json()["url"]) == ("delivers", receiver.url)
    assert "whsec_" not in found.text
    assert webhook_id in {each["webhook_id"] for each in system.get("/v1/webhooks").json()}
    assert system.post(f"{address}/pause", {}).status_code == 201
    paused = system.get(address).json()
    assert (paused["stands"], paused["owed"], paused["failures"]) == ("paused", None, 0)
    assert system.post(f"{address}/resume", {}).status_code == 201
    assert system.get(address).json()["owed"] == 0
    ended = system.ask("DELETE", address, headers={"Idempotency-Key": f"end {webhook_id}"})
    assert ended.status_code == 201
    assert system.get(address).json()["stands"] == "ended"
    assert system.post(f"{address}/pause", {}).json()["code"] == "unlawful-transition"


def test_a_secret_is_renewed_and_no_slot_of_the_ledger_holds_one(
    office: Served, receiver: Receiver
) -> None:
    system = office.as_member(SYSTEM)
    first = made(system, receiver.url)
    address = f"/v1/webhooks/{first['webhook_id']}"
    renewed = system.post(f"{address}/renew-secret", {"both_hours": 48})
    assert renewed.status_code == 201
    assert renewed.json()["secret"] not in (None, first["secret"])
    shown = system.get(address).json()
    assert (shown["secret_generation"], shown["both_sign_until"] is None) == (2, False)
    third = system.post(f"{address}/renew-secret", {})
    assert (third.status_code, third.json()["rule"]) == (409, "two-secrets-at-most")
    stored = b"".join(row[4] for rows in office.service.ledger.store.scan() for row in rows)
    for secret in (first["secret"], renewed.json()["secret"]):
        assert secret.removeprefix("whsec_").encode() not in stored


def test_what_was_given_up_is_listed_and_can_be_delivered_again(
    office: Served, receiver: Receiver
) -> None:
    system, service = office.as_member(SYSTEM), office.service
    receiver.answers = lambda _delivery: Answer(422)
    address = f"/v1/webhooks/{made(system, receiver.url, topics=['CaseOpened'])['webhook_id']}"
    system.opened(channel="web")
    while not (lost := system.get(f"{address}/given-up").json()):
        office.clock.pass_by(hours=7)
        deliver_once(service.views.location, service.ledger, service.feed, SETTINGS)
    assert (lost[0]["status"], system.get(address).json()["given_up"]) == (422, 1)
    unknown = system.post(f"{address}/deliver-again", {"entries": [1]})
    assert (unknown.status_code, unknown.json()["code"]) == (422, "invalid-command")
    receiver.answers = lambda _delivery: Answer()
    assert system.post(f"{address}/deliver-again", {}).status_code == 201
    deliver_once(service.views.location, service.ledger, service.feed, SETTINGS)
    assert receiver.positions() == [lost[0]["entry"]]
    assert system.get(f"{address}/given-up").json() == []


@pytest.mark.parametrize("member", ["R-02", "A-01", "D-01"])
def test_whoever_is_no_other_system_has_no_subscriptions(office: Served, member: str) -> None:
    caller = office.as_member(member)
    for refused in (
        caller.get("/v1/webhooks"),
        caller.post("/v1/webhooks", {"url": "https://hooks.example/"}),
    ):
        assert (refused.status_code, refused.json()["code"]) == (403, "not-authorised")


def test_a_system_sees_and_ends_no_subscription_of_another(
    office: Served, receiver: Receiver
) -> None:
    webhook_id = made(office.as_member(SYSTEM), receiver.url)["webhook_id"]
    other = office.as_member(OTHER)
    for refused in (
        other.get(f"/v1/webhooks/{webhook_id}"),
        other.get(f"/v1/webhooks/{webhook_id}/given-up"),
        other.post(f"/v1/webhooks/{webhook_id}/pause", {}),
        other.post(f"/v1/webhooks/{webhook_id}/move", {"url": receiver.url}),
        other.ask("DELETE", f"/v1/webhooks/{webhook_id}", headers={"Idempotency-Key": "not mine"}),
    ):
        assert (refused.status_code, refused.json()["code"]) == (403, "not-authorised")
    assert webhook_id not in other.get("/v1/webhooks").text


def test_a_key_that_was_not_issued_for_it_makes_none_and_one_that_was_hands_on_its_scopes(
    office: Served, receiver: Receiver
) -> None:
    def with_key(*scopes: str) -> Caller:
        return office.with_token(key_of(office, SYSTEM, *scopes))

    refused = with_key("case.*").post("/v1/webhooks", {"url": receiver.url})
    assert refused.status_code == 403
    for scope in ("case.*", "feed.read"):
        narrow = with_key("webhook.manage", scope)
        with capture_logs() as lines:
            refused = narrow.post("/v1/webhooks", {"url": receiver.url})
        assert (refused.status_code, refused.json()["code"]) == (403, "not-authorised")
        (line,) = lines
        assert (line["command"], line["outcome"]) == ("MakeSubscription", "not-authorised")
    unknown = office.as_member(SYSTEM).post("/v1/webhooks?topics=CaseOpened", {"url": receiver.url})
    assert (unknown.status_code, unknown.json()["code"]) == (422, "invalid-command")
    system = with_key("webhook.manage", "feed.read", "case.entries")
    webhook_id = made(system, receiver.url)["webhook_id"]
    shown = system.get(f"/v1/webhooks/{webhook_id}").json()
    assert shown["scopes"] == ["case.entries", "feed.read", "webhook.manage"]


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest/meta-data/", "https://10.0.0.1/", "https://[::1]/", "https://[fe80::1]/",
        "https://3232235521/", "http://0xc0a80001/", "https://user:secret@hooks.example/",
    ],
)  # fmt: skip
def test_no_subscription_reaches_inside(office: Served, url: str) -> None:
    before = office.service.ledger.store.tip()
    refused = office.as_member(SYSTEM).post("/v1/webhooks", {"url": url})
    assert refused.status_code in (409, 422), refused.text
    assert office.service.ledger.store.tip() == before


@pytest.mark.parametrize(
    "body",
    [
        {}, {"url": 7}, {"url": "nonsense"}, {"url": "https://hooks.example/ x"}, {"url": "https://" + "x" * 3_000},
        {"url": "https://hooks.example/", "after": -1}, {"url": "https://hooks.example/", "colour": "red"},
        {"url": "http://127.0.0.1/", "topics": ["Nonsense"]},
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_with_what_to_do(office: Served, body: object) -> None:
    refused = office.as_member(SYSTEM).post("/v1/webhooks", body)
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid-command"), refused.text


def test_nobody_has_more_subscriptions_than_anybody_needs(
    office: Served, receiver: Receiver
) -> None:
    other = office.as_member(OTHER)
    first = made(other, receiver.url)["webhook_id"]
    for _ in range(STANDING_AT_MOST - 2):
        made(other, receiver.url)
    with ThreadPoolExecutor(8) as pool:  # each was counted while none of the others stood
        asked = pool.map(lambda _: other.post("/v1/webhooks", {"url": receiver.url}), range(8))
        refused = [each.json()["rule"] for each in asked if each.status_code == 409]
    assert refused == ["so-many-subscriptions"] * 7
    other.ask("DELETE", f"/v1/webhooks/{first}", headers={"Idempotency-Key": "one less"})
    made(other, receiver.url)


@pytest.mark.parametrize("name", ["nonsense", "019de001-4c00-7000-8000-000000000003"])
def test_what_is_not_there_is_not_found(office: Served, name: str) -> None:
    found: httpx.Response = office.as_member(SYSTEM).get(f"/v1/webhooks/{name}")
    assert found.status_code in (404, 422)


@pytest.mark.parametrize(
    "said", [{"after": 10**30}, {"after": 2**63}, {"after": 2**53}], ids=["30", "63", "53"]
)
def test_a_position_that_no_log_reaches_is_refused_and_no_defect(
    office: Served, receiver: Receiver, said: dict[str, int]
) -> None:
    refused = office.as_member(SYSTEM).post("/v1/webhooks", {"url": receiver.url, **said})
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid-command"), refused.text


def test_entries_that_no_log_reaches_are_given_up_by_nobody(
    office: Served, receiver: Receiver
) -> None:
    system = office.as_member(SYSTEM)
    address = f"/v1/webhooks/{made(system, receiver.url)['webhook_id']}/deliver-again"
    for entries in ([10**30], [2**63], [-1]):
        refused = system.post(address, {"entries": entries})
        assert refused.status_code in (409, 422), (entries, refused.text)
