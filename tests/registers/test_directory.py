"""The directory: an absence names somebody who can stand in, and substitutes never lead round in a circle."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from ledger.errors import InvalidCommand, LedgerError, NotAuthorised, Refusal, UnlawfulTransition
from ledger.policy.in_force import Policies
from ledger.registers.directory import (
    DIRECTORY,
    AbsenceEnded,
    AbsenceRecorded,
    EndAbsence,
    MemberLeft,
    RecordAbsence,
    RecordLeaver,
)
from ledger.registers.integrations.provisioned import (
    MemberNamedElsewhere,
    MemberProposed,
    MemberUnlisted,
    NameElsewhere,
    ProposeMember,
    UnlistMember,
)
from tests.case.cases import ENQUIRY
from tests.deciding import DIRECTOR, INCOME, INTAKE, WATCH, Asked, History, given, number, office

ID = UUID(int=5)
FIRST, LAST = date(2026, 3, 9), date(2026, 3, 13)


def absence(member: str = "N-02", *, place: int = 1, **fields: Any) -> RecordAbsence:
    """A week's absence."""
    said: dict[str, Any] = {"from_on": FIRST, "until_on": LAST, **fields}
    return RecordAbsence(directory_id=ID, absence_id=number(place), member=member, **said)


def leaver(member: str = "N-02", **fields: Any) -> RecordLeaver:
    """Somebody leaves on Monday week."""
    said: dict[str, Any] = {"left_on": FIRST, **fields}
    return RecordLeaver(directory_id=ID, member=member, **said)


def directory(*asked: Asked | RecordAbsence | RecordLeaver | EndAbsence) -> History[Any]:
    history: History[Any] = given(of=DIRECTORY, stream=f"directory/{ID}")
    for each in asked:
        history = history.asked(each)
    return history


BACK = EndAbsence(directory_id=ID, absence_id=number(1), member="N-02", back_on=date(2026, 3, 11))


# Absences


def test_an_absence_says_from_when_until_when_and_who_stands_in() -> None:
    after = (
        directory()
        .when(absence(substitute="N-03", planned=True))
        .then(
            AbsenceRecorded(
                absence_id=number(1),
                member="N-02",
                from_on=FIRST,
                until_on=LAST,
                planned=True,
                substitute="N-03",
            )
        )
    )
    there = after.state
    assert [there.present("N-02", on) for on in (date(2026, 3, 8), FIRST, LAST)] == [
        True,
        False,
        False,
    ]
    assert there.present("N-02", date(2026, 3, 14))
    assert there.stand_in("N-02", FIRST) == "N-03"


def test_an_unplanned_absence_ends_nobody_knows_when() -> None:
    state = directory(absence(until_on=None)).state
    assert not state.present("N-02", date(2030, 1, 1))
    assert state.stand_in("N-02", FIRST) is None


def test_an_absence_is_recorded_once() -> None:
    directory(absence()).when(absence()).nothing()


def test_nobody_is_absent_twice_at_once() -> None:
    directory(absence()).when(absence(place=2, from_on=LAST, until_on=None)).refused(
        Refusal, saying="end that absence first", rule="one-absence-at-a-time"
    )


@pytest.mark.parametrize(
    ("asked", "error", "saying"),
    [
        (absence("nobody"), InvalidCommand, "'nobody' is no person"),
        (absence("watch"), InvalidCommand, "'watch' is no person"),
        (absence(until_on=date(2026, 3, 8)), InvalidCommand, "ends on the day it began or later"),
        (absence(substitute="N-02"), Refusal, "Nobody stands in for themselves"),
        (absence(substitute="nobody"), InvalidCommand, "'nobody' is no person"),
        (absence(substitute="R-02"), Refusal, "is of no team of N-02's"),
    ],
)
def test_an_absence_that_cannot_be_is_refused(
    asked: RecordAbsence, error: type[LedgerError], saying: str
) -> None:
    directory().when(asked).refused(error, saying=saying)


def test_whoever_shares_one_team_may_stand_in_there() -> None:
    assert directory().when(absence("N-03", substitute="I-02")).happened


def test_a_substitute_has_the_skills_that_the_member_has_in_their_team() -> None:
    directory().when(absence("N-03", substitute="D-01")).refused(
        Refusal, saying="D-01 lacks the skill intake", rule="substitute-fits"
    )


