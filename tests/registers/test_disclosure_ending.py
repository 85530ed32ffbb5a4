"""A disclosure that was begun by mistake is ended before it answers; what was answered stays."""

from __future__ import annotations

from ledger.errors import DisclosureNotFound, NotAuthorised, UnlawfulTransition
from ledger.registers.disclosures.ending import DisclosureEnded, EndDisclosure
from tests.deciding import Asked
from tests.registers.disclosing import (
    ANSWER,
    FINDER,
    ID,
    OFFICER,
    OPEN,
    ROADS,
    SCOPE,
    approved,
    asked,
    disclosure,
    drawn,
)
from tests.registers.releasing import authorise, made

END = EndDisclosure(disclosure_id=ID, reason="The request has one already.")


def test_what_was_begun_by_mistake_is_ended_once_and_goes_on_no_more() -> None:
    ended = drawn().when(END, actor=OFFICER).then(DisclosureEnded(reason=END.reason))
    ended.when(END, actor=OFFICER).nothing()
    for each in (SCOPE, ANSWER, OPEN):
        ended.when(each.command, actor=OFFICER).refused(UnlawfulTransition, rule="ended-is-ended")


def test_what_was_answered_or_given_out_is_not_ended() -> None:
    for answered in (approved(), made()):
        answered.when(END, actor=OFFICER).refused(UnlawfulTransition, rule="answered-is-answered")
    on_its_way = asked(approved(), Asked(authorise(), OFFICER))
    on_its_way.when(END, actor=OFFICER).refused(UnlawfulTransition, rule="release-under-way")


def test_a_person_of_the_access_office_ends_what_was_begun() -> None:
    for actor in (FINDER, ROADS):
        asked(disclosure(), OPEN).when(END, actor=actor).refused(NotAuthorised)
    disclosure().when(END, actor=OFFICER).refused(DisclosureNotFound)
