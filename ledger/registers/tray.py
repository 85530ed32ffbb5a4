"""The tray: mail from machines, each item a stream; it lands here, is counted, and a person says what follows from it.

No automatic reply, bounce or robot opens or reopens a case by itself, and none is thrown away
(practice table, row Intake: machine mail).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal
from uuid import UUID

from ledger.commands import Circumstances, Command, Kind
from ledger.entry import Entry, Happened
from ledger.errors import InvalidCommand, NotAuthorised, UnlawfulTransition
from ledger.facts import Fact, PersonalText, fact

MailKind = Literal["auto_reply", "bounce", "robot", "other"]
Handling = Literal["nothing", "logged", "case_opened", "notice_failed"]
ITEM = "tray"
"""The kind of stream that an item is."""


@fact
class MachineMailReceived(Fact):
    """A machine wrote to the office; `about_case` is the case whose reference it gave, if that is known."""

    mail_kind: MailKind
    about_case: UUID | None
    sender: PersonalText
    subject: PersonalText
    digest: PersonalText


@fact
class TrayItemHandled(Fact):
    """A person looked at a machine's mail and said what follows from it, and for which case."""

    handling: Handling
    about_case: UUID | None
    words: PersonalText


class TrayCommand(Command):
    """Something asked of an item of the tray."""

    asked_of = (ITEM, "item_id")

    item_id: UUID


class ReceiveMachineMail(TrayCommand):
    """Put a machine's mail into the tray, as it came; when it came is when this happened."""

    mail_kind: MailKind
    about_case: UUID | None = None
    sender: str | None = None
    subject: str | None = None
    digest: str | None = None


class HandleTrayItem(TrayCommand):
    """Say what follows from a machine's mail: nothing, or what was done on which case."""

    handling: Handling
    about_case: UUID | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class TrayItem:
    """What decisions need to know of an item."""

    received: bool = False
    about_case: UUID | None = None
    handling: Handling | None = None


def receive_machine_mail(
    item: TrayItem, asked: ReceiveMachineMail, around: Circumstances
) -> Sequence[Happened]:
    """The same mail received again adds nothing."""
    if item.received:
        return ()
    return (around.happened(MachineMailReceived(**asked.for_fact())),)


def handle_tray_item(
    item: TrayItem, asked: HandleTrayItem, around: Circumstances
) -> Sequence[Happened]:
    """Only a person handles an item, once; the case that it named is meant unless another is."""
    if not item.received:
        raise UnlawfulTransition(
            "No such item is in the tray: check its id with `caseledger tray`.",
            rule="received-before-handled",
        )
    if around.actor.kind != "person":
        raise NotAuthorised("A machine handles no machine's mail: let a person look at it.")
    if asked.handling == "nothing" and asked.about_case is not None:
        raise InvalidCommand(
            "Where nothing follows from a mail, no case is named: leave it out, or say what was done."
        )
    case = None if asked.handling == "nothing" else asked.about_case or item.about_case
    if asked.handling != "nothing" and case is None:
        raise InvalidCommand("The mail names no case that is known: say which case this is about.")
    if item.handling is not None:
        if (item.handling, item.about_case) == (asked.handling, case or item.about_case):
            return ()
        raise UnlawfulTransition(
            f"This item was handled already ('{item.handling}'): put what is to be added on the case.",
            rule="handled-once",
        )
    handled = TrayItemHandled(handling=asked.handling, about_case=case, words=asked.words)
    return (around.happened(handled),)


def evolve(item: TrayItem, happened: Happened | Entry) -> TrayItem:
    """An item after one more fact."""
    match happened.fact:
        case MachineMailReceived() as fact:
            return TrayItem(received=True, about_case=fact.about_case)
        case TrayItemHandled() as fact:
            about = fact.about_case or item.about_case
            return replace(item, handling=fact.handling, about_case=about)
        case _:
            return item


TRAY = Kind(
    ITEM,
    TrayItem(),
    {ReceiveMachineMail: receive_machine_mail, HandleTrayItem: handle_tray_item},
    evolve,
)
