"""The addresses of webhooks: another system makes its subscriptions, sees how they stand, and ends them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any
from uuid import UUID

from anyio.to_thread import run_sync
from fastapi import Request as HttpRequest
from fastapi.concurrency import run_in_threadpool
from starlette.responses import Response

from api.environment import from_environment
from api.feed.events import TYPES_BEGIN
from api.http.answering.answers import answered, in_columns, receipted
from api.http.answering.shapes import shape_of
from api.http.bodies import expect_json, read_body
from api.http.commands.asking import Recorded, refusals_recorded, told, was_replayed
from api.http.commands.drafting import kept
from api.http.commands.writing import HEADERS
from api.http.exchanges import Exchange
from api.http.identity.principals import Principal
from api.http.reading.reads import (
    AS_OF,
    KNOWN_AT,
    add_read,
    path_parameters,
    refuse_unnamed,
    wants_csv,
)
from api.http.refusing.problems import EdgeProblem
from api.http.routing.routes import Routes
from api.http.service import Service
from api.http.standing import NOTHING, allow, allow_awaited
from api.moments import id_of
from api.webhooks.bodies import (
    AddressBody,
    AgainBody,
    NothingBody,
    RenewalBody,
    Said,
    SubscriptionBody,
)
from api.webhooks.settings import WebhookSettings
from api.webhooks.shown import (
    GivenUpShown,
    SubscriptionShown,
    all_shown,
    given_up_shown,
    shown,
)
from api.webhooks.signing import secret_of
from api.webhooks.subscribed import counted, subscription, subscription_then
from api.webhooks.targets import refuse_unreachable
from ledger.commands import Command, Request
from ledger.entry import Receipt
from ledger.errors import InvalidCommand
from ledger.ids import derived_uuid
from ledger.policy.acting.acts import Relation
from ledger.registers.integrations.subscriptions import Subscription
from ledger.registers.integrations.webhooks import (
    EndSubscription,
    MakeSubscription,
    MoveSubscription,
    OweAgain,
    PauseSubscription,
    RenewSecret,
    ResumeSubscription,
    WebhookCommand,
)
from ledger.times import EPOCH

MANAGE = "webhook.manage"


@dataclass(frozen=True, slots=True)
class SubscriptionReceipt:
    """Where it is recorded, and the secret that signs where one was made: keep it, for it is not shown again."""

    stream: str
    version: int
    position: int
    digest: str
    fresh: bool
    webhook_id: UUID
    secret: str | None


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of which subscription, by whom."""

    exchange: Exchange
    webhook_id: UUID
    body: Any


@dataclass(frozen=True, slots=True)
class _Written:
    """What is asked at an address: the command, its body, and how the one is made of the other."""

    command: type[WebhookCommand]
    body: type[Said]
    make: Callable[[_Asked], WebhookCommand]


def webhook_routes() -> Routes:
    """Every address of subscriptions."""
    routes = Routes(prefix="/v1", tag="Webhooks")
    add_read(
        routes,
        "/webhooks",
        _all,
        act=MANAGE,
        summary="Your subscriptions",
        shape=tuple[SubscriptionShown, ...],
        query=(KNOWN_AT, AS_OF),
        csv=True,
    )
    add_read(
        routes,
        "/webhooks/{webhook_id}",
        _one,
        act=MANAGE,
        summary="How a subscription stands",
        shape=SubscriptionShown,
        query=(KNOWN_AT, AS_OF),
        problems=("not-found",),
    )
    add_read(
        routes,
        "/webhooks/{webhook_id}/given-up",
        _given_up,
        act=MANAGE,
        summary="Entries that your receiver refused until they were given up",
        shape=tuple[GivenUpShown, ...],
        query=(KNOWN_AT, AS_OF),
        problems=("not-found",),
        csv=True,
    )
    one = "/webhooks/{webhook_id}"
    making = _Written(MakeSubscription, SubscriptionBody, _making)
    ending = _Written(EndSubscription, NothingBody, _ending)
    moving = _Written(MoveSubscription, AddressBody, _moving)
    renewing = _Written(RenewSecret, RenewalBody, _renewing)
    pausing = _Written(PauseSubscription, NothingBody, _pausing)
    resuming = _Written(ResumeSubscription, NothingBody, _resuming)
    again = _Written(OweAgain, AgainBody, _again)
    for method, path, written, summary in (
        ("POST", "/webhooks", making, "Be told of entries at an address"),
        ("DELETE", one, ending, "Be told nothing any more"),
        ("POST", f"{one}/move", moving, "Be told at another address"),
        ("POST", f"{one}/renew-secret", renewing, "Sign with a new secret"),
        ("POST", f"{one}/pause", pausing, "Hold deliveries back for now"),
        ("POST", f"{one}/resume", resuming, "Go on where it stopped"),
        ("POST", f"{one}/deliver-again", again, "Deliver what was given up"),
    ):
        _add_write(routes, method, path, written, summary)
    return routes


