"""A ledger as it was made the first time: a test that only begins with one begins with a copy.

Making a ledger and publishing a policy in it takes some fifty statements, which on PostgreSQL was
half of what most tests took. A copy of the files of a home, or of a database, is the same to the bit.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Hashable
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

_made: dict[Hashable, str] = {}
"""By where it lies and what is in it: the name of the copy."""


@cache
def _kept() -> tempfile.TemporaryDirectory[str]:
    """Where copies are kept until this process ends."""
    return tempfile.TemporaryDirectory(prefix="caseledger-made-")


def made_once(
    location: Path | str, master_key: Path, what: Hashable, make: Callable[[], None]
) -> None:
    """Lays a ledger there that `make` makes; `what` says what is in it, and is copied the next time."""
    if isinstance(location, Path):
        _made_in_a_home(location, master_key, what, make)
    else:
        _made_in_a_database(location, master_key, what, make)


def _made_in_a_home(home: Path, master_key: Path, what: Hashable, make: Callable[[], None]) -> None:
    if name := _made.get(("home", what)):
        shutil.copytree(_folder(name) / "home", home, dirs_exist_ok=True)
        _copy_key(_folder(name) / "key", master_key)
        return
    make()
    name = _made["home", what] = f"made_{len(_made)}"
    shutil.copytree(home, _folder(name) / "home")
    _copy_key(master_key, _folder(name) / "key")


def _made_in_a_database(
    url: str, master_key: Path, what: Hashable, make: Callable[[], None]
) -> None:
    """A database cannot be copied while somebody is in it: nobody is in a test's own before it has a ledger."""
    there = urlsplit(url)
    server, database = there._replace(path="/postgres").geturl(), there.path.removeprefix("/")
    if name := _made.get((server, what)):
        _copy_database(server, name, to=database)
        _copy_key(_folder(name) / "key", master_key)
        return
    make()
    name = f"made_{len(_made)}"
    _copy_database(server, database, to=name)
    _copy_key(master_key, _folder(name) / "key")
    _made[server, what] = name


def _copy_database(server: str, name: str, *, to: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(to)))
        # In memory copying files is less work than logging their blocks.
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
        connection.execute(statement.format(sql.Identifier(to), sql.Identifier(name)))


def _folder(name: str) -> Path:
    return Path(_kept().name, name)


def _copy_key(master_key: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(master_key, to)
