"""Slots: values are committed to one by one, texts word by word."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import orjson
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from ledger.sealing.slots import (
    b64u,
    canonical,
    content_root,
    from_b64u,
    piece_digests,
    pieces,
    salt,
    shown_digest,
    slot_digest,
    slot_digests,
    text_value,
    touched,
)

LARGEST_INTEGER = 2**53 - 1
SEED = bytes(range(16))
NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,12}", fullmatch=True)
TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST_INTEGER, LARGEST_INTEGER) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_canonical_json_is_that_of_rfc_8785(value: Any) -> None:
    assert canonical(value) == rfc8785.dumps(value)


@given(VALUES)
def test_canonical_json_read_and_written_again_is_the_same(value: object) -> None:
    assert canonical(orjson.loads(canonical(value))) == canonical(value)


def test_an_integer_past_2_to_the_53_is_refused() -> None:
    with pytest.raises(TypeError):
        canonical(LARGEST_INTEGER + 1)


@given(st.binary(max_size=70))
def test_base64url_is_read_back(raw: bytes) -> None:
    assert from_b64u(b64u(raw)) == raw
    assert "=" not in b64u(raw)


@given(st.text("AQgwEz019-_+/= \0é", max_size=9))
def test_only_the_one_form_of_base64url_is_read(text: str) -> None:
    try:
        raw = from_b64u(text)
    except ValueError:
        return
    assert b64u(raw) == text


@given(TEXTS)
def test_the_pieces_of_a_text_are_the_text(text: str) -> None:
    assert "".join(pieces(text)) == text


@given(TEXTS, TEXTS)
def test_a_run_that_begins_with_a_word_splits_as_it_does_in_the_whole_text(
    first: str, second: str
) -> None:
    words = pieces(first + " x" + second)
    for start in range(1, len(words)):
        assert pieces("".join(words[start:])) == words[start:]


def test_a_piece_is_a_word_and_the_white_space_after_it() -> None:
    assert pieces("Il neige,  dit-elle.\nOui\u00a0!") == [
        "Il ",
        "neige,  ",
        "dit-elle.\n",
        "Oui\u00a0!",
    ]


def test_the_digest_of_a_slot_is_made_as_the_evidence_format_says() -> None:
    salted = sha256(b"\x08" + SEED + b"channel").digest()[:16]
    expected = sha256(b"\x0a" + salted + b"channel\x00" + b'"phone"').digest()
    assert slot_digest(SEED, "channel", "phone") == expected
    assert slot_digests(SEED, {"channel": "phone"}) == {"channel": expected}


def test_a_verifier_with_the_salt_alone_finds_the_same_digest() -> None:
    assert shown_digest(salt(SEED, "channel"), "channel", "phone") == slot_digest(
        SEED, "channel", "phone"
    )


@given(st.dictionaries(NAMES, VALUES, min_size=1, max_size=6), st.data())
def test_any_slots_can_be_withheld_and_the_root_stays(
    values: dict[str, object], data: st.DataObject
) -> None:
    digests = slot_digests(SEED, values)
    withheld = data.draw(st.sets(st.sampled_from(sorted(values))))
    shown = {
        name: digests[name] if name in withheld else shown_digest(salt(SEED, name), name, value)
        for name, value in values.items()
    }
    assert content_root(shown) == content_root(digests)


@given(st.dictionaries(NAMES, VALUES, min_size=1, max_size=6), VALUES, st.data())
def test_another_value_under_any_name_gives_another_root(
    values: dict[str, object], other: object, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(values)))
    altered = {**values, name: other}
    same = canonical(other) == canonical(values[name])
    root = content_root(slot_digests(SEED, values))
    assert (content_root(slot_digests(SEED, altered)) == root) is same


def test_single_words_can_be_withheld_and_the_rest_stays_provable() -> None:
    words = pieces("call Mrs Doe back today")
    digests = piece_digests(SEED, "text", words)
    whole = text_value(digests)
    shown = [*digests[:1], *piece_digests(SEED, "text", words[1:], start=1)]
    assert text_value(shown) == whole
    assert whole["pieces"] == 5


@given(st.text(st.sampled_from("ab \n"), min_size=1, max_size=30), st.data())
def test_the_words_that_a_stretch_of_characters_touches_are_those_that_it_has_a_character_in(
    text: str, data: st.DataObject
) -> None:
    begin = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(begin + 1, len(text)))
    words = pieces(text)
    whose = [number for number, word in enumerate(words) for _ in word]
    assert list(touched(words, begin, end)) == sorted(set(whose[begin:end]))
