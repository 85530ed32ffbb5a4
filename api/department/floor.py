"""How a team's cases are taken up: pushed onto piles at first, then dispatched by expertise, then pulled in order.

A team begins so many cases a day, by what it was staffed for. Where work is pushed people look into each
case and lay it aside, and those who wait call: both cost beginnings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Literal
from uuid import UUID

from api.department.agenda import Doing
from api.department.casework.course import begin
from api.department.desk import Desk
from api.department.intake_desk import on_call
from api.department.letters import be_chased, reach_out
from api.department.matter import Matter
from ledger.case.clocks.waiting import ReachMilestone
from ledger.case.contact.contacts import AddNote
from ledger.case.custody.pulling import AssignCase, PullCase, SkipCase, can_be_pulled
from ledger.case.custody.transfers import AcceptTransfer, TransferCase
from ledger.policy.flow.pulling import wanting
from projections.lists.queues import Candidate, candidates

Way = Literal["push", "dispatch", "pull"]
_OFFERED = 12
_BEGUN_PERCENT: Mapping[Way, int] = {"push": 85, "dispatch": 105, "pull": 125}
"""Of what comes in on a day, so many a hundred are begun."""
_CALLING_PERCENT: Mapping[Way, int] = {"push": 5, "dispatch": 3, "pull": 2}
"""Of those who wait, so many in a hundred call on a day."""
_CALLS_A_CASE = 6
"""So many calls cost the time of one beginning."""


class Floor:
    """Whose piles what lies on, and how much each team has left to begin today."""

    def __init__(self, desk: Desk, staffed_for: Mapping[str, float]) -> None:
        self.desk = desk
        self.staffed_for = staffed_for
        self.way: Way = "push"
        self.piles: dict[str, list[UUID]] = defaultdict(list)
        self.left: dict[str, float] = dict.fromkeys(staffed_for, 0.5)

    def change_to(self, way: Way) -> None:
        """From now on cases are taken up otherwise; what lies on piles goes back to the queues first."""
        self.way = way
        for code, pile in self.piles.items():
            for case_id in pile:
                self._back_to_the_queue(code, case_id)
            pile.clear()

    def day(self, team: str) -> Doing:
        """A team's day: what came is laid on piles if work is pushed, and so many cases are begun."""
        desk = self.desk
        if self.way == "push":
            self._push(team)
        calls = self._calls(team)
        share = len(desk.people(team)) / max(1, len(self._people_of(team)))
        begun = self.staffed_for[team] * _BEGUN_PERCENT[self.way] / 100
        self.left[team] = min(
            self.left[team] + begun * share - calls / _CALLS_A_CASE, 3 + 2 * begun
        )
        count = max(0, int(self.left[team]))
        for _ in range(count):
            yield desk.clock() + timedelta(minutes=desk.chance.randrange(5, max(6, 360 // count)))
            if not desk.open_now:
                return
            if self.way == "push":
                self._push(team)
            if self._begin(team):
                self.left[team] -= 1

    def danger(self, matter: Matter) -> Doing:
        """Somebody is in danger: whoever is on call sees to it, at any hour, and takes the case."""
        desk = self.desk
        yield desk.elapsed(desk.chance.choice((0.3, 0.6, 0.8, 1.5)))
        case = desk.case(matter.case_id)
        if case.status != "open" or case.team is None:
            return
        team = case.team if case.team in desk.policy.teams else "INT"
        there = on_call(desk, team)
        reach_out(desk, matter, there, "We are on our way. Stay clear of it.")
        yield desk.elapsed(desk.chance.choice((0.5, 1, 2, 4)))
        safe = ReachMilestone(case_id=matter.case_id, milestone="made_safe")
        desk.ask(safe, there)
        case = desk.case(matter.case_id)
        if case.owner is None and case.team is not None and there.team == case.team:
            self._take(team, there.id, [matter.case_id])

    def _people_of(self, team: str) -> list[str]:
        members = self.desk.policy.members.items()
        return [code for code, each in members if team in each.teams and each.kind == "person"]

    def _calls(self, team: str) -> int:
        """Those of a team's cases who wait ask where they stand."""
        desk = self.desk
        known = [desk.matters[each] for each in desk.open_cases({team}) if each in desk.matters]
        waiting = [each.case_id for each in known if not each.silent]
        expected = len(waiting) * _CALLING_PERCENT[self.way]
        calls = expected // 100 + (desk.chance.randrange(100) < expected % 100)
        for case_id in desk.chance.sample(waiting, min(calls, len(waiting))):
            be_chased(desk, desk.matters[case_id])
        return calls

    def _push(self, team: str) -> None:
        """Whoever leads lays each case on somebody's pile, whatever they know and have."""
        desk = self.desk
        there = desk.people(team)
        for candidate in self._queue(team) if there else ():
            case_id = UUID(candidate.key)
            owner = desk.chance.choice(there)
            assigned = AssignCase(case_id=case_id, owner=owner)
            if desk.ask(assigned, desk.leader(team)) is not None:
                self.piles[owner].append(case_id)
                note = "Looked in; it can wait."
                looked = AddNote(case_id=case_id, note_id=next(desk.ids), text=note)
                desk.ask(looked, desk.member(owner, team=team))

    def _begin(self, team: str) -> bool:
        match self.way:
            case "push":
                return self._from_a_pile(team)
            case "dispatch":
                return self._dispatched(team)
            case "pull":
                return self._pulled(team)

    def _from_a_pile(self, team: str) -> bool:
        """Somebody takes what came last from their pile: what is old and quiet sinks."""
        desk = self.desk
        for code in self._shuffled(desk.people(team)):
            pile = self.piles[code]
            while pile:
                case_id = pile.pop()
                if desk.case(case_id).owner == code:
                    begin(desk, desk.matters[case_id])
                    return True
        return False

    def _dispatched(self, team: str) -> bool:
        """Whoever leads gives the head of the queue to whoever knows it and has least in hand."""
        desk = self.desk
        there = desk.people(team)
        for candidate in self._queue(team) if there else ():
            fits = [
                each for each in there if not wanting(candidate.waiting, desk.policy, each)
            ] or there
            in_hand = desk.in_hand()
            owner = min(self._shuffled(fits), key=lambda each: in_hand[each])
            assigned = AssignCase(case_id=UUID(candidate.key), owner=owner)
            if desk.ask(assigned, desk.leader(team)) is not None:
                begin(desk, desk.matters[UUID(candidate.key)])
                return True
        return False

    def _pulled(self, team: str) -> bool:
        """Somebody who has room takes the first of the queue that they may take."""
        desk = self.desk
        queue = self._queue(team)
        for code in self._shuffled(desk.people(team)) if queue else ():
            may = [each for each in queue if not wanting(each.waiting, desk.policy, code)]
            if may and desk.happens("skips one", 4):
                skipped = SkipCase(case_id=UUID(may[0].key), reason="conflict")
                desk.ask(skipped, desk.member(code, team=team))
                may = may[1:]
            offered = [UUID(each.key) for each in may[:_OFFERED]]
            before = queue.index(may[0]) if may else 0
            if offered and self._take(team, code, offered, passed_over=before):
                return True
        return False

    def _take(self, team: str, code: str, offered: Sequence[UUID], *, passed_over: int = 0) -> bool:
        desk = self.desk
        pull = PullCase(
            case_ids=tuple(offered),
            team=team,
            owner=code,
            passed_over={"skill": passed_over} if passed_over else {},
            order_upto=desk.ledger.store.tip(),
        )
        if not any(can_be_pulled(desk.case(each), pull) for each in offered):
            return False
        taken = desk.ask(pull, desk.member(code, team=team))
        if taken is None:
            return False
        begin(desk, desk.matters[taken.subject_id])
        return True

    def _queue(self, team: str) -> Sequence[Candidate]:
        """What waits in a team's queue, in its order."""
        desk = self.desk
        if not desk.queued_in(team):
            return []
        desk.views.catch_up(desk.ledger.store)
        _, found = candidates(desk.views, team, version=desk.version, at=desk.clock())
        return [each for each in found if UUID(each.key) in desk.matters]

    def _back_to_the_queue(self, code: str, case_id: UUID) -> None:
        desk = self.desk
        case = desk.case(case_id)
        if case.owner != code or case.team is None or case.handover is not None:
            return
        transfer_id = next(desk.ids)
        transfer = TransferCase(
            case_id=case_id, transfer_id=transfer_id, to_team=case.team, reason="workload"
        )
        leader = desk.leader(case.team)
        if desk.ask(transfer, leader) is not None:
            desk.ask(AcceptTransfer(case_id=case_id, transfer_id=transfer_id), leader)

    def _shuffled(self, codes: Sequence[str]) -> list[str]:
        return self.desk.chance.sample(list(codes), len(codes))
