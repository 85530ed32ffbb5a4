"""The days after that Monday on which what is asked of a case happens."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.deciding import MONDAY

DAY = timedelta(days=1)
TUESDAY = MONDAY + DAY
THURSDAY = MONDAY + 3 * DAY
DUE = datetime(2026, 3, 17, 3, 0, tzinfo=UTC)
"""The end of the tenth working day after that Monday."""
