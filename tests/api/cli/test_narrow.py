"""Tables on a terminal of 80 columns and of 120: nothing is cut, and what has no room is named as left out."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable

import pytest

from api.cli import main
from api.cli.showing import Column, number, show_table, words
from tests.api.command_line import CommandLine
from tests.api.opening import opened

BOARD = (
    "team", "incoming", "waiting", "paused", "queued", "in hand", "in transit", "overdue",
    "handed on", "processed", "returned", "net",
)  # fmt: skip
At = Callable[[int, Callable[[], object]], list[str]]


class Terminal(io.StringIO):
    """What somebody sees."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> At:
    """The lines that a terminal of a width shows, without what makes some of them bold."""

    def lines(width: int, show: Callable[[], object]) -> list[str]:
        terminal = Terminal()
        with monkeypatch.context() as patch:
            patch.setenv("COLUMNS", str(width))
            patch.setenv("TERM", "xterm")
            patch.setattr(sys, "stdout", terminal)
            show()
        seen = re.sub(r"\x1b\[[0-9;]*m", "", terminal.getvalue())
        return [line.rstrip() for line in seen.splitlines()]

    return lines


@pytest.mark.parametrize(
    ("width", "left"), [(80, {"paused", "queued", "in transit", "handed on"}), (120, set[str]())]
)
def test_a_board_fits_its_terminal_and_says_what_it_leaves_out(
    office: CommandLine, at: At, width: int, left: set[str]
) -> None:
    opened(office)
    lines = at(width, lambda: main(("board",)))
    assert max(map(len, lines)) <= width
    (*shown, last) = lines
    said = [line for line in shown if line.startswith("Left out")]
    named = {*said[0].partition(": ")[2].partition(";")[0].split(", ")} if said else set[str]()
    assert named == left
    headings = {word for each in BOARD if each not in left for word in each.split()}
    assert headings <= {*" ".join(shown).split()}
    assert last.startswith("Up to date")


@pytest.mark.parametrize("width", [80, 120])
def test_a_trail_is_a_table_on_any_terminal_and_its_sentences_have_the_room(
    office: CommandLine, at: At, width: int
) -> None:
    ref = opened(office)
    lines = at(width, lambda: main(("trail", ref)))
    assert max(map(len, lines)) <= width
    (heading,) = [line for line in lines if line.split()[:2] == ["no.", "entry"]]
    assert width - heading.index("what") >= width * 2 // 5
    assert ("digest" in heading) is (width == 120)


@pytest.mark.parametrize(
    "words",
    [
        ("queue", "TEAM"),
        ("sla",),
        ("flow",),
        ("rate", "show"),
        ("morning", "TEAM"),
        ("workload",),
        ("cases",),
    ],
)
def test_no_table_cuts_what_it_shows_to_a_stump(
    office: CommandLine, at: At, words: tuple[str, ...]
) -> None:
    ref = opened(office)
    team = office.asked("case", ref)["case"]["team"]
    lines = at(80, lambda: main([each.replace("TEAM", team) for each in words]))
    assert max(map(len, lines)) <= 80
    assert not [line for line in lines if "…" in line]
    if words[0] == "queue":
        assert [line for line in lines if line.split()[:1] == [ref]], lines


def test_a_table_is_folded_then_loses_what_is_worth_least_and_at_last_becomes_cards(at: At) -> None:
    columns = [words("team", least=10), number("ready now"), number("spare", spare=1), Column("id")]
    rows = [("Environmental emergencies", 12, 7, "TAFJ1-5KMX5-J")]

    def shown(width: int) -> list[str]:
        return at(width, lambda: show_table("Title", columns, rows, empty=""))

    assert "ready now" in shown(70)[2]
    narrow = shown(45)
    assert [line.split() for line in narrow[2:4]] == [
        ["ready"],
        ["team", "now", "spare", "id"],
    ]
    narrower = shown(38)
    assert not [line for line in narrower[:-2] if "spare" in line]
    assert " ".join(narrower[-2:]).endswith("narrow: spare; --json has all.")
    assert shown(20)[1] == "Environmental"
    assert any("ready now 12" in line for line in shown(20))


def test_a_refusal_breaks_no_word_at_the_end_of_a_line_of_a_terminal(
    bare: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    (sentence,) = bare("board").err.splitlines()
    terminal = Terminal()
    monkeypatch.setenv("COLUMNS", "50")
    monkeypatch.setattr(sys, "stderr", terminal)
    assert main(("board",)) == 2
    lines = terminal.getvalue().splitlines()
    assert " ".join(lines) == sentence
    assert len(lines) > 1
    assert max(map(len, lines)) <= 50 or " " not in max(lines, key=len)


def test_no_heading_is_broken_within_a_word(at: At) -> None:
    """At 80 columns a French workload had the heading "présenc", and an "e" below it."""
    columns = [
        words("présence", least=4),
        *(number(f"mesure numéro {each}", spare=each) for each in range(9)),
    ]
    rows = [("là", *range(9))]
    seen = at(80, lambda: show_table("Qui a quoi", columns, rows, empty=""))
    assert any("présence" in line.split() for line in seen)
