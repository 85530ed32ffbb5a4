"""The policy document: programmes, request types, teams, people, routing rules, clocks and reasons.

One TOML file says it all; the models here are its schema. What refers to what is checked by
`references`, what could be better by `checking`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Annotated, Literal, TypeAlias
from zoneinfo import ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field, Strict, model_validator

from ledger.policy.access import Role
from ledger.policy.calendars.counting import CalendarTerms
from ledger.policy.calendars.zones import zone_of
from ledger.policy.document.alerts import Alerting
from ledger.policy.document.calls import CallTerms
from ledger.policy.document.chases import ChasePlan
from ledger.policy.document.clocks import ClockTerms, OffsetUnit, Rungs
from ledger.policy.document.conditions import Family, FieldKind, When
from ledger.policy.document.contacts import ContactKind
from ledger.policy.document.custody import CustodyTerms
from ledger.policy.document.decisions import CloseReason, Delegation
from ledger.policy.document.disclosing import (
    ConsultationKind,
    ConsultationTerms,
    DisclosureTerms,
    Exemption,
)
from ledger.policy.document.keeping import KeepingTerms
from ledger.policy.document.mail import MailTerms
from ledger.policy.document.notices import Template
from ledger.policy.document.open311 import Open311Terms
from ledger.policy.document.people import People
from ledger.policy.document.pulling import PullTerms
from ledger.policy.document.readiness import ReadinessCheck
from ledger.policy.document.retention import RetentionClass
from ledger.policy.values import (
    Amount,
    Code,
    Label,
    Labelled,
    Language,
    Percent,
    Section,
    Whole,
    Words,
    YesNo,
)


def _known_zone(name: str) -> str:
    try:
        zone_of(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError(
            f"'{name}' is not a time zone: name one of the IANA list, such as America/Halifax"
        ) from None
    return name


Zone: TypeAlias = Annotated[Label, AfterValidator(_known_zone)]


class Office(Labelled):
    """The office itself: its name, zone, languages, calendars, and what every intake asks."""

    zone: Zone
    languages: tuple[Language, ...] = Field(default=("en", "fr"), min_length=1)
    counting_calendar: Code
    office_calendar: Code
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    """In whose cents every amount is, by its ISO 4217 code; amounts are told without one if left out."""
    asks: tuple[Code, ...] = ()
    """Fields that every request type requires."""
    offers: tuple[Code, ...] = ()
    """Fields that every request type asks and none requires."""
    director: Code | None = None
    directory_system: Code | None = None
    """The system that says who of the staff joins and leaves, without anybody else; none if left out."""
    backdating_days: Whole | None = None
    """How many days back a wait or a start may be entered afterwards, on evidence; no limit if left out."""
    silence_days: Amount | None = None
    """Calendar days without word to the requester after which an alarm is raised; never if left out."""


class Region(Labelled):
    """A region; one inside another is taken for it by any rule that names the outer one."""

    within: Code | None = None


class Channel(Labelled):
    """A way in, of one of the six families; for forms and robots, which category is which type."""

    family: Family
    options: tuple[Label, ...] = ()
    """What the form offers to choose from, as it sends it; each is one of `categories`."""
    categories: Mapping[Label, Code] = {}
    """For each option its request type, or `triage` where a person must find out what it is."""
    senders: tuple[Label, ...] = ()
    """The addresses of the robots whose mail comes by it; the category is looked for in what they write."""


class AskedField(Labelled):
    """A field of the intake: its prompt (`en`, `fr`), and who may see the answer."""

    tier: Literal["office", "personal"]
    kind: FieldKind
    proves: Literal["identity", "fee"] | None = None
    """The need of a complete request that its answer tells of; a requester is asked for the need alone."""
    choices: Mapping[Code, Words] = {}
    help: Words | None = None
    why: Words | None = None
    when: When | None = None
    """Asked only when this holds; always if left out."""
    about: Literal["requester", "subject", "representative", "third_party"] = "requester"
    compartment: Code | None = None
    raises_flag: Code | None = None
    """The flag that shows that it was answered, where the answer itself must not show."""
    sets_language: YesNo = False
    """Its answer is the language of correspondence of the case, unless somebody says another."""
    names_decision: YesNo = False
    """Its answer names the decision that the case is about: of a review, the case that it reviews, without asking."""
    past: YesNo = False
    """Its answer is a day that has been, as a date of birth: one that lies ahead is refused."""
    tells: Literal["interview_language", "interpreter", "format"] | None = None
    """What its answer tells of how to speak with the requester, or in which form to write."""

    @model_validator(mode="after")
    def _choices_are_for_choosing(self) -> AskedField:
        if (self.kind == "choice") != bool(self.choices):
            raise ValueError("kind = 'choice' and choices go together: give both or neither")
        if self.sets_language and (self.kind, self.tier) != ("choice", "office"):
            raise ValueError(
                "sets_language is for a choice of the office tier, since rules look at the language"
            )
        if self.names_decision and (self.kind, self.tier) != ("text", "office"):
            raise ValueError("names_decision is for a text of the office tier")
        if self.past and self.kind != "date":
            raise ValueError("past is for a date")
        if self.tells and not (self.kind in ("choice", "text") and self.tier == "office"):
            raise ValueError("tells is for a choice or a text of the office tier")
        return self


class DueCap(Section):
    """A clock of this type is due no later than so long from the date in a field."""

    field: Code
    offset: Annotated[int, Strict(), Field(ge=-1000, le=1000)] = 0
    unit: Literal["working_days", "calendar_days"] = "calendar_days"


class TypeClock(Section):
    """A clock that a type arms, written as its code, or as a table to say when."""

    clock: Code
    when: When | None = None
    months: tuple[Annotated[int, Strict(), Field(ge=1, le=12)], ...] = ()
    not_after: DueCap | None = None


def _as_type_clock(value: object) -> object:
    return {"clock": value} if isinstance(value, str) else value


class RequestType(Labelled):
    """A type of request: what it asks, which clocks it arms, and what it takes to decide it."""

    programme: Code
    required: tuple[Code, ...] = ()
    optional: tuple[Code, ...] = ()
    one_of: tuple[tuple[Code, ...], ...] = ()
    """Of each group at least one field is required."""
    complete_needs: tuple[Literal["identity", "fee", "particulars"], ...] = ()
    effort_points: Amount = 1
    clocks: tuple[Annotated[TypeClock, BeforeValidator(_as_type_clock)], ...] = ()
    deadline_bearing: YesNo = False
    judgement: YesNo = False
    """Its decision needs delegated authority."""
    person_confirms: YesNo = False
    reviews: YesNo = False
    """Its cases review decisions of other cases."""
    other_decider: YesNo = False
    """Nobody of the team that decided before may decide this."""
    checklist: tuple[ReadinessCheck, ...] = ()
    """What must be so before a case is decided, besides that it is complete."""
    settle_days: Whole = 10
    """Working days after the resolution in which a contact is proposed as a return."""
    retention: Code | None = None
    """The class by which its records are kept."""
    retention_by_outcome: Mapping[Code, Code] = {}
    """Another class, where the case had this outcome."""
    chase: Code | None = None
    """By which plan what is missing is chased."""

    def unmet(self, needs: Collection[str]) -> tuple[Literal["identity", "fee"], ...]:
        """What a complete request needs besides its fields, where these needs are met already."""
        return tuple(
            each for each in self.complete_needs if each != "particulars" and each not in needs
        )


class WorkInProgress(Section):
    """How many cases one person may have at once."""

    active: Amount
    paused: Amount


class Team(Labelled):
    """A team: where it works, what it can do, how much one person may hold, and who leads it."""

    regions: tuple[Code, ...] = ()
    skills: tuple[Code, ...] = ()
    wip: WorkInProgress
    leader: Code | None = None
    on_call: tuple[Code, ...] = ()
    """Who answers for it at any hour, in turn, whatever team they are of."""
    few_by_design: YesNo = False
    """Fewer than two people for a skill is known and accepted."""


class Member(Section):
    """Somebody who acts, under a code; the name is kept apart from the rest."""

    name: Label | None = None
    kind: Literal["person", "machine"] = "person"
    version: Label | None = None
    teams: tuple[Code, ...] = Field(min_length=1)
    """The first is where the capacity counts."""
    skills: tuple[Code, ...] = ()
    roles: tuple[Role, ...] = ("caseworker",)
    """What they may act as; leaders and the office's director are so by their place."""
    inquires_for: Code | None = None
    """Of an ombudsman: the office within whose inquiries alone they read, as these name it; within all if left out."""
    languages: tuple[Language, ...] = ("en",)
    points_a_day: Whole = 0
    fte_percent: Percent = 100

    @model_validator(mode="after")
    def _machines_say_their_version(self) -> Member:
        if self.kind == "machine" and self.version is None:
            raise ValueError("a machine needs its version: its entries carry it")
        return self

    @model_validator(mode="after")
    def _who_inquires_is_an_ombudsman(self) -> Member:
        if self.inquires_for is not None and "ombudsman" not in self.roles:
            raise ValueError(
                "inquires_for is of an ombudsman: give them that role, or leave it out"
            )
        return self


