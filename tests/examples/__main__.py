"""Writes the example answers anew: `python -m tests.examples`."""

from __future__ import annotations

from tests.examples.days import heard
from tests.examples.kept import as_written, kept, write


def main() -> None:
    """Writes what the offices answer now, where that says something else than what is kept."""
    write(as_written(heard().kept(), before=kept()))


if __name__ == "__main__":
    main()
