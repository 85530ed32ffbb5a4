"""A mapping of requests: one TOML file that says which column of an export means what for the case that a row opens."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict

from api.channels.mapping import CsvForm, LogNaming, Name, SourceName, WrittenTimes
from api.channels.source_times import TimeRules


class _Part(BaseModel):
    """A part of a mapping, in which an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class RequestColumns(_Part):
    """Which column says what of a request; what is left out, nothing says."""

    ids: Mapping[SourceName, Name] = {}
    """By the name of another system the column that says what that calls it."""
    id: Name
    """What the other system calls it: by that a row opens one case, however often it comes."""
    channel: Name
    """The channel of the policy by which all rows came, or with `channel_column` where none of its values is one."""
    channel_column: Name | None = None
    category: Name | None = None
    type: Name | None = None
    reached: Name | None = None
    language: Name | None = None
    region: Name | None = None
    name: Name | None = None
    email: Name | None = None
    phone: Name | None = None
    note: tuple[Name, ...] = ()


class RequestMapping(_Part):
    """How an export of requests is read; `values` says of a field or column of `request` what its words stand for."""

    log: LogNaming
    request: RequestColumns
    answers: Mapping[str, Name] = {}
    values: Mapping[str, Mapping[str, str]] = {}
    times: WrittenTimes = WrittenTimes()
    csv: CsvForm = CsvForm()

    @property
    def columns(self) -> frozenset[str]:
        """Every column that it names."""
        said = self.request
        one = (
            said.id, said.channel_column, said.category, said.type, said.reached, said.language, said.region,
            said.name, said.email, said.phone,
        )  # fmt: skip
        return frozenset(
            [
                *(each for each in one if each),
                *said.note,
                *said.ids.values(),
                *self.answers.values(),
            ]
        )

    @property
    def time_rules(self) -> TimeRules:
        zone = self.times.zone
        return TimeRules(ZoneInfo(zone) if zone else None, self.times.formats)

    def meant(self, what: str, said: str) -> str:
        """What a word of the export stands for here; itself where the mapping does not say."""
        return self.values.get(what, {}).get(said, said)
