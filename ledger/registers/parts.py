"""Parts: what a register keeps by key, one of them changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

K = TypeVar("K")
T = TypeVar("T")


def with_changed(parts: Mapping[K, T], key: K, **fields: Any) -> dict[K, T]:
    """The parts with these fields of one changed; as they are where it is not among them.

    As of an instant an act may have happened before what it is about, where one of the two was backdated.
    """
    part: Any = parts.get(key)
    return dict(parts) if part is None else {**parts, key: replace(part, **fields)}
