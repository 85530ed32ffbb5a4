"""How to speak with a requester: the language of interviews, the interpreter and the format beside that of letters."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from ledger.case.custody.pulling import CasePulled
from ledger.case.custody.returning import ReturnCase
from ledger.case.custody.routing import CaseRouted
from ledger.case.intake.information import InformationReceived, ReceiveInformation
from ledger.case.intake.opening import CaseOpened
from ledger.case.known.spoken import Spoken
from ledger.case.people.communication import CommunicationSettled, SettleCommunication
from ledger.case.state import Case
from ledger.errors import CaseNotFound, InvalidCommand, Refusal
from tests.case.cases import POTHOLE, pull, resolve
from tests.deciding import CASE_ID, ROADS, ROADS_TOO, by, given, given_commands, office, some


def _offering(document: dict[str, Any]) -> None:
    """The office asks four things, and what is spoken in French goes to the income team."""
    words = {"en": "What", "fr": "Quoi"}
    choices = dict.fromkeys(("en", "fr", "ase"), words)
    document["fields"] |= {
        "talk": {**words, "tier": "office", "kind": "choice", "choices": choices,
                 "tells": "interview_language"},
        "interpreter": {**words, "tier": "office", "kind": "text", "tells": "interpreter"},
        "format": {**words, "tier": "office", "kind": "choice", "choices": {"braille": words},
                   "tells": "format"},
    }  # fmt: skip
    document["office"]["offers"] = [
        *document["office"].get("offers", ()),
        "talk",
        "interpreter",
        "format",
    ]
    document["pull"] = {}
    spoken = {"code": "spoken-in-french", "when": {"interview_language": "fr"}, "team": "INC"}
    document["routing"].insert(0, {**words, **spoken})


OFFICE = office(_offering)
WITH_INTERPRETER = POTHOLE.model_copy(
    update={
        "answers": {**POTHOLE.answers, "talk": "ase", "interpreter": "ASL", "format": "braille"}
    }
)
IN_FRENCH = SettleCommunication(case_id=CASE_ID, interview_language="fr")


def opened(command: Any = POTHOLE) -> Any:
    return given_commands(command, policies=OFFICE)


def spoken(case: Any) -> Spoken:
    state: Case = case.state
    return state.spoken


def test_four_answers_of_a_form_say_how_to_write_and_how_to_talk() -> None:
    case = opened(WITH_INTERPRETER)
    facts = [each.fact for each in case.happened]
    assert [type(each) for each in facts[:2]] == [CaseOpened, CommunicationSettled]
    assert facts[1] == CommunicationSettled(
        interview_language="ase", interpreter="ASL", format="braille"
    )
    assert (case.state.language, spoken(case)) == ("en", Spoken("ase", "ASL", "braille"))


def test_where_nobody_asks_for_anything_nothing_is_recorded_of_it() -> None:
    assert not [each for each in opened().happened if isinstance(each.fact, CommunicationSettled)]


def test_an_answer_that_comes_later_changes_what_it_is_about_and_nothing_else() -> None:
    later = ReceiveInformation(case_id=CASE_ID, channel="phone", answers={"interpreter": "LSQ"})
    opened(WITH_INTERPRETER).when(later).then(
        some(InformationReceived),
        CommunicationSettled(interview_language="ase", interpreter="LSQ", format="braille"),
    )
    again = later.model_copy(update={"answers": {"interpreter": "ASL"}})
    opened(WITH_INTERPRETER).when(again).then(some(InformationReceived))


def test_it_is_settled_at_any_time_and_an_empty_text_takes_it_back() -> None:
    other = SettleCommunication(case_id=CASE_ID, interpreter="LSQ", format="")
    case = opened(WITH_INTERPRETER).when(other)
    case = case.then(CommunicationSettled(interview_language="ase", interpreter="LSQ", format=None))
    case.when(other).nothing()
    blank = SettleCommunication(case_id=CASE_ID, interpreter="  ")
    case.when(blank).then(some(CommunicationSettled, interpreter=None))
    given_commands(WITH_INTERPRETER, resolve(), policies=OFFICE).when(other).then(
        some(CommunicationSettled)
    )


def test_a_case_in_a_queue_is_routed_anew_when_it_is_to_be_spoken_in_another_language() -> None:
    opened().when(IN_FRENCH).then(
        some(CommunicationSettled, interview_language="fr"),
        some(CaseRouted, team="INC", rule="spoken-in-french"),
    )
    held = given_commands(POTHOLE, by(ROADS_TOO, pull("RDW", "R-03")), policies=OFFICE)
    held.when(IN_FRENCH).then(some(CommunicationSettled))


def test_a_rule_about_talking_is_no_puzzle_where_nobody_asked_for_another_language() -> None:
    (routed,) = [each.fact for each in opened().happened if isinstance(each.fact, CaseRouted)]
    assert routed.decided["alarms"] == []


def test_who_does_not_speak_it_does_not_pull_the_case() -> None:
    def by_region(document: dict[str, Any]) -> None:
        _offering(document)
        del document["routing"][0]

    case = given_commands(POTHOLE, IN_FRENCH, policies=office(by_region))
    case.when(pull("RDW", "R-02"), actor=ROADS).refused(
        Refusal, saying="the language fr", rule="eligible-to-pull"
    )
    case.when(pull("RDW", "R-03"), actor=ROADS_TOO).then(
        some(CasePulled, fits=("language:en", "language:fr"))
    )


def test_what_cannot_be_settled_is_refused() -> None:
    nothing = SettleCommunication(case_id=CASE_ID)
    opened().when(nothing).refused(InvalidCommand, saying="Say what was settled")
    smoke = SettleCommunication(case_id=CASE_ID, format="smoke")
    opened().when(smoke).refused(InvalidCommand, saying="The format must be one of braille")
    given().when(IN_FRENCH).refused(CaseNotFound)
    with pytest.raises(ValidationError):
        SettleCommunication(case_id=CASE_ID, interview_language="Français")


def test_a_case_that_a_team_returned_stays_where_a_person_sorted_it() -> None:
    back = ReturnCase(case_id=CASE_ID, team="RDW", reason="misrouted")
    returned = given_commands(POTHOLE, by(ROADS, back), policies=OFFICE)
    returned.when(IN_FRENCH).then(some(CommunicationSettled))
