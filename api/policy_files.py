"""Policy files: a TOML document read with all that is wrong in it, and made ready to be published."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from ledger.errors import InvalidCommand
from ledger.policy.calendars.zones import TZ_VERSION
from ledger.policy.document.policy import Policy
from ledger.policy.document.stored import digest_policy, document_of, split_names
from ledger.policy.reading.packs import Pack, read_pack
from ledger.policy.reading.toml import read_policy
from ledger.registers.policies import PublishPolicy
from ledger.service import Ledger

MAX_POLICY_BYTES = 4 * 1024 * 1024
_PACK = re.compile(r"""^format\s*=\s*["']caseledger\.pack/""", re.MULTILINE)


def read_policy_file(path: Path) -> tuple[Policy, str]:
    """The policy of a file and its text; PolicyError lists every problem by line and key."""
    text = _text_of(path)
    return read_policy(text, file=path.name, packs=shipped_packs), text


def read_clocks_file(path: Path) -> Policy | Pack:
    """The policy of a file, or the pack if it says by its format that it is one: clocks with their calendars alone."""
    text = _text_of(path)
    if _PACK.search(text):
        return read_pack(text, file=path.name)
    return read_policy(text, file=path.name, packs=shipped_packs)


def _text_of(path: Path) -> str:
    if path.is_file() and path.stat().st_size > MAX_POLICY_BYTES:
        raise InvalidCommand(f"{path.name} is too big for a policy: more than 4 MiB.")
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidCommand(f"{path.name} is not UTF-8 text: save the policy as UTF-8.") from error
    except OSError as error:
        raise InvalidCommand(
            f"The policy {path} cannot be read ({error.strerror}): give the path of a TOML file."
        ) from error


def policy_written(text: str) -> Policy:
    """The policy that was sent as text; PolicyError lists every problem by line and key."""
    return read_policy(text, file="toml", packs=shipped_packs)


@cache
def shipped_packs() -> Mapping[str, Pack]:
    """The packs that come with the program, by the name of their file: clocks of laws, with their calendars."""
    found = sorted(files("api.department").joinpath("packs").iterdir(), key=lambda each: each.name)
    return {
        each.name.removesuffix(".toml"): read_pack(each.read_text("utf-8"), file=each.name)
        for each in found
        if each.name.endswith(".toml")
    }


def sample_policy() -> Policy:
    """The policy of the small office that comes with the program."""
    return _shipped("office.toml")


def department_policy() -> Policy:
    """The policy of the sample department that comes with the program."""
    return _shipped("department.toml")


def _shipped(name: str) -> Policy:
    text = files("api.department").joinpath(name).read_text("utf-8")
    return read_policy(text, file=name, packs=shipped_packs)


def publication_of(
    ledger: Ledger, policy: Policy, *, effective_from: datetime | None
) -> PublishPolicy:
    """The command that publishes a policy, at once unless it is said from when.

    Members' names stand apart; zones are by the time-zone data at hand.
    """
    return PublishPolicy(
        policy_id=ledger.policy_id, effective_from=effective_from, **fields_of(policy)
    )


def fields_of(policy: Policy) -> dict[str, Any]:
    """What the command that publishes a policy says of it: its digest, the document, and the names apart."""
    nameless, names = split_names(policy)
    return {
        "digest": digest_policy(policy),
        "tz_version": TZ_VERSION,
        "document": document_of(nameless),
        "names": names,
    }
