"""Database accounts from the command line: which one works with the ledger, and which only reads it."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from api.cli.edge import DONE
from api.cli.showing import say, show_json
from api.cli.wording.in_french import told
from ledger.errors import InvalidCommand
from ledger.settings import Settings
from ledger.store.postgres.roles import grant_roles


def roles(
    *,
    application: Annotated[str, Parameter(name="--application")],
    reader: Annotated[str | None, Parameter(name="--reader")] = None,
    as_json: Annotated[bool, Parameter(name="--json", negative="", help="Answer as JSON.")] = False,
) -> int:
    """Gives database accounts no more rights than they need; asked by the account that owns the ledger.

    Brings an older schema up to date as well: asked again after each new version.

    Parameters
    ----------
    application
        The account that works with the ledger: it adds entries, and changes and removes none.
    reader
        An account that only reads: entries without personal values, and views; no keys.
    """
    url = Settings().database_url
    if url is None:
        raise InvalidCommand(
            "A ledger in a home folder has no accounts: name the PostgreSQL database in CASELEDGER_DATABASE_URL."
        )
    granted = grant_roles(url.get_secret_value(), application=application, reader=reader)
    if as_json:
        show_json(
            {
                "application": granted.application,
                "sweeps": granted.sweeps,
                "reader": granted.reader,
            }
        )
        return DONE
    say(
        told(
            "{account} works with the ledger from now on: it adds entries, and changes and removes none.",
            account=application,
        ),
        told(
            "Its views and trees are made again when they are first asked for, if another account had made them."
        ),
    )
    if not granted.sweeps:
        say(
            told(
                "Before PostgreSQL 17 only the owner sweeps what an erasure deletes: carry erasures out as the owner."
            )
        )
    if reader is not None:
        said = "{account} reads entries without personal values, and views; no keys."
        say(told(said, account=reader))
    return DONE
