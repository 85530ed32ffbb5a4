"""What a clock definition holds: unit and amount, start and stop, what each wait does to it, when it alarms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, TypeAlias, cast

from pydantic import AfterValidator, BeforeValidator, Field, Strict, model_validator

from ledger.policy.values import (
    Amount,
    Code,
    Day,
    Label,
    Labelled,
    Percent,
    Section,
    Text,
    TimeOfDay,
    Unit,
    Whole,
    YesNo,
)

HOURS: frozenset[Unit] = frozenset({"elapsed_hours", "business_hours"})
DATES: frozenset[Unit] = frozenset({"calendar_days", "weeks", "months", "years"})
EffectKind: TypeAlias = Literal["none", "pause", "reset", "toll", "suspend"]
ReopenMode: TypeAlias = Literal["continue", "resume", "restart", "new_clock", "none"]
MarkStatus: TypeAlias = Literal["verified", "second_hand", "reported", "unverified", "assumed"]
Sense: TypeAlias = Literal["deadline", "not_before", "warning"]
"""Act before it is due; act not before then; or only warn of what ends then, by which nobody in the office is late."""
Moment: TypeAlias = Literal["reached_body", "reached_office", "complete", "event"]
DueAt: TypeAlias = Literal["end_of_local_day", "start_of_local_day", "close_of_business", "exact"]
OffsetUnit: TypeAlias = Literal["elapsed_hours", "business_hours", "working_days", "calendar_days"]


class Effect(Section):
    """What waiting for one reason does to a clock. Written as one word, or as a table to say more."""

    effect: EffectKind
    limit: Amount | None = None
    """How often a toll may be used."""
    start_day_counts: YesNo = False
    end_day_counts: YesNo = False

    @model_validator(mode="after")
    def _toll_is_limited(self) -> Effect:
        if self.effect == "toll" and self.limit is None:
            raise ValueError("a toll needs a limit: how often may it be used? (limit = 1)")
        if self.effect != "toll" and self.limit is not None:
            raise ValueError("only a toll has a limit; leave it out or use effect = 'toll'")
        return self


def _as_effect(value: object) -> object:
    return {"effect": value} if isinstance(value, str) else value


class Period(Section):
    """An amount of one unit."""

    amount: Amount
    unit: Unit


class StartCap(Period):
    """The clock starts no later than this long after another moment."""

    after: Code


class Duty(Section):
    """Somebody to be told of an extension, and within how many days of its notice."""

    party: Code
    when_above: Whole = 0
    """Only where the clock is thereby extended by more than this in all."""
    within_days: Whole = 0


class ExtensionTerms(Section):
    """By whom a clock may be extended, by how much, from where it is counted, and who must be told."""

    authority: Code
    reasons: tuple[Code, ...] = ()
    unit: Unit
    cap: Amount | None = None
    """At most this much in all; none if the law says 'reasonable'."""
    times: Amount | None = None
    base: Literal["start", "due"] = "start"
    notice: Literal["none", "requester"] = "requester"
    notice_before: Literal["due", "first_due"] = "due"
    """Whether its notice is in time until the clock is due, or only until it was due before any extension."""
    tell: tuple[Duty, ...] = ()


class LapseTerms(Period):
    """After how long without an answer a clock may lapse, and how long before its notice must be given."""

    notice: Period | None = None
    first_day: Literal["excluded", "included"] = "excluded"
    """Whether 'n months' begin with the day itself, and so end the day before the corresponding one (row 12)."""

    @property
    def units(self) -> tuple[Unit, ...]:
        return (self.unit,) if self.notice is None else (self.unit, self.notice.unit)


class Mark(Section):
    """How far a setting of a clock was checked against the law that it cites, and by what."""

    setting: Label
    status: MarkStatus
    source: Text


def _as_parties(value: object) -> object:
    return (value,) if isinstance(value, str) else value


class RungTerms(Section):
    """A step of escalation: at a percentage of the time, or at a distance from the due instant, and who is told."""

    code: Code
    percent: Percent | None = None
    offset: Annotated[int, Strict(), Field(ge=-10_000, le=10_000)] | None = None
    """Before the due date if negative, at it if 0, after it if positive."""
    unit: OffsetUnit = "working_days"
    calendar: Code | None = None
    party: Annotated[tuple[Code, ...], BeforeValidator(_as_parties), Field(min_length=1)]

    @property
    def before_the_end(self) -> bool:
        """Whether it is reached while some of the time is left."""
        return self.percent < 100 if self.percent is not None else (self.offset or 0) < 0

    @model_validator(mode="after")
    def _stands_somewhere(self) -> RungTerms:
        if (self.percent is None) == (self.offset is None):
            raise ValueError("needs either percent or offset, and not both")
        return self


class ClockRules(Labelled):
    """What a clock counts, from where to where, and what becomes of it meanwhile."""

    pack: Code
    version: Label
    citation: Text
    unit: Unit
    amount: Amount
    sense: Sense = "deadline"
    shadow: YesNo = False
    """Shown beside the clock that binds, so that incompleteness never hides waiting; it does not escalate."""
    starts_on: Moment
    start_event: Code | None = None
    """Which milestone or date field starts it, if `starts_on` is 'event'."""
    start_cap: StartCap | None = None
    stops_on: tuple[Code, ...] = Field(min_length=1)
    cut_off: TimeOfDay | None = None
    """What arrives at or after this local time is received on the next counting day."""
    closed_day_receipt: Literal["counts", "next_open_day"] = "counts"
    first_day: Literal["excluded", "included"] = "excluded"
    counting_calendar: Code | None = None
    roll: Literal["none", "forward"] = "none"
    roll_over: Code | None = None
    due_at: DueAt | None = None
    office_calendar: Code | None = None
    effects: Mapping[Code, Annotated[Effect, BeforeValidator(_as_effect)]] = {}
    pause_limit: Amount | None = None
    """How much waiting in all can pause the clock: counted days or, for hours, hours."""
    extensions: tuple[ExtensionTerms, ...] = ()
    lapse: LapseTerms | None = None
    reopen: ReopenMode = "continue"
    applies_by: Literal["start_date", "event_date"] = "start_date"
    effective_from: Day | None = None
    effective_until: Day | None = None
    transition: Literal["starts_only", "open_clocks"] = "starts_only"
    """Whether this edition takes over, when it takes effect, what an earlier one of its pack started."""
    marks: tuple[Mark, ...] = ()

    @property
    def confirmed(self) -> bool:
        """Whether every setting that is marked was read in an official text, and one is."""
        return bool(self.marks) and all(each.status == "verified" for each in self.marks)

    @property
    def in_hours(self) -> bool:
        return self.unit in HOURS

    @model_validator(mode="after")
    def _is_sound(self) -> ClockRules:
        for wrong, sentence in self._contradictions():
            if wrong:
                raise ValueError(sentence)
        return self

    def _contradictions(self) -> tuple[tuple[bool, str], ...]:
        exact = self.due_at == "exact"
        return (
            (
                self.unit == "working_days" and self.counting_calendar is None,
                "counts working days and needs counting_calendar: the calendar that says which",
            ),
            (
                (self.starts_on == "event") != (self.start_event is not None),
                "start_event and starts_on = 'event' go together: give both or neither",
            ),
            (
                self.roll == "forward" and self.roll_over is None,
                "rolls forward and needs roll_over: the calendar whose days it rolls over",
            ),
            (
                self.roll == "none" and self.roll_over is not None,
                "has roll_over but no roll: add roll = 'forward' or leave it out",
            ),
            (
                self.unit not in DATES and self.roll == "forward",
                f"counts {self.unit} and never needs to roll: leave roll out",
            ),
            (
                self.in_hours and self.due_at not in (None, "exact"),
                "counts hours and is due at an exact instant: leave due_at out",
            ),
            (
                self.start_cap is not None and self.start_cap.unit in HOURS,
                "has a start_cap in hours: give it in days, weeks, months or years",
            ),
            (
                self.start_cap is not None
                and self.start_cap.unit == "working_days"
                and self.counting_calendar is None,
                "has a start_cap in working days and needs counting_calendar",
            ),
            (not self.in_hours and exact, "counts days and cannot be due at an exact instant"),
            (
                self.lapse is not None
                and "working_days" in self.lapse.units
                and self.counting_calendar is None,
                "lapses in working days and needs counting_calendar",
            ),
            (
                self.transition == "open_clocks" and self.effective_from is None,
                "takes over open clocks and needs effective_from: from when?",
            ),
            (
                self.in_hours and (self.first_day == "included" or self.cut_off is not None),
                "counts hours: first_day and cut_off are for days, leave them out",
            ),
            (
                self.closed_day_receipt == "next_open_day" and self.counting_calendar is None,
                "moves receipt to the next open day and needs counting_calendar to find it",
            ),
            (
                self.cut_off is not None and self.counting_calendar is None,
                "has a cut_off and needs counting_calendar to find the next counting day",
            ),
            (
                bool(self.effective_from and self.effective_until)
                and cast("Day", self.effective_from) > cast("Day", self.effective_until),
                "ends before it takes effect: effective_until must not be before effective_from",
            ),
            *(
                (
                    not (extension.unit == self.unit or {extension.unit, self.unit} <= DATES),
                    f"counts {self.unit} and cannot be extended in {extension.unit}: say it in its own unit",
                )
                for extension in self.extensions
            ),
        )


def _each_rung_once(rungs: tuple[RungTerms, ...]) -> tuple[RungTerms, ...]:
    codes = [rung.code for rung in rungs]
    if len(codes) != len(set(codes)):
        raise ValueError("two rungs have the same code: give each its own")
    return rungs


Rungs: TypeAlias = Annotated[tuple[RungTerms, ...], AfterValidator(_each_rung_once)]


class ClockTerms(ClockRules):
    """A clock as the document defines it; what it leaves out is the office's."""

    zone: Label | None = None
    rungs: Rungs | None = None


