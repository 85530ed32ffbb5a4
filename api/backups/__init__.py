"""Backups: a ledger while it is served, its keys apart from its entries, and both put back where nothing is."""

from __future__ import annotations

from api.backups.archive import Manifest
from api.backups.restoring import Restored, restore
from api.backups.taking import Taken, take

__all__ = ["Manifest", "Restored", "Taken", "restore", "take"]
