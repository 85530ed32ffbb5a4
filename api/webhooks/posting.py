"""Posting: one attempt to deliver one entry, to an address that was checked, within bounds of time and size."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import httpx

from api.feed.events import ONE
from api.webhooks.backlog import ASKED_TO_WAIT_AT_MOST, Failure
from api.webhooks.settings import WebhookSettings
from api.webhooks.targets import Resolve, TargetRefused, addresses_of, resolved, target_of
from ledger.errors import InvalidCommand

_AWAY = frozenset({408, 425, 429, 502, 503, 504})
"""Statuses that say nothing about the entry: nobody is there just now, or too much came at once."""
_GONE = 410
_READ_AT_MOST = 16_384
_READ_FOR_SECONDS = 1.0
_AGENT = f"caseledger/{version('caseledger')}"


@dataclass(frozen=True, slots=True)
class Taken:
    """The receiver has it."""

    status: int


@dataclass(frozen=True, slots=True)
class Gone:
    """The receiver says that it wants nothing more (410)."""


Outcome = Taken | Gone | Failure


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


class Poster:
    """Posts to one receiver; its connections are its own, so that none is used for another name."""

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
            headers={"User-Agent": _AGENT, "Content-Type": f"{ONE}; charset=utf-8"},
        )

    async def close(self) -> None:
        """Lets go of its connections."""
        await self._client.aclose()

    async def post(self, body: bytes, headers: Mapping[str, str], *, attempts: int = 0) -> Outcome:
        """What came of it; the name is resolved and checked each time, just before it is connected to.

        After failed `attempts` the next of several addresses is tried.
        """
        try:
            target = target_of(self.url, self._settings)
            async with asyncio.timeout(self._settings.answer_seconds):
                loop = asyncio.get_running_loop()
                addresses = await loop.run_in_executor(self._names, self._checked, target)
                return await self._sent(target, addresses[attempts % len(addresses)], body, headers)
        except (TimeoutError, httpx.TimeoutException):
            return Failure("away", "no answer in time")
        except (TargetRefused, InvalidCommand):
            return Failure("away", "its address may not be reached")
        except OSError:
            return Failure("away", "its name has no address")
        except httpx.HTTPError as error:
            return Failure("away", f"no connection ({type(error).__name__})")

    def _checked(self, target: httpx.URL) -> Sequence[str]:
        return addresses_of(target, self._settings, self._resolve)

    async def _sent(
        self, target: httpx.URL, address: str, body: bytes, headers: Mapping[str, str]
    ) -> Outcome:
        name = target.raw_host.decode("ascii")
        request = self._client.build_request(
            "POST",
            target.copy_with(host=address),
            content=body,
            headers={**headers, "Host": target.netloc.decode("ascii")},
            extensions={"sni_hostname": name},
        )
        answer = await self._client.send(request, stream=True)
        try:
            with suppress(httpx.HTTPError, TimeoutError):  # its status is what counts
                async with asyncio.timeout(_READ_FOR_SECONDS):
                    await _read_some(answer)
        finally:
            await answer.aclose()
        return _outcome(answer)


async def _read_some(answer: httpx.Response) -> None:
    """Reads an answer to its end, so that the connection can be used again, unless it is long."""
    read = 0
    async for chunk in answer.aiter_raw():
        read += len(chunk)
        if read > _READ_AT_MOST:
            return


def _outcome(answer: httpx.Response) -> Outcome:
    status = answer.status_code
    if 200 <= status < 300:
        return Taken(status)
    if status == _GONE:
        return Gone()
    wait = _asked_wait(answer.headers.get("retry-after"))
    return Failure("away" if status in _AWAY else "refused", str(status), status, wait)


def _asked_wait(said: str | None) -> timedelta | None:
    """How long the receiver asks to be left alone (RFC 9110, section 10.2.3), an hour at most."""
    if said is None:
        return None
    if said.strip().isdecimal():
        wait = timedelta(seconds=int(said.strip()[:6]))
    else:
        try:
            wait = parsedate_to_datetime(said) - datetime.now(UTC)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    return min(max(wait, timedelta()), ASKED_TO_WAIT_AT_MOST)
