"""Settings that the environment names, and one sentence where one of them is none."""

from __future__ import annotations

from typing import TypeVar

from pydantic import ValidationError
from pydantic_settings import BaseSettings

from ledger.errors import InvalidCommand
from ledger.input.fitting import first_of

S = TypeVar("S", bound=BaseSettings)


def from_environment(kind: type[S]) -> S:
    """The settings of a kind; InvalidCommand says which is none, and what it must be."""
    try:
        return kind()
    except ValidationError as error:
        name, what = first_of(error)
        prefix = kind.model_config.get("env_prefix", "")
        raise InvalidCommand(f"{prefix}{name.upper()}: {what}.") from error