class Overflow(Section):
    """Where cases go when the team's load is above a share of its capacity."""

    to: tuple[Code, ...] = Field(min_length=1)
    above_percent: Amount


class Confirmation(Section):
    """Who confirms what the rules below propose, and within how long; they are accountable meanwhile."""

    team: Code
    within: Amount = 1
    unit: OffsetUnit = "business_hours"


class RoutingRule(Labelled):
    """A routing rule: when it holds, and to which team the case then goes."""

    code: Code
    when: When = When()
    default: YesNo = False
    team: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.{}-]+$", max_length=64)] | None = None
    """A team, or a pattern such as `RDW-{region}`."""
    teams: tuple[Code, ...] = ()
    skill: Code | None = None
    by: Literal["order", "load"] = "order"
    overflow: Overflow | None = None
    exclude: tuple[Code, ...] = ()
    """Teams in one of these relations to the case, such as `decider`, are passed over."""
    confirm: Confirmation | None = None
    lane: Literal["immediate"] | None = None
    compartment: Code | None = None
    alarm_above_percent: Percent | None = None

    @model_validator(mode="after")
    def _goes_somewhere(self) -> RoutingRule:
        by_list = bool(self.teams) or self.skill is not None
        if sum((self.team is not None, by_list, self.confirm is not None)) != 1:
            raise ValueError(
                "goes nowhere or to two places: give one of team, teams (or skill), confirm"
            )
        if self.default and (self.team is None or self.when != When() or self.exclude):
            raise ValueError("the default names one team and has no condition: leave out the rest")
        if self.alarm_above_percent is not None and not self.default:
            raise ValueError("alarm_above_percent is for the default rule: leave it out here")
        return self


