"""The ledger against a simple model of it: the same versions, positions, receipts and refusals, whatever is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from ledger.case import CASE, carried
from ledger.case.corrections import CorrectEntry
from ledger.case.custody.pulling import PullCase
from ledger.case.intake.opening import OpenCase
from ledger.case.outcome.review import OpenReview
from ledger.commands import Circumstances, Command, Request
from ledger.entry import Context, Happened, Receipt
from ledger.errors import CaseNotFound, LedgerError, Refusal, VersionConflict
from ledger.ids import case_stream, reference_of
from ledger.policy.load import Load
from ledger.registers.policies import POLICY
from ledger.service import Ledger
from ledger.then import NOW, Then
from projections.one_case.notices_owed import notices_owed, owed_on
from tests.case.anything import ACTORS, WORK
from tests.case.cases import APPLICATION, DANGER, ENQUIRY, INCOMPLETE, POTHOLE
from tests.case.imports import IMPORT
from tests.deciding import CASE_ID, INTAKE, number
from tests.ledgers import Place, office_policy, place_in

_CASES = [number(place) for place in (101, 102, 103)]
_OPENINGS = [POTHOLE, DANGER, ENQUIRY, INCOMPLETE, APPLICATION]


@dataclass
class Model:
    """What the ledger is to say, told from the decisions alone."""

    position: int
    states: dict[str, Any]
    places: dict[str, int]
    first: dict[UUID, tuple[Request, Receipt]]
    topics: dict[str, list[str]]

    def load(self) -> Load:
        """The load over all cases, counted anew each time."""
        load = Load()
        for state in self.states.values():
            load = load.taking_on(carried(state))
        return load

    def answers(self, request: Request, now: datetime, policies: Any) -> Receipt | LedgerError:
        """The receipt, less its digest, or the error that the request is to be answered with."""
        known = self.first.get(request.command_id) if request.command_id else None
        if known is not None:
            if replace(known[0], expected_version=None) == replace(request, expected_version=None):
                return replace(known[1], fresh=False)
            return Refusal(rule="one-command-an-id")
        stream = request.command.stream
        state = self.states.get(stream, CASE.initial)
        if isinstance(request.command, OpenCase | OpenReview) and state.opened:
            return Refusal(rule="unique-reference")
        if request.expected_version not in (None, state.version):
            return VersionConflict(expected=request.expected_version or 0, actual=state.version)
        context = Context(request.effective_at or now, now, request.command_id or number(0))
        around = Circumstances(
            stream,
            request.actor,
            context,
            policies,
            self.load,
            look=self.states.get,
            topic=lambda version: self.topics[stream][version - 1],
        )
        try:
            happened = CASE.decide(state, request.command, around)
        except LedgerError as refused:
            return refused
        return self._recorded(request, stream, state, happened)

    def _recorded(
        self, request: Request, stream: str, state: Any, happened: Sequence[Happened]
    ) -> Receipt:
        for each in happened:
            state = CASE.evolve(state, each)
            self.topics.setdefault(stream, []).append(each.fact.topic)
        if happened:
            self.states[stream] = state
            self.position += len(happened)
            self.places[stream] = self.position
        place = self.places.get(stream, 0)
        receipt = Receipt(stream, state.version, place, "", fresh=bool(happened))
        if request.command_id is not None and happened:
            self.first[request.command_id] = (request, receipt)
        return receipt


class OfficeAtWork(RuleBasedStateMachine):
    """A handful of cases worked on in any order, with repeats, stale versions and reopened ledgers."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.place: Place = place_in(Path(self.folder.name))
        self.place.lay(office_policy())
        self.ledger: Ledger = self.place.open()
        self.policies = self.ledger.policies()
        self.model = Model(self.ledger.store.tip(), {}, {}, {}, {})
        self.made = 0

    def teardown(self) -> None:
        self.ledger.close()
        self.folder.cleanup()

    def _id(self) -> UUID:
        self.made += 1
        return number(1_000 + self.made)

    def _asks(self, *requests: Request) -> None:
        """Asks them in one write and compares every answer with the model's."""
        expected = [
            self.model.answers(each, self.place.clock.at, self.policies) for each in requests
        ]
        outcomes = self.ledger.handle_all(requests)
        for outcome, wanted in zip(outcomes, expected, strict=True):
            if isinstance(wanted, LedgerError):
                assert type(outcome) is type(wanted), repr(outcome)
                assert getattr(outcome, "rule", "") == getattr(wanted, "rule", "")
                continue
            assert isinstance(outcome, Receipt), repr(outcome)
            assert replace(outcome, digest="") == wanted
            assert outcome.fresh == wanted.fresh

    @initialize(opening=st.sampled_from(_OPENINGS))
    def a_first_case_is_opened(self, opening: OpenCase) -> None:
        self._asks(Request(_about(_CASES[0], opening), INTAKE, self._id()))

    @rule(case_id=st.sampled_from(_CASES), opening=st.sampled_from(_OPENINGS))
    def a_case_is_opened(self, case_id: UUID, opening: OpenCase) -> None:
        self._asks(Request(_about(case_id, opening), INTAKE, self._id()))

    @rule(
        case_id=st.sampled_from(_CASES),
        commands=st.lists(WORK, min_size=1, max_size=4),
        actor=ACTORS,
        ids=st.sampled_from(["of the caller", "of the ledger"]),
    )
    def a_case_is_worked_on(
        self, case_id: UUID, commands: list[Command], actor: Any, ids: str
    ) -> None:
        self._asks(
            *(
                Request(
                    _about(case_id, command), actor, self._id() if ids == "of the caller" else None
                )
                for command in commands
            )
        )

    @precondition(lambda self: self.model.first)
    @rule(chosen=st.integers(0, 10**6))
    def a_command_is_sent_again(self, chosen: int) -> None:
        first = list(self.model.first.values())
        self._asks(first[chosen % len(first)][0])

    @precondition(lambda self: self.model.first)
    @rule(chosen=st.integers(0, 10**6), command=WORK)
    def a_command_id_is_used_for_something_else(self, chosen: int, command: Command) -> None:
        ids = list(self.model.first)
        self._asks(Request(_about(_CASES[0], command), INTAKE, ids[chosen % len(ids)]))

    @rule(case_id=st.sampled_from(_CASES), command=WORK, off=st.integers(-2, 2))
    def a_command_says_which_version_it_saw(
        self, case_id: UUID, command: Command, off: int
    ) -> None:
        seen = self.model.states.get(case_stream(case_id), CASE.initial).version + off
        self._asks(
            Request(_about(case_id, command), INTAKE, self._id(), expected_version=max(0, seen))
        )

    @rule(minutes=st.sampled_from([1, 50, 700, 9_000]))
    def time_passes(self, minutes: int) -> None:
        self.place.clock.pass_by(minutes=minutes)

    @rule()
    def the_ledger_is_closed_and_opened_again(self) -> None:
        self.ledger.close()
        self.ledger = self.place.open()

    @invariant()
    def the_log_is_what_was_decided(self) -> None:
        assert self.ledger.store.tip() == self.model.position

    @invariant()
    def each_case_stands_as_the_model_says(self) -> None:
        for stream, state in self.model.states.items():
            folded = CASE.initial
            for read in self.ledger.read(stream):
                folded = CASE.evolve(folded, read.entry)
            assert folded == state

    @invariant()
    def what_is_owed_is_what_a_reading_of_every_case_finds(self) -> None:
        for then in (NOW, Then(as_of=self.place.clock.at)):
            found = [
                each
                for stream in self.model.states
                for each in owed_on(
                    [read.entry for read in then.of_case(self.ledger.read(stream))], self.policies
                )
            ]
            told = notices_owed(self.ledger, then=then, progress=lambda *_: None)
            assert sorted(map(repr, told)) == sorted(map(repr, found))


