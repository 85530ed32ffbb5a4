"""Whole numbers as they are typed: an amount with a decimal point is refused, never rounded."""

from __future__ import annotations

import re
from typing import get_args

from cyclopts import App, Argument, ArgumentCollection

from ledger.errors import InvalidCommand

_WHOLE = re.compile(r"[+-]?[0-9]+")


def refuse_fractions(_app: App, _commands: tuple[str, ...], given: ArgumentCollection) -> None:
    """Refuses what is no whole number where one is asked for: the parser would make 5 cents of `5.00`."""
    for argument in given:
        if not _asks_for_a_whole_number(argument):
            continue
        for token in argument.tokens:
            if token.value and not _WHOLE.fullmatch(token.value) and not _elsewhere(token.value):
                name = token.keyword or argument.name
                raise InvalidCommand(f"{name} takes {_whole(name)}: '{token.value}' is none.")


def _asks_for_a_whole_number(argument: Argument) -> bool:
    return argument.hint is int or get_args(argument.hint)[:1] == (int,) or _in_cents(argument.name)


def _in_cents(name: str) -> bool:
    return name.lower().endswith("cents")


def _elsewhere(said: str) -> bool:
    """Whether it is read from standard input or a file, where whoever takes it checks it."""
    return said == "-" or said.startswith("@")


def _whole(name: str) -> str:
    return "whole cents, such as 500 for 5.00" if _in_cents(name) else "a whole number"
