"""Writing by GeoReport: a request opens a case, an update is logged on it, and sent again neither adds anything."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from fastapi.concurrency import run_in_threadpool
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from api.http.answering.answers import POSITION
from api.http.identity.principals import Principal
from api.http.open311.asking import Asked, sent
from api.http.open311.intake import Ids, intake_of, items_of, update_of
from api.http.open311.reading import ENDPOINT
from api.http.open311.services import offered
from api.http.service import Service
from api.http.serving.logs import command_logged
from api.http.standing import allow_awaited, relations_to_case
from ledger.case.contact.contacts import LogContact
from ledger.case.contact.filing import AddRecordItem, RecordItemAdded
from ledger.case.intake.opening import OpenCase
from ledger.case.known.answers import answers_by_tier
from ledger.commands import Command, Request
from ledger.entry import Receipt
from ledger.errors import CaseNotFound, InvalidCommand, LedgerUnavailable
from ledger.ids import case_stream, reference_of
from ledger.personal.originals import is_kept, keep_original
from ledger.sealing.slots import canonical
from ledger.service import Ledger
from ledger.times import EPOCH

_KEY_AT_MOST = 255


async def post_request(http: HttpRequest) -> Response:
    """A request that was sent becomes a case, and its `service_request_id` is the reference of that.

    Under an `Idempotency-Key` it is opened once for ever, without one once within ten minutes, or as the policy says.
    """
    asked = await sent(http)
    principal = await run_in_threadpool(asked.principal)
    logged = _logged(OpenCase, principal)
    with command_logged(http, asked.service.metrics, logged):
        await allow_awaited(asked.service, principal, "case.open")
        first, command_id, requests = await run_in_threadpool(_opening, asked, principal)
        receipt = first or await _recorded(asked.service, requests, command_id)
        await run_in_threadpool(_keep_files, asked, command_id, receipt)
        _note_outcome(logged, receipt)
    asked.service.projector.nudge()
    code = asked.arguments.one("service_code") or ""
    return _accepted(asked, receipt, code, token=command_id)


async def post_update(http: HttpRequest) -> Response:
    """What somebody has to add to a request is logged as a contact on its case.

    The same `update_id` again, or the same `Idempotency-Key`, adds nothing.
    """
    asked = await sent(http)
    principal = await run_in_threadpool(asked.principal)
    logged = _logged(LogContact, principal)
    with command_logged(http, asked.service.metrics, logged):
        case_id = await run_in_threadpool(_case_of_update, asked)
        relations = await run_in_threadpool(relations_to_case, asked.service, principal, case_id)
        await allow_awaited(
            asked.service, principal, "case.contact", relations, about=case_stream(case_id)
        )
        command_id, requests = await run_in_threadpool(_update, asked, principal, case_id)
        receipt = await _recorded(asked.service, requests, command_id)
        await run_in_threadpool(_keep_files, asked, command_id, receipt)
        _note_outcome(logged, receipt)
    asked.service.projector.nudge()
    update = requests[command_id].command
    assert isinstance(update, LogContact)
    said = [{"update_id": str(update.contact_id)}]
    return asked.answered(
        "service_request_updates", said, status=_status(receipt), headers=_headers(receipt)
    )


def _logged(command: type[Command], principal: Principal) -> dict[str, Any]:
    """What the log says of a command from the start."""
    return {
        "command": command.__name__,
        "actor": principal.actor.id,
    }


async def _recorded(
    service: Service, requests: Mapping[UUID, Request], command_id: UUID
) -> Receipt:
    """The receipt of one of them, all asked at once and so written at once: no crash leaves half of it."""
    receipts = await asyncio.gather(*(service.awaited.ask(each) for each in requests.values()))
    return dict(zip(requests, receipts, strict=True))[command_id]


def _opening(
    asked: Asked, principal: Principal
) -> tuple[Receipt | None, UUID, Mapping[UUID, Request]]:
    """The receipt that the same request has already, or what is to be asked for it, by command id; and its own id."""
    ledger, said = asked.service.ledger, _sent_bytes(asked)
    command_id = _command_id(asked, principal, "request", own=None)
    opening = Request(OpenCase.model_construct(), principal.actor, command_id, asked=said)
    if (first := ledger.first_receipt(opening)) is not None:
        return first, command_id, {}
    ids = Ids(command_id, ledger.new_id)
    intake = intake_of(asked.arguments, asked.version, ids, language=asked.language_said)
    kind, _ = offered(asked.policy, intake.opening.request_type or "")
    answers_by_tier(asked.policy, kind, intake.opening.answers)
    commands: dict[UUID, Command | None] = {
        ids.derived("party-command"): intake.party,
        command_id: intake.opening,
        ids.derived("note-command"): intake.note,
    }
    items = items_of(asked.uploads, ids, case_id=intake.opening.case_id)
    return None, command_id, _requests(opening, {**commands, **_filing(items, ids)})


def _requests(first: Request, commands: Mapping[UUID, Command | None]) -> Mapping[UUID, Request]:
    """What is asked besides by the same sender, by command id."""
    return {
        each: replace(first, command=command, command_id=each)
        for each, command in commands.items()
        if command is not None
    }


def _filing(items: Sequence[AddRecordItem], ids: Ids) -> Mapping[UUID, Command]:
    return {ids.derived(f"upload-command-{number}"): each for number, each in enumerate(items)}


def _keep_files(asked: Asked, command_id: UUID, receipt: Receipt) -> None:
    """Keeps the files that came, each under the key of the words that they came with; of those that are here, none.

    What a crash has kept from being kept is kept when the request is sent again, as a client does that was not
    answered.
    """
    if not asked.uploads:
        return
    ledger, home = asked.service.ledger, asked.service.home
    entries = [each.entry for each in ledger.read(receipt.stream)]
    said_at = [each.position for each in entries if each.context.command_id == command_id]
    ids = Ids(command_id, ledger.new_id)
    listed = {
        each.fact.item_id: each.position
        for each in entries
        if isinstance(each.fact, RecordItemAdded)
    }
    for number, upload in enumerate(asked.uploads):
        item_id = ids.derived(f"upload-{number}")
        if item_id in listed and not is_kept(home, item_id):
            words = next((each for each in said_at if ledger.store.sealed([each])), None)
            try:
                keep_original(
                    ledger, home, item_id, said_at=words or listed[item_id], raw=upload.raw
                )
            except OSError as error:
                raise LedgerUnavailable(
                    "What came with it could not be kept just now: send it again."
                ) from error


def _case_of_update(asked: Asked) -> UUID:
    reference = asked.arguments.one("service_request_id")
    if reference is None:
        raise InvalidCommand("service_request_id was not provided: send that of the request.")
    try:
        return asked.service.ledger.find_case(reference)
    except (InvalidCommand, CaseNotFound) as error:
        raise CaseNotFound("No such service_request_id is here: check it.") from error


def _update(
    asked: Asked, principal: Principal, case_id: UUID
) -> tuple[UUID, Mapping[UUID, Request]]:
    own = asked.arguments.one("update_id")
    command_id = _command_id(asked, principal, "update", str(case_id), own=own)
    ids = Ids(command_id, asked.service.ledger.new_id)
    command = update_of(asked.arguments, asked.policy, ids, case_id=case_id)
    first = Request(command, principal.actor, command_id, asked=_sent_bytes(asked))
    items = items_of(asked.uploads, ids, case_id=case_id)
    return command_id, {command_id: first, **_requests(first, _filing(items, ids))}


def _sent_bytes(asked: Asked) -> bytes:
    return canonical(asked.said())


def _command_id(asked: Asked, principal: Principal, *what: str, own: str | None) -> UUID:
    """The id of the command: from the sender's key, or own id, if there is one, for ever; else from what was sent.

    Then it is that of the stretch of time in which it was sent; one that was sent in the stretch before,
    and no longer ago than a stretch lasts, is the same one again.
    """
    ledger = asked.service.ledger
    causes = ("open311", principal.actor.id, *what)
    key = asked.http.headers.get("idempotency-key", "").strip().strip('"')
    if len(key) > _KEY_AT_MOST:
        raise InvalidCommand(f"Idempotency-Key: at most {_KEY_AT_MOST} characters.")
    if key or own:
        return ledger.derived_id(EPOCH, *causes, "key", key or own or "")
    lasts = timedelta(minutes=asked.policy.open311.repeat_minutes)
    stretch = (asked.at - EPOCH) // lasts
    said = _sent_bytes(asked).decode()
    before, now = (
        ledger.derived_id(EPOCH, *causes, said, str(lasts), str(each))
        for each in (stretch - 1, stretch)
    )
    sent_at = _recorded_at(ledger, before)
    return before if sent_at is not None and asked.at - sent_at < lasts else now


def _recorded_at(ledger: Ledger, command_id: UUID) -> datetime | None:
    """When a command was recorded; None if it was not."""
    stream = ledger.stream_of_command(command_id)
    entries = ledger.read(stream) if stream is not None else []
    contexts = (each.entry.context for each in entries)
    return next((each.known_at for each in contexts if each.command_id == command_id), None)


def _note_outcome(logged: dict[str, Any], receipt: Receipt) -> None:
    logged |= {
        "outcome": "recorded" if receipt.fresh else "replayed",
        "stream": receipt.stream,
        "version": receipt.version,
        "position": receipt.position,
    }


def _accepted(asked: Asked, receipt: Receipt, code: str, *, token: UUID | None) -> Response:
    service = asked.policy.open311.services.get(code)
    notice = service.notice.say(asked.language) if service and service.notice else None
    reference = reference_of(receipt.subject_id)
    by_token = service is not None and service.by_token
    said = {
        **({"token": str(token)} if by_token else {"service_request_id": reference}),
        "service_notice": notice,
        "account_id": asked.arguments.one("account_id"),
    }
    headers = _headers(receipt)
    if not by_token:
        headers["Location"] = asked.service.settings.address(
            f"{ENDPOINT}/requests/{reference}.{asked.form}"
        )
    return asked.answered("service_requests", [said], status=_status(receipt), headers=headers)


def _status(receipt: Receipt) -> int:
    return 201 if receipt.fresh else 200


def _headers(receipt: Receipt) -> dict[str, str]:
    headers = {"Cache-Control": "no-store", POSITION: str(receipt.position)}
    if not receipt.fresh:
        headers["Idempotency-Replayed"] = "true"
    return headers
