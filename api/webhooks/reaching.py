"""Reaching: one request to an address of somebody else's that was checked, within bounds of time and size."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import httpx

from api.webhooks.settings import WebhookSettings
from api.webhooks.targets import Resolve, TargetRefused, addresses_of, resolved, target_of
from ledger.errors import InvalidCommand

_READ_AT_MOST = 16_384
_READ_FOR_SECONDS = 1.0
_AGENT = f"caseledger/{version('caseledger')}"


class NotReached(Exception):
    """Nobody answered at an address, or it may not be reached: why, in a few words."""


class Answered(NamedTuple):
    """What was answered: its status, its headers, and as much of its content as came in a second, or 16 KiB."""

    status: int
    headers: Mapping[str, str]
    content: bytes


@lru_cache(maxsize=4)
def trusted(ca_file: Path | None) -> ssl.SSLContext:
    """By which certificates a receiver is believed: those that the web trusts, or those of a file."""
    if ca_file is None:
        return httpx.create_ssl_context(trust_env=False)
    try:
        return ssl.create_default_context(cafile=ca_file)
    except OSError as error:
        raise InvalidCommand(
            f"CASELEDGER_WEBHOOK_CA_FILE: {ca_file.name} holds no certificates that can be read."
        ) from error


class Endpoint:
    """Whoever answers at one address; its connections are its own, so that none is used for another name."""

    def __init__(
        self,
        url: str,
        settings: WebhookSettings,
        *,
        resolve: Resolve = resolved,
        names: Executor | None = None,
    ) -> None:
        """`names` are the threads that resolve names, apart from what else is done: one that is slow takes one."""
        self.url = url
        self._settings = settings
        self._resolve = resolve
        self._names = names
        self._client = httpx.AsyncClient(
            verify=trusted(settings.ca_file),
            trust_env=False,  # no proxy takes what was checked elsewhere
            follow_redirects=False,
            timeout=httpx.Timeout(settings.answer_seconds, connect=settings.connect_seconds),
            limits=httpx.Limits(max_connections=2, keepalive_expiry=30.0),
            headers={"User-Agent": _AGENT},
        )

    async def close(self) -> None:
        """Lets go of its connections."""
        await self._client.aclose()

    async def post(self, body: bytes, headers: Mapping[str, str], *, attempts: int = 0) -> Answered:
        """What is answered, else NotReached; the name is resolved and checked each time, just before it is reached.

        After failed `attempts` the next of several addresses is tried.
        """
        try:
            target = target_of(self.url, self._settings)
            async with asyncio.timeout(self._settings.answer_seconds):
                loop = asyncio.get_running_loop()
                addresses = await loop.run_in_executor(self._names, self._checked, target)
                return await self._sent(target, addresses[attempts % len(addresses)], body, headers)
        except (TimeoutError, httpx.TimeoutException) as error:
            raise NotReached("no answer in time") from error
        except (TargetRefused, InvalidCommand) as error:
            raise NotReached("its address may not be reached") from error
        except OSError as error:
            raise NotReached("its name has no address") from error
        except httpx.HTTPError as error:
            raise NotReached(f"no connection ({type(error).__name__})") from error

    def _checked(self, target: httpx.URL) -> Sequence[str]:
        return addresses_of(target, self._settings, self._resolve)

    async def _sent(
        self, target: httpx.URL, address: str, body: bytes, headers: Mapping[str, str]
    ) -> Answered:
        name = target.raw_host.decode("ascii")
        request = self._client.build_request(
            "POST",
            target.copy_with(host=address),
            content=body,
            headers={**headers, "Host": target.netloc.decode("ascii")},
            extensions={"sni_hostname": name},
        )
        answer = await self._client.send(request, stream=True)
        content = bytearray()
        try:
            with suppress(httpx.HTTPError, TimeoutError):  # its status is what counts
                async with asyncio.timeout(_READ_FOR_SECONDS):
                    await _read_some(answer, content)
        finally:
            await answer.aclose()
        return Answered(answer.status_code, answer.headers, bytes(content))


async def _read_some(answer: httpx.Response, content: bytearray) -> None:
    """Reads an answer to its end, so that the connection can be used again, unless it is long."""
    async for chunk in answer.aiter_raw():
        content += chunk
        if len(content) > _READ_AT_MOST:
            return
