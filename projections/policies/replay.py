"""Replay of routing: recorded decisions made again, under the policy they cite or under another one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

from ledger.case.custody.routing import CaseRouted
from ledger.ids import subject_id_of
from ledger.policy.compiled.policy import CompiledPolicy
from ledger.policy.in_force import Policies
from ledger.policy.routing.rules import Routing, replay, routing_from
from ledger.store import LedgerStore
from projections.fold.told import Told, told_by
from projections.store.progress import OnProgress, Progress


@dataclass(frozen=True, slots=True)
class Difference:
    """A decision that comes out otherwise: what was recorded, and what the policy says of the same facts."""

    position: int
    case_id: UUID
    policy: str
    recorded_team: str
    recorded_rule: str
    team: str
    rule: str


@dataclass(frozen=True, slots=True)
class PolicyReplay:
    """How many decisions were made again up to an entry, and which came out otherwise.

    Under the policy that each cites any difference is a defect. Under another policy it is what the
    change would have moved; facts that the recorded decision did not look at are not known to it.
    """

    position: int
    against: str | None
    decisions: int
    differences: tuple[Difference, ...]

    @property
    def same(self) -> int:
        return self.decisions - len(self.differences)

    @property
    def holds(self) -> bool:
        return not self.differences


def replay_policy(
    store: LedgerStore,
    policies: Policies,
    *,
    against: CompiledPolicy | None = None,
    progress: OnProgress | None = None,
) -> PolicyReplay:
    """Makes every recorded routing decision again, on the facts and loads that it recorded.

    Without `against` each is made under the policy that it cites, and the whole decision is compared;
    with it, under that policy, and the team and the rule are.
    """
    decide = _as_recorded(policies) if against is None else _under(against)
    tip, decisions = store.tip(), 0
    differences: list[Difference] = []
    for told in _routed(store, tip, progress):
        fact = told.fact
        assert isinstance(fact, CaseRouted)
        decisions += 1
        recorded = routing_from(fact.decided)
        again, same = decide(fact, recorded)
        if not same:
            differences.append(
                Difference(
                    position=told.position,
                    case_id=subject_id_of(told.stream),
                    policy=fact.policy,
                    recorded_team=_team_by_the_rules(fact),
                    recorded_rule=fact.rule,
                    team=again.team,
                    rule=again.rule,
                )
            )
    digest = None if against is None else against.digest
    return PolicyReplay(tip, digest, decisions, tuple(differences))


Decide = Callable[[CaseRouted, Routing], tuple[Routing, bool]]


def _as_recorded(policies: Policies) -> Decide:
    def decide(fact: CaseRouted, recorded: Routing) -> tuple[Routing, bool]:
        again = replay(
            policies.cited(fact.policy, number=recorded.policy_version).compiled, recorded
        )
        said = (again.team, again.rule, again.by_default)
        same = again == recorded and said == (_team_by_the_rules(fact), fact.rule, fact.by_default)
        return again, same

    return decide


def _under(policy: CompiledPolicy) -> Decide:
    def decide(fact: CaseRouted, recorded: Routing) -> tuple[Routing, bool]:
        again = replay(policy, recorded)
        return again, (again.team, again.rule) == (_team_by_the_rules(fact), fact.rule)

    return decide


def _team_by_the_rules(fact: CaseRouted) -> str:
    """The team that the rules gave the case to, also while a duty team is to confirm it."""
    return fact.proposed or fact.team


def _routed(store: LedgerStore, tip: int, progress: OnProgress | None) -> Iterator[Told]:
    for chunk in store.scan(upto=tip):
        for row in chunk:
            if row[3] == CaseRouted.topic:
                yield told_by(*row)
        if progress is not None:
            progress(Progress(chunk[-1][0], tip))
