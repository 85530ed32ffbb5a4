"""Connections of nobody in particular: what is too large, too slow or too much is ended, and others are answered."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from http.client import HTTPResponse
from urllib.parse import urlsplit

import pytest

from api.http.serving.connections import BoundedProtocol
from tests.api.http.processes import wait_until
from tests.api.http.served import Served, serving
from tests.ledgers import place_in
from tests.patience import WITHIN_SECONDS

ALIVE = b"GET /health/live HTTP/1.1\r\nHost: x\r\n"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(place_in(tmp_path_factory.mktemp("connections"))) as served:
        yield served


def connected(office: Served) -> socket.socket:
    """A connection on which nothing was said yet."""
    address = urlsplit(office.url)
    assert address.hostname is not None
    return socket.create_connection((address.hostname, address.port or 0), WITHIN_SECONDS)


def heard(connection: socket.socket) -> bytes:
    """All that comes until the connection is ended by the other side."""
    found = b""
    try:
        while piece := connection.recv(65_536):
            found += piece
    except ConnectionResetError:  # what was sent after the end was not read
        pass
    return found


def status(connection: socket.socket) -> int:
    """What a request on this connection is answered with, once the whole answer has come."""
    answer = HTTPResponse(connection)
    answer.begin()
    answer.read()
    return answer.status


def takes(connection: socket.socket, piece: bytes) -> bool:
    """Whether the other side takes this."""
    try:
        connection.sendall(piece)
    except OSError:
        return False
    return True


def sends(connection: socket.socket, piece: bytes, *, times: int) -> None:
    """Sends the same again and again, until the other side takes no more."""
    all(takes(connection, piece) for _ in range(times))


@pytest.mark.parametrize("begins", [b"", ALIVE, b"GET /health/live?"])
def test_a_head_without_an_end_is_refused_before_it_fills_the_memory(
    office: Served, begins: bytes
) -> None:
    with connected(office) as connection:
        connection.sendall(begins)
        sends(connection, b"X-A: " + b"a" * 60_000 + b"\r\n", times=50)
        said = heard(connection)  # nothing, where the end of the connection overtakes the answer
        assert said == b"" or said.split()[1] in {b"400", b"431"}
    with connected(office) as connection:
        connection.sendall(ALIVE + b"\r\n")
        assert status(connection) == 200


def test_a_head_that_is_too_large_is_refused_also_where_all_of_it_comes_at_once(
    office: Served,
) -> None:
    large, fits = (b"X-A: " + b"a" * length + b"\r\n\r\n" for length in (70_000, 60_000))
    for said, expected in ((ALIVE + large, 431), (ALIVE + fits, 200)):
        with connected(office) as connection:
            connection.sendall(said)
            assert status(connection) == expected


@pytest.mark.parametrize(
    "said",
    [
        b"Good morning\r\n\r\n",
        ALIVE + b"X A: b\r\n\r\n",
        ALIVE + b"Content-Length: -1\r\n\r\n",
        ALIVE.replace(b"GET", b"POST") + b"Transfer-Encoding: chunked\r\n\r\nno length\r\n",
    ],
)
def test_what_is_no_http_is_refused_as_all_else_is(office: Served, said: bytes) -> None:
    """A client that reads problems (RFC 9457) choked on two words of plain text."""
    with connected(office) as connection:
        connection.sendall(said)
        answer = HTTPResponse(connection)
        answer.begin()
        problem = json.loads(answer.read())
    assert (answer.status, answer.getheader("Content-Type")) == (400, "application/problem+json")
    assert (problem["status"], problem["title"]) == (400, "Bad Request")
    assert "how its body is framed" in problem["detail"]


def test_what_follows_a_body_without_an_end_is_not_taken_in_either(office: Served) -> None:
    with connected(office) as connection:
        connection.sendall(
            b"POST /v1/cases HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"
        )
        sends(connection, b"X-A: " + b"a" * 60_000 + b"\r\n", times=50)
        heard(connection)


@pytest.mark.parametrize("said", [b"", b"\r\n", ALIVE])
def test_whoever_says_nothing_or_half_is_waited_for_no_longer_than_that(
    office: Served, monkeypatch: pytest.MonkeyPatch, said: bytes
) -> None:
    monkeypatch.setattr(BoundedProtocol, "head_seconds" if said else "idle_seconds", 0.05)
    with connected(office) as connection:
        connection.sendall(said)
        assert heard(connection) == b""


def test_whoever_was_answered_and_says_half_is_waited_for_no_longer_than_that(
    office: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(BoundedProtocol, "head_seconds", 0.05)
    with connected(office) as connection:
        connection.sendall(ALIVE + b"\r\n")
        assert status(connection) == 200
        connection.sendall(ALIVE)
        assert heard(connection) == b""


def test_a_request_that_is_begun_in_time_may_take_its_time(
    office: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller = office.as_member("I-02")
    monkeypatch.setattr(BoundedProtocol, "head_seconds", 0.0001)
    assert caller.opened()


def test_whoever_was_answered_before_all_was_sent_is_waited_for_as_whoever_was_answered_after(
    office: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before, the time of a head ran on: a connection that a proxy keeps was ended under what it asked next."""
    with connected(office) as connection, connected(office) as another:
        connection.sendall(b"POST /v1/cases HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n")
        assert status(connection) == 401
        monkeypatch.setattr(BoundedProtocol, "head_seconds", 0.05)
        connection.sendall(b"{}")
        another.sendall(ALIVE)
        assert heard(another) == b"", "as long has passed"
        connection.sendall(ALIVE + b"\r\n")
        assert status(connection) == 200
        monkeypatch.setattr(BoundedProtocol, "idle_seconds", 0.05)
    with connected(office) as connection:
        connection.sendall(b"POST /v1/cases HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n")
        assert status(connection) == 401
        connection.sendall(b"{}")
        assert heard(connection) == b"", "nor for ever"


