"""Access: in which role and for which purpose personal values may be opened, as a plain table that gives its reason.

Access follows the task and the role sets the default (domain, section 2); a compartment is a kind of
stream that only some roles reach at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Role = Literal[
    "intake", "caseworker", "dispatcher", "supervisor", "director", "minister", "foi", "records",
    "auditor", "liaison", "ombudsman", "integrator",
]  # fmt: skip
"""What a person may act as; `liaison` answers an ombudsman for the office."""
Purpose = Literal[
    "intake", "casework", "contact", "supervision", "task", "disclosure", "subject_access",
    "retention", "audit", "inquiry", "integration",
]  # fmt: skip
Reach = Literal["any", "team", "contact", "birth", "inquiry"]
"""Of which streams: any of the kind, those with the reader's teams, any but only what must be seen before
somebody is contacted, any but only when somebody was born, or those that an open inquiry names."""

RECORDING = 2
"""The version of access recording: since 2 an entry says which slots of which entries were opened, and
refusals are recorded. Version 1 recorded the stream and the version up to which it was read."""


class Rule(NamedTuple):
    """A line of the table: whoever acts in this role may open these kinds of streams for this purpose."""

    role: Role | Literal["machine"]
    purpose: Purpose
    kinds: frozenset[str]
    reach: Reach

    @property
    def ground(self) -> str:
        """The line as the code that goes on record."""
        return f"{self.role}.{self.purpose}.{self.reach}"


_CASE, _PARTY, _TRAY = "case", "party", "tray"
_FILES = frozenset({_CASE, _PARTY, _TRAY})
_OPEN_HOUSE = frozenset(
    {_CASE, _PARTY, _TRAY, "import", "policy", "directory", "rate", "calls", "sequence"}
)
_COMPARTMENTS_OF_AUDIT = frozenset({"access", "hold", "disposal", "erasure"})
TABLE: tuple[Rule, ...] = (
    Rule("caseworker", "casework", frozenset({_CASE}), "team"),
    Rule("caseworker", "casework", frozenset({_PARTY}), "any"),
    Rule("caseworker", "contact", frozenset({_CASE, _PARTY}), "contact"),
    Rule("dispatcher", "supervision", frozenset({_CASE}), "team"),
    Rule("supervisor", "supervision", frozenset({_CASE, "rate", "calls"}), "team"),
    Rule("supervisor", "supervision", frozenset({"sequence"}), "any"),
    Rule("director", "task", frozenset({_CASE}), "any"),
    Rule("intake", "intake", _FILES, "any"),
    Rule("foi", "disclosure", _OPEN_HOUSE | {"disclosure", "release"}, "any"),
    Rule("foi", "subject_access", _OPEN_HOUSE, "any"),
    Rule("records", "retention", _FILES | {"import", "hold", "disposal", "erasure"}, "any"),
    Rule("auditor", "audit", _OPEN_HOUSE | _COMPARTMENTS_OF_AUDIT, "any"),
    Rule("liaison", "inquiry", frozenset({"inquiry"}), "any"),
    Rule("liaison", "inquiry", _FILES, "inquiry"),
    Rule("ombudsman", "inquiry", frozenset({"inquiry", _CASE}), "inquiry"),
    Rule("machine", "contact", frozenset({_CASE, _PARTY}), "contact"),
    Rule("machine", "task", frozenset({_PARTY}), "birth"),
    Rule("machine", "integration", frozenset({"import"}), "any"),
)
"""Who may open what, for which purpose; whatever no line allows is refused. A minister's office has no line."""


IN_COMPARTMENT: frozenset[Purpose] = frozenset({"inquiry", "disclosure", "subject_access"})
"""Purposes that by themselves tell what only a compartment may know: that somebody inquires or asked for access."""
SEE_COMPARTMENTS: frozenset[Role] = frozenset({"auditor", "records", "liaison", "foi"})
"""Who may be told that a stream was opened for such a purpose."""


InquiryStands = Literal["open", "expired", "outside", "elsewhere"]
"""How an inquiry stands to a stream that is read within it: `elsewhere` is that of another office than the reader's."""


@dataclass(frozen=True, slots=True)
class Seen:
    """All that the table looks at: who asks, in which roles, for what, and how the stream stands to them.

    `inquiry` is None where none was named; `recused` says that the reader stepped back from the case.
    """

    kind: str
    roles: tuple[str, ...]
    purpose: str | None = None
    with_team: bool = False
    only_contact: bool = False
    only_birth: bool = False
    recused: bool = False
    inquiry: InquiryStands | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether values may be opened, on which ground, and in which role for which purpose that is."""

    allowed: bool
    ground: str
    role: str | None = None
    purpose: str | None = None


def may_open(seen: Seen) -> Verdict:
    """The first line of the table that allows it, of the role that is named first; else why none does."""
    if seen.recused:
        return _refused("recused", seen)
    lines = [
        rule
        for role in dict.fromkeys(seen.roles)
        for rule in TABLE
        if rule.role == role and seen.kind in rule.kinds and seen.purpose in (None, rule.purpose)
    ]
    for rule in lines:
        if _reaches(rule.reach, seen):
            return Verdict(True, rule.ground, rule.role, rule.purpose)
    reaches = {rule.reach for rule in lines}
    if "inquiry" in reaches and seen.inquiry not in (None, "open"):
        return _refused(f"inquiry-{seen.inquiry}", seen)
    if "team" in reaches:
        return _refused("other-team", seen)
    return _refused("no-such-purpose" if not lines else "not-of-this-task", seen)


def _reaches(reach: Reach, seen: Seen) -> bool:
    return {
        "any": True,
        "team": seen.with_team,
        "contact": seen.only_contact,
        "birth": seen.only_birth,
        "inquiry": seen.inquiry == "open",
    }[reach]


def _refused(ground: str, seen: Seen) -> Verdict:
    return Verdict(False, ground, None, seen.purpose)


REFUSED = {
    "not-a-member": "is no member of the policy in force",
    "role-not-held": "does not hold the role that they act in",
    "recused": "stepped back from this case",
    "other-team": "is of another team than the one that has this case",
    "no-such-purpose": "has no role in which this may be opened for that purpose",
    "not-of-this-task": "may open of this only what that task needs",
    "inquiry-expired": "may not read on, since the inquiry has expired",
    "inquiry-outside": "may not read this, since the inquiry does not name it",
    "inquiry-elsewhere": "may not read this, since the inquiry is of another office",
}
"""Why something was refused, after the name of whoever asked."""
