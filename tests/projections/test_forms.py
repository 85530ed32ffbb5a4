"""Forms: the questions of a request type in order, with conditions, and how the answers so far stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from ledger.case.intake.opening import CaseOpened, OpenCase
from ledger.case.known.answers import Answer
from ledger.errors import InvalidCommand
from ledger.policy.checking import asked_by
from ledger.policy.document.policy import AskedField
from projections.policies.forms import AnswersSoFar, FormChecked, form, form_checked, forms
from tests.deciding import CASE_ID, MONDAY, edition, given_commands, office


def _conditional(document: dict[str, Any]) -> None:
    """Whether household members earn is asked only of households of more than one; a date or an account suffices."""
    document["fields"]["since_when"]["when"] = {"answers": {"household_size": {"above": 1}}}
    document["fields"]["since_when"]["past"] = True
    kind = document["types"]["INC-APP"]
    kind["required"] = ["household_size", "since_when"]
    kind["one_of"] = [["income", "account_no"]]
    kind["optional"] = ["adjustment"]


OFFICE = office(_conditional)
VERSION = edition(_conditional)


def checked(
    answers: Mapping[str, Answer], request_type: str = "INC-APP", language: Any = "en"
) -> FormChecked:
    found = form_checked(VERSION, request_type, AnswersSoFar(answers), at=MONDAY, language=language)
    assert found is not None
    return found


def test_every_request_type_has_a_form_in_both_languages() -> None:
    english, french = forms(VERSION, "en"), forms(VERSION, "fr")
    assert [each.request_type for each in english.forms] == sorted(VERSION.policy.types)
    assert english.forms[0].name == "General enquiry"
    assert french.forms[0].name == "Demande de renseignements"


def test_questions_come_in_the_order_of_asking_with_help_why_and_what_they_depend_on() -> None:
    found = form(VERSION, "INC-APP", "fr")
    assert found is not None
    assert [each.field for each in found.prompts] == [
        "name", "contact", "language", "description", "household_size", "since_when", "income",
        "account_no", "adjustment",
    ]  # fmt: skip
    prompts = {each.field: each for each in found.prompts}
    assert prompts["name"].why == "Pour savoir à qui nous répondons."
    assert [each.label for each in prompts["language"].choices] == ["Anglais", "Français"]
    since = prompts["since_when"]
    assert since.when == {"answers": {"household_size": {"above": 1}}}
    assert since.depends_on == ("answers.household_size",)
    assert [prompts[name].need for name in ("name", "income", "adjustment")] == [
        "required",
        "one_of",
        "optional",
    ]
    assert prompts["income"].one_of == ("income", "account_no")
    assert (prompts["income"].kind, prompts["income"].currency) == ("money", "CAD")
    assert prompts["household_size"].currency is None
    assert (prompts["income"].personal, prompts["household_size"].personal) == (True, False)


def test_a_type_that_the_policy_does_not_have_has_no_form() -> None:
    assert form(VERSION, "NOPE", "en") is None
    assert form_checked(VERSION, "NOPE", AnswersSoFar(), at=MONDAY, language="en") is None


def test_what_is_asked_next_is_the_first_question_that_must_still_be_answered() -> None:
    assert checked({}).next == "name"
    some = {"name": "Ada", "contact": "a@example.org", "language": "en"}
    assert checked(some).next == "description"


def test_a_question_with_a_condition_is_asked_once_it_holds() -> None:
    def since(**answers: Answer) -> tuple[bool | None, bool]:
        found = {each.field: each for each in checked(answers).prompts}["since_when"]
        return found.asked, found.missing

    assert since() == (None, False)
    assert since(household_size=1) == (False, False)
    assert since(household_size=3) == (True, True)


def test_of_a_group_one_answer_is_enough() -> None:
    assert "income" in checked({}).missing
    assert "income" not in checked({"account_no": "17"}).missing


@pytest.mark.parametrize(
    ("answers", "language", "detail"),
    [
        ({"household_size": "three"}, "en", "Give a whole number below 2^53."),
        ({"household_size": True}, "fr", "Donnez un nombre entier inférieur à 2^53."),
        ({"household_size": 2**53}, "en", "Give a whole number below 2^53."),
        ({"income": "1250.00"}, "en", "Give whole cents below 2^53, such as 500 for 5.00."),
        (
            {"income": True},
            "fr",
            "Donnez des cents entiers, en dessous de 2^53, tels que 500 pour 5,00.",
        ),
        ({"since_when": "2026-02-30"}, "en", "Give a date that exists, written as 2026-07-01."),
        ({"since_when": "2026-03-03"}, "fr", "Donnez une date qui n'est pas à venir."),
        ({"language": "de"}, "fr", "Choisissez parmi en (Anglais), fr (Français)."),
        ({"name": 7}, "en", "Write a text."),
        ({"danger_now": True}, "en", "This form does not ask this: leave it out."),
        ({"nonsense": "x"}, "fr", "Ce formulaire ne le demande pas : omettez-le."),
    ],
)
def test_an_answer_that_cannot_be_taken_says_what_it_must_be_and_counts_as_missing(
    answers: dict[str, Answer], language: str, detail: str
) -> None:
    found = checked(answers, language=language)
    (wrong,) = found.wrong
    assert (wrong.field, wrong.detail) == (next(iter(answers)), detail)
    assert not found.complete


def test_a_blank_is_no_answer() -> None:
    assert checked({"name": "  "}).missing[0] == "name"


def test_a_channel_or_flag_that_the_policy_does_not_have_is_refused() -> None:
    for so_far in (AnswersSoFar(channel="pigeon"), AnswersSoFar(flags=("red",))):
        with pytest.raises(InvalidCommand, match="not a"):
            form_checked(VERSION, "INC-APP", so_far, at=MONDAY, language="en")


def answers_to(field: AskedField) -> st.SearchStrategy[Answer]:
    """What may be answered to a field, also wrongly, or not at all."""
    return st.one_of(
        st.none(),
        st.sampled_from(["", "x", "2026-03-01", "en", *field.choices]),
        st.integers(0, 4),
        st.booleans(),
    )


@for_all(st.data())
def test_what_is_missing_here_is_what_a_case_opened_with_the_same_answers_misses(
    data: st.DataObject,
) -> None:
    policy = VERSION.policy
    code = data.draw(st.sampled_from(sorted(policy.types)))
    kind = policy.types[code]
    answers = {name: data.draw(answers_to(policy.fields[name])) for name in asked_by(policy, kind)}
    found = checked(answers, code)
    opening = OpenCase(case_id=CASE_ID, channel="web", request_type=code, answers=answers)
    if found.wrong:
        with pytest.raises(InvalidCommand):
            given_commands(opening, policies=OFFICE)
        return
    opened = given_commands(opening, policies=OFFICE).happened[0].fact
    assert isinstance(opened, CaseOpened)
    assert found.missing == opened.missing
    assert found.complete == (not opened.missing)
