"""The recused: whoever stepped back from a case does nothing on it, whatever they ask and in whose stead."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given as for_all

from ledger.case.contact.contacts import AddNote, NoteAdded
from ledger.case.custody.pulling import PullCase
from ledger.case.custody.recusal import RecuseFromCase
from ledger.case.custody.rehoming import RehomeCase
from ledger.case.erased import MarkErased
from ledger.case.history.continuing import ContinueImport
from ledger.case.holding import EndCaseHold, HoldCase
from ledger.case.links import MarkTakenUp
from ledger.case.outcome.reviewed import MarkReviewed, MarkUnderReview
from ledger.commands import Command
from ledger.errors import NotAuthorised
from tests.case.anything import WORK
from tests.case.cases import POTHOLE, pull
from tests.deciding import CASE_ID, ROADS, ROADS_TOO, by, given_commands, number, some

STEPPED_BACK = given_commands(
    POTHOLE,
    by(ROADS_TOO, pull("RDW", "R-03")),
    by(ROADS, RecuseFromCase(case_id=CASE_ID, member="R-02")),
)
NOTE = AddNote(case_id=CASE_ID, note_id=number(9), text="I know them well.")
BROUGHT_ABOUT_ELSEWHERE = {
    ContinueImport,
    EndCaseHold,
    HoldCase,
    MarkErased,
    MarkReviewed,
    MarkTakenUp,
    MarkUnderReview,
    RehomeCase,
}


def test_whoever_stepped_back_writes_no_note_and_whoever_stays_does() -> None:
    """The command line let them write on the case, which HTTP refused."""
    STEPPED_BACK.when(NOTE, actor=ROADS).refused(NotAuthorised, saying="R-02 stepped back")
    STEPPED_BACK.when(NOTE, actor=ROADS_TOO).then(some(NoteAdded))


def test_nobody_acts_on_a_case_in_the_stead_of_whoever_stepped_back() -> None:
    instead = replace(ROADS_TOO, on_behalf_of="R-02")
    STEPPED_BACK.when(NOTE, actor=instead).refused(NotAuthorised, saying="R-02 stepped back")


@for_all(WORK)
def test_no_work_on_a_case_is_open_to_whoever_stepped_back(asked: Command) -> None:
    if type(asked) in BROUGHT_ABOUT_ELSEWHERE | {PullCase, RecuseFromCase}:
        return
    STEPPED_BACK.when(asked, actor=ROADS).refused(NotAuthorised, saying="R-02 stepped back")
