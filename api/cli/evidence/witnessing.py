"""The witness from the command line: a tool for another office, which needs no ledger; asked by files or over HTTP."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import uvicorn
from cyclopts import Parameter

from api.cli.edge import DONE, STANDARD_INPUT
from api.cli.showing import Column, number, say, show_json, show_table, warn
from api.cli.wording.in_french import told
from api.http.serving.listening import (
    HERE,
    address_of,
    listening_at,
    listening_on,
    stops_when_told,
)
from api.log_lines import log_as_json
from api.witnesses.answering import witness_app
from ledger.errors import InvalidCommand
from ledger.evidence.signing.asked import LONGEST_REQUEST, Asked
from ledger.evidence.signing.witness import Witness
from ledger.service import now
from ledger.settings import Settings

AsJson = Annotated[bool, Parameter(name="--json", negative="", help="Answer as JSON.")]


def new(name: str, *, as_json: AsJson = False) -> int:
    """Makes a witness in the folder CASELEDGER_WITNESS (.caseledger-witness if unset).

    Parameters
    ----------
    name
        What it is called, such as witness.example.org.
    """
    key = Witness(Settings().witness).make(name)
    if as_json:
        show_json({"key": str(key)})
    else:
        say(
            told("Give this key to the offices whose logs you witness, and publish it:"),
            str(key),
            told(
                "Its secret half and what it saw lie in {place}: keep both.",
                place=Settings().witness.absolute(),
            ),
        )
    return DONE


def trust(key: str, *, as_json: AsJson = False) -> int:
    """Watches a log, or takes another key of one that is watched.

    Parameters
    ----------
    key
        The log's public key for checkpoints, or a file whose first line it is (`caseledger keys show --out`).
    """
    seen = Witness(Settings().witness).trust(_key_in(key))
    if as_json:
        show_json(seen)
    else:
        say(
            told(
                "{origin} is watched; known keys of it: {count}.",
                origin=seen.origin,
                count=len(seen.keys),
            )
        )
    return DONE


def _key_in(said: str) -> str:
    """The key itself, or the first in the file that was named."""
    path = Path(said)
    if not path.is_file():
        return key_itself(said)
    if path.stat().st_size > LONGEST_REQUEST:
        raise InvalidCommand(f"{said} is too long for a file of keys: give the key itself.")
    return path.read_text("utf-8", errors="replace").strip().partition("\n")[0]


def show(*, as_json: AsJson = False) -> int:
    """Shows the logs that are watched, and the last checkpoint of each that was cosigned."""
    witness = Witness(Settings().witness)
    key, logs, kept = witness.key, witness.logs(), [str(each) for each in witness.not_shown()]
    if as_json:
        show_json({"key": str(key), "logs": logs, "not_shown": kept})
        return DONE
    rows = [
        (
            log.origin,
            log.size,
            f"{datetime.fromtimestamp(log.cosigned_at, UTC):%Y-%m-%d %H:%M:%S}" if log.size else "",
        )
        for log in logs
    ]
    columns = (Column("log", folds=True), number("entries"), Column("cosigned (UTC)"))
    show_table(
        told("Witness {name}", name=key.name),
        columns,
        rows,
        empty="No log is watched: `caseledger witness trust KEY`.",
    )
    say(told("Its key: {key}", key=key))
    for each in kept:
        say(
            told(
                "Signed by a log, and not shown to go on from what was cosigned of it: {note}",
                note=each,
            )
        )
    return DONE


def cosign(file: str) -> int:
    """Checks that a checkpoint goes on from the last one that was cosigned, and writes it out cosigned.

    Parameters
    ----------
    file
        What the office wrote with `caseledger checkpoint --for-witness`; - reads it from standard input.
    """
    asked = Asked.read(given_text(file))
    note = Witness(Settings().witness).cosign(asked, at=datetime.now(UTC))
    sys.stdout.write(str(note))
    return DONE


def serve(*, host: str = HERE, port: int = 8422) -> int:
    """Cosigns for logs that ask over HTTP (C2SP tlog-witness), until it is stopped; for others TLS stands before it.

    Parameters
    ----------
    host
        The address to listen on; the loopback if left out.
    port
        The port to listen on; 0 for any that is free.
    """
    witness = Witness(Settings().witness)
    name = witness.key.name
    log_as_json()
    app = witness_app(witness, clock=now)
    server = uvicorn.Server(listening_on(app, host=host, port=0))
    socket = listening_at(host, port)
    socket.listen()  # whoever asks at once waits until it answers
    warn("{name} witnesses at {address}", name=name, address=address_of(*socket.getsockname()[:2]))
    stops_when_told(server)
    server.run(sockets=[socket])
    return DONE


def given_text(file: str) -> str:
    """The note that a file or the standard input holds."""
    return text_of(given_bytes(file, at_most=LONGEST_REQUEST))


def key_itself(said: str) -> str:
    """What was given as a key and is no file; InvalidCommand where it can only be the name of one."""
    if "+" not in said:
        raise InvalidCommand(
            f"There is no file {said}, and a public key looks like NAME+12345678+BASE64: check the name."
        )
    return said


def given_bytes(file: str, *, at_most: int) -> bytes:
    """What a file or the standard input holds; InvalidCommand if it is too long."""
    if file == STANDARD_INPUT:
        given = sys.stdin.buffer.read(at_most + 1)
    else:
        with Path(file).open("rb") as opened:
            given = opened.read(at_most + 1)
    if len(given) > at_most:
        raise InvalidCommand("This file is too long to be a note or a proof: give another one.")
    return given


def text_of(given: bytes) -> str:
    """Bytes as text; InvalidCommand if they are none."""
    try:
        return given.decode()
    except UnicodeDecodeError as error:
        raise InvalidCommand("This file is no text: give the note as it was received.") from error
