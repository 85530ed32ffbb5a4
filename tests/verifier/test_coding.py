"""A digest, a salt, an id and any JSON have one form each, and no other is read."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.verifier.coding import LARGEST_INTEGER, b64u, canonical, digest_of, parsed, sixteen_of
from api.verifier.failures import NotProven

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
READERS = {43: digest_of, 22: sixteen_of}


@pytest.mark.parametrize(("length", "read"), READERS.items())
@given(data=st.data())
def test_what_is_read_is_what_writing_it_again_would_give(
    length: int, read: Callable[..., bytes], data: st.DataObject
) -> None:
    said = data.draw(st.text(ALPHABET, min_size=length, max_size=length))
    raw = base64.urlsafe_b64decode(said + "=" * (-length % 4))
    if b64u(raw) == said:
        assert read(said, step=6, where="here") == raw
    else:
        with pytest.raises(NotProven, match="one form"):
            read(said, step=6, where="here")


@pytest.mark.parametrize(
    "said", ["", "A" * 42, "A" * 44, "A" * 42 + "=", "A" * 43 + "\n", 43, None]
)
def test_nothing_of_another_length_or_kind_is_a_digest(said: Any) -> None:
    with pytest.raises(NotProven, match="one form"):
        digest_of(said, step=6, where="here")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST_INTEGER, LARGEST_INTEGER) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


@given(JSON)
def test_what_is_written_in_its_one_form_is_read_as_it_was(value: Any) -> None:
    assert parsed(canonical(value), step=3, where="here") == value


@pytest.mark.parametrize(
    "raw",
    [
        b"1.5", b"1e3", b"NaN", b"9007199254740992", b"-9007199254740992", b'{"a":[0.5]}', b"[" * 200 + b"]" * 200,
        b"\xff", b"", b'{"a":1,"a":1}', b'{"b":1,"a":1}', b"[1, 2]", b'"\\u0061"', b"1\n",
    ],
    ids=repr,
)  # fmt: skip
def test_json_of_another_form_or_of_numbers_that_are_not_whole_proves_nothing(raw: bytes) -> None:
    with pytest.raises(NotProven, match="It is not JSON"):
        parsed(raw, step=3, where="here")