def _add_write(routes: Routes, method: str, path: str, written: _Written, summary: str) -> None:
    model = written.body

    async def write(request: HttpRequest) -> Response:
        return await _write(request, written)

    write.__doc__ = written.make.__doc__
    receipt = {"application/json": {"schema": shape_of(SubscriptionReceipt, routes.schemas)}}
    example = {"url": "https://crm.example/hooks/cases"} if "url" in model.model_fields else {}
    schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
    described: dict[str, Any] = {
        "requestBody": {
            "required": "url" in model.model_fields,
            "content": {"application/json": {"schema": schema, "example": example}},
        }
    }
    routes.add(
        method,
        path,
        write,
        act=MANAGE,
        summary=summary,
        problems=(
            "malformed-request",
            "refused",
            "unlawful-transition",
            "body-too-large",
            "unsupported-media-type",
            "invalid-command",
            "ledger-unavailable",
            "outcome-unknown",
            *(("not-found",) if "{" in path else ()),
        ),
        answers={
            201: {"description": "Recorded, and durable.", "content": receipt},
            200: {"description": "Recorded before, or nothing to add.", "content": receipt},
        },
        parameters=[
            *path_parameters(path),
            *(each for each in HEADERS if each["name"] != "If-Match"),
        ],
        **(described if model is not NothingBody else {}),
    )


async def _write(request: HttpRequest, written: _Written) -> Response:
    service: Service = request.app.state.service
    exchange = await Exchange.awaited(service, request)
    refuse_unnamed(request.query_params, ())
    command_id, body = exchange.command_id(), _body(request, written.body, await request.body())
    async with told(exchange, written.command) as line:
        webhook_id, relations, about = await _subject(exchange, command_id)
        await allow_awaited(service, exchange.principal, MANAGE, relations, about=about)
        asked = Request(
            written.make(_Asked(exchange, webhook_id, body)),
            exchange.principal.actor,
            command_id,
            basis=exchange.audit_reason,
            correlation=exchange.correlation,
            asked=kept(body.model_dump(mode="json"), request.url.path),
        )
        async with refusals_recorded(exchange, MANAGE, about=about):
            recorded = await _recorded(service, asked)
        line |= recorded.logged
    secret = await run_in_threadpool(_secret, service, webhook_id, asked.command, recorded.receipt)
    return receipted(
        recorded.receipt,
        made={"webhook_id": webhook_id, "secret": secret},
        replayed=recorded.replayed,
        location=service.settings.address(f"/v1/webhooks/{webhook_id}"),
    )


async def _subject(
    exchange: Exchange, command_id: UUID
) -> tuple[UUID, frozenset[Relation], str | None]:
    """The subscription that the address names, how it stands to whoever asks, and its stream; or one to be made."""
    named = exchange.request.path_params.get("webhook_id")
    if named is None:
        return derived_uuid(EPOCH, MakeSubscription.__name__, str(command_id)), NOTHING, None
    webhook_id = id_of(named, option="webhook_id")
    found = await run_in_threadpool(subscription, exchange.service.ledger, webhook_id)
    return webhook_id, _relations(exchange.principal, found), f"webhook/{webhook_id}"


async def _recorded(service: Service, asked: Request) -> Recorded:
    """What is on record under the key, by an earlier call or by this one."""
    before = await run_in_threadpool(service.ledger.first_receipt, asked)
    if before is not None:
        return Recorded(before, True)
    command = asked.command
    if isinstance(command, MakeSubscription):
        await run_in_threadpool(_refuse_to_come, service, command.after)
        count = await run_in_threadpool(counted, service.ledger, command.member)
        asked = replace(asked, command=command.model_copy(update=asdict(count)))
    if isinstance(command, MakeSubscription | MoveSubscription):
        await run_sync(
            refuse_unreachable,
            command.url,
            from_environment(WebhookSettings),
            limiter=service.resolving,
        )
    receipt = await service.awaited.ask(asked)
    return Recorded(receipt, await was_replayed(service, asked, receipt))


def _refuse_to_come(service: Service, after: int) -> None:
    """Refuses to begin after an entry that is not there: until it was, everything would go by untold."""
    if after > service.feed.tip():
        raise InvalidCommand(
            f"/after: no entry {after} is in this ledger yet: leave it out to be told of all that comes."
        )


def _body(request: HttpRequest, model: type[Said], raw: bytes) -> Said:
    if raw:
        expect_json(request)
    return read_body(model, raw)


