"""The import of a real municipality's permit applications, for information: it has no budget of its own."""

from __future__ import annotations

import os
from pathlib import Path

from api.channels.importing import import_log
from api.channels.mapping_files import find_mapping
from ledger.entry import Actor
from tests.benchmarks.measuring import Measured, once, say, short
from tests.benchmarks.places import Place, office_at

_FILE = Path("receipt", "receipt.xes.gz")
_IMPORTER = Actor("machine", "import", version="1")


def measure(place: Place) -> list[Measured]:
    """The first import and the second, which adds nothing; no rows where the data are not at hand."""
    path = _data() / _FILE
    if not path.is_file():
        say(f"No {_FILE.name} beside the project or in CASELEDGER_DATA: its import is left out.")
        return []
    mapping = find_mapping("receipt")
    with office_at(place) as ledger:
        before = ledger.store.tip()
        first = once(lambda: import_log(ledger, path, mapping, actor=_IMPORTER))
        added = ledger.store.tip() - before
        second = once(lambda: import_log(ledger, path, mapping, actor=_IMPORTER))
    return [
        Measured(
            f"{place.name}: import of the permit applications, {added:,} entries",
            f"{short(first)}, {short(first / added)} an entry",
            f"again, adding nothing, {short(second)}",
        )
    ]


def _data() -> Path:
    beside = Path(__file__).resolve().parents[3] / "shared" / "data"
    return Path(os.environ.get("CASELEDGER_DATA", beside))
