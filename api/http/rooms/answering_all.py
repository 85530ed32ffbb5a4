"""Answering all escalations of a team at once over HTTP: each by an entry of its own, which says how many were."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from pydantic import AwareDatetime, Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.http.answering.answers import answered
from api.http.bodies import Body
from api.http.commands.asking import refusals_recorded, told
from api.http.commands.drafting import kept
from api.http.commands.writing import HEADERS
from api.http.exchanges import Exchange
from api.http.reading.questions import add_question
from api.http.routing.routes import Routes
from api.http.standing import allow_awaited, relations_to_team
from api.verbs.answering_all import AnsweredAtOnce, AnswerToAll, answer_all
from api.verbs.field_words import HELP
from ledger.case.escalation.reaching import AcknowledgeEscalation, AcknowledgementAction
from ledger.commands import Request
from ledger.errors import InvalidCommand

_ACT = "team.acknowledge-all"


class AnswerToAllBody(Body):
    """How the open escalations of a team are answered, and which of them if not all."""

    action: AcknowledgementAction = Field(description=HELP["action"])
    reason: str | None = Field(
        default=None, description="Those alone that were raised for this rung, alarm or reason."
    )
    act_by: AwareDatetime | None = Field(
        default=None, description="By when: an instant with its offset."
    )
    words: str | None = Field(default=None, description="In your words.")


@dataclass(frozen=True, slots=True)
class AllAnswered:
    """How many escalations were answered, which, and whether more may wait: then ask again under a new key.

    `fresh` says that this very call recorded it.
    """

    fresh: bool
    answered: int
    escalations: tuple[UUID, ...]
    more: bool


def answering_all_routes() -> Routes:
    """The one address."""
    routes = Routes(prefix="/v1", tag="Commands")
    add_question(
        routes,
        "/teams/{team}/escalations/acknowledge",
        _answer,
        act=_ACT,
        model=AnswerToAllBody,
        shape=AllAnswered,
        summary="Answer every open escalation of a team, or of a reason, at once",
        example={"action": "act", "act_by": "2026-12-31T20:00:00Z", "reason": "never_opened"},
        problems=("refused", "unlawful-transition", "beyond-calendar", "outcome-unknown"),
        parameters=[each for each in HEADERS if each["name"] != "If-Match"],
        records=True,
    )
    return routes


async def _answer(exchange: Exchange, asked: AnswerToAllBody) -> Response:
    """Each is answered by an entry of its case that says how many were with it; 200 at most, the oldest first.

    Those of cases that whoever asks stepped back from are left to somebody else.
    """
    service, team = exchange.service, exchange.request.path_params["team"]
    command_id = exchange.command_id()
    if team not in service.in_force().policy.teams:
        raise InvalidCommand("This is not a team of the policy in force.")
    about, relations = f"team {team}", relations_to_team(exchange.principal, team)
    await allow_awaited(service, exchange.principal, _ACT, relations, about=about)
    given = AnswerToAll(
        action=asked.action,
        team=team,
        reason=asked.reason,
        act_by=asked.act_by,
        words=asked.words,
    )
    sent = asked.model_dump(mode="json", include={*asked.model_fields_set})
    request = Request(
        AcknowledgeEscalation.model_construct(),
        exchange.principal.actor,
        command_id,
        asked.happened_at,
        basis=exchange.audit_reason,
        correlation=exchange.correlation,
        asked=kept(sent, exchange.request.url.path),
    )

    def answer() -> AnsweredAtOnce:
        service.projector.catch_up(seconds=service.settings.wait_seconds)
        return answer_all(service.ledger, service.views, given, request)

    async with (
        told(exchange, AcknowledgeEscalation) as line,
        refusals_recorded(exchange, _ACT, about=about),
    ):
        found = await run_in_threadpool(answer)
        line |= {
            "outcome": "replayed" if found.replayed else "recorded",
            "position": found.position,
        }
    escalations = found.escalations
    shown = AllAnswered(not found.replayed, len(escalations), escalations, found.more)
    told_of_it = answered(exchange.request, shown, position=found.position)
    if found.replayed:
        told_of_it.headers["Idempotency-Replayed"] = "true"
    else:
        told_of_it.status_code = 201
    return told_of_it
