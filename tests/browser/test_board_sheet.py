"""The board in a real browser: it fills its screen, fits on one sheet of paper, and everybody can read it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from pypdf import PdfReader

from api.cli.office.sheet import Sheet, SheetTable, put_sheet
from api.cli.showing import Column, number

NAMED = "RDW-CBE Roads depot, Cape Breton and Eastern"
COUNTS = ("incoming", "waiting", "paused", "queued", "in hand", "overdue", "processed", "net")
NOTE = (
    "RDW-CBE: RDW-CBE-01 sees to it (what took longer than others), to be looked at on 2027-04-10."
)


def of_teams(count: int) -> Sheet:
    """The board of so many teams."""
    columns = [Column("team"), *map(number, COUNTS)]
    rows = [(f"{NAMED} {n}", *range(100, 100 + len(COUNTS))) for n in range(count)]
    return Sheet("Board of 31 March 2027", "16:30", (), (SheetTable(columns, rows),), (), "Entry 9")


def of_one_team(notes: int) -> Sheet:
    """The board of one team, with so many notes on its rate."""
    figures = [(name, 128) for name in ("incoming", "waiting", "processed", "needed today")]
    hours = SheetTable([number(f"{h:02}:30") for h in range(9, 17)], [range(8)], "By the hour")
    days = SheetTable([Column("day"), *map(number, COUNTS[:3])], [("2027-03-30", 1, 2, 3)] * 13)
    notes_said = [NOTE] * notes
    return Sheet(
        f"{NAMED}: board of 31 March 2027", "16:30", figures, (hours, days), notes_said, "9"
    )


SHEETS = {
    "no team": of_teams(0), "a department": of_teams(20), "a province": of_teams(60),
    "a team": of_one_team(0), "a team with much to say": of_one_team(6),
}  # fmt: skip


@pytest.mark.parametrize("which", SHEETS)
def test_it_prints_on_one_sheet_and_fills_a_screen_without_scrolling(
    browser: Browser, tmp_path: Path, which: str
) -> None:
    put_sheet(tmp_path / "board.html", SHEETS[which], "en")
    with browser.new_context(offline=True, java_script_enabled=True) as context:
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto((tmp_path / "board.html").as_uri())
        assert len(asked) == 1, "it asks nothing of anybody"
        for paper in ("A4", "Letter"):
            printed = page.pdf(format=paper, landscape=True)
            assert len(PdfReader(BytesIO(printed)).pages) == 1, paper
        for wide, high in ((1920, 1080), (1280, 720)):
            page.set_viewport_size({"width": wide, "height": high})
            beyond = page.evaluate(
                "[document.documentElement.scrollWidth - innerWidth,"
                " document.documentElement.scrollHeight - innerHeight]"
            )
            assert beyond[0] <= 0
            assert beyond[1] <= 0 or which == "a province", "letters are not made unreadable"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_it(browser: Browser, tmp_path: Path, scheme: str) -> None:
    put_sheet(tmp_path / "board.html", of_one_team(2), "fr")
    with browser.new_context(color_scheme="dark" if scheme == "dark" else "light") as context:
        page = context.new_page()
        page.goto((tmp_path / "board.html").as_uri())
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
