"""Marking: what of the file the complainant may not be shown, and what is privileged, entry by entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from pydantic import Field

from ledger.case.known.items import PrivilegeKind
from ledger.commands import Circumstances
from ledger.entry import Happened
from ledger.errors import InvalidCommand
from ledger.facts import Fact, PersonalText, fact
from ledger.ids import case_stream
from ledger.registers.inquiries.state import (
    Inquiry,
    InquiryCommand,
    decides,
    evolves,
    refuse_others,
)


@fact
class SharingMarked(Fact):
    """Whether the complainant may be shown an entry of a case, and why not; a later mark replaces this one."""

    case_id: UUID
    version: int
    share: bool
    reason: PersonalText


@fact
class PrivilegeLogged(Fact):
    """An entry of a case is privileged: the file leaves it out unless its holder waived that for the recipient."""

    case_id: UUID
    version: int
    privilege: PrivilegeKind
    on: date
    waived: bool
    author: PersonalText
    recipients: PersonalText
    nature: PersonalText
    holder: PersonalText


class MarkSharing(InquiryCommand):
    """Say whether the complainant may be shown an entry of a case, and why not."""

    case_id: UUID
    version: int = Field(ge=1)
    share: bool = False
    reason: str | None = None


class LogPrivilege(InquiryCommand):
    """Enter an entry of a case in the privilege log."""

    case_id: UUID
    version: int = Field(ge=1)
    privilege: PrivilegeKind
    on: date
    author: str = Field(min_length=1)
    recipients: str = Field(min_length=1)
    nature: str = Field(min_length=1)
    holder: str = Field(min_length=1)
    waived: bool = False


@decides(MarkSharing)
def mark_sharing(inquiry: Inquiry, asked: MarkSharing, around: Circumstances) -> Sequence[Happened]:
    """What is kept from the complainant is kept for a reason."""
    _refuse_unknown(inquiry, asked.case_id, asked.version, around)
    if not asked.share and not asked.reason:
        raise InvalidCommand("Say why the complainant may not be shown it: give the reason.")
    return (around.happened(SharingMarked(**asked.for_fact())),)


@decides(LogPrivilege)
def log_privilege(
    inquiry: Inquiry, asked: LogPrivilege, around: Circumstances
) -> Sequence[Happened]:
    """Only its holder waives a privilege, for a named recipient: the log says whether that was done."""
    _refuse_unknown(inquiry, asked.case_id, asked.version, around)
    return (around.happened(PrivilegeLogged(**asked.for_fact())),)


@evolves(PrivilegeLogged)
def _logged(inquiry: Inquiry, logged: PrivilegeLogged) -> Inquiry:
    marked = {(logged.case_id, logged.version): logged.waived}
    return replace(inquiry, privileged={**inquiry.privileged, **marked})


def _refuse_unknown(inquiry: Inquiry, case_id: UUID, version: int, around: Circumstances) -> None:
    refuse_others(around, to="mark entries for an inquiry")
    case = around.look(case_stream(case_id)) if case_id in inquiry.known().cases else None
    if case is None or case.version < version:
        raise InvalidCommand(
            f"Entry {version} of that case is not within this inquiry: name one of a case in its scope."
        )
