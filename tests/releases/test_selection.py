"""What a selection must be before a bundle is made of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ledger.errors import InvalidCommand
from projections.releases.selection import (
    EntrySelection,
    Ground,
    IndexLine,
    PieceRange,
    Selection,
    StreamSelection,
    refuse_unsound,
)

STREAM = "case/0190a6c0-0000-7000-8000-000000000001"
PRIVACY = Ground(1, "s.20")
INDEX = [IndexLine(1, "s.20", {"what": "a name"}), IndexLine(2, "s.14", {"what": "advice"})]
SELECTION = Selection(
    streams=(
        StreamSelection(
            STREAM,
            3,
            (
                EntrySelection(1, slots={"answers.name": PRIVACY}),
                EntrySelection(
                    2,
                    pieces={
                        "text": (PieceRange(0, 2, PRIVACY), PieceRange(4, 5, Ground(2, "s.14")))
                    },
                ),
                EntrySelection(3, line=Ground(2, "s.14")),
            ),
        ),
    ),
    claim="whole_stream",
    audience="applicant",
    purpose="Request 12",
)


def with_entries(*entries: EntrySelection) -> Selection:
    return replace(SELECTION, streams=(StreamSelection(STREAM, 3, entries),))


def test_a_sound_selection_is_taken() -> None:
    refuse_unsound(SELECTION, INDEX)


def test_a_scope_that_selects_nothing_is_refused() -> None:
    with pytest.raises(InvalidCommand, match="selects nothing"):
        refuse_unsound(with_entries(), INDEX)


def test_what_is_withheld_has_a_line_of_its_exemption_in_the_index() -> None:
    for ground in (Ground(3, "s.20"), Ground(1, "s.14")):
        for entry in (
            EntrySelection(1, line=ground),
            EntrySelection(1, slots={"actor": ground}),
            EntrySelection(1, pieces={"text": (PieceRange(0, 1, ground),)}),
        ):
            with pytest.raises(InvalidCommand, match="has no line"):
                refuse_unsound(with_entries(entry), INDEX)


@pytest.mark.parametrize("versions", [(2, 1), (1, 1), (0,), (4,)])
def test_entries_are_selected_once_each_in_order_and_within_the_scope(
    versions: tuple[int, ...],
) -> None:
    with pytest.raises(InvalidCommand, match="once each, in order"):
        refuse_unsound(with_entries(*(EntrySelection(each) for each in versions)), INDEX)


@pytest.mark.parametrize("ranges", [((0, 0),), ((3, 1),), ((0, 3), (2, 4)), ((2, 3), (0, 1))])
def test_withheld_words_are_ranges_in_order_that_do_not_overlap(
    ranges: tuple[tuple[int, int], ...],
) -> None:
    withheld = tuple(PieceRange(first, end, PRIVACY) for first, end in ranges)
    with pytest.raises(InvalidCommand, match="ranges in order"):
        refuse_unsound(with_entries(EntrySelection(1, pieces={"text": withheld})), INDEX)


def test_a_stream_is_selected_once_and_a_language_too() -> None:
    with pytest.raises(InvalidCommand, match="selected twice"):
        refuse_unsound(replace(SELECTION, streams=SELECTION.streams * 2), INDEX)
    for languages in ((), ("en", "en")):
        with pytest.raises(InvalidCommand, match="languages"):
            refuse_unsound(replace(SELECTION, languages=languages), INDEX)


def test_the_lines_of_an_index_have_the_same_columns_and_each_its_number() -> None:
    for index in (
        [*INDEX, IndexLine(2, "s.14", {"what": "advice"})],
        [*INDEX, IndexLine(3, "s.14", {"other": "advice"})],
    ):
        with pytest.raises(InvalidCommand, match="number of its own"):
            refuse_unsound(SELECTION, index)
