"""A mapping: one TOML file that says which attribute of another system's log means what here."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Annotated, Literal, TypeAlias, get_args
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator

from api.channels.log_files import Encoding
from api.channels.source_times import TimeRules
from ledger.policy.document.conditions import Family

Meaning: TypeAlias = Literal["resolved", "closed", "reopened"]
FAMILIES: tuple[str, ...] = get_args(Family)
Name = Annotated[str, Field(min_length=1)]
SourceName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_.-]*$")]


class _Part(BaseModel):
    """A part of a mapping, in which an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class CaseAttribute(_Part):
    """Said once for the case: in XES of the trace, in CSV by the column `case:NAME` or `NAME`."""

    name: Name


class EventAttribute(_Part):
    """Said by the events: the case takes the first or the last value that is not empty."""

    event: Name
    take: Literal["first", "last"] = "first"


class Constant(_Part):
    """The same for every case of the log."""

    constant: Name


def _origin(written: object) -> object:
    match written:
        case str() if written:
            return CaseAttribute(name=written)
        case CaseAttribute() | EventAttribute() | Constant():
            return written
        case {"event": str() as name, **rest} if name and (
            not rest or rest in ({"take": "first"}, {"take": "last"})
        ):
            return EventAttribute.model_validate(written)
        case {"constant": str() as text, **rest} if text and not rest:
            return Constant.model_validate(written)
        case _:
            raise ValueError(
                'allowed: "NAME" of a case attribute, { event = "NAME", take = "first" or "last" } '
                'of its events, or { constant = "TEXT" }'
            )


Origin = Annotated[CaseAttribute | EventAttribute | Constant, BeforeValidator(_origin)]
"""Where a value of the case comes from."""


class ChannelCode(_Part):
    """A channel by its own code, and the family it belongs to."""

    code: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    family: Family


def _channel_code(written: object) -> object:
    match written:
        case str() if written in FAMILIES:
            return {"code": written, "family": written}
        case {"code": str(), "family": str() as family, **rest} if not rest and family in FAMILIES:
            return written
        case ChannelCode():
            return written
        case _:
            raise ValueError(
                f"allowed: {', '.join(FAMILIES)}, or "
                '{ code = "CODE", family = "FAMILY" } with one of these as its family'
            )


class LogNaming(_Part):
    """Which log this is; the ids of its cases are made from `name`, so that stays as it is."""

    name: SourceName
    title: str = ""
    source: str = ""


class CaseAttributes(_Part):
    """Where to find what is said of a case as a whole."""

    id: Name
    ids: dict[SourceName, Name] = {}
    """By the name of another system the attribute of the case that says what that calls it."""
    channel: Origin | None = None
    type: Origin | None = None
    received: Origin | None = None
    deadline: Origin | None = None
    ended: Origin | None = None
    responsible: Origin | None = None
    team: Origin | None = None


class EventAttributes(_Part):
    """Where to find what is said of an event."""

    time: Name
    activity: Name
    actor: Name | None = None
    team: Name | None = None


class WrittenTimes(_Part):
    """How the file writes its times."""

    zone: str | None = None
    formats: tuple[str, ...] = ()

    @field_validator("zone")
    @classmethod
    def _zone_exists(cls, zone: str | None) -> str | None:
        try:
            if zone is not None:
                ZoneInfo(zone)
        except (ValueError, OSError, KeyError):
            raise ValueError("allowed: an IANA time zone, like Europe/Amsterdam") from None
        return zone


def _compared(written: object) -> object:
    match written:
        case "row" | "none" | tuple():
            return written
        case [*names] if names and all(isinstance(name, str) and name for name in names):
            return tuple(names)
        case _:
            raise ValueError('allowed: "row", "none", or a list of attributes of the event')


class Reading(_Part):
    """How values are taken and what counts as what."""

    empty: tuple[str, ...] = ()
    transfers: Literal["actor", "team"] = "actor"
    duplicates: Annotated[Literal["row", "none"] | tuple[str, ...], BeforeValidator(_compared)] = (
        "row"
    )
    test_accounts: tuple[str, ...] = ()


class Activities(_Part):
    """Which activities end a case or reopen it, for a log without an attribute for the end."""

    resolved: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    reopened: tuple[str, ...] = ()


class CsvForm(_Part):
    """How a CSV file is written."""

    delimiter: Annotated[str, Field(min_length=1, max_length=1)] | None = None
    encoding: Encoding = "utf-8"


class Mapping(_Part):
    """How one log is read: which attribute means what, which value is which channel, and so on."""

    log: LogNaming
    case: CaseAttributes
    event: EventAttributes
    channels: dict[str, Annotated[ChannelCode, BeforeValidator(_channel_code)]] = {}
    times: WrittenTimes = WrittenTimes()
    reading: Reading = Reading()
    activities: Activities = Activities()
    csv: CsvForm = CsvForm()

    @property
    def case_keys(self) -> frozenset[str]:
        """Every attribute of the case that the mapping names."""
        named = (origin.name for origin in self._origins() if isinstance(origin, CaseAttribute))
        return frozenset({self.case.id, *self.case.ids.values(), *named})

    @property
    def event_keys(self) -> frozenset[str]:
        """Every attribute of an event that the mapping names."""
        event = self.event
        named = {event.time, event.activity, event.actor, event.team}
        lifted = {origin.event for origin in self._origins() if isinstance(origin, EventAttribute)}
        compared = self.reading.duplicates
        return frozenset(
            {*(name for name in named if name), *lifted}
            | (set(compared) if isinstance(compared, tuple) else set())
        )

    @property
    def time_rules(self) -> TimeRules:
        zone = self.times.zone
        return TimeRules(ZoneInfo(zone) if zone else None, self.times.formats)

    def is_empty(self, value: str) -> bool:
        """Whether a value of the file says that there is none."""
        return not value.strip() or value in self.reading.empty

    def is_test_account(self, actor: str) -> bool:
        """Whether this account is listed as one used for tests (`*` and `?` stand for any)."""
        return any(fnmatchcase(actor, pattern) for pattern in self.reading.test_accounts)

    def meaning_of(self, activity: str) -> Meaning | None:
        """What an activity does to the case, if anything."""
        if activity in self.activities.closed:
            return "closed"
        if activity in self.activities.resolved:
            return "resolved"
        return "reopened" if activity in self.activities.reopened else None

    def _origins(self) -> tuple[Origin | None, ...]:
        case = self.case
        return (
            case.channel,
            case.type,
            case.received,
            case.deadline,
            case.ended,
            case.responsible,
            case.team,
        )