def test_substitutes_do_not_stand_in_for_each_other() -> None:
    directory(absence(substitute="N-03")).when(
        absence("N-03", place=2, from_on=LAST, substitute="N-02")
    ).refused(Refusal, saying="lead back to N-03", rule="no-circle-of-substitutes")


def test_a_circle_of_three_is_seen_too() -> None:
    two = directory(absence(substitute="N-03"), absence("N-03", place=2, substitute="N-04"))
    two.when(absence("N-04", place=3, substitute="N-02")).refused(
        Refusal, rule="no-circle-of-substitutes"
    )


def test_substitutes_may_take_turns() -> None:
    later = absence("N-03", place=2, from_on=date(2026, 3, 16), until_on=None, substitute="N-02")
    assert directory(absence(substitute="N-03")).when(later).happened


def test_a_substitute_who_is_absent_is_stood_in_for() -> None:
    two = directory(absence(substitute="N-03"), absence("N-03", place=2, substitute="N-04"))
    assert two.state.stand_in("N-02", FIRST) == "N-04"


# Coming back


def test_whoever_is_back_is_there_from_that_date_on() -> None:
    after = (
        directory(absence())
        .when(BACK)
        .then(AbsenceEnded(absence_id=number(1), member="N-02", back_on=date(2026, 3, 11)))
    )
    assert not after.state.present("N-02", date(2026, 3, 10))
    assert after.state.present("N-02", date(2026, 3, 11))


def test_an_absence_ends_once() -> None:
    directory(absence(), BACK).when(BACK).nothing()
    later = BACK.model_copy(update={"back_on": date(2026, 3, 14)})
    directory(absence()).when(later).nothing()


def test_an_absence_that_is_called_off_never_was() -> None:
    off = BACK.model_copy(update={"back_on": FIRST})
    state = directory(absence(), off).state
    assert state.present("N-02", FIRST)
    assert directory(absence(), off).when(absence(place=2)).happened


def test_what_was_never_recorded_does_not_end() -> None:
    directory().when(BACK).refused(UnlawfulTransition, rule="ends-an-absence")


# Leaving


def test_whoever_leaves_is_not_there_any_more_and_says_who_takes_over() -> None:
    after = (
        directory()
        .when(leaver(successor="N-03"), actor=DIRECTOR)
        .then(MemberLeft(member="N-02", left_on=FIRST, successor="N-03"))
    )
    assert (after.state.gone("N-02", FIRST), after.state.stand_in("N-02", FIRST)) == (True, "N-03")
    assert after.state.present("N-02", date(2026, 3, 8))


def test_a_leaver_is_recorded_once_and_the_last_date_said_holds() -> None:
    left = directory(Asked(leaver(), DIRECTOR))
    left.when(leaver(), actor=DIRECTOR).nothing()
    later = left.when(leaver(left_on=LAST), actor=DIRECTOR).after
    assert later.state.present("N-02", FIRST)


def test_the_leader_says_that_somebody_leaves_and_not_a_colleague_or_a_machine() -> None:
    leader = replace(INCOME, id="L-03")
    assert directory().when(leaver(), actor=leader).happened
    for actor in (INTAKE, WATCH):
        directory().when(leaver(), actor=actor).refused(NotAuthorised, saying="may not say")


def test_a_successor_fits_as_a_substitute_does_and_is_still_there() -> None:
    directory().when(leaver(successor="R-02"), actor=DIRECTOR).refused(
        Refusal, rule="substitute-fits"
    )
    gone = directory(Asked(leaver("N-03"), DIRECTOR))
    gone.when(leaver(successor="N-03"), actor=DIRECTOR).refused(Refusal, saying="N-03 has left")
    gone.when(absence(substitute="N-03")).refused(Refusal, saying="N-03 has left")
    gone.when(absence("N-03", place=2)).refused(Refusal, rule="absent-while-here")


# Proposals


def proposal(member: str = "R-09", **fields: Any) -> ProposeMember:
    """Somebody who joins the roads."""
    return ProposeMember(directory_id=ID, member=member, **{"teams": ("RDW",), **fields})


def kept_by(system: str) -> Policies:
    """The office's policy, which names the system that keeps its directory."""
    return office(lambda policy: policy["office"].update(directory_system=system))


