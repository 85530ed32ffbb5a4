"""Targets: nothing inside is knocked at, whatever it is called; what is connected to is what was checked."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from ipaddress import ip_network
from pathlib import Path
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.environment import from_environment
from api.webhooks.backlog import Failure
from api.webhooks.posting import Outcome, Taken, delivered
from api.webhooks.reaching import Endpoint
from api.webhooks.settings import WebhookSettings
from api.webhooks.targets import (
    Resolve,
    TargetRefused,
    addresses_of,
    may_be_reached,
    refuse_unreachable,
    target_of,
)
from ledger.errors import InvalidCommand, LedgerError
from tests.api.webhooks.receiving import Answer, Delivery, Receiver, certified, receiving
from tests.patience import WITHIN_SECONDS

OPEN = WebhookSettings(allow_http=True)
LOOPBACK = WebhookSettings(allow_http=True, allowed_networks=(ip_network("127.0.0.0/8"),))


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


def posted(url: str, settings: WebhookSettings, resolve: Resolve) -> Outcome:
    """What comes of one attempt."""

    async def post() -> Outcome:
        endpoint = Endpoint(url, settings, resolve=resolve)
        try:
            return await delivered(endpoint, b"{}", {"webhook-id": "1"})
        finally:
            await endpoint.close()

    return asyncio.run(post())


@pytest.mark.parametrize(
    "host",
    [
        "localhost", "127.0.0.1", "127.1", "127.0.0.1.", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1",
        "017700000001", "0.0.0.0", "0", "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]", "[::ffff:a9fe:a9fe]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "169.254.169.254",
        "2852039166", "0xa9fea9fe", "[fd00:ec2::254]", "10.0.0.1", "172.16.0.1", "192.168.0.1", "100.64.0.1",
        "198.18.0.1", "192.0.2.1", "224.0.0.1", "239.255.255.250", "255.255.255.255", "240.0.0.1", "[fe80::1]",
        "[fe80::1%25lo]", "[fc00::1]", "[fec0::1]", "[ff02::1]", "[2001:db8::1]",
    ],
)  # fmt: skip
def test_no_notation_of_an_address_inside_is_accepted(host: str) -> None:
    with pytest.raises((TargetRefused, InvalidCommand)):
        refuse_unreachable(f"http://{host}:8080/latest/meta-data", OPEN)


@pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "0x7f.1", "localhost"])
def test_a_network_inside_can_be_allowed_by_whoever_runs_the_service(host: str) -> None:
    settings = WebhookSettings(
        allow_http=True, allowed_networks=(ip_network("127.0.0.0/8"), ip_network("::1/128"))
    )
    refuse_unreachable(f"http://{host}/", settings)
    with pytest.raises(TargetRefused):
        refuse_unreachable("http://169.254.169.254/", settings)


@given(st.ip_addresses())
def test_only_addresses_of_the_public_net_may_be_reached(address: object) -> None:
    found = may_be_reached(str(address), OPEN)
    if found and not str(address).startswith(("::ffff:", "64:ff9b::", "2002:")):
        assert getattr(address, "is_global", False)
        assert not getattr(address, "is_multicast", True)
        assert not getattr(address, "is_site_local", False)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True), ("2606:4700:4700::1111", True), ("2606:4700:4700::1111%eth0", False),
        ("64:ff9b::5db8:d822", True), ("64:ff9b::a02:1", False), ("::ffff:93.184.216.34", True),
        ("2002:5db8:d822::1", True), ("2002:a02:1::1", False), ("2001:0:5db8:d822::1", False),
        ("4000::1", False), ("hooks.example", False),
    ],
)  # fmt: skip
def test_an_address_that_stands_for_another_one_is_judged_as_that(
    address: str, *, public: bool
) -> None:
    """So an office whose network knows IPv6 alone (NAT64) reaches receivers that know it not."""
    assert may_be_reached(address, OPEN) is public


@pytest.mark.parametrize(
    "address", ["10.2.0.1", "64:ff9b::a02:1", "::ffff:10.2.0.1", "2002:a02:1::1"]
)
def test_a_network_that_is_allowed_is_so_in_every_notation(address: str) -> None:
    inside = WebhookSettings(allowed_networks=(ip_network("10.2.0.0/16"),))
    assert may_be_reached(address, inside)
    assert not may_be_reached(
        address, WebhookSettings(allowed_networks=(ip_network("10.3.0.0/16"),))
    )


def test_a_name_that_means_one_machine_inside_among_others_is_refused() -> None:
    def both(_name: str, _port: int) -> Sequence[str]:
        return ["93.184.216.34", "10.0.0.7"]

    with pytest.raises(TargetRefused):
        refuse_unreachable("https://hooks.example/", WebhookSettings(), both)


def test_a_name_that_meant_a_public_machine_and_means_one_inside_by_now_is_not_connected_to(
    receiver: Receiver,
) -> None:
    meant = iter([["93.184.216.34"], ["127.0.0.1"]])

    def rebound(_name: str, _port: int) -> Sequence[str]:
        return next(meant)

    url = receiver.url.replace("127.0.0.1", "hooks.example")
    refuse_unreachable(url, OPEN, rebound)
    assert posted(url, OPEN, rebound) == Failure("away", "its address may not be reached")
    assert receiver.received == []


def test_what_is_connected_to_is_the_address_that_was_checked_under_the_name_that_was_given(
    receiver: Receiver,
) -> None:
    def here(name: str, _port: int) -> Sequence[str]:
        assert name == "hooks.example"
        return ["127.0.0.1"]

    url = receiver.url.replace("127.0.0.1", "hooks.example")
    assert posted(url, LOOPBACK, here) == Taken(204)
    port = url.split(":")[2].partition("/")[0]
    assert receiver.received[0].headers["Host"] == f"hooks.example:{port}"


def test_no_proxy_of_the_environment_takes_a_delivery(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    with receiving() as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        assert posted(receiver.url, LOOPBACK, lambda _name, _port: ["127.0.0.1"]) == Taken(204)
        assert proxy.received == []


@pytest.mark.parametrize(
    "url",
    [
        "ftp://hooks.example/", "https://", "https:///hooks", "https://user:secret@hooks.example/", "//hooks.example",
        "https://hooks.example/#part", "javascript:alert(1)", "https://hooks.example:99999/", "https://[::1/", "",
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_receiver_is_refused_in_a_sentence(url: str) -> None:
    with pytest.raises(LedgerError) as refused:
        target_of(url, OPEN)
    assert str(refused.value).endswith(".")


def test_what_is_not_encrypted_is_refused_unless_it_is_allowed() -> None:
    with pytest.raises(TargetRefused):
        target_of("http://hooks.example/", WebhookSettings())
    assert target_of("http://hooks.example/", OPEN).host == "hooks.example"
    assert target_of("https://hooks.example/", WebhookSettings()).scheme == "https"


def test_a_name_that_no_machine_has_is_told() -> None:
    def unknown(_name: str, _port: int) -> Sequence[str]:
        raise OSError("unknown")

    with pytest.raises(InvalidCommand, match="no address"):
        refuse_unreachable("https://nowhere.example/", WebhookSettings(), unknown)
    with pytest.raises(OSError, match="unknown"):
        addresses_of(target_of("https://nowhere.example/", OPEN), OPEN, unknown)
    assert posted("https://nowhere.example/", OPEN, unknown) == Failure(
        "away", "its name has no address"
    )


def test_whoever_does_not_answer_in_time_is_away(receiver: Receiver) -> None:

    def late(_delivery: Delivery) -> Answer:
        receiver.ended.wait()
        return Answer()

    receiver.answers = late
    settings = LOOPBACK.model_copy(update={"answer_seconds": 0.2})
    found = posted(receiver.url, settings, lambda _name, _port: ["127.0.0.1"])
    receiver.ended.set()
    assert found == Failure("away", "no answer in time")


def test_whoever_has_a_name_that_nobody_resolves_in_time_is_away() -> None:
    ended = Event()

    def resolve(_name: str, _port: int) -> Sequence[str]:
        ended.wait(WITHIN_SECONDS)
        return ["127.0.0.1"]

    async def post() -> Outcome:
        settings = LOOPBACK.model_copy(update={"answer_seconds": 0.2})
        endpoint = Endpoint("http://slow.example/", settings, resolve=resolve)
        try:
            return await delivered(endpoint, b"{}", {})
        finally:
            ended.set()
            await endpoint.close()

    assert asyncio.run(post()) == Failure("away", "no answer in time")


@pytest.mark.parametrize(
    ("status", "kind"),
    [(each, "refused") for each in (300, 301, 400, 404, 422, 500)]
    + [(each, "away") for each in (408, 425, 429, 502, 503, 504)],
)
def test_a_status_says_whether_nobody_is_there_or_the_entry_is_refused(
    receiver: Receiver, status: int, kind: str
) -> None:
    receiver.answers = lambda _delivery: Answer(status)
    found = posted(receiver.url, LOOPBACK, lambda _name, _port: ["127.0.0.1"])
    assert isinstance(found, Failure)
    assert (found.kind, found.status) == (kind, status)


@pytest.mark.parametrize("status", [200, 202, 299])
def test_whatever_says_that_it_went_well_says_that_the_receiver_has_it(
    receiver: Receiver, status: int
) -> None:
    receiver.answers = lambda _delivery: Answer(status)
    assert posted(receiver.url, LOOPBACK, lambda _name, _port: ["127.0.0.1"]) == Taken(status)


@pytest.mark.parametrize(("name", "taken"), [("hooks.example", 1), ("other.example", 0)])
def test_a_machine_proves_the_name_that_was_given_not_the_address_that_was_found(
    tmp_path: Path, name: str, taken: int
) -> None:
    context, authority = certified(tmp_path, "hooks.example")
    settings = LOOPBACK.model_copy(update={"ca_file": authority, "allow_http": False})
    with receiving(tls=context) as secure:
        url = secure.url.replace("127.0.0.1", name)
        found = posted(url, settings, lambda _name, _port: ["127.0.0.1"])
        assert isinstance(found, Taken) == taken
        assert len(secure.received) == taken


@pytest.mark.parametrize(
    ("name", "said"),
    [("ALLOWED_NETWORKS", "10.2.0.0/99"), ("ANSWER_SECONDS", "0"), ("ALLOW_HTTP", "perhaps")],
)
def test_a_setting_that_is_none_is_told_by_its_name(
    monkeypatch: pytest.MonkeyPatch, name: str, said: str
) -> None:
    monkeypatch.setenv(f"CASELEDGER_WEBHOOK_{name}", said)
    with pytest.raises(InvalidCommand, match=f"CASELEDGER_WEBHOOK_{name}: "):
        from_environment(WebhookSettings)


def test_networks_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASELEDGER_WEBHOOK_ALLOWED_NETWORKS", "10.2.0.0/16, fd12::/16")
    found = WebhookSettings().allowed_networks
    assert found == (ip_network("10.2.0.0/16"), ip_network("fd12::/16"))
