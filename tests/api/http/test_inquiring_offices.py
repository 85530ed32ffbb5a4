"""Where more than one office has the power to ask, each reads within its own inquiries, and is told of no others."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ledger.policy.reading.toml import read_policy
from tests.api.http.identities import last_refusal
from tests.api.http.inquiring import case_of, opened
from tests.api.http.served import Served, serving
from tests.ledgers import OFFICE, place_in

_ROLE = 'roles = ["ombudsman"]'


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    text = OFFICE.read_text(encoding="utf-8")
    policy = text.replace(_ROLE, f'{_ROLE}, inquires_for = "OMB-NS"')
    assert policy != text
    place = place_in(tmp_path_factory.mktemp("inquiring"))
    with serving(place, policy=read_policy(policy, file=OFFICE.name)) as served:
        yield served


def test_an_ombudsman_reads_within_the_inquiries_of_their_office(office: Served) -> None:
    reference = case_of(office)
    where = opened(office, reference, office="OMB-NS")
    within = {"Inquiry": where.rpartition("/")[2]}
    ombudsman = office.as_member("O-01")
    assert ombudsman.get(where).status_code == 200
    assert ombudsman.get(f"/v1/cases/{reference}", **within).status_code == 200
    values = f"/v1/cases/{reference}/values?purpose=inquiry"
    assert ombudsman.get(values, Audit_Reason="To see why", **within).status_code == 200


def test_within_those_of_another_office_they_read_nothing_and_are_told_of_none(
    office: Served,
) -> None:
    reference = case_of(office)
    where = opened(office, reference, office="HRC")
    within = {"Inquiry": where.rpartition("/")[2]}
    ombudsman = office.as_member("O-01")
    why = {"Audit_Reason": "To see why"}
    for path in (where, f"{where}/file", f"{where}/bundle", f"/v1/cases/{reference}"):
        assert ombudsman.get(path, **within).status_code == 403, path
    values = ombudsman.get(f"/v1/cases/{reference}/values?purpose=inquiry", **why, **within)
    assert values.status_code == 403
    assert last_refusal(office)[:3] == ("O-01", "case.values", "not-theirs")
    assert ombudsman.get("/v1/inquiries", **within).json()["inquiries"] == []
    conducting = office.as_member("L-01").get("/v1/inquiries").json()["inquiries"]
    assert within["Inquiry"] in {each["inquiry_id"] for each in conducting}
