"""An alert, whatever it is about, and where alerts go."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import orjson

from ledger.commands import Request
from ledger.durable_files import make_folder, write_durably
from ledger.errors import LedgerUnavailable
from ledger.service import Ledger


class Alert(Protocol):
    """What somebody is told, and how that it was delivered is recorded."""

    @property
    def name(self) -> str:
        """What tells it from every other alert."""
        ...

    def as_json(self) -> dict[str, Any]:
        """The alert in plain values."""
        ...

    def delivered(self, ledger: Ledger, method: str) -> Request:
        """What records that it was delivered; its id derives from its cause."""
        ...


class Sink(Protocol):
    """Where alerts go. Delivering the same alert again must change nothing."""

    @property
    def method(self) -> str:
        """What the record calls this way of delivering."""
        ...

    def deliver(self, alert: Alert) -> None:
        """Delivers an alert, durably; LedgerUnavailable if it cannot."""
        ...


@dataclass(frozen=True, slots=True)
class OutboxFolder:
    """Alerts as files, one for each alert, whole or not there at all."""

    folder: Path
    method: str = "outbox"

    def deliver(self, alert: Alert) -> None:
        """Writes the alert durably, for its owner alone to read."""
        whole = self.folder / f"{alert.name}.json"
        said = orjson.dumps(alert.as_json(), option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS)
        try:
            make_folder(self.folder)
            write_durably(whole, said + b"\n")
        except OSError as error:
            raise LedgerUnavailable(
                f"The alert {whole.name} cannot be written to the outbox ({error.strerror or error}): "
                "it stays owed, and goes out with the next pass."
            ) from error
