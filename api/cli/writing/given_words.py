"""Personal words out of sight: `-` reads standard input, `@FILE` a file, so that no shell keeps them in its history."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from api.cli.edge import STANDARD_INPUT
from api.unwelcome import UNWELCOME
from ledger.errors import InvalidCommand

MAX_BYTES = 1024 * 1024
_HALF = re.compile("[\ud800-\udfff]")
"""What Python makes of bytes on the command line that are no UTF-8."""

PERSONAL = frozenset(
    {
        "action",
        "adjustment",
        "amount_cents",
        "answers",
        "author",
        "born_on",
        "contact",
        "died_on",
        "digest",
        "evidence",
        "external_id",
        "handover",
        "handover_digest",
        "holder",
        "instrument",
        "name",
        "names",
        "nature",
        "purpose",
        "reason",
        "reasons",
        "receipt",
        "recipient",
        "recipients",
        "reference",
        "scope",
        "sender",
        "source",
        "subject",
        "text",
        "their_reference",
        "times",
        "title",
        "values",
        "words",
    }
)
"""Fields of commands that are sealed in what they record, at least of some; a test holds it against the facts."""

_EXAMPLES = {"--contact": "phone=902-555-0188"}
"""By the option, a pair that fits it; where none stands here any name does."""

ANOTHER_WAY = "'-' reads it from standard input, '@FILE' from a file ('@@' begins a text with '@')."
ANOTHER_WAY_FOR_PAIRS = (
    "NAME=- reads the value from standard input, NAME=@FILE from a file; '-' or '@FILE' alone reads "
    "such pairs, a line each."
)


class GivenWords:
    """The words of one command line; standard input can stand for one of them."""

    def __init__(self) -> None:
        self._taken_by: str | None = None

    def text(self, said: str, *, option: str) -> str:
        """What was said, or what stands where it points to, without the line's end after it."""
        found = self._elsewhere(said, option)
        if found is not None:
            return _welcome(found.removesuffix("\n").removesuffix("\r"), option)
        return _welcome(said.removeprefix("@") if said.startswith("@@") else said, option)

    def pairs(self, said: Sequence[str], *, option: str) -> list[tuple[str, str]]:
        """NAME=VALUE as it was said or stands elsewhere, in order; InvalidCommand if one is no pair, or comes twice."""
        pairs: list[tuple[str, str]] = []
        for each in said:
            lines = self._elsewhere(each, option) if "=" not in each else None
            if lines is None:
                name, value = _pair(each, f"{option} '{each}'", option)
                pairs.append((name, self.text(value, option=f"{option} {name}")))
                continue
            for number, line in enumerate(lines.splitlines(), start=1):
                if line.strip():
                    name, value = _pair(line, f"Line {number} of what {option} reads", option)
                    pairs.append((name, _welcome(value, f"{option} {name}")))
        for name, times in Counter(name for name, _ in pairs).items():
            if times > 1:
                raise InvalidCommand(f"{option} {name} is given twice: say once what it is.")
        return pairs

    def line(self, raw: bytes, *, option: str) -> str:
        """One line as it was typed, without its end and the white space around it."""
        try:
            return _welcome(raw.decode("utf-8").strip(), option)
        except UnicodeDecodeError as error:
            raise InvalidCommand(f"{option} is not UTF-8 text: write it as UTF-8.") from error

    def _elsewhere(self, said: str, option: str) -> str | None:
        if said in ("-", STANDARD_INPUT):
            return self._standard_input(option)
        if said.startswith("@") and not said.startswith("@@"):
            return _file(Path(said[1:]), option)
        return None

    def _standard_input(self, option: str) -> str:
        if self._taken_by is not None:
            raise InvalidCommand(
                f"Standard input is read for {self._taken_by} already: give {option} as @FILE."
            )
        self._taken_by = option
        return _decoded(sys.stdin.buffer.read(MAX_BYTES + 1), "Standard input", option)


def _file(path: Path, option: str) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InvalidCommand(
            f"{option} @{path} cannot be read ({error.strerror}): give the path of a text file, or "
            "write @@ for a text that begins with @."
        ) from error
    return _decoded(raw, path.name, option)


def _decoded(raw: bytes, where: str, option: str) -> str:
    if len(raw) > MAX_BYTES:
        raise InvalidCommand(f"{where} is too long for {option}: more than 1 MiB.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidCommand(f"{where} is not UTF-8 text: save it as UTF-8.") from error
    if not text.strip():
        raise InvalidCommand(f"{where} is empty: give {option} its text there, or leave it out.")
    return text


def _welcome(text: str, option: str) -> str:
    """The text, if a terminal or a page may show it as it stands."""
    if found := UNWELCOME.search(text):
        raise InvalidCommand(
            f"{option} holds the control character U+{ord(found[0]):04X}, which makes a text look other than it is: "
            "give it without."
        )
    if _HALF.search(text):
        raise InvalidCommand(f"{option} is not UTF-8 text: write it as UTF-8.")
    return text


def _pair(said: str, what: str, option: str) -> tuple[str, str]:
    name, equals, value = said.partition("=")
    if not (name and equals):
        example = _EXAMPLES.get(option, "name=Ada")
        raise InvalidCommand(f"{what} is not NAME=VALUE: write it as {option} {example}.")
    return name, value
