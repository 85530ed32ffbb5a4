"""The ways off the straight course: returned, handed on, referred to another body, stepped back from."""

from __future__ import annotations

from api.department.agenda import Doing
from api.department.desk import Desk
from api.department.intake_desk import likely_team, sort
from api.department.letters import reach_out
from api.department.matter import Matter
from ledger.case.clocks.waiting import EndWaiting
from ledger.case.custody.recusal import RecuseFromCase
from ledger.case.custody.returning import ReturnCase
from ledger.case.custody.transfers import AcceptTransfer, DeclineTransfer, TransferCase
from ledger.case.outcome.resolving import ResolveCase
from ledger.case.work.referral import ConfirmReferral, ReferCase
from ledger.entry import Actor


def detour(desk: Desk, matter: Matter, owner: Actor) -> Doing:
    """What goes wrong, or elsewhere, before the work begins; nothing, for most cases."""
    case = desk.case(matter.case_id)
    if case.request_type != matter.kind:
        yield from _not_ours(desk, matter, owner)
    elif matter.danger:
        return
    elif matter.bouncing and not case.moves.still(desk.clock()):
        matter.done.discard("detour")
        yield from hand_over(desk, matter, owner, _elsewhere(desk, matter, owner))
    elif desk.happens("steps back", 2):
        desk.ask(RecuseFromCase(case_id=matter.case_id, member=owner.id), owner)
    elif desk.happens("is handed over", 7):
        yield from hand_over(desk, matter, owner, _elsewhere(desk, matter, owner))
    elif desk.happens("is for another body", 2):
        yield from _refer_out(desk, matter, owner)
    elif desk.happens("another body is asked", 3):
        yield from _consult(desk, matter, owner)


def _not_ours(desk: Desk, matter: Matter, owner: Actor) -> Doing:
    """It was taken for something else. Within two working days it goes back; later it is handed on."""
    if owner.team == "INT":
        sort(desk, matter, owner, as_kind=matter.kind)
        right = likely_team(desk, matter)
        if right != "INT":
            yield from hand_over(desk, matter, owner, right)
        return
    returned = ReturnCase(
        case_id=matter.case_id,
        team=owner.team or "",
        reason="misrouted",
        words="This is something else than it was taken for.",
    )
    if desk.ask(returned, owner) is None:
        yield from hand_over(desk, matter, owner, likely_team(desk, matter))
        return
    desk.agenda.enter(desk.working(2), _sorted_again(desk, matter))


def _sorted_again(desk: Desk, matter: Matter) -> Doing:
    """Intake sorts it anew, and now and then gets it wrong a second time."""
    case = desk.case(matter.case_id)
    if case.owner is not None or case.team != "INT" or case.moves.decide_by is not None:
        return
    clerk = desk.somebody("INT")
    wrong = [
        code
        for code, kind in desk.policy.types.items()
        if kind.programme != case.programme and code != matter.kind and not kind.judgement
    ]
    again = bool(wrong) and desk.happens("sorted wrongly again", 40)
    sort(desk, matter, clerk, as_kind=desk.chance.choice(wrong) if again else matter.kind)
    return
    yield


def _elsewhere(desk: Desk, matter: Matter, owner: Actor) -> str:
    """A team that could have it as well: of the same programme if there is one, else intake."""
    siblings = {
        likely_team(desk, matter),
        *(each for each in desk.policy.teams if each.partition("-")[0] == (owner.team or "")[:3]),
    } - {owner.team}
    return desk.chance.choice(sorted(siblings)) if siblings else "INT"


def hand_over(desk: Desk, matter: Matter, owner: Actor, to_team: str) -> Doing:
    """Hands the case to another team, which takes it into its queue, declines, or says nothing for days."""
    if to_team == owner.team:
        return
    transfer_id = next(desk.ids)
    transfer = TransferCase(
        case_id=matter.case_id,
        transfer_id=transfer_id,
        to_team=to_team,
        reason=desk.chance.choice(("wrong-team", "skill", "workload")),
        handover="All that the requester gave is on the case; nothing was promised yet.",
    )
    if desk.ask(transfer, owner) is None or desk.happens("nobody answers a handover", 15):
        return
    yield desk.working(desk.chance.randrange(2, 7))
    leader = desk.leader(to_team)
    if desk.happens("declines a handover", 30) and not matter.bouncing:
        decline = DeclineTransfer(
            case_id=matter.case_id, transfer_id=transfer_id, reason="not-ours"
        )
        desk.ask(decline, leader)
        return
    accept_handover(desk, matter, leader)


def accept_handover(desk: Desk, matter: Matter, leader: Actor) -> None:
    """The receiving team takes it into its queue."""
    handover = desk.case(matter.case_id).handover
    if handover is None:
        return
    accept = AcceptTransfer(case_id=matter.case_id, transfer_id=handover.transfer_id)
    desk.ask(accept, leader)


def _refer_out(desk: Desk, matter: Matter, owner: Actor) -> Doing:
    """It is another body's: it goes there, and closes here once they have it."""
    referral_id = next(desk.ids)
    refer = ReferCase(
        case_id=matter.case_id,
        referral_id=referral_id,
        body="Municipality of Port Merrow (invented)",
        kind="transfer",
        consent="given",
        words="Their road, not ours.",
    )
    if desk.ask(refer, owner) is None:
        return
    reach_out(desk, matter, owner, "It is the municipality's; they have it now.")
    late = desk.happens("another body is slow", 40)
    yield desk.working(60 if late else desk.chance.randrange(4, 30))
    if desk.case(matter.case_id).status == "open":
        confirm = ConfirmReferral(
            case_id=matter.case_id, referral_id=referral_id, their_reference="PM-2201"
        )
        desk.ask(confirm, owner)
        desk.ask(ResolveCase(case_id=matter.case_id, outcome="referred-out"), owner)


def _consult(desk: Desk, matter: Matter, owner: Actor) -> Doing:
    """Another body is asked; the case waits for what it says."""
    referral_id = next(desk.ids)
    refer = ReferCase(
        case_id=matter.case_id,
        referral_id=referral_id,
        body="Regional health authority (invented)",
        kind="consultation",
        consent="not_required",
        legal_basis="The health rules, section 9 (invented)",
    )
    if desk.ask(refer, owner) is None:
        return
    yield desk.working(desk.chance.randrange(6, 40))
    if desk.case(matter.case_id).status == "open":
        desk.ask(ConfirmReferral(case_id=matter.case_id, referral_id=referral_id), owner)
        desk.ask(EndWaiting(case_id=matter.case_id, wait_id=referral_id), owner)
