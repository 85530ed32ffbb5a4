"""Where temporary folders lie while tests run: in memory, if this system has room there.

A commit waits for a disk some milliseconds, and the tests make some ten thousand of them. Nothing
that they prove needs the disk: whoever kills a process, or a whole database server, leaves what the
system has taken from it, in memory as on a disk. Only a machine without power loses that, and no
test can take it away.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import MutableMapping
from pathlib import Path

SHARED_MEMORY = Path("/dev/shm")
ROOM_BYTES = 4 << 30
"""What must be free there; a run takes less than a quarter of it."""
SETTING = "TMPDIR"


def use_memory(environment: MutableMapping[str, str], *, where: Path = SHARED_MEMORY) -> bool:
    """Whether temporary folders of this process, and of those that it starts, lie in memory from now on.

    A setting of one's own is kept, and a mount from which nothing may be run is no place for a
    database server.
    """
    if SETTING in environment or not (where.is_dir() and os.access(where, os.W_OK | os.X_OK)):
        return False
    there = os.statvfs(where)
    if there.f_flag & os.ST_NOEXEC or there.f_bavail * there.f_frsize < ROOM_BYTES:
        return False
    environment[SETTING] = str(where)
    tempfile.tempdir = None  # asked again, where the environment says
    return True