def _secret(service: Service, webhook_id: UUID, command: Command, receipt: Receipt) -> str | None:
    """The secret that this command made, the same again when it is asked again."""
    if not isinstance(command, MakeSubscription | RenewSecret):
        return None
    found = subscription(service.ledger, webhook_id, upto_version=receipt.version)
    return secret_of(service.ledger, webhook_id, found.generation)


def _making(asked: _Asked) -> WebhookCommand:
    """Each entry after a position is told to an address, signed, as far as you may see it: https and public.

    `secret` signs what is sent; it is in this receipt alone, and in the answer to the same key again. Without `topics`
    every entry is told, without `after` what comes from now on. At most 50 stand at once.
    """
    principal, body = asked.exchange.principal, asked.body
    scopes = principal.scopes
    return MakeSubscription(
        webhook_id=asked.webhook_id,
        member=principal.actor.id,
        url=body.url,
        topics=tuple(each.removeprefix(TYPES_BEGIN) for each in body.topics),
        after=asked.exchange.service.feed.tip() if body.after is None else body.after,
        scopes=None if scopes is None else tuple(sorted(scopes)),
    )


def _moving(asked: _Asked) -> WebhookCommand:
    """What is owed goes to the new address, under the same secret."""
    return MoveSubscription(webhook_id=asked.webhook_id, url=asked.body.url)


def _renewing(asked: _Asked) -> WebhookCommand:
    """The answer has the new secret; for `both_hours` the former signs as well, so that nothing is refused meanwhile.

    Refused while two sign already.
    """
    return RenewSecret(webhook_id=asked.webhook_id, both_hours=asked.body.both_hours)


def _pausing(asked: _Asked) -> WebhookCommand:
    """Nothing is lost: what comes meanwhile is told once it is resumed."""
    return PauseSubscription(webhook_id=asked.webhook_id)


def _resuming(asked: _Asked) -> WebhookCommand:
    """What came while it was paused is told first, in order for each case."""
    return ResumeSubscription(webhook_id=asked.webhook_id)


def _ending(asked: _Asked) -> WebhookCommand:
    """It ends for good: what is owed is told no more, and another subscription has another secret."""
    return EndSubscription(webhook_id=asked.webhook_id)


def _again(asked: _Asked) -> WebhookCommand:
    """Entries that were given up, those named or all, are tried again like new ones, though later ones were told.

    Refused of an entry that was not given up.
    """
    return OweAgain(webhook_id=asked.webhook_id, entries=tuple(asked.body.entries))


def _all(exchange: Exchange) -> Response:
    """Each of your own with how far it is, the first made first; never its secret."""
    service, principal = exchange.service, exchange.principal
    allow(service, principal, MANAGE)
    when = exchange.when()
    found = all_shown(
        service.ledger,
        service.deliveries,
        member=principal.actor.id,
        at=when.at,
        then=when.then,
    )
    if wants_csv(exchange):
        return in_columns(exchange.request, found, SubscriptionShown)
    return answered(exchange.request, tuple(found))


def _one(exchange: Exchange) -> Response:
    """How far it is, what is owed, what came of the last attempt, and until when it rests; never its secret."""
    webhook_id, found = _known(exchange)
    when, deliveries = exchange.when(), exchange.service.deliveries
    said = shown(exchange.service.ledger, deliveries, webhook_id, found, at=when.at, then=when.then)
    return answered(exchange.request, said)


def _given_up(exchange: Exchange) -> Response:
    """The entries that your receiver refused for days, with what it answered; `deliver-again` sends them after all."""
    _, found = _known(exchange)
    if wants_csv(exchange):
        return in_columns(exchange.request, given_up_shown(found), GivenUpShown)
    return answered(exchange.request, given_up_shown(found))


def _known(exchange: Exchange) -> tuple[UUID, Subscription]:
    """The subscription that the address names, as it is or was then, where it is theirs who ask."""
    webhook_id = id_of(exchange.request.path_params["webhook_id"], option="webhook_id")
    ledger = exchange.service.ledger
    found = subscription(ledger, webhook_id)
    relations = _relations(exchange.principal, found)
    allow(exchange.service, exchange.principal, MANAGE, relations, about=f"webhook/{webhook_id}")
    then = exchange.when().then
    if not then.is_now:
        found = subscription_then(ledger, webhook_id, then)
    if found.member is None:
        raise EdgeProblem(
            "not-found", f"Nothing was known of {webhook_id} then: ask about a later instant."
        )
    return webhook_id, found


def _relations(principal: Principal, found: Subscription) -> frozenset[Relation]:
    return frozenset({"theirs" if found.member == principal.actor.id else "other"})
