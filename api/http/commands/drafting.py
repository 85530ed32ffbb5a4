"""Drafting: what was sent to a verb's address becomes the request that its key stands for, then one to be decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from api.http.bodies import Body
from api.http.commands.asked_of import AskedOf
from api.http.refusing.problems import EdgeProblem, Unfitting
from api.http.standing import bar_who_stepped_back
from api.verbs import Around, Verb, cases_in, filled, with_cases_found
from api.witnesses.giving_out import proofs_to_give_out
from ledger.commands import Request
from ledger.entry import Receipt
from ledger.errors import InvalidCommand
from ledger.input.fitting import too_big_in
from ledger.sealing.slots import canonical
from ledger.service import Ledger


@dataclass(frozen=True, slots=True)
class Draft:
    """What was asked, before anything that was left out is filled in: the command's key stands for `request.asked`."""

    asked: AskedOf
    command_id: UUID
    request: Request
    sent: Mapping[str, Any]
    own: UUID | None
    """The id of what is recorded, where that has one."""

    @property
    def values(self) -> dict[str, Any]:
        """What was sent and what the address gives, with the id of what is recorded."""
        own = self.asked.verb.own
        return {**self.sent, **self.asked.given, **({} if own is None else {own: self.own})}

    def made(self, receipt: Receipt) -> dict[str, object]:
        """The id of what was recorded, by this call or the first, under its field; nothing where it has none."""
        verb = self.asked.verb
        if verb.own is None:
            return {}
        return {verb.own: receipt.subject_id if verb.begins else self.own}


@dataclass(frozen=True, slots=True)
class Ready:
    """What is asked, with all that was left out, and what lay around it."""

    request: Request
    around: Around


def draft_of(asked: AskedOf, body: Body, command_id: UUID) -> Draft:
    """What was sent, as its key stands for it."""
    exchange, verb = asked.exchange, asked.verb
    sent = {
        name: value
        for name in body.model_fields_set - {"happened_at"}
        if (value := getattr(body, name)) is not None
    }
    as_sent = _as_sent({**asked.given, **body.model_dump(include={*sent})})
    request = Request(
        verb.command.model_construct(),
        exchange.principal.actor if verb.machine is None else verb.machine(),
        command_id,
        body.happened_at,
        exchange.expected_version(),
        exchange.audit_reason,
        exchange.correlation,
        asked=kept(as_sent, exchange.request.url.path),
    )
    ledger = asked.service.ledger
    named = verb.record_id(ledger, request.actor, {**asked.given, **sent})
    return Draft(asked, command_id, request, sent, named or _own_id(verb, ledger, command_id))


def kept(sent: Mapping[str, Any], path: str) -> bytes:
    """What was sent, and where, as the key stands for it; InvalidCommand where no entry could hold it."""
    try:
        return canonical([sent, path])
    except TypeError as error:
        if (name := too_big_in(sent)) is not None:
            raise InvalidCommand(
                f"{name} holds a number that is too big to be recorded: give a whole number smaller than 2^53."
            ) from error
        raise InvalidCommand(
            "This holds something that cannot be recorded: give whole numbers smaller than 2^53."
        ) from error


def _as_sent(value: Any) -> Any:
    """The same with names that are text, as JSON has them."""
    match value:
        case Mapping():
            return {str(name): _as_sent(each) for name, each in value.items()}
        case list() | tuple():
            return [_as_sent(each) for each in value]
        case _:
            return value


def _own_id(verb: Verb, ledger: Ledger, command_id: UUID) -> UUID | None:
    """The id of what is recorded: of a stream of its own a new one, since the first receipt tells of that stream.

    Where more than one command is asked, those that follow name it: it is the same for the same key.
    """
    if verb.own is None:
        return None
    if verb.begins and verb.by is None:
        return ledger.new_id()
    return verb.own_id(ledger, command_id)


def filled_in(draft: Draft) -> Ready:
    """The request with what was left out filled in, and with nothing in it that makes no sense."""
    asked, request, values = draft.asked, draft.request, draft.values
    ledger, exchange = asked.service.ledger, asked.exchange
    seen_any = exchange.request.headers.get("if-match") == "*"
    if asked.written.in_order and request.expected_version is None and not seen_any:
        raise EdgeProblem(
            "precondition-required",
            "Here order matters: send the ETag of what you have seen in the header If-Match.",
        )
    with_cases_found(ledger, values)
    bar_who_stepped_back(asked.service, exchange.principal, cases_in(values, draft.sent.keys()))
    around = _around(asked, values)
    filled(asked.verb, around, values)
    try:
        return Ready(replace(request, command=asked.verb.built(values)), around)
    except ValidationError as error:
        raise Unfitting(error) from error


def as_drafted(draft: Draft) -> Ready:
    """The request as it was sent, of what is recorded already."""
    return Ready(draft.request, _around(draft.asked, draft.values))


def _around(asked: AskedOf, values: Mapping[str, Any]) -> Around:
    service = asked.service
    return Around(
        service.ledger,
        lambda: service.views,
        service.policies(),
        asked.exchange.principal.actor,
        values,
        _quoted,
        partial(service.projector.catch_up, seconds=service.settings.wait_seconds),
        partial(proofs_to_give_out, service.ledger, service.trees, service.signer),
    )


def _quoted(field: str) -> str:
    return f"`{field}`"
