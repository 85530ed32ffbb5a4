"""On behalf: whoever stands in acts for whoever is away, a delegate for the director, and nobody for anybody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from ledger.entry import Actor
from ledger.policy.acting.on_behalf import bar
from ledger.policy.document.policy import Policy
from ledger.policy.document.stored import document_of
from ledger.policy.routing.presence import Absence, Directory
from tests.ledgers import office_policy

TODAY = date(2026, 3, 2)
DELEGATION = "DEL-INC-2026"
TOM = Actor("person", "N-03", team="INC")


def away(member: str, *, substitute: str | None = None) -> Directory:
    """Somebody is not there from today on."""
    absence = Absence(UUID(int=1), member, TODAY, TODAY, planned=True, substitute=substitute)
    return Directory().with_absence(absence)


def barred(
    actor: Actor,
    directory: Directory | None = None,
    *,
    policy: Policy | None = None,
    on: date = TODAY,
) -> str | None:
    """The ground on which somebody may not act as they say."""
    found = bar(policy or office_policy(), directory or Directory(), actor, on=on)
    return found.ground if found else None


def test_whoever_acts_in_their_own_right_is_barred_only_once_they_have_left() -> None:
    gone = Directory().without("N-03", TODAY, None)
    assert barred(TOM) is None
    assert barred(TOM, gone) == "left"
    assert barred(TOM, gone, on=TODAY - timedelta(days=1)) is None


def test_whoever_stands_in_acts_for_somebody_while_these_are_away_and_they_themselves_are_there() -> (
    None
):
    for_claire = replace(TOM, on_behalf_of="N-02")
    absent = away("N-02", substitute="N-03")
    assert barred(for_claire, absent) is None
    assert barred(for_claire) == "not-in-their-stead"
    assert barred(for_claire, absent, on=TODAY + timedelta(days=1)) == "not-in-their-stead"
    assert barred(for_claire, away("N-02", substitute="N-04")) == "not-in-their-stead"
    both = absent.with_absence(replace(absent.absences["N-02"][0], member="N-03", substitute=None))
    assert barred(for_claire, both) == "not-in-their-stead"


@pytest.mark.parametrize(
    "actor",
    [replace(TOM, on_behalf_of="N-03"), Actor("machine", "watch"), Actor("person", "nobody")],
    ids=["themselves", "a machine", "nobody here"],
)
def test_nobody_stands_in_for_themselves_and_only_people_of_the_office_do(actor: Actor) -> None:
    whom = actor.on_behalf_of or "N-02"
    absent = away("N-02", substitute=actor.id)
    assert barred(replace(actor, on_behalf_of=whom), absent) == "not-in-their-stead"


def test_a_valid_delegation_that_one_holds_is_for_the_director_alone() -> None:
    def delegated(**said: Any) -> Actor:
        return replace(TOM, **{"on_behalf_of": "D-01", "delegation": DELEGATION} | said)

    document: Any = document_of(office_policy())
    document["delegations"][DELEGATION]["ends_on"] = "2026-03-02"
    until_today = Policy.model_validate(document)
    assert barred(delegated(), policy=until_today) is None
    tomorrow = TODAY + timedelta(days=1)
    assert barred(delegated(), policy=until_today, on=tomorrow) == "not-in-their-stead"
    assert barred(delegated(), away("N-03")) == "not-in-their-stead"
    for wrong in (
        {"on_behalf_of": "N-02"}, {"delegation": None}, {"delegation": "DEL-NONE"}, {"id": "R-02"},
    ):  # fmt: skip
        assert barred(delegated(**wrong)) == "not-in-their-stead", wrong