def test_the_system_that_the_policy_names_proposes_and_says_who_leaves_and_no_other_does() -> None:
    named: History[Any] = given(of=DIRECTORY, stream=f"directory/{ID}", policies=kept_by("watch"))
    fact = MemberProposed(member="R-09", active=True, teams=("RDW",), roles=("caseworker",))
    after = named.when(proposal(roles=("caseworker",)), actor=WATCH).then(fact)
    assert after.state.proposals["R-09"].teams == ("RDW",)
    assert named.when(leaver(), actor=WATCH).happened
    for actor in (DIRECTOR, replace(WATCH, id="form")):
        named.when(proposal(), actor=actor).refused(NotAuthorised, saying="directory_system")
    directory().when(proposal(), actor=WATCH).refused(NotAuthorised, saying="directory_system")


def test_a_proposal_is_of_a_person_who_has_not_left_for_teams_that_there_are() -> None:
    named: History[Any] = given(of=DIRECTORY, stream=f"directory/{ID}", policies=kept_by("watch"))
    once = named.asked(Asked(proposal(), WATCH))
    once.when(proposal(), actor=WATCH).nothing()
    named.when(proposal("city"), actor=WATCH).refused(Refusal, rule="proposes-people")
    named.when(proposal(teams=("QQQ",)), actor=WATCH).refused(InvalidCommand, saying="no team QQQ")
    left = named.asked(Asked(leaver("R-02"), DIRECTOR))
    left.when(proposal("R-02"), actor=WATCH).refused(Refusal, rule="returns-under-another-code")


def test_whose_record_is_deleted_has_left_or_does_not_join_and_is_listed_again_once_proposed() -> (
    None
):
    named: History[Any] = given(of=DIRECTORY, stream=f"directory/{ID}", policies=kept_by("watch"))
    gone, fact = UnlistMember(directory_id=ID, member="R-02"), MemberUnlisted(member="R-02")
    named.when(gone, actor=WATCH).refused(Refusal, rule="unlists-who-is-gone")
    left = named.asked(Asked(leaver("R-02"), DIRECTOR))
    left.when(gone, actor=DIRECTOR).refused(NotAuthorised, saying="directory_system")
    after = left.when(gone, actor=WATCH).then(fact)
    assert after.state.unlisted == {"R-02"}
    left.asked(Asked(gone, WATCH)).when(gone, actor=WATCH).nothing()
    withdrawn = named.asked(Asked(proposal(active=False), WATCH))
    joins = withdrawn.asked(Asked(UnlistMember(directory_id=ID, member="R-09"), WATCH))
    fact_again = MemberProposed(member="R-09", active=True, teams=("RDW",), roles=())
    again = joins.when(proposal(), actor=WATCH).then(fact_again)
    assert again.state.unlisted == frozenset()


def test_by_which_id_somebody_goes_elsewhere_says_the_system_that_keeps_the_directory() -> None:
    named: History[Any] = given(of=DIRECTORY, stream=f"directory/{ID}", policies=kept_by("watch"))

    def naming(member: str, pseudonym: str | None) -> NameElsewhere:
        return NameElsewhere(directory_id=ID, member=member, pseudonym=pseudonym)

    fact = MemberNamedElsewhere(member="R-02", pseudonym="x-1")
    known = named.when(naming("R-02", "x-1"), actor=WATCH).then(fact)
    assert known.state.named_elsewhere == {"R-02": "x-1"}
    named.when(naming("R-02", "x-1"), actor=DIRECTOR).refused(NotAuthorised, saying="by which id")
    named.when(naming("R-09", "x-1"), actor=WATCH).refused(InvalidCommand, saying="propose them")
    proposed = named.asked(Asked(proposal(), WATCH))
    proposed.when(naming("R-09", "x-1"), actor=WATCH).then(
        MemberNamedElsewhere(member="R-09", pseudonym="x-1")
    )
    there = named.asked(Asked(naming("R-02", "x-1"), WATCH))
    there.when(naming("R-02", "x-1"), actor=WATCH).nothing()
    other = MemberNamedElsewhere(member="R-02", pseudonym=None)
    assert there.when(naming("R-02", None), actor=WATCH).then(other).state.named_elsewhere == {}
    left = there.asked(Asked(leaver("R-02"), DIRECTOR))
    gone = UnlistMember(directory_id=ID, member="R-02")
    unlisted = left.when(gone, actor=WATCH).then(MemberUnlisted(member="R-02"))
    assert unlisted.state.named_elsewhere == {}


def test_a_directory_does_not_know_what_is_asked_of_a_case() -> None:
    with pytest.raises(InvalidCommand, match="cannot be asked of a directory"):
        directory().decide(Asked(ENQUIRY))
