"""Decisions told as they happen: given these facts, when this is asked, then those facts, a refusal, or nothing.

`given(...)` takes facts, `given_commands(...)` what was asked; `.when(command)` asks; `.then(...)`
compares whole facts in order, `.refused(...)` and `.nothing()` say the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from typing import Any, Generic, TypeVar, cast
from uuid import UUID

from ledger.case import CASE
from ledger.case.state import Case
from ledger.commands import Circumstances, Command, Kind
from ledger.entry import Actor, Context, Entry, Happened
from ledger.errors import LedgerError, Refusal
from ledger.facts import Fact, dump
from ledger.policy.clocks.certificates import recheck
from ledger.policy.document.policy import Policy
from ledger.policy.document.stored import digest_policy, document_of, split_names
from ledger.policy.in_force import Policies, PolicyVersion
from ledger.policy.load import Load
from ledger.policy.routing.presence import Directory
from ledger.registers.people.party_state import Party
from ledger.times import EPOCH
from tests.case.told import told_as_it_is
from tests.ledgers import office_policy

CASE_ID = UUID(int=0x01_9CAF_0000_7000_8000_0000_0000_0001)
MONDAY = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
"""The second of March 2026, ten in the morning in the office's zone."""

DIRECTOR = Actor("person", "D-01", role="director", team="INT")
INTAKE = Actor("person", "I-02", role="intake", team="INT")
ROADS = Actor("person", "R-02", role="caseworker", team="RDW")
ROADS_TOO = Actor("person", "R-03", role="caseworker", team="RDW")
INCOME = Actor("person", "N-02", role="caseworker", team="INC")
DECIDER = replace(INCOME, delegation="DEL-INC-2026")
WATCH = Actor("machine", "watch", version="1")

State = TypeVar("State")
Change = Callable[[dict[str, Any]], None]


def number(place: int) -> UUID:
    """An id that a test can tell from the others."""
    return UUID(int=(0x019C << 112) | (0x7000 << 64) | (0x8000 << 48) | place)


def edition(*changes: Change, of: int = 1) -> PolicyVersion:
    """The office's policy, changed as the test needs it, as its numbered edition in force from the beginning."""
    document = deepcopy(document_of(split_names(office_policy())[0]))
    for change in changes:
        change(document)
    policy = Policy.model_validate(document)
    return PolicyVersion(of, digest_policy(policy), EPOCH, "2026a", document_of(policy))


@cache
def _the_office() -> Policies:
    return Policies((edition(),))


def office(*changes: Change) -> Policies:
    """The office's policy as the only one published, changed as the test needs it."""
    return Policies((edition(*changes),)) if changes else _the_office()


def effect(clock: str, reason: str, does: object) -> Change:
    """Lets a wait for a reason do something else to a clock."""

    def change(document: dict[str, Any]) -> None:
        document["clocks"][clock].setdefault("effects", {})[reason] = does

    return change


def chased(*types: str) -> Change:
    """Lets these types be chased as the practice table says (row Intake)."""

    def change(document: dict[str, Any]) -> None:
        days = (("ask", 0), ("remind", 5), ("remind", 10), ("warn", 15), ("lapse", 20))
        steps = [{"act": act, "after_working_days": after} for act, after in days]
        document["chases"] = {"in-20-days": {"en": "Twenty days", "steps": steps}}
        for code in types:
            document["types"][code]["chase"] = "in-20-days"

    return change


@dataclass(frozen=True)
class Asked:
    """A command with who asks it, now, and when that happened if it was earlier."""

    command: Command
    actor: Actor = INTAKE
    at: datetime = MONDAY
    happened_at: datetime | None = None


@dataclass(frozen=True)
class Some:
    """A fact of which a test names the fields that it is about; the rest is reckoned, and checked elsewhere."""

    kind: type[Fact]
    fields: Mapping[str, Any] = field(default_factory=dict[str, Any])


def some(kind: type[Fact], /, **fields: Any) -> Some:
    """A fact of this kind with these fields."""
    return Some(kind, fields)


@dataclass(frozen=True)
class History(Generic[State]):
    """A stream as it stands, and all that its decisions look at."""

    kind: Kind[State]
    state: State
    happened: tuple[Happened, ...]
    stream: str
    policies: Policies
    load: Load
    directory: Directory = field(default_factory=Directory)
    others: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """The states of other streams, by stream."""

    @property
    def entries(self) -> list[Entry]:
        """What happened, as entries of a log that holds nothing else."""
        return [
            Entry(place, self.stream, place, each.fact, each.actor, each.context)
            for place, each in enumerate(self.happened, start=1)
        ]

    def following(self, facts: Sequence[Fact], *, at: datetime = MONDAY) -> History[State]:
        """The stream after these facts."""
        context = Context(at, at, number(0))
        return self._after([Happened(fact, INTAKE, context) for fact in facts])

    def asked(self, each: Asked | Command) -> History[State]:
        """The stream after what this command makes happen."""
        asked = each if isinstance(each, Asked) else Asked(each)
        return self._after(self.decide(asked))

    def decide(self, asked: Asked) -> Sequence[Happened]:
        """What the command makes happen."""
        each_its_own = number(len(self.happened))
        context = Context(asked.happened_at or asked.at, asked.at, each_its_own)
        around = Circumstances(
            self.stream,
            asked.actor,
            context,
            self.policies,
            lambda: self.load,
            self.directory,
            self.look,
            lambda version: self.happened[version - 1].fact.topic,
        )
        return self.kind.decide(self.state, asked.command, around)

    def look(self, stream: str) -> Any:
        """The state of another stream; whoever a test names is recorded, where it says nothing else of them."""
        if stream not in self.others and stream.startswith("party/"):
            return Party(recorded=True)
        return self.others.get(stream)

    def when(
        self,
        command: Command,
        *,
        actor: Actor = INTAKE,
        at: datetime = MONDAY,
        happened_at: datetime | None = None,
    ) -> Outcome[State]:
        """What came of asking this; `at` is now, `happened_at` when it happened."""
        asked = Asked(command, actor, at, happened_at)
        try:
            return Outcome(self, asked, tuple(self.decide(asked)), None)
        except LedgerError as refused:
            return Outcome(self, asked, (), refused)

    def _after(self, happened: Sequence[Happened]) -> History[State]:
        state = self.state
        for each in happened:
            state = self.kind.evolve(state, each)
        return replace(self, state=state, happened=(*self.happened, *happened))


