"""Watch: on the day of majority a guardian's representation ends, on record with its cause, and nothing else does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from api.watch import watch_once
from ledger.registers.keeping.accesses import PersonalValuesRead
from ledger.registers.people.dying import CorrectDeath, RecordDeath
from ledger.registers.people.parties import RecordBirth, RecordParty
from ledger.registers.people.representing import AppointRepresentative, EndRepresentation
from ledger.service import Ledger
from projections.lists.accesses import accesses
from projections.one_case.trail import entries_of, trail
from projections.views import Views
from tests.ledgers import INTAKE, Place, place_in

BORN_ON = date(2007, 3, 4)
"""Of age two days after the ledger begins."""


@pytest.fixture
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    if getattr(request, "param", "sqlite") == "sqlite":
        return place_in(tmp_path)
    return place_in(tmp_path, database=request.getfixturevalue("postgresql_url"))


@pytest.fixture
def views(place: Place, ledger: Ledger) -> Iterator[Views]:
    with Views.open(place.location) as views:
        yield views


def somebody(ledger: Ledger) -> UUID:
    """A person who is recorded."""
    asked = RecordParty(party_id=ledger.new_id())
    ledger.handle(asked, actor=INTAKE)
    return asked.party_id


def child(
    ledger: Ledger, *, authority: str | None = "guardian", born_on: date | None = BORN_ON
) -> tuple[UUID, UUID]:
    """A person of whom intake recorded who acts for them, on which authority, and when they were born."""
    party, guardian = somebody(ledger), somebody(ledger)
    if authority is not None:
        appointed = AppointRepresentative(
            party_id=party, representative=guardian, authority=authority, scope="Everything."
        )
        ledger.handle(appointed, actor=INTAKE)
    if born_on is not None:
        ledger.handle(RecordBirth(party_id=party, born_on=born_on), actor=INTAKE)
    return party, guardian


def ended(ledger: Ledger) -> list[str]:
    return [each.stream for each in ledger.entries() if each.topic == "RepresentationEnded"]


def read(ledger: Ledger) -> list[PersonalValuesRead]:
    facts = (each.fact for each in ledger.entries())
    return [fact for fact in facts if isinstance(fact, PersonalValuesRead)]


def test_on_the_day_of_majority_the_guardian_acts_no_more_and_the_trail_says_why(
    place: Place, ledger: Ledger, views: Views
) -> None:
    party, guardian = child(ledger)
    assert watch_once(ledger, views).counts["of_age"] == 0
    place.clock.pass_by(days=2)
    report = watch_once(ledger, views)
    assert (report.counts["of_age"], ended(ledger)) == (1, [f"party/{party}"])
    *_, entry = ledger.read(f"party/{party}")
    assert (entry.entry.actor.kind, entry.entry.actor.id) == ("machine", "watch")
    midnight = place.clock().replace(hour=4, minute=0)
    assert (entry.entry.context.effective_at, entry.entry.context.known_at) == (
        midnight,
        place.clock(),
    )
    entries, policies = entries_of(ledger.store, f"party/{party}"), ledger.policies()
    *_, said = trail(entries, policies=policies)
    *_, dit = trail(entries, policies=policies, language="fr")
    assert said.sentence.startswith(
        f"The party {guardian} acts for this person no more, since they have come of age."
    )
    assert dit.sentence.startswith(
        f"La partie {guardian} n'agit plus pour cette personne, car elle est devenue majeure."
    )


@pytest.mark.parametrize("place", ["sqlite", "postgresql"], indirect=True)
def test_the_birth_of_a_child_is_opened_once_a_day_and_that_it_was_is_on_record(
    place: Place, ledger: Ledger, views: Views
) -> None:
    parties = {child(ledger)[0], child(ledger)[0]}
    for _ in range(2):
        watch_once(ledger, views)
    (reading,) = read(ledger)
    assert {each.stream for each in reading.opened} == {f"party/{each}" for each in parties}
    slots = {(part.topic, part.slots) for each in reading.opened for part in each.slots}
    assert slots == {("PartyBirthRecorded", ("born_on", "of_age_on"))}
    assert (reading.reader, reading.ground) == ("watch", "machine.task.birth")
    place.clock.pass_by(days=1)
    watch_once(ledger, views)
    assert len(read(ledger)) == 2
    place.clock.pass_by(days=30)
    assert watch_once(ledger, views).counts["of_age"] == 2
    place.clock.pass_by(days=1)
    watch_once(ledger, views)
    assert len(read(ledger)) == 3, "nobody acts for a child any more"
    found = accesses(views, reader="watch", to_at=place.clock() + timedelta(seconds=1))
    assert found.openings == 6


@pytest.mark.parametrize("authority", [None, "consent", "power-of-attorney"])
def test_where_nobody_acts_as_for_a_child_no_birth_is_opened_and_nothing_ends(
    place: Place, ledger: Ledger, views: Views, authority: str | None
) -> None:
    child(ledger, authority=authority)
    place.clock.pass_by(days=30)
    assert watch_once(ledger, views).counts["of_age"] == 0
    assert (read(ledger), ended(ledger)) == ([], [])


def test_it_stays_quiet_where_the_birth_is_not_known_or_nobody_acts_any_more(
    place: Place, ledger: Ledger, views: Views
) -> None:
    child(ledger, born_on=None)
    died, _ = child(ledger)
    died_on = RecordDeath(party_id=died, evidence="A certificate.")
    ledger.handle(died_on, actor=INTAKE)
    stopped, guardian = child(ledger)
    ledger.handle(EndRepresentation(party_id=stopped, representative=guardian), actor=INTAKE)
    place.clock.pass_by(days=30)
    assert watch_once(ledger, views).counts["of_age"] == 0
    assert read(ledger) == []


def test_a_death_that_was_no_death_leaves_the_guardian_watched_as_before(
    place: Place, ledger: Ledger, views: Views
) -> None:
    party, _ = child(ledger)
    ledger.handle(RecordDeath(party_id=party, evidence="A certificate."), actor=INTAKE)
    assert watch_once(ledger, views).counts["of_age"] == 0
    ledger.handle(CorrectDeath(party_id=party, reason="Her aunt's."), actor=INTAKE)
    place.clock.pass_by(days=31)
    assert watch_once(ledger, views).counts["of_age"] == 1
    assert ended(ledger) == [f"party/{party}"] * 2


def test_a_guardian_of_an_adult_and_one_whose_day_is_over_are_left(
    place: Place, ledger: Ledger, views: Views
) -> None:
    party, _ = child(ledger)
    place.clock.pass_by(days=10)
    of_an_adult = AppointRepresentative(
        party_id=party, representative=somebody(ledger), authority="guardian", scope="By order."
    )
    ledger.handle(of_an_adult, actor=INTAKE)
    over, guardian = child(ledger, born_on=date(2007, 6, 1))
    for_a_week = AppointRepresentative(
        party_id=over,
        representative=guardian,
        authority="guardian",
        scope="A week.",
        until_on=date(2026, 3, 20),
    )
    ledger.handle(for_a_week, actor=INTAKE)
    assert watch_once(ledger, views).counts["of_age"] == 1
    place.clock.pass_by(days=200)
    assert watch_once(ledger, views).counts["of_age"] == 0
    assert ended(ledger) == [f"party/{party}"]
