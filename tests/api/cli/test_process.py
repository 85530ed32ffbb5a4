"""The command as a process: how it ends when it is stopped, or nobody reads on."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import Any

import pytest
from cyclopts import App

from api.cli.edge import INTERRUPTED, run
from api.cli.stopping import interrupts_between_passes
from tests.api.command_line import COMMAND, GIVEN, CommandLine, tampered
from tests.prepared import Caseledger


@contextmanager
def watching(office: CommandLine) -> Generator[subprocess.Popen[str]]:
    """A watch in a loop, in a process of its own, that has said what its first pass recorded."""
    environment = {**GIVEN, "CASELEDGER_HOME": str(office.home)}
    watch = Caseledger("watch", "--loop", "--every", "3600", env=environment)
    with watch:
        assert watch.stdout is not None
        assert watch.stdout.readline().startswith("Recorded:")
        yield watch


def told(watch: subprocess.Popen[str]) -> tuple[str, str]:
    """All that it still says before it ends, on both ways out."""
    assert watch.stdout is not None
    assert watch.stderr is not None
    return watch.stdout.read(), watch.stderr.read()


def test_a_watch_is_stopped_without_a_traceback_once_its_pass_is_whole(office: CommandLine) -> None:
    with watching(office) as watch:
        watch.send_signal(signal.SIGINT)
        rest, said = told(watch)
    assert rest.startswith("Outbox:"), "what it had begun to say is said"
    assert (watch.returncode, said) == (130, "Stopped; what was acknowledged is recorded.\n")


def test_a_watch_that_rests_is_stopped_at_once(office: CommandLine) -> None:
    with watching(office) as watch:
        assert watch.stdout is not None
        assert watch.stdout.readline().startswith("Outbox:")
        watch.send_signal(signal.SIGINT)
        rest, said = told(watch)
    assert (rest, watch.returncode, said) == (
        "",
        130,
        "Stopped; what was acknowledged is recorded.\n",
    )


def test_an_interrupt_while_the_menu_is_made_is_a_sentence_too(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Whoever runs the tests in the background has SIGINT ignored."""

    def never_made(_words: Sequence[str]) -> App:
        signal.raise_signal(signal.SIGINT)
        raise AssertionError

    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        assert run(never_made, ["rebuild"]) == INTERRUPTED
    finally:
        signal.signal(signal.SIGINT, before)
    assert capsys.readouterr().err == "Stopped; what was acknowledged is recorded.\n"


def interrupted(times: int, passed: list[str]) -> None:
    """A pass that is interrupted so often, and the rest after it."""
    with interrupts_between_passes() as rest:
        for _ in range(times):
            signal.raise_signal(signal.SIGINT)
        passed.append("whole")
        rest(3600)


@pytest.mark.parametrize(("times", "passed"), [(1, ["whole"]), (2, [])])
def test_an_interrupt_waits_until_the_pass_is_whole_and_a_second_does_not(
    times: int, passed: list[str]
) -> None:
    before, seen = signal.getsignal(signal.SIGINT), list[str]()
    with pytest.raises(KeyboardInterrupt):
        interrupted(times, seen)
    assert seen == passed
    assert signal.getsignal(signal.SIGINT) is before


def interrupted_elsewhere() -> None:
    """A rest whose interrupt another thread takes: the system lets this one wait on."""
    taken = Timer(0.2, os.kill, (os.getpid(), signal.SIGINT))
    with interrupts_between_passes() as rest:
        taken.start()
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            rest(3600)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def test_an_interrupt_that_ends_no_wait_of_the_system_is_heard_all_the_same() -> None:
    """As one that comes just before the wait begins: the loop rested an hour on."""
    with pytest.raises(KeyboardInterrupt):
        interrupted_elsewhere()


def unread(home: Path, *words: str, way: str = "stdout") -> tuple[int, str]:
    """The exit code where nobody reads one of the two ways out, and all that is said on the other."""
    reading, writing = os.pipe()
    os.close(reading)
    nobody, heard = ("stdout", "stderr") if way == "stdout" else ("stderr", "stdout")
    ways: dict[str, Any] = {nobody: writing, heard: subprocess.PIPE}
    given = {**os.environ, "CASELEDGER_HOME": str(home)}
    try:
        process = Caseledger(*words, env=given, **ways)
    finally:
        os.close(writing)
    with process, getattr(process, heard) as said:
        told = said.read()
    return process.returncode, told


@pytest.mark.parametrize(
    "words",
    [
        ("verify",), ("verify", "--json"), ("export",), ("board",), ("sla", "--json"),
        ("policy", "show"), ("--help",), ("due", "UK-FOIA", "--received", "2026-12-11"), ("watch",),
    ],
    ids=" ".join,
)  # fmt: skip
def test_a_reader_that_has_seen_enough_is_no_failure(
    office: CommandLine, words: tuple[str, ...]
) -> None:
    office.done("open", "phone", "--request-type", "GEN-ENQ", "--as", "I-02")
    assert unread(office.home, *words) == (0, "")


def test_what_a_reader_did_not_wait_for_is_found_all_the_same(office: CommandLine) -> None:
    office.done("open", "phone", "--request-type", "GEN-ENQ", "--as", "I-02")
    tampered(office.home, "DELETE FROM entries WHERE rowid = 4")
    for words in (("verify",), ("verify", "--json")):
        assert unread(office.home, *words) == (1, "")


def test_what_is_refused_is_refused_though_nobody_reads_why(office: CommandLine) -> None:
    assert unread(office.home, "trail", "7ZK3Q-0M9TB-4", way="stderr") == (2, "")
    assert unread(office.home, "verify", way="stderr")[0] == 0


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_reader_who_has_no_letter_for_something_is_told_its_number(encoding: str) -> None:
    """It was told as a defect, also of what had been recorded, and the board's bars have no letter in many places."""

    def said(*more: str, to: str) -> str:
        asked = ("due", "UK-FOIA", "--received", "2026-12-11", "--language", "fr", *more)
        environment = {**GIVEN, "PYTHONIOENCODING": to}
        with Caseledger(*asked, env=environment, encoding=to) as process:
            out, err = process.communicate()
        assert (process.returncode, err) == (0, "")
        return str(out)

    assert json.loads(said("--json", to=encoding)) == json.loads(said("--json", to="utf-8"))
    lettered = re.sub(r"\\u([0-9a-f]{4})", lambda by: chr(int(by[1], 16)), said(to=encoding))
    assert lettered == said(to="utf-8")
    assert "Noël" in lettered


def test_where_a_way_out_is_closed_it_is_done_or_refused_as_ever() -> None:
    for closed, words, code in ((">&-", ("--help",), 0), ("2>&-", ("nonsense",), 2)):
        shell = ["sh", "-c", f'exec "$@" {closed}', "sh", *COMMAND, *words]
        ran = subprocess.run(shell, env=GIVEN, check=False, capture_output=True)
        assert (ran.returncode, ran.stdout, ran.stderr) == (code, b"", b"")


def test_output_that_is_not_read_by_a_person_is_plain(office: CommandLine) -> None:
    environment = {**GIVEN, "CASELEDGER_HOME": str(office.home), "FORCE_COLOR": "1"}
    ran = subprocess.run(
        [*COMMAND, "policy", "show"], capture_output=True, check=True, env=environment
    )
    assert b"\x1b" not in ran.stdout