def test_whoever_closes_after_one_request_hears_why_its_body_is_refused_and_is_not_reset(
    office: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proxies do unless told otherwise, and said of a body too large that nobody was there (502)."""
    begun = b"POST /v1/cases HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 9000000\r\n\r\n"
    with connected(office) as connection:
        connection.sendall(begun)
        assert heard(connection).split()[1] == b"413"
        for _ in range(9):
            connection.sendall(b"a" * 1_000_000)
        assert connection.recv(1) == b""
    with connected(office) as connection:
        connection.sendall(begun.replace(b"9000000", b"2"))
        assert heard(connection).split()[1] == b"401"
        connection.sendall(b"{}" + begun)  # after its last answer nobody is asked anything more
    monkeypatch.setattr(BoundedProtocol, "head_seconds", 0.05)
    with connected(office) as connection:
        connection.sendall(begun)
        assert heard(connection).split()[1] == b"413"
        wait_until(lambda: not takes(connection, b"a"))  # nor is it waited for for ever


def test_of_too_many_connections_the_last_is_told_so_and_the_next_is_answered_once_one_has_gone(
    office: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.client.get("/health/live")
    with connected(office) as first:
        first.sendall(ALIVE + b"\r\n")
        assert status(first) == 200
        monkeypatch.setattr(BoundedProtocol, "at_most", 1)
        with connected(office) as last:
            assert b" 503 " in (said := heard(last))
            assert b"Retry-After" in said
        first.sendall(ALIVE + b"\r\n")
        assert status(first) == 200
    monkeypatch.undo()
    with connected(office) as connection:
        connection.sendall(ALIVE + b"\r\n")
        assert status(connection) == 200


def test_whoever_shuts_their_side_once_they_have_asked_is_answered_still(office: Served) -> None:
    with connected(office) as connection:
        connection.sendall((ALIVE + b"\r\n") * 2)
        connection.shutdown(socket.SHUT_WR)
        said = heard(connection)
    assert said.count(b"HTTP/1.1 200 OK") == said.count(b'{"status":"live"}') == 2


def test_whoever_shuts_their_side_before_they_have_asked_is_not_waited_for(office: Served) -> None:
    with connected(office) as connection:
        connection.sendall(ALIVE)
        connection.shutdown(socket.SHUT_WR)
        assert heard(connection) == b""


def test_what_stands_after_a_body_is_no_header(office: Served) -> None:
    """A proxy that takes care of who may say `Authorization` looks at headers alone."""
    reference = office.as_member("I-02").opened()
    head = f"POST /v1/cases/{reference}/note HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n".encode()
    token = f"Authorization: Bearer {office.as_member('I-02').token}\r\n".encode()
    chunked = b'Transfer-Encoding: chunked\r\n\r\nc\r\n{"text":"x"}\r\n0\r\n'
    key, others = b"Idempotency-Key: trailed\r\n", b'Idempotency-Key: other\r\nIf-Match: "99"\r\n'
    with connected(office) as connection:
        connection.sendall(head + key + chunked + token + b"\r\n")
        assert status(connection) == 401
    with connected(office) as connection:
        connection.sendall(head + key + token + chunked + others + token + b"\r\n")
        assert status(connection) == 201


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (b"GET /health%2Flive HTTP/1.1\r\nHost: x\r\n\r\n", 404),
        (b"GET /health%5clive HTTP/1.1\r\nHost: x\r\n\r\n", 404),
        (b"GET /v1/cases?team=a%2Fb HTTP/1.1\r\nHost: x\r\n\r\n", 401),
        (b"GET /health/live HTTP/1.1\r\n\r\n", 400),
        (b"GET /health/live HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400),
        (b"GET /health/live HTTP/1.0\r\n\r\n", 200),
        (ALIVE + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 400),
        (ALIVE + b"Transfer-Encoding: Chunked\r\n\r\n0\r\n\r\n", 200),
        (ALIVE + b"Authorization: Bearer a\r\nAuthorization: Bearer b\r\n\r\n", 400),
    ],
)
def test_what_a_proxy_could_take_otherwise_is_refused(
    office: Served, said: bytes, expected: int
) -> None:
    with connected(office) as connection:
        connection.sendall(said)
        assert status(connection) == expected


def test_whoever_leaves_in_the_middle_of_what_they_say_is_no_defect(
    office: Served, capsys: pytest.CaptureFixture[str]
) -> None:
    token = office.as_member("I-02").token
    head = (
        f"POST /v1/cases HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nIdempotency-Key: half\r\n"
        "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
    )
    with connected(office) as connection:
        connection.sendall(head.encode())
    wait_until(lambda: 'status="none"' in office.nobody().get("/metrics").text)
    assert "defect" not in capsys.readouterr().out
