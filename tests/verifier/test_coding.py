"""A digest, a salt and an id have one form each in base64url, and no other is read."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.verifier.coding import b64u, digest_of, sixteen_of
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
