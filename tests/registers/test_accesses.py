"""Accesses: a reading of personal values is answered by a plain table, and on record either way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st
from pydantic import ValidationError

from ledger.case.custody.recusal import RecuseFromCase
from ledger.entry import Actor
from ledger.errors import InvalidCommand
from ledger.policy.access import REFUSED, TABLE, Seen, may_open
from ledger.policy.in_force import Policies
from ledger.registers.flow.draws import CALLS, CallsDrawn
from ledger.registers.flow.rate_streams import RATE
from ledger.registers.flow.rates import RecordEffort
from ledger.registers.keeping.accesses import (
    ACCESS,
    PersonalValuesRead,
    ReadingRefused,
    ReadPersonalValues,
    SlotsOpened,
    StreamOpened,
)
from projections.sentences.keeping import KEEPING_CODES
from tests.case.cases import ENQUIRY, POTHOLE, pull, transfer
from tests.deciding import CASE_ID, INCOME, INTAKE, MONDAY, ROADS, WATCH, by, given, number

CASE = f"case/{CASE_ID}"
NOTES = SlotsOpened(topic="NoteAdded", slots=("text",), versions=((2, 3),))
SAFE = SlotsOpened(topic="SafeContactSet", slots=("times",), versions=((2, 2),))
AUDITOR = Actor("person", "A-01", team="INT")
OMBUDSMAN = Actor("person", "O-01", team="INT")
LINK = Actor("person", "L-01", role="liaison", team="INT")
LEADS_ROADS = Actor("person", "L-02", role="supervisor", team="RDW")
LEADS_INCOME = Actor("person", "L-03", role="supervisor", team="INC")
INQUIRY = number(7)


def asking(slots: SlotsOpened = NOTES, *, stream: str = CASE, **fields: Any) -> ReadPersonalValues:
    opened = StreamOpened(stream=stream, upto_version=4, slots=(slots,))
    return ReadPersonalValues(
        access_id=number(1), opened=(opened,), purpose="To call her back.", **fields
    )


READ = asking()


@dataclass(frozen=True)
class Inquiry:
    """An inquiry as the access table sees one: what it names, and until when."""

    names_case: bool = True
    expires_at: datetime = MONDAY + timedelta(days=1)
    office: str = "OMB-NS"

    def names(self, stream: str) -> bool:
        return self.names_case and stream == CASE

    def readable(self, *, at: datetime) -> bool:
        return at < self.expires_at


def verdict(
    asked: ReadPersonalValues = READ,
    *,
    actor: Actor = INTAKE,
    case: Any = None,
    inquiry: Any = None,
    **others: Any,
) -> tuple[bool, str]:
    """Whether a reading was allowed, and the ground that went on record; `others` are streams by kind."""
    known = {CASE: case or given().asked(POTHOLE).state, f"inquiry/{INQUIRY}": inquiry}
    known |= {f"{kind}/{number(3)}": state for kind, state in others.items()}
    history = replace(given(of=ACCESS, stream=asked.stream), others=known)
    (happened,) = history.when(asked, actor=actor).happened
    fact: Any = happened.fact
    assert isinstance(fact, PersonalValuesRead | ReadingRefused)
    assert (fact.reader, fact.purpose, fact.recording) == (actor.id, asked.purpose, 2)
    return isinstance(fact, PersonalValuesRead), fact.ground


def test_a_reading_says_which_slots_of_which_entries_by_whom_on_which_ground_and_why() -> None:
    given(of=ACCESS, stream=READ.stream).when(READ, actor=INTAKE).then(
        PersonalValuesRead(
            opened=READ.opened,
            reader="I-02",
            role="intake",
            purpose_code="intake",
            ground="intake.intake.any",
            inquiry=None,
            recording=2,
            purpose="To call her back.",
        )
    )


def test_a_refusal_is_recorded_with_its_ground_and_names_the_stream_in_the_way() -> None:
    known = {CASE: given().asked(POTHOLE).state}
    history = replace(given(of=ACCESS, stream=READ.stream), others=known)
    history.when(READ, actor=INCOME).then(
        ReadingRefused(
            streams=(CASE,),
            stream=CASE,
            reader="N-02",
            purpose_code=None,
            ground="other-team",
            inquiry=None,
            recording=2,
            purpose="To call her back.",
        )
    )


def test_a_reading_is_answered_once() -> None:
    given(of=ACCESS).asked(READ).when(READ).nothing()


def test_a_caseworker_opens_what_is_with_their_team_or_on_its_way_there() -> None:
    assert verdict(actor=ROADS) == (True, "caseworker.casework.team")
    assert verdict(actor=INCOME) == (False, "other-team")
    pulled = given().asked(POTHOLE).asked(by(ROADS, pull("RDW", "R-02")))
    coming = pulled.asked(by(ROADS, transfer("INC"))).state
    assert verdict(actor=INCOME, case=coming) == (True, "caseworker.casework.team")
    lent = replace(
        pulled.state, team="INT"
    )  # as where the policy has given the member another team since
    assert verdict(actor=ROADS, case=lent) == (True, "caseworker.casework.team")
    assert verdict(actor=ROADS, case=replace(lent, owner="I-02")) == (False, "other-team")


def test_whoever_stepped_back_opens_nothing_whatever_their_role() -> None:
    stepped = RecuseFromCase(case_id=CASE_ID, member="R-02")
    case = given().asked(POTHOLE).asked(by(ROADS, stepped)).state
    assert verdict(actor=ROADS, case=case) == (False, "recused")


def test_before_a_contact_anybody_sees_how_not_to_contact_and_nothing_else() -> None:
    assert verdict(asking(SAFE), actor=INCOME) == (True, "caseworker.contact.contact")
    assert verdict(asking(NOTES, purpose_code="contact"), actor=INCOME) == (
        False, "not-of-this-task"
    )  # fmt: skip
    all_of_it = [
        SAFE.model_copy(update={"topic": topic})
        for topic in ("SafeContactSet", "PartySafeContactSet", "NoticeIssued")
    ]
    opened = StreamOpened(stream=CASE, upto_version=4, slots=tuple(all_of_it))
    whole = READ.model_copy(update={"opened": (opened,)})
    assert verdict(whole, actor=INCOME) == (True, "caseworker.contact.contact")
    assert verdict(asking(SAFE), actor=WATCH) == (True, "machine.contact.contact")
    assert verdict(asking(NOTES), actor=WATCH) == (False, "not-of-this-task")


def test_a_supervisor_opens_what_was_said_of_their_own_teams_rate_and_calls_alone() -> None:
    counted = RecordEffort(
        rate_id=number(3), team="RDW", contact_minutes=6, case_minutes=40, staff_minutes_a_day=900
    )
    drawn = CallsDrawn.model_construct(team="RDW")
    states = {
        "rate": given(of=RATE).asked(by(LEADS_ROADS, counted)).state,
        "calls": given(of=CALLS).following([drawn]).state,
    }
    for kind in states:
        asked = asking(stream=f"{kind}/{number(3)}")
        assert verdict(asked, actor=LEADS_ROADS, **states) == (True, "supervisor.supervision.team")
        assert verdict(asked, actor=LEADS_INCOME, **states) == (False, "other-team")
        assert verdict(asked, actor=LEADS_ROADS) == (False, "other-team")


def test_the_sequence_is_one_for_all_teams_and_open_to_every_supervisor() -> None:
    asked = asking(stream=f"sequence/{number(3)}")
    assert verdict(asked, actor=LEADS_INCOME) == (True, "supervisor.supervision.any")
    assert verdict(asked, actor=INCOME) == (False, "no-such-purpose")


def test_an_auditor_opens_any_case_and_only_to_audit() -> None:
    assert verdict(actor=AUDITOR) == (True, "auditor.audit.any")
    assert verdict(asking(purpose_code="casework"), actor=AUDITOR) == (False, "no-such-purpose")


def test_nobody_takes_a_role_that_is_not_theirs_and_strangers_open_nothing() -> None:
    posing = replace(ROADS, role="auditor")
    assert verdict(actor=posing) == (False, "role-not-held")
    assert verdict(actor=Actor("person", "X-99", role="auditor")) == (False, "not-a-member")


@pytest.mark.parametrize("actor", [OMBUDSMAN, LINK], ids=["ombudsman", "link officer"])
def test_within_an_inquiry_its_cases_are_open_until_it_expires(actor: Actor) -> None:
    asked = asking(purpose_code="inquiry", inquiry=INQUIRY)
    assert verdict(asked, actor=actor, inquiry=Inquiry())[0]
    expired = verdict(asked, actor=actor, inquiry=Inquiry(expires_at=MONDAY))
    assert expired == (False, "inquiry-expired")
    outside = verdict(asked, actor=actor, inquiry=Inquiry(names_case=False))
    assert outside == (False, "inquiry-outside")
    assert verdict(asked, actor=actor) == (False, "inquiry-outside")


def test_without_an_inquiry_an_ombudsman_opens_nothing() -> None:
    assert verdict(actor=OMBUDSMAN) == (False, "not-of-this-task")


@pytest.mark.parametrize("kind", ["inquiry", "hold", "access", "erasure", "disclosure"])
def test_a_compartment_is_closed_to_caseworkers(kind: str) -> None:
    asked = asking(stream=f"{kind}/{number(3)}")
    assert verdict(asked, actor=ROADS) == (False, "no-such-purpose")


def test_of_several_streams_one_in_the_way_refuses_the_whole_reading() -> None:
    other = f"hold/{number(3)}"
    both = ReadPersonalValues(
        access_id=number(1),
        opened=(*READ.opened, StreamOpened(stream=other, upto_version=1)),
        purpose="To see both.",
    )
    (happened,) = given(of=ACCESS, stream=both.stream).when(both).happened
    assert isinstance(happened.fact, ReadingRefused)
    assert happened.fact.stream == other


def test_before_a_policy_is_published_there_is_no_table_to_ask() -> None:
    history = given(of=ACCESS, stream=READ.stream, policies=Policies())
    (happened,) = history.when(READ).happened
    assert isinstance(happened.fact, PersonalValuesRead)
    assert happened.fact.ground == "no-policy"


@pytest.mark.parametrize("purpose", ["", "hm"])
def test_nothing_is_read_without_a_purpose(purpose: str) -> None:
    with pytest.raises(ValidationError):
        ReadPersonalValues.model_validate({**READ.model_dump(), "purpose": purpose})


def test_of_an_access_nothing_else_is_asked() -> None:
    refused = given(of=ACCESS).when(ENQUIRY).refused_by
    assert isinstance(refused, InvalidCommand)


@for_all(
    seen=st.builds(
        Seen,
        st.sampled_from(["case", "party", "inquiry", "hold", "access", "import", "made-up"]),
        st.lists(st.sampled_from([rule.role for rule in TABLE]), max_size=3).map(tuple),
        st.none() | st.sampled_from([rule.purpose for rule in TABLE]),
        with_team=st.booleans(),
        only_contact=st.booleans(),
        only_birth=st.booleans(),
        recused=st.booleans(),
        inquiry=st.sampled_from([None, "open", "expired", "outside"]),
    )
)
def test_the_table_answers_whatever_it_is_asked_with_a_line_of_its_own_or_a_reason_in_words(
    seen: Seen,
) -> None:
    said = may_open(seen)
    if said.allowed:
        (line,) = {rule for rule in TABLE if rule.ground == said.ground and seen.kind in rule.kinds}
        assert line.role in seen.roles
        assert seen.purpose in (None, line.purpose)
        assert not seen.recused
        assert line.reach != "inquiry" or seen.inquiry == "open"
    else:
        assert said.ground in REFUSED
        assert f"ground.{said.ground}" in KEEPING_CODES
