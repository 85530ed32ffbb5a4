"""A fact of each topic of how records are kept, with values that are easily got wrong."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from ledger.case import holding
from ledger.facts import Fact
from ledger.registers import accesses, holds


def _id(number: int) -> UUID:
    return UUID(int=0x0197A000_0000_7000_8000_000000001000 + number)


def keeping_facts() -> Iterator[Fact]:
    """Every such fact."""
    yield from _accesses()
    yield from _holds()


def _accesses() -> Iterator[Fact]:
    case = f"case/{_id(0)}"
    yield accesses.PersonalValuesRead(
        opened=(
            accesses.StreamOpened(
                stream=case,
                upto_version=2**53 - 1,
                slots=(
                    accesses.SlotsOpened(
                        topic="CaseOpened", slots=("answers.nom_complet",), versions=((1, 1),)
                    ),
                    accesses.SlotsOpened(topic="NoteAdded", slots=("text",), versions=((2, 9),)),
                ),
            ),
            accesses.StreamOpened(stream=f"party/{_id(1)}", upto_version=1),
        ),
        reader="A-01",
        role="auditor",
        purpose_code="audit",
        ground="auditor.audit.any",
        inquiry=None,
        recording=2,
        purpose="Vérification annuelle\u00a0: « qui a lu quoi »",
    )
    yield accesses.ReadingRefused(
        streams=(case, f"party/{_id(1)}"),
        stream=case,
        reader="O-01",
        purpose_code="inquiry",
        ground="inquiry-expired",
        inquiry=_id(2),
        recording=2,
        purpose="",
    )


def _holds() -> Iterator[Fact]:
    yield holds.HoldPlaced(
        cases=(_id(0), _id(3)), ground="inquiry", inquiry=_id(2), reason="À conserver, d’ici là"
    )
    yield holds.HoldReleased(reason=None)
    yield holding.CaseHeld(hold_id=_id(4), ground=None)
    yield holding.CaseHoldEnded(hold_id=_id(4))
