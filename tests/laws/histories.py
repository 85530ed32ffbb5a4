"""Histories: what an office could have lived through, decided by the real ledger; what it refuses did not happen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import strategies as st

from ledger.case.history.imported import ImportCase, ImportedStep
from ledger.case.intake.opening import OpenCase
from ledger.commands import Command
from ledger.errors import LedgerError
from ledger.ids import case_stream, derived_uuid
from ledger.policy.document.policy import Policy
from ledger.policy.document.stored import document_of
from ledger.service import Ledger
from ledger.times import EPOCH
from tests.case.writing import TEMPLATES
from tests.laws.asked import ASKED
from tests.laws.steps import AT_MOST_CASES, TEAMS, TYPES, Step, case_number, some_member
from tests.ledgers import HandClock, Place, office_policy, place_in

steps = st.lists(
    st.builds(
        Step,
        st.integers(0, 999),
        st.integers(0, AT_MOST_CASES - 1),
        st.integers(0, 999),
        st.integers(0, 999),
    ),
    min_size=10,
    max_size=45,
)


@contextmanager
def lived(
    story: Sequence[Step], *, database: str | None = None
) -> Iterator[tuple[Ledger, Place, HandClock]]:
    """A ledger in which this story was asked, step by step."""
    with TemporaryDirectory(prefix="caseledger-law-") as folder:
        place = place_in(Path(folder), database=database)
        with place.office(writing_office()) as ledger:
            tell(ledger, place.clock, story)
            yield ledger, place, place.clock


def tell(ledger: Ledger, clock: HandClock, story: Sequence[Step]) -> None:
    """Asks each step of the ledger; what it refuses did not happen."""
    for number, step in enumerate(story):
        clock.pass_by(minutes=step.two % 300 if step.one % 3 else 0)
        try:
            _ask(ledger, clock, step, number)
        except LedgerError:
            continue


@cache
def writing_office() -> Policy:
    """The office's policy with templates, so that notices are issued."""
    return Policy.model_validate({**document_of(office_policy()), "templates": TEMPLATES})


def _ask(ledger: Ledger, clock: HandClock, step: Step, number: int) -> None:
    case_id = case_number(step.case)
    rows = ledger.store.stream(case_stream(case_id))
    if not rows:
        opening = _opening if step.what % 5 else _importing
        ledger.handle(opening(step, clock.at), actor=some_member(step.one))
        return
    asked = ASKED[step.what % len(ASKED)]
    command = asked(ledger, step, number)
    late = timedelta(hours=step.two % 40) if step.what % 7 == 0 else timedelta()
    ledger.handle(command, actor=some_member(step.one), effective_at=clock.at - late)


def _opening(step: Step, now: datetime) -> Command:
    return OpenCase(
        case_id=case_number(step.case),
        channel=("web", "phone", "letter")[step.one % 3],
        request_type=TYPES[step.two % len(TYPES)],
        region=("HAL", "WES", None)[step.one % 3],
        language=("en", "fr")[step.two % 2],
        severity="immediate_danger" if step.one % 9 == 0 else "other",
        reached_body_at=now - timedelta(hours=step.two % 50) if step.what % 4 == 0 else None,
    )


def _importing(step: Step, now: datetime) -> Command:
    """History of another system; files are in the order of cases, so time goes back from one to the next."""
    received_at = now - timedelta(days=30 + step.one % 300)
    return ImportCase(
        case_id=case_number(step.case),
        batch=derived_uuid(EPOCH, "batch"),
        source="elsewhere",
        external_id=str(step.case),
        channel="desk",
        channel_family="walk_in",
        received_at=received_at,
        deadline_at=received_at + timedelta(days=8) if step.two % 3 else None,
        ended_at=received_at + timedelta(days=step.two % 20 - 1) if step.two % 4 else None,
        team=TEAMS[step.one % 3] if step.one % 2 else None,
        steps=tuple(
            ImportedStep(
                at=received_at + timedelta(hours=7 * place * (step.one % 5) - step.two % 3),
                activity="looked at",
                actor=f"x-{(step.two + place) % 3}",
                team=TEAMS[place % 3],
                takes_over=place % 2 == 0,
                rows=(place,),
            )
            for place in range(step.two % 5)
        ),
    )
