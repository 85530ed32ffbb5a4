"""The small values of which a policy document is made: codes, labels in two languages, dates, amounts."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Annotated, Literal, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
    StringConstraints,
    WithJsonSchema,
)

Language: TypeAlias = Literal["en", "fr"]
Unit: TypeAlias = Literal[
    "elapsed_hours",
    "business_hours",
    "working_days",
    "calendar_days",
    "weeks",
    "months",
    "years",
]


class Section(BaseModel):
    """A part of a policy document: never changes, and knows no key but its own."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        allow_inf_nan=False,
        defer_build=True,  # most processes meet few of them, and building all takes half a second
    )


def _without_nul(text: str) -> str:
    if "\0" in text:
        raise ValueError("holds the character U+0000, which cannot be stored: leave it out")
    return text


Code: TypeAlias = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$", max_length=64)
]
Text: TypeAlias = Annotated[
    str, StringConstraints(min_length=1, max_length=4000), AfterValidator(_without_nul)
]
Label: TypeAlias = Annotated[
    str, StringConstraints(min_length=1, max_length=200), AfterValidator(_without_nul)
]
Whole: TypeAlias = Annotated[int, Strict(), Field(ge=0, le=1_000_000_000)]
Amount: TypeAlias = Annotated[int, Strict(), Field(ge=1, le=100_000)]
Percent: TypeAlias = Annotated[int, Strict(), Field(ge=1, le=100)]
YesNo: TypeAlias = Annotated[bool, Strict()]
Scalar: TypeAlias = YesNo | Annotated[int, Strict(), Field(gt=-(2**53), lt=2**53)] | Text
"""What an answer can be: yes or no, a whole number, a text (a date is its ISO text)."""


def _day(value: object) -> object:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise ValueError(f"'{value}' is not a date: write it as 2026-07-01") from None
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise ValueError("is not a date: write it as 2026-07-01, without a time")


def _time_of_day(value: object) -> object:
    if isinstance(value, str):
        try:
            value = time.fromisoformat(value)
        except ValueError:
            raise ValueError(f"'{value}' is not a time of day: write it as 17:00:00") from None
    if isinstance(value, time) and value.tzinfo is None:
        return value
    raise ValueError("is not a time of day: write it as 17:00:00, in local time")


Day: TypeAlias = Annotated[
    date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})
]
TimeOfDay: TypeAlias = Annotated[
    time, BeforeValidator(_time_of_day), WithJsonSchema({"type": "string", "format": "time"})
]


class Words(Section):
    """The same words in both languages; what has no French yet is found by `check`."""

    en: Text
    fr: Text = ""

    def say(self, language: Language) -> str:
        """The words in this language, in English where there is no French yet."""
        return (self.fr if language == "fr" else "") or self.en


class Labelled(Section):
    """Something with a name in both languages."""

    en: Label
    fr: Label = ""

    def say(self, language: Language) -> str:
        """The name in this language, in English where there is no French yet."""
        return (self.fr if language == "fr" else "") or self.en
