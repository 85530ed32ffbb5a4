"""Whoever stepped back from a case has no way to it from the command line either, and that they asked is on record."""

from __future__ import annotations

import pytest

from ledger.entry import Actor
from ledger.keeping import stepped_back
from ledger.registers.keeping.accesses import ActRefused
from tests.api.command_line import CommandLine

STEPPED_BACK = ("--as", "R-02")
WRITING = (
    ("note", "I know them well."),
    ("contact", "--direction", "inbound", "--channel", "phone", "--kind", "chase"),
    ("transfer", "INC", "--reason", "wrong-team"),
    ("resolve", "done"),
    ("reopen", "--reason", "new-facts", "--clock-policy", "continue"),
)


@pytest.fixture
def left(office: CommandLine) -> str:
    """A case from which a member of its team stepped back."""
    ref = office.asked(
        "open", "phone", "--request-type", "RDW-WIN", "--answer", "name=Ada Lind", "--as", "I-02"
    )["reference"]
    office.done("recuse", ref, *STEPPED_BACK)
    return ref


@pytest.mark.parametrize("words", WRITING, ids=lambda words: words[0])
def test_whoever_stepped_back_writes_nothing_on_the_case(
    office: CommandLine, left: str, words: tuple[str, ...]
) -> None:
    verb, *rest = words
    refused = office(verb, left, *rest, *STEPPED_BACK)
    assert (refused.code, len(refused.sentences)) == (2, 1)
    assert "R-02 stepped back from this case" in refused.err
    with office.ledger() as ledger:
        (last,) = ledger.entries(after=ledger.store.tip() - 1)
        case_id = ledger.find_case(left)
    assert isinstance(last.fact, ActRefused)
    assert (last.actor.id, last.fact.about) == ("R-02", f"case/{case_id}")
    assert office("note", left, "It is icy.", "--as", "R-03").code == 0


@pytest.mark.parametrize("shown", ["trail", "brief"])
def test_whoever_stepped_back_is_shown_no_personal_value(
    office: CommandLine, left: str, shown: str
) -> None:
    opening = (shown, left, "--open", "--purpose", "To look at it.")
    refused = office(*opening, *STEPPED_BACK)
    assert (refused.code, len(refused.sentences)) == (2, 1)
    assert "stepped back from this case" in refused.err
    assert "Ada Lind" in office.done(*opening, "--as", "R-03").out


def test_whoever_answers_many_at_once_leaves_out_what_they_stepped_back_from(
    office: CommandLine, left: str
) -> None:
    """One case of the team that was not theirs to answer ended the answer to all."""
    other = office.asked("open", "phone", "--request-type", "RDW-WIN", "--as", "I-02")["reference"]
    for ref in (left, other):
        office.done("escalate", ref, "--reason", "act", "--party", "leader", "--as", "R-03")
    at_once = ("acknowledge-all", "act", "--team", "RDW", "--act-by", "2099-01-05")
    assert office.asked(*at_once, *STEPPED_BACK)["answered"] == 1
    nothing = office(*at_once, *STEPPED_BACK)
    assert (nothing.code, len(nothing.sentences)) == (2, 1)
    assert office.asked(*at_once, "--as", "L-02")["answered"] == 1


def test_nobody_sees_a_disclosure_in_the_stead_of_whoever_stepped_back_from_its_request(
    office: CommandLine, left: str
) -> None:
    with office.ledger() as ledger:
        case_id = ledger.find_case(left)
        stands_in = Actor("person", "R-03", on_behalf_of="R-02")
        assert stepped_back(ledger, stands_in, case_id)
        assert not stepped_back(ledger, Actor("person", "R-03"), case_id)
