"""Help for fields: what it says of one command's field is not said of another's that is something else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin

from api.verbs import VERBS
from api.verbs.disclosures import DISCLOSING
from api.verbs.field_words import said_of


def kind_of(hint: Any) -> object:
    """What a value of this type is: of a choice its words; it is all one whether it may be left out."""
    origin = get_origin(hint)
    if origin is Annotated:
        return kind_of(get_args(hint)[0])
    if origin is Literal:
        return frozenset(get_args(hint))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return Mapping
    kinds = [each for each in get_args(hint) if each not in (NoneType, ...)]
    if len(kinds) == 1:
        several = origin is tuple
        return (kind_of(kinds[0]),) if several else kind_of(kinds[0])
    return hint


def helped() -> Iterator[tuple[str, str, object]]:
    """Each field that is asked for: where, what is said of it, and of which kind it is."""
    for verbs in (VERBS, DISCLOSING):
        for verb, asked in verbs.items():
            for name, field in asked.asked_for.items():
                said = said_of(name, asked.words, field)
                yield f"{verb}: {name}", said, kind_of(field.annotation)


def test_one_sentence_of_help_is_said_of_one_kind_of_value() -> None:
    """`told` took for "the id of the party" a word of the law, and an inquiry the name of whoever is answered."""
    fields = defaultdict[str, dict[object, list[str]]](lambda: defaultdict(list))
    for where, said, kind in helped():
        fields[said][kind].append(where)
    borrowed = {said: [*kinds.values()] for said, kinds in fields.items() if len(kinds) > 1}
    assert borrowed == {}
