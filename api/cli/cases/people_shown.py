"""People on a case, shown: who is concerned and, where their records may be opened, how to reach them and how not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from api.cli.reading.about_case import AboutCase, Opening
from api.cli.showing import Column, show_table, words
from api.cli.wording.coded import coded, listed
from api.cli.wording.in_french import told
from api.cli.wording.spoken import spoken
from api.shown.people import people_on
from ledger.case.state import Case
from ledger.entry import Actor
from ledger.policy.access import Seen, may_open
from ledger.policy.acting.roles import roles_of
from ledger.sealing.reading import ReadEntry
from ledger.service import Ledger
from projections.one_case.people import TOLD_IN, PersonOnCase
from projections.sentences.wording import Wording


def people_opened(
    ledger: Ledger,
    about: AboutCase,
    case: Case,
    opening: Opening,
    reader: tuple[Actor, str] | None,
) -> tuple[PersonOnCase, ...]:
    """Who is concerned in a case; opened for whom the access table lets, on record, and sealed for whoever else."""
    then = about.when.then
    if reader is None or not _may_open(ledger, reader[0], opening):
        return people_on(ledger, case, then)
    actor, purpose = reader

    def opened(streams: tuple[str, ...]) -> Sequence[Sequence[ReadEntry]]:
        reading = replace(opening.reading(*streams, purpose=purpose), topics=TOLD_IN, then=then)
        return ledger.open_values(reading, actor=actor)

    return people_on(ledger, case, then, opened)


def _may_open(ledger: Ledger, actor: Actor, opening: Opening) -> bool:
    """Whether the table lets somebody read records of people for this purpose: some may read the case alone."""
    policies = ledger.policies()
    if not policies.versions:
        return True
    roles = roles_of(policies.in_force(ledger.clock()).policy, actor)
    return may_open(Seen("party", roles, opening.purpose_code)).allowed


def show_people(people: Sequence[PersonOnCase]) -> None:
    """Prints who is concerned in a case; nothing where nobody is on record."""
    if not people:
        return
    opened = any(each.name or each.contact for each in people)
    more = [words("name"), words("how to reach them")] if opened else []
    show_table(
        "People",
        [Column("role"), *more, words("to heed"), Column("identity"), Column("record")],
        [
            (
                listed("role", each.roles),
                *((each.name, _ways(each.contact or {})) if more else ()),
                "; ".join(_to_heed(each)),
                coded("assurance", each.assurance),
                f"party/{each.party}",
            )
            for each in people
        ],
        empty="",
    )


def _ways(contact: Mapping[str, Any]) -> str:
    return Wording(spoken()).value("contact", contact)


def _to_heed(person: PersonOnCase) -> list[str]:
    """What whoever turns to somebody must know before."""
    said = [
        told("has died") if person.deceased else "",
        told("never by {channels}", channels=", ".join(person.never_by)) if person.never_by else "",
        told("times: {times}", times=person.times) if person.times else "",
        told("names not to use: {names}", names=person.not_as) if person.not_as else "",
        Wording(spoken()).value("language", person.language),
    ]
    return [each for each in said if each]
