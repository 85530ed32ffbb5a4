"""The words of the menu about what is kept and what is erased."""

from __future__ import annotations

BACKUPS = {
    "backup": "Write a backup, entries in one file and keys in another, while all work on.",
    "restore": "Restore a backup where nothing is.",
}
HOLD = {
    "show": "Which cases are on hold, and by which holds.",
    "place": "Keep cases from being erased or disposed of.",
    "release": "Let cases go that a hold has kept.",
}
RETENTION = {
    "show": "Which closed cases are due for disposal, and why.",
    "propose": "Propose to dispose of what is due.",
    "transfer": "Write out what the archives get of a disposal.",
}
ERASURE = {
    "show": "What is to be erased or was, and how far it is; of one, what happened, its words opened.",
    "propose": "Propose to erase what is recorded of a person or of cases.",
    "approve": "Approve an erasure or a disposal that somebody else proposed.",
    "carry-out": "Destroy the keys of an approved erasure or disposal.",
}
