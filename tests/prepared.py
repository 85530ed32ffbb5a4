"""`caseledger` each time in a process of its own, forked from one that has imported it all.

A start takes a second or two, nearly all of it for imports: a tour of forty commands is a minute of
them. That the command starts from nothing has tests of its own.
"""

from __future__ import annotations

import atexit
import ctypes
import gc
import json
import os
import select
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from api.cli import main
from api.cli.menu import CHAPTERS

ROOT = Path(__file__).resolve().parent.parent
_ADOPTS = 36
"""PR_SET_CHILD_SUBREAPER: whose children's children come to it once their parent is gone."""
_IN_A_SHELL = """
import array, json, os, socket, sys
to = socket.socket(socket.AF_UNIX)
to.connect(sys.argv[1])
asked = {"words": sys.argv[2:], "cwd": os.getcwd(), "environment": None}
fds = array.array("i", [0, 1, 2])
to.sendmsg([json.dumps(asked).encode()], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, fds)])
sys.exit(int(to.recv(16)))
"""


class Caseledger(subprocess.Popen[str]):
    """The command in a process that is this one's child in every way, as any that `subprocess` begins.

    `first` is called before all else in the process that it is forked from, which begins a program after it.
    """

    def __init__(
        self,
        *words: str,
        first: Callable[[], None] | None = None,
        stdout: int | None = subprocess.PIPE,
        stderr: int | None = subprocess.PIPE,
        **how: Any,
    ) -> None:
        self._first = first
        super().__init__(["caseledger", *words], text=True, stdout=stdout, stderr=stderr, **how)

    def _execute_child(
        self, args: list[str], executable: Any, preexec_fn: Any, close_fds: Any, pass_fds: Any,
        cwd: Any, env: Any, startupinfo: Any, creationflags: Any, shell: Any,
        p2cread: int, p2cwrite: int, c2pread: int, c2pwrite: int, errread: int, errwrite: int,
        *more: Any,
    ) -> None:  # fmt: skip
        given = [p2cread, c2pwrite, errwrite]
        fds = [number if fd == -1 else fd for number, fd in enumerate(given)]
        asked = {
            "words": args[1:],
            "cwd": str(cwd or Path.cwd()),
            "environment": dict(os.environ if env is None else env),
        }
        self.pid = _adopted(_preparing(self._first), asked, fds)
        self._child_created = True
        for ours, theirs in ((p2cwrite, p2cread), (c2pread, c2pwrite), (errread, errwrite)):
            if ours != -1:
                os.close(theirs)


@contextmanager
def prepared(folder: Path, environment: dict[str, str]) -> Generator[str]:
    """The line that makes `caseledger` a command of a shell; every call of it has this environment."""
    listening = folder / "prepared.sock"
    process = _started(listening, environment)
    try:
        client = shlex.join([sys.executable, "-I", "-S", "-c", _IN_A_SHELL, str(listening)])
        yield f'caseledger() {{ {client} "$@"; }}\n'
    finally:
        process.communicate()


@cache
def _preparing(first: Callable[[], None] | None) -> Path:
    """Where the process listens that this one's are forked from; it ends with this one."""
    folder = tempfile.TemporaryDirectory(prefix="caseledger-prepared-")
    listening = Path(folder.name, "prepared.sock")
    process = _started(listening, dict(os.environ), first)
    atexit.register(folder.cleanup)
    atexit.register(process.communicate)
    return listening


def _started(
    listening: Path, environment: dict[str, str], first: Callable[[], None] | None = None
) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-c", f"from {__name__} import serve; serve({str(listening)!r})"],
        cwd=ROOT,
        env={**environment, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        preexec_fn=first,  # noqa: PLW1509 - it asks the kernel, and waits for no thread
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    return process


def _adopted(listening: Path, asked: dict[str, Any], fds: list[int]) -> int:
    """The process that is begun, once it is a child of this one."""
    libc = ctypes.CDLL(None)
    libc.prctl(_ADOPTS, 1, 0, 0, 0)
    try:
        with socket.socket(socket.AF_UNIX) as to:
            to.connect(str(listening))
            socket.send_fds(to, [json.dumps(asked).encode()], fds)
            pid = int(to.recv(16))
    finally:
        libc.prctl(_ADOPTS, 0, 0, 0, 0)
    assert f"\nPPid:\t{os.getpid()}\n" in Path(f"/proc/{pid}/status").read_text()
    return pid


def serve(listening: str) -> None:
    """Forks for each call, until whoever started this is gone; the child has been the command when this returns."""
    for _, module, _ in CHAPTERS:
        import_module(module)
    import_module("api.cli.policies.publishing")
    gc.freeze()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(listening)
        server.listen()
        print("ready", flush=True)  # noqa: T201 - who started this waits for it
        while True:
            if sys.stdin in select.select([server, sys.stdin], [], [])[0]:
                os._exit(0)
            caller, _ = server.accept()
            with caller:
                said, fds, _, _ = socket.recv_fds(caller, 1 << 20, 3)
                asked = json.loads(said)
                waits = asked["environment"] is None
                child = os.fork() if waits else _forked_for(caller)
                if child == 0:
                    break
                for fd in fds:
                    os.close(fd)
                if waits:
                    _, status = os.waitpid(child, 0)
                    caller.send(str(os.waitstatus_to_exitcode(status) & 0xFF).encode())
    _become(asked, fds)
    code = main()
    if waits:  # taking all that was imported apart again would cost as much as the command
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def _forked_for(caller: socket.socket) -> int:
    """Forks a process whose parent is gone, and tells the caller which it is; 0 in that process."""
    if between := os.fork():
        os.waitpid(between, 0)
        return between
    parent = os.getpid()
    if os.fork():
        os._exit(0)
    while os.getppid() == parent:
        os.sched_yield()
    caller.send(str(os.getpid()).encode())
    return 0


def _become(asked: dict[str, Any], fds: list[int]) -> None:
    """Takes over what the caller asks, its folder, environment and ways in and out."""
    sys.argv = ["caseledger", *asked["words"]]
    for ours, theirs in enumerate(fds):
        os.dup2(theirs, ours)
        os.close(theirs)
    if asked["environment"] is not None:
        os.environ.clear()
        os.environ.update(asked["environment"])
    line = 1 if "PYTHONUNBUFFERED" in os.environ else -1
    encoding = os.environ.get("PYTHONIOENCODING", "utf-8")
    sys.stdin, sys.stdout, sys.stderr = (
        os.fdopen(fd, mode, line, encoding=encoding) for fd, mode in enumerate("rww")
    )
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # whatever started the tests may ignore it
    os.chdir(asked["cwd"])
