"""Arguments: what a client of GeoReport gives in a query or a form, read without mercy, blanks left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl

from api.moments import instant_of
from ledger.errors import InvalidCommand

LONGEST = 4_000
"""Characters of a description, by the specification; nothing else may be longer."""
_MOST = 300
_ATTRIBUTE = re.compile(r"attribute\[([^\[\]]{1,64})\](?:\[\d{0,4}\])?")
_ONE_OF_SEVERAL = re.compile(r"(media_url)\[\d{0,4}\]")
_LOST_PLUS = re.compile(r" (\d\d:?\d\d)$")
CONTROLS = frozenset({"api_key", "jurisdiction_id", "service_code", "extensions"})
"""Arguments that say how something is asked, and nothing of the matter."""


@dataclass(frozen=True, slots=True)
class Arguments:
    """What was given, by name, and the attributes of a service definition, by code; nothing in it is blank."""

    plain: Mapping[str, tuple[str, ...]]
    attributes: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> Arguments:
        """The arguments that these pairs give; one that is there and empty is one that is not there."""
        plain: dict[str, tuple[str, ...]] = {}
        attributes: dict[str, tuple[str, ...]] = {}
        for name, value in pairs:
            value = value.strip()
            if not value:
                continue
            if len(value) > LONGEST:
                raise InvalidCommand(
                    f"An argument is longer than {LONGEST} characters: send it shorter."
                )
            if one := _ONE_OF_SEVERAL.fullmatch(name):
                name = one[1]
            attribute = _ATTRIBUTE.fullmatch(name)
            into, key = (attributes, attribute[1]) if attribute else (plain, name)
            into[key] = (*into.get(key, ()), value)
        return cls(plain, attributes)

    def one(self, name: str) -> str | None:
        """The value of an argument that has one; InvalidCommand if it is given twice, and differently."""
        values = dict.fromkeys(self.plain.get(name, ()))
        if len(values) > 1:
            raise InvalidCommand(f"{name} is given {len(values)} times: send it once.")
        return next(iter(values), None)

    def each(self, name: str) -> tuple[str, ...]:
        """The values of an argument that may be given more than once, each once."""
        return tuple(dict.fromkeys(self.plain.get(name, ())))

    def several(self, name: str) -> tuple[str, ...]:
        """The values of an argument that takes several, between commas or one by one; each once."""
        parts = (part.strip() for value in self.plain.get(name, ()) for part in value.split(","))
        return tuple(dict.fromkeys(part for part in parts if part))

    def instant(self, name: str) -> datetime | None:
        """The instant that an argument names, with its offset; the plus of one that a query made a blank too."""
        said = self.one(name)
        return None if said is None else instant_of(_LOST_PLUS.sub(r"+\1", said), option=name)

    def whole(self, name: str, *, unless_said: int, at_most: int) -> int:
        """A whole number from 1 on."""
        said = self.one(name) or str(unless_said)
        is_whole = said.isascii() and said.isdecimal() and len(said) <= 12
        if not is_whole or not 1 <= int(said) <= at_most:
            raise InvalidCommand(f"{name}: send a whole number from 1 to {at_most}.")
        return int(said)

    def said(self) -> list[tuple[str, list[str]]]:
        """All of it in one order, without the key: the same for the same request sent again."""
        plain = [(name, list(said)) for name, said in self.plain.items() if name != "api_key"]
        given = [(f"attribute[{code}]", list(said)) for code, said in self.attributes.items()]
        return sorted([*plain, *given])


def pairs_of(raw: bytes) -> list[tuple[str, str]]:
    """The pairs of a query or of a form; InvalidCommand if they are not UTF-8, or too many."""
    try:
        return parse_qsl(
            raw.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=_MOST
        )
    except UnicodeDecodeError as error:
        raise InvalidCommand(
            "The arguments are not UTF-8: encode them so and send them again."
        ) from error
    except ValueError as error:
        raise InvalidCommand(f"There are more than {_MOST} arguments: send fewer.") from error
