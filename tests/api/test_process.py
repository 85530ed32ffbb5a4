"""The command as a process: how it ends when it is stopped, or nobody reads on."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Generator
from contextlib import contextmanager

import pytest

from api.cli.running import interrupts_between_passes
from tests.api.command_line import COMMAND, ROOT, CommandLine

GIVEN = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}


@contextmanager
def watching(office: CommandLine) -> Generator[subprocess.Popen[str]]:
    """A watch in a loop, in a process of its own, that has said what its first pass recorded."""
    environment = {**GIVEN, "CASELEDGER_HOME": str(office.home)}
    watch = subprocess.Popen(
        [*COMMAND, "watch", "--loop", "--every", "3600"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )
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


def test_a_reader_that_has_seen_enough_is_no_failure(office: CommandLine) -> None:
    for _ in range(3):
        office.done("open", "phone", "--request-type", "GEN-ENQ", "--as", "I-02")
    environment = {**GIVEN, "CASELEDGER_HOME": str(office.home)}
    export = subprocess.Popen(
        [*COMMAND, "export"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    )
    with export:
        assert export.stdout is not None
        export.stdout.close()
        assert export.stderr is not None
        said = export.stderr.read()
    assert (export.returncode, said) == (0, b"")


def test_output_that_is_not_read_by_a_person_is_plain(office: CommandLine) -> None:
    environment = {**GIVEN, "CASELEDGER_HOME": str(office.home), "FORCE_COLOR": "1"}
    ran = subprocess.run(
        [*COMMAND, "policy", "show"], capture_output=True, check=True, env=environment
    )
    assert b"\x1b" not in ran.stdout
