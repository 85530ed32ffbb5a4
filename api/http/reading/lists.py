"""Lists: to whom a list is shown, and its pages, which are all as known at the instant of the first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from api.http.exchanges import Exchange, When
from api.http.identity.principals import Principal
from api.http.reading.reads import BROKEN_CURSOR, cursor_of, next_link
from api.http.standing import allow, answer, relations_to_team
from api.moments import instant_of
from ledger.errors import InvalidCommand
from ledger.input.quoting import known_codes
from ledger.policy.in_force import Policies
from ledger.sealing.rows import recorded_at
from projections.answers import as_json
from projections.lists.shown_to import ShownTo
from projections.rows.escalations import ever_escalated_for

T = TypeVar("T")


def allow_some(exchange: Exchange, act: str, team: str | None = None) -> None:
    """Refuses whoever may see no team's figures, or not those of the team that is asked about."""
    principal = exchange.principal
    about = team or min(principal.teams)
    relations = relations_to_team(principal, about)
    allow(exchange.service, principal, act, relations, about=f"team {about}")


def shown_to(principal: Principal) -> ShownTo:
    """A list of cases that whoever asks may see of every team."""
    return ShownTo(principal.people)


def shown_of_teams(principal: Principal, act: str) -> ShownTo:
    """A list of cases of the teams of which whoever asks may see it."""
    of_all = answer(principal, act, frozenset({"other"})).allowed
    return ShownTo(principal.people, None if of_all else principal.teams)


_TOLD: Mapping[str, str] = {"team": "teams", "handed_to": "teams", "request_type": "types"}
_ESCALATED_FOR = "reason"
_UNTOLD: Mapping[str, str] = {"owner": "members", "member": "members"}
"""Where in a policy codes of the query stand: of those that are not told apart no refusal lists which there are."""


def refuse_unheard_of(exchange: Exchange, *names: str) -> None:
    """Refuses a code of the query that no policy published here ever had, once nothing was found under it.

    What another system's history brought with it is found by codes that no policy has.
    """
    for name in names:
        code = exchange.request.query_params.get(name)
        ever = _ever(exchange.service.policies(), name)
        if code is None or not ever or code in ever:
            continue
        there_are = (
            f"there are {known_codes(code, ever)}" if name not in _UNTOLD else "read it again"
        )
        raise InvalidCommand(f"{name}: no policy published here has such a code; {there_are}.")


def _ever(policies: Policies, name: str) -> frozenset[str]:
    if name == _ESCALATED_FOR:
        return ever_escalated_for(policies)
    return policies.ever_had(_TOLD.get(name) or _UNTOLD[name])


class Paged:
    """A page that is asked for: the instants that it is about, and the mark with which the page before ended."""

    __slots__ = ("_exchange", "_mark", "when")

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._mark = cursor_of(exchange)
        self.when = exchange.when()
        if self._mark:
            self.when = When(self.instant("at"), self.instant("known_at"), self.when.as_of)

    def __bool__(self) -> bool:
        """Whether there was a page before."""
        return bool(self._mark)

    def text(self, name: str) -> str:
        """A text of the mark."""
        said = self._mark.get(name)
        if not isinstance(said, str):
            raise InvalidCommand(BROKEN_CURSOR)
        return said

    def number(self, name: str) -> int:
        """A number of the mark."""
        said = self._mark.get(name)
        if not isinstance(said, int) or not 0 <= said < 2**53:
            raise InvalidCommand(BROKEN_CURSOR)
        return said

    def uuid(self, name: str) -> UUID:
        """An id of the mark."""
        try:
            return UUID(self.text(name))
        except ValueError as error:
            raise InvalidCommand(BROKEN_CURSOR) from error

    def instant(self, name: str) -> datetime:
        """An instant of the mark."""
        try:
            return instant_of(self.text(name), option="cursor")
        except InvalidCommand as error:
            raise InvalidCommand(BROKEN_CURSOR) from error

    def cut(
        self,
        found: Sequence[T],
        limit: int,
        mark_of: Callable[[T], Mapping[str, Any]],
        *,
        position: int,
    ) -> tuple[tuple[T, ...], dict[str, str] | None]:
        """Those that stand on this page, and the link to the next, where one more was found than goes on a page."""
        shown = tuple(found[:limit])
        last = mark_of(shown[-1]) if len(found) > limit else None
        return shown, self._following(last, position=position)

    def _following(self, mark: Mapping[str, Any] | None, *, position: int) -> dict[str, str] | None:
        """The link to the page after what a mark names; None where none follows.

        That page is told by what this one was told by: all up to the entry at this position.
        """
        if mark is None:
            return None
        known_at = self.when.known_at or self._recorded_at(position)
        pinned = {"at": self.when.at, "known_at": known_at}
        return next_link(self._exchange, **as_json(pinned | {**mark}))

    def _recorded_at(self, position: int) -> datetime:
        """When the entry was recorded up to which the views knew: they may be behind what is recorded by now."""
        service = self._exchange.service
        rows = service.ledger.store.entries(after=position - 1, limit=1) if position else []
        if not rows:
            return service.ledger.clock()
        return recorded_at(rows[0])
