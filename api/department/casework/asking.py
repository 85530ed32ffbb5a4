"""How what is missing is asked for, and what comes of it: an answer, a late one, or none."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from api.department.agenda import Doing
from api.department.demand.requesters import answer_to
from api.department.desk import Desk
from api.department.intake_desk import identified
from api.department.letters import give_notice, safe_channel
from api.department.matter import Matter
from ledger.case.clocks.waiting import BeginWaiting, EndWaiting
from ledger.case.corrections import CorrectEntry
from ledger.case.intake.chasing import StopChase
from ledger.case.intake.information import ReceiveInformation, RequestInformation
from ledger.case.intake.needs import ConfirmNeed, Need
from ledger.case.outcome.resolving import ResolveCase
from ledger.case.state import Case
from ledger.entry import Actor

_WORDS = {
    "en": "Please send us what is missing.",
    "fr": "Veuillez nous envoyer ce qui manque.",
}
_DAYS_OF_A_CHASE = 26


def ask_for_missing(desk: Desk, matter: Matter, owner: Actor) -> Doing:
    """Asks for what is missing, waits, and goes on with it, or lets the matter lapse if nothing comes."""
    case = desk.case(matter.case_id)
    missing: list[str] = sorted(case.missing)
    needs: Sequence[Need] = unmet(desk, case)
    quick: list[Need] = [each for each in needs if desk.happens(f"{each} is there already", 60)]
    for each in quick:
        _confirm(desk, matter, owner, each)
    needs = [each for each in needs if each not in quick]
    if case.moves.held and desk.happens("is asked for what was handed over", 50):
        ask(desk, matter, owner, [min(case.moves.held)], ())
    chased = case.chase is not None and not matter.silent
    if missing and chased and desk.happens("the office has it already", 20):
        _have_it(desk, matter, owner)
        missing = []
    if not missing and not needs:
        return
    request_id = ask(desk, matter, owner, missing, needs)
    if missing and desk.happens("asked in writing", 50):
        yield from give_notice(desk, matter, owner, "information_request", about=request_id)
    wait_id = next(desk.ids)
    reason = "particulars" if missing else needs[0]
    desk.ask(BeginWaiting(case_id=matter.case_id, wait_id=wait_id, reason=reason), owner)
    if matter.silent:
        yield from _in_vain(desk, matter, owner, wait_id)
        return
    late = desk.happens("answers late", 25)
    yield desk.working(desk.chance.randrange(56, 120) if late else desk.chance.randrange(5, 36))
    if desk.case(matter.case_id).status == "open":
        receive(desk, matter, owner, request_id)
        for each in needs:
            _confirm(desk, matter, owner, each)
        desk.ask(EndWaiting(case_id=matter.case_id, wait_id=wait_id), owner)
        if desk.happens("misheard", 10):
            right = CorrectEntry(
                case_id=matter.case_id,
                corrects=1,
                values={"language": matter.language},
                reason="Misheard on the telephone.",
            )
            desk.ask(right, owner)


def unmet(desk: Desk, case: Case) -> Sequence[Need]:
    """What a request of its type needs besides its fields, and does not have yet."""
    kind = desk.policy.types.get(case.request_type or "")
    return kind.unmet(case.needs) if kind is not None else ()


def ask(
    desk: Desk, matter: Matter, actor: Actor, fields: Collection[str], needs: Collection[str]
) -> UUID | None:
    """The requester is asked, with a date for the answer."""
    request_id = next(desk.ids)
    wanted = f" ({', '.join(needs)})" if needs else ""
    asked = RequestInformation(
        case_id=matter.case_id,
        request_id=request_id,
        fields=tuple(fields),
        channel=safe_channel(desk, matter, actor, "email"),
        reply_by=desk.end_of(10),
        words=f"{_WORDS[matter.language]}{wanted}",
    )
    return request_id if desk.ask(asked, actor) is not None else None


def receive(desk: Desk, matter: Matter, actor: Actor, request_id: UUID | None) -> None:
    """What was kept back comes in; whatever else the type turned out to need is said with it."""
    case = desk.case(matter.case_id)
    said: dict[str, Any] = {**matter.kept_back}
    for code in case.missing:
        said.setdefault(code, matter.answers.get(code))
    matter.answers.update(said)
    matter.kept_back = {}
    answers = {code: value for code, value in said.items() if value is not None}
    for code in case.missing - answers.keys():
        answers[code] = answer_to(
            code,
            desk.policy.fields[code],
            desk.chance,
            kind=matter.kind,
            language=matter.language,
            on=desk.today,
        )
    if answers:
        came = ReceiveInformation(
            case_id=matter.case_id,
            channel=safe_channel(desk, matter, actor, "email"),
            answered_in=matter.language,
            answers=answers,
            request_id=request_id if request_id in case.asked else None,
        )
        desk.ask(came, actor)


def _confirm(desk: Desk, matter: Matter, actor: Actor, need: Need) -> None:
    desk.ask(ConfirmNeed(case_id=matter.case_id, need=need), actor)
    if need == "identity":
        desk.ask(identified(matter), actor)


def _have_it(desk: Desk, matter: Matter, owner: Actor) -> None:
    """It lies in another file of the office: nobody is chased for it."""
    why = "The office has it from another file."
    desk.ask(StopChase(case_id=matter.case_id, reason=why), owner)
    receive(desk, matter, owner, None)


def _in_vain(desk: Desk, matter: Matter, owner: Actor, wait_id: UUID) -> Doing:
    """Nothing comes. What is chased by a plan lapses by it; else the owner asks again, and closes the case."""
    case = desk.case(matter.case_id)
    if case.chase is not None:
        for _ in range(_DAYS_OF_A_CHASE):
            yield desk.working(8)
            if desk.case(matter.case_id).status != "open":
                return
    if case.chase is None or case.chase.lapse is None:
        yield desk.working(60)
        ask(desk, matter, owner, sorted(case.missing), unmet(desk, case))
        yield desk.working(60)
        yield from give_notice(desk, matter, owner, "lapse")
        yield desk.working(40)
    desk.ask(EndWaiting(case_id=matter.case_id, wait_id=wait_id), owner)
    desk.ask(ResolveCase(case_id=matter.case_id, outcome="lapsed"), owner)
