"""The demonstration served: its ledger on the loopback, the clock going on from where its months ended."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from socket import socket

from api.cli.running.serving import serve_here
from api.cli.showing import warn
from api.department import YearLived
from ledger.ids import reference_of
from ledger.policy.document.policy import Policy
from ledger.service import now
from ledger.settings import Settings

_ELSEWHERE = ("CASELEDGER_DATABASE_URL", "CASELEDGER_MASTER_KEY")
_LOGIN = "'Content-Type: application/json' -d '{\"member\":\"%s\"}' | cut -d'\"' -f4"


def serve_demo(place: Path, policy: Policy, run: YearLived, *, at: socket) -> None:
    """Serves the ledger that lies there until it is told to stop, and says what to try as its director."""
    os.environ["CASELEDGER_HOME"] = str(place.resolve())
    for name in _ELSEWHERE:
        os.environ.pop(name, None)
    member = policy.office.director or next(iter(policy.members))
    shown = (
        "board",
        f"queues/{next(iter(policy.teams))}",
        *(f"cases/{reference_of(each)}/trail" for each in run.told_cases[:1]),
    )
    begun_at, ended_at = now(), run.ended_at

    def tell(address: str) -> None:
        ask = f'curl -s {address}/v1/%s -H "Authorization: Bearer $T"'
        warn("Serving {address}", address=address)
        warn(
            "Its clock goes on from {at} UTC; Ctrl-C ends it. In another shell:",
            at=f"{ended_at:%Y-%m-%d %H:%M}",
        )
        typed = (
            f"T=$(curl -s {address}/demo/login -H {_LOGIN % member})",
            *(ask % each for each in shown),
        )
        sys.stderr.writelines(f"  {each}\n" for each in typed)
        sys.stderr.flush()

    serve_here(Settings(), at, clock=lambda: ended_at + (now() - begun_at), tell=tell)
