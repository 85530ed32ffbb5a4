"""A volume of the chronology as a tagged archival document (PDF/UA-1 and PDF/A-2a at once)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from ledger.sealing.slots import canonical

_TEMPLATE = Path(__file__).with_name("chronology.typ")
_ONE_AT_A_TIME = Lock()


def as_pdf(volume: Mapping[str, Any], *, dated: str) -> bytes:
    """The document; its words go in as data, so they are never markup. The same words give the same bytes."""
    with _ONE_AT_A_TIME:
        made = _compiler().compile(
            input=_TEMPLATE.read_bytes(),
            format="pdf",
            sys_inputs={"volume": canonical(volume).decode()},
            pdf_standards=["ua-1", "a-2a"],
            timestamp=int(datetime.fromisoformat(dated).timestamp()),
        )
    assert isinstance(made, bytes)
    return made


@cache
def _compiler() -> typst.Compiler:
    """One compiler with its own fonts alone: what lies on the machine must not change a byte."""
    return typst.Compiler(ignore_system_fonts=True)
