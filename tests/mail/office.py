"""An office that takes mail: what it is given, and what is recorded of it."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from api.channels.mail.folders import AsideFolder, SetAside
from api.channels.mail.intake import Came, MailIntake, Taken
from ledger.case import CASE
from ledger.case.contact.notices import IssueNotice
from ledger.case.intake.opening import ClassifyCase
from ledger.case.outcome.resolving import ResolveCase
from ledger.case.state import Case
from ledger.facts import Fact
from ledger.ids import case_stream, reference_of
from ledger.policy.document.policy import Policy
from ledger.policy.document.stored import document_of
from ledger.service import Ledger
from tests.case.writing import TEMPLATES
from tests.ledgers import INTAKE, ROADS, HandClock, Place, office_policy, place_in

F = TypeVar("F", bound=Fact)
ROBOT = "robot@sensors.example"


@dataclass(frozen=True)
class MailOffice:
    """A ledger, its home, and the intake of its mail."""

    ledger: Ledger
    home: Path
    clock: HandClock
    intake: MailIntake
    place: Place

    def takes(self, raw: bytes, *, at: datetime | None = None, **how: Any) -> Taken:
        """What becomes of a mail that came at an instant."""
        return self.intake.take(Came(raw, "test", at), **how)

    def entries(self) -> int:
        return self.ledger.store.tip()

    def of(self, kind: type[F], stream: str | None = None) -> list[F]:
        """Every fact of a kind, personal values sealed."""
        return [
            each.fact
            for each in self.ledger.entries()
            if isinstance(each.fact, kind) and stream in (None, each.stream)
        ]

    def opened(self, kind: type[F], stream: str) -> list[F]:
        """Every fact of a kind in a stream, personal values opened."""
        actor = INTAKE
        found = self.ledger.read_opened(stream, actor=actor, purpose="test", purpose_code="intake")
        return [each.entry.fact for each in found if isinstance(each.entry.fact, kind)]

    def case(self, case_id: UUID | None) -> Case:
        assert case_id is not None
        case = CASE.initial
        for each in self.ledger.read(case_stream(case_id)):
            case = CASE.evolve(case, each.entry)
        return case

    def opens(self, raw: bytes) -> tuple[UUID, str]:
        """The case that a mail opens, and its reference."""
        taken = self.takes(raw)
        assert taken.became == "opened", taken
        assert taken.case_id is not None
        return taken.case_id, reference_of(taken.case_id)

    def resolves(self, case_id: UUID) -> None:
        self.ledger.handle(ResolveCase(case_id=case_id, outcome="withdrawn"), actor=INTAKE)

    def gives_notice(self, case_id: UUID) -> UUID:
        """A notice that goes out by e-mail."""
        classify = ClassifyCase(case_id=case_id, request_type="GEN-ENQ")
        self.ledger.handle(classify, actor=INTAKE)
        notice_id = self.ledger.new_id()
        issue = IssueNotice(
            case_id=case_id, notice_id=notice_id, template="MORE-TIME", channel="email"
        )
        self.ledger.handle(issue, actor=ROADS)
        return notice_id

    def set_aside(self) -> list[SetAside]:
        return list(AsideFolder(self.home))


def policy() -> Policy:
    """The office, writing to people, with a channel for a robot and limits that a test can reach."""
    document: Any = document_of(office_policy())
    document["channels"]["sensors"] = {
        "family": "email",
        "en": "Sensors",
        "options": ["ROAD-ICE", "ROAD-ICE-GONE"],
        "categories": {"ROAD-ICE": "RDW-WIN", "ROAD-ICE-GONE": "triage"},
        "senders": [ROBOT],
    }
    document["mail"] = {
        "own_addresses": ["Office@Example.ca"],
        "an_hour_from_a_sender": 3,
        "an_hour_on_a_case": 4,
    }
    document["templates"] = TEMPLATES
    return Policy.model_validate(document)


@contextmanager
def mail_office(folder: Path, *, database: str | None = None) -> Generator[MailOffice]:
    """An office of that policy on a new ledger; its files lie in its home, wherever the ledger does."""
    place = place_in(folder, database=database)
    home = folder / "home"
    with place.office(policy()) as ledger:
        yield MailOffice(ledger, home, place.clock, MailIntake(ledger, home), place)
