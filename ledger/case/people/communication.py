"""Communication: how to speak with a requester, and in which form to write, as they ask at any time.

The language of correspondence is settled with the type of a case; these three are fields of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Annotated

from pydantic import StringConstraints

from ledger.case.custody.routing import take_route
from ledger.case.known.answers import unfit
from ledger.case.known.spoken import Spoken
from ledger.case.state import Case, Decision, changed, decides, evolves
from ledger.commands import CaseCommand, Circumstances
from ledger.entry import Happened
from ledger.errors import InvalidCommand
from ledger.facts import Fact, fact
from ledger.input.in_clear import InClear
from ledger.policy.document.policy import Policy

Tag = Annotated[
    str, StringConstraints(pattern=r"^([a-z]{2,3}(-[A-Za-z0-9]{2,8})*)?$", max_length=35)
]
"""A language as BCP 47 tags it, or nothing."""
Asked = Annotated[str, StringConstraints(strip_whitespace=True, max_length=80), InClear()]


@fact
class CommunicationSettled(Fact):
    """How to speak with the requester was settled, through which interpreter, and in which format to write."""

    interview_language: str | None
    interpreter: str | None
    format: str | None


class SettleCommunication(CaseCommand):
    """Settle how to speak with the requester; what is not said stays as it is, and an empty text takes it back."""

    interview_language: Tag | None = None
    interpreter: Asked | None = None
    format: Asked | None = None


@decides(SettleCommunication)
def settle_communication(
    case: Case, asked: SettleCommunication, around: Circumstances
) -> Sequence[Happened]:
    """It is settled at any time; a case in a queue is routed anew when it is to be spoken in another language.

    One that a team returned stays with whoever has it: a person sorted it.
    """
    said = asked.model_dump(exclude={"case_id"}, exclude_none=True)
    if not said:
        raise InvalidCommand(
            "Say what was settled: the language of interviews, the interpreter, or the format."
        )
    _refuse_unknown(around.policies.in_force(around.now).policy, said)
    before = case.known().spoken
    kept = {name: value for name, value in asdict(before).items() if name not in said}
    after = Spoken(**kept, **{name: value or None for name, value in said.items()})
    decision = Decision(case, around)
    spoken_anew = after.interview_language != before.interview_language
    in_queue = case.status == "open" and case.owner is None and case.handover is None
    settle(decision, after)
    if spoken_anew and in_queue and not case.moves.returned_by:
        take_route(decision)
    return decision.happened


def settle(decision: Decision, after: Spoken, *, at: datetime | None = None) -> None:
    """Records how to speak with the requester, if that is not how it stands."""
    if after != decision.case.spoken:
        decision.happens(CommunicationSettled(**asdict(after)), at=at)


def _refuse_unknown(policy: Policy, said: dict[str, str]) -> None:
    """Refuses an interpreter or a format that the field for it does not offer; any language can be asked for."""
    for field in policy.fields.values():
        value = said.get(field.tells) if field.tells else None
        if value and field.tells != "interview_language" and (wanted := unfit(field, value)):
            raise InvalidCommand(f"The {field.tells} must be {wanted}: say which.")


@evolves(CommunicationSettled)
def _settled(case: Case, settled: CommunicationSettled, at: datetime) -> Case:
    return changed(case, spoken=Spoken(**settled.model_dump()))
