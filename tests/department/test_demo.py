"""The demo: months of the department shown on one page, kept if asked, and the story told."""

from __future__ import annotations

from tests.api.command_line import CommandLine, bare

__all__ = ["bare"]


def test_the_demo_shows_a_department_from_its_board_to_the_proof(bare: CommandLine) -> None:
    said = bare.done("demo", "--no-serve", "--no-story", "--months", "1", "--cases", "20").out
    for each in (
        "Board of 2027-03-31",
        "Rates on",
        "How the clocks stand",
        "What happened on",
        "in French",
        "How each of its dates was reckoned",
        "open clocks by the law of 2027-04-01",
        "Verified:",
    ):
        assert each in said
    assert not bare.home.exists()


def test_the_demo_can_be_kept_and_asked(bare: CommandLine) -> None:
    home = str(bare.home)
    answer = bare.asked("demo", "--home", home, "--months", "1", "--cases", "12", "--seed", "3")
    assert answer["verified"]["findings"] == []
    at = answer["run"]["ended_at"]
    board = bare.asked("board", "--known-at", at)
    assert board["teams"] == answer["board"]["teams"]
