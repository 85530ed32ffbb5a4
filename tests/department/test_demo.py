"""The demo: months of the department shown on one page, kept or served if asked, and the story told."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import httpx

from tests.api.command_line import CommandLine, bare
from tests.api.http.processes import wait_until
from tests.patience import WITHIN_SECONDS
from tests.prepared import Caseledger

__all__ = ["bare"]


def test_the_demo_shows_a_department_from_its_board_to_the_proof(bare: CommandLine) -> None:
    said = bare.done("demo", "--no-serve", "--no-story", "--months", "1", "--cases", "8").out
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


def test_the_demo_is_served_on_from_where_its_months_ended_until_it_is_interrupted(
    tmp_path: Path,
) -> None:
    asked = ("demo", "--serve", "--port", "0", "--no-story", "--months", "1", "--cases", "12")
    where = {"TMPDIR": str(tmp_path), "CASELEDGER_HOME": "elsewhere"}
    environment = {**os.environ, **where}
    with Caseledger(*asked, env=environment, cwd=tmp_path, stdout=subprocess.DEVNULL) as process:
        try:
            assert process.stderr is not None
            told = list(_told(process.stderr))
            address = told[0].split()[1]
            assert "goes on from 2027-03-31" in told[1]
            assert [address in line for line in told[2:]] == [True] * 4
            with httpx.Client(base_url=address, timeout=WITHIN_SECONDS) as client:
                wait_until(lambda: client.get("/health/ready").status_code == 200)
                login = client.post("/demo/login", json={"member": "DIR-01"}).json()["token"]
                client.headers["Authorization"] = f"Bearer {login}"
                board = client.get("/v1/board").json()
                trail = client.get(told[-1].split()[2].removeprefix(address)).json()
            assert board["on"] == "2027-03-31"
            assert sum(each["incoming"] + each["waiting"] for each in board["teams"])
            assert trail["trail"]
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=WITHIN_SECONDS) == 0
        finally:
            process.kill()
    assert list(tmp_path.glob("caseledger-demo-*")) == []


def _told(stderr: IO[str]) -> Iterator[str]:
    """What it says once it serves: the address, when it is there, and what to try."""
    for line in stderr:
        if line.startswith("Serving "):
            yield line
            yield from (next(stderr) for _ in range(5))
            return
    raise AssertionError("it did not serve")


def test_the_story_is_told_and_not_served(bare: CommandLine) -> None:
    said = bare("demo", "--serve", "--story")
    assert said.code == 2
    assert "leave it out, or --story" in said.err
