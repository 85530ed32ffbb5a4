"""Small cells: what of a table of counts is hidden, so that nobody is found by what is shown (formula 5.7b).

A table with its totals is a circulation: each count flows out of its row into its column, each total back, and what
comes into a row or column goes out of it. So how far the counts that are hidden could be from what they are, by all
that is shown, is how much could flow round each of them instead (Ford and Fulkerson's maximum flow; as all of it is
in whole numbers, so is what it says, and no other table lies between).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from math import inf

Place = tuple[int, int]
"""A row and a column; the last of either has the totals."""
Hidden = tuple[tuple[int | None, ...], ...]
"""A table with its totals, in the last row and column; None where a count is hidden."""


def suppressed(counts: Sequence[Sequence[int]], smallest: int) -> Hidden:
    """The table with its totals, small counts hidden, and as many others as keep each of them from being told.

    Hidden is each count from 1 to below `smallest`; then, while a row or column has one hidden count alone, or hidden
    ones that come to less than `smallest`, its smallest positive one; and so for each hidden count that could be
    told to within less than `smallest`, or to be less. All hidden counts look alike. ValueError for a table whose
    rows are not of one length.
    """
    table = _with_totals(counts)
    hidden = {
        (row, column)
        for row, line in enumerate(table)
        for column, count in enumerate(line)
        if 0 < count < smallest
    }
    while (found := _told(table, hidden, smallest)) is not None:
        hidden.add(found)
    return tuple(
        tuple(None if (row, column) in hidden else count for column, count in enumerate(line))
        for row, line in enumerate(table)
    )


def bounds(table: Sequence[Sequence[int]], hidden: set[Place], place: Place) -> tuple[int, float]:
    """The least and the most that a hidden count could be, by all that is shown of a table with its totals."""
    row, column = place
    count = table[row][column]
    begins, ends = _arc(table, place)
    others = hidden - {place}
    return (
        count - int(_most(table, others, begins, ends, upto=count)),
        count + _most(table, others, ends, begins, upto=inf),
    )


def _with_totals(counts: Sequence[Sequence[int]]) -> list[list[int]]:
    rows = [[*line, sum(line)] for line in counts]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def _told(table: list[list[int]], hidden: set[Place], smallest: int) -> Place | None:
    """What is to be hidden next, since what is hidden could be told; None where it could not."""
    for line in _lines(table):
        unseen = [place for place in line if place in hidden]
        *cells, total = line
        known_sum = total not in hidden and sum(table[r][c] for r, c in unseen) < smallest
        if len(unseen) == 1 or (unseen and known_sum):
            found = _least_shown(table, hidden, cells) or _least_shown(table, hidden, [total])
            if found is not None:
                return found
    for place in sorted(hidden):
        least, most = bounds(table, hidden, place)
        if most - least <= smallest - 1 or most < smallest:
            beside = [each for line in _lines(table) if place in line for each in line]
            everywhere = [each for line in _lines(table) for each in line]
            found = _least_shown(table, hidden, beside) or _least_shown(table, hidden, everywhere)
            if found is not None:
                return found
    return None


def _lines(table: list[list[int]]) -> Iterator[list[Place]]:
    """The places of each row, then of each column, the total last."""
    rows, columns = range(len(table)), range(len(table[0]))
    yield from ([(row, column) for column in columns] for row in rows)
    yield from ([(row, column) for row in rows] for column in columns)


def _least_shown(
    table: list[list[int]], hidden: set[Place], places: Sequence[Place]
) -> Place | None:
    """Of these the smallest positive count that is shown, of several the first."""
    shown = [place for place in places if place not in hidden and table[place[0]][place[1]] > 0]
    return min(shown, key=lambda place: (table[place[0]][place[1]], place), default=None)


def _arc(table: Sequence[Sequence[int]], place: Place) -> tuple[int, int]:
    """From where to where a count flows: rows are numbered from 0, columns after them."""
    row, column = place
    begins, ends = row, len(table) + column
    is_total = (row == len(table) - 1) != (column == len(table[0]) - 1)
    return (ends, begins) if is_total else (begins, ends)


def _most(
    table: Sequence[Sequence[int]], arcs: set[Place], source: int, target: int, *, upto: float
) -> float:
    """The most that could flow from a node to another more than does, by these arcs: any more forth, all of it back."""
    room: dict[int, dict[int, float]] = {}
    for place in arcs:
        begins, ends = _arc(table, place)
        room.setdefault(begins, {})[ends] = inf
        room.setdefault(ends, {})[begins] = table[place[0]][place[1]]
    flowed: float = 0
    while flowed < upto and (path := _path(room, source, target)):
        more = min(upto - flowed, *(room[begins][ends] for begins, ends in path))
        if more == inf:
            return inf
        for begins, ends in path:
            room[begins][ends] -= more
            room[ends][begins] += more
        flowed += more
    return flowed


def _path(
    room: dict[int, dict[int, float]], source: int, target: int
) -> list[tuple[int, int]] | None:
    """A shortest way from a node to another on which there is room."""
    came: dict[int, int] = {source: source}
    waiting = deque([source])
    while waiting and target not in came:
        node = waiting.popleft()
        for following, more in room.get(node, {}).items():
            if more > 0 and following not in came:
                came[following] = node
                waiting.append(following)
    if target not in came:
        return None
    path: list[tuple[int, int]] = []
    while target != source:
        path.append((came[target], target))
        target = came[target]
    return path
