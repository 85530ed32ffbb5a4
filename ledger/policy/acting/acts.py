"""Acts: what somebody may do or look at in which role, as a plain table that gives its reason.

Access to personal values is another table (`access`); this one says who gets as far as asking. Roles
are those of the office's policy, and how a case stands to whoever acts is part of each line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

from ledger.policy.access import Role

Relation = Literal[
    "own", "team", "task", "theirs", "inquiry", "programme", "other", "recused", "none"
]
"""How what is acted on stands to whoever acts: they own it; it is with their team, on its way there or with
nobody yet; a task or a follow-up of it is theirs or their team's; it came from them; an open inquiry that they
have names it, or it is one that is open; it is of a programme area that a team of theirs serves; none of these;
they stepped back from it; or it is no case and no team's."""

RELATIONS: frozenset[Relation] = frozenset(get_args(Relation))
_ANY: frozenset[Relation] = RELATIONS - {"recused"}
_TEAM: frozenset[Relation] = frozenset({"own", "team"})
_TASK: frozenset[Relation] = frozenset({"task"})
_THEIRS: frozenset[Relation] = frozenset({"theirs"})
_AREA: frozenset[Relation] = frozenset({"programme"})
_INQUIRY: frozenset[Relation] = frozenset({"inquiry"})
_OTHER: frozenset[Relation] = frozenset({"other"})
_NO_CASE: frozenset[Relation] = frozenset({"none"})


class Line(NamedTuple):
    """A line of the table: whoever acts in this role may do this where it stands so to them."""

    role: Role | Literal["everybody"]
    acts: frozenset[str]
    relations: frozenset[Relation]


def _acts(kind: str, names: str) -> frozenset[str]:
    return frozenset(f"{kind}.{name}" for name in names.split())


OPEN = frozenset({"case.open"})
STATUS = _acts("case", "status receipt")
"""What a requester may be told, and be given: that it was received."""
SEARCH = frozenset({"search.cases"})
SEEKING = "search.people"
"""To seek whoever calls without a number, by what they say of themselves."""
SEEK = frozenset({SEEKING})
VALUES = _acts("case", "values people duplicates")
PROOFS = frozenset({"case.proofs"})
LOOK_AT_CASE = (
    STATUS | VALUES | _acts("case", "read trail spans clocks entries brief routings silence")
)
FIGURES = _acts(
    "figures", "board queue sla exceptions flow report escalations rates calls sequence to-do"
)
WORKLOAD = frozenset({"figures.workload"})
"""Who has what: of people, and so for whoever gives out work or answers for how it is given."""
ANSWER_A_CALLER = _acts(
    "case",
    "read status receipt values people duplicates original receive contact promise safe-contact adjust severity speak "
    "confirm-need concerns concerns-not external-id note item reviewed link given failed review appeal",
)
"""What whoever picks up the telephone does on a case that others have: hear, note, and tell the status."""
ASK_AND_HEAR = ANSWER_A_CALLER | _acts(
    "case",
    "classify ask stop-chase clear-flag milestone followed-up follow-up complete take give-back task cancel notice "
    "route",
)
TASKS = _acts("case", "read status take give-back complete followed-up reassign note item reviewed")
"""What a task or a follow-up on another team's case takes."""
PEOPLE = _acts(
    "party",
    "party party-contact identify same-person represent represent-no-more born died died-not party-safe-contact "
    "read",
)
TRAY = _acts("tray", "tray-put tray-handle read original")
ORIGINALS = frozenset({"case.original"})
"""What a case came by, such as a mail, as it came."""
GIVE_OUT = frozenset({"case.bundle"})
"""To write a case out whole, as a bundle that proves itself."""
WORK = ASK_AND_HEAR | _acts(
    "case",
    "confirm skip transfer accept decline return recuse reassign refer received-there referral-end wait resume "
    "extend told lapse correct-start incomplete approve refuse-approval escalate ready override decide resolve reopen "
    "settle decide-return review finding appeal-end correct",
)
STEP_BACK = frozenset({"case.recuse"})
DISPATCH = (
    WORKLOAD
    | {"case.assign", "case.call"}
    | _acts("team", "rate-set rate-drop rate-answer rate-close rate-effort calls-draw")
)
SEQUENCE = _acts("sequence", "set advance")
SUPERVISE = _acts("case", "acknowledge adjudicate escalate clear-flag approve refuse-approval")
EVIDENCE = _acts("evidence", "entry proof checkpoint verify")
POLICIES = _acts("policy", "read check")
REHEARSALS = _acts("policy", "rehearse replay")
"""What another policy would make of what was recorded."""
ROSTER = frozenset({"directory.read"})
"""Who is there, and who stands in."""
ABSENCE = _acts("directory", "absent back")
LEAVING = frozenset({"directory.leaver"})
ANSWER_ALL = frozenset({"team.acknowledge-all"})
"""To answer every open escalation of a team alike."""
KEEP = (
    _acts("hold", "place release")
    | _acts("erasure", "propose dispose approve archives transfer carry-out")
    | _acts("case", "appeal appeal-end")
)
CONDUCT = _acts(
    "inquiry", "extend ask answer draft comment recommend respond done mark privileged close"
)
READ_WITHIN = _acts("inquiry", "read file bundle")
APPROVE = _acts("disclosure", "read approve refuse")
DISCLOSE = APPROVE | _acts(
    "disclosure",
    "begin end clarify scope draw search time estimate waiver decide-waiver pay refund settle item duplicate dispose "
    "privilege consult heard conclude seek-review end-review propose accept reject decide claim compare explain "
    "answer heads-up release make abandon deliver undelivered publish values bundle",
)
"""What the access office does of a disclosure; who approves it is a second person, whom the policy names."""
DISCLOSED = _acts("disclosure", "read") | _acts("registers", "disclosures releases")
"""What was decided of a request and given out, without what it was decided of."""
AUDIT = (
    EVIDENCE
    | POLICIES
    | DISCLOSED
    | ROSTER
    | REHEARSALS
    | _acts("registers", "accesses holds retention erasures")
)

