"""A way to a mail server that breaks off at a word of the client: closed by the other side, or silent from then on."""

from __future__ import annotations

import socket
import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Break:
    """When: as the client says this for the so many-th time, which does not arrive; and how."""

    word: bytes
    times: int = 1
    silent: bool = False


@dataclass
class _Way:
    """Between clients and a server on this machine."""

    port: int
    at: Break
    said: int = 0
    lines: list[socket.socket] = field(default_factory=list[socket.socket])

    def carry(self, listening: socket.socket) -> None:
        """Carries what one client after another says, until nobody listens any more."""
        with suppress(OSError):
            while True:
                client, _ = listening.accept()
                server = socket.create_connection(("127.0.0.1", self.port))
                self.lines += [client, server]
                for by, to, word in ((client, server, self.at.word), (server, client, None)):
                    carried = threading.Thread(target=self._carry, args=(by, to, word), daemon=True)
                    carried.start()

    def end(self) -> None:
        """Closes every line."""
        for each in self.lines:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _carry(self, by: socket.socket, to: socket.socket, word: bytes | None) -> None:
        with suppress(OSError):
            while said := by.recv(65536):
                if word is not None and word in said:
                    self.said += 1
                    if self.said >= self.at.times:
                        break
                to.sendall(said)
            if not self.at.silent:
                self.end()


@contextmanager
def broken_off(port: int, at: Break) -> Generator[int]:
    """The port of a way to the server that listens at `port`."""
    way = _Way(port, at)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=way.carry, args=(listening,), daemon=True).start()
        try:
            yield listening.getsockname()[1]
        finally:
            way.end()
