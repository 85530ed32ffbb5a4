"""What is hidden of a table so that nobody is found by it (formula 5.7b), held against every table that could be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projections.figures.small_cells import Hidden, bounds, suppressed

K = 5
EXAMPLE = ((12, 3, 25), (8, 14, 30), (6, 9, 40))
tables = st.integers(1, 3).flatmap(
    lambda wide: st.lists(
        st.lists(st.integers(0, 9), min_size=wide, max_size=wide), min_size=1, max_size=3
    )
)


def with_totals(counts: Sequence[Sequence[int]]) -> list[list[int]]:
    rows = [[*line, sum(line)] for line in counts]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def hidden_of(shown: Hidden) -> set[tuple[int, int]]:
    return {
        (row, column)
        for row, line in enumerate(shown)
        for column, count in enumerate(line)
        if count is None
    }


def test_the_worked_example_of_5_7b() -> None:
    shown = suppressed(EXAMPLE, K)
    hidden = hidden_of(shown)
    assert hidden == {(0, 1), (0, 0), (2, 0), (2, 1)}
    assert [bounds(with_totals(EXAMPLE), hidden, each) for each in sorted(hidden)] == [
        (3, 15), (0, 12), (3, 15), (0, 12),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        (((0, 0), (7, 9)), ((0, 0, 0), (7, 9, 16), (7, 9, 16))),
        (((3,),), ((None, None), (None, None))),
        (((3, 2), (9, 9)), ((None, None, 5), (None, None, 18), (12, 11, 23))),
    ],
    ids=["nothing is small and zeros are shown", "all of it is one small count", "hidden by four"],
)
def test_what_is_hidden(counts: Sequence[Sequence[int]], shown: Hidden) -> None:
    assert suppressed(counts, K) == shown


def could_be(shown: Hidden, upto: int) -> Iterator[list[list[int]]]:
    """Every table of counts up to this one that has what is shown; its totals follow from its cells."""
    rows, columns = len(shown) - 1, len(shown[0]) - 1
    ranges = [
        range(upto + 1) if count is None else (count,)
        for line in shown[:rows]
        for count in line[:columns]
    ]
    for cells in product(*ranges):
        table = with_totals([[*cells[row * columns : (row + 1) * columns]] for row in range(rows)])
        if all(
            said is None or said == count
            for line, counts in zip(shown, table, strict=True)
            for said, count in zip(line, counts, strict=True)
        ):
            yield table


@settings(max_examples=30)
@given(st.lists(st.lists(st.integers(0, 2), min_size=2, max_size=2), min_size=2, max_size=2))
def test_how_far_a_hidden_count_could_be_is_what_every_table_says_that_could_be_behind(
    counts: list[list[int]],
) -> None:
    shown, table = suppressed(counts, 2), with_totals(counts)
    found = list(could_be(shown, upto=8))
    assert table in found
    for row, column in hidden_of(shown):
        said = [each[row][column] for each in found]
        least, most = bounds(table, hidden_of(shown), (row, column))
        assert min(said) == least
        assert max(said) == most or most == inf


@given(tables)
def test_whatever_is_hidden_could_be_anything_within_the_smallest_that_is_told(
    counts: list[list[int]],
) -> None:
    shown, table = suppressed(counts, K), with_totals(counts)
    hidden = hidden_of(shown)
    for row, line in enumerate(shown):
        for column, count in enumerate(line):
            assert count in (None, table[row][column])
            assert count is None or count == 0 or count >= K
    for place in hidden:
        least, most = bounds(table, hidden, place)
        everything = all(count is None or count == 0 for line in shown for count in line)
        assert everything or (most - least > K - 1 and most >= K)


@given(tables)
def test_where_nothing_is_small_everything_is_told(counts: list[list[int]]) -> None:
    large = [[0 if count == 0 else count + K for count in line] for line in counts]
    assert hidden_of(suppressed(large, K)) == set()
