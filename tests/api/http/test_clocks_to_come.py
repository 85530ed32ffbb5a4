"""Clocks to come over HTTP: what is read of a case's clocks says of those that have not started what each waits for."""

from __future__ import annotations

from collections.abc import Iterator
from csv import DictReader

import pytest

from ledger.policy.reading.toml import read_policy
from tests.api.http.access_office import (
    CLERK,
    DEPARTMENT,
    AccessOffice,
    access_office,
    department_policy,
    done,
)
from tests.ledgers import place_in, publish
from tests.policy.department import with_changes

PUBLISHES = {
    "clock": "PUBLISH-14", "starts_on": "sent_to_applicant", "of_an_act": True, "unmet": [],
}  # fmt: skip

STATUTE = {"clock": "FOI-NS-1993", "starts_on": "complete", "of_an_act": False, "unmet": ["fee"]}


@pytest.fixture(scope="module")
def access(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AccessOffice]:
    with access_office(place_in(tmp_path_factory.mktemp("access"))) as found:
        yield found


def test_a_clock_that_waits_says_for_what_and_what_a_complete_request_still_needs(
    access: AccessOffice,
) -> None:
    clerk = access.served.as_member("INT-02")
    ref = clerk.opened(channel="email", request_type="IAC-GEN")
    shown = access.officer.get(f"/v1/cases/{ref}/clocks").json()
    assert shown["clocks"] == []
    assert shown["to_come"] == [STATUTE, PUBLISHES]


def test_once_it_runs_it_is_no_more_to_come(access: AccessOffice) -> None:
    shown = access.officer.get(f"/v1/cases/{access.letter()}/clocks").json()
    assert [each["clock"] for each in shown["clocks"]] == [STATUTE["clock"]]
    assert shown["to_come"] == [PUBLISHES]


def test_the_table_has_a_row_for_each_clock_that_runs_and_each_that_is_to_come(
    access: AccessOffice,
) -> None:
    table = access.officer.get(f"/v1/cases/{access.letter()}/clocks.csv").text
    told = ("clock", "generation", "state", "starts_on", "of_an_act", "unmet")
    assert [tuple(each[name] for name in told) for each in DictReader(table.splitlines())] == [
        (STATUTE["clock"], "1", "running", "", "", ""),
        (PUBLISHES["clock"], "", "to_come", PUBLISHES["starts_on"], "true", "[]"),
    ]


def test_as_known_before_the_fee_was_seen_it_waits_as_it_did_then(access: AccessOffice) -> None:
    clerk = access.served.as_member("INT-02")
    ref = clerk.opened(channel="email", request_type="IAC-GEN")
    before = access.served.clock().isoformat().replace("+00:00", "Z")
    access.served.clock.pass_by(seconds=1)
    done(access.officer.post(f"/v1/cases/{ref}/confirm-need", {"need": "fee"}))
    address = f"/v1/cases/{ref}/clocks"
    (now, _), (then, _) = (
        access.officer.get(f"{address}{asked}").json()["to_come"]
        for asked in ("", f"?known_at={before}")
    )
    assert (now["unmet"], then["unmet"]) == ([], ["fee"])


def test_another_policy_makes_another_tag_though_nothing_happened_on_the_case(
    access: AccessOffice,
) -> None:
    address = f"/v1/cases/{access.letter()}/clocks"
    tag = access.officer.get(address).headers["ETag"]
    assert access.officer.get(address, If_None_Match=tag).status_code == 304
    served = access.served
    changed = with_changes(('"FOI-NS-2025", "PUBLISH-14"]', '"FOI-NS-2025"]'))
    policy = read_policy(changed, file=DEPARTMENT.name)
    publish(served.service.ledger, policy, effective_from=served.clock())
    again = access.officer.get(address, If_None_Match=tag)
    assert (again.status_code, again.json()["to_come"]) == (200, [])


def test_whoever_may_do_more_by_another_policy_is_told_so_of_a_case_on_which_nothing_happened(
    access: AccessOffice,
) -> None:
    served, address = access.served, f"/v1/cases/{access.pothole()}"
    clerk = served.as_member(CLERK)
    seen = clerk.get(address)
    assert clerk.get(address, If_None_Match=seen.headers["ETag"]).status_code == 304
    policy = department_policy()
    known = policy.members[CLERK]
    more = known.model_copy(update={"roles": (*known.roles, "director")})
    members = {**policy.members, CLERK: more}
    changed = policy.model_copy(update={"members": members})
    publish(served.service.ledger, changed, effective_from=served.clock())
    again = clerk.get(address, If_None_Match=seen.headers["ETag"])
    assert again.status_code == 200
    assert {*again.json()["may"]} > {*seen.json()["may"]}
