"""A receiver of webhooks for tests: a real HTTP server on the loopback, which answers as it is told."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.patience import WITHIN_SECONDS

_LISTENED_AT = set[int]()


@dataclass(frozen=True)
class Delivery:
    """One request as the receiver saw it."""

    path: str
    headers: dict[str, str]
    body: str

    @property
    def event(self) -> Any:
        """The event that it brings."""
        return json.loads(self.body)

    @property
    def position(self) -> int:
        """The entry that it tells of."""
        return int(self.event["sequence"])

    @property
    def stream(self) -> str:
        """The stream of that entry."""
        return str(self.event["subject"])


@dataclass(frozen=True)
class Answer:
    """What a receiver answers; `lasts` goes on with its body until the test ends."""

    status: int = 204
    headers: dict[str, str] = field(default_factory=dict[str, str])
    lasts: bool = False


class Receiver:
    """What was received, in order, and how to answer it; `count` says how many to wait for."""

    def __init__(self) -> None:
        self.received: list[Delivery] = []
        self.accepted: list[Delivery] = []
        self.answers: Callable[[Delivery], Answer] = lambda _delivery: Answer()
        self.url = ""
        self.ended = threading.Event()
        self._came = threading.Condition()

    def take(self, delivery: Delivery) -> Answer:
        """Keeps a delivery, and says how it is answered."""
        answer = self.answers(delivery)
        with self._came:
            self.received.append(delivery)
            if 200 <= answer.status < 300:
                self.accepted.append(delivery)
            self._came.notify_all()
        return answer

    def wait_for(self, count: int) -> list[Delivery]:
        """The first so many that were accepted, once they have come."""
        with self._came:
            assert self._came.wait_for(lambda: len(self.accepted) >= count, WITHIN_SECONDS)
            return self.accepted[:count]

    def positions(self, stream: str | None = None) -> list[int]:
        """The positions that were accepted, of a stream or of all, in the order in which they came."""
        return [each.position for each in self.accepted if stream in (None, each.stream)]


@contextmanager
def receiving(*, tls: ssl.SSLContext | None = None, port: int = 0) -> Generator[Receiver]:
    """A receiver that listens until the block ends."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", "0"))
            body = self.rfile.read(length).decode()
            answer = receiver.take(Delivery(self.path, dict(self.headers.items()), body))
            self.send_response(answer.status)
            for name, said in answer.headers.items():
                self.send_header(name, said)
            if answer.lasts:
                self.send_header("Transfer-Encoding", "chunked")
                self.end_headers()
                self.wfile.flush()
                receiver.ended.wait()
                self.close_connection = True
            else:
                self.send_header("Content-Length", "0")
                self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing."""

    server = _listening(port, Handler)
    server.daemon_threads = True
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    scheme = "http" if tls is None else "https"
    receiver.url = f"{scheme}://127.0.0.1:{server.server_address[1]}/hooks"
    try:
        yield receiver
    finally:
        receiver.ended.set()
        server.shutdown()
        thread.join()
        server.server_close()


def _listening(port: int, handler: type[BaseHTTPRequestHandler]) -> ThreadingHTTPServer:
    """A server at this port, or at one that no receiver before had: to that its subscriptions would deliver still."""
    while (server := ThreadingHTTPServer(("127.0.0.1", port), handler)).server_port in _LISTENED_AT:
        if port:
            break
        server.server_close()
    _LISTENED_AT.add(server.server_port)
    return server


def certified(folder: Path, name: str) -> tuple[ssl.SSLContext, Path]:
    """A machine of this name that proves it by a certificate of its own, and the file in which that is believed."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    since = datetime.now(UTC) - timedelta(days=1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(since + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    whole, shown = folder / "machine.pem", folder / "authority.pem"
    shown.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    whole.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + shown.read_bytes()
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(whole)
    return context, shown
