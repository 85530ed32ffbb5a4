"""`python -m tests.benchmarks`: measures, and prints a table of ratios with the machine's description."""

from __future__ import annotations

import sys

if __name__ == "__main__":
    # Only here: each process that a rebuild or a verification starts imports this module too, and
    # would read all benchmarks, and the service with them, before it began.
    from tests.benchmarks.table import main

    sys.exit(main())
