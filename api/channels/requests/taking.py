"""Taking requests in: each row opens one case, once, or is set aside with its reason; the numbers add up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import assert_never
from uuid import UUID

from api.channels.csv_log import read_csv
from api.channels.event_log import Survey
from api.channels.histories import CalledSo
from api.channels.import_batches import begun, finished
from api.channels.import_report import ImportReport
from api.channels.imported_ids import calling, case_called, of_another_case, same_by_another_id
from api.channels.log_files import digest_of, form_of, opened
from api.channels.request_mapping import RequestMapping
from api.channels.requests.asked import RequestIds, RowAsked, RowRead
from api.channels.requests.said_again import HowAgain, SaidAgain, noted
from api.channels.rows import CaseRows, LogRow, SetAside, shown
from api.channels.source_times import UnreadableTime
from api.unwelcome import UNWELCOME
from ledger.commands import Command, Request
from ledger.entry import Actor, Receipt
from ledger.errors import InvalidCommand, LedgerError, Refusal
from ledger.ids import reference_of
from ledger.policy.in_force import PolicyVersion
from ledger.sealing.slots import canonical
from ledger.service import Ledger

_OPENS = "opening"
_TWICE = "its id stands in the file once more before it, and says something else there"
_AT_ONCE = 300
"""So many rows are made durable at once: a stop loses at most these, and taking the file again adds them."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A row, what it asks, how often it stands in the file, and its requests by what they do.

    `otherwise` are rows of the file that say something else of the same request.
    """

    row: LogRow
    external_id: str
    times: int
    asked: RowAsked
    requests: Mapping[str, Request]
    otherwise: Sequence[LogRow]


def take_requests(
    ledger: Ledger,
    path: Path,
    mapping: RequestMapping,
    *,
    actor: Actor,
    progress: Callable[[int, int], None] | None = None,
) -> ImportReport:
    """Opens a case for every row that opened none before, and says what came of every row.

    The file is read to its end before anything is recorded: InvalidCommand if it cannot be used. A row opens one case
    by what its source calls it; what it says otherwise later is set aside and noted on that case, so that no news is
    taken for told.
    """
    survey = _survey(path, mapping)
    version = ledger.policies().in_force(ledger.clock())
    report = begun(ledger, survey, mapping, names={}, actor=actor)
    rows = _asked(ledger, _cases(path, mapping), mapping, version, report, actor=actor)
    while some := list(islice(rows, _AT_ONCE)):
        _record(ledger, some, mapping, report, actor=actor)
        if progress is not None:
            progress(report.rows_told, survey.rows)
    return finished(ledger, report, path.name, actor=actor)


def _survey(path: Path, mapping: RequestMapping) -> Survey:
    form = form_of(path)
    if form != "csv":
        raise InvalidCommand(
            f"{path.name} is an event log in XES: requests are read from CSV; give a mapping with [case] and [event]."
        )
    cases = rows = 0
    for found in _cases(path, mapping):
        cases += isinstance(found, CaseRows)
        rows += found.row_count
    return Survey(form, digest_of(path), cases, rows, frozenset())


def _cases(path: Path, mapping: RequestMapping) -> Iterator[CaseRows | SetAside]:
    with opened(path) as stream:
        yield from read_csv(
            stream,
            file=path.name,
            case_keys=frozenset({mapping.request.id}),
            event_keys=mapping.columns,
            case_id=mapping.request.id,
            delimiter=mapping.csv.delimiter,
            encoding=mapping.csv.encoding,
        )


def _asked(
    ledger: Ledger,
    found: Iterable[CaseRows | SetAside],
    mapping: RequestMapping,
    version: PolicyVersion,
    report: ImportReport,
    *,
    actor: Actor,
) -> Iterator[_Asked]:
    for each in found:
        if isinstance(each, SetAside):
            report.set_aside.append(each)
            continue
        first, *others = each.rows
        external_id = each.attributes[mapping.request.id].strip()
        if not external_id:
            _set_aside(report, each.rows, f"it has no id ({shown(mapping.request.id)})")
            continue
        otherwise = [row for row in others if row.digest != first.digest]
        same = [first, *(row for row in others if row.digest == first.digest)]
        try:
            _refuse_unwelcome(first)
            ids = RequestIds(ledger, mapping.log.name, external_id, first.digest.hex())
            asked = RowRead(first, mapping, version).asked(ids, now=ledger.clock())
        except UnreadableTime as error:
            _set_aside(report, otherwise, _TWICE)
            _set_aside(report, same, f"its time {error}")
            continue
        except InvalidCommand as error:
            _set_aside(report, otherwise, _TWICE)
            _set_aside(report, same, str(error))
            continue
        requests = _requests(asked, ids, first, actor)
        yield _Asked(first, external_id, len(same), asked, requests, otherwise)


def _set_aside(report: ImportReport, rows: Iterable[LogRow], reason: str) -> None:
    report.set_aside += [SetAside(row.number, row.place, reason, row.digest.hex()) for row in rows]


def _refuse_unwelcome(row: LogRow) -> None:
    for column, said in row.event.items():
        if (found := UNWELCOME.search(said)) is not None:
            raise InvalidCommand(
                f"{shown(column)} holds the control character U+{ord(found[0]):04X}, which makes a text look other "
                "than it is"
            )


def _requests(asked: RowAsked, ids: RequestIds, row: LogRow, actor: Actor) -> Mapping[str, Request]:
    """What a row asks, in order; each stands for what the row says, whatever the policy makes of it by then."""
    said = canonical(dict(row.event))
    commands: Mapping[str, Command | None] = {
        "party": asked.party,
        _OPENS: asked.opening,
        "note": asked.note,
    }
    return {
        what: Request(
            command, actor, ids.opens if what == _OPENS else ids(f"asks-{what}"), asked=said
        )
        for what, command in commands.items()
        if command is not None
    }


def _record(
    ledger: Ledger,
    some: list[_Asked],
    mapping: RequestMapping,
    report: ImportReport,
    *,
    actor: Actor,
) -> None:
    here, new = _Here(ledger, mapping, report, actor), list[_Asked]()
    for each in some:
        if not here.known(each):
            new.append(each)
    outcomes = iter(ledger.handle_all([one for each in new for one in each.requests.values()]))
    for each in new:
        heard = dict(zip(each.requests, outcomes, strict=False))
        failed = next((one for one in heard.values() if isinstance(one, LedgerError)), None)
        opened = heard[_OPENS]
        if isinstance(opened, Receipt):
            here.opened(each, opened.subject_id)
        if isinstance(opened, Receipt) and failed is None:
            _count(report, each, opened)
        elif isinstance(failed, Refusal | InvalidCommand):
            _set_aside(report, [each.row] * each.times, _why(opened, failed))
        elif failed is not None:
            raise failed
        if not isinstance(opened, Receipt):
            _set_aside(report, each.otherwise, _TWICE)
    here.finish()


class _Here:
    """Rows of requests that are here: what they say otherwise is noted on their cases, and each id of theirs is given.

    Both are asked at once, after the cases were opened.
    """

    def __init__(
        self, ledger: Ledger, mapping: RequestMapping, report: ImportReport, actor: Actor
    ) -> None:
        self._ledger = ledger
        self._mapping = mapping
        self._report = report
        self._actor = actor
        self._again: dict[SaidAgain, int] = {}
        self._given: dict[CalledSo, UUID] = {}

    def known(self, each: _Asked) -> bool:
        """Whether the request opened a case before, or is one that is here under another id of it.

        What it says otherwise now is set aside, and noted there.
        """
        opening = each.requests[_OPENS]
        try:
            first = self._ledger.first_receipt(opening)
        except Refusal:
            assert opening.command_id is not None
            before = self._ledger.receipt_of_command(opening.command_id)
            assert before is not None, "another one was asked under this id"
            self._say_again(each, each.row, before.subject_id, "otherwise", times=each.times)
            self.opened(each, before.subject_id)
            return True
        if first is not None:
            _count(self._report, each, first)
            self.opened(each, first.subject_id)
            return True
        return self._known_by_another_id(each)

    def _known_by_another_id(self, each: _Asked) -> bool:
        own = CalledSo(self._mapping.log.name, each.external_id)
        case_id = case_called(self._ledger, own) or same_by_another_id(
            self._ledger, own.source, each.asked.also
        )
        if case_id is None:
            return False
        self._say_again(each, each.row, case_id, "by_another_id", times=each.times)
        self._call(each, case_id, own)
        self.opened(each, case_id)
        return True

    def opened(self, each: _Asked, case_id: UUID) -> None:
        """The case of a row is here: its other ids are given, and what other rows of the file say of it is noted."""
        self._call(each, case_id, *each.asked.also)
        for row in each.otherwise:
            self._say_again(each, row, case_id, "twice", times=1)

    def finish(self) -> None:
        """Asks all of it."""
        requests = [
            calling(self._ledger, case_id, called, self._actor)
            for called, case_id in self._given.items()
        ]
        for outcome in self._ledger.handle_all(requests) if requests else ():
            if not isinstance(outcome, Receipt | Refusal):
                raise outcome
        stand = noted(self._ledger, self._mapping, [*self._again], actor=self._actor)
        for stands, (each, times) in zip(stand, self._again.items(), strict=True):
            _set_aside(self._report, [each.row] * times, _why_again(each, noted=stands))

    def _say_again(
        self, each: _Asked, row: LogRow, case_id: UUID, how: HowAgain, *, times: int
    ) -> None:
        self._again[SaidAgain(row, each.external_id, case_id, how)] = times

    def _call(self, each: _Asked, case_id: UUID, *names: CalledSo) -> None:
        for called in names:
            other = case_called(self._ledger, called) or self._given.setdefault(called, case_id)
            if other != case_id:
                finding = of_another_case(called, other)
                self._report.list_finding(case_id, each.external_id, finding)


def _count(report: ImportReport, each: _Asked, receipt: Receipt) -> None:
    report.count_opened(
        receipt.subject_id,
        each.external_id,
        each.asked.opening.channel,
        each.times,
        *each.asked.findings,
        added_now=receipt.fresh,
    )


def _why(opened: Receipt | LedgerError, failed: LedgerError) -> str:
    if isinstance(opened, Receipt):
        reference = reference_of(opened.subject_id)
        return (
            f"it opened the case {reference}, and not all of it could be recorded there: {failed}"
        )
    return str(failed)


def _why_again(again: SaidAgain, *, noted: bool) -> str:
    """Why a row is set aside whose request is here, and where to look for what it says."""
    case = reference_of(again.case_id)
    match again.how:
        case "otherwise":
            if noted:
                return f"it opened the case {case} before, and says something else now: that is noted there"
            return f"it opened the case {case} before, and says something else now: tell it on that case"
        case "by_another_id":
            if noted:
                return f"another id of it is one of the case {case}: what it says is noted there"
            return f"another id of it is one of the case {case}: tell it on that case"
        case "twice":
            if noted:
                return (
                    "its id stands in the file once more before it, and says something else there: that is noted on "
                    f"the case {case}"
                )
            return _TWICE
        case other:
            assert_never(other)
