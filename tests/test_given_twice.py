"""What JSON gives twice is found whatever lies around it, and nothing else is."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ledger.input.given_twice import given_twice, given_twice_in_either_case


class Pairs(tuple[tuple[str, Any], ...]):
    """The members of an object, of which two may have one name."""

    __slots__ = ()


NAMES = st.text(max_size=6) | st.sampled_from(["a", "A", "b", 'q"', "\\"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=4) | st.lists(st.tuples(NAMES, inner), max_size=4).map(Pairs)
    ),
    max_leaves=12,
)


def written(value: Any, *, escaped: bool) -> str:
    """The value as JSON."""
    match value:
        case Pairs():
            members = (
                f"{json.dumps(name, ensure_ascii=escaped)} : {written(each, escaped=escaped)}"
                for name, each in value
            )
            return f"{{{', '.join(members)}}}"
        case list():
            return f"[{','.join(written(each, escaped=escaped) for each in value)}]"
        case _:
            return json.dumps(value, ensure_ascii=escaped)


def doubled(value: Any) -> set[str]:
    """The names that any object in it has twice, by looking at each."""
    match value:
        case Pairs():
            names = [name for name, _ in value]
            within = (doubled(each) for _, each in value)
            return {each for each in names if names.count(each) > 1}.union(*within)
        case list():
            return set[str]().union(*map(doubled, value))
        case _:
            return set()


def lowered(value: Any) -> Any:
    match value:
        case Pairs():
            return Pairs((name.lower(), lowered(each)) for name, each in value)
        case list():
            return list(map(lowered, value))
        case _:
            return value


@given(value=VALUES, ascii_only=st.booleans())
def test_a_key_is_found_where_an_object_gives_it_twice_and_nowhere_else(
    *, value: Any, ascii_only: bool
) -> None:
    raw = written(value, escaped=ascii_only).encode()
    found, twice = given_twice(raw), doubled(value)
    assert (found in twice) if twice else found is None
    found, twice = given_twice_in_either_case(raw), doubled(lowered(value))
    assert (found is not None and found.lower() in twice) if twice else found is None


def test_a_number_of_many_digits_is_none_of_its_business() -> None:
    assert given_twice(b'{"a": %s, "b": -1e999}' % (b"9" * 100_000)) is None
