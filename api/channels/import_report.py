"""What came of an import, in numbers that add up to the file's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from api.channels.event_log import Survey
from api.channels.histories import CaseHistory, Finding
from api.channels.rows import SetAside
from ledger.ids import reference_of

MAX_REASONS_RECORDED = 10_000
ALREADY_IMPORTED = "already-imported"
CONTINUED = "continued"


@dataclass(frozen=True, slots=True)
class ListedFinding:
    """A finding with the case it is about: our reference and the source's own id."""

    case: str
    external_id: str
    finding: Finding


@dataclass(slots=True)
class ImportReport:
    """One import, counted as it goes: `read` = recorded + repeated + set aside + imported before.

    `imported_before` are rows that an earlier import of another file, or by another mapping, has
    brought in. A case of which it had brought in some, and this one the others, is `continued`.
    """

    batch: UUID
    source: str
    survey: Survey
    mapping_digest: str
    cases_recorded: int = 0
    cases_added_now: int = 0
    cases_continued: int = 0
    cases_imported_before: int = 0
    rows_recorded: int = 0
    rows_repeated: int = 0
    rows_imported_before: int = 0
    ended_late: int = 0
    handoffs: int = 0
    channels: Counter[str] = field(default_factory=Counter[str])
    set_aside: list[SetAside] = field(default_factory=list[SetAside])
    findings: list[ListedFinding] = field(default_factory=list[ListedFinding])

    @property
    def rows_set_aside(self) -> int:
        return sum(each.row is not None for each in self.set_aside)

    @property
    def rows_told(self) -> int:
        """How many rows it has an account of by now."""
        in_ledger = self.rows_recorded + self.rows_repeated + self.rows_imported_before
        return in_ledger + self.rows_set_aside

    @property
    def adds_up(self) -> bool:
        """Whether every row of the file is accounted for, once."""
        return self.rows_told == self.survey.rows

    @property
    def sound(self) -> bool:
        """Whether every row is in the ledger: nothing was set aside."""
        return not self.set_aside

    def count_recorded(self, case_id: UUID, history: CaseHistory, *, added_now: bool) -> None:
        """One more case that is in the ledger as this file tells it."""
        self.cases_recorded += 1
        self.cases_added_now += added_now
        self.rows_recorded += len(history.recorded)
        self.rows_repeated += len(history.steps) - len(history.recorded)
        self.ended_late += history.ended_late
        self.handoffs += sum(step.transferred_from is not None for step in history.steps)
        self.channels[history.channel.code] += 1
        self._list(case_id, history, *history.findings)

    def count_opened(
        self,
        case_id: UUID,
        external_id: str,
        channel: str,
        times: int,
        *findings: Finding,
        added_now: bool,
    ) -> None:
        """One more request whose case is in the ledger, opened now or before; its row stands in the file so often."""
        if added_now:
            self.cases_recorded += 1
            self.cases_added_now += 1
            self.rows_recorded += 1
            self.rows_repeated += times - 1
        else:
            self.cases_imported_before += 1
            self.rows_imported_before += times
        self.channels[channel] += 1
        reference = reference_of(case_id)
        self.findings += [ListedFinding(reference, external_id, each) for each in findings]

    def count_known(
        self,
        case_id: UUID,
        history: CaseHistory,
        added: Sequence[tuple[int, ...]],
        *findings: Finding,
    ) -> None:
        """One more case that an earlier import brought in; `added` are the rows of each step that this one added."""
        rows = [row for step in added for row in step]
        self.rows_recorded += len(added)
        self.rows_repeated += len(rows) - len(added)
        self.rows_imported_before += len(history.steps) - len(rows)
        if added:
            self.cases_continued += 1
            said = Finding(
                CONTINUED,
                f"{len(rows)} of its rows are new since an earlier import and were added.",
                tuple(sorted(rows)),
            )
        else:
            self.cases_imported_before += 1
            said = Finding(
                ALREADY_IMPORTED,
                "It is in the ledger from an earlier import of another file or by another mapping; "
                "no row was added to it.",
                tuple(step.row for step in history.steps),
            )
        self._list(case_id, history, said, *findings)

    def count_refused(self, history: CaseHistory, reason: str) -> None:
        """One more case that the ledger would not take."""
        rows = [step.row for step in history.steps] or [None]
        self.set_aside += [SetAside(row, history.place, reason, history.digest) for row in rows]

    def list_finding(self, case_id: UUID, external_id: str, finding: Finding) -> None:
        """One more finding of a case that is counted."""
        self.findings.append(ListedFinding(reference_of(case_id), external_id, finding))

    def _list(self, case_id: UUID, history: CaseHistory, *findings: Finding) -> None:
        for each in findings:
            self.list_finding(case_id, history.external_id, each)

    def figures(self) -> dict[str, Any]:
        """What the ledger records of it: no personal data, and the same when it is imported again."""
        return {
            "cases": self.cases_recorded,
            "cases_continued": self.cases_continued,
            "cases_imported_before": self.cases_imported_before,
            "rows": self.survey.rows,
            "rows_recorded": self.rows_recorded,
            "rows_repeated": self.rows_repeated,
            "rows_set_aside": self.rows_set_aside,
            "rows_imported_before": self.rows_imported_before,
            "handoffs": self.handoffs,
            "ended_late": self.ended_late,
            "channels": dict(sorted(self.channels.items())),
            "findings": dict(sorted(Counter(each.finding.code for each in self.findings).items())),
        }

    def reasons(self) -> dict[str, str]:
        """Why each row was set aside, by its number; of very many the first, and how many more."""
        told = self.set_aside[:MAX_REASONS_RECORDED]
        reasons = {str(each.row or each.place): each.reason for each in told}
        if rest := len(self.set_aside) - len(told):
            reasons["more"] = f"{rest} more were set aside: import the file again to list them"
        return reasons

    def as_json(self) -> dict[str, Any]:
        """The whole report, its findings and what was set aside listed one by one."""
        figures = self.figures()
        return {
            "batch": str(self.batch),
            "source": self.source,
            "format": self.survey.form,
            "file_digest": self.survey.digest,
            "mapping_digest": self.mapping_digest,
            "cases": {
                "read": self.survey.cases,
                "recorded": self.cases_recorded,
                "added_now": self.cases_added_now,
                "already_there": self.cases_recorded - self.cases_added_now,
                "continued": self.cases_continued,
                "imported_before": self.cases_imported_before,
            },
            "rows": {
                "read": self.survey.rows,
                "recorded": self.rows_recorded,
                "repeated": self.rows_repeated,
                "set_aside": self.rows_set_aside,
                "imported_before": self.rows_imported_before,
            },
            "channels": figures["channels"],
            "handoffs": self.handoffs,
            "ended_late": self.ended_late,
            "findings": {
                "counts": figures["findings"],
                "listed": [
                    {
                        "case": each.case,
                        "external_id": each.external_id,
                        "code": each.finding.code,
                        "sentence": each.finding.sentence,
                        "rows": list(each.finding.rows),
                    }
                    for each in self.findings
                ],
            },
            "set_aside": [
                {"row": each.row, "place": each.place, "reason": each.reason, "digest": each.digest}
                for each in self.set_aside
            ],
        }