TABLE: tuple[Line, ...] = (
    Line(
        "everybody",
        _acts("form", "read check") | {"evidence.checkpoint", "figures.published"},
        _ANY,
    ),
    Line("everybody", ABSENCE, frozenset({"own"})),
    Line(
        "intake", OPEN | PEOPLE | TRAY | ANSWER_A_CALLER | SEARCH | SEEK | STEP_BACK | ROSTER, _ANY
    ),
    Line("intake", LOOK_AT_CASE | ASK_AND_HEAR, _TEAM | _THEIRS),
    Line("intake", _acts("case", "confirm return approve refuse-approval") | FIGURES, _TEAM),
    Line("intake", TASKS, _TASK),
    Line("caseworker", OPEN | PEOPLE | STATUS | STEP_BACK | ROSTER | {"case.review"}, _ANY),
    Line("caseworker", LOOK_AT_CASE | WORK | FIGURES | PROOFS | GIVE_OUT | {"team.pull"}, _TEAM),
    Line("caseworker", TASKS, _TASK),
    Line("caseworker", SEARCH, _TEAM | _NO_CASE),
    Line("caseworker", SEEK, _NO_CASE),
    Line("dispatcher", OPEN | PEOPLE | STATUS | STEP_BACK | ROSTER | {"case.review"}, _ANY),
    Line(
        "dispatcher",
        LOOK_AT_CASE | WORK | FIGURES | DISPATCH | PROOFS | GIVE_OUT | {"team.pull"},
        _TEAM,
    ),
    Line("dispatcher", TASKS, _TASK),
    Line("dispatcher", ABSENCE | LEAVING, _TEAM),
    Line("dispatcher", SEARCH, _TEAM | _NO_CASE),
    Line("dispatcher", SEQUENCE | SEEK, _NO_CASE),
    Line("supervisor", POLICIES | STATUS | STEP_BACK | ROSTER | {"case.adjudicate"}, _ANY),
    Line(
        "supervisor",
        LOOK_AT_CASE
        | FIGURES
        | WORKLOAD
        | SUPERVISE
        | PROOFS
        | GIVE_OUT
        | ANSWER_ALL
        | ABSENCE
        | LEAVING,
        _TEAM,
    ),
    Line("supervisor", (LOOK_AT_CASE - VALUES) | _acts("case", "approve refuse-approval"), _AREA),
    Line("supervisor", SEQUENCE, _NO_CASE),
    Line("supervisor", SEARCH, _TEAM | _AREA | _NO_CASE),
    Line("director", LOOK_AT_CASE | FIGURES | WORKLOAD | SUPERVISE | POLICIES | SEARCH, _ANY),
    Line("director", SEQUENCE, _NO_CASE),
    Line("director", ROSTER | REHEARSALS | ANSWER_ALL | ABSENCE | LEAVING, _ANY),
    Line("director", STEP_BACK | {"case.decide", "case.extend", "policy.publish"}, _ANY),
    Line("director", APPROVE, _ANY),
    Line("minister", OPEN, _ANY),
    Line("minister", STATUS, _THEIRS),
    Line("foi", LOOK_AT_CASE | EVIDENCE | POLICIES | SEARCH | SEEK, _ANY),
    Line("foi", DISCLOSED | DISCLOSE | ROSTER | ORIGINALS | {"registers.holds"}, _ANY),
    Line("records", LOOK_AT_CASE | SEARCH | SEEK | KEEP | ROSTER | ORIGINALS, _ANY),
    Line("records", DISCLOSED | _acts("registers", "holds accesses retention erasures"), _ANY),
    Line("auditor", LOOK_AT_CASE | FIGURES | WORKLOAD | AUDIT | PROOFS | SEARCH, _ANY),
    Line("auditor", ORIGINALS | GIVE_OUT, _ANY),
    Line("auditor", frozenset({"feed.read"}), _ANY),
    Line("liaison", LOOK_AT_CASE | PROOFS | GIVE_OUT, _INQUIRY),
    Line(
        "liaison",
        ROSTER | {"registers.inquiries", "registers.holds", "inquiry.open"},
        _INQUIRY | _NO_CASE,
    ),
    Line("liaison", CONDUCT | READ_WITHIN, _INQUIRY | _OTHER),
    Line("ombudsman", LOOK_AT_CASE | PROOFS | READ_WITHIN, _INQUIRY),
    Line("ombudsman", frozenset({"registers.inquiries"}), _INQUIRY | _NO_CASE),
    Line("integrator", OPEN | {"party.party", "tray.tray-put", "feed.read"}, _ANY),
    Line("integrator", frozenset({"webhook.manage"}), _THEIRS | _NO_CASE),
    Line("integrator", frozenset({"directory.provision"}), _NO_CASE),
    Line("integrator", ABSENCE, _THEIRS),
    Line("integrator", LOOK_AT_CASE - VALUES | {"party.party-contact"}, _THEIRS),
    Line("integrator", SEARCH, _THEIRS | _NO_CASE),
    Line(
        "integrator",
        _acts("case", "receive contact external-id note item link milestone given failed"),
        _THEIRS,
    ),
)
"""Who may do what; whatever no line allows is refused."""

