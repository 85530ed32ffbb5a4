"""The command as a process: how it ends when it is stopped, or nobody reads on."""

from __future__ import annotations

import os
import signal
import subprocess

from tests.api.command_line import COMMAND, ROOT, CommandLine

GIVEN = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}


def test_a_watch_is_stopped_without_a_traceback(office: CommandLine) -> None:
    environment = {**GIVEN, "CASELEDGER_HOME": str(office.home)}
    watch = subprocess.Popen(
        [*COMMAND, "watch", "--loop", "--every", "60"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )
    with watch:
        assert watch.stdout is not None
        assert watch.stdout.readline().startswith("Recorded:")
        watch.send_signal(signal.SIGINT)
        _, said = watch.communicate(timeout=30)
    assert (watch.returncode, said) == (130, "Stopped; what was acknowledged is recorded.\n")


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
