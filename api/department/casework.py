"""How a caseworker of the simulated office takes a case and sees it through, or hands it on."""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime
from typing import Literal
from uuid import UUID

from api.department.agenda import Doing
from api.department.arrivals import Matter, happens
from api.department.desk import Desk
from ledger.case.contact import AddNote, LogContact
from ledger.case.corrections import CorrectEntry
from ledger.case.custody import AcceptTransfer, DeclineTransfer, TransferCase
from ledger.case.information import ReceiveInformation, RequestInformation
from ledger.case.outcome import (
    RecordDecision,
    ReopenCase,
    ResolveCase,
)
from ledger.case.pulling import PullCase
from ledger.case.waiting import BeginWaiting, EndWaiting, ReachMilestone
from ledger.entry import Actor
from projections.queues import waiting_in

_OFFERED = 12
_ACTS = {"RDW-POT": "done", "RDW-WIN": "done", "INC-CHG": "done", "GEN-ENQ": "answered"}
_ELSEWHERE = {"RDW": "INT", "INC": "INT", "INT": "INC"}

Steps = Generator[datetime, None, bool]
"""Steps that answer whether the case is still in the same hands."""


def workday(desk: Desk, code: str, *, first_pull: float, second_pull_percent: int) -> Doing:
    """A member's day: take the next case of each of their teams' queues, some days a second time."""
    yield desk.working(first_pull)
    _pull(desk, code)
    if happens(desk.chance, second_pull_percent):
        yield desk.working(3)
        _pull(desk, code)


def _pull(desk: Desk, code: str) -> None:
    desk.views.catch_up(desk.ledger.store)
    for team in desk.policy.policy.members[code].teams:
        candidates = waiting_in(desk.views, team, limit=_OFFERED)
        if candidates:
            actor = desk.member(code, team=team)
            pull = PullCase(case_ids=candidates, team=team, owner=code)
            if taken := desk.ask(pull, actor):
                matter = desk.matters[taken.subject_id]
                desk.agenda.enter(desk.working(0.5), _see_through(desk, matter, actor))
            return


def _see_through(desk: Desk, matter: Matter, actor: Actor) -> Doing:
    case_id = matter.case_id
    if matter.severity == "immediate_danger":
        desk.ask(ReachMilestone(case_id=case_id, milestone="made_safe"), actor)
    if happens(desk.chance, 55):
        _reach_out(desk, matter, actor, "We have your request and are working on it.")
    if matter.kept_back and not (yield from _ask_for_missing(desk, matter, actor)):
        return
    if not matter.moved and happens(desk.chance, 11):
        yield from _hand_over(desk, matter, actor)
        return
    yield desk.working(desk.chance.randrange(2, 34))
    if happens(desk.chance, 35):
        note = "Looked into it; the file is clear so far."
        desk.ask(AddNote(case_id=case_id, note_id=next(desk.ids), text=note), actor)
    if happens(desk.chance, 22):
        _be_chased(desk, matter, actor)
    if matter.kind == "RDW-POT" and happens(desk.chance, 18):
        yield from _wait_for_weather(desk, matter, actor)
    yield from _finish(desk, matter, actor)


def _reach_out(desk: Desk, matter: Matter, actor: Actor, words: str) -> None:
    contact = LogContact(
        case_id=matter.case_id,
        contact_id=next(desk.ids),
        direction="outbound",
        channel="phone",
        kinds=("reassurance",),
        reached=not happens(desk.chance, 12),
        minutes=desk.chance.randrange(3, 16),
        words=words,
    )
    desk.ask(contact, actor)


def _be_chased(desk: Desk, matter: Matter, actor: Actor) -> None:
    words = "Is there any news?" if matter.language == "en" else "Y a-t-il du nouveau?"
    contact = LogContact(
        case_id=matter.case_id,
        contact_id=next(desk.ids),
        direction="inbound",
        channel=desk.chance.choice(("phone", "email")),
        kinds=("chase",),
        minutes=desk.chance.randrange(2, 12),
        words=words,
    )
    desk.ask(contact, actor)


