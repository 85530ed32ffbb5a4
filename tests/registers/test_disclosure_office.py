"""A disclosure is its office's alone, machines decide nothing of it, and what is being released stays as it is."""

from __future__ import annotations

import pytest

from ledger.errors import NotAuthorised, UnlawfulTransition
from ledger.registers.disclosures.approving import (
    ApproveDisclosure,
    DecideClaim,
    ReturnDisclosure,
)
from ledger.registers.disclosures.delivering import FailDelivery
from ledger.registers.disclosures.dispositions import DisposeItem
from ledger.registers.disclosures.guard import CompareTreatment
from ledger.registers.disclosures.items import ListDisclosureItem, MarkDuplicate
from ledger.registers.disclosures.opening import DrawScope, SetDisclosureScope
from ledger.registers.disclosures.review import AnswerProposals, DecideSlots, ProposeWithholding
from ledger.registers.disclosures.state import DECISIONS, DisclosureCommand
from tests.deciding import Asked
from tests.registers.disclosing import FINDER, ID, OFFICER, ROADS, approved, asked
from tests.registers.releasing import authorise

BY_THE_APPROVERS = {ApproveDisclosure, ReturnDisclosure}
"""Who approves may be of another team: the policy names them."""
BY_MACHINES_TOO = {CompareTreatment, FailDelivery, ListDisclosureItem, ProposeWithholding}
ASKED = [each for each in DECISIONS if issubclass(each, DisclosureCommand)]
CHANGES_WHAT_IS_SHOWN = [
    *(
        AnswerProposals,
        ApproveDisclosure,
        DecideClaim,
        DecideSlots,
        DisposeItem,
        DrawScope,
        ListDisclosureItem,
    ),
    *(MarkDuplicate, ReturnDisclosure, SetDisclosureScope),
]


def of_it(kind: type[DisclosureCommand]) -> DisclosureCommand:
    """Asked by whom, and when, is looked at before anything that it says."""
    return kind.model_construct(disclosure_id=ID)


@pytest.mark.parametrize("kind", ASKED)
def test_a_disclosure_is_its_office_s_alone_and_no_machine_decides(
    kind: type[DisclosureCommand],
) -> None:
    if kind not in BY_THE_APPROVERS:
        approved().when(of_it(kind), actor=ROADS).refused(NotAuthorised, saying="INT")
    if kind not in BY_MACHINES_TOO:
        approved().when(of_it(kind), actor=FINDER).refused(NotAuthorised, saying="A machine")


@pytest.mark.parametrize("kind", CHANGES_WHAT_IS_SHOWN)
def test_what_is_being_released_stays_as_it_is(kind: type[DisclosureCommand]) -> None:
    under_way = asked(approved(), Asked(authorise(), OFFICER))
    under_way.when(of_it(kind), actor=OFFICER).refused(UnlawfulTransition, rule="release-under-way")
