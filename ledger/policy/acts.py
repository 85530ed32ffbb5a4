"""Acts: what somebody may do or look at in which role, as a plain table that gives its reason.

Access to personal values is another table (`access`); this one says who gets as far as asking. Roles
are those of the office's policy, and how a case stands to whoever acts is part of each line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from ledger.policy.access import Role

Relation = Literal["own", "team", "theirs", "inquiry", "other", "recused", "none"]
"""How what is acted on stands to whoever acts: they own it; it is with their team, on its way there or with
nobody yet; it came from them; an open inquiry that they have names it; none of these; they stepped back
from it; or it is no case and no team's."""

_ANY: frozenset[Relation] = frozenset({"own", "team", "theirs", "inquiry", "other", "none"})
_TEAM: frozenset[Relation] = frozenset({"own", "team"})
_THEIRS: frozenset[Relation] = frozenset({"theirs", "none"})
_INQUIRY: frozenset[Relation] = frozenset({"inquiry"})
_INQUIRY_OR_NONE: frozenset[Relation] = frozenset({"inquiry", "none"})


class Line(NamedTuple):
    """A line of the table: whoever acts in this role may do this where it stands so to them."""

    role: Role | Literal["everybody"]
    acts: frozenset[str]
    relations: frozenset[Relation]


def _acts(kind: str, names: str) -> frozenset[str]:
    return frozenset(f"{kind}.{name}" for name in names.split())


OPEN = frozenset({"case.open"})
LOOK_AT_CASE = _acts("case", "read trail spans clocks entries values")
FIGURES = _acts("figures", "board queue sla exceptions flow escalations rates")
ASK_AND_HEAR = _acts(
    "case",
    "classify ask receive stop-chase severity adjust clear-flag contact promise safe-contact note item "
    "link concerns concerns-not confirm-need milestone followed-up follow-up complete take task cancel "
    "given failed notice route",
)
PEOPLE = _acts(
    "party",
    "party party-contact identify same-person represent represent-no-more born died party-safe-contact "
    "read",
)
TRAY = _acts("tray", "tray-put tray-handle read")
WORK = ASK_AND_HEAR | _acts(
    "case",
    "transfer accept decline return recuse reassign refer received-there wait resume extend told lapse "
    "correct-start escalate ready override decide resolve reopen settle decide-return review finding correct",
)
DISPATCH = _acts("case", "confirm assign skip") | _acts(
    "team",
    "rate-set rate-drop rate-answer rate-close rate-effort calls-draw calls-log sequence-set sequence-advance",
)
SUPERVISE = _acts("case", "acknowledge adjudicate escalate clear-flag")
EVIDENCE = _acts("evidence", "entry proof checkpoint verify")
POLICIES = _acts("policy", "read")
AUDIT = EVIDENCE | POLICIES | _acts("registers", "accesses holds inquiries disclosures releases")

TABLE: tuple[Line, ...] = (
    Line(
        "everybody",
        frozenset({"case.status", "evidence.checkpoint", "form.read", "form.check"}),
        _ANY,
    ),
    Line(
        "intake",
        OPEN | PEOPLE | TRAY | LOOK_AT_CASE | ASK_AND_HEAR | {"search.cases", "case.return"},
        _ANY,
    ),
    Line("intake", FIGURES, _TEAM),
    Line("caseworker", OPEN | PEOPLE | {"search.cases"}, _ANY),
    Line("caseworker", LOOK_AT_CASE | WORK | FIGURES | {"team.pull", "case.proofs"}, _TEAM),
    Line("dispatcher", OPEN | PEOPLE | {"search.cases"}, _ANY),
    Line("dispatcher", LOOK_AT_CASE | WORK | FIGURES | DISPATCH | {"team.pull"}, _TEAM),
    Line("supervisor", POLICIES | {"search.cases"}, _ANY),
    Line("supervisor", LOOK_AT_CASE | FIGURES | SUPERVISE | DISPATCH, _TEAM),
    Line(
        "director",
        LOOK_AT_CASE | FIGURES | SUPERVISE | POLICIES | {"search.cases", "policy.publish"},
        _ANY,
    ),
    Line("minister", OPEN | {"figures.published"}, _ANY),
    Line("foi", LOOK_AT_CASE | EVIDENCE | POLICIES | {"search.cases"}, _ANY),
    Line("foi", _acts("registers", "disclosures releases holds"), _ANY),
    Line("records", LOOK_AT_CASE | {"search.cases", "case.hold"}, _ANY),
    Line("records", _acts("registers", "holds disclosures releases accesses"), _ANY),
    Line(
        "auditor",
        LOOK_AT_CASE | FIGURES | AUDIT | {"search.cases", "feed.read", "case.proofs"},
        _ANY,
    ),
    Line("liaison", LOOK_AT_CASE | {"registers.inquiries", "case.proofs"}, _INQUIRY_OR_NONE),
    Line("ombudsman", LOOK_AT_CASE | {"case.proofs"}, _INQUIRY),
    Line("ombudsman", frozenset({"registers.inquiries"}), _INQUIRY_OR_NONE),
    Line(
        "integrator",
        OPEN | {"party.party", "party.party-contact", "feed.read", "webhook.manage"},
        _ANY,
    ),
    Line("integrator", LOOK_AT_CASE - {"case.values"} | {"search.cases", "tray.tray-put"}, _THEIRS),
    Line(
        "integrator",
        _acts("case", "receive contact note item link milestone given failed"),
        _THEIRS,
    ),
)
"""Who may do what; whatever no line allows is refused."""

EVERY_ACT = frozenset(act for line in TABLE for act in line.acts)


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


def may(attempt: Attempt) -> Answer:
    """The first line that allows it, of the role that is named first; else why none does."""
    if attempt.scopes is not None and not _in_scope(attempt.act, attempt.scopes):
        return Answer(False, "out-of-scope")
    lines = [
        line
        for role in ("everybody", *dict.fromkeys(attempt.roles))
        for line in TABLE
        if line.role == role and attempt.act in line.acts
    ]
    if not lines:
        return Answer(False, "no-such-task")
    if "recused" in attempt.relations:
        return Answer(False, "recused")
    for line in lines:
        if held := attempt.relations & line.relations:
            return Answer(True, f"{line.role}.{min(held)}", line.role)
    return Answer(False, "not-theirs")


def _in_scope(act: str, scopes: frozenset[str]) -> bool:
    return act in scopes or f"{act.partition('.')[0]}.*" in scopes or "*" in scopes


REFUSED = {
    "out-of-scope": "with a key that was not issued for that",
    "no-such-task": "who has no role in which this is done",
    "not-theirs": "to whom this does not stand in a way in which they may do it",
    "recused": "who stepped back from this case",
}
"""Why something was refused, after the name of whoever asked."""
