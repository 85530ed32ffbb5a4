"""`caseledger` in a shell, each time in a process of its own, forked from one that has imported it all.

A start takes a second or two, nearly all of it for imports; a tour of forty commands is a minute of
them. That the command starts from nothing has tests of its own.
"""

from __future__ import annotations

import os
import shlex
import socket
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from api.cli import main
from api.cli.menu import CHAPTERS

ROOT = Path(__file__).resolve().parent.parent

_CLIENT = """
import array, os, socket, sys
to = socket.socket(socket.AF_UNIX)
to.connect(sys.argv[1])
said = "\\0".join([os.getcwd(), *sys.argv[2:]]).encode()
fds = array.array("i", [0, 1, 2])
to.sendmsg([said], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, fds)])
sys.exit(int(to.recv(1)[0]))
"""


@contextmanager
def prepared(folder: Path, environment: dict[str, str]) -> Generator[str]:
    """The line that makes `caseledger` a command of a shell; every call of it has this environment."""
    listening = folder / "prepared.sock"
    process = subprocess.Popen(
        [sys.executable, "-m", __name__, str(listening)],
        cwd=ROOT,
        env={**environment, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        client = shlex.join([sys.executable, "-I", "-S", "-c", _CLIENT, str(listening)])
        yield f'caseledger() {{ {client} "$@"; }}\n'
    finally:
        process.terminate()
        process.communicate()


def _serve(listening: str) -> int:
    """Forks for each call, one after another; returns in the child alone, where it has been the command."""
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(listening)
        server.listen()
        print("ready", flush=True)  # noqa: T201 - who started this waits for it
        while True:
            caller, _ = server.accept()
            with caller:
                said, fds, _, _ = socket.recv_fds(caller, 1 << 16, 3)
                child = os.fork()
                if child == 0:
                    break
                for fd in fds:
                    os.close(fd)
                _, status = os.waitpid(child, 0)
                caller.send(bytes([os.waitstatus_to_exitcode(status) & 0xFF]))
    cwd, *words = said.decode().split("\0")
    return _become(cwd, words, fds)


def _become(cwd: str, words: list[str], fds: list[int]) -> int:
    for ours, theirs in enumerate(fds):
        os.dup2(theirs, ours)
        os.close(theirs)
    sys.stdin, sys.stdout, sys.stderr = (os.fdopen(fd, mode) for fd, mode in enumerate("rww"))
    os.chdir(cwd)
    return main(words)


if __name__ == "__main__":
    for _, module, _ in CHAPTERS:
        import_module(module)
    import_module("api.cli.policies.publishing")
    exit_code = _serve(sys.argv[1])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(
        exit_code
    )  # taking all that was imported apart again would cost as much as the command