WaitedOn: TypeAlias = Literal["requester", "third_party", "other_body"]


class WaitReason(Labelled):
    """A reason to wait, and on whom."""

    on: WaitedOn


class Reasons(Section):
    """The coded reasons, list by list."""

    transfer: Mapping[Code, Labelled] = {}
    decline: Mapping[Code, Labelled] = {}
    returned: Mapping[Code, Labelled] = {}
    skip: Mapping[Code, Labelled] = {}
    wait: Mapping[Code, WaitReason] = {}
    extension: Mapping[Code, Labelled] = {}
    close: Mapping[Code, CloseReason] = {}
    reopen: Mapping[Code, Labelled] = {}
    contact: Mapping[Code, ContactKind] = {}
    escalation: Mapping[Code, Labelled] = {}
    severity: Mapping[Code, Labelled] = {}


class Policy(Section):
    """The whole document."""

    format: Literal["caseledger.policy/1"]
    packs: tuple[Code, ...] = ()
    """Shipped packs that complete this document when its file is read; what it says itself stands."""
    office: Office
    calendars: Mapping[Code, CalendarTerms]
    regions: Mapping[Code, Region] = {}
    channels: Mapping[Code, Channel]
    skills: Mapping[Code, Labelled] = {}
    flags: Mapping[Code, Labelled] = {}
    milestones: Mapping[Code, Labelled] = {}
    """Acts that start or stop clocks, besides those that every ledger knows."""
    fields: Mapping[Code, AskedField] = {}
    programmes: Mapping[Code, Labelled]
    retention: Mapping[Code, RetentionClass] = {}
    exemptions: Mapping[Code, Exemption] = {}
    consultations: Mapping[ConsultationKind, ConsultationTerms] = {}
    disclosure: DisclosureTerms = DisclosureTerms()
    """How requests for information are answered."""
    people: People = People()
    alerting: Alerting = Alerting()
    chases: Mapping[Code, ChasePlan] = {}
    """How what is missing is chased, by plan."""
    reasons: Reasons = Reasons()
    rungs: Rungs = ()
    """The steps of escalation of every clock that has none of its own."""
    clocks: Mapping[Code, ClockTerms] = {}
    types: Mapping[Code, RequestType]
    delegations: Mapping[Code, Delegation] = {}
    templates: Mapping[Code, Template] = {}
    teams: Mapping[Code, Team]
    members: Mapping[Code, Member] = {}
    pull: PullTerms | None = None
    """Who may take which case of a queue, and in which order; without it any member of the team may."""
    calls: CallTerms = CallTerms()
    custody: CustodyTerms = CustodyTerms()
    keeping: KeepingTerms = KeepingTerms()
    mail: MailTerms = MailTerms()
    open311: Open311Terms = Open311Terms()
    """What anybody may ask for and see by Open311 GeoReport."""
    routing: tuple[RoutingRule, ...] = Field(min_length=1)

    @property
    def interviewed_in(self) -> tuple[str, ...]:
        """The languages of the office, and those in which its forms offer an interview."""
        telling = (each for each in self.fields.values() if each.tells == "interview_language")
        offered = (code for field in telling for code in field.choices)
        return tuple(dict.fromkeys((*self.office.languages, *offered)))


KNOWN_MILESTONES = frozenset(
    {
        "acknowledged", "contacted", "made_safe", "done", "decided", "decision_given", "access_given",
        "resolved", "settled", "returned", "published", "decided_not_to_publish",
        "sent_to_applicant", "hearing_held", "order_given", "report_filed", "notice_given",
        "answered", "transferred", "classified", "routed", "accepted", "opened",
    }
)  # fmt: skip
"""Acts that every ledger knows; a policy names further ones under `milestones`."""

TRIAGE = "triage"
"""What a category of a form says in the place of a request type: a person finds out."""

PARTIES = frozenset({"owner", "team", "leader", "director", "dispatcher", "on_call"})
"""Who can be told of a rung, besides a member by code."""
