"""The payload of a bundle taken out, changed by whoever knows the format, and packed anew.

Whoever packs anew makes every manifest and sum right again, so that nothing but the proofs can tell.
"""

from __future__ import annotations

import io
import json
import random
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from zipfile import ZipFile

from projections.releases.packing import BASE, File, packed_bag

Files = dict[str, bytes]
Draw = random.Random
Forgery = Callable[[Files, Draw], bool]
"""Changes files in place; whether it found what to change."""


def unpacked(made: bytes) -> Files:
    """The payload of a bundle, and its verify page."""
    with ZipFile(io.BytesIO(made)) as archive:
        names = [name.removeprefix(BASE) for name in archive.namelist()]
        return {
            name: archive.read(BASE + name)
            for name in names
            if name.startswith("data/") or name == "verify.html"
        }


def packed(files: Mapping[str, bytes], *, bagged_on: date) -> bytes:
    """A bundle of these files in their order, all its manifests right."""
    payload = [File(name, content) for name, content in files.items() if name != "verify.html"]
    tags = [File("verify.html", files["verify.html"])] if "verify.html" in files else []
    return b"".join(packed_bag(payload, tags, bagged_on=bagged_on))


class Forgeries:
    """What can be forged in a bundle whose entries lie in these files."""

    def __init__(self, entries: Sequence[str]) -> None:
        self._entries = entries

    def _some(self, files: Files, draw: Draw, folder: str = "entries") -> tuple[str, Any]:
        """A file of a stream, and what it says."""
        name = draw.choice(self._entries).replace("entries", folder)
        return name, json.loads(files[name])
