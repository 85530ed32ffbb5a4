"""An answer that a commissioner changes after it was published: given anew, and published again on a day of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api.verifier import Trusted, trusted_keys, verify_bundle
from ledger.times import instant
from tests.api.disclosing import everything_in
from tests.api.http.access_office import (
    ANSWER,
    APPROVER,
    RELEASE,
    WHY,
    AccessOffice,
    Process,
    access_office,
    kept,
)
from tests.ledgers import place_in

EVERYBODY = {"given_to": "Everybody", "purpose": "The disclosure log"}
ORDERED = "The Commissioner found that the name is to be given."


@pytest.fixture
def office(tmp_path: Path) -> Iterator[AccessOffice]:
    with access_office(place_in(tmp_path)) as served:
        yield served


def test_what_a_commissioner_changes_after_its_publication_is_published_again_on_its_own_day(
    office: AccessOffice, tmp_path: Path
) -> None:
    case, ref = office.pothole(), office.letter()
    answer = office.begun(ref, applicant_class="media")
    answer.approved(case)
    released(answer)
    answer.did("deliver", {"method": "download"})
    log = withheld_from_everybody(office, answer, case, ref)
    office.served.clock.pass_by(days=15)
    log.did("release", EVERYBODY)
    log.did("make")
    assert publication(office, ref) == ("met", 1)
    office.served.clock.pass_by(days=30)
    given_after_all(answer)
    answer.did("answer", ANSWER)
    released(answer)
    given_after_all(log)
    too_soon = log.asked("release", EVERYBODY).json()
    assert too_soon["rule"] == "applicant-first"
    answer.did("deliver", {"method": "download"})
    assert publication(office, ref) == ("running", 2), "it has a day of its own"
    too_soon = log.asked("release", EVERYBODY).json()
    assert too_soon["rule"] == "not-before-publication"
    until = clock_of(office, ref)["due_at"]
    assert instant(until) == instant(too_soon["ground"]["not_before_at"])
    office.served.clock.pass_by(days=15)
    release_id = log.did("release", EVERYBODY)["release_id"]
    made = log.did("make")
    assert [each["what"] for each in made["followed"]] == ["published"]
    assert publication(office, ref) == ("met", 2)
    bundle = kept(office.officer.get(f"{log.path}/releases/{release_id}/bundle"), tmp_path)
    said = everything_in(bundle)
    assert "Ada Lind" in said, "what was ordered to be given is there"
    assert "902-555-0199" not in said, "what was not is withheld still"
    key = office.served.nobody().get("/v1/keys").json()["checkpoint"][0]
    assert verify_bundle(bundle, Trusted(trusted_keys(key))).word == "confirmed"


def test_what_is_published_after_all_waits_for_the_day_that_is_counted_from_its_sending(
    office: AccessOffice,
) -> None:
    """The case went on to say that it had been decided not to publish, and named no day."""
    case, ref = office.pothole(), office.letter()
    answer = office.begun(ref, applicant_class="media")
    answer.approved(case)
    released(answer)
    answer.did("deliver", {"method": "download"})
    before = clock_of(office, ref)["due_at"]
    answer.did("publish", {"publish": False, "reason": "Of no interest to others."})
    assert publication(office, ref) == ("met", 1)
    office.served.clock.pass_by(days=3)
    asked = answer.did("publish", {"publish": True, "reason": "Others ask for the same."})
    assert [each["what"] for each in asked["followed"]] == ["publication_awaited"]
    assert (publication(office, ref), clock_of(office, ref)["due_at"]) == (("running", 1), before)


def released(answer: Process) -> None:
    answer.did("release", RELEASE)
    answer.did("make")


def withheld_from_everybody(office: AccessOffice, answer: Process, case: str, ref: str) -> Process:
    """A second pass over the answer, by which everybody is given no name and no way to reach anybody."""
    answer.did("publish", {"publish": True, "reason": "Others ask for the same."})
    log = office.begun(ref, audience="publication", publishes=answer.disclosure_id)
    log.did("scope", {"cases": [case]})
    log.did("draw")
    log.did("decide", {"targets": log.undecided(), "outcome": "withhold", "reasons": WHY})
    log.did("claim", {"claim": "whole_stream"})
    log.did("compare")
    log.did("approve", by=APPROVER)
    return log


def given_after_all(process: Process) -> None:
    """The name is given as it was ordered; why it is treated otherwise than before is said, and approved."""
    (name,) = [each for each in process.seen()["slots"] if each["slot"] == "answers.name"]
    target = {"in_stream": name["stream"], "in_version": name["entry"], "slot": "answers.name"}
    process.did("decide", {"targets": [target], "outcome": "release"})
    process.did("compare")
    process.did("explain", {"reason": ORDERED})
    process.did("approve", by=APPROVER)


def publication(office: AccessOffice, ref: str) -> tuple[str, int]:
    """How the clock of publication stands, and in which generation."""
    clock = clock_of(office, ref)
    return clock["state"], clock["generation"]


def clock_of(office: AccessOffice, ref: str) -> Any:
    clocks = office.officer.get(f"/v1/cases/{ref}").json()["clocks"]
    (found,) = [each for each in clocks if each["clock"] == "PUBLISH-14"]
    return found