def _ask_for_missing(desk: Desk, matter: Matter, actor: Actor) -> Steps:
    """Asks, waits for the answer, and lets the matter lapse if there is none."""
    case_id, request_id, wait_id = matter.case_id, next(desk.ids), next(desk.ids)
    ask = RequestInformation(
        case_id=case_id,
        request_id=request_id,
        fields=tuple(sorted(matter.kept_back)),
        channel="email",
        reply_by=desk.working(40),
        words="Please send us what is missing.",
    )
    desk.ask(ask, actor)
    desk.ask(BeginWaiting(case_id=case_id, wait_id=wait_id, reason="particulars"), actor)
    if happens(desk.chance, 12):
        yield desk.working(64)
        desk.ask(EndWaiting(case_id=case_id, wait_id=wait_id), actor)
        desk.ask(ResolveCase(case_id=case_id, outcome="lapsed"), actor)
        return False
    yield desk.working(desk.chance.randrange(6, 56))
    answers, matter.kept_back = matter.kept_back, {}
    came = ReceiveInformation(
        case_id=case_id, channel="email", answers=answers, request_id=request_id
    )
    desk.ask(came, actor)
    desk.ask(EndWaiting(case_id=case_id, wait_id=wait_id), actor)
    return True


def _hand_over(desk: Desk, matter: Matter, actor: Actor) -> Doing:
    """Hands the case to another team, whose leader takes it into its queue or declines."""
    matter.moved += 1
    transfer_id, from_team = next(desk.ids), actor.team or "INT"
    to_team = _ELSEWHERE[from_team]
    transfer = TransferCase(
        case_id=matter.case_id,
        transfer_id=transfer_id,
        to_team=to_team,
        reason=desk.chance.choice(("wrong-team", "skill", "workload")),
        handover="All that the requester gave is on the case; nothing was promised yet.",
    )
    desk.ask(transfer, actor)
    yield desk.working(desk.chance.randrange(2, 12))
    leader = desk.member(desk.policy.policy.teams[to_team].leader or "D-01", team=to_team)
    if happens(desk.chance, 75):
        desk.ask(AcceptTransfer(case_id=matter.case_id, transfer_id=transfer_id), leader)
        return
    decline = DeclineTransfer(case_id=matter.case_id, transfer_id=transfer_id, reason="not-ours")
    desk.ask(decline, leader)
    yield desk.working(desk.chance.randrange(1, 10))
    yield from _finish(desk, matter, actor)


def _wait_for_weather(desk: Desk, matter: Matter, actor: Actor) -> Doing:
    wait_id = next(desk.ids)
    desk.ask(BeginWaiting(case_id=matter.case_id, wait_id=wait_id, reason="weather"), actor)
    yield desk.working(desk.chance.randrange(6, 26))
    desk.ask(EndWaiting(case_id=matter.case_id, wait_id=wait_id), actor)


def _finish(desk: Desk, matter: Matter, actor: Actor) -> Doing:
    """Does what was asked, decides where it takes a decision, answers, and resolves."""
    case_id = matter.case_id
    outcome = "done"
    if matter.kind == "INC-APP":
        yield desk.working(desk.chance.randrange(1, 12))
        outcome = desk.chance.choice(("granted", "granted", "granted", "part", "refused"))
        _decide(desk, case_id, actor, outcome)
    else:
        desk.ask(ReachMilestone(case_id=case_id, milestone=_ACTS[matter.kind]), actor)
    if not happens(desk.chance, 8):
        _reach_out(desk, matter, actor, "This is done; tell us if it is not right.")
    if happens(desk.chance, 5):
        correction = CorrectEntry(
            case_id=case_id, corrects=1, values={"language": matter.language}, reason="Misheard."
        )
        desk.ask(correction, actor)
    desk.ask(ResolveCase(case_id=case_id, outcome=outcome), actor)
    reasons = sorted(desk.policy.policy.reasons.reopen)
    if reasons and happens(desk.chance, 7):
        yield desk.working(desk.chance.randrange(6, 40))
        _be_chased(desk, matter, actor)
        mode: Literal["resume"] = "resume"
        reopen = ReopenCase(case_id=case_id, reason=desk.chance.choice(reasons), clock_policy=mode)
        desk.ask(reopen, actor)


def _decide(desk: Desk, case_id: UUID, actor: Actor, outcome: str) -> None:
    decider = Actor(
        actor.kind, actor.id, role=actor.role, team=actor.team, delegation="DEL-INC-2026"
    )
    decision = RecordDecision(
        case_id=case_id,
        decision_id=next(desk.ids),
        outcome=outcome,
        legal_basis="Income assistance rules, section 4",
        reasons="Household and income as declared, checked against the rules.",
    )
    desk.ask(decision, decider)
