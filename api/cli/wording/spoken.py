"""Which language is spoken: the one that the environment sets, unless a command is asked in another."""

from __future__ import annotations

from collections.abc import Collection, Generator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import pairwise
from typing import TYPE_CHECKING

from ledger.errors import InvalidCommand

if TYPE_CHECKING:
    from ledger.policy.values import Language

SETTING = "CASELEDGER_LANGUAGE"
_SPOKEN: ContextVar[Language] = ContextVar("spoken", default="en")


def spoken() -> Language:
    """The language in which it is said now."""
    return _SPOKEN.get()


@contextmanager
def speaking(language: Language) -> Generator[None]:
    """Inside the block what is shown is said in this language, its tables too.

    What goes wrong in it is told in it as well, by the process edge: only there it is spoken as before again.
    """
    before = _SPOKEN.set(language)
    yield
    _SPOKEN.reset(before)


@contextmanager
def spoken_for_one_command() -> Generator[None]:
    """Whatever is spoken inside the block, after it is spoken what was before."""
    before = _SPOKEN.set("en")
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def speak_as_typed(words: Sequence[str], options: Collection[str]) -> None:
    """From here on the language is spoken that one of these options asks for among the words, if any does."""
    for option, said in pairwise([part for word in words for part in word.split("=", 1)]):
        if option in options and said in ("en", "fr"):
            _SPOKEN.set(said)


def speak_as_set(environment: Mapping[str, str]) -> None:
    """From here on the language is spoken that the environment sets; InvalidCommand if that is none of ours."""
    match environment.get(SETTING, "en"):
        case "en" | "fr" as language:
            _SPOKEN.set(language)
        case other:
            raise InvalidCommand(f"{SETTING} is en or fr, and not '{other}': set one of the two.")