LOOKING = (
    (LOOK_AT_CASE - VALUES)
    | (PROOFS | FIGURES | WORKLOAD | AUDIT | SEARCH)
    | {"feed.read", "form.read", "form.check", "figures.published", "party.read", "tray.read"}
)
"""What changes nothing and opens nothing: all that a person does by a key, which a program shows and no person.

What a person does or opens stays theirs to answer for: for that they log in.
"""

EVERY_ACT = frozenset(act for line in TABLE for act in line.acts)


def _reach() -> Mapping[tuple[str, str], frozenset[Relation]]:
    found: dict[tuple[str, str], frozenset[Relation]] = {}
    for line in TABLE:
        for act in line.acts:
            found[line.role, act] = found.get((line.role, act), frozenset()) | line.relations
    return found


_REACH = _reach()
"""By role and act how it may stand to whoever acts, over all lines."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """Who attempts what: in which roles, on something that stands so to them, with a key of which scopes.

    Several relations may hold at once; that they are recused outweighs them all. `scopes` are those of
    a key of an integration: acts, or kinds of acts as `case.*`; None where no key limits them.
    """

    act: str
    roles: tuple[str, ...]
    relations: frozenset[Relation]
    scopes: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether it may be done, in which role, and the reason as the code that goes on record."""

    allowed: bool
    reason: str
    role: str | None = None


OUT_OF_SCOPE = "out-of-scope"


def may(attempt: Attempt) -> Answer:
    """The first role that allows it, in the order in which they are named; else why none does."""
    act, relations = attempt.act, attempt.relations
    if attempt.scopes is not None and not _in_scope(act, attempt.scopes):
        return Answer(False, OUT_OF_SCOPE)
    roles = attempt.roles
    if attempt.scopes is not None and act not in LOOKING:  # whatever else its member is
        roles = tuple(each for each in roles if each == "integrator")
        if not roles:
            return Answer(False, "by-a-key")
    known = False
    for role in ("everybody", *roles):
        reach = _REACH.get((role, act))
        if reach is None:
            continue
        known = True
        if "recused" in relations:
            return Answer(False, "recused")
        if held := reach & relations:
            return Answer(True, f"{role}.{min(held)}", role)
    if not known and roles != attempt.roles:
        return Answer(False, "by-a-key")
    return Answer(False, "not-theirs" if known else "no-such-task")


def _in_scope(act: str, scopes: frozenset[str]) -> bool:
    return act in scopes or f"{act.partition('.')[0]}.*" in scopes or "*" in scopes


REFUSED = {
    OUT_OF_SCOPE: "with a key that was not issued for that",
    "by-a-key": "who showed a key, by which a person looks and no more: a person acts after logging in",
    "no-such-task": "who has no role in which this is done",
    "not-theirs": "to whom this does not stand in a way in which they may do it",
    "recused": "who stepped back from this case",
    "not-by-its-rules": "whom the rules of what was asked refuse",
    "not-a-member": "who is no member of the policy in force",
    "left": "who has left",
    "role-not-held": "in a role that is not theirs",
    "not-of-that-team": "for a team that is not theirs",
    "not-in-their-stead": "in the stead of somebody for whom they do not stand in",
}
"""Why something was refused, after the name of whoever asked."""
