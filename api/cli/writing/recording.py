"""Recording from the command line: one command asked, logged without personal data, its receipt shown."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from time import perf_counter
from typing import Any, cast

import structlog

from api.cli.ledgers import office_days, warn_of_a_clock_set_back
from api.cli.showing import say, show_json
from api.cli.wording.in_french import told
from api.cli.writing.refused import refused
from api.verbs import Ask
from api.verbs.records import opened_before
from ledger.commands import Request
from ledger.entry import Receipt
from ledger.errors import LedgerError, NotAuthorised, Refusal
from ledger.ids import reference_of
from ledger.service import Ledger

_ONLY_ONE = frozenset({"calls", "directory", "rate", "sequence"})
"""Kinds of streams of which a ledger or a team has one: nobody needs its id."""


_NOT_BACK = (
    "The last entry was recorded at {there}, and here it is {here}: this is recorded as of the later of the two, since "
    "the log never goes back; set this machine's clock."
)


def recorded(ledger: Ledger, request: Request, *, verbose: bool, by: Ask | None = None) -> Receipt:
    """The receipt of a command; with `verbose` a line on stderr says what became of it.

    `by` asks it where it takes more than one command. That the ledger's rules refuse this actor is put on record.
    """
    began = perf_counter()
    said: dict[str, Any] = {
        "command": type(request.command).__name__,
        "actor": request.actor.id,
    }
    try:
        receipt = _asked(ledger, request, by or Ledger.ask)
    except LedgerError as error:
        said["outcome"] = error.code
        raise
    else:
        said |= {
            "outcome": "recorded" if receipt.fresh else "unchanged",
            "stream": receipt.stream,
            "version": receipt.version,
            "position": receipt.position,
        }
        if receipt.fresh:
            warn_of_a_clock_set_back(ledger, office_days(ledger.policies()), said=_NOT_BACK)
        return receipt
    finally:
        if verbose:
            _logger().info("command", **said, milliseconds=round(1000 * (perf_counter() - began)))


def _asked(ledger: Ledger, request: Request, ask: Ask) -> Receipt:
    try:
        return ask(ledger, request)
    except NotAuthorised as error:
        stream = request.command.stream
        about = stream if ledger.store.stream(stream, upto_version=1) else None
        ground, sentence = "not-by-its-rules", str(error)
        raise refused(
            ledger, request.actor, ground=ground, sentence=sentence, about=about
        ) from error
    except Refusal as error:
        before = opened_before(ledger, request, error)
        if before is None:
            raise
        return before


def show_receipt(receipt: Receipt, *, as_json: bool, **said: object) -> None:
    """Shows where a command was recorded, with the ids that it made."""
    kind = receipt.stream.partition("/")[0]
    name = reference_of(receipt.subject_id) if kind == "case" else str(receipt.subject_id)
    if kind in _ONLY_ONE and not as_json:
        name = told(kind)
    if as_json:
        answer: dict[str, object] = {
            "stream": receipt.stream,
            "version": receipt.version,
            "position": receipt.position,
            "digest": receipt.digest,
            "fresh": receipt.fresh,
            **said,
        }
        show_json(answer | ({"reference": name} if kind == "case" else {}))
        return
    made = "".join(
        f", {told(key.replace('_', ' '))} {_in_words(value)}" for key, value in said.items()
    )
    text = (
        "{name}: recorded, version {version}, entry {position}, digest {digest}"
        if receipt.fresh
        else "{name}: nothing to add, version {version}, entry {position}, digest {digest}"
    )
    say(
        told(
            text,
            name=name,
            version=receipt.version,
            position=receipt.position,
            digest=receipt.digest[:12],
        )
        + made
    )


def _in_words(value: object) -> str:
    if isinstance(value, list | tuple):
        return " ".join(map(str, cast("Sequence[object]", value))) or told("none")
    return told(str(value))


def _logger() -> Any:
    processors = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.JSONRenderer(sort_keys=True),
    ]
    return structlog.wrap_logger(structlog.PrintLogger(sys.stderr), processors=processors)
