"""What ends soon is said before anything is refused for want of it: calendars and delegations."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from ledger.policy.document.stored import digest_policy, document_of
from ledger.policy.in_force import Policies, PolicyVersion
from ledger.policy.reading.toml import read_policy
from ledger.policy.running_out import RunsOut, running_out
from ledger.times import EPOCH
from tests.policy.department import published, with_changes

ENDS_ON = date(2029, 12, 31)
DELEGATIONS = ("ENV", "HSG", "IAC", "INC", "LIC", "RDW")


def noon(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T16:00:00").replace(tzinfo=UTC)


def version(text: str, *, number: int = 1, effective_from: datetime = EPOCH) -> PolicyVersion:
    policy = read_policy(text, file="policy.toml")
    return PolicyVersion(
        number, digest_policy(policy), effective_from, "2026a", document_of(policy)
    )


def out(policies: Policies, day: str) -> list[tuple[str, str]]:
    return [(each.what, each.code) for each in running_out(policies, noon(day))]


def test_a_calendar_is_said_to_end_before_a_case_is_refused_whose_time_reaches_past_it() -> None:
    """Whoever opened a case learned it first, by being refused."""
    assert running_out(published(), noon("2026-11-22")) == ()
    assert out(published(), "2029-10-25") == [("calendar", "NS-SAMPLE"), ("calendar", "OFFICE")]
    assert running_out(published(), noon("2029-10-25"))[0] == RunsOut(
        "calendar", "NS-SAMPLE", ENDS_ON
    )
    assert ("calendar", "NS-SAMPLE") in out(published(), "2030-03-01"), "and once it has ended"


def test_a_delegation_is_said_to_end_sixty_days_before_and_while_nobody_may_decide_after_it() -> (
    None
):
    ending = [("delegation", f"DEL-{each}-2025") for each in DELEGATIONS]
    for day, said in (("2029-10-31", []), ("2029-11-01", ending), ("2030-01-15", ending)):
        assert [each for each in out(published(), day) if each[0] == "delegation"] == said, day


def test_what_another_delegation_carries_on_does_not_run_out() -> None:
    next_one = """[delegations.DEL-RDW-2030]
en = "Access permits and damage claims"
fr = "Permis d'accès et réclamations"
authority = "Instrument of delegation CRS-2030-01"
members = ["RDP-01"]
types = ["RDW-ACC", "RDW-CLM"]
begins_on = 2030-01-01

[delegations.DEL-INC-2025]"""
    both = Policies((version(with_changes(("[delegations.DEL-INC-2025]", next_one))),))
    assert ("delegation", "DEL-RDW-2025") not in out(both, "2029-12-01")
    narrower = next_one.replace('types = ["RDW-ACC", "RDW-CLM"]', 'types = ["RDW-ACC"]')
    one = Policies((version(with_changes(("[delegations.DEL-INC-2025]", narrower))),))
    assert ("delegation", "DEL-RDW-2025") in out(one, "2029-12-01")
    assert ("delegation", "DEL-RDW-2025") in out(one, "2030-02-01"), "claims are nobody's to decide"


def test_what_a_policy_that_is_published_already_prolongs_does_not_run_out() -> None:
    (first,) = published().versions
    longer = with_changes(("ends_on = 2029-12-31", "ends_on = 2034-12-31"))
    second = version(longer, number=2, effective_from=noon("2029-12-01"))
    assert ("calendar", "NS-SAMPLE") in out(Policies((first,)), "2029-11-05")
    assert ("calendar", "NS-SAMPLE") not in out(Policies((first, second)), "2029-11-05")
    assert ("calendar", "OFFICE") in out(Policies((first, second)), "2029-11-05")
    late = version(longer, number=2, effective_from=noon("2029-11-05") + timedelta(days=90))
    assert ("calendar", "NS-SAMPLE") in out(Policies((first, late)), "2029-11-05")
