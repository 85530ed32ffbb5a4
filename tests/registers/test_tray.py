"""The tray: a machine's mail lands there once, is never handled by a machine, and once by a person."""

from __future__ import annotations

from typing import Any

from ledger.errors import InvalidCommand, NotAuthorised, UnlawfulTransition
from ledger.registers.tray import (
    TRAY,
    HandleTrayItem,
    MachineMailReceived,
    ReceiveMachineMail,
    TrayItemHandled,
)
from tests.deciding import CASE_ID, WATCH, History, given, number

ITEM = number(1)
BOUNCE = ReceiveMachineMail(
    item_id=ITEM, mail_kind="bounce", sender="mailer-daemon@example.ca", subject="Undelivered"
)
CAME = MachineMailReceived(
    mail_kind="bounce",
    about_case=None,
    sender="mailer-daemon@example.ca",
    subject="Undelivered",
    digest=None,
)
NOTHING = HandleTrayItem(item_id=ITEM, handling="nothing")
FAILED = HandleTrayItem(item_id=ITEM, handling="notice_failed", about_case=CASE_ID)


def the_tray(*facts: Any) -> History[Any]:
    return given(*facts, of=TRAY, stream=f"tray/{ITEM}")


def test_a_machine_s_mail_lands_in_the_tray_whoever_puts_it_there() -> None:
    the_tray().when(BOUNCE).then(CAME)
    the_tray().when(BOUNCE, actor=WATCH).then(CAME)


def test_the_same_mail_is_received_once() -> None:
    the_tray(CAME).when(BOUNCE).nothing()


def test_a_person_says_that_nothing_follows_from_it() -> None:
    the_tray(CAME).when(NOTHING).then(
        TrayItemHandled(handling="nothing", about_case=None, words=None)
    )


def test_a_person_says_which_case_a_notice_did_not_reach() -> None:
    the_tray(CAME).when(FAILED).then(
        TrayItemHandled(handling="notice_failed", about_case=CASE_ID, words=None)
    )


def test_the_case_that_the_mail_named_is_meant_unless_another_is() -> None:
    named = CAME.model_copy(update={"about_case": number(7)})
    logged = HandleTrayItem(item_id=ITEM, handling="logged")
    the_tray(named).when(logged).then(
        TrayItemHandled(handling="logged", about_case=number(7), words=None)
    )
    the_tray(CAME).when(logged).refused(InvalidCommand, saying="say which case")


def test_a_machine_handles_no_machine_s_mail() -> None:
    the_tray(CAME).when(NOTHING, actor=WATCH).refused(NotAuthorised)


def test_a_mail_is_handled_once() -> None:
    handled = TrayItemHandled(handling="notice_failed", about_case=CASE_ID, words=None)
    the_tray(CAME, handled).when(FAILED).nothing()
    the_tray(CAME, handled).when(NOTHING).refused(UnlawfulTransition, rule="handled-once")
    nothing = TrayItemHandled(handling="nothing", about_case=None, words=None)
    the_tray(CAME, nothing).when(NOTHING).nothing()


def test_what_never_came_is_not_handled() -> None:
    the_tray().when(NOTHING).refused(UnlawfulTransition, rule="received-before-handled")


def test_where_nothing_follows_no_case_is_named() -> None:
    wrong = HandleTrayItem(item_id=ITEM, handling="nothing", about_case=CASE_ID)
    the_tray(CAME).when(wrong).refused(InvalidCommand, saying="leave it out")
