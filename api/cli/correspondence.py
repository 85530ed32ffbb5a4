"""What people see around an outbound act: the instruction on safe contact before it, the notice itself after it."""

from __future__ import annotations

import sys
from typing import Any, TypeVar

from api.cli.asking import Around
from ledger.case.notices import IssueNotice, NoticeIssued
from ledger.case.safe_contact import SafeContactSet
from ledger.commands import Command
from ledger.facts import Fact

F = TypeVar("F", bound=Fact)


def show_safe_contact(around: Around, command: Command) -> None:
    """Tells on stderr how the requester must not be contacted, if that was set; that it was read is recorded."""
    asked: Any = command
    outbound = getattr(asked, "direction", "outbound") == "outbound"
    if not outbound or _latest(around, SafeContactSet) is None:
        return
    told = _opened(around, SafeContactSet, purpose="Safe contact, before contacting the requester")
    said = [
        ("never by", ", ".join(told.channels)),
        ("times", told.times),
        ("names not to use", told.names),
    ]
    words = "; ".join(f"{name}: {value}" for name, value in said if value)
    sys.stderr.write(f"Safe contact: {words or 'withdrawn, any way will do'}\n")


def show_notice(around: Around, command: Command) -> None:
    """Tells on stderr what the notice says, as it is to be sent; that it was read is recorded."""
    if isinstance(command, IssueNotice):
        issued = _opened(around, NoticeIssued, purpose="The notice, to be sent")
        sys.stderr.write(f"\n{issued.subject}\n\n{issued.words}\n")


def _latest(around: Around, kind: type[F]) -> F | None:
    facts = [each.entry.fact for each in around.ledger.read(around.stream)]
    return next((fact for fact in reversed(facts) if isinstance(fact, kind)), None)


def _opened(around: Around, kind: type[F], *, purpose: str) -> F:
    entries = around.ledger.read_opened(around.stream, actor=around.actor, purpose=purpose)
    facts = [each.entry.fact for each in entries]
    return next(fact for fact in reversed(facts) if isinstance(fact, kind))
