"""Accesses: every opening of personal values is recorded before it happens, every refusal of one, and of any act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from ledger.commands import Circumstances, Command, Kind
from ledger.entry import Actor, Entry, Happened
from ledger.errors import InvalidCommand
from ledger.facts import Fact, Json, PersonalText, fact, fact_version
from ledger.policy.access import RECORDING, InquiryStands, Purpose, Seen, Verdict, may_open
from ledger.policy.acting.acts import SEEKING, Attempt, Relation, may
from ledger.policy.acting.inquiring import of_their_office
from ledger.policy.acting.roles import roles_of
from ledger.policy.document.policy import Policy

_BEFORE_CONTACT = frozenset({"SafeContactSet", "PartySafeContactSet", "NoticeIssued"})
"""What must be seen before somebody is contacted: how not to, and what is to be sent."""
_OF_BIRTH = frozenset({"PartyBirthRecorded"})
_BEFORE_ANY_POLICY = Verdict(True, "no-policy")


class SlotsOpened(BaseModel):
    """Slots of one topic that were opened, and of which entries: runs of versions, first and last."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    topic: str
    slots: tuple[str, ...]
    versions: tuple[tuple[int, int], ...]


class StreamOpened(BaseModel):
    """What was opened of one stream that stood at a version."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    stream: str
    upto_version: int
    slots: tuple[SlotsOpened, ...] = ()


def _from_1(said: dict[str, Json]) -> dict[str, Json]:
    read, upto = said.pop("read_stream"), said.pop("upto_version")
    opened: Json = [{"stream": read, "upto_version": upto, "slots": []}]
    nobody = {"reader": None, "role": None, "purpose_code": None, "inquiry": None}
    return {**said, **nobody, "opened": opened, "ground": "", "recording": 1}


@fact_version(2, from_1=_from_1)
class PersonalValuesRead(Fact):
    """Somebody was shown personal values, on a stated purpose: of which streams, which slots of which entries.

    `ground` is the line of the access table that allowed it, in `role` and for `purpose_code`;
    `recording` the version of access recording under which this was written.
    """

    opened: tuple[StreamOpened, ...]
    reader: str | None
    role: str | None
    purpose_code: str | None
    ground: str
    inquiry: UUID | None
    recording: int
    purpose: PersonalText


@fact
class ReadingRefused(Fact):
    """Somebody asked for personal values and was refused; nothing was opened. `stream` is the first in the way."""

    streams: tuple[str, ...]
    stream: str
    reader: str
    purpose_code: str | None
    ground: str
    inquiry: UUID | None
    recording: int
    purpose: PersonalText


@fact
class ActRefused(Fact):
    """Somebody asked for something that their tasks do not allow, and was refused; nothing was done or shown.

    `act` is its code, `about` the stream or the team that it was about, `ground` why it was refused.
    """

    act: str
    about: str | None
    asker: str
    role: str | None
    ground: str


SAID_AT_MOST, LETTERS_AT_MOST = 5, 200
_NOBODYS: frozenset[Relation] = frozenset({"none"})


@fact
class PeopleSought(Fact):
    """Somebody was sought by what they say of themselves; what that was is kept as the command's keyed digest alone.

    `everywhere` says whether all cases were compared or those near the reader alone, `records` whether
    records of parties were too. Whose values were shown for it, the readings after it say.
    """

    reader: str
    role: str | None
    purpose_code: str | None
    ground: str
    everywhere: bool
    records: bool
    recording: int
    purpose: PersonalText


class AccessCommand(Command):
    """Something asked about an access, which has a stream of its own."""

    asked_of = ("access", "access_id")

    access_id: UUID


class RecordActRefused(AccessCommand):
    """Put on record that an act was refused at the edge, before it became a command."""

    act: str
    about: str | None = None
    ground: str


PURPOSE_AT_LEAST = 3
"""Characters; fewer say nothing of what a value is read for."""


def refuse_unsaid(purpose: str) -> None:
    """Refuses a purpose that says nothing, and what is to be read for it later: nobody could read it then."""
    if len(purpose.strip()) < PURPOSE_AT_LEAST:
        raise InvalidCommand(
            "The purpose says nothing: say in "
            f"{PURPOSE_AT_LEAST} characters or more what the personal values are read for."
        )


class ReadPersonalValues(AccessCommand):
    """Ask to see personal values, of the streams and slots that are named."""

    opened: tuple[StreamOpened, ...] = Field(min_length=1)
    purpose: str = Field(min_length=PURPOSE_AT_LEAST)
    purpose_code: Purpose | None = None
    inquiry: UUID | None = None


class SeekPeople(AccessCommand):
    """Ask who somebody is, by names, numbers and addresses that they say are theirs."""

    said: tuple[Annotated[str, Field(min_length=1, max_length=LETTERS_AT_MOST)], ...] = Field(
        min_length=1, max_length=SAID_AT_MOST
    )
    purpose: str = Field(min_length=PURPOSE_AT_LEAST)
    purpose_code: Purpose | None = None


@dataclass(frozen=True, slots=True)
class Access:
    """A reading that was answered, or not yet; `refused` is the ground on which it was."""

    answered: bool = False
    refused: str | None = None


def read_personal_values(
    access: Access, asked: ReadPersonalValues, around: Circumstances
) -> Sequence[Happened]:
    """A reading is answered once, and on record either way: allowed for every stream, or refused for the first."""
    if access.answered:
        return ()
    verdict = _BEFORE_ANY_POLICY
    for each in asked.opened:
        verdict = verdict_on(each, asked, around)
        if not verdict.allowed:
            return (around.happened(_refusal(asked, each.stream, verdict, around)),)
    return (
        around.happened(
            PersonalValuesRead(
                opened=asked.opened,
                reader=around.actor.id,
                role=verdict.role,
                purpose_code=verdict.purpose,
                ground=verdict.ground,
                inquiry=asked.inquiry,
                recording=RECORDING,
                purpose=asked.purpose,
            )
        ),
    )


def seek_people(access: Access, asked: SeekPeople, around: Circumstances) -> Sequence[Happened]:
    """Compared is what the reader may open: every case, or those near them; on record once, either way."""
    if access.answered:
        return ()
    verdict = _may_compare("case", asked, around, with_team=False)
    everywhere = verdict.allowed
    if not everywhere:
        verdict = _may_compare("case", asked, around, with_team=True)
    if not verdict.allowed:
        return (around.happened(_act_refused(SEEKING, None, verdict.ground, around.actor)),)
    return (
        around.happened(
            PeopleSought(
                reader=around.actor.id,
                role=verdict.role,
                purpose_code=verdict.purpose,
                ground=verdict.ground,
                everywhere=everywhere,
                records=_may_compare("party", asked, around, with_team=False).allowed,
                recording=RECORDING,
                purpose=asked.purpose,
            )
        ),
    )


def _may_compare(
    kind: str, asked: SeekPeople, around: Circumstances, *, with_team: bool
) -> Verdict:
    policy = _policy(around)
    if policy is None:
        return _BEFORE_ANY_POLICY
    held = roles_of(policy, around.actor)
    if not held:
        return _in_no_role(policy, around.actor, asked.purpose_code)
    roles = tuple(each for each in held if may(Attempt(SEEKING, (each,), _NOBODYS)).allowed)
    return may_open(Seen(kind, roles, asked.purpose_code, with_team=with_team))


def record_act_refused(
    access: Access, asked: RecordActRefused, around: Circumstances
) -> Sequence[Happened]:
    """It is on record once."""
    if access.answered:
        return ()
    refused = _act_refused(asked.act, asked.about, asked.ground, around.actor)
    return (around.happened(refused),)


def _act_refused(act: str, about: str | None, ground: str, actor: Actor) -> ActRefused:
    return ActRefused(act=act, about=about, asker=actor.id, role=actor.role, ground=ground)


def _refusal(
    asked: ReadPersonalValues, stream: str, verdict: Verdict, around: Circumstances
) -> ReadingRefused:
    return ReadingRefused(
        streams=tuple(each.stream for each in asked.opened),
        stream=stream,
        reader=around.actor.id,
        purpose_code=asked.purpose_code,
        ground=verdict.ground,
        inquiry=asked.inquiry,
        recording=RECORDING,
        purpose=asked.purpose,
    )


def verdict_on(opened: StreamOpened, asked: ReadPersonalValues, around: Circumstances) -> Verdict:
    """Whether whoever acts may open this, by the table and by how the stream stands to them now."""
    policy = _policy(around)
    if policy is None:
        return _BEFORE_ANY_POLICY
    actor, kind = around.actor, opened.stream.partition("/")[0]
    roles = roles_of(policy, actor)
    if not roles:
        return _in_no_role(policy, actor, asked.purpose_code)
    case: Any = around.look(opened.stream) if kind == "case" else None
    topics = {each.topic for each in opened.slots}
    return may_open(
        Seen(
            kind,
            roles,
            asked.purpose_code,
            with_team=_is_with_theirs(opened.stream, policy, around),
            only_contact=topics <= _BEFORE_CONTACT,
            only_birth=topics <= _OF_BIRTH,
            recused=case is not None and actor.id in case.moves.recused,
            inquiry=_inquiry(asked.inquiry, opened.stream, policy, around),
        )
    )


def opens_case(case: Any, policy: Policy, actor: Actor) -> bool:
    """Whether the table lets whoever acts open a case that is there, in one of their roles, as it stands now."""
    seen = Seen(
        "case",
        roles_of(policy, actor),
        with_team=_is_with(case, policy, actor),
        recused=actor.id in case.moves.recused,
    )
    return may_open(seen).allowed


def _in_no_role(policy: Policy, actor: Actor, purpose: Purpose | None) -> Verdict:
    known = actor.id in policy.members
    return Verdict(False, "role-not-held" if known else "not-a-member", None, purpose)


def _policy(around: Circumstances) -> Policy | None:
    published = any(each.effective_from <= around.now for each in around.policies.versions)
    return around.policies.in_force(around.now).policy if published else None


def _is_with_theirs(stream: str, policy: Policy, around: Circumstances) -> bool:
    """Whether a case is with the reader or their team, on its way there, or with nobody yet; a rate or draws theirs."""
    kind, actor = stream.partition("/")[0], around.actor
    if kind not in ("case", "rate", "calls"):
        return False
    found: Any = around.look(stream)
    if found is None:
        return kind == "case"
    if kind != "case":
        return found.team in _teams_of(policy, actor)
    return _is_with(found, policy, actor)


def _is_with(case: Any, policy: Policy, actor: Actor) -> bool:
    coming = case.handover.to_team if case.handover is not None else None
    theirs = _teams_of(policy, actor) & {case.team, coming}
    return case.owner == actor.id or case.team is None or bool(theirs)


def _teams_of(policy: Policy, actor: Actor) -> frozenset[str]:
    member = policy.members.get(actor.id)
    return frozenset() if member is None else frozenset(member.teams)


def _inquiry(
    inquiry: UUID | None, stream: str, policy: Policy, around: Circumstances
) -> InquiryStands | None:
    if inquiry is None:
        return None
    found: Any = around.look(f"inquiry/{inquiry}")
    if found is None or not found.names(stream):
        return "outside"
    if not of_their_office(policy, around.actor.id, found.office):
        return "elsewhere"
    return "open" if found.readable(at=around.now) else "expired"


def evolve(access: Access, happened: Happened | Entry) -> Access:
    """An access after one more fact."""
    match happened.fact:
        case PersonalValuesRead() | PeopleSought():
            return Access(answered=True)
        case ReadingRefused() | ActRefused() as fact:
            return Access(answered=True, refused=fact.ground)
        case _:
            return access


ACCESS = Kind(
    "access",
    Access(),
    {
        ReadPersonalValues: read_personal_values,
        SeekPeople: seek_people,
        RecordActRefused: record_act_refused,
    },
    evolve,
)
