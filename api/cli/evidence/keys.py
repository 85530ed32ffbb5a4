"""Signing keys from the command line: shown for publication, introduced, retired; witnesses named."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal, get_args
from uuid import UUID

from cyclopts import Parameter

from api.cli.edge import DONE
from api.cli.ledgers import opened
from api.cli.showing import Column, say, show_json, show_table
from api.cli.wording.in_french import told
from api.cli.writing.acting import Acting
from api.environment import from_environment
from api.new_files import new_file
from api.webhooks.settings import WebhookSettings
from api.webhooks.targets import refuse_unreachable
from ledger.commands import Command
from ledger.errors import InvalidCommand
from ledger.evidence.signing.notes import COSIGNATURE, VerifierKey
from ledger.evidence.signing.signer import Signer
from ledger.evidence.signing.signing_keys import introduce_first_keys, introduce_key, retire_key
from ledger.evidence.signing.signing_state import signing_of
from ledger.registers.signing import (
    AddressWitness,
    IntroduceKey,
    Purpose,
    SetWitnessQuorum,
    Signing,
    signing_id,
)
from ledger.service import Ledger
from ledger.settings import Settings

AsJson = Annotated[bool, Parameter(name="--json", negative="", help="Answer as JSON.")]
PURPOSES: tuple[Purpose, ...] = get_args(Purpose)


def show(
    *,
    out: Annotated[Path | None, Parameter(name="--out")] = None,
    retired: Annotated[bool, Parameter(name="--retired", negative="")] = False,
    as_json: AsJson = False,
) -> int:
    """Shows every public key, to be published where nobody can change it with the ledger.

    Parameters
    ----------
    out
        A new file for the keys in force, a line each, as whoever checks proofs and releases takes them.
    retired
        Into the file the office's retired keys too, for whoever checks what was given out before they were.
    """
    if retired and out is None:
        raise InvalidCommand("--retired says what the file holds: give --out.")
    with opened() as ledger:
        signing = signing_of(ledger.store)
    if out is not None and not signing.ever("checkpoint"):
        raise InvalidCommand(
            f"There are no keys yet to be written to {out}: the first are made by `caseledger checkpoint`, or by "
            "`caseledger keys new`."
        )
    _show(signing, as_json=as_json)
    if out is not None:
        with new_file(out) as file:
            file.writelines(
                f"{key}\n".encode()
                for purpose in PURPOSES
                for key in signing.ever(purpose)
                if key not in signing.retired or (retired and purpose != "witness")
            )
    return DONE


def new(
    purpose: Literal["checkpoint", "receipt"] | None = None,
    *,
    origin: Annotated[str | None, Parameter(name="--origin")] = None,
    acting: Acting | None = None,
) -> int:
    """Introduces a new key, which signs from now on beside those that do: the first half of a rotation.

    Parameters
    ----------
    purpose
        What it signs; left out with the very first keys, of which there is one for each.
    origin
        What the log is called, for good, such as ledger.example.org/2027; only before its first key.
    """
    with _signing(acting) as (ledger, signer, acting):
        signing, actor = signing_of(ledger.store), acting.office_actor(ledger)
        if signing.origin is None:
            signing = introduce_first_keys(ledger, signer, actor=actor, origin=origin)
        elif origin is not None and origin != signing.origin:
            raise InvalidCommand(
                f"The log is called {signing.origin} for good: leave out --origin."
            )
        elif purpose is None:
            raise InvalidCommand("Say what the new key signs: checkpoint or receipt.")
        else:
            signing = introduce_key(ledger, signer, purpose, origin=signing.origin, actor=actor)
        _show(signing, as_json=acting.as_json)
    return DONE


def retire(key: str, *, acting: Acting | None = None) -> int:
    """Signs under a key no more and destroys its secret half: the second half of a rotation.

    Parameters
    ----------
    key
        The public key as it was published, or the eight digits of its id.
    """
    with _signing(acting) as (ledger, signer, acting):
        signing = signing_of(ledger.store)
        purpose, written = _named(signing, key)
        signing = retire_key(
            ledger, signer, purpose, key=written, actor=acting.office_actor(ledger)
        )
        _show(signing, as_json=acting.as_json)
    return DONE


def witness(
    key: str,
    *,
    at: Annotated[str | None, Parameter(name="--at")] = None,
    by_hand: Annotated[bool, Parameter(name="--by-hand", negative="")] = False,
    acting: Acting | None = None,
) -> int:
    """Names a witness, whose cosignatures count from now on, and where it is asked for them.

    Parameters
    ----------
    key
        The witness's public key, as it publishes it.
    at
        Its address (C2SP tlog-witness), such as https://witness.example.org: `watch` sends it each checkpoint.
    by_hand
        Send it nothing any more: checkpoints are carried there and back as files.
    """
    if VerifierKey.read(key).kind != COSIGNATURE:
        raise InvalidCommand("This key does not cosign: give the one that the witness publishes.")
    if at is not None and by_hand:
        raise InvalidCommand("A witness is asked at an address or by hand: give --at or --by-hand.")
    if at is not None:
        refuse_unreachable(at, from_environment(WebhookSettings))
    with _signing(acting) as (ledger, _, acting):
        signing, key = _id(ledger), key.strip()
        asked: list[Command] = [IntroduceKey(signing_id=signing, purpose="witness", key=key)]
        if at is not None or by_hand:
            asked.append(AddressWitness(signing_id=signing, key=key, url=at))
        _ask(ledger, acting, *asked)
    return DONE


def quorum(count: int, *, acting: Acting | None = None) -> int:
    """Says how many witnesses must cosign before a checkpoint counts as witnessed, and is cited by what is given out.

    Parameters
    ----------
    count
        How many, at most as many as there are; one where it was never said, and 0 if none need.
    """
    if count < 0:
        raise InvalidCommand("Give how many witnesses must cosign, 0 if none need.")
    with _signing(acting) as (ledger, _, acting):
        _ask(ledger, acting, SetWitnessQuorum(signing_id=_id(ledger), quorum=count))
    return DONE


@contextmanager
def _signing(acting: Acting | None) -> Iterator[tuple[Ledger, Signer, Acting]]:
    with opened() as ledger:
        yield ledger, Signer.beside(Settings().master_key_file), acting or Acting()


def _ask(ledger: Ledger, acting: Acting, *commands: Command) -> None:
    for command in commands:
        ledger.handle(command, actor=acting.office_actor(ledger))
    _show(signing_of(ledger.store), as_json=acting.as_json)


def _id(ledger: Ledger) -> UUID:
    return signing_id(ledger.store.ledger_id)


def _named(signing: Signing, given: str) -> tuple[Purpose, str]:
    for purpose in PURPOSES:
        for written in signing.ever(purpose):
            if given in (written, written.split("+")[1]):
                return purpose, written
    raise InvalidCommand(f"No key {given} was introduced: see `caseledger keys`.")


def _show(signing: Signing, *, as_json: bool) -> None:
    keys = [(purpose, key) for purpose in PURPOSES for key in signing.ever(purpose)]
    if as_json:
        show_json(
            {
                "origin": signing.origin,
                "quorum": signing.quorum,
                "keys": [
                    {
                        "purpose": purpose,
                        "key": key,
                        "retired": key in signing.retired,
                        "at": signing.addresses.get(key),
                    }
                    for purpose, key in keys
                ],
            }
        )
        return
    rows = [
        (
            told(purpose),
            told("retired") if key in signing.retired else signing.addresses.get(key, ""),
            key,
        )
        for purpose, key in keys
    ]
    columns = (Column("for"), Column("", folds=True), Column("key", folds=True))
    show_table(
        told("Keys of {origin}", origin=signing.origin)
        if signing.origin
        else "Keys of this ledger",
        columns,
        rows,
        empty="None yet: the first are made by `caseledger checkpoint`, or by `caseledger keys new`.",
    )
    if signing.ever("witness"):
        said = "Witnessed means: cosigned by any of the witnesses."
        if signing.quorum:
            said = "Witnessed means: cosigned by {quorum} of the witnesses."
        say(told(said, quorum=signing.quorum))
