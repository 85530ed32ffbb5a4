"""The trail of what is no case, from the command line: the policy, the directory, a person's record."""

from __future__ import annotations

from datetime import date

import pytest

from api.machines import machine
from ledger.registers.flow.routing_weeks import CloseRoutingWeek, routing_id
from tests.api.command_line import CommandLine


def test_an_auditor_reads_the_history_of_the_policy_the_directory_and_a_record(
    office: CommandLine,
) -> None:
    """Only the trail of cases could be read: who was away when, and which policy held, stood in exports alone."""
    party = office.asked("party", "--name", "Ann Stone", "--as", "I-02")["stream"]
    office.done("absent", "R-02", "--until", "2099-04-09", "--as", "L-02")
    told = office.asked("trail", "policy")
    assert told["stream"].startswith("policy/")
    assert told["trail"][0]["sentence"].startswith("Policy 1 was published")
    office.done("sequence", "set", "RDW:40:10:2029-06-29", "INC:20", "--as", "D-01")
    assert office.asked("trail", "sequence")["trail"] != []
    with office.ledger() as ledger:
        week = CloseRoutingWeek(
            routing_id=routing_id(ledger.store.ledger_id),
            week_on=date(2026, 3, 2),
            routed=4,
            by_default=3,
        )
        ledger.handle(week, actor=machine("watch"))
    assert "routed 4 cases, 3 of them by the default" in office.done("trail", "routing").out, (
        "who was told of it read a mail, and nobody anything after it"
    )
    assert "R-02 is absent from" in office.done("trail", "directory").out
    french = office.done("trail", party, "--language", "fr").out
    assert f"Ce qui s'est passé sur {party}" in french
    assert "Une personne a été inscrite" in french
    assert "Ann Stone" not in french
    assert office.asked("trail", party, "--known-at", "2020-01-01")["trail"] == []


@pytest.mark.parametrize(
    ("words", "saying"),
    [
        (("inquiry/00019caf-0000-7000-8000-000000000001",), "by its own command: `caseledger inq"),
        (("party/1",), "is no stream of this ledger"),
        (("nothing/1",), "is no stream of this ledger"),
        (("policy", "--open", "--purpose", "Audit", "--as", "A-01"), "leave --open out"),
    ],
)
def test_what_is_no_such_stream_or_kept_apart_is_refused_in_a_sentence(
    office: CommandLine, words: tuple[str, ...], saying: str
) -> None:
    said = office("trail", *words)
    assert (said.code, len(said.sentences)) == (2, 1)
    assert saying in said.err