class ClockDefinition(ClockRules):
    """A clock ready to be reckoned: with its code, and with all that the document leaves out."""

    code: Code
    zone: Label
    rungs: Rungs = ()

    def effect_of(self, reason: str) -> Effect:
        """What waiting for this reason does; nothing unless the definition says so."""
        return self.effects.get(reason, _NO_EFFECT)


_NO_EFFECT = Effect(effect="none")


def define(
    code: str,
    terms: ClockTerms,
    *,
    zone: str,
    office_calendar: str | None,
    calendar: str | None,
    rungs: tuple[RungTerms, ...],
) -> ClockDefinition:
    """The clock with the office's zone, hours and rungs where it has none of its own.

    `calendar` is the office's counting calendar: days of a rung are counted in the rung's own
    calendar, else in the clock's, else in the office's. A clock that only warns takes of the office's
    rungs those before its end: what has ended is warned of no more, and nobody has to answer for it.
    """
    days = terms.counting_calendar or terms.roll_over or calendar
    silent = terms.shadow or terms.sense == "not_before"
    usual = () if silent else rungs
    if terms.sense == "warning":
        usual = tuple(rung for rung in usual if rung.before_the_end)
    own = terms.rungs if terms.rungs is not None else usual
    said = {name: getattr(terms, name) for name in ClockRules.model_fields}
    said |= {
        "code": code,
        "zone": terms.zone or zone,
        "office_calendar": terms.office_calendar or office_calendar,
        "rungs": tuple(
            rung if rung.calendar else rung.model_copy(update={"calendar": days}) for rung in own
        ),
    }
    return ClockDefinition.model_validate(said)
