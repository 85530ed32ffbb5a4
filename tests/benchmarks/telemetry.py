"""What telemetry costs: our service with traces and metrics asked for, beside the same without, in turns.

The collector is away, as on a bad day: what is told is made and sent, and nobody takes it. Told is the processor time
of the service's process alone, of which a busy machine says more than of the clock.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from tests.benchmarks.http_intake import CALLS, Target, ours_at, read_head, request_of
from tests.benchmarks.measuring import Measured, ratio_of, short, taking_turns
from tests.benchmarks.places import Place

ROUNDS = 5
A_ROUND = 200
NOBODY_LISTENS = "http://127.0.0.1:9"
Ask = Callable[[Target], bytes]


def measure(place: Place) -> list[Measured]:
    """A call noted and a list of cases, each with and without."""
    asked_for = {"OTEL_EXPORTER_OTLP_ENDPOINT": NOBODY_LISTENS}
    with ours_at(place) as without, ours_at(place, set_so=asked_for) as told:
        targets = {"told": told, "without": without}
        return [
            _row(place, work, ask, status, targets)
            for work, ask, status in (
                ("a call noted", lambda target: request_of(target, CALLS), 201),
                ("a list of 50 cases", _list, 200),
            )
        ]


def _row(place: Place, work: str, ask: Ask, status: int, targets: dict[str, Target]) -> Measured:
    def round_of(target: Target) -> Callable[[int], float]:
        def act(_number: int) -> float:
            requests = [ask(target) for _ in range(A_ROUND)]
            before = _worked(target.pid)
            _answered(target, requests, status)
            return (_worked(target.pid) - before) / A_ROUND

        return act

    took = taking_turns({name: round_of(each) for name, each in targets.items()}, rounds=ROUNDS)
    return Measured(
        f"{place.name}: {work} with telemetry asked for and its collector away, processor time",
        short(median(took["told"])),
        f"without, {short(median(took['without']))}",
        ratio_of(took["told"], took["without"]),
    )


def _list(target: Target) -> bytes:
    return (
        b"GET /v1/cases?limit=50 HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\n\r\n"
        % target.key.encode()
    )


def _answered(target: Target, requests: Sequence[bytes], expected: int) -> None:
    """Sends each once the one before is answered whole."""
    with socket.create_connection(("127.0.0.1", target.port)) as connection:
        answers = connection.makefile("rb")
        for request in requests:
            connection.sendall(request)
            head = b"".join(iter(answers.readline, b"\r\n"))
            status, length = read_head(head + b"\r\n")
            body = answers.read(length)
            if status != expected:
                raise AssertionError(f"{status}: {body[:300]!r}")


def _worked(pid: int) -> float:
    """The seconds that the threads of a process have spent on a processor, to the nanosecond (Linux tells it)."""
    tasks = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(each.read_text().split()[0]) for each in tasks) / 1e9
