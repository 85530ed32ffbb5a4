"""Calls to requesters who were drawn: tried, reached, their words kept; nobody who may be endangered."""

from __future__ import annotations

from datetime import date
from typing import Any

from ledger.case.contact.calls import LogCall, RequesterCalled
from ledger.errors import InvalidCommand, NotAuthorised, Refusal
from tests.case.cases import POTHOLE, resolve
from tests.deciding import CASE_ID, ROADS, WATCH, given_commands, number, some

ON = date(2026, 3, 2)


def call(place: int = 1, **said: Any) -> LogCall:
    told: dict[str, Any] = {"reached": True, "words": "Nobody ever called back.", **said}
    return LogCall(
        case_id=CASE_ID,
        call_id=number(place),
        team="RDW",
        drawn_on=ON,
        channel="phone",
        **told,
    )


IN_VAIN: dict[str, Any] = {"reached": False, "words": None}


def test_what_a_requester_says_is_kept_in_their_words() -> None:
    given_commands(POTHOLE, resolve()).when(call(), actor=ROADS).then(
        RequesterCalled(
            call_id=number(1), team="RDW", drawn_on=ON, attempt=1, reached=True, counts=True,
            channel="phone", party=None, words="Nobody ever called back.",
        )
    )  # fmt: skip


def test_after_two_tries_in_vain_the_attempt_counts() -> None:
    once = given_commands(POTHOLE).when(call(**IN_VAIN), actor=ROADS)
    once.then(some(RequesterCalled, attempt=1, counts=False))
    once.after.when(call(2, **IN_VAIN), actor=ROADS).then(
        some(RequesterCalled, attempt=2, counts=True, reached=False)
    )


def test_a_call_is_logged_once_and_whoever_was_reached_is_not_called_again() -> None:
    reached = given_commands(POTHOLE).when(call(), actor=ROADS).after
    reached.when(call(), actor=ROADS).nothing()
    reached.when(call(2), actor=ROADS).refused(Refusal, rule="reached-once-a-draw")


def test_nobody_is_called_for_whom_safe_contact_is_set() -> None:
    careful = POTHOLE.model_copy(update={"flags": ("safe-contact",)})
    given_commands(careful).when(call(), actor=ROADS).refused(Refusal, rule="safe-contact")


def test_a_call_that_makes_no_sense_is_refused() -> None:
    before = given_commands(POTHOLE)
    before.when(call(reached=False), actor=ROADS).refused(InvalidCommand, saying="leave the words")
    telex = call().model_copy(update={"channel": "telex"})
    before.when(telex, actor=ROADS).refused(InvalidCommand, saying="not a channel")
    before.when(call(), actor=WATCH).refused(NotAuthorised)