def _about(case_id: UUID, command: Command) -> Any:
    """The command, asked of that case."""
    if "case_ids" in type(command).model_fields:
        return command.model_copy(update={"case_ids": (case_id,)})
    return command.model_copy(update={"case_id": case_id})


OfficeAtWork.TestCase.settings = settings(
    max_examples=12,
    stateful_step_count=25,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestOfficeAtWork = OfficeAtWork.TestCase


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return place_in(tmp_path)


def test_a_correction_sent_twice_under_one_command_id_is_recorded_once(place: Place) -> None:
    """What has no id of its own is kept from being recorded twice by the id of its command."""
    correction = CorrectEntry(
        case_id=CASE_ID, corrects=1, values={"channel": "desk"}, reason="Misread."
    )
    with place.office() as ledger:
        ledger.handle(ENQUIRY, actor=INTAKE)
        first = ledger.handle(correction, actor=INTAKE, command_id=number(1))
        again = ledger.handle(correction, actor=INTAKE, command_id=number(1))
        assert again == first
        assert (first.fresh, again.fresh) == (True, False)
        assert ledger.store.tip() == first.position


def test_a_pull_takes_the_first_candidate_that_still_waits(place: Place) -> None:
    with place.office() as ledger:
        for case_id in _CASES[:2]:
            ledger.handle(_about(case_id, ENQUIRY), actor=INTAKE)
        asked = PullCase(case_ids=tuple(_CASES), team="INT", owner="I-02")
        taken = [ledger.handle(asked, actor=INTAKE).subject_id for _ in range(2)]
        assert taken == _CASES[:2]
        with pytest.raises(Refusal, match="pull again"):
            ledger.handle(asked, actor=INTAKE)


def test_a_case_is_found_by_the_reference_that_people_read_out(place: Place) -> None:
    with place.office() as ledger:
        ledger.handle(ENQUIRY, actor=INTAKE)
        assert ledger.find_case(reference_of(CASE_ID)) == CASE_ID
        with pytest.raises(CaseNotFound):
            ledger.find_case(reference_of(number(5)))


def test_an_imported_case_is_found_by_its_reference_too(place: Place) -> None:
    with place.office() as ledger:
        ledger.handle(IMPORT, actor=INTAKE)
        assert ledger.find_case(reference_of(CASE_ID)) == CASE_ID


def test_the_policies_of_a_ledger_are_those_that_were_published(place: Place) -> None:
    with place.office() as ledger:
        known = POLICY.initial
        for read in ledger.read(f"policy/{ledger.policy_id}"):
            known = POLICY.evolve(known, read.entry)
        assert known == ledger.policies()
