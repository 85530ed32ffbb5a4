"""Whatever callers do over HTTP in whatever order, cases stand as a model of a few lines says they must."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

import httpx
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.api.http.served import Served, serving
from tests.ledgers import place_in

TEAM_OF = {"RDW-POT": "RDW", "RDW-WIN": "RDW", "INC-APP": "INC"}
WORKERS = {"RDW": ("R-02", "R-03"), "INC": ("N-02", "N-03")}
EVERYBODY = tuple(member for members in WORKERS.values() for member in members)


@dataclass
class Modelled:
    """A case as the model has it."""

    reference: str
    team: str
    version: int
    owner: str | None = None
    coming_to: str | None = None
    resolved: bool = False

    def concerns(self, member: str) -> bool:
        """Whether somebody's team has it, or is to have it."""
        return any(member in WORKERS[team] for team in (self.team, self.coming_to) if team)


class Callers(RuleBasedStateMachine):
    """Intake opens; caseworkers pull, note, hand over, accept, resolve and reopen, with versions fresh and stale."""

    cases = Bundle("cases")
    recorded: ClassVar[Counter[str]] = Counter()
    """How often each verb was recorded, over all runs."""

    def __init__(self) -> None:
        super().__init__()
        self.resources = ExitStack()
        folder = self.resources.enter_context(TemporaryDirectory())
        self.office: Served = self.resources.enter_context(serving(place_in(Path(folder))))
        self.known: list[Modelled] = []
        self.asked: list[tuple[str, str, Any, str, dict[str, Any]]] = []
        self.number = 0

    def post(
        self, member: str, path: str, said: Any, *, version: int | None = None
    ) -> httpx.Response:
        self.number += 1
        key = f"machine-{self.number}"
        more = {} if version is None else {"If_Match": f'"{version}"'}
        answer = self.office.as_member(member).post(path, said, key=key, **more)
        assert answer.status_code < 500, answer.text
        if answer.status_code == 201:
            self.recorded[path.rpartition("/")[2]] += 1
            self.asked.append((member, path, said, key, answer.json()))
        return answer

    def wrote(self, case: Modelled, answer: httpx.Response) -> bool:
        """Whether it was recorded; the model's version follows."""
        if answer.status_code != 201:
            return False
        assert answer.json()["version"] > case.version
        case.version = answer.json()["version"]
        return True

    @rule(target=cases, kind=st.sampled_from(sorted(TEAM_OF)))
    def open(self, kind: str) -> Modelled:
        said = {"channel": "phone", "request_type": kind, "language": "en", "region": "HAL"}
        answer = self.post("I-02", "/v1/cases", said)
        assert answer.status_code == 201
        found = answer.json()
        case = Modelled(found["reference"], TEAM_OF[kind], found["version"])
        self.known.append(case)
        return case

    @rule(team=st.sampled_from(sorted(WORKERS)), which=st.integers(0, 1))
    def pull(self, team: str, which: int) -> None:
        member = WORKERS[team][which]
        answer = self.post(member, f"/v1/queues/{team}/pull", {})
        if answer.status_code == 201:
            reference = answer.json()["reference"]
            taken = [each for each in self.known if each.reference == reference]
            for case in taken:
                assert (case.team, case.owner, case.coming_to, case.resolved) == (
                    team,
                    None,
                    None,
                    False,
                )
                case.owner = member
                self.wrote(case, answer)

    @rule(case=cases, member=st.sampled_from(EVERYBODY))
    def note(self, case: Modelled, member: str) -> None:
        answer = self.post(member, f"/v1/cases/{case.reference}/note", {"text": "Looked at."})
        assert (answer.status_code == 201) == case.concerns(member)
        self.wrote(case, answer)

    @rule(case=cases, member=st.sampled_from(EVERYBODY), stale=st.booleans())
    def hand_over(self, case: Modelled, member: str, stale: bool) -> None:  # noqa: FBT001 - drawn by name
        to_team = "INC" if case.team == "RDW" else "RDW"
        said = {"to_team": to_team, "reason": "wrong-team", "handover": "It is theirs."}
        version = case.version - stale
        answer = self.post(member, f"/v1/cases/{case.reference}/transfer", said, version=version)
        if not case.concerns(member):
            assert answer.status_code == 403
        elif stale:
            assert answer.status_code in (409, 412)
        elif self.wrote(case, answer):
            assert not case.resolved
            assert case.coming_to is None
            case.coming_to = to_team

    @precondition(lambda self: any(case.coming_to for case in self.known))
    @rule(data=st.data(), which=st.integers(0, 1), takes=st.booleans())
    def answer_transfer(self, data: st.DataObject, which: int, takes: bool) -> None:  # noqa: FBT001 - drawn by name
        case = data.draw(st.sampled_from([each for each in self.known if each.coming_to]))
        team = case.coming_to or case.team
        verb, said = ("accept", {}) if takes else ("decline", {"reason": "wrong-team"})
        member = WORKERS[team][which]
        answer = self.post(member, f"/v1/cases/{case.reference}/{verb}", said, version=case.version)
        if self.wrote(case, answer):
            assert case.coming_to == team
            if takes:
                case.team, case.owner = team, self.shown(case)["case"]["owner"]
            case.coming_to = None

    @rule(case=cases, which=st.integers(0, 1))
    def resolve(self, case: Modelled, which: int) -> None:
        member = WORKERS[case.team][which]
        said = {"outcome": "done", "words": "It was done."}
        answer = self.post(
            member, f"/v1/cases/{case.reference}/resolve", said, version=case.version
        )
        if self.wrote(case, answer):
            assert not case.resolved
            case.resolved = True

    @precondition(lambda self: self.asked)
    @rule(data=st.data())
    def ask_again(self, data: st.DataObject) -> None:
        member, path, said, key, first = data.draw(st.sampled_from(self.asked))
        again = self.office.as_member(member).post(path, said, key=key)
        assert (again.status_code, again.headers.get("Idempotency-Replayed")) == (200, "true")
        assert {**again.json(), "fresh": True} == first

    @invariant()
    def every_case_stands_as_the_model_says(self) -> None:
        for case in self.known[-3:]:
            found = self.shown(case)
            assert found["about"]["version"] == case.version
            told = found["case"]
            assert (told["team"], told["transit_to"]) == (case.team, case.coming_to)
            assert (told["resolved_at"] is not None) == case.resolved
            if case.coming_to is None and not case.resolved:
                assert told["owner"] == case.owner

    def teardown(self) -> None:
        self.resources.close()

    def shown(self, case: Modelled) -> dict[str, Any]:
        """A case as an auditor reads it."""
        return self.office.as_member("A-01").get(f"/v1/cases/{case.reference}").json()


def test_cases_stand_as_the_model_says_whatever_is_asked_in_whatever_order() -> None:
    run_state_machine_as_test(
        Callers,
        settings=settings(
            max_examples=8,
            stateful_step_count=45,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],
            database=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
    assert {"cases", "pull", "note", "transfer", "accept", "resolve"} <= Callers.recorded.keys()
