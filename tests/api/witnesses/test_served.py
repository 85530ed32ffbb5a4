"""`caseledger witness serve`, in a process of its own."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import httpx

from ledger.evidence.proving.cosigning import asking
from ledger.evidence.signing.witness import Witness
from tests.evidence.signing_office import SigningOffice
from tests.patience import WITHIN_SECONDS
from tests.prepared import Caseledger


def test_a_witness_that_is_killed_goes_on_from_what_it_cosigned(
    office: SigningOffice, witness: Witness, tmp_path: Path
) -> None:
    with office.proofs() as proofs:
        request, size = str(asking(proofs, since=0)), proofs.size
    for expected, ending in ((200, signal.SIGKILL), (409, signal.SIGTERM)):
        asked = ("witness", "serve", "--port", "0")
        environment = {**os.environ, "CASELEDGER_WITNESS": str(tmp_path / "witness")}
        with Caseledger(*asked, env=environment, stdout=None) as process:
            try:
                assert process.stderr is not None
                said = process.stderr.readline().split()
                assert said[:3] == ["witness.example.org", "witnesses", "at"]
                answer = httpx.post(
                    f"{said[3]}/add-checkpoint", content=request, timeout=WITHIN_SECONDS
                )
                assert answer.status_code == expected
                process.send_signal(ending)
                assert process.wait(timeout=WITHIN_SECONDS) == (
                    0 if ending == signal.SIGTERM else -ending
                )
            finally:
                process.kill()
        assert witness.logs()[0].size == size
