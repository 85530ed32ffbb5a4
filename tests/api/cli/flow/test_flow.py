"""Flow and baseline from the command line, for people and for programs."""

from __future__ import annotations

import pytest

from api.cli.ledgers import office_days
from ledger.policy.telling.days import day_said
from tests.api.command_line import CommandLine
from tests.channels.logs import real


@pytest.fixture
def receipt() -> str:
    """The log of a real municipality."""
    return str(real("receipt", "receipt.xes.gz"))


def test_the_figures_stand_below_the_days_and_in_the_answer(office: CommandLine) -> None:
    ref = office.asked("open", "phone", "--request-type", "GEN-ENQ", "--as", "I-02")["reference"]
    office.done("pull", "INT", "--as", "I-03")
    office.done("resolve", ref, "done", "--as", "I-03")
    said = office.done("flow").out
    assert "Clearance rate" in said
    assert "100.0 %" in said
    figures = office.asked("flow", "--team", "INT", "--request-type", "GEN-ENQ")["figures"]
    assert figures["clearance"]["exact"] == "1"
    assert figures["clearance"]["basis"]["filters"] == {"team": "INT", "request_type": "GEN-ENQ"}


def test_the_days_of_all_teams_are_told_together_and_those_of_one_by_its_name(
    office: CommandLine,
) -> None:
    received = ("--reached-body-at", "2026-03-02T10:00-04:00", "--at", "2026-03-02T10:00-04:00")
    for type_ in ("GEN-ENQ", "RDW-POT", "RDW-POT"):
        office.done("open", "phone", "--request-type", type_, *received, "--as", "I-02")
    days = ("flow", "--from", "2026-03-02", "--until", "2026-03-02")
    whole, roads = (
        office.done(*days, *more).out.splitlines()[2] for more in ((), ("--team", "RDW"))
    )
    assert whole.split()[:4] == ["all", "2026-03-02", "0", "3"]
    assert roads.split()[:1] + roads.split()[-10:-8] == ["RDW", "0", "2"]


def test_figures_of_a_team_that_nobody_knows_are_refused_in_one_sentence(
    office: CommandLine,
) -> None:
    said = office("flow", "--team", "NAVY")
    assert said.code == 2
    assert said.sentences == [
        "'NAVY' is not a team of any policy published here; there are INC, INT, RDW, and 'unrouted'."
    ]


@pytest.mark.parametrize("verb", ["flow", "baseline"])
def test_figures_of_a_code_that_no_policy_and_no_case_ever_had_are_refused_and_not_told_as_zeros(
    office: CommandLine, verb: str
) -> None:
    for on in ("2026-03-02", "2026-03-05"):
        at = f"{on}T10:00-04:00"
        office.done("open", "phone", "--reached-body-at", at, "--at", at, "--as", "I-02")
    said = office(verb, "--region", "HALL")
    assert said.code == 2
    assert said.sentences == [
        "'HALL' is not a region of any policy published here, nor of any case; there are HAL, WES, WES-CLARE."
    ]


def test_a_log_is_compared_before_and_after_without_a_ledger_and_as_one_into_which_it_is_imported(
    bare: CommandLine, receipt: str
) -> None:
    told = bare.asked("baseline", receipt, "--mapping", "receipt", "--split", "2011-06-01")
    assert (
        told["before"]["moves"]["counts"]["new"] + told["after"]["moves"]["counts"]["new"] == 1_434
    )
    assert (told["split_on"], told["position"] > 1_434) == ("2011-06-01", True)
    assert not bare.home.exists()
    bare.done("init")
    bare.done("import", receipt, "--mapping", "receipt")
    assert bare.asked("baseline", "--split", "2011-06-01") == told
    said = bare.done("baseline").out
    assert "Before: 2010-" in said
    assert "Cases: 1434; " in said


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ("--from", "2026-03-02", "--until", "2026-03-09", "--split", "1999-01-01"),
            "leaves nothing",
        ),
        (("--mapping", "receipt"), "is for a FILE"),
        (("--from", "2026-03-02", "--until", "2026-03-01"), "--until must be after --from"),
    ],
)
def test_a_baseline_that_cannot_be_is_refused_in_one_sentence(
    office: CommandLine, words: tuple[str, ...], sentence: str
) -> None:
    office.done("open", "phone", "--request-type", "GEN-ENQ", "--as", "I-02")
    said = office("baseline", *words)
    assert said.code == 2
    assert len(said.sentences) == 1
    assert sentence in said.sentences[0]


def test_a_baseline_of_one_day_says_that_it_is_one(office: CommandLine) -> None:
    office.done("open", "phone", "--request-type", "GEN-ENQ", "--as", "I-02")
    with office.ledger() as ledger:
        on = office_days(ledger.policies()).date_of(ledger.clock())
    (said,) = office("baseline").sentences
    assert said.startswith(f"All that happened lies on {day_said(on)}: name")


def test_figures_of_some_cases_say_of_which(office: CommandLine) -> None:
    office.done("open", "phone", "--request-type", "GEN-ENQ", "--language", "en", "--as", "I-02")
    said = office.done("flow", "--language", "fr", "--request-type", "GEN-ENQ").out
    assert ", of cases alone with request type GEN-ENQ, language fr\n" in said
    assert said.startswith("Flow by day, all cases")


def test_a_ledger_without_cases_says_what_would_be_there(office: CommandLine) -> None:
    assert "Nothing yet" in office.done("baseline").out
