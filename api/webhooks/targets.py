"""Targets: a name is resolved, every address it has is checked, and what is connected to is one of these.

So nobody makes this machine knock at its own doors or its neighbours' (server-side request forgery):
neither by the name or the notation of an address, nor by a name that means another machine a moment later.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import httpx

from api.webhooks.settings import WebhookSettings
from ledger.errors import InvalidCommand, Refusal

Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Sequence[str]]
"""The addresses of a name, as texts; OSError where there are none."""
_PORTS = {"http": 80, "https": 443}
_PORTS_THERE_ARE = range(1, 2**16)
_TRANSLATED = ip_network("64:ff9b::/96")
_IPV4_BITS = 0xFFFF_FFFF


class TargetRefused(Refusal):
    """Deliveries do not go there."""


def resolved(name: str, port: int) -> list[str]:
    """The addresses of a name, as this machine sees them; any notation of an address is its own name."""
    try:
        found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:  # a label that no name can have
        raise OSError("the name cannot be resolved") from error
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def target_of(url: str, settings: WebhookSettings) -> httpx.URL:
    """The address of a receiver; InvalidCommand for what is none, TargetRefused for what is not encrypted."""
    try:
        found = httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise InvalidCommand(f"The address of the receiver cannot be read ({error}).") from error
    if found.scheme not in _PORTS or not found.host or port_of(found) not in _PORTS_THERE_ARE:
        raise InvalidCommand("The address of a receiver begins with https:// and names a machine.")
    if found.userinfo or found.fragment:
        raise InvalidCommand(
            "The address of a receiver holds no name, password or fragment: deliveries are signed instead."
        )
    if found.scheme == "http" and not settings.allow_http:
        raise TargetRefused(
            "Deliveries go out encrypted: give an address with https://, or let whoever runs the service set "
            "CASELEDGER_WEBHOOK_ALLOW_HTTP.",
            rule="encrypted-targets-only",
        )
    return found


def port_of(target: httpx.URL) -> int:
    """The port that is connected to."""
    return target.port or _PORTS[target.scheme]


def addresses_of(target: httpx.URL, settings: WebhookSettings, resolve: Resolve) -> Sequence[str]:
    """The addresses to connect to, the best first; TargetRefused unless every one may be reached.

    OSError where the name has none.
    """
    found = resolve(target.raw_host.decode("ascii"), port_of(target))
    if not found:
        raise OSError("the name has no address")
    for each in found:
        if not may_be_reached(each, settings):
            raise TargetRefused(
                f"{target.host} is an address inside, or has one: deliveries go to public addresses, and to "
                "networks that whoever runs the service names in CASELEDGER_WEBHOOK_ALLOWED_NETWORKS.",
                rule="public-targets-only",
            )
    return found


def refuse_unreachable(url: str, settings: WebhookSettings, resolve: Resolve = resolved) -> None:
    """Refuses an address to which nothing would ever be delivered, as far as can be told now."""
    target = target_of(url, settings)
    try:
        addresses_of(target, settings, resolve)
    except OSError as error:
        raise InvalidCommand(
            f"{target.host} has no address that could be found: check how it is spelt."
        ) from error


def may_be_reached(said: str, settings: WebhookSettings) -> bool:
    """Whether an address is public, or lies in a network that is allowed."""
    try:
        address = ip_address(said)
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address.scope_id is not None:
        return False
    meant = _meant(address)
    return _is_allowed(address, settings) or _is_allowed(meant, settings) or _is_public(meant)


def _is_allowed(address: Address, settings: WebhookSettings) -> bool:
    return any(address in network for network in settings.allowed_networks)


def _is_public(address: Address) -> bool:
    if isinstance(address, IPv6Address) and address.is_site_local:
        return False  # given up, and still inside (RFC 3879)
    return address.is_global and not address.is_multicast and not address.is_reserved


def _meant(address: Address) -> Address:
    """The IPv4 address that an IPv6 address stands for: mapped, in a tunnel, or translated; else itself."""
    if isinstance(address, IPv4Address):
        return address
    if address in _TRANSLATED:
        return IPv4Address(int(address) & _IPV4_BITS)
    return address.ipv4_mapped or address.sixtofour or address
