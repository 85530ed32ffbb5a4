"""How a case stands: all that is told of it by its own entries and by what is known of who asked, at one instant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from ledger.case.corrections import EntryCorrected
from ledger.case.known.answered import Decided, Notice
from ledger.case.state import Case
from ledger.ids import reference_of
from ledger.policy.in_force import Policies
from ledger.registers.people.party_state import Party
from projections.fold.told import Told
from projections.one_case.clocks_to_come import ClockToCome, clocks_to_come
from projections.one_case.details import DETAILS, CaseDetails
from projections.one_case.written import WrittenPart, written
from projections.rows.case_rows import CaseRow, CaseStatus, status
from projections.rows.cases import CASES
from projections.rows.chase_rows import CHASES, UNPLANNED, ChaseRow
from projections.rows.clocks import CLOCKS, ClockRow
from projections.rows.escalations import ESCALATIONS, EscalationRow
from projections.rows.obligations import OBLIGATIONS, ObligationRow


class CaseLink(NamedTuple):
    """How a case stands to another, as somebody said."""

    relation: str
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStanding:
    """A case as it stands; `written` are its parts with their languages.

    Of each clock its latest generation, and in `to_come` those that have not started and what each waits for; in
    `owed` what is not done yet; in `letters_out`, by their ids, the notices of an open case of which nobody knows
    whether they arrived; `decided` is its latest decision; `corrected` the numbers of its entries that another
    corrects. Whether the requester has died, and whether it is settled how they may be contacted safely, is as the
    case or any record of theirs says: see to either before anybody turns to them.
    """

    status: CaseStatus
    case: CaseRow
    details: CaseDetails
    clocks: tuple[ClockRow, ...]
    to_come: tuple[ClockToCome, ...]
    escalations: tuple[EscalationRow, ...]
    chase: ChaseRow | None
    owed: tuple[ObligationRow, ...]
    written: tuple[WrittenPart, ...]
    letters_out: Mapping[UUID, Notice]
    decided: Decided | None
    links: tuple[CaseLink, ...]
    corrected: tuple[int, ...]
    requester_has_died: bool
    safe_contact_is_settled: bool


def standing_of(
    case: Case,
    entries: Sequence[Told],
    *,
    requester: Sequence[Party],
    policies: Policies,
    at: datetime,
) -> CaseStanding:
    """How a case stands at an instant by these entries of it, of which `case` is folded: its opening is among them.

    `requester` is what is known of whoever asked, by each record of theirs.
    """
    (row,), (details,) = CASES.after(entries), DETAILS.after(entries)
    return CaseStanding(
        status=status(row, at),
        case=row,
        details=details,
        clocks=tuple({each.clock: each for each in CLOCKS.after(entries)}.values()),
        to_come=clocks_to_come(case, policies, at=at),
        escalations=ESCALATIONS.after(entries),
        chase=next((each for each in CHASES.after(entries) if each.plan != UNPLANNED), None),
        owed=tuple(each for each in OBLIGATIONS.after(entries) if each.ended_at is None),
        written=written(entries),
        letters_out=_letters_out(case),
        decided=case.decided,
        links=tuple(CaseLink(*each) for each in _links_of(case)),
        corrected=_corrected_in(entries),
        requester_has_died=any(each.deceased for each in requester),
        safe_contact_is_settled=any(each.safe_contact for each in (case, *requester)),
    )


def _letters_out(case: Case) -> dict[UUID, Notice]:
    if case.status == "resolved":
        return {}
    return {
        notice_id: each
        for notice_id, each in case.notices.items()
        if each.given_at is None and each.failed_at is None
    }


def _links_of(case: Case) -> list[tuple[str, str]]:
    return sorted((relation, reference_of(other)) for other, relation in case.links)


def _corrected_in(entries: Iterable[Told]) -> tuple[int, ...]:
    corrections = (each.fact for each in entries if isinstance(each.fact, EntryCorrected))
    return tuple(sorted({each.corrects for each in corrections}))
