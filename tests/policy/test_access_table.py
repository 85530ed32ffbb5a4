"""The table of access, line by line: who opens streams of each kind, for what, and how such a stream has to stand."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from ledger.kinds import KINDS
from ledger.policy.access import InquiryStands, Purpose, Role, Seen, may_open

OPENED_BY = {
    "case": """
        caseworker.casework.team caseworker.contact.contact dispatcher.supervision.team
        supervisor.supervision.team director.task.any intake.intake.any foi.disclosure.any
        foi.subject_access.any records.retention.any auditor.audit.any liaison.inquiry.inquiry
        ombudsman.inquiry.inquiry machine.contact.contact
    """,
    "party": """
        caseworker.casework.any caseworker.contact.contact intake.intake.any foi.disclosure.any
        foi.subject_access.any records.retention.any auditor.audit.any liaison.inquiry.inquiry
        machine.contact.contact machine.task.birth
    """,
    "tray": """
        intake.intake.any foi.disclosure.any foi.subject_access.any records.retention.any
        auditor.audit.any liaison.inquiry.inquiry
    """,
    "import": """
        foi.disclosure.any foi.subject_access.any records.retention.any auditor.audit.any
        machine.integration.any
    """,
    "policy": "foi.disclosure.any foi.subject_access.any auditor.audit.any",
    "directory": "foi.disclosure.any foi.subject_access.any auditor.audit.any",
    "rate": "supervisor.supervision.team foi.disclosure.any foi.subject_access.any auditor.audit.any",
    "calls": "supervisor.supervision.team foi.disclosure.any foi.subject_access.any auditor.audit.any",
    "sequence": "supervisor.supervision.any foi.disclosure.any foi.subject_access.any auditor.audit.any",
    "disclosure": "foi.disclosure.any",
    "release": "foi.disclosure.any",
    "inquiry": "liaison.inquiry.any ombudsman.inquiry.inquiry",
    "hold": "records.retention.any auditor.audit.any",
    "disposal": "records.retention.any auditor.audit.any",
    "erasure": "records.retention.any auditor.audit.any",
    "access": "auditor.audit.any",
}
"""By kind of stream; a kind that is not here nobody opens, and a minister's office opens nothing."""
STANDS: dict[str, dict[str, Any]] = {
    "any": {},
    "team": {"with_team": True},
    "contact": {"only_contact": True},
    "birth": {"only_birth": True},
    "inquiry": {"inquiry": "open"},
}


def opened(kind: str, **stands: Any) -> set[str]:
    """The ground of each reading that is allowed of a kind of stream that stands so, whoever asks, for whatever."""
    said = [
        may_open(Seen(kind, (role,), purpose, **stands))
        for role in (*get_args(Role), "machine")
        for purpose in get_args(Purpose)
    ]
    return {each.ground for each in said if each.allowed}


@pytest.mark.parametrize("kind", sorted({*(each.name for each in KINDS), *OPENED_BY}))
@pytest.mark.parametrize("reach", STANDS)
def test_a_stream_is_opened_by_whom_the_table_names_and_where_it_stands_so(
    kind: str, reach: str
) -> None:
    named = OPENED_BY.get(kind, "").split()
    expected = {each for each in named if each.rpartition(".")[2] in ("any", reach)}
    assert opened(kind, **STANDS[reach]) == expected
    assert opened(kind, **STANDS[reach], recused=True) == set()


@pytest.mark.parametrize("inquiry", ["expired", "outside", "elsewhere"])
def test_an_inquiry_that_is_over_of_other_cases_or_of_another_office_opens_no_more_than_none(
    inquiry: InquiryStands,
) -> None:
    for kind in OPENED_BY:
        assert opened(kind, inquiry=inquiry) == opened(kind)
    assert may_open(Seen("case", ("ombudsman",), inquiry=inquiry)).ground == f"inquiry-{inquiry}"
    assert may_open(Seen("case", ("caseworker",), inquiry=inquiry)).ground == "other-team"


def test_what_is_before_a_line_in_the_order_of_roles_is_the_ground_that_goes_on_record() -> None:
    both = Seen("case", ("intake", "caseworker"), with_team=True)
    assert may_open(both).ground == "intake.intake.any"
    assert may_open(Seen("case", ("caseworker", "intake"), with_team=True)).ground == (
        "caseworker.casework.team"
    )
