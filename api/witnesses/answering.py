"""Answering: what a witness says over HTTP to logs that ask it to cosign (C2SP tlog-witness)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog
from anyio import CapacityLimiter, to_thread
from fastapi import FastAPI, Request, Response
from fastapi.responses import PlainTextResponse
from starlette.requests import ClientDisconnect

from api.witnesses.asking import ADD_CHECKPOINT, SIZE
from ledger.errors import IntegrityFailure, InvalidCommand, LedgerError, Refusal
from ledger.evidence.signing.asked import LONGEST_REQUEST, Asked
from ledger.evidence.signing.witness import Witness

_SECONDS = 20.0
"""For how long a request is listened to."""
_STATUS = {"watched-logs": 404, "known-key": 403, "from-nothing": 422}
"""By the rule for which the witness refuses; one who goes on from other entries is told from which to ask."""


def witness_app(witness: Witness, *, clock: Callable[[], datetime]) -> FastAPI:
    """The witness as an application: the address that logs ask, and what whoever watches them reads."""
    app = FastAPI(openapi_url=None)
    one = CapacityLimiter(1)  # each cosignature waits for the one before it to lie on disk

    async def add_checkpoint(request: Request) -> Response:
        try:
            async with asyncio.timeout(_SECONDS):
                given = await _content(request)
        except (TimeoutError, ClientDisconnect):
            return _plain(408, "The request did not come to its end in time: ask again.")
        if given is None:
            return _plain(413, "A request to a witness is never as long: send what asks to cosign.")
        return await to_thread.run_sync(_answer, witness, given, clock, limiter=one)

    def checkpoint(origin_hash: str) -> Response:
        return _last(witness, origin_hash)

    app.add_api_route("/{origin_hash}/checkpoint", checkpoint, methods=["GET"])
    app.add_api_route(f"/{ADD_CHECKPOINT}", add_checkpoint, methods=["POST"])
    return app


async def _content(request: Request) -> bytes | None:
    """What was sent; None where it is longer than any request."""
    given = bytearray()
    async for chunk in request.stream():
        given += chunk
        if len(given) > LONGEST_REQUEST:
            return None
    return bytes(given)


def _answer(witness: Witness, given: bytes, clock: Callable[[], datetime]) -> Response:
    """The cosignature, or why there is none."""
    try:
        key, note = witness.key, witness.cosign(Asked.read(given.decode()), at=clock())
    except UnicodeDecodeError:
        return _plain(400, "The request is no UTF-8: send the note as it was signed.")
    except InvalidCommand as error:
        return _plain(400, str(error))
    except Refusal as error:
        if (seen := error.ground.get("seen")) is not None:
            return Response(f"{seen}\n", 409, {"Content-Type": SIZE})
        return _plain(_STATUS[error.rule], str(error))
    except IntegrityFailure as error:
        structlog.get_logger().error("witness", outcome="not-shown", why=str(error))
        return _plain(422, str(error))
    except LedgerError as error:
        return _plain(error.status, str(error))
    except OSError as error:
        return _plain(
            503,
            f"Nothing was cosigned, for it could not be remembered ({error.strerror}): ask again.",
        )
    named = (key.name, key.key_id)
    ours = [each for each in note.signatures if (each.name, each.key_id) == named]
    return PlainTextResponse(ours[-1].line())


def _last(witness: Witness, origin_hash: str) -> Response:
    """The head of a log that was cosigned last: so nobody is shown another one than whoever watches that log."""
    try:
        note = witness.last_of(origin_hash)
    except LedgerError as error:
        return _plain(error.status, str(error))
    if note is None:
        return _plain(404, "This witness has cosigned nothing of such a log.")
    return PlainTextResponse(note)


def _plain(status: int, sentence: str) -> Response:
    return PlainTextResponse(f"{sentence}\n", status)
