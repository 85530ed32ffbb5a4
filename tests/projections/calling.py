"""An office that draws its calls."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from ledger.case.contact.calls import LogCall
from ledger.policy.flow.draws import FRAME_RULE, FrameRule
from ledger.policy.in_force import PolicyVersion
from ledger.registers.flow.draws import CallsDrawn
from ledger.registers.people.parties import DecidePartyLink, RecordParty
from ledger.registers.people.party_state import Verdict
from ledger.service import Ledger
from projections.flow.call_bars import draws_of
from projections.flow.calls import DayFrame, check, day_frame, drawing_from
from projections.views import Views
from tests.ledgers import Place
from tests.projections.offices import DAYS, Office


class CallingOffice(Office):
    """An office that draws its calls."""

    def __init__(self, place: Place, ledger: Ledger, views: Views) -> None:
        super().__init__(place, ledger)
        self.views = views

    @property
    def version(self) -> PolicyVersion:
        return self.ledger.policies().in_force(self.place.clock.at)

    def frame(self, *, rule: FrameRule = FRAME_RULE) -> DayFrame:
        self.views.catch_up(self.ledger.store)
        on = DAYS.date_of(self.place.clock.at)
        return day_frame(
            self.views, self.ledger.store, self.ledger.policies(), "RDW", on, rule=rule
        )

    def opened(self, **said: Any) -> UUID:
        """A case of somebody who is known, if nothing else is said."""
        known = {"answers": {"danger_now": False, "name": "Ada Example"}}
        return super().opened(**{**known, **said})

    def person(self) -> UUID:
        party = self.ledger.new_id()
        self.ask(RecordParty(party_id=party))
        return party

    def linked(self, one: UUID, other: UUID, verdict: Verdict = "same") -> None:
        self.ask(
            DecidePartyLink(
                party_id=one,
                other_party=other,
                verdict=verdict,
                evidence="Name and number compared.",
            )
        )

    def complaint(self, requester: UUID) -> UUID:
        return self.opened(request_type="GEN-ENQ", answers={}, requester=requester)

    def drawn(self, *, rule: FrameRule = FRAME_RULE) -> CallsDrawn:
        found, store = self.frame(rule=rule), self.ledger.store
        self.ask(drawing_from(found, store.ledger_id))
        recorded = draws_of(store, "RDW").on(found.on)
        assert recorded is not None
        return recorded

    def called(self, case_id: UUID, drawn: CallsDrawn, *, reached: bool = True) -> None:
        self.ask(
            LogCall(
                case_id=case_id,
                call_id=self.ledger.new_id(),
                team="RDW",
                drawn_on=drawn.on,
                reached=reached,
                channel="phone",
            )
        )

    def checked(self, drawn: CallsDrawn) -> tuple[str, ...]:
        self.views.catch_up(self.ledger.store)
        return check(self.views, self.ledger.store, self.ledger.policies(), drawn).differs