@dataclass(frozen=True)
class Outcome(Generic[State]):
    """What came of a command: what happened, or why it was refused."""

    before: History[State]
    asked: Asked
    happened: tuple[Happened, ...]
    refused_by: LedgerError | None

    @property
    def after(self) -> History[State]:
        """The stream as it then stands."""
        if self.refused_by is not None:
            raise self.refused_by
        return self.before.asked(self.asked)

    def then(self, *expected: Fact | Some | tuple[Fact | Some, datetime]) -> History[State]:
        """These facts happened, in this order; one with an instant happened then, the others when asked."""
        if self.refused_by is not None:
            raise self.refused_by
        said = self.asked.happened_at or self.asked.at
        told = [each if isinstance(each, tuple) else (each, said) for each in expected]
        assert [each.fact.topic for each in self.happened] == [_topic(fact) for fact, _ in told]
        for happened, (fact, at) in zip(self.happened, told, strict=True):
            assert happened.context.effective_at == at, f"{happened.fact.topic} at another time"
            assert happened.actor == self.asked.actor
            _compare(happened.fact, fact)
            self._recheck(happened.fact)
        self._worked_out_right()
        after = self.after
        if isinstance(after.state, Case) and after.state.opened:
            told_as_it_is(cast("History[Any]", after))
        return after

    def nothing(self) -> History[State]:
        """Nothing happened, and nothing was refused."""
        return self.then()

    def _worked_out_right(self) -> None:
        """Every state that the decision has worked out is the one that its facts lead to."""
        state = self.before.state
        for each in self.happened:
            state = self.before.kind.evolve(state, each)
            assert each.after is None or each.after == state, each.fact.topic

    def _recheck(self, fact: Fact) -> None:
        """Every due instant carries a certificate that holds by itself and is of the fact's own generation."""
        certificate = dump(fact).get("certificate", {})
        if "clock" in certificate:
            known = [version.compiled.calendars for version in self.before.policies.versions]
            assert any(
                recheck(certificate, *each.counting.values(), *each.hours.values())
                for each in known
            ), f"{fact.topic}: its certificate does not hold"
            assert certificate["generation"] == dump(fact).get("generation", 1), fact.topic

    def refused(
        self, error: type[LedgerError] = Refusal, *, saying: str = "", rule: str | None = None
    ) -> None:
        """It was refused, in one sentence that says what to do."""
        assert self.refused_by is not None, f"not refused: {[each.fact for each in self.happened]}"
        assert type(self.refused_by) is error, repr(self.refused_by)
        sentence = str(self.refused_by)
        assert saying in sentence
        assert is_one_sentence(sentence), sentence
        if rule is not None:
            assert cast("Refusal", self.refused_by).rule == rule
        if isinstance(self.refused_by, Refusal):
            assert self.refused_by.rule


def is_one_sentence(text: str) -> bool:
    """Whether a text is one sentence which, after what is wrong, says what to do or what there is."""
    tells = ":" in text or ";" in text or "," in text
    return text.endswith(".") and ". " not in text and tells


def given(
    *facts: Fact,
    of: Kind[State] = CASE,
    at: datetime = MONDAY,
    policies: Policies | None = None,
    load: Load | None = None,
    directory: Directory | None = None,
    stream: str = f"case/{CASE_ID}",
) -> History[State]:
    """A stream in which these facts happened."""
    known, there = policies or office(), directory or Directory()
    history = History(of, of.initial, (), stream, known, load or Load(), there)
    return history.following(facts, at=at)


def given_commands(
    *asked: Asked | Command,
    policies: Policies | None = None,
    load: Load | None = None,
    directory: Directory | None = None,
) -> History[Any]:
    """A case of which this was asked before."""
    history: History[Any] = given(policies=policies, load=load, directory=directory)
    for each in asked:
        history = history.asked(each)
    return history


def by(
    actor: Actor, command: Command, *, at: datetime = MONDAY, happened_at: datetime | None = None
) -> Asked:
    """A command asked by somebody, now or at an instant."""
    return Asked(command, actor, at, happened_at)


def _topic(expected: Fact | Some) -> str:
    return expected.kind.topic if isinstance(expected, Some) else expected.topic


def _compare(fact: Fact, expected: Fact | Some) -> None:
    if isinstance(expected, Fact):
        assert fact == expected
        return
    found = {name: getattr(fact, name) for name in expected.fields}
    assert found == dict(expected.fields)
