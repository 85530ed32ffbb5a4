"""A plot in the terminal: one series as an area of dots, with its scale beside it and its phases below."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

_BLANK = 0x2800
_DOTS = ((0x40, 0x04, 0x02, 0x01), (0x80, 0x20, 0x10, 0x08))
"""Of a braille cell: the dots of its left and of its right column, from the lowest."""
_HIGH, _WIDE = 4, 2
_TICKS = 4
_COLUMNS, _LINES = 70, 12


def plotted(values: Sequence[int], phases: Sequence[str]) -> list[str]:
    """The lines of a plot of these values, each of one phase; about seventy columns wide."""
    top = _round_up(max(values, default=0))
    cells = max(1, min(_COLUMNS, (len(values) + 1) // _WIDE))
    stretch = max(1, _COLUMNS // cells)
    columns = [value for value in values for _ in range(stretch)]
    filled = [round(value * _LINES * _HIGH / top) if top else 0 for value in columns]
    margin = len(str(top))
    lines = [
        f"{_scale(row, top):>{margin}} ┤{_row(filled, _LINES - 1 - row)}" for row in range(_LINES)
    ]
    lines.append(f"{0:>{margin}} └{'─' * ((len(filled) + 1) // _WIDE)}")
    return [*lines, f"{'':>{margin}}  {_below(phases, stretch)}"]


def _row(filled: Sequence[int], above: int) -> str:
    """One line of cells, which has so many lines below it."""
    pairs = [filled[at : at + _WIDE] for at in range(0, len(filled), _WIDE)]
    return "".join(chr(_BLANK + _cell(pair, above * _HIGH)) for pair in pairs).rstrip(chr(_BLANK))


def _cell(pair: Sequence[int], below: int) -> int:
    dots = 0
    for column, value in zip(_DOTS, pair, strict=False):
        for dot in column[: max(0, min(_HIGH, value - below))]:
            dots |= dot
    return dots


def _scale(row: int, top: int) -> str:
    """The number beside a line: at the top of each quarter."""
    every = _LINES // _TICKS
    return str(top * (_LINES - row) // _LINES) if row % every == 0 else ""


def _below(phases: Sequence[str], stretch: int) -> str:
    """Where each phase begins, and what it is called as far as there is room."""
    said, begins = "", 0
    for phase, days in groupby(phases):
        said = f"{said[:begins].ljust(begins)}│{phase}"
        begins += len([*days]) * stretch // _WIDE
    return said


def _round_up(most: int) -> int:
    """The next number above that divides well."""
    step = 1
    while most > 40 * step:
        step *= 10 if most > 400 * step else 5
    return -(-most // (4 * step)) * 4 * step
