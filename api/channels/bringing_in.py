"""Bringing in a file of another system: its cases as they were, or its requests, as the mapping says."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias, assert_never

from api.channels.import_report import ImportReport
from api.channels.importing import Progress, import_log
from api.channels.mapping import Mapping
from api.channels.request_mapping import RequestMapping
from api.channels.requests.taking import take_requests
from ledger.entry import Actor
from ledger.service import Ledger

AnyMapping: TypeAlias = Mapping | RequestMapping


def bring_in(
    ledger: Ledger,
    path: Path,
    mapping: AnyMapping,
    *,
    actor: Actor,
    progress: Progress | None = None,
) -> ImportReport:
    """Records what a file holds, and says what came of every row; again it adds nothing."""
    match mapping:
        case Mapping():
            return import_log(ledger, path, mapping, actor=actor, progress=progress)
        case RequestMapping():
            return take_requests(ledger, path, mapping, actor=actor, progress=progress)
        case unknown:
            assert_never(unknown)
