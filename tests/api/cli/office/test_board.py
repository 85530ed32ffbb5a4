"""The board of one team, and as a page: on the wall and on paper, now and at another instant."""

from __future__ import annotations

import signal
from pathlib import Path

from tests.api.command_line import GIVEN, CommandLine
from tests.api.http.processes import wait_until
from tests.prepared import Caseledger

FAR = "2029-06-29"
CAME = ("open", "phone", "--request-type", "RDW-POT", "--answer", "danger_now=no", "--as", "I-02")


def figure(name: str, count: int) -> str:
    return f"<dt>{name}</dt><dd>{count}</dd>"


def test_the_board_of_one_team_tells_of_it_alone_also_where_nothing_is(office: CommandLine) -> None:
    office.done(*CAME)
    for team, waiting in (("RDW", 1), ("INC", 0), ("unrouted", 0)):
        (line,) = office.asked("board", team)["teams"]
        assert (line["team"], line["waiting"]) == (None if team == "unrouted" else team, waiting)
        (line,) = office.asked("board", team, "--as-of", "2026-01-05")["teams"]
        assert line["waiting"] == 0
    assert "'ROADS' is not a team of any policy" in office("board", "ROADS").err


def test_a_day_beyond_the_calendar_is_asked_without_what_a_rate_asks_of_it(
    office: CommandLine,
) -> None:
    """It was refused, and not said that the other instant would do."""
    office.done(*CAME)
    office.done("rate", "set", "RDW", "0", FAR, "--capacity", "9", "--as", "L-02")
    beyond = office("board", "--known-at", "2032-03-31")
    assert beyond.code == 2
    assert "Or give --as-of, which leaves rates out." in beyond.err
    assert office.done("board", "--as-of", "2032-03-31").code == 0


def test_a_team_that_stands_where_none_is_taken_is_told_how_it_is_given(
    office: CommandLine,
) -> None:
    for command in ("flow", "to-do", "escalations", "cases"):
        refused = office(command, "INC")
        assert refused.code == 2
        assert "it takes a team as --team INC. See `caseledger" in refused.err, command
    assert "--team is given by its place" in office("board", "--team", "INC").err


def test_a_teams_page_tells_its_day_by_the_hour_and_the_days_before(
    office: CommandLine, tmp_path: Path
) -> None:
    page = tmp_path / "roads.html"
    office.done(
        *CAME, "--reached-body-at", "2026-01-05T09:00-04:00", "--at", "2026-01-05T09:00-04:00"
    )
    office.done("rate", "set", "RDW", "0", FAR, "--capacity", "9", "--as", "L-02")
    assert "prints it on one sheet" in office.done("board", "RDW", "--page", str(page)).out
    now = page.read_text(encoding="utf-8")
    for told in (
        "RDW Roads depot: board of ",
        figure("waiting", 1),
        figure("incoming", 0),
        "needed today",
    ):
        assert told in now
    assert "http-equiv" not in now
    assert "<script" not in now
    office.done("board", "RDW", "--as-of", "2026-01-07", "--page", str(page), "--language", "fr")
    then = page.read_text(encoding="utf-8")
    assert '<html lang="fr">' in then
    for told in (
        "tableau du 7 janvier 2026",
        figure("en attente", 1),
        "Les jours d'avant",
        "2026-01-05",
    ):
        assert told in then
    assert "tel qu'à la fin du 2026-01-07" in then
    assert "requis aujourd'hui" not in then, "a rate is told as it was known"


def test_the_page_of_all_teams_has_a_line_for_each_and_says_where_there_is_none(
    office: CommandLine, tmp_path: Path
) -> None:
    page = tmp_path / "board.html"
    office.done("board", "--page", str(page))
    assert "Nothing waits, and nothing came or went" in page.read_text(encoding="utf-8")
    office.done(*CAME)
    office.done("board", "--page", str(page))
    assert '<th scope="row">RDW Roads depot</th><td>1</td><td>1</td>' in page.read_text(
        encoding="utf-8"
    )


def test_a_page_takes_the_place_of_a_board_alone_and_says_where_it_cannot_be(
    office: CommandLine, tmp_path: Path
) -> None:
    other = tmp_path / "letter.html"
    other.write_text("<p>A letter</p>")
    for words, why in (
        (("--page", str(other)), "is no board: give another name"),
        (("--page", str(tmp_path / "board.pdf")), "a name that ends in .html"),
        (("--page", str(tmp_path / "nowhere" / "board.html")), "cannot be written: No such file"),
        (("--every", "60"), "give --page FILE with it"),
        (("--page", str(tmp_path / "b.html"), "--every", "0"), "at least 1 second"),
        (
            ("--page", str(tmp_path / "b.html"), "--every", "9", "--as-of", "2026-01-07"),
            "no --json",
        ),
    ):
        refused = office("board", *words)
        assert refused.code == 2
        assert why in refused.err
    assert other.read_text() == "<p>A letter</p>"
    assert [each.name for each in tmp_path.iterdir() if each.suffix in (".html", ".part")] == [
        other.name
    ]


def test_the_page_on_the_wall_follows_and_an_outage_leaves_it_as_it_was(
    office: CommandLine, tmp_path: Path
) -> None:
    page, entries = tmp_path / "wall.html", office.home / "ledger.db"
    environment = {**GIVEN, "CASELEDGER_HOME": str(office.home)}
    with Caseledger("board", "--page", str(page), "--every", "1", env=environment) as wall:
        assert wall.stdout is not None
        assert wall.stderr is not None
        assert wall.stdout.readline() == f"Written: {page}, and again every 1 s until stopped.\n"
        assert '<meta http-equiv="refresh" content="1">' in page.read_text(encoding="utf-8")
        entries.rename(office.home / "away")
        assert "The page stays as it is, and is written again once" in wall.stderr.readline()
        (office.home / "away").rename(entries)
        office.done(*CAME)
        wait_until(lambda: "RDW Roads depot" in page.read_text(encoding="utf-8"))
        wall.send_signal(signal.SIGINT)
        assert wall.stderr.read() == "Stopped; what was acknowledged is recorded.\n"
    assert wall.returncode == 130
