"""What an act of a disclosure brings with it on the case of the request is made up for where it is missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from ledger.commands import Request
from ledger.entry import Receipt
from ledger.registers.disclosures.delivering import DeliverRelease
from ledger.registers.disclosures.opening import AskClarification
from ledger.registers.disclosures.state import DisclosureCommand
from ledger.sealing.slots import canonical
from ledger.times import EPOCH
from tests.api.http.access_office import (
    OFFICER,
    RELEASE,
    AccessOffice,
    Process,
    access_office,
    done,
)
from tests.ledgers import place_in

WORDS = "Which hole?"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AccessOffice]:
    with access_office(place_in(tmp_path_factory.mktemp("access"))) as served:
        yield served


def first_half(
    begun: Process, verb: str, command: DisclosureCommand, said: dict[str, Any], *, key: str
) -> Receipt:
    """Records the act alone, as its key has it, and leaves out what follows: as if the service had died there."""
    ledger = begun.office.served.service.ledger
    officer = ledger.read(f"disclosure/{begun.disclosure_id}")[0].entry.actor
    asked = canonical([{"disclosure_id": begun.disclosure_id, **said}, f"{begun.path}/{verb}"])
    command_id = ledger.derived_id(EPOCH, "http", OFFICER, key)
    return ledger.ask(Request(command, officer, command_id, asked=asked))


def on_case(begun: Process, ref: str, *topics: str) -> list[Any]:
    """The entries of the case of the request that are of these topics."""
    ledger = begun.office.served.service.ledger
    entries = ledger.read(f"case/{ledger.find_case(ref)}")
    return [each.entry for each in entries if each.entry.topic in topics]


def clarified(begun: Process, *, key: str) -> Receipt:
    command = AskClarification(disclosure_id=UUID(begun.disclosure_id), words=WORDS)
    return first_half(begun, "clarify", command, {"words": WORDS}, key=key)


def test_an_act_asked_again_brings_what_was_missing_from_the_time_when_it_was_done_and_once(
    office: AccessOffice,
) -> None:
    ref = office.letter()
    begun = office.begun(ref)
    act = clarified(begun, key=f"clarify-{ref}")
    assert on_case(begun, ref, "WaitingBegan") == []
    done_at = on_record(office, act)
    office.served.clock.pass_by(hours=3)
    office.served.tokens.clear()
    again = begun.asked("clarify", {"words": WORDS}, key=f"clarify-{ref}")
    assert (again.status_code, again.headers["Idempotency-Replayed"]) == (200, "true")
    assert (again.json()["fresh"], again.json()["position"]) == (False, act.position)
    (wait,) = on_case(begun, ref, "WaitingBegan")
    assert (wait.context.causation, wait.context.effective_at) == (act.digest, done_at)
    assert [(each["what"], each["position"]) for each in again.json()["followed"]] == [
        ("waits", wait.position)
    ]
    tip = office.served.service.ledger.store.tip()
    assert int(again.headers["Ledger-Position"]) == wait.position
    third = begun.asked("clarify", {"words": WORDS}, key=f"clarify-{ref}")
    assert third.json() == again.json()
    assert office.served.service.ledger.store.tip() == tip


def on_record(office: AccessOffice, receipt: Receipt) -> Any:
    """When what a receipt is of is said to have happened."""
    ledger = office.served.service.ledger
    (entry,) = ledger.entries(after=receipt.position - 1, upto=receipt.position)
    return entry.context.effective_at


def test_once_others_went_on_no_wait_begins_late_while_an_act_that_a_clock_stops_on_still_counts(
    office: AccessOffice,
) -> None:
    ref, case = office.letter(), office.pothole()
    begun = office.begun(ref)
    clarified(begun, key=f"clarify-{ref}")
    begun.approved(case)
    late = begun.asked("clarify", {"words": WORDS}, key=f"clarify-{ref}")
    ((what, code),) = [(each["what"], each["code"]) for each in late.json()["followed"]]
    assert (late.status_code, what, code) == (200, "waits", "refused")
    assert "Others have gone on" in late.json()["followed"][0]["detail"]
    in_french = begun.asked("clarify", {"words": WORDS}, key=f"clarify-{ref}", Accept_Language="fr")
    assert "D'autres ont poursuivi depuis" in in_french.json()["followed"][0]["detail"]
    assert on_case(begun, ref, "WaitingBegan") == []
    release_id = begun.did("release", RELEASE)["release_id"]
    begun.did("make")
    command = DeliverRelease(
        disclosure_id=UUID(begun.disclosure_id), release_id=UUID(release_id), method="email"
    )
    first_half(begun, "deliver", command, {"method": "email"}, key=f"deliver-{ref}")
    begun.did("time", {"activity": "review", "minutes": 10})
    assert office.clock(ref) != "met"
    again = begun.asked("deliver", {"method": "email"}, key=f"deliver-{ref}").json()
    reached = [each.fact.milestone for each in on_case(begun, ref, "MilestoneReached")]
    assert reached.count("access_given") == reached.count("sent_to_applicant") == 1
    assert {each["what"] for each in again["followed"]} == {"access_given", "sent_to_applicant"}
    assert office.clock(ref) == "met"


def test_what_was_sent_again_is_published_no_earlier_than_its_period_after_that(
    office: AccessOffice,
) -> None:
    """The case named a day for everybody that was counted from a delivery which had failed."""
    case, ref = office.pothole(), office.letter()
    begun = office.begun(ref)
    begun.approved(case)
    begun.did("release", RELEASE)
    begun.did("make")
    begun.did("deliver", {"method": "email"})
    begun.did("undelivered", {"failure": "bounced"})
    office.served.clock.pass_by(days=20)
    office.served.tokens.clear()
    begun.did("deliver", {"method": "mail"})
    armed = [each.fact for each in on_case(begun, ref, "ClockArmed")]
    first, moved = (each for each in armed if each.clock == "PUBLISH-14")
    said = begun.did("publish", {"publish": True, "reason": "Others ask for the same."})
    ledger = office.served.service.ledger
    (entry,) = ledger.entries(after=said["position"] - 1, upto=said["position"])
    decided: Any = entry.fact
    assert moved.due_at > first.due_at
    assert decided.not_before_at == moved.due_at


def test_whoever_may_not_do_it_any_more_hears_what_was_recorded_and_brings_nothing(
    office: AccessOffice,
) -> None:
    ref = office.letter()
    begun = office.begun(ref)
    act = clarified(begun, key=f"clarify-{ref}")
    done(office.officer.post(f"/v1/cases/{ref}/recuse", {}, If_Match="*"))
    again = office.officer.post(f"{begun.path}/clarify", {"words": WORDS}, key=f"clarify-{ref}")
    assert (again.status_code, again.json()["position"]) == (200, act.position)
    assert "followed" not in again.json()
    assert on_case(begun, ref, "WaitingBegan") == []
